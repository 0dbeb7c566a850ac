"""Counts that bodies publish of one truce, side by side: never summed, never averaged, never mended.

Two tallies of different sources stand beside each other where they count the same thing (the same words),
of the same area, over periods that overlap. Their difference is shown with the hours that only one of
the periods has: where those are not nought, the two do not count the same time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from truceline.vocabulary.side_by_side import CountTold, Mismatch, TwoCounts
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import HOUR

MOST = 5_000
"""Bounds how many pairs of counts are shown."""
PART = ": "
"""What stands between a whole and its part in what is counted: `violations: combat`."""


def two_counts(tallies: Iterable[Tally], place: Callable[[str], str]) -> list[TwoCounts]:
    """At most `MOST` pairs, by what is counted, area and time. `place` says which names are of one area."""
    groups: dict[tuple[str, str], list[Tally]] = {}
    for tally in tallies:
        if tally.best is not None or tally.low is not None or tally.high is not None:
            groups.setdefault((tally.of.strip().casefold(), place(tally.area)), []).append(tally)
    found: list[TwoCounts] = []
    for _, group in sorted(groups.items()):
        for one, other in _overlapping(sorted(group, key=_order)):
            if len(found) == MOST:
                return found
            found.append(_beside(*sorted((one, other), key=lambda tally: tally.source)))
    return found


def _order(tally: Tally) -> tuple[int, int, str, str]:
    return tally.start_us, tally.end_us, tally.source, tally.source_row


def _overlapping(rising: Sequence[Tally]) -> Iterator[tuple[Tally, Tally]]:
    open_: list[Tally] = []
    for tally in rising:
        open_ = [one for one in open_ if one.end_us > tally.start_us]
        yield from ((one, tally) for one in open_ if one.source != tally.source)
        open_.append(tally)


def _beside(a: Tally, b: Tally) -> TwoCounts:
    (a_low, a_high), (b_low, b_high) = a.figure().bounds(), b.figure().bounds()
    both = min(a.end_us, b.end_us) - max(a.start_us, b.start_us)
    return TwoCounts(
        a.of, a.area or b.area, _told(a), _told(b),
        None if b_high is None else a_low - b_high,
        None if a.best is None or b.best is None else a.best - b.best,
        None if a_high is None else a_high - b_low,
        round(both / HOUR, 1), *(round((one.end_us - one.start_us - both) / HOUR, 1) for one in (a, b)),
    )  # fmt: skip


def _told(tally: Tally) -> CountTold:
    return CountTold(
        tally.source, tally.source_row, tally.start_us, tally.end_us, tally.low, tally.best, tally.high, tally.method,
        tally.flags,
    )  # fmt: skip


def wholes_and_parts(tallies: Iterable[Tally]) -> list[Mismatch]:
    """Wholes that the parts their own source gives in rows of their own do not add up to.

    `X: y` is a part of `X`, of the same source, area and period. What stands in one row was compared when the row was
    read (its tallies carry the flag); here rows are compared with rows. A whole of which no part is given is none.
    """
    wholes: dict[tuple[str, str, int, int, str], Tally] = {}
    parts: dict[tuple[str, str, int, int, str], list[Tally]] = {}
    for tally in tallies:
        if tally.best is None:
            continue
        place = (tally.source, tally.area, tally.start_us, tally.end_us)
        wholes[*place, tally.of] = tally
        whole, cut, _ = tally.of.rpartition(PART)
        if cut:
            parts.setdefault((*place, whole), []).append(tally)
    return sorted(
        (made for key, given in parts.items() if key in wholes and (made := _mismatch(wholes[key], given))),
        key=lambda one: (one.source, one.start, one.end, one.area, one.of),
    )


def _mismatch(whole: Tally, given: Sequence[Tally]) -> Mismatch | None:
    apart = [part for part in given if part.source_row != whole.source_row]
    summed = sum(part.best for part in apart if part.best is not None)
    if not apart or summed == whole.best:
        return None
    assert whole.best is not None
    return Mismatch(
        whole.source, whole.source_row, whole.of, whole.area, whole.start_us, whole.end_us, whole.best, summed,
        len(apart),
    )  # fmt: skip
