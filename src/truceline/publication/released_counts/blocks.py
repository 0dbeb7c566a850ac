"""Blocks: sets of area-days of which only the sum is ever told.

A tree that does not depend on what happened halves the areas, in the order of the agreement, down to one area, and then
the days of that area at the Monday nearest their middle. A half is taken apart from the other only where each has
`least` incidents or more. So whoever knows the tree and every number may still put all of a block's incidents into any
one of its area-days: no part of a block is bounded more narrowly than by nought and the block's own number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

Atom = tuple[str, str, int]
"""Class of incidents, area, day (`date.toordinal`). Classes are disjoint; an indicator is one class or several."""
Incidents = Mapping[Atom, frozenset[int]]
"""The incidents of each atom, by any number that stays theirs from cut to cut. An atom without any may be left out."""
LEAST = 5
"""The smallest number that is told, where a clearance says no other."""
SMALLEST_LEAST = 2
MONDAY = 1


class Block(Struct, frozen=True, order=True):
    """Area-days of one class whose sum alone is told: these areas, from the day `first`, before the day `until`."""

    of: str
    areas: tuple[str, ...]
    first: int
    until: int

    @property
    def atoms(self) -> Iterator[Atom]:
        """Its area-days."""
        return ((self.of, area, day) for area in self.areas for day in range(self.first, self.until))


def blocks(
    counts: Incidents, least: int, held: Sequence[Block], *, classes: Sequence[str], areas: Sequence[str],
    first: int, until: int,
) -> tuple[Block, ...]:  # fmt: skip
    """The blocks of a period, those already `held` as they are, and new ones over the area-days that none holds.

    areas: in the order of the agreement. Raises `ValueError` for a `least` under two: there would be nothing to keep.
    """
    if least < SMALLEST_LEAST:
        raise ValueError(f"least is {least}; under {SMALLEST_LEAST} nothing is kept")
    made = [
        leaf for of in classes for free in _free(of, areas, first, until, held) for leaf in _leaves(free, counts, least)
    ]
    kept = [one for one in held if one.of in classes and one.first < until and first < one.until]
    return tuple(sorted({*kept, *made}))


def members(block: Block, counts: Incidents) -> frozenset[int]:
    """The incidents of a block."""
    return frozenset[int]().union(*(counts.get(atom, frozenset()) for atom in block.atoms))


def _free(of: str, areas: Sequence[str], first: int, until: int, held: Iterable[Block]) -> list[Block]:
    """What no block holds, as rectangles: areas that are free on the same days stand together."""
    taken = {(area, day) for one in held if one.of == of for _, area, day in one.atoms}
    runs: dict[tuple[int, int], list[str]] = {}
    for area in areas:
        for run in _runs([day for day in range(first, until) if (area, day) not in taken]):
            runs.setdefault(run, []).append(area)
    return [Block(of, tuple(together), *run) for run, together in sorted(runs.items())]


def _runs(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    begun = None
    for n, day in enumerate(days):
        begun = day if begun is None else begun
        if n + 1 == len(days) or days[n + 1] != day + 1:
            yield begun, day + 1
            begun = None


def _leaves(block: Block, counts: Incidents, least: int) -> Iterator[Block]:
    halves = _halves(block)
    if halves and all(len(members(half, counts)) >= least for half in halves):
        for half in halves:
            yield from _leaves(half, counts, least)
    else:
        yield block


def _halves(block: Block) -> tuple[Block, Block] | None:
    """The one cut that a block may have; it does not depend on what happened."""
    if len(block.areas) > 1:
        half = (len(block.areas) + 1) // 2
        return (
            Block(block.of, block.areas[:half], block.first, block.until),
            Block(block.of, block.areas[half:], block.first, block.until),
        )
    if block.until - block.first < 2:
        return None
    cut = _cut(block.first, block.until)
    return Block(block.of, block.areas, block.first, cut), Block(block.of, block.areas, cut, block.until)


def _cut(first: int, until: int) -> int:
    """The Monday nearest the middle, so that weeks stay whole; within one week, the middle day."""
    middle = (first + until) // 2
    mondays = [day for day in range(first + 1, until) if date.fromordinal(day).isoweekday() == MONDAY]
    return min(mondays, key=lambda day: (abs(day - middle), day), default=middle)
