"""One report on arrival: matched among many as all of them are in bulk, whatever came before and whatever went."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching import in_time
from truceline.matching.arrival import Held
from truceline.matching.compared import Compared
from truceline.matching.estimating import estimated
from truceline.matching.explaining import REASONS, explained
from truceline.matching.model import Model
from truceline.matching.proposing import proposed, ranked
from truceline.matching.signals import Scene
from truceline.matching.window import Window

WINDOW = Window()
Rows = list[dict[str, Any]]
Weights = dict[tuple[int, int], int]


def model_of(reports: Compared, least: int) -> Model:
    return estimated(reports, WINDOW, seed=3, least=least)


def origins(rows: Rows) -> list[str]:
    return [row["origin"] for row in rows]


def arrived(made_up: SimpleNamespace, held: Held, rows: Rows, at: int) -> int:
    """Row `at` comes to those before it, as a row of its own."""
    names = [f"{row['source']}/{n}" for n, row in enumerate(rows)]
    repeats = [n for n in range(at) if names[n] == rows[at]["repeats"] and held.there[n]]
    by = [n for n in range(at) if rows[n]["repeats"] == names[at] and held.there[n]]
    one = made_up.compared_of([rows[at] | {"repeats": ""}])
    came = held.add(one, origins(rows)[at])
    for teller, target in ((came, repeats[-1] if repeats else -1), *((one, came) for one in by)):
        held.repeat(teller, target)
    return came


def bulk(reports: Compared, model: Model) -> Weights:
    found = proposed(reports, model)
    return {
        (one, other): weight
        for one, other, weight in zip(*(c.tolist() for c in (*found.pairs, found.weight)), strict=True)
    }


def pairs_of(held: Held, at: int) -> Weights:
    found = held.found(at)
    both = zip(found.others.tolist(), found.weight.tolist(), strict=True)
    return {(min(at, other), max(at, other)): weight for other, weight in both}


def test_reports_that_come_one_by_one_have_the_pairs_that_they_have_in_bulk(made_up: SimpleNamespace) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(made_up.any_report(), min_size=2, max_size=14), st.integers(0, 14))
    def holds(rows: Rows, first: int) -> None:
        reports = made_up.compared_of(rows)
        model = model_of(reports, least=-6_000_000)
        first = min(first, len(rows))
        before = reports.take(np.arange(first))
        held = Held(before, origins(rows)[:first], model)
        found = bulk(before, model)
        for at in range(first, len(rows)):
            assert arrived(made_up, held, rows, at) == at
            found |= pairs_of(held, at)
        assert found == bulk(reports, model)
        assert all(pairs_of(held, at) == {k: w for k, w in found.items() if at in k} for at in range(len(rows)))

    holds()


def test_it_is_the_same_when_many_came_and_are_put_in_order(made_up: SimpleNamespace, monkeypatch: Any) -> None:
    monkeypatch.setattr(in_time, "MOST_LOOSE", 3)
    chance = np.random.default_rng(5)
    rows = [
        made_up.told("abcdef"[n % 6], f"2016-02-27T{int(chance.integers(0, 24)):02}:00Z", (35.9, 36.2), 400)
        for n in range(60)
    ]
    reports = made_up.compared_of(rows)
    model = model_of(reports, least=-20_000_000)
    held = Held(reports.take(np.arange(5)), origins(rows)[:5], model)
    for at in range(5, len(rows)):
        arrived(made_up, held, rows, at)
    found: Weights = {}
    for at in range(len(rows)):
        found |= pairs_of(held, at)
    assert found == bulk(reports, model)
    assert len(found) > 50


def test_what_has_gone_is_nobodys_candidate_and_repeated_by_nobody(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b"), made_up.told("c", at=(30.0, 30.0), repeats="a/0")]
    held = Held(made_up.compared_of(rows), origins(rows), model_of(made_up.compared_of(rows), least=-90_000_000))
    assert held.found(0).others.tolist() == [1, 2]
    held.remove(0)
    held.repeat(2, -1)
    assert held.found(1).others.tolist() == []
    assert held.found(2).others.tolist() == []
    assert held.reports.repeats.tolist() == [-1, -1, -1]


def test_the_reasons_are_those_that_bulk_gives(made_up: SimpleNamespace) -> None:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(made_up.any_report(), min_size=3, max_size=8))
    def holds(rows: Rows) -> None:
        reports = made_up.compared_of(rows)
        model = model_of(reports, least=-90_000_000)
        held = Held(reports.take(np.arange(2)), origins(rows)[:2], model)
        for at in range(2, len(rows)):
            arrived(made_up, held, rows, at)
        scene = Scene.of(reports, model.density)
        assert held.explained(0, len(rows) - 1) == explained(scene, model, 0, len(rows) - 1)
        found = held.found(len(rows) - 1)
        for other, reasons in zip(found.others.tolist(), found.reasons, strict=True):
            assert reasons == explained(scene, model, other, len(rows) - 1)

    holds()


def test_two_that_repeat_a_third_far_away_are_known_to(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("wire", at=(30.0, 30.0)), *(made_up.told(source, repeats="wire/0") for source in "ab")]
    reports = made_up.compared_of(rows)
    model = model_of(reports, least=-90_000_000)
    held = Held(reports, origins(rows), model)
    assert held.explained(1, 2) == explained(Scene.of(reports, model.density), model, 1, 2)
    assert "both say that they repeat one report" in str(held.found(2).reasons)


def test_no_two_signals_share_a_reason() -> None:
    reasons = [reason for several in REASONS.values() for reason in several]
    assert len(reasons) == len(set(reasons))
    assert all(reasons)


def test_reports_have_one_order_however_they_come(made_up: SimpleNamespace) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(made_up.any_report(), min_size=1, max_size=12), st.randoms(use_true_random=False))
    def holds(rows: Rows, chance: Any) -> None:
        rows = [row | {"source_row": f"own-{n % 5}"} for n, row in enumerate(rows)]
        order = list(range(len(rows)))
        chance.shuffle(order)

        def in_order(which: list[int]) -> list[int]:
            some = made_up.columns_of([rows[n] for n in which])
            rank = ranked(made_up.compared_of([rows[n] for n in which]), some.source_row, np.array(which))
            return [which[n] for n in np.argsort(rank).tolist()]

        assert in_order(order) == in_order(list(range(len(rows))))

    holds()
