"""Scenario 16: violence spikes on the eve, three new cameras start on Day D. The baseline cannot be gamed."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

DAY_D = date(2025, 3, 15)
EVE = 14
LONG = ("--from", "2025-03-15", "--to", "2025-04-04", "--baseline", "2025-01-13/2025-03-14")
ON_THE_EVE = ("--from", "2025-03-15", "--to", "2025-04-04", "--baseline", "2025-03-01/2025-03-14")
NAMED = ("--from", "2025-03-15", "--to", "2025-04-30", "--baseline", "2025-03-01/2025-03-11")
"""The periods of the example's comparison `without_the_eve`."""
WHAT = ("--indicator", "all_incidents", "--as-of", "2025-05-02T00:00")
OLD, NEW = ("patrol", "ngo"), ("camera_1", "camera_2", "camera_3")


def reported(chance, first, days, a_day, sources):
    """Shellings in the river towns, Poisson with this many a day in all, by these sources in turn."""
    for n, number in enumerate(chance.poisson(a_day, days)):
        for which in range(number):
            source = sources[which % len(sources)]
            yield {"when": str(first + timedelta(days=n)), "area": "river_towns", "source": source}


def at(when):
    return int(datetime(*when, tzinfo=UTC).timestamp() * 1_000_000)


@pytest.fixture
def began(monkeypatch):
    """The wall clock of entering, which a test can set."""
    return clock_of(monkeypatch)


def clock_of(monkeypatch):
    clock = SimpleNamespace(now=at((2025, 1, 10)))
    for module in ("intake", "answers", "comparing"):
        monkeypatch.setattr(f"truceline.cli.{module}.now_us", lambda: clock.now)
    return clock


@pytest.fixture(scope="module")
def gamed(office, tmp_path_factory):
    """Six a day, twenty on the eve, three after; but three new cameras see four a day more from Day D on."""
    with pytest.MonkeyPatch.context() as patched:
        clock = clock_of(patched)
        desk = office.Desk(tmp_path_factory.mktemp("gamed")).init("example", "strict")
        clock.now = at((2025, 5, 3))
        chance = np.random.Generator(np.random.PCG64(16))
        desk.reports(
            *reported(chance, date(2025, 1, 13), 47, 6, OLD),
            *reported(chance, DAY_D - timedelta(days=EVE), EVE, 20, OLD),
            *reported(chance, DAY_D, 47, 3, OLD),
            *reported(chance, DAY_D, 47, 4, NEW),
        )
        desk.coverage(
            *({"source": who, "area": "whole_theatre", "from": "2025-01-13", "to": "2025-04-30"} for who in OLD),
            *({"source": who, "area": "river_towns", "from": "2025-03-15", "to": "2025-04-30"} for who in NEW),
        )
    return desk


def compared(desk, *options):
    told = desk.told("compare", *options, *WHAT)
    [one] = told["comparisons"]
    return told, one, {choice["choice"]: choice for choice in one["choices"]}


def test_the_default_leaves_the_eve_out_and_says_so(gamed):
    _, one, _ = compared(gamed, *LONG)
    assert one["eve_left_out"] == EVE
    assert (one["before"]["first"], one["before"]["last"], one["before"]["days"]) == ("2025-01-13", "2025-02-28", 47)
    assert any("eve" in reason for reason in one["reasons"])


def test_it_is_decided_on_the_sources_there_in_both_periods(gamed):
    _, one, choices = compared(gamed, *LONG)
    assert sorted(one["sources_constant"]) == sorted(OLD)
    assert sorted(one["sources_new"]) == sorted(NEW)
    assert one["answer"] == "reduced"
    assert choices["deciding"]["ratio"] == pytest.approx(0.5, abs=0.15)


def test_the_rate_by_exposure_stands_beside_it(gamed):
    _, one, choices = compared(gamed, *LONG)
    exposed = choices["per_exposure"]
    assert (exposed["before_exposure"], exposed["after_exposure"]) == (47 * 3 * 2, 21 * (3 * 2 + 3))
    assert exposed["ratio"] < 1
    assert one["after"]["source_area_days"] == 21 * 9


def test_the_answer_is_shown_under_each_choice_and_differs(gamed):
    _, _, choices = compared(gamed, *LONG)
    assert choices["all_sources"]["answer"] == "not_reduced"
    assert choices["all_sources"]["ratio"] > 1
    assert choices["with_the_eve"]["ratio"] < choices["deciding"]["ratio"]


def test_a_baseline_that_is_the_eve_decides_nothing(gamed):
    _, one, choices = compared(gamed, *ON_THE_EVE)
    assert choices["deciding"]["answer"] == "reduced"
    assert choices["deciding"]["ratio"] < 0.3
    assert one["answer"] == "cannot_tell"
    assert any("flatters" in reason for reason in one["reasons"])


def test_asking_for_the_eve_is_possible_and_exploratory(gamed):
    _, one, _ = compared(gamed, *ON_THE_EVE, "--eve", "0")
    assert one["answer"] == "reduced"
    assert one["registered_before"] is False
    assert any("--eve" in line for line in one["basis"])


def test_periods_of_the_agreement_entered_before_day_d_are_registered(gamed):
    _, one, _ = compared(gamed, *NAMED)
    assert one["registered_before"] is True
    assert one["asked"]["eve_days"] == 3
    assert any("without_the_eve" in line for line in one["basis"])


@pytest.mark.parametrize("change", [("--seed", "2"), ("--reduction", "50"), ("--eve", "5"), ("--area", "river_towns"),
                                    ("--reading", "lenient")])  # fmt: skip
def test_later_changes_are_exploratory(gamed, change):
    _, one, _ = compared(gamed, *NAMED, *change)
    assert one["registered_before"] is False


def test_periods_nobody_named_are_exploratory(gamed):
    _, one, _ = compared(gamed, *LONG)
    assert one["registered_before"] is False
    assert "Exploratory." in gamed.printed("compare", *LONG, *WHAT)


def test_an_agreement_entered_after_day_d_registers_nothing(began, desk):
    began.now = at((2025, 4, 1))
    desk.init("example", "strict")
    desk.reports({"when": "2025-03-02", "area": "river_towns"}, {"when": "2025-03-20", "area": "river_towns"})
    began.now = at((2025, 5, 3))
    _, one, _ = compared(desk, *NAMED)
    assert one["registered_before"] is False
    assert any("before the window began" in line for line in one["basis"])


def test_the_terminal_shows_every_choice_and_the_sources(gamed):
    printed = gamed.printed("compare", *LONG, *WHAT)
    for words in ("REDUCED", "all sources", "baseline with the eve", "for each source, area and day watched",
                  "camera_1, camera_2, camera_3", "Smallest reduction", "The plain rule"):  # fmt: skip
        assert words in printed
