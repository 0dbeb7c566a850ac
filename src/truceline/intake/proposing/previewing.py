"""What a mapping makes of a table: some rows as they would be read beside their cells, and the sum of all."""

from collections.abc import Callable

from msgspec import Struct

from truceline.intake.context import ReadContext
from truceline.intake.mapping import Mapping
from truceline.intake.raw import RawRow
from truceline.intake.reading import Read, Refused, row_reader
from truceline.intake.shapes.features import header_of, texts_of
from truceline.intake.table import RawTable
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.position import written
from truceline.vocabulary.refusal import Refusal, shown
from truceline.vocabulary.report import Report
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import iso

MOST_FIRST, TELL_EVERY = 5, 10_000
Told = Callable[[str, int, int], None]


class ShownRow(Struct, frozen=True):
    """One row: its cells as received (of the columns that are read), and as what it is read, or why not.

    read: names of what is said and how it was read; of a row of several tallies the first, and how many.
    """

    row: int
    received: dict[str, str]
    read: dict[str, str]
    refused: tuple[Refusal, ...] = ()


class Preview(Struct, frozen=True):
    """All rows counted, `rows = read + refused`; the first rows shown, and the first refusals."""

    rows: int
    read: int
    refused: int
    zone: str
    shown: tuple[ShownRow, ...]
    first_refusals: tuple[Refusal, ...]


def preview(table: RawTable, mapping: Mapping, show: int, tell: Told, source: str = "") -> Preview:
    """Read every row of a table as its mapping says. Local times are read in the mapping's zone, else in UTC."""
    zone = mapping.zone or "UTC"
    read = row_reader(table.layout, ReadContext(zone=zone, default_source=source or "source-not-named"))
    shown_rows: list[ShownRow] = []
    refusals: list[Refusal] = []
    refused = 0
    for done, row in enumerate(table.rows):
        noun = read(row)
        if isinstance(noun, Refused):
            refused += 1
            refusals += noun.faults[: MOST_FIRST - len(refusals)]
        if done < show:
            shown_rows.append(_shown(table, mapping, row, noun, zone))
        if done % TELL_EVERY == 0:
            tell("reading rows as mapped", done, len(table.rows))
    total = len(table.rows)
    return Preview(total, total - refused, refused, zone, tuple(shown_rows), tuple(refusals))


def _shown(table: RawTable, mapping: Mapping, row: RawRow, noun: Read, zone: str) -> ShownRow:
    if isinstance(noun, Refused):
        return ShownRow(row.number, _received(table, mapping, row), {}, noun.faults)
    return ShownRow(row.number, _received(table, mapping, row), _read(noun, zone))


def _received(table: RawTable, mapping: Mapping, row: RawRow) -> dict[str, str]:
    if row.cells is None:
        return {}
    texts = texts_of(table.layout.delimiter, table.header)
    cells = texts(row.cells) if texts else row.cells
    header, wanted = header_of(table.layout.delimiter, table.header), mapping.reads()
    return {name: shown(cell) for head, cell in zip(header, cells, strict=True) if (name := head.strip(" ")) in wanted}


def _read(noun: Read, zone: str) -> dict[str, str]:
    if isinstance(noun, Report):
        said = _report(noun, zone)
    elif isinstance(noun, Coverage):
        said = _coverage(noun, zone)
    else:
        assert isinstance(noun, tuple)
        said = _tally(noun[0], zone) | {"tallies in this row": str(len(noun))}
    return {name: shown(text) for name, text in said.items() if text}


def _report(report: Report, zone: str) -> dict[str, str]:
    where = ""
    if report.lat_e7 is not None and report.lon_e7 is not None:
        where = f"{written(report.lat_e7, report.lon_e7).decimal}, within {report.radius_m:,} m"
    return {
        "id": f"{report.source}/{report.source_row}",
        "when": f"{iso(report.start_us, zone)} to {iso(report.end_us, zone)}",
        "where": where,
        "place": report.place,
        "area": report.area,
        "kind": report.kind,
        "weapon": report.weapon,
        "sides": f"{', '.join(report.side_a) or '?'} / {', '.join(report.side_b) or '?'}",
        "killed": _count(report.killed_low, report.killed_best, report.killed_high),
        "words": report.words,
        "language": report.language,
        "flags": ", ".join(report.flags),
    }


def _coverage(seen: Coverage, zone: str) -> dict[str, str]:
    return {
        "id": f"{seen.source}/{seen.source_row}",
        "from": iso(seen.start_us, zone),
        "to": iso(seen.end_us, zone),
        "area": seen.area,
        "status": seen.status,
        "stopped by": seen.stopped_by,
        "words": seen.words,
    }


def _tally(tally: Tally, zone: str) -> dict[str, str]:
    return {
        "id": f"{tally.source}/{tally.source_row}",
        "from": iso(tally.start_us, zone),
        "to": iso(tally.end_us, zone),
        "area": tally.area,
        "of": tally.of,
        "figure": _count(tally.low, tally.best, tally.high),
        "flags": ", ".join(tally.flags),
    }


def _count(low: int | None, best: int | None, high: int | None) -> str:
    said = (("at least", low), ("best", best), ("at most", high))
    return ", ".join(f"{word} {number}" for word, number in said if number is not None)
