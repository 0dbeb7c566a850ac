"""Blocks of area-days whose sum alone is told, and what is told of them at one cut after another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.publication.released_counts import Given, Release, blocks, margins, released
from truceline.publication.released_counts.blocks import Atom, Block, Incidents, members
from truceline.publication.released_counts.release import Earlier

MONDAY = 739_001 - (739_001 - 1) % 7
AREAS = ("north", "south")


def counts(**days: list[int]) -> Incidents:
    """Incidents of each area by day, numbered as they come."""
    found: dict[Atom, frozenset[int]] = {}
    number = 0
    for area, its in days.items():
        for day, many in enumerate(its):
            found["i", area, MONDAY + day] = frozenset(range(number, number + many))
            number += many
    return found


def made(seen: Incidents, least: int, days: int, held: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    return blocks(seen, least, held, classes=["i"], areas=AREAS, first=MONDAY, until=MONDAY + days)


def told(seen: Incidents, earlier: list[Earlier], least: int = 5, days: int = 1) -> Release:
    held = tuple(dict.fromkeys(one.block for each in earlier for one in each.release.given))
    chosen = made(seen, least, days, held)
    return released(chosen, seen, earlier, least=least, first=MONDAY, until=MONDAY + days)


def numbers(release: Release) -> list[int | None]:
    return [one.number for one in release.given]


def test_two_areas_with_five_each_are_told_apart() -> None:
    assert numbers(told(counts(north=[5], south=[6]), [])) == [5, 6]


def test_an_area_with_four_is_told_together_with_its_neighbour() -> None:
    release = told(counts(north=[9], south=[4]), [])
    assert [(one.block.areas, one.number) for one in release.given] == [(AREAS, 13)]


def test_an_area_with_none_is_not_told_apart_either() -> None:
    assert numbers(told(counts(north=[9], south=[0]), [])) == [9]


def test_what_stays_under_the_smallest_number_is_told_as_fewer() -> None:
    release = told(counts(north=[2], south=[2]), [])
    assert numbers(release) == [None]
    assert [(one.number, one.whole) for one in margins(release) if one.of == "all"] == [(0, False)]


def test_days_are_cut_at_the_monday_nearest_the_middle() -> None:
    seen = counts(north=[1] * 7 + [1] * 7, south=[5] + [0] * 13)
    assert {(one.areas, one.first - MONDAY, one.until - MONDAY) for one in made(seen, 5, 14)} == {
        (("north",), 0, 7), (("north",), 7, 14), (("south",), 0, 14),
    }  # fmt: skip


def test_weeks_are_margins_where_blocks_lie_within_them() -> None:
    seen = counts(north=[1] * 14, south=[5] + [0] * 13)
    weeks = [(one.number, one.whole) for one in margins(told(seen, [], days=14)) if one.of == "week"]
    assert weeks == [(7, False), (7, False)]


def test_one_late_report_changes_no_number_that_was_told() -> None:
    first, later = counts(north=[5], south=[6]), counts(north=[5], south=[7])
    earlier = [Earlier(told(first, []), first, "10")]
    again = told(later, earlier)
    assert [(one.number, one.cut) for one in again.given] == [(5, "10"), (6, "10")]


def test_nothing_new_and_one_late_report_look_alike() -> None:
    first = counts(north=[5], south=[6])
    earlier = [Earlier(told(first, []), first, "10")]
    assert told(first, earlier) == told(counts(north=[5], south=[7]), earlier)


def test_five_late_reports_are_told() -> None:
    first = counts(north=[5], south=[6])
    again = told(counts(north=[5], south=[11]), [Earlier(told(first, []), first, "10")])
    assert [(one.number, one.cut) for one in again.given] == [(5, "10"), (11, "")]


def test_five_in_and_one_out_is_not_told() -> None:
    first = counts(north=[5], south=[6])
    later = {**first, ("i", "south", MONDAY): frozenset(range(6, 17))}
    again = told(later, [Earlier(told(first, []), first, "10")])
    assert again.given[1] == Given(again.given[1].block, 6, "10", 5)


def test_a_greater_promise_made_before_holds_for_a_later_release() -> None:
    first = counts(north=[8], south=[8])
    earlier = [Earlier(told(first, [], least=8), first, "10")]
    later = {**first, ("i", "south", MONDAY): frozenset(range(8, 21))}
    assert numbers(told(later, earlier, least=3)) == [8, 8]


def test_a_smaller_least_than_two_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is kept"):
        made({}, 1, 1)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=40), st.lists(st.integers(0, 3), max_size=40), st.integers(2, 9)
)
def test_blocks_cover_every_area_day_once(north: list[int], south: list[int], least: int) -> None:
    seen, days = counts(north=north, south=south), max(len(north), len(south))
    chosen = made(seen, least, days)
    atoms = [atom for one in chosen for atom in one.atoms]
    assert len(atoms) == len({*atoms}) == 2 * days
    total = sum(len(members(one, seen)) for one in chosen)
    assert total == sum(north) + sum(south)
    assert all(len(members(one, seen)) >= least for one in chosen) or len(chosen) == 1
