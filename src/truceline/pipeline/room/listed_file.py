"""The reports that are chosen as CSV: the columns of the released reports, past the same gate, safe in a spreadsheet.

Bounded: a file has at most `MOST_ROWS` rows; where more are chosen, the last row's place is where the next file begins,
and the page says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from truceline.pipeline.questions import Asked
from truceline.pipeline.room.listed import MOST, Filter, ReportsPage, reports_page
from truceline.pipeline.room.reports import ReportShown
from truceline.publication.tables import harmless, written
from truceline.vocabulary.marking import TLP

MOST_ROWS = 10_000
HEADS = (
    "id", "report", "source", "origin", "repeats", "from", "until", "when_words", "lat", "lon", "radius_m", "cell_m",
    "place", "area", "kind", "weapon", "side_a", "side_b", "killed_low", "killed_best", "killed_high", "words",
    "language", "flags", "withheld", "audience", "exercise",
)  # fmt: skip


def listed_csv(path: Path, asked: Asked, wanted: Filter, after: int = -1) -> bytes:
    """The reports chosen whose place is above `after`, the first `MOST_ROWS` of them. Raises as `reports_page`."""
    tlp = TLP[asked.reader.audience]
    rows = (
        [harmless("" if value is None else str(value)) for value in (*_cells(one), tlp, _yes(shown.exercise))]
        for shown in _pages(path, asked, wanted, after)
        for one in shown.reports
    )
    return written(HEADS, rows)


def _pages(path: Path, asked: Asked, wanted: Filter, after: int) -> Iterator[ReportsPage]:
    """Pages of one cut: what is entered meanwhile does not come among them."""
    for _ in range(MOST_ROWS // MOST):
        shown = reports_page(path, asked, wanted, after, MOST)
        yield shown
        after = shown.after
        if after < 0:
            return
        if asked.known is None and asked.view == "own":
            asked = replace(asked, known=_cut(shown))


def _cut(shown: ReportsPage) -> str:
    size, root = next(iter(shown.cut.values()))
    return f"{size}:{root}"


def _cells(one: ReportShown) -> tuple[object, ...]:
    placed = one.lat is not None
    return (
        one.id, one.name, one.source, one.origin, one.repeats, one.start, one.end, one.when_words, one.lat, one.lon,
        one.radius_m if placed else None, one.cell_m if placed else None, one.place, one.area, one.kind, one.weapon,
        "; ".join(one.side_a), "; ".join(one.side_b), *one.killed, one.words, one.language, " ".join(one.flags),
        " ".join(one.withheld),
    )  # fmt: skip


def _yes(one: bool) -> str:
    return "yes" if one else "no"
