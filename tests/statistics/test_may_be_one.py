"""Which tellings may be of one thing: the blocked search finds what comparing each with each finds."""

import numpy as np
import pytest

from truceline.errors import TrucelineError
from truceline.statistics import may_be_one as module
from truceline.statistics.may_be_one import Meets, Tellings, alike, may_be_one
from truceline.vocabulary.when import DAY, HOUR, Interval
from truceline.vocabulary.where import Place, apart_at_least_m, lon_permille

ALL = Meets(np.ones((1, 1), np.bool_), np.ones((1, 1), np.bool_), np.ones((1, 1), np.bool_))


def tellings(*rows):
    """Rows of (start, end, point or None, radius); codes of area, kind and side may follow."""
    filled = [(*row, 0, 0, 0)[:7] for row in rows]
    points = [row[2] or (0, 0) for row in filled]
    columns = [[row[n] for row in filled] for n in (0, 1, 3, 4, 5, 6)]
    start, end, radius, areas, kinds, sides = (np.array(column, np.int64) for column in columns)
    return Tellings(
        start, end, np.array([row[2] is not None for row in filled]), *np.array(points, np.int64).reshape(-1, 2).T,
        radius, areas, kinds, sides,
    )  # fmt: skip


def found(told, left, right, meets=ALL):
    a, b = may_be_one(told, np.array(left, np.int64), np.array(right, np.int64), meets)
    return sorted(zip([left[i] for i in a], [right[j] for j in b], strict=True))


def slowly(told, i, j, meets):
    """The rule as it is written, for one pair."""
    when = [Interval(int(told.start[n]), int(told.end[n])) for n in (i, j)]
    if not when[0].maybe_same_time(when[1]):
        return False
    if told.has_point[i] and told.has_point[j]:
        a, b = (Place(int(told.lat_e7[n]), int(told.lon_e7[n]), int(told.radius_m[n])) for n in (i, j))
        permille = lon_permille(max(abs(a.lat_e7), abs(b.lat_e7)))
        if apart_at_least_m(a, b, permille) > a.radius_m + b.radius_m:
            return False
    elif not meets.areas[told.areas[i], told.areas[j]]:
        return False
    return bool(meets.kinds[told.kinds[i], told.kinds[j]] and meets.sides[told.sides[i], told.sides[j]])


def test_times_that_only_meet_are_two_things():
    told = tellings((0, DAY, None, 0), (DAY, 2 * DAY, None, 0), (DAY - 1, DAY + 1, None, 0))
    assert found(told, [0], [1, 2]) == [(0, 2)]


def test_points_further_apart_than_both_radii_are_two_things():
    near, far = (360_000_000, 370_000_000), (360_300_000, 370_000_000)
    told = tellings((0, DAY, near, 1_000), (0, DAY, far, 2_000), (0, DAY, far, 3_000))
    assert found(told, [0], [1, 2]) == [(0, 2)]


def test_without_a_point_the_areas_decide():
    meets = Meets(np.eye(2, dtype=np.bool_), ALL.kinds, ALL.sides)
    told = tellings((0, DAY, None, 0, 0), (0, DAY, (360_000_000, 370_000_000), 10, 0), (0, DAY, None, 0, 1))
    assert found(told, [0], [1, 2], meets) == [(0, 1)]


def test_kinds_and_sides_that_exclude_each_other_are_two_things():
    no = np.eye(2, dtype=np.bool_)
    told = tellings((0, DAY, None, 0), (0, DAY, None, 0, 0, 1), (0, DAY, None, 0, 0, 0, 1), (0, DAY, None, 0))
    assert found(told, [0], [1, 2, 3], Meets(ALL.areas, no, no)) == [(0, 3)]


@pytest.mark.parametrize("seed", range(6))
def test_the_blocked_search_finds_what_comparing_each_with_each_finds(seed):
    chance = np.random.Generator(np.random.PCG64(seed))
    rows = []
    for _ in range(160):
        start = int(chance.integers(0, 20 * DAY))
        length = int(chance.choice([1, HOUR, DAY, 3 * DAY, 15 * DAY]))
        point = (int(chance.integers(340_000_000, 380_000_000)), int(chance.integers(355_000_000, 420_000_000)))
        radius = int(chance.choice([0, 500, 2_000, 9_000, 30_000, 60_000, 150_000]))
        place = point if chance.random() < 0.8 else None
        rows.append((start, start + length, place, radius if place else 0, *(int(n) for n in chance.integers(0, 3, 3))))
    told = tellings(*rows)
    tables = [chance.random((3, 3)) < 0.7 for _ in range(3)]
    meets = Meets(*(table | table.T | np.eye(3, dtype=np.bool_) for table in tables))
    left, right = list(range(80)), list(range(80, 160))
    slow = [(i, j) for i in left for j in right if slowly(told, i, j, meets)]
    assert found(told, left, right, meets) == slow
    assert len(slow) > 20


def test_tellings_that_say_the_same_are_alike():
    told = tellings((0, DAY, None, 0), (0, DAY, None, 0, 1), (0, DAY, None, 0))
    first, of = alike(told)
    assert of[0] == of[2] != of[1]
    assert len(first) == 2


def test_more_than_is_bearable_is_refused_with_a_mend(monkeypatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 3)
    told = tellings(*((0, DAY, None, 0) for _ in range(4)))
    with pytest.raises(TrucelineError) as refused:
        found(told, [0, 1], [2, 3])
    assert "fewer days" in refused.value.mend
