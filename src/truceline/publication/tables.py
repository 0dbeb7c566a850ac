"""Exports: incidents and ledger cells as CSV, safe to open in a spreadsheet.

UTF-8 with a byte order mark, comma separated, CRLF line ends (RFC 4180), one header row. A text that
a spreadsheet would take for a formula (it begins with =, +, -, @, tab or carriage return) gets an
apostrophe in front, unless it is a plain number (OWASP, CSV Injection). Columns: docs/reference/export.md.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from truceline.publication.page import Page
from truceline.publication.rows import plain
from truceline.publication.times import utc_stamp
from truceline.vocabulary.columns import IncidentColumns
from truceline.vocabulary.marking import TLP, Reader, admit

_NUMBER = re.compile(r"[+-]?\d{1,18}(?:\.\d{1,18})?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

ANSWERS = ("no", "maybe", "surely")

INCIDENT_COLUMNS = (
    "incident",
    "entry",
    "source",
    "source_row",
    "from",
    "to",
    "when_words",
    "lat",
    "lon",
    "radius_m",
    "place",
    "areas",
    "kind",
    "side_a",
    "side_b",
    "killed_low",
    "killed_best",
    "killed_high",
    "flags",
    "file",
    "row",
    "audience",
    "exercise",
)

CELL_COLUMNS = (
    "indicator",
    "area",
    "day",
    "from",
    "to",
    "verdict",
    "low",
    "high",
    "covered",
    "sources",
    "reasons",
    "audience",
    "exercise",
)


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def export_csv(page: Page, reader: Reader) -> bytes:
    """One row an incident, with a column an indicator after the fixed ones. Raises `NotReleased`."""
    admit(reader)
    indicators = [f"counts_{one.indicator}" for one in page.ledger.indicators]
    return _written([*INCIDENT_COLUMNS, *indicators], _incidents(page, reader))


def export_ledger_csv(page: Page, reader: Reader) -> bytes:
    """One row a cell: indicator by indicator, area by area, day by day. Raises `NotReleased`."""
    admit(reader)
    stamp = (TLP[reader.audience], "yes" if page.exercise else "no")
    ledger = page.ledger
    rows = (
        (
            one.indicator,
            ledger.areas[cell.area],
            ledger.days[cell.day].name,
            utc_stamp(ledger.days[cell.day].start),
            utc_stamp(ledger.days[cell.day].end),
            cell.verdict.value,
            str(cell.low),
            str(cell.high),
            "yes" if cell.covered else "no",
            str(cell.sources),
            " ".join(reason.code for reason in cell.reasons),
            *stamp,
        )
        for one in ledger.indicators
        for cell in one.cells
    )
    return _written(CELL_COLUMNS, rows)


def _written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    pen = csv.writer(text)
    pen.writerow(heads)
    pen.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _incidents(page: Page, reader: Reader) -> Iterable[Sequence[str]]:
    rows = page.incidents
    files = {one.seq: one.file for one in page.submissions}
    counts = [[ANSWERS[answer] for answer in column.tolist()] for column in rows.counts]
    stamp = (TLP[reader.audience], "yes" if page.exercise else "no")
    areas = _area_names(page)
    for i in range(len(rows)):
        point = (_degrees(int(rows.lat_e7[i])), _degrees(int(rows.lon_e7[i]))) if rows.has_point[i] else ("", "")
        yield (
            rows.id[i],
            str(rows.seq[i]),
            rows.source[i],
            rows.source_row[i],
            utc_stamp(int(rows.start[i])),
            utc_stamp(int(rows.end[i])),
            rows.when_words[i],
            *point,
            str(rows.radius_m[i]) if rows.has_point[i] else "",
            rows.place[i],
            areas[rows.may_be[i].tobytes()],
            rows.kind[i],
            plain(rows.side_a[i]),
            plain(rows.side_b[i]),
            *_killed(rows, i),
            plain(rows.flags[i]),
            files.get(int(rows.submission[i]), ""),
            str(rows.row[i]),
            *stamp,
            *(column[i] for column in counts),
        )


def _area_names(page: Page) -> dict[bytes, str]:
    """Every set of areas that occurs, as ids separated by ";"."""
    ids = [*page.ledger.areas, "elsewhere"]
    sets = {row.tobytes(): row for row in page.incidents.may_be}
    return {key: ";".join(ids[a] for a in row.nonzero()[0].tolist()) for key, row in sets.items()}


def _killed(rows: IncidentColumns, i: int) -> list[str]:
    return [str(c[i]) if c[i] != -1 else "" for c in (rows.killed_low, rows.killed_best, rows.killed_high)]


def _degrees(e7: int) -> str:
    """1e-7 degrees as decimal degrees, exactly: integers only."""
    sign, e7 = ("-", -e7) if e7 < 0 else ("", e7)
    return f"{sign}{e7 // 10_000_000}.{e7 % 10_000_000:07d}"
