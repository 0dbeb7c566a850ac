"""What two sources both have and what one has: ranges by period, with each one's own figures."""

import numpy as np
import pytest

from truceline.statistics.may_be_one import Meets, Tellings
from truceline.statistics.overlap import Most, Told, overlaps
from truceline.vocabulary.columns import UNKNOWN
from truceline.vocabulary.side_by_side import WIDE, HighBy
from truceline.vocabulary.when import DAY

ONE = np.ones((1, 1), np.bool_)
PLACES = {"north": (360_000_000, 370_000_000), "south": (340_000_000, 370_000_000)}


def told_by(*rows, sources=("a", "b"), length=1):
    """Rows of (day, place, tellers); a teller is a source with its low, best and high."""
    places = [PLACES[place] for _, place, _ in rows]
    start = np.array([day for day, _, _ in rows], np.int64) * DAY
    zeros = np.zeros(len(rows), np.int64)
    point = np.array(places, np.int64).reshape(-1, 2).T
    tellings = Tellings(
        start,
        start + length * DAY,
        np.ones(len(rows), np.bool_),
        point[0],
        point[1],
        zeros + 5_000,
        zeros,
        zeros,
        zeros,
    )
    row, figures = np.full((len(sources), len(rows)), -1, np.int64), []
    for i, (_, _, tellers) in enumerate(rows):
        for name, killed in tellers.items():
            row[sources.index(name), i] = len(figures)
            figures.append(killed or (UNKNOWN,) * 3)
    killed = tuple(np.array(column, np.int64) for column in zip(*figures, strict=True))
    period = np.array([day if length == 1 else WIDE for day, _, _ in rows], np.int64)
    return Told(tellings, Meets(ONE, ONE, ONE), period, sources, row, killed)


def one_pair(told, periods=3):
    [pair] = overlaps(told, periods)
    return pair


def test_two_reports_of_one_shelling_may_be_one_and_are_not_merged():
    pair = one_pair(told_by((0, "north", {"a": (1, 2, 3)}), (0, "north", {"b": (2, 2, 4)})))
    assert (pair.whole.both_declared, pair.both_high) == (0, 1)
    assert (pair.whole.a.told, pair.whole.a.only_low, pair.whole.a.only_high) == (1, 0, 1)


def test_another_day_or_a_place_far_off_is_surely_another_thing():
    pair = one_pair(told_by((0, "north", {"a": None}), (1, "north", {"b": None}), (0, "south", {"b": None})))
    assert pair.both_high == 0
    assert (pair.whole.a.without_partner, pair.whole.b.without_partner) == (1, 2)
    assert (pair.whole.b.only_low, pair.whole.b.only_high) == (2, 2)


def test_one_report_is_no_partner_of_two():
    pair = one_pair(told_by(*((0, "north", {"a": None}) for _ in range(3)), (0, "north", {"b": None})))
    assert pair.both_high == 1
    assert (pair.whole.a.only_low, pair.whole.a.only_high) == (2, 3)
    assert pair.whole.a.without_partner == 0


def test_what_is_declared_to_be_one_is_in_both_surely_and_is_no_other_partner():
    pair = one_pair(told_by((0, "north", {"a": (1, 1, 1), "b": (5, 5, 5)}), (0, "north", {"b": (2, 2, 2)})))
    assert (pair.whole.both_declared, pair.both_high) == (1, 1)
    assert (pair.whole.b.told, pair.whole.b.only_low, pair.whole.b.only_high) == (2, 1, 1)
    assert pair.whole.a.killed.best == 1
    assert pair.whole.b.killed.best == 7


def test_figures_stand_beside_each_other_for_each_period_and_none_is_made_nought():
    rows = [(0, "north", {"a": (1, 2, 3)}), (0, "north", {"b": (4, UNKNOWN, 6)}), (2, "south", {"b": None})]
    pair = one_pair(told_by(*rows))
    assert [one.period for one in pair.periods] == [0, 2]
    first, last = pair.periods
    assert (first.a.killed.low, first.a.killed.best, first.a.killed.high) == (1, 2, 3)
    assert (first.b.killed.low, first.b.killed.best, first.b.killed.high) == (4, None, 6)
    assert (last.b.killed.best, last.b.killed.given) == (None, 0)


def test_pairs_that_could_only_be_each_other_show_whether_their_figures_agree():
    rows = [
        (0, "north", {"a": (1, 2, 3)}), (0, "north", {"b": (4, 4, 6)}),
        (1, "north", {"a": (1, 2, 3)}), (1, "north", {"b": (3, 3, 3)}),
        (2, "north", {"a": None}), (2, "north", {"b": (9, 9, 9)}),
    ]  # fmt: skip
    one_each = one_pair(told_by(*rows)).one_each
    assert (one_each.pairs, one_each.contradict) == (3, 1)
    assert (one_each.killed_a.best, one_each.killed_b.best) == (4, 16)


def test_a_report_of_no_single_period_has_a_row_of_its_own_and_may_be_anything():
    told = told_by((0, "north", {"a": None}), (1, "north", {"b": None}), length=3)
    pair = one_pair(told)
    assert [one.period for one in pair.periods] == [WIDE]
    assert pair.both_high == 1
    assert pair.one_each.pairs == 0


@pytest.mark.parametrize("seed", range(4))
def test_what_is_truly_one_is_never_more_than_the_most(seed):
    """Two sources that each see some of the same happenings, displaced by what they do not know."""
    chance = np.random.Generator(np.random.PCG64(seed))
    rows, both = [], {}
    for _ in range(200):
        day, place = int(chance.integers(0, 30)), ("north", "south")[int(chance.integers(0, 2))]
        seen = [name for name in ("a", "b") if chance.random() < 0.6]
        rows += [(day, place, {name: None}) for name in seen]
        both[day] = both.get(day, 0) + (len(seen) == 2)
    pair = one_pair(told_by(*rows), 30)
    assert pair.both_high >= sum(both.values())
    for one in pair.periods:
        assert both[one.period] <= one.a.told - one.a.only_low == one.b.told - one.b.only_low
        assert one.a.without_partner <= one.a.only_low <= one.a.only_high == one.a.told


def test_every_pair_of_sources_once():
    told = told_by((0, "north", {"a": None, "b": None, "c": None}), sources=("a", "b", "c"))
    assert [(pair.a, pair.b, pair.whole.both_declared) for pair in overlaps(told, 1)] == [
        ("a", "b", 1), ("a", "c", 1), ("b", "c", 1),
    ]  # fmt: skip


def two_in_doubt():
    """Two of a and three of b that may be the same on one day, and one of b that is surely another."""
    rows = [(0, "north", {"a": None})] * 2 + [(0, "north", {"b": None})] * 3 + [(1, "south", {"b": None})]
    return told_by(*rows)


@pytest.mark.parametrize(
    ("most", "high_by", "high", "without"),
    [
        (Most(), HighBy.PAIRING, 2, 1),
        (Most(edges=0), HighBy.PARTNERS, 2, 1),
        (Most(at_one_time=0), HighBy.SIZES, 2, None),
    ],
)
def test_where_there_is_too_much_to_pair_off_the_high_is_a_wider_bound_and_says_so(most, high_by, high, without):
    [pair] = overlaps(two_in_doubt(), 2, most)
    assert (pair.high_by, pair.both_high, pair.whole.b.without_partner) == (high_by, high, without)
    assert pair.whole.a.only_low == 0
    first, second = pair.periods
    assert (first.a.only_low, first.b.only_low) == (0, 1)
    assert second.b.only_low == (0 if high_by is HighBy.SIZES else 1)


def test_the_wider_bounds_are_never_below_the_pairing():
    rows = [(day, "north", {source: None}) for day, source in [(0, "a"), (0, "a"), (0, "b"), (1, "a"), (2, "b")]]
    highs = [next(overlaps(told_by(*rows), 3, most)).both_high for most in (Most(), Most(edges=0), Most(at_one_time=0))]
    assert highs == sorted(highs) == [1, 1, 2]


def test_pairs_of_sources_share_what_may_be_spent_the_first_ones_first():
    told = told_by(*[(0, "north", {source: None}) for source in ("a", "b", "c")], sources=("a", "b", "c"))
    assert [pair.high_by for pair in overlaps(told, 1, Most(at_one_time=1))] == ["pairing", "sizes", "sizes"]
