"""What bulletins of one source say against one another: totals that do not follow, periods told twice unlike.

Nothing is mended. A row is read for itself alone; these are questions over many tallies.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from truceline.intake.formats.bulletins import BEFORE, SO_FAR
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import DAY

_PERIOD = "violations"


class Chain(NamedTuple):
    """Two figures that ought to be equal: what follows from the earlier bulletin, and what the later one prints."""

    source: str
    earlier: str
    later: str
    area: str
    follows: int
    printed: int

    @property
    def agrees(self) -> bool:
        """The two figures are equal."""
        return self.follows == self.printed


def running_totals(tallies: Iterable[Tally]) -> list[Chain]:
    """Each running total against the one before and the count between, where the two periods meet exactly.

    A later total that is below an earlier one is given too, whatever lies between them.
    """
    chains = []
    for source, found in _by_source(tallies).items():
        counts = {tally.source_row: tally for tally in found if tally.of == _PERIOD and not tally.area}
        for old, new in pairwise(_in_order(tally for tally in found if tally.of == SO_FAR)):
            count = counts.get(new.source_row)
            assert old.best is not None
            assert new.best is not None
            if count is not None and count.best is not None and count.start_us == old.end_us:
                follows = old.best + count.best
            elif new.best < old.best:
                follows = old.best
            else:
                continue
            chains.append(Chain(source, old.source_row, new.source_row, "", follows, new.best))
    return chains


def told_twice(tallies: Iterable[Tally]) -> list[Chain]:
    """Each count of "the period before" against what the bulletin of the day before had counted there."""
    chains = []
    for source, found in _by_source(tallies).items():
        told = [tally for tally in found if tally.of == _PERIOD]
        for again in (tally for tally in found if tally.of == BEFORE):
            closed = next(
                tally.end_us for tally in found if tally.source_row == again.source_row and tally.of != BEFORE
            )
            for first in told:
                if first.area == again.area and 0 < closed - first.end_us <= DAY:
                    assert first.best is not None
                    assert again.best is not None
                    rows = first.source_row, again.source_row
                    chains.append(Chain(source, *rows, first.area, first.best, again.best))
    return chains


def _by_source(tallies: Iterable[Tally]) -> dict[str, list[Tally]]:
    found: dict[str, list[Tally]] = {}
    for tally in tallies:
        if tally.best is not None:
            found.setdefault(tally.source, []).append(tally)
    return found


def _in_order(tallies: Iterable[Tally]) -> list[Tally]:
    return sorted(tallies, key=lambda tally: (tally.end_us, tally.start_us))
