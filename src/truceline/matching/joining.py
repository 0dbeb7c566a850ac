"""Groups joined many at a time, with the same answer as one after the other, the heaviest pair first.

A pair that comes before every other pair of both its groups may be tested at once, whatever happens elsewhere: nothing
that would change its two groups comes before it. So each round tests all such pairs together, in columns; a group is
in at most one of them. What a test asks is of the two groups alone.
"""

from typing import NamedTuple

import numpy as np

from truceline.matching.compared import HALF_ROUND_M, Compared
from truceline.matching.window import Window
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

FREE, DIFFERENT, ONE_SOURCE, NO_TIME, TOO_FAR, UNALIKE = -1, 0, 1, 2, 3, 4
"""What a test of two groups says: nothing against joining them, or the first reason against it."""
UNPROPOSED = -500_000
"""What a pair that is not proposed counts, in millionths of a doubling, when two groups are weighed as wholes: ours."""
NO_KEYS = np.zeros(0, np.int64)


class Edges(NamedTuple):
    """Pairs of reports in the order in which they are to be joined, each with its weight."""

    one: Ints
    other: Ints
    weight: Ints

    def only(self, kept: Bools | Ints) -> "Edges":
        """Those pairs alone."""
        return Edges(self.one[kept], self.other[kept], self.weight[kept])


class Tested(NamedTuple):
    """Pairs that were tested, their places in the order, and what was said of each: `FREE` or the reason against."""

    place: Ints
    edges: Edges
    said: Ints


class Asked(NamedTuple):
    """What is asked of two groups before they are joined: that no two reports were judged different; and, `guarded`,
    that no source tells of both, that the times meet, that the places do, and that the two are alike as wholes.

    apart: the pairs judged different, alike: those proposed, with their weights, as rising keys of `pair_key`.
    """

    apart: Ints
    alike: Ints = NO_KEYS
    weight: Ints = NO_KEYS
    guarded: bool = True


def pair_key(one: Ints, other: Ints, count: int) -> Ints:
    """A number of its own for every pair of so many reports, whatever their order."""
    key: Ints = np.minimum(one, other) * count + np.maximum(one, other)
    return key


def found(keys: Ints, values: Ints, wanted: Ints, otherwise: int) -> Ints:
    """The value of each wanted key; `otherwise` where it is not among the rising keys."""
    if not len(keys):
        return np.full(len(wanted), otherwise)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], otherwise)


class Joining:
    """Groups as they grow, each known by the number of one of its reports.

    of[i]: the group of report i. start, last: of a group the time that all its reports share, the window aside.
    sharpest: its report with the smallest radius, by rank; one without a point where none has one. The reports of a
    group are a ring: `next` leads from each to another.
    """

    def __init__(self, reports: Compared, window: Window, rank: Ints) -> None:
        count = len(reports)
        self.reports, self.window = reports, window
        self.of, self.next, self.sharpest = np.arange(count), np.arange(count), np.arange(count)
        self.size = np.ones(count, np.int64)
        self.start, self.last = reports.start.copy(), reports.last.copy()
        self.order = np.empty(count, np.int64)
        self.order[np.lexsort((rank, reports.radius, reports.radius < 0))] = np.arange(count)
        self._before = np.full(count, np.iinfo(np.int64).max)

    def join(self, edges: Edges, asked: Asked) -> Tested:
        """Join along the pairs, the first of them first."""
        place = np.arange(len(edges.one))
        parts: list[Tested] = []
        while True:
            a, b = self.of[edges.one], self.of[edges.other]
            live = np.flatnonzero(a != b)
            if not len(live):
                return _in_order(parts, edges)
            edges, place, a, b = edges.only(live), place[live], a[live], b[live]
            now = self._come_first(a, b, place)
            said = self._said(a[now], b[now], asked)
            parts.append(Tested(place[now], edges.only(now), said))
            free = now[said == FREE]
            self._take_in(a[free], b[free])
            left = np.ones(len(place), np.bool_)
            left[now] = False
            edges, place = edges.only(left), place[left]

    def _come_first(self, a: Ints, b: Ints, place: Ints) -> Ints:
        """The pairs that come before every other pair of either group."""
        before = self._before
        np.minimum.at(before, a, place)
        np.minimum.at(before, b, place)
        first = np.flatnonzero((before[a] == place) & (before[b] == place))
        before[a] = before[b] = np.iinfo(np.int64).max
        return first

    def _said(self, a: Ints, b: Ints, asked: Asked) -> Ints:
        said = np.full(len(a), FREE)
        if asked.guarded:
            apart = np.maximum(self.start[a], self.start[b]) - np.minimum(self.last[a], self.last[b])
            said[~self._close(self.sharpest[a], self.sharpest[b])] = TOO_FAR
            said[apart > self.window.time_us] = NO_TIME
        if not asked.guarded and not len(asked.apart):
            return said
        at, one, other = self._across(a, b)
        key = pair_key(one, other, len(self.of))
        if len(asked.alike):
            weight = found(asked.alike, asked.weight, key, UNPROPOSED)
            whole = np.zeros(len(a), np.int64)
            np.add.at(whole, at, weight)
            said[(whole < 0) & (said == FREE)] = UNALIKE
        if asked.guarded and not self.window.within_one_source:
            said[at[self.reports.source[one] == self.reports.source[other]]] = ONE_SOURCE
        said[at[found(asked.apart, asked.apart, key, -1) == key]] = DIFFERENT
        return said

    def _close(self, one: Ints, other: Ints) -> Bools:
        """As `window.near` of two points; what has no point is near whatever it says the name of."""
        of = self.reports
        reach = (np.minimum(of.radius[one] + of.radius[other], HALF_ROUND_M) + self.window.distance_m) * 100
        north = np.abs(of.lat[one] - of.lat[other]) * MIN_CM_PER_DEGREE // E7
        permille = np.minimum(of.permille[one], of.permille[other])
        east = np.abs(of.lon[one] - of.lon[other]) * permille // 1000 * MIN_CM_PER_DEGREE // E7
        close: Bools = north * north + east * east <= reach * reach
        return close | (of.radius[one] < 0) | (of.radius[other] < 0)

    def _across(self, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
        """Every report of a[k] with every one of b[k]: (k, the one, the other)."""
        first, ones = self._members(a)
        second, others = self._members(b)
        times = np.bincount(second, minlength=len(b))
        begins = np.cumsum(times) - times
        many = times[first]
        at = np.repeat(np.arange(len(first)), many)
        within = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
        return first[at], ones[at], others[begins[first[at]] + within]

    def _members(self, groups: Ints) -> tuple[Ints, Ints]:
        """(k, a report of groups[k]), in order of k."""
        at, here = np.arange(len(groups)), groups
        found, reports = [at], [here]
        while len(at):
            here = self.next[here]
            on = np.flatnonzero(here != groups[at])
            at, here = at[on], here[on]
            found.append(at)
            reports.append(here)
        order = np.argsort(whole := np.concatenate(found), kind="stable")
        return whole[order], np.concatenate(reports)[order]

    def _take_in(self, a: Ints, b: Ints) -> None:
        """The larger group of each two takes in the other."""
        smaller = self.size[a] < self.size[b]
        a, b = np.where(smaller, b, a), np.where(smaller, a, b)
        at, members = self._members(b)
        self.of[members] = a[at]
        self.next[a], self.next[b] = self.next[b], self.next[a]
        self.size[a] += self.size[b]
        self.start[a] = np.maximum(self.start[a], self.start[b])
        self.last[a] = np.minimum(self.last[a], self.last[b])
        one, other = self.sharpest[a], self.sharpest[b]
        self.sharpest[a] = np.where(self.order[other] < self.order[one], other, one)


def _in_order(parts: list[Tested], none: Edges) -> Tested:
    """All rounds together, in the order of the pairs."""
    if not parts:
        return Tested(np.zeros(0, np.int64), none.only(NO_KEYS), np.zeros(0, np.int64))
    place = np.concatenate([part.place for part in parts])
    order = np.argsort(place)
    one, other, weight = (np.concatenate(column)[order] for column in zip(*(part.edges for part in parts), strict=True))
    return Tested(place[order], Edges(one, other, weight), np.concatenate([part.said for part in parts])[order])
