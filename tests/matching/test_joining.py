"""Groups joined in rounds, many at a time: the same as one pair after the other, which is the slow rule here."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching.at_once import proposed_at_once
from truceline.matching.candidates import Pairs, candidates, declared
from truceline.matching.compared import Compared
from truceline.matching.estimating import estimated
from truceline.matching.groups import ALIKE, JUDGED_SAME, REFUSALS, SAYS_IT_REPEATS, Grouped, Step, grouped
from truceline.matching.joining import UNPROPOSED
from truceline.matching.model import Scored, scored, together
from truceline.matching.signals import Scene
from truceline.matching.window import Window, near
from truceline.vocabulary.when import HOUR

Judged = set[tuple[int, int]]
WINDOW = Window(time_us=5 * HOUR, distance_m=20_000)


def one_after_the_other(
    reports: Compared, weights: dict[tuple[int, int], int], window: Window, same: Judged, different: Judged
) -> tuple[list[frozenset[int]], list[Step], list[Step]]:
    """The groups, what was joined and what was refused: sets of reports, looked at pair by pair."""
    groups = [frozenset({n}) for n in range(len(reports))]
    joined, refused = [], []
    repeating = sorted((*sorted((n, int(at))), n) for n, at in enumerate(reports.repeats) if at >= 0)
    steps = [(JUDGED_SAME, one, other, 0) for one, other in sorted(same)]
    steps += [(SAYS_IT_REPEATS, n, int(reports.repeats[n]), 0) for *_, n in repeating]
    heaviest = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    steps += [(ALIKE, one, other, weight) for (one, other), weight in heaviest]
    for why, one, other, weight in steps:
        a, b = (next(group for group in groups if n in group) for n in (one, other))
        if a == b:
            continue
        against = against_joining(reports, a, b, why, weights, window, different)
        if against is None:
            groups = [group for group in groups if group not in (a, b)] + [a | b]
        (joined if against is None else refused).append(Step(one, other, weight, against or why))
    return groups, joined, refused


def against_joining(
    reports: Compared, a: frozenset[int], b: frozenset[int], why: str,
    weights: dict[tuple[int, int], int], window: Window, different: Judged,
) -> str | None:  # fmt: skip
    """The first reason against, or None."""
    across = [tuple(sorted((one, other))) for one in a for other in b]
    if why == JUDGED_SAME:
        return None
    if any(pair in different for pair in across):
        return REFUSALS[0]
    if why == SAYS_IT_REPEATS:
        return None
    if any(reports.source[one] == reports.source[other] for one, other in across):
        return REFUSALS[1]
    shared = max(reports.start[list(a | b)]) - min(reports.last[list(a | b)])
    if shared > window.time_us:
        return REFUSALS[2]
    sharpest = [min(group, key=lambda n: (reports.radius[n] < 0, reports.radius[n], n)) for group in (a, b)]
    if min(reports.radius[sharpest]) >= 0:
        anytime = Window(time_us=1 << 60, distance_m=window.distance_m, within_one_source=True)
        if not near(reports, np.array(sharpest[:1]), np.array(sharpest[1:]), anytime)[0]:
            return REFUSALS[3]
    return REFUSALS[4] if weights and sum(weights.get(pair, UNPROPOSED) for pair in across) < 0 else None


@st.composite
def weighed(draw: st.DrawFn, count: int) -> dict[tuple[int, int], int]:
    every = [(i, j) for i in range(count) for j in range(i + 1, count)]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=25))
    return {pair: draw(st.sampled_from((-400_000, 0, 300_000, 600_000, 2_000_000))) for pair in chosen}


def pairs(given: Judged) -> Pairs:
    ordered = sorted(given)
    return Pairs(*(np.array([pair[at] for pair in ordered], np.int64) for at in (0, 1)))


def scored_as(weights: dict[tuple[int, int], int]) -> Scored:
    return Scored(pairs(set(weights)), np.array([weights[pair] for pair in sorted(weights)], np.int64))


def sets_of(groups: Grouped) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(groups.of == first).tolist()) for first in np.unique(groups.of)}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_rounds_give_what_one_pair_after_the_other_gives(made_up: SimpleNamespace, data: st.DataObject) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), min_size=2, max_size=10)))
    weights, same, different = (data.draw(weighed(len(reports))) for _ in range(3))
    found = grouped(
        reports, scored_as(weights), WINDOW, same=pairs(set(same)), different=pairs(set(different))
    )  # fmt: skip
    slow, joined, refused = one_after_the_other(reports, weights, WINDOW, set(same), set(different))
    assert sets_of(found) == set(slow)
    assert found.joined == joined
    assert found.refused == refused


@settings(max_examples=30, deadline=None)
@given(data=st.data(), threads=st.integers(1, 3))
def test_tiles_and_threads_give_the_pairs_and_weights_of_the_plain_rule(
    made_up: SimpleNamespace, data: st.DataObject, threads: int
) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), max_size=15)))
    model = estimated(reports, WINDOW, seed=1)
    plain = [*candidates(reports, WINDOW), declared(reports, WINDOW)]
    expected = together(scored(Scene.of(reports, model.density), plain, model))
    found = proposed_at_once(reports, model, threads)
    assert [column.tolist() for column in (*found.pairs, found.weight)] == [
        column.tolist() for column in (*expected.pairs, expected.weight)
    ]


def test_a_report_alike_to_one_of_a_group_and_to_no_other_is_weighed_against_all_of_them(
    made_up: SimpleNamespace,
) -> None:
    reports = made_up.compared_of([made_up.told(source) for source in "abcd"])
    alike = {(0, 1): 3_000_000, (0, 2): 3_000_000, (1, 2): 3_000_000}
    for weight, whole in ((400_000, 3), (1_200_000, 4)):
        weights = alike | {(2, 3): weight}
        found = grouped(reports, scored_as(weights), WINDOW)
        assert max(map(len, sets_of(found))) == whole
        assert {step.why for step in found.refused} == ({REFUSALS[4]} if whole == 3 else set())
