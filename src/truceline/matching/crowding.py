"""How crowded time and place are: how many other reports chance alone would bring as near as these two.

A crossing hit by ten shells a day needs a closer match than a hamlet hit once a year. Counted once over a body of
reports and then kept (a model holds it), so that one report on arrival is judged as in bulk.
"""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from truceline.matching.compared import Compared
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import HOUR
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE

CELL_E7 = 100_000
"""The smallest cell: a hundredth of a degree. Each class above is twice as wide."""
CLASSES = 8
MINUTE = HOUR // 60
MOST_CELLS = 200_000
"""Cells and names kept of each class: those with the most reports, so that a model stays bounded."""
_ROW = 1 << 40


class Density(Struct, frozen=True, forbid_unknown_fields=True):
    """Reports counted by cell, class by class, and by name where there is no point, over so many minutes.

    cells[c]: numbers of cells in rising order; counts[c]: reports in each. Cells with one report are left out.
    """

    minutes: int
    cells: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[int, ...], ...]
    names: dict[str, int]

    @classmethod
    def of(cls, reports: Compared) -> "Density":
        """Count the reports. Those without a point count for their name."""
        pointed = np.flatnonzero(reports.radius >= 0)
        kept = [_most(*np.unique(_cell(reports, size)[pointed], return_counts=True)) for size in range(CLASSES)]
        minutes = int(reports.last.max() - reports.start.min()) // MINUTE + 1 if len(reports) else 1
        names_said = reports.name[reports.name > 0].astype(np.int64)
        number, times = _most(*np.unique(names_said, return_counts=True))
        names = {reports.texts.name[code]: count for code, count in zip(number.tolist(), times.tolist(), strict=True)}
        return cls(
            minutes, tuple(tuple(cells.tolist()) for cells, _ in kept),
            tuple(tuple(counts.tolist()) for _, counts in kept), names,
        )  # fmt: skip


def crowds(reports: Compared, density: Density) -> NDArray[np.int32]:
    """For each report the reports counted around it, class by class, and last those of its name; at least 1."""
    made = np.ones((len(reports), CLASSES + 1), np.int32)
    for size in range(CLASSES):
        known, counts = np.array(density.cells[size], np.int64), np.array(density.counts[size], np.int32)
        if len(known):
            cell = _cell(reports, size)
            at = np.minimum(np.searchsorted(known, cell), len(known) - 1)
            made[:, size] = np.where((known[at] == cell) & (reports.radius >= 0), counts[at], 1)
    named = np.array([density.names.get(text, 1) for text in reports.texts.name], np.int32)
    made[:, CLASSES] = named[reports.name]
    return made


def class_of(reports: Compared) -> NDArray[np.int8]:
    """The class of cell that is about as wide as each report's circle; `CLASSES` without a point."""
    wide_e7 = 2 * reports.radius * 100 * E7 // MIN_CM_PER_DEGREE
    edges = CELL_E7 << np.arange(CLASSES - 1)
    return np.where(reports.radius >= 0, np.searchsorted(edges, wide_e7), CLASSES).astype(np.int8)


def _cell(reports: Compared, size: int) -> Ints:
    width = CELL_E7 << size
    cell: Ints = (reports.lat // width) * _ROW + reports.lon // width
    return cell


def _most(number: Ints, times: Any) -> tuple[Ints, Ints]:
    """Those that come more than once; of too many the most frequent, then the first."""
    number, times = number[times > 1], times[times > 1]
    kept = np.sort(np.lexsort((number, -times))[:MOST_CELLS])
    return number[kept], times[kept]
