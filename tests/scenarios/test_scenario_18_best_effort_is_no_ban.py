"""Scenario 18: "work to minimise aviation operations", and one flight. A best effort is no ban."""

import pytest

SEEN = {
    "act": "flight", "by": "un_envoy", "at": "2016-06-10T13:00", "number": "F-1", "source": "spotter 7",
    "aircraft": "fixed_wing", "means": "seen", "when": "2016-06-10T12:07", "place": {"area": "aleppo"},
    "owner": "Syrian Air Force", "delay_hours": 24,
}  # fmt: skip


@pytest.fixture
def mission(desk):
    """A mission with one flight over Aleppo after the statement of 9 May 2016."""
    desk.init("syria-2016", "strict")
    desk.act(**SEEN)
    return desk


def t29(desk, *options):
    told = desk.told("assess", "--from", "2016-05-09", "--to", "2016-09-01", *options)["assessments"]
    return [one for one in told if "T29" in one["terms"]]


def test_the_obligation_is_shown_as_a_best_effort_and_one_flight_breaches_nothing(mission):
    rows = t29(mission)
    assert rows
    assert {one["kind"] for one in rows} == {"best_effort"}
    assert all(one["outcome"] != "breached" and "breached" not in one["by"].values() for one in rows)


def test_sightings_stand_beside_their_baseline_and_the_reason_says_so(mission):
    told = mission.told("why", t29(mission)[0]["assessment"])
    assert "baseline" in str(told["outcomes"]).casefold()


def test_no_flight_is_called_prohibited_where_no_rule_in_force_closes_the_air(mission):
    [flight] = mission.told("flights")["flights"]
    assert flight["rules"] == []
    printed = mission.printed("flights")
    assert "none in force there" in printed
    assert "prohibited" not in printed


def test_the_duty_to_minimise_flights_stands_against_its_baseline(mission):
    for number, when, owner in (("F-2", "2016-03-20T12:07", "Syrian Air Force"), ("F-3", "2016-04-02T12:07", None)):
        own = {"owner": owner} if owner else {}
        less = {key: value for key, value in SEEN.items() if key != "owner"}
        mission.act(**{**less, **own, "number": number, "when": when})
    [effort] = mission.told("flights", "--as-of", "2016-09-01")["efforts"]
    assert (effort["obligation"], effort["terms"], effort["party"]) == ("minimised_flights", ["T29"], "government")
    counted = ("days", "owned", "unattributed")
    assert [effort["baseline"][key] for key in counted] == [69, 1, 1]
    assert [effort["since"][key] for key in counted] == [116, 1, 0]
    assert "A best effort is never a breach" in mission.printed("flights", "--as-of", "2016-09-01")


def test_a_duty_that_is_not_yet_owed_is_not_shown(mission):
    assert mission.told("flights", "--as-of", "2016-04-01")["efforts"] == []
