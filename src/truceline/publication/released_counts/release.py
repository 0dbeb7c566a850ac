"""A release of counts: which block's number is told anew, which stays as it was told, and which is not told.

A number is told anew only where, against every number ever told of that block, what came in and what went out is each
nothing or at least `least`. Otherwise the number last told stays, with the cut it was told at; so does one that did not
change, so that nobody sees from the cut whether something small did.
"""

from collections.abc import Sequence

from msgspec import Struct

from truceline.publication.released_counts.blocks import Block, Incidents, members


class Given(Struct, frozen=True):
    """A block with its number, and the cut at which that number was first told. number None: fewer than `least`.

    Fewer than `least` may be none: silence is not told apart from peace. cut: empty for what this release tells first.
    least: the greatest that was ever promised of the block.
    """

    block: Block
    number: int | None
    cut: str
    least: int


class Release(Struct, frozen=True):
    """What one audience is told at one cut. given: of every block of the period."""

    given: tuple[Given, ...]
    first: int
    until: int

    @property
    def told(self) -> tuple[Given, ...]:
        """Those with a number."""
        return tuple(one for one in self.given if one.number is not None)


class Earlier(Struct, frozen=True):
    """An earlier release to anybody: what it gave, and the incidents at its cut, worked out again from the record."""

    release: Release
    counts: Incidents
    cut: str


def released(
    chosen: Sequence[Block], counts: Incidents, earlier: Sequence[Earlier], *, least: int, first: int, until: int
) -> Release:
    """What may be told of these blocks now. earlier: every release to anybody, oldest first."""
    told = [(one.block, one, each) for each in earlier for one in each.release.given]
    by_block: dict[Block, list[tuple[Given, Earlier]]] = {}
    for block, one, each in told:
        by_block.setdefault(block, []).append((one, each))
    return Release(tuple(_given(one, counts, by_block.get(one, []), least) for one in chosen), first, until)


def _given(block: Block, counts: Incidents, before: Sequence[tuple[Given, Earlier]], least: int) -> Given:
    bound = max([least, *(one.least for one, _ in before)])
    now = members(block, counts)
    anew = [members(block, each.counts) for one, each in before if one.number is not None and not one.cut]
    if not all(_step(then, now, bound) for then in anew) or (anew and anew[-1] == now):
        return _as_told(block, before, bound)
    return Given(block, len(now) if len(now) >= bound else None, "", bound)


def _step(then: frozenset[int], now: frozenset[int], least: int) -> bool:
    """Nothing, or at least `least`, came in; and so with what went out."""
    return all(not moved or len(moved) >= least for moved in (now - then, then - now))


def _as_told(block: Block, before: Sequence[tuple[Given, Earlier]], least: int) -> Given:
    """As the last release has it, whoever it was to; not told where it is under what is promised now."""
    last, each = before[-1]
    told = last.number is not None and last.number >= least
    return Given(block, last.number if told else None, (last.cut or each.cut) if told else "", least)
