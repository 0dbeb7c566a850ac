"""Groups: joined in order of weight, guarded, true to what people judged, and the same in any order."""

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching.candidates import Pairs, candidates
from truceline.matching.compared import Compared
from truceline.matching.groups import JUDGED_SAME, NONE, REFUSALS, SAYS_IT_REPEATS, Grouped, grouped
from truceline.matching.model import Scored, together
from truceline.matching.window import Window
from truceline.vocabulary.when import HOUR

Weights = dict[tuple[int, int], int]
WINDOW = Window()


def pairs(*given: tuple[int, int]) -> Pairs:
    return Pairs(*(np.array([pair[at] for pair in given], np.int64) for at in (0, 1)))


def scored(weights: Weights) -> Scored:
    return Scored(pairs(*weights), np.array(list(weights.values()), np.int64))


def sets_of(groups: Grouped) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(groups.of == first).tolist()) for first in np.unique(groups.of)}


def five(made_up: SimpleNamespace, **said: Any) -> Compared:
    found: Compared = made_up.compared_of([made_up.told(source, **said) for source in "abcde"])
    return found


def test_alike_reports_of_several_sources_are_proposed_as_one_and_the_steps_say_why(made_up: SimpleNamespace) -> None:
    groups = grouped(five(made_up), scored({(0, 1): 5, (1, 2): 3, (0, 2): 9}), WINDOW)
    assert sets_of(groups) == {frozenset({0, 1, 2}), frozenset({3}), frozenset({4})}
    assert [(step.one, step.other, step.weight) for step in groups.joined] == [(0, 2, 9), (0, 1, 5)]


def test_a_row_of_hours_is_not_chained_into_one_incident(made_up: SimpleNamespace) -> None:
    hours = [made_up.told(source, f"2016-02-27T{9 + n:02}:00Z") for n, source in enumerate("abcde")]
    near = {(n, n + 1): 10 - n for n in range(4)}
    groups = grouped(made_up.compared_of(hours), scored(near), WINDOW)
    assert sets_of(groups) == {frozenset({0, 1}), frozenset({2, 3}), frozenset({4})}
    assert {step.why for step in groups.refused} == {REFUSALS[2]}


def test_a_vague_report_does_not_chain_two_places(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b", at=(35.99, 36.2), radius_m=9_000), made_up.told("c", at=(36.08, 36.2))]
    groups = grouped(made_up.compared_of(rows), scored({(0, 1): 5, (1, 2): 4}), WINDOW)
    assert sets_of(groups) == {frozenset({0, 1}), frozenset({2})}
    assert groups.refused[0].why == REFUSALS[3]


def test_one_source_tells_of_an_incident_once(made_up: SimpleNamespace) -> None:
    reports = made_up.compared_of([made_up.told(source) for source in "aba"])
    groups = grouped(reports, scored({(0, 1): 5, (1, 2): 6}), WINDOW)
    assert sets_of(groups) == {frozenset({1, 2}), frozenset({0})}
    assert groups.refused[0].why == REFUSALS[1]


def test_what_was_judged_different_is_not_joined_nor_chained_through_a_third(made_up: SimpleNamespace) -> None:
    everything = scored({(0, 1): 9, (0, 2): 8, (1, 2): 7})
    groups = grouped(five(made_up), everything, WINDOW, different=pairs((0, 2)))
    assert sets_of(groups) == {frozenset({0, 1}), frozenset({2}), frozenset({3}), frozenset({4})}
    assert {step.why for step in groups.refused} == {REFUSALS[0]}


def test_what_was_judged_the_same_is_joined_whatever_keeps_it_apart(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("a", "2016-03-09", (33.5, 36.3))]
    groups = grouped(made_up.compared_of(rows), scored({}), WINDOW, same=pairs((1, 0)))
    assert sets_of(groups) == {frozenset({0, 1})}
    assert groups.joined[0].why == JUDGED_SAME


def test_judgements_that_contradict_one_another_are_reported(made_up: SimpleNamespace) -> None:
    groups = grouped(five(made_up), scored({}), WINDOW, same=pairs((0, 1), (1, 2)), different=pairs((0, 2), (3, 4)))
    assert groups.contradictions == [(0, 2)]
    assert frozenset({0, 1, 2}) in sets_of(groups)


def test_a_report_stands_with_the_one_it_says_it_repeats(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("wire", "2016-02-29", repeats="a/0")]
    groups = grouped(made_up.compared_of(rows), scored({}), WINDOW)
    assert sets_of(groups) == {frozenset({0, 1})}
    assert groups.joined[0].why == SAYS_IT_REPEATS


@st.composite
def weighed(draw: st.DrawFn, count: int) -> Weights:
    every = [(i, j) for i in range(count) for j in range(i + 1, count)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=20)) if every else []
    return {pair: draw(st.integers(0, 3)) for pair in chosen}


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_order_of_reports_and_proposals_gives_one_answer(made_up: SimpleNamespace, data: st.DataObject) -> None:
    rows = data.draw(st.lists(made_up.any_report(), min_size=2, max_size=9))
    rows = [row | {"repeats": ""} for row in rows]
    weights = data.draw(weighed(len(rows)))
    same, different = (data.draw(weighed(len(rows))) for _ in range(2))
    order = data.draw(st.permutations(range(len(rows))))
    window = Window(time_us=5 * HOUR, distance_m=20_000)
    plain = grouped(made_up.compared_of(rows), scored(weights), window, same=pairs(*same), different=pairs(*different))
    where = {old: new for new, old in enumerate(order)}
    moved = [(tuple(sorted((where[i], where[j]))), weight) for (i, j), weight in weights.items()]
    again = grouped(
        made_up.compared_of([rows[old] for old in order]), scored(dict(data.draw(st.permutations(moved)))), window,
        same=pairs(*[(where[j], where[i]) for i, j in same]),
        different=pairs(*[(where[i], where[j]) for i, j in different]), rank=np.array(order),
    )  # fmt: skip
    assert {frozenset(order[new] for new in group) for group in sets_of(again)} == sets_of(plain)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_group_holds_what_was_judged_different_unless_that_is_reported(
    made_up: SimpleNamespace, data: st.DataObject
) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), min_size=2, max_size=9)))
    weights, same, different = (data.draw(weighed(len(reports))) for _ in range(3))
    groups = grouped(reports, scored(weights), WINDOW, same=pairs(*same), different=pairs(*different))
    held = {pair for pair in different if groups.of[pair[0]] == groups.of[pair[1]]}
    assert held == set(groups.contradictions)
    only_judged = grouped(reports, scored({}), WINDOW, same=pairs(*same))
    for pair in held:
        assert only_judged.of[pair[0]] == only_judged.of[pair[1]]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_parts_of_the_candidates_in_any_order_give_the_same_proposals(
    made_up: SimpleNamespace, data: st.DataObject
) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), max_size=15)))
    parts = [Scored(part, part.one * 7 + part.other) for part in candidates(reports, WINDOW)]
    shuffled = together(data.draw(st.permutations(parts)))
    plain = together(parts)
    assert [column.tolist() for column in (*shuffled.pairs, shuffled.weight)] == [
        column.tolist() for column in (*plain.pairs, plain.weight)
    ]


def test_nothing_proposed_leaves_every_report_alone(made_up: SimpleNamespace) -> None:
    groups = grouped(five(made_up), scored({}), WINDOW, same=NONE)
    assert groups.of.tolist() == [0, 1, 2, 3, 4]
