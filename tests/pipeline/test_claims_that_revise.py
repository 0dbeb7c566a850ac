"""A party's own map that revises an older one: a ban on gains sees that its line moved, and that nobody found it."""

import json

import pytest

CLAIM = {"act": "claim", "by": "usa", "number": "L1", "claimant": "government", "says": "claimed", "because": "Drawn."}


@pytest.fixture
def mission(desk):
    """A mission of the agreement of 2016, with a line that the Government drew."""
    return desk.init("syria-2016")


def drawn(mission, at, lat, **more):
    line = {"type": "LineString", "coordinates": [[37.0, lat], [37.2, lat]]}
    return mission.act(**CLAIM | {"at": at, "geometry": json.dumps(line)} | more)["id"]


def held(mission):
    words = ("--obligation", "no_territory", "--party", "government", "--from", "2016-03-10", "--to", "2016-03-20")
    [row] = mission.told("assess", *words)["assessments"]
    return {row["outcome"], *row["by"].values()}


def test_a_line_that_a_revision_moves_leaves_the_ban_on_gains_undecided(mission):
    first = drawn(mission, "2016-03-01", 36.2)
    assert held(mission) == {"not_observed"}
    drawn(mission, "2016-03-15", 36.3, revises=[first])
    assert held(mission) == {"undecided"}


def test_a_correction_of_the_same_line_since_the_same_time_leaves_it_as_it_was(mission):
    first = drawn(mission, "2016-03-01", 36.2)
    drawn(mission, "2016-03-15", 36.3, revises=[first], **{"from": "2016-03-01"})
    assert held(mission) == {"not_observed"}
