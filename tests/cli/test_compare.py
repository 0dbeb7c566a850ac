"""`truceline compare` on the command line: what it prints, refuses, and says of UCDP's Syria."""

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

PERIODS = ("--from", "2025-03-15", "--to", "2025-03-28", "--baseline", "2025-02-01/2025-02-28")
AS_OF = ("--as-of", "2025-05-01")


@pytest.fixture
def quieter(desk):
    """Eight a day in February, two after 15 March; two sources watched throughout."""
    desk.init("example", "strict")
    chance = np.random.Generator(np.random.PCG64(2))
    rows = []
    for first, days, a_day in ((date(2025, 2, 1), 28, 8), (date(2025, 3, 15), 14, 2)):
        for n, number in enumerate(chance.poisson(a_day, days)):
            rows += [{"when": str(first + timedelta(days=n)), "area": "river_towns", "killed_low": 1, "killed_best": 2,
                      "killed_high": 3}] * int(number)  # fmt: skip
    desk.reports(*rows)
    desk.watched("2025-02-01", "2025-03-28")
    return desk


def one_of(told, indicator):
    [found] = [one for one in told["comparisons"] if one["indicator"] == indicator]
    return found


def test_both_ends_of_both_periods_are_included(quieter):
    one = one_of(quieter.told("compare", *PERIODS, *AS_OF), "between_parties")
    assert (one["before"]["days"], one["after"]["days"]) == (28, 14)
    assert (one["after"]["first"], one["after"]["last"]) == ("2025-03-15", "2025-03-28")


def test_every_indicator_is_compared_unless_one_is_named(quieter):
    told = quieter.told("compare", *PERIODS, *AS_OF)
    assert [one["indicator"] for one in told["comparisons"]] == [
        "between_parties", "attacks_on_civilians", "all_incidents", "lethal_incidents",
    ]  # fmt: skip
    assert len(quieter.told("compare", *PERIODS, *AS_OF, "--indicator", "all_incidents")["comparisons"]) == 1


def test_a_fall_is_reduced_with_coverage_deaths_and_what_would_change_it(quieter):
    one = one_of(quieter.told("compare", *PERIODS, *AS_OF), "between_parties")
    assert one["answer"] == "reduced"
    assert one["after"]["killed"]["best"] == 2 * one["after"]["incidents"]["low"]
    assert (one["after"]["covered_area_days"], one["after"]["area_days"]) == (42, 42)
    assert one["settles"]
    assert {method["method"] for method in one["methods"]} == {
        "predictive", "quasi_poisson", "negative_binomial", "newey_west", "block_bootstrap",
    }  # fmt: skip


def test_the_plain_rule_stands_beside_the_test(quieter):
    rule = one_of(quieter.told("compare", *PERIODS, *AS_OF), "between_parties")["plain_rule"]
    assert rule["verdict"] == "not_quiet"
    assert rule["quiet"] + rule["not_quiet"] + rule["cannot_tell"] == 42
    assert rule["quiet"] >= 28


def test_the_same_question_has_the_same_answer(quieter):
    one, other = (quieter.run("compare", quieter.mission, *PERIODS, *AS_OF, "--json").out for _ in range(2))
    assert one == other


def test_one_area_alone_can_be_asked(quieter):
    one = one_of(quieter.told("compare", *PERIODS, *AS_OF, "--area", "northern_valley"), "between_parties")
    assert (one["answer"], one["after"]["area_days"]) == ("cannot_tell", 14)


def test_a_reference_period_is_a_choice_of_its_own(quieter):
    told = quieter.told("compare", *PERIODS, *AS_OF, "--reference", "2025-02-01/2025-02-14")
    assert "reference" in {choice["choice"] for choice in one_of(told, "between_parties")["choices"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--from", "2025-03-15", "--to", "2025-03-28", "--baseline", "2025-03-01/2025-03-15"), "share days"),
        (("--from", "2025-03-28", "--to", "2025-03-15", "--baseline", "2025-02-01/2025-02-28"), "before it begins"),
        ((*PERIODS, "--indicator", "peace"), "no indicator"),
        ((*PERIODS, "--area", "moon"), "no area"),
        ((*PERIODS, "--as-of", "2025-03-15"), "Fewer than 2 days"),
        ((*PERIODS, "--reduction", "100"), "out of range"),
        (("--from", "2025-03-15", "--to", "2025-03-28", "--baseline", "1950-01-01/1950-02-01"), "days"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_mend(quieter, options, words):
    ran = quieter.run("compare", quieter.mission, *options, *(() if "--as-of" in options else AS_OF))
    assert ran.code == 2
    assert words in ran.err
    assert ran.out == ""


WEEKS = {"by": "alpha", "at": "2025-02-20T09:00", "window": "2025-03-15/2025-03-28",
         "baseline": "2025-02-01/2025-02-28", "because": "Four weeks against the first two."}  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    """The wall clock of entering, which a test can set."""
    clock = SimpleNamespace(now=0)
    for module in ("intake", "comparing"):
        monkeypatch.setattr(f"truceline.cli.{module}.now_us", lambda: clock.now)
    return clock


def on(*when):
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1_000_000)


@pytest.fixture
def foreseen(desk, clock):
    """A mission of 10 January in which a comparison was entered on 20 February, before its window."""
    clock.now = on(2025, 1, 10)
    desk.init("example", "strict")
    clock.now = on(2025, 2, 20)
    desk.act(act="comparison", comparison="four_weeks", indicators=["all_incidents"], **WEEKS)
    clock.now = on(2025, 5, 3)
    desk.reports(*({"when": f"2025-02-{day:02}", "area": "river_towns"} for day in range(1, 29) for _ in range(3)))
    desk.reports(*({"when": f"2025-03-{day}", "area": "river_towns"} for day in (16, 20)))
    return desk


def test_without_dates_the_comparisons_of_the_record_are_made_each_with_its_standing(foreseen):
    told = foreseen.told("compare", *AS_OF)
    found = {(one["comparison"], one["indicator"]): one for one in told["comparisons"]}
    assert {name for name, _ in found} == {"two_weeks", "without_the_eve", "four_weeks"}
    assert [indicator for name, indicator in found if name == "four_weeks"] == ["all_incidents"]
    one = found["four_weeks", "all_incidents"]
    assert one["registered_before"] is True
    assert one["basis"] == ["Entered in the record as the comparison four_weeks before the window began."]
    assert one["asked"]["window"] == {"from": "2025-03-15", "to": "2025-03-28"}
    printed = foreseen.printed("compare", *AS_OF, "--indicator", "all_incidents")
    assert "four_weeks: window 2025-03-15 to 2025-03-28 against 2025-02-01 to 2025-02-28, everywhere." in printed
    assert "Registered before the window." in printed


def test_dates_that_an_act_entered_before_the_window_are_registered_too(foreseen):
    one = one_of(foreseen.told("compare", *PERIODS, *AS_OF), "all_incidents")
    assert (one["comparison"], one["registered_before"]) == ("four_weeks", True)
    other = one_of(foreseen.told("compare", *PERIODS, *AS_OF), "between_parties")
    assert (other["comparison"], other["registered_before"]) == (None, False)


def test_a_comparison_entered_after_its_window_began_is_exploratory(foreseen, clock):
    clock.now = on(2025, 3, 16)
    late = {**WEEKS, "baseline": "2025-02-03/2025-02-28"}
    foreseen.act(act="comparison", comparison="chosen_late", **late)
    clock.now = on(2025, 6, 1)
    told = foreseen.told("compare", *AS_OF)
    ours = [one for one in told["comparisons"] if one["comparison"] == "chosen_late"]
    assert len(ours) == 4
    assert not any(one["registered_before"] for one in ours)
    assert "The record does not show" in ours[0]["basis"][0]


def test_a_look_before_the_window_is_over_is_exploratory(foreseen):
    told = foreseen.told("compare", *PERIODS, "--as-of", "2025-03-20", "--indicator", "all_incidents")
    assert told["comparisons"][0]["registered_before"] is False
    assert told["comparisons"][0]["basis"][0].startswith("The window is not over: 6 of its 14 days.")


def test_a_window_that_has_not_begun_is_awaited_and_not_compared(foreseen):
    told = foreseen.told("compare", "--as-of", "2025-03-10")
    assert told["comparisons"] == []
    assert told["awaited"] == ["two_weeks", "without_the_eve", "four_weeks"]
    assert "Not compared: four_weeks." in foreseen.printed("compare", "--as-of", "2025-03-10")


def test_a_withdrawn_comparison_is_no_longer_registered(foreseen, clock):
    acts = foreseen.told("acts")["acts"]
    [held] = [one for one in acts if one["act"] == "comparison"]
    assert held["about"] == "four_weeks"
    foreseen.act(act="withdrawal", by="alpha", at="2025-05-02", of=held["id"][:16], because="It was a mistake.")
    assert one_of(foreseen.told("compare", *PERIODS, *AS_OF), "all_incidents")["registered_before"] is False


def test_the_bulletin_shows_every_comparison_of_the_record_with_its_standing(foreseen, tmp_path):
    out = tmp_path / "page.html"
    ran = foreseen.run("bulletin", foreseen.mission, "--out", out, "--audience", "internal", *AS_OF)
    assert ran.code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("registered before</span>") > page.count("exploratory</span>") == 0
    late = foreseen.run("bulletin", foreseen.mission, "--out", out, "--audience", "internal", "--as-of", "2025-03-20")
    assert late.code == 0
    page = out.read_text(encoding="utf-8")
    assert page.count("exploratory</span>") > page.count("registered before</span>") == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"indicators": ["peace"]}, "no indicator"),
        ({"comparison": "two_weeks"}, "already"),
        ({"baseline": "2025-03-01/2025-03-20"}, "share days"),
        ({"window": "2025-03-15"}, "fewer than 2 days"),
        ({"window": "soon"}, "window"),
        ({"baseline": "1950-01-01/1950-02-01"}, "days"),
        ({"reduction": 100}, "<= 99"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_not_entered(desk, changed, words):
    desk.init("example", "strict")
    act = {"act": "comparison", "comparison": "mine", **WEEKS, **changed}
    path = desk.file("act.yaml", json.dumps(act))
    ran = desk.run("enter", desk.mission, path)
    assert ran.code == 2
    assert words in ran.err


def test_some_of_the_dates_are_not_enough(quieter):
    ran = quieter.run("compare", quieter.mission, "--from", "2025-03-15", *AS_OF)
    assert ran.code == 2
    assert "Only some of the dates" in ran.err


@pytest.mark.data
def test_ucdp_around_27_february_and_12_september_2016(test_data, desk):
    """Counts known to the day are those of UCDP's own README; the ratios can be checked by hand."""
    desk.init("syria-2016")
    desk.take_in(test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv")
    found = {}
    for name, window, baseline in (
        ("february", ("2016-02-27", "2016-03-11"), "2016-02-13/2016-02-26"),
        ("february, long", ("2016-02-27", "2016-03-11"), "2016-01-01/2016-02-26"),
        ("september", ("2016-09-12", "2016-09-18"), "2016-08-29/2016-09-11"),
        ("september, long", ("2016-09-12", "2016-09-18"), "2016-04-22/2016-09-11"),
    ):
        told = desk.told("compare", "--from", window[0], "--to", window[1], "--baseline", baseline, "--indicator",
                         "between_parties", "--as-of", "2017-02-01")  # fmt: skip
        [found[name]] = told["comparisons"]
        dated = next(one for one in found[name]["choices"] if one["choice"] == "dated_to_one_day")
        print(name, json.dumps(found[name]["choices"][0]), json.dumps(dated), found[name]["smallest_reduction"])
    days = {name: (one["before"]["dated_to_one_day"], one["after"]["dated_to_one_day"]) for name, one in found.items()}
    assert days["february"] == (138, 82)
    assert days["september"] == (152, 51)
    assert [found[name]["answer"] for name in found] == ["cannot_tell", "reduced", "cannot_tell", "cannot_tell"]
    assert all("coverage_unknown" in one["codes"] for one in found.values())
    assert "baseline_is_eve" in found["february"]["codes"]
    assert found["february, long"]["eve_left_out"] == 14


def test_killed_without_a_best_figure_are_not_given_in_json_and_in_print(desk):
    desk.init("example", "strict")
    days = [f"2025-02-{day:02}" for day in range(1, 29)] + [f"2025-03-{day}" for day in range(15, 29)]
    desk.reports(*({"when": day, "area": "river_towns", "killed_low": 2, "killed_high": 4} for day in days))
    asked = (*PERIODS, *AS_OF, "--indicator", "all_incidents")
    [one] = desk.told("compare", *asked)["comparisons"]
    assert one["before"]["killed"] == {"low": 56, "best": None, "high": 112}
    assert "28 / not given / 56" in desk.printed("compare", *asked)
