"""Scenario 4: a town held by an excluded group and two signatory groups is shelled; who was hit is disputed."""

import json

import pytest

RING = [[-40.1, 19.9], [-39.9, 19.9], [-39.9, 20.1], [-40.1, 20.1], [-40.1, 19.9]]
DAY = ["--from", "2025-03-20T00:00", "--to", "2025-03-21T00:00"]


@pytest.fixture
def mission(desk):
    """The report of the shelling, what each side's map shows of the town, and the allegation as a case of alpha's."""
    desk.init()
    desk.reports(
        {
            "report_id": "1", "source": "ngo", "when": "2025-03-20T10:00", "kind": "shelling", "radius_m": "500",
            "side_a": "Northern Army", "side_b": "", "area": "river_towns", "lat": "20.0", "lon": "-40.0",
        }
    )  # fmt: skip
    layer(desk, "beta", "south", "declared_control", "held-south", "Held by the River Brigade and the Plain Front.")
    layer(desk, "alpha", "north", "excluded_area", "held-others", "The Order of the Ridge is there.")
    return desk


def layer(desk, by, claimant, kind, number, because):
    ring = json.dumps({"type": "Polygon", "coordinates": [RING]})
    desk.act(
        act="claim", by=by, at="2025-03-18T09:00", number=number, claimant=claimant, says="claimed", because=because,
        geometry=ring, kind=kind, **{"from": "2025-03-15T00:00"},
    )  # fmt: skip


def found(desk, by, held="happened", target="undetermined", **more):
    return desk.act(
        act="finding", by=by, at="2025-03-22T09:00", about="ngo/1", held=held, what="Shelling of the town.",
        because="Craters.", rests_on=["ngo/1"], attributed_to="Northern Army", attribution="single_side_a",
        elements=[{"element": "target_status", "held": target, "because": "Both were in the town."}], **more,
    )["id"]  # fmt: skip


def outcome(desk, obligation="no_attacks", party="north"):
    [one] = desk.told("assess", "--obligation", obligation, "--party", party, *DAY)["assessments"]
    return one["outcome"], one["by"]


def test_the_allegation_alone_is_neither_a_violation_nor_excused(mission):
    assert outcome(mission) == ("undecided", {"alpha": "undecided", "beta": "undecided"})


def test_a_finding_that_leaves_open_who_was_hit_decides_nothing_though_an_excluded_group_was_there(mission):
    found(mission, "alpha")
    found(mission, "beta")
    assert outcome(mission) == ("undecided", {"alpha": "undecided", "beta": "undecided"})
    asks = "Who was hit is open, of 1: who was there at that time is no answer by itself."
    assert asks in mission.printed("why", "no_attacks/north/2025-03-20T00:00/2025-03-21T00:00")


def test_each_sides_finding_of_who_was_hit_counts_for_itself_and_jointly_it_is_disputed(mission):
    found(mission, "alpha", target="no", against=["Order of the Ridge"])
    found(mission, "beta", target="yes", against=["River Brigade"])
    joint, by = outcome(mission)
    assert (joint, by["beta"]) == ("undecided", "breached")
    assert by["alpha"] == "not_observed"
    [matter] = mission.told("findings")["matters"]
    held = {word["by"]: word for word in matter["words"]}
    assert set(held) == {"alpha", "beta"}
    assert "co-chairs do not hold the same" in mission.printed(
        "why", "no_attacks/north/2025-03-20T00:00/2025-03-21T00:00"
    )


def test_both_sides_layers_are_told_as_of_that_time_the_excluded_groups_by_its_number_only(mission):
    shown = mission.told("territory", "--as-of", "2025-03-20")
    numbers = {one["number"] for one in shown["numbers"]}
    assert "held-south" in numbers
    assert "held-others" not in numbers
    [other] = mission.told("territory", "held-others", "--as-of", "2025-03-20")["numbers"]
    assert other["claims"][0]["claimant"] == "north"


def test_that_an_excluded_group_was_there_excuses_nothing_who_was_hit_is_what_counts(mission):
    found(mission, "alpha", target="yes", against=["River Brigade", "Order of the Ridge"])
    assert outcome(mission)[1]["alpha"] == "breached"


def test_the_incident_counts_in_all_violence_and_is_told_apart_from_attacks_between_the_parties(mission):
    everything = mission.cell("all_incidents", "river_towns", "2025-03-20")
    between = mission.cell("between_parties", "river_towns", "2025-03-20")
    assert (everything["low"], everything["high"]) == (1, 1)
    assert (between["low"], between["high"]) == (0, 1)
