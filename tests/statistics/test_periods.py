"""Low, best, high and drawn counts a day."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from truceline.errors import ValueNotRead
from truceline.statistics.periods import Occurrences, killed, local_days
from truceline.vocabulary.columns import UNKNOWN
from truceline.vocabulary.comparison import Killed

FIRST, LAST = date(2016, 3, 24), date(2016, 3, 31)
"""The clocks change in Damascus on 25 March 2016: that day has 23 hours."""


@pytest.fixture
def days():
    return local_days(FIRST, LAST, "Asia/Damascus", 1 << 62)


def everywhere(n=3):
    return np.ones(n, np.bool_)


def test_a_report_of_one_local_day_counts_on_that_day_also_over_a_change_of_the_clocks(incidents, days):
    columns = incidents([{"day": date(2016, 3, d)} for d in (24, 26, 26, 31)])
    daily = Occurrences.of(columns, columns.counts[0]).daily(days, everywhere())
    assert daily.low.tolist() == [1, 0, 2, 0, 0, 0, 0, 1]
    assert daily.best.tolist() == daily.high.tolist() == daily.low.tolist()
    assert (daily.surely, daily.touching) == (4, 4)


def test_a_report_of_three_days_is_surely_on_none_of_them_and_a_third_on_each(incidents, days):
    columns = incidents([{"day": date(2016, 3, 27), "days": 3}])
    daily = Occurrences.of(columns, columns.counts[0]).daily(days, everywhere())
    assert daily.low.sum() == 0
    assert daily.high.tolist() == [0, 0, 0, 1, 1, 1, 0, 0]
    assert daily.best[3:6] == pytest.approx([1 / 3] * 3)
    assert (daily.surely, daily.touching) == (1, 1)


def test_a_report_that_sticks_out_of_the_period_may_be_in_it_and_is_not_surely(incidents, days):
    columns = incidents([{"day": date(2016, 3, 31), "days": 4}])
    daily = Occurrences.of(columns, columns.counts[0]).daily(days, everywhere())
    assert (daily.surely, daily.touching) == (0, 1)
    assert daily.best.sum() == pytest.approx(0.25)


def test_what_only_may_count_is_in_the_high_figure_alone(incidents, days):
    columns = incidents([{"day": FIRST, "counts": "maybe"}, {"day": FIRST, "counts": "no"}])
    daily = Occurrences.of(columns, columns.counts[0]).daily(days, everywhere())
    assert (daily.low.sum(), daily.best.sum(), daily.high.sum()) == (0, 0, 1)


def test_an_incident_in_one_of_two_places_is_half_in_each(incidents, days):
    columns = incidents([{"day": FIRST, "may": (0, 2)}])
    first = np.array([True, False, False])
    daily = Occurrences.of(columns, columns.counts[0]).daily(days, first)
    assert (daily.low.sum(), daily.best.sum(), daily.high.sum()) == (0, 0.5, 1)


def test_draws_put_each_doubtful_incident_on_one_day_in_one_place_and_leave_the_others(incidents, days):
    columns = incidents([{"day": FIRST}, {"day": date(2016, 3, 25), "days": 4, "may": (0, 1)}])
    drawn = Occurrences.of(columns, columns.counts[0]).drawn(days, 400, np.random.Generator(np.random.PCG64(5)))
    assert drawn.sum(axis=(1, 2)).tolist() == [2] * 400
    assert (drawn[:, 0, 0] == 1).all()
    assert drawn[:, :, 1:5].sum(axis=1).mean(axis=0) == pytest.approx([0.25] * 4, abs=0.08)
    assert drawn[:, 1, :].sum() / 400 == pytest.approx(0.5, abs=0.08)


def test_the_same_seed_draws_the_same(incidents, days):
    columns = incidents([{"day": FIRST, "days": 7}] * 20)
    found = Occurrences.of(columns, columns.counts[0])
    one, other = (found.drawn(days, 5, np.random.Generator(np.random.PCG64(9))) for _ in range(2))
    assert (one == other).all()


def test_days_that_are_not_over_are_left_out():
    days = local_days(FIRST, LAST, "Asia/Damascus", int(local_days(FIRST, LAST, "UTC", 1 << 62).edges[3]))
    assert len(days) == 3


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueNotRead):
        local_days(LAST, FIRST, "UTC", 1 << 62)


def test_killed_are_summed_over_incidents_surely_in_the_period_where_known(incidents, days):
    columns = incidents([{"day": FIRST, "killed": 3}, {"day": FIRST}, {"day": LAST, "days": 2, "killed": 50}])
    assert killed(columns, columns.counts[0], days, everywhere()) == Killed(3, 3, 3)


def test_a_figure_of_killed_that_no_report_gives_is_absent_and_not_nought(incidents, days):
    columns = incidents([{"day": FIRST, "killed": 3}, {"day": LAST, "killed": 5}])
    columns = replace(columns, killed_best=np.full(2, UNKNOWN, np.int64))
    assert killed(columns, columns.counts[0], days, everywhere()) == Killed(8, None, 8)
    columns.killed_best[0] = 4
    assert killed(columns, columns.counts[0], days, everywhere()) == Killed(8, None, 8)
    columns.killed_best[1] = 4
    assert killed(columns, columns.counts[0], days, everywhere()) == Killed(8, 8, 8)
    assert killed(incidents([{"day": FIRST}]), columns.counts[0][:1], days, everywhere()) == Killed(None, None, None)


def test_where_nothing_happened_nobody_was_killed(incidents, days):
    columns = incidents([{"day": FIRST, "killed": 3}])
    assert killed(columns, np.zeros(1, np.int8), days, everywhere()) == Killed(0, 0, 0)
