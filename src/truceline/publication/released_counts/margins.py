"""Margins of a release: sums of whole blocks that were told, and nothing else."""

from collections.abc import Callable, Collection, Iterator
from datetime import date

from msgspec import Struct

from truceline.publication.released_counts.release import Given, Release


class Margin(Struct, frozen=True):
    """A sum. of: "all", "area" or "week"; name: the area, or the Monday a week begins with, ISO.

    number: of the blocks told that lie wholly within. whole: no block lies across its edge or was not told; else there
    were this many or more.
    """

    of: str
    name: str
    number: int
    whole: bool


def margins(release: Release, classes: Collection[str] | None = None) -> tuple[Margin, ...]:
    """In all, by area, by week. classes: those of one indicator; None: every class of the release."""
    rows = [
        one for one in release.given
        if (classes is None or one.block.of in classes)
        and release.first <= one.block.first and one.block.until <= release.until
    ]  # fmt: skip
    areas = sorted({area for one in rows for area in one.block.areas})
    weeks = sorted({_monday(day) for one in rows for day in (one.block.first, one.block.until - 1)})
    made = [_margin("all", "", rows, lambda one: True, lambda one: True)]
    made += [_margin("area", area, rows, _only(area), _touches(area)) for area in areas]
    made += [_margin("week", date.fromordinal(day).isoformat(), rows, _within(day), _meets(day)) for day in weeks]
    return tuple(made)


Test = Callable[[Given], bool]


def _margin(of: str, name: str, rows: list[Given], within: Test, touching: Test) -> Margin:
    inside = [one for one in rows if within(one)]
    whole = all(within(one) and one.number is not None for one in rows if touching(one))
    return Margin(of, name, sum(_numbers(inside)), whole)


def _numbers(rows: list[Given]) -> Iterator[int]:
    return (one.number for one in rows if one.number is not None)


def _monday(day: int) -> int:
    return day - (day - 1) % 7


def _only(area: str) -> Test:
    return lambda one: one.block.areas == (area,)


def _touches(area: str) -> Test:
    return lambda one: area in one.block.areas


def _within(monday: int) -> Test:
    return lambda one: monday <= one.block.first and one.block.until <= monday + 7


def _meets(monday: int) -> Test:
    return lambda one: one.block.first < monday + 7 and monday < one.block.until
