"""Pairs that only chance brings together: sources moved in time, and nothing else changed."""

from types import SimpleNamespace

import numpy as np

from truceline.matching.by_chance import days_drawn, moved_in_time, of_two_stretches, stretches
from truceline.matching.candidates import candidates, gathered
from truceline.matching.window import Window
from truceline.vocabulary.when import DAY


def test_sources_are_moved_by_whole_days_so_that_no_two_tell_of_one_incident(made_up: SimpleNamespace) -> None:
    rows = [
        made_up.told(source, f"2016-{month:02}-{day:02}", (35 + month / 10, 36 + day / 30))
        for source in "abc" for month in (3, 4) for day in range(1, 31)
    ]  # fmt: skip
    reports = made_up.compared_of(rows)
    stretch = stretches(reports, Window())
    moved = moved_in_time(reports, stretch)
    assert set((moved.start - reports.start) % DAY) == {0}
    assert (moved.last - moved.start).tolist() == (reports.last - reports.start).tolist()
    assert len(gathered(candidates(reports, Window())).one) >= 180
    assert len(gathered(of_two_stretches(candidates(moved, Window()), stretch)).one) == 0


def test_reports_are_drawn_by_whole_days(made_up: SimpleNamespace) -> None:
    reports = made_up.compared_of([made_up.told("a", f"2016-03-{day:02}") for day in range(1, 31) for _ in range(3)])
    assert days_drawn(reports, 1).tolist() == list(range(len(reports)))
    assert days_drawn(reports.take(np.zeros(0, np.int64)), 1).tolist() == []
