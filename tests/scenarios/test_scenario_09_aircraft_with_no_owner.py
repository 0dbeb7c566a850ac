"""Scenario 9: a spotter sees an aircraft, and there is a blast; no state owns up. Nobody's stays nobody's."""

import json
import time
from datetime import timedelta

import pytest

from truceline.vocabulary.when import moment, zone_of

SEEN = {
    "act": "flight", "by": "osce_smm", "at": "2020-08-10T13:00", "number": "F-1", "source": "spotter 7",
    "aircraft": "fixed_wing", "means": "seen", "when": "2020-08-10T12:07", "place": {"area": "donetsk"},
    "delay_hours": 0,
}  # fmt: skip
BLAST = {
    "report_id": "1", "source": "spotters", "when": "2020-08-10T12:15", "kind": "undetermined_explosion",
    "side_a": "", "side_b": "", "area": "donetsk",
}  # fmt: skip


@pytest.fixture
def mission(desk):
    """A mission under the measures of July 2020, which close the air: a sighting, and a blast."""
    desk.init("minsk-2015", "strict")
    desk.act(**SEEN)
    desk.reports(BLAST)
    return desk


def assessed(desk, *options):
    return desk.told("assess", "--obligation", "no_flights", "--from", "2020-08-10", "--to", "2020-08-10", *options)


def test_the_sighting_and_the_blast_are_two_records_and_nothing_ties_them(mission):
    [flight] = mission.told("flights")["flights"]
    assert (flight["owner"], flight["aircraft"]) == ("unattributed", "fixed_wing")
    assert "blast" not in str(flight)
    told = mission.told("evaluate")
    assert told["cut"]


def test_the_area_is_checked_on_place_and_time_alone(mission):
    [flight] = mission.told("flights")["flights"]
    assert flight["rules"] == ["no_flights"]
    mission.act(**{**SEEN, "number": "F-2", "when": "2020-06-10T12:07"})  # before the measures were in force
    assert [one["rules"] for one in mission.told("flights")["flights"]] == [[], ["no_flights"]]


def test_it_makes_no_party_undecided_and_is_shared_out_among_nobody(mission):
    told = assessed(mission)
    assert {one["outcome"] for one in told["assessments"]} == {"not_observed"}
    assert told["unattributed"] >= 2
    assert mission.told("flights")["owners"] == [{"owner": "unattributed", "flights": 1}]


def test_an_owner_that_is_named_leaves_it_open_for_that_party_and_for_no_other(mission):
    mission.act(**{**SEEN, "number": "F-3", "owner": "Armed Forces of Ukraine"})
    outcomes = {one["party"]: one["outcome"] for one in assessed(mission)["assessments"]}
    assert outcomes["ukraine"] == "undecided"
    assert outcomes["certain_areas"] == "not_observed"
    owners = mission.told("flights")["owners"]
    assert owners == [
        {"owner": "Armed Forces of Ukraine", "flights": 1}, {"owner": "unattributed", "flights": 1},
    ]  # fmt: skip


def test_before_its_declared_delay_is_over_it_is_neither_shown_nor_counted(mission):
    mission.act(**{**SEEN, "number": "F-4", "owner": "Armed Forces of Ukraine", "delay_hours": 48})
    soon = ("--as-of", "2020-08-11T12:00")
    assert [one["number"] for one in mission.told("flights", *soon)["flights"]] == ["F-1"]
    assert {one["outcome"] for one in assessed(mission, *soon)["assessments"]} == {"not_observed"}
    assert len(mission.told("flights", "--as-of", "2020-08-13")["flights"]) == 2


def test_the_list_of_acts_does_not_tell_a_flight_before_its_delay_is_over(mission):
    """The clock of the machine is asked here, so the sighting is of the last hour before it."""
    now = moment(time.time_ns() // 1_000).astimezone(zone_of("Europe/Kyiv"))
    seen = {
        **SEEN,
        "number": "F-9",
        "at": f"{now:%Y-%m-%dT%H:%M}",
        "when": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    held = mission.act(**{**seen, "delay_hours": 48})
    mission.act(
        act="finding", by="osce_smm", at=seen["at"], about="flight/F-9", held="undetermined",
        kind="undetermined_explosion", what="A blast.", because="At the same time.",
    )  # fmt: skip
    told = mission.told("acts")["acts"]
    assert held["id"] not in {one["id"] for one in told}
    assert "F-9" not in str(told)
    assert [one["about"] for one in told if one["act"] == "finding"] == ["(told after its delay)"]
    assert "F-1" in str(told)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"place": {}}, "a flight is seen somewhere"), ({"when": "2020-08-11"}, "it was seen after it was told")],
)
def test_a_sighting_that_cannot_be_is_refused(mission, wrong, says):
    said = {**SEEN, "number": "F-9", **wrong}
    path = mission.file("wrong.yaml", "".join(f"{key}: {json.dumps(value)}\n" for key, value in said.items()))
    ran = mission.run("enter", mission.mission, path)
    assert ran.code == 2
    assert says in ran.err


def test_a_link_to_the_blast_is_a_third_record_of_the_body_that_holds_it(mission):
    mission.act(
        act="finding", by="osce_smm", at="2020-08-12", about="flight/F-1", held="undetermined",
        kind="undetermined_explosion", what="A blast at 12:15.", because="Eight minutes and two kilometres apart.",
        rests_on=["spotters/1"],
    )  # fmt: skip
    [flight] = mission.told("flights")["flights"]
    assert [(one["by"], one["held"], one["reports"]) for one in flight["links"]] == [
        ("osce_smm", "undetermined", ["spotters/1"])
    ]
    assert "F-1 and spotters/1: osce_smm holds it undetermined" in mission.printed("flights")
    assert flight["owner"] == "unattributed"


def test_a_place_across_the_border_of_a_closed_area_may_be_in_it(mission):
    place = {"position": "48.0, 37.8", "radius_m": 900_000}
    mission.act(**{**SEEN, "number": "F-5", "place": place})
    far = next(one for one in mission.told("flights")["flights"] if one["number"] == "F-5")
    assert (far["rules"], far["rules_maybe"], far["label"]) == (
        [], ["no_flights"], "flight, possibly in a closed area",
    )  # fmt: skip


def test_months_keep_a_row_for_nobody_s_flights(mission):
    mission.act(**{**SEEN, "number": "F-6", "owner": "Armed Forces of Ukraine"})
    assert mission.told("flights")["months"] == [
        {"month": "2020-08", "owner": "Armed Forces of Ukraine", "flights": 1, "prohibited": 1},
        {"month": "2020-08", "owner": "unattributed", "flights": 1, "prohibited": 1},
    ]


def test_a_sighting_that_declares_no_delay_is_refused(mission):
    said = {key: value for key, value in SEEN.items() if key != "delay_hours"}
    path = mission.file("wrong.yaml", "".join(f"{key}: {json.dumps(value)}\n" for key, value in said.items()))
    ran = mission.run("enter", mission.mission, path)
    assert ran.code == 2
    assert "this one declares none" in ran.err
