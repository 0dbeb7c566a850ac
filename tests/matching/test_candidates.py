"""Candidates: every pair within the window, against the slow rule of every pair, and the same for any sharding."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching import cell_joins
from truceline.matching.candidates import Pairs, candidates, declared, gathered
from truceline.matching.compared import Compared
from truceline.matching.shards import Parting, pairs_of, shards
from truceline.matching.window import Window
from truceline.vocabulary.when import DAY, HOUR, SECOND
from truceline.vocabulary.where import MIN_CM_PER_DEGREE

WINDOWS = (
    Window(),
    Window(time_us=0, distance_m=0),
    Window(time_us=30 * HOUR, distance_m=20_000, within_one_source=True),
    Window(most_span_us=2 * DAY, most_radius_m=5_000),
)


def slowly(reports: Compared, window: Window) -> list[tuple[int, int]]:
    """Every pair by itself, in Python's own whole numbers."""
    found = []
    for i in range(len(reports)):
        for j in range(i + 1, len(reports)):
            if may_be_one(reports, i, j, window):
                found.append((i, j))
    return found


def may_be_one(of: Compared, i: int, j: int, window: Window) -> bool:
    for k in (i, j):
        if of.last[k] - of.start[k] + 1 > window.most_span_us or of.radius[k] > window.most_radius_m:
            return False
    if not window.within_one_source and of.source[i] == of.source[j]:
        return False
    if max(of.start[i], of.start[j]) - min(of.last[i], of.last[j]) > window.time_us:
        return False
    if of.radius[i] < 0 or of.radius[j] < 0:
        return bool(of.name[i] and of.name[i] == of.name[j])
    north = abs(int(of.lat[i]) - int(of.lat[j])) * MIN_CM_PER_DEGREE // 10**7
    east = abs(int(of.lon[i]) - int(of.lon[j])) * min(int(of.permille[i]), int(of.permille[j])) // 1000
    east = east * MIN_CM_PER_DEGREE // 10**7
    reach = 100 * (int(of.radius[i]) + int(of.radius[j]) + window.distance_m)
    return north**2 + east**2 <= reach**2


def as_list(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))


@settings(max_examples=120, deadline=None)
@given(data=st.data(), window=st.sampled_from(WINDOWS), at_once=st.sampled_from((1, 7, 1 << 20)))
def test_the_candidates_are_every_pair_within_the_window_and_no_other(
    made_up: SimpleNamespace, data: st.DataObject, window: Window, at_once: int
) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), max_size=25)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cell_joins, "MOST_AT_ONCE", at_once)
        assert as_list(gathered(candidates(reports, window))) == slowly(reports, window)


@settings(max_examples=80, deadline=None)
@given(
    data=st.data(),
    window=st.sampled_from(WINDOWS),
    slab_h=st.sampled_from((1, 5, 24, 2000)),
    band_e7=st.sampled_from((200_000, 1_000_001, 900_000_000)),
)
def test_any_sharding_by_time_and_region_gives_the_same_pairs_each_once(
    made_up: SimpleNamespace, data: st.DataObject, window: Window, slab_h: int, band_e7: int
) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), max_size=25)))
    parting = Parting(slab_us=slab_h * HOUR, band_e7=band_e7)
    found = [part for shard in shards(reports, window, parting) for part in pairs_of(reports, window, shard)]
    assert as_list(gathered(found)) == slowly(reports, window)


def test_two_times_half_an_hour_apart_are_candidates_and_two_a_day_apart_are_not(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b", "2016-02-27T10:30Z"), made_up.told("c", "2016-02-28T10:00Z")]
    assert as_list(gathered(candidates(made_up.compared_of(rows), Window()))) == [(0, 1)]


def test_the_window_is_closed_to_the_microsecond(made_up: SimpleNamespace) -> None:
    begin = 1_000 * DAY
    rows = [made_up.told("a", (begin, begin + SECOND)), made_up.told("b", (begin + SECOND + HOUR, begin + 2 * HOUR))]
    reports = made_up.compared_of(rows)
    assert as_list(gathered(candidates(reports, Window(time_us=HOUR + 1)))) == [(0, 1)]
    assert as_list(gathered(candidates(reports, Window(time_us=HOUR)))) == []


def test_a_vague_place_reaches_as_far_as_its_radius(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b", at=(36.2, 36.2)), made_up.told("c", at=(36.2, 36.2), radius_m=33_000)]
    assert as_list(gathered(candidates(made_up.compared_of(rows), Window()))) == [(0, 2), (1, 2)]


def test_rows_of_one_source_are_presumed_distinct_unless_told_otherwise(made_up: SimpleNamespace) -> None:
    reports = made_up.compared_of([made_up.told("a"), made_up.told("a")])
    assert as_list(gathered(candidates(reports, Window()))) == []
    assert as_list(gathered(candidates(reports, Window(within_one_source=True)))) == [(0, 1)]


def test_a_report_without_a_point_meets_the_same_place_in_another_script(made_up: SimpleNamespace) -> None:
    rows = [
        made_up.told("a", at=None, place="Hirbinifsah"),
        made_up.told("b", place="حربنفسه"),
        made_up.told("c", at=None),
    ]
    assert as_list(gathered(candidates(made_up.compared_of(rows), Window()))) == [(0, 1)]


def test_what_says_that_it_repeats_another_is_a_pair_wherever_it_places_it(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b", "2016-05-01", repeats="a/0"), made_up.told("c", repeats="a/0")]
    assert as_list(declared(made_up.compared_of(rows), Window())) == [(0, 1)]


def test_a_place_too_vague_for_the_window_is_compared_with_nothing(made_up: SimpleNamespace) -> None:
    rows = [made_up.told("a"), made_up.told("b", radius_m=80_000)]
    assert as_list(gathered(candidates(made_up.compared_of(rows), Window()))) == []


def test_a_sample_of_asking_reports_gives_a_part_of_the_pairs_and_the_rest_the_rest(made_up: SimpleNamespace) -> None:
    reports = made_up.compared_of([made_up.told(source) for source in "abcdef"])
    asking = np.array([True, False] * 3)
    parts = [gathered(candidates(reports, Window(), which)) for which in (asking, ~asking)]
    assert sorted(as_list(parts[0]) + as_list(parts[1])) == slowly(reports, Window())
    assert all(len(part.one) for part in parts)
