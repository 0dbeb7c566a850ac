"""Scenario 14: 48 hours plus extensions, an army's own seven days, and seven days after the first 48 hours."""

import pytest

THREE = ("forty_eight_hours", "army_seven_days", "seven_after_first_48h")
ON_15_SEPTEMBER = ("--as-of", "2016-09-15T12:00")


@pytest.fixture
def september(desk):
    """A mission on the stack of 2016."""
    return desk.init("syria-2016")


def extended(desk, by, until="2016-09-16T19:00", at="2016-09-14T18:00"):
    desk.act(
        act="declaration", by=by, at=at, clock="forty_eight_hours", says="extended", until=until, because="Agreed."
    )


def test_the_three_run_side_by_side_each_with_its_basis(september):
    clocks = {one["clock"]: one for one in september.told("clocks", *ON_15_SEPTEMBER)["clocks"]}
    assert set(THREE) <= set(clocks)
    assert [clocks[name]["start"] for name in THREE] == [
        "2016-09-12T16:00:00Z", "2016-09-12T16:00:00Z", "2016-09-14T16:00:00Z",
    ]  # fmt: skip
    bases = [clocks[name]["basis"] for name in THREE]
    assert [basis["instrument"] for basis in bases] == ["arrangement_2016_09_09", None, "arrangement_2016_09_09"]
    assert "AP text of 9 September 2016" in bases[0]["source"]
    assert "SANA" in bases[1]["source"]
    assert (bases[2]["tag"], "letter" in bases[2]["source"]) == ("inferred", True)


def test_a_period_without_a_recorded_extension_has_lapsed_and_does_not_continue(september):
    clock = september.clock("forty_eight_hours", *ON_15_SEPTEMBER)
    assert clock["state"] == "lapsed"
    assert clock["end"] == "2016-09-14T16:00:00Z"
    assert "no extension was declared by all who must" in " ".join(clock["reasons"])
    printed = september.printed("clocks", *ON_15_SEPTEMBER)
    assert "forty_eight_hours: LAPSED" in printed
    assert "continu" not in printed.lower()


def test_until_its_end_it_runs(september):
    assert september.clock("forty_eight_hours", "--as-of", "2016-09-14T18:59")["state"] == "running"
    assert september.clock("forty_eight_hours", "--as-of", "2016-09-14T19:00")["state"] == "lapsed"


def test_the_other_two_go_on_when_the_first_has_lapsed(september):
    states = {one["clock"]: one["state"] for one in september.told("clocks", *ON_15_SEPTEMBER)["clocks"]}
    assert [states[name] for name in THREE] == ["lapsed", "running", "running"]


def test_one_co_chair_alone_extends_nothing(september):
    extended(september, "russia")
    assert september.clock("forty_eight_hours", *ON_15_SEPTEMBER)["state"] == "lapsed"


def test_both_co_chairs_extend_it(september):
    for by in ("usa", "russia"):
        extended(september, by)
    clock = september.clock("forty_eight_hours", *ON_15_SEPTEMBER)
    assert (clock["state"], clock["end"]) == ("running", "2016-09-16T16:00:00Z")
    reasons = " ".join(clock["reasons"])
    assert "Extended until" in reasons
    assert "United States" in reasons
    assert "Russian Federation" in reasons
    assert september.clock("forty_eight_hours", "--as-of", "2016-09-16T19:00")["state"] == "lapsed"


def test_two_ends_that_differ_extend_to_the_earlier(september):
    extended(september, "usa", until="2016-09-15T19:00")
    extended(september, "russia", until="2016-09-16T19:00")
    assert september.clock("forty_eight_hours", *ON_15_SEPTEMBER)["end"] == "2016-09-15T16:00:00Z"


def test_a_local_truce_has_a_clock_of_its_own_area(september):
    clock = september.clock("aleppo_48h_may", "--as-of", "2016-05-06T12:00")
    assert [area["area"] for area in clock["areas"]] == ["aleppo"]
    assert (clock["state"], clock["start"]) == ("running", "2016-05-04T22:00:00Z")


def test_before_day_d_none_of_them_has_started(september):
    states = {one["clock"]: one["state"] for one in september.told("clocks", "--as-of", "2016-09-12T18:59")["clocks"]}
    assert [states[name] for name in THREE] == ["not_started"] * 3


def test_the_clock_of_seven_days_after_the_48_hours_starts_when_they_end(september):
    clocks = {one["clock"]: one for one in september.told("clocks", "--as-of", "2016-09-22T00:00")["clocks"]}
    assert clocks["seven_after_first_48h"]["start"] == clocks["forty_eight_hours"]["end"]
    assert clocks["seven_after_first_48h"]["end"] == "2016-09-21T16:00:00Z"
