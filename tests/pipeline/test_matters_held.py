"""What a mission holds against clauses: findings with what their reports say, and incidents nobody has found on."""

import json
from dataclasses import replace

import pytest

from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.matters_held import matters_of
from truceline.pipeline.missions import open_mission, registered
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.matters import REPORTED
from truceline.vocabulary.when import read_instant

REPORT = {"report_id": "1", "source": "ngo", "when": "2025-03-20T10:00/2025-03-20T11:00", "area": "river_towns"}
ZONE = "Etc/GMT-2"
LATER = read_instant("2026-01-01", ZONE)


@pytest.fixture
def mission(desk):
    """A mission with one report of a shelling."""
    desk.init()
    desk.reports({**REPORT, "weapon": "mortar"})
    return desk


def matters(desk, as_of=LATER):
    with open_mission(desk.mission) as opened:
        agreement = registered(opened).pack.agreement
        acts = acts_that_count(opened, INTERNAL, opened.size)
        rows = matters_of(opened, INTERNAL, opened.size, agreement, acts, as_of)
        return replace(rows, id=list(rows.id), place=list(rows.place))  # texts that are only shown are read when asked


def found(desk, by="alpha", at="2025-03-21T09:00", **more):
    said = {"held": "happened", "rests_on": ["ngo/1"], "what": "A shelling.", "because": "Craters."}
    return desk.act(act="finding", by=by, at=at, about="ngo/1", **{**said, **more})["id"]


def test_what_is_only_reported_may_be_of_either_side_and_is_found_by_nobody(mission):
    rows = matters(mission)
    assert len(rows) == 1
    assert (rows.body[0], rows.found_on[0], rows.held[0], rows.by_held[0]) == (REPORTED, 0, MAYBE, MAYBE)
    assert json.loads(rows.by[0]) == ["Northern Army", "Front of the Plain"]
    assert (rows.kind[0], rows.weapon[0]) == ("shelling", "mortar")


def test_a_finding_takes_what_it_leaves_out_from_the_reports_it_rests_on(mission):
    act = found(mission, attributed_to="Northern Army", attribution="single_side_a")
    rows = matters(mission)
    assert rows.id[0] == act
    assert (rows.held[0], rows.by_held[0]) == (SURELY, SURELY)
    assert json.loads(rows.by[0]) == ["Northern Army"]
    assert json.loads(rows.against[0]) == ["Front of the Plain"]
    assert (rows.kind[0], rows.weapon[0], rows.area[0]) == ("shelling", "mortar", "river_towns")
    assert rows.start[0] == read_instant("2025-03-20T10:00", ZONE)
    assert rows.end[0] == read_instant("2025-03-20T11:01", ZONE)  # to the end of the minute
    assert rows.found_on[1] == 1  # alpha, the first body of the pack


def test_a_finding_says_it_otherwise_in_its_own_words(mission):
    found(
        mission, kind="air_strike", weapon="barrel_bomb", when="2025-03-19", against=["Civilians"],
        place={"position": "36.50000, 21.50000", "radius_m": 400}, attributed_to="Valley Guard", attribution="admitted",
        elements=[{"element": "self_defence.immediate_threat", "held": "no", "because": "Nobody near."}],
    )  # fmt: skip
    rows = matters(mission)
    assert (rows.kind[0], rows.weapon[0]) == ("air_strike", "barrel_bomb")
    assert (rows.lat_e7[0], rows.lon_e7[0], rows.radius_m[0]) == (365_000_000, 215_000_000, 400)
    assert json.loads(rows.against[0]) == ["Civilians"]
    assert json.loads(rows.elements[0]) == {"self_defence.immediate_threat": "no"}
    assert rows.end[0] == read_instant("2025-03-20", ZONE)


@pytest.mark.parametrize("attribution", ["contested", "undetermined", "capability_class_only", "not_attributable"])
def test_a_finding_at_a_level_that_names_nobody_holds_nobody_responsible(mission, attribution):
    found(mission, attribution=attribution, candidates=[{"who": "Northern Army", "because": "It has the guns."}])
    rows = matters(mission)
    assert (rows.by_held[0], json.loads(rows.by[0])) == (MAYBE, ["Northern Army"])


@pytest.mark.parametrize(("held", "answer"), [("happened", SURELY), ("undetermined", MAYBE), ("did_not_happen", NO)])
def test_what_a_body_holds_has_three_answers(mission, held, answer):
    found(mission, held=held)
    assert matters(mission).held[0] == answer


def test_two_bodies_are_two_rows_and_neither_takes_the_others_away(mission):
    first, second = found(mission, by="alpha"), found(mission, by="beta", held="did_not_happen")
    rows = matters(mission)
    assert list(rows.id[:2]) == [first, second]
    assert rows.body[:2].tolist() == [0, 1]
    assert rows.found_on[2] == 0b11


def test_a_finding_on_one_of_two_reports_of_one_incident_is_on_the_incident(mission):
    mission.reports({**REPORT, "report_id": "2", "source": "centre", "repeats": "ngo/1"})
    found(mission, rests_on=["centre/2"])
    rows = matters(mission)
    assert len(rows) == 2
    assert rows.found_on[1] == 1


def test_what_was_found_or_had_begun_later_is_not_known(mission):
    found(mission, at="2025-03-21T09:00")
    assert len(matters(mission, read_instant("2025-03-21T08:59", ZONE))) == 1
    assert len(matters(mission, read_instant("2025-03-20T10:00", ZONE))) == 0


def test_a_finding_that_says_no_time_and_rests_on_nothing_may_have_been_any_time_before(mission):
    mission.act(act="finding", by="beta", at="2025-03-21", about="a rumour", held="happened", what="?", because="?")
    rows = matters(mission)
    assert rows.start[0] < 0
    assert rows.end[0] == read_instant("2025-03-21", ZONE)
    assert (rows.kind[0], json.loads(rows.by[0])) == ("", [])
