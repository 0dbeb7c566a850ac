"""The table of windows and thresholds: each row is what a model with that window and threshold would propose."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from truceline.matching.estimating import estimated
from truceline.matching.groups import grouped
from truceline.matching.proposing import proposed
from truceline.matching.sensitivity import sensitivity, unjudged
from truceline.matching.window import Window


def test_every_row_is_what_a_model_with_that_window_and_threshold_proposes(made_up: SimpleNamespace) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.lists(made_up.any_report(), min_size=2, max_size=12))
    def holds(rows: list[dict[str, Any]]) -> None:
        reports = made_up.compared_of(rows)
        model = estimated(reports, Window(), seed=1)
        for row in sensitivity(reports, model, unjudged(len(rows))):
            window = replace(model.window, time_us=row.time_us, distance_m=row.distance_m)
            found = proposed(reports, replace(model, window=window, least=row.least))
            sizes = np.bincount(grouped(reports, found, window).of)
            assert row.pairs == len(found.weight)
            assert row.groups == (sizes > 1).sum()
            assert (row.largest, row.alone) == (sizes.max(), (sizes == 1).sum())

    holds()


def test_the_registered_row_is_marked_once_and_a_lower_threshold_never_proposes_fewer(
    made_up: SimpleNamespace,
) -> None:
    rows = [made_up.told("abcd"[n % 4], f"2016-02-27T{n % 24:02}:10Z", (35.9, 36.2 + n / 300)) for n in range(40)]
    reports = made_up.compared_of(rows)
    model = estimated(reports, Window(), seed=1)
    table = list(sensitivity(reports, model, unjudged(len(rows))))
    [own] = [row for row in table if row.registered]
    assert (own.time_us, own.distance_m, own.least) == (model.window.time_us, model.window.distance_m, model.least)
    assert len(table) == 27
    by = {(row.time_us, row.distance_m, row.least): row.pairs for row in table}
    assert all(by[t, d, least] >= by[t, d, 2_000_000] for t, d, least in by)
