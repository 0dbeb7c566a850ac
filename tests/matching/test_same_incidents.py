"""Under one model the same reports give the same incidents: in any order, in any sharding, one by one or in bulk."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching.arrival import Held
from truceline.matching.candidates import Pairs, declared
from truceline.matching.compared import Compared
from truceline.matching.estimating import estimated
from truceline.matching.groups import grouped
from truceline.matching.model import Model, Scored, scored, together
from truceline.matching.proposing import proposed, ranked
from truceline.matching.shards import Parting, pairs_of, shards
from truceline.matching.signals import Scene
from truceline.matching.window import Window
from truceline.vocabulary.when import DAY

Rows = list[dict[str, Any]]
Sets = set[frozenset[int]]
Chosen = set[tuple[int, int]]
MOST = 14


@pytest.fixture
def cases(made_up: SimpleNamespace) -> Any:
    """Reports with their own ids, a model for them, and pairs judged the same and different."""
    pair = st.tuples(st.integers(0, MOST), st.integers(0, MOST))

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[Rows, Model, Chosen, Chosen]:
        rows = draw(st.lists(made_up.any_report(), min_size=3, max_size=MOST))
        rows = [row | {"source_row": str(n)} for n, row in enumerate(rows)]
        model = estimated(made_up.compared_of(rows), Window(), seed=draw(st.integers(0, 3)), least=-4_000_000)
        same, different = (_judged(draw(st.lists(pair, max_size=3)), len(rows)) for _ in range(2))
        return rows, model, same, different - same

    return drawn()


def _judged(pairs: list[tuple[int, int]], count: int) -> Chosen:
    return {(min(two), max(two)) for two in pairs if max(two) < count and two[0] != two[1]}


def positions(chosen: Chosen, order: list[int]) -> Pairs:
    """The pairs, by where the reports stand in that order."""
    at = {report: n for n, report in enumerate(order)}
    both = sorted((min(at[a], at[b]), max(at[a], at[b])) for a, b in chosen)
    return Pairs(*(np.array([two[n] for two in both], np.int64) for n in (0, 1)))


def incidents(made_up: SimpleNamespace, case: Any, order: list[int], pairs: Any) -> Sets:
    """The groups as sets of reports, whatever order they stand in."""
    rows, model, same, different = case
    there = [rows[n] for n in order]
    reports: Compared = made_up.compared_of(there)
    rank = ranked(reports, [row["source_row"] for row in there], np.array(order))
    judged = {"same": positions(same, order), "different": positions(different, order)}
    of = grouped(reports, pairs(reports, model), model.window, **judged, rank=rank).of
    return {frozenset(order[n] for n in np.flatnonzero(of == first)) for first in np.unique(of)}


def as_given(case: Any) -> list[int]:
    return list(range(len(case[0])))


def test_in_any_order(made_up: SimpleNamespace, cases: Any) -> None:
    @settings(max_examples=30, deadline=None)
    @given(cases, st.randoms(use_true_random=False))
    def holds(case: Any, chance: Any) -> None:
        order = as_given(case)
        chance.shuffle(order)
        assert incidents(made_up, case, order, proposed) == incidents(made_up, case, as_given(case), proposed)

    holds()


def test_in_any_sharding(made_up: SimpleNamespace, cases: Any) -> None:
    @settings(max_examples=30, deadline=None)
    @given(cases, st.sampled_from((DAY // 3, 2 * DAY, 90 * DAY)), st.sampled_from((500_000, 20_000_000)))
    def holds(case: Any, slab_us: int, band_e7: int) -> None:
        def sharded(reports: Compared, model: Model) -> Scored:
            scene, parting = Scene.of(reports, model.density), Parting(slab_us=slab_us, band_e7=band_e7)
            parts = [
                part
                for shard in shards(reports, model.window, parting)
                for part in pairs_of(reports, model.window, shard)
            ]
            return together(scored(scene, [*parts, declared(reports, model.window)], model))

        order = as_given(case)
        assert incidents(made_up, case, order, sharded) == incidents(made_up, case, order, proposed)

    holds()


def test_one_by_one(made_up: SimpleNamespace, cases: Any) -> None:
    @settings(max_examples=30, deadline=None)
    @given(cases, st.integers(1, MOST))
    def holds(case: Any, first: int) -> None:
        rows = case[0]

        def arriving(reports: Compared, model: Model) -> Scored:
            origins = [row["origin"] for row in rows]
            before = min(first, len(rows))
            held = Held(reports.take(np.arange(before)), origins[:before], model)
            for at in range(before, len(rows)):
                held.add(reports.take(np.array([at])), origins[at])
            for at in range(len(rows)):
                held.repeat(at, int(reports.repeats[at]))
            found = [held.found(at) for at in range(len(rows))]
            each = {
                (min(one.at, other), max(one.at, other)): weight
                for one in found
                for other, weight in zip(one.others.tolist(), one.weight.tolist(), strict=True)
            }
            columns = (np.array([pair[n] for pair in sorted(each)], np.int64) for n in (0, 1))
            return Scored(Pairs(*columns), np.array([each[pair] for pair in sorted(each)], np.int64))

        order = as_given(case)
        assert incidents(made_up, case, order, arriving) == incidents(made_up, case, order, proposed)

    holds()


def test_no_group_holds_a_pair_judged_different_unless_judgements_of_same_join_it(
    made_up: SimpleNamespace, cases: Any
) -> None:
    @settings(max_examples=30, deadline=None)
    @given(cases)
    def holds(case: Any) -> None:
        rows, model, same, different = case
        reports: Compared = made_up.compared_of(rows)
        order = as_given(case)
        judged = {"same": positions(same, order), "different": positions(different, order)}
        found = grouped(reports, proposed(reports, model), model.window, **judged)
        torn = {pair for pair in different if found.of[pair[0]] == found.of[pair[1]]}
        assert torn == set(found.contradictions)
        alone = grouped(reports, proposed(reports, model), model.window, different=judged["different"])
        assert not {pair for pair in different if alone.of[pair[0]] == alone.of[pair[1]]}

    holds()
