"""Exports: incidents and ledger cells as CSV, safe to open in a spreadsheet.

UTF-8 with a byte order mark, comma separated, CRLF line ends (RFC 4180), one header row. A text that
a spreadsheet would take for a formula (it begins with =, +, -, @, tab or carriage return) gets an
apostrophe in front, unless it is a plain number (OWASP, CSV Injection). Columns: docs/reference/export.md.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import numpy as np

from truceline.publication.page import Page
from truceline.publication.rows import plain
from truceline.publication.times import utc_stamp
from truceline.vocabulary.columns import UNKNOWN, IncidentColumns, Ints
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
    return written(incident_columns(page), incident_cells(page, reader, harmless))


def incident_columns(page: Page) -> list[str]:
    """`INCIDENT_COLUMNS`, then one an indicator."""
    return [*INCIDENT_COLUMNS, *(f"counts_{one.indicator}" for one in page.ledger.indicators)]


def incident_cells(page: Page, reader: Reader, safe: Callable[[str], str]) -> Iterator[Sequence[str]]:
    """The cells of `incident_columns` as texts, `safe` done to those of others. Raises `NotReleased`."""
    admit(reader)
    return zip(*_incidents(page, reader, safe), strict=True)


def export_ledger_csv(page: Page, reader: Reader) -> bytes:
    """One row a cell: indicator by indicator, area by area, day by day. Raises `NotReleased`."""
    return written(CELL_COLUMNS, ledger_cells(page, reader))


def ledger_cells(page: Page, reader: Reader) -> Iterator[Sequence[str]]:
    """The cells of `CELL_COLUMNS` as texts. Raises `NotReleased`."""
    admit(reader)
    stamp = (TLP[reader.audience], "yes" if page.exercise else "no")
    ledger = page.ledger
    spans = [(utc_stamp(day.start), utc_stamp(day.end)) for day in ledger.days]
    return (
        (
            one.indicator,
            ledger.areas[cell.area],
            ledger.days[cell.day].name,
            *spans[cell.day],
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


def written(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file of these heads and rows, whose texts have been made harmless."""
    text = io.StringIO(newline="")
    pen = csv.writer(text)
    pen.writerow(heads)
    pen.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _incidents(page: Page, reader: Reader, safe: Callable[[str], str]) -> list[Sequence[str]]:
    """The columns of the export, in the order of `INCIDENT_COLUMNS`, then one an indicator."""
    rows = page.incidents
    files = {one.seq: one.file for one in page.submissions}
    areas = _area_names(page)
    texts = partial(_texts, safe)
    return [
        rows.id,
        _numbers(rows.seq),
        texts(rows.source),
        texts(rows.source_row),
        _instants(rows.start),
        _instants(rows.end),
        texts(rows.when_words),
        _where(rows, [_degrees(e7) for e7 in rows.lat_e7.tolist()]),
        _where(rows, [_degrees(e7) for e7 in rows.lon_e7.tolist()]),
        _where(rows, _numbers(rows.radius_m)),
        texts(rows.place),
        [areas[row.tobytes()] for row in rows.may_be],
        texts(rows.kind),
        texts(rows.side_a),
        texts(rows.side_b),
        *(
            [str(n) if n != UNKNOWN else "" for n in k.tolist()]
            for k in (rows.killed_low, rows.killed_best, rows.killed_high)
        ),
        texts(rows.flags),
        texts([files.get(seq, "") for seq in rows.submission.tolist()]),
        _numbers(rows.row),
        [TLP[reader.audience]] * len(rows),
        ["yes" if page.exercise else "no"] * len(rows),
        *([ANSWERS[answer] for answer in column.tolist()] for column in rows.counts),
    ]


def _texts(safe: Callable[[str], str], column: Sequence[str]) -> list[str]:
    """Texts of others: lists in words, and safe."""
    made = {text: safe(plain(text)) for text in dict.fromkeys(column)}
    return [made[text] for text in column]


def _numbers(column: Ints) -> list[str]:
    return [str(number) for number in column.tolist()]


def _instants(column: Ints) -> list[str]:
    whole: list[str] = np.datetime_as_string(column.astype("datetime64[us]"), unit="s", timezone="UTC").tolist()
    return whole


def _where(rows: IncidentColumns, column: Sequence[str]) -> list[str]:
    """The column where there is a point, nothing elsewhere."""
    return [text if has else "" for text, has in zip(column, rows.has_point.tolist(), strict=True)]


def _area_names(page: Page) -> dict[bytes, str]:
    """Every set of areas that occurs, as ids separated by ";"."""
    ids = [*page.ledger.areas, "elsewhere"]
    sets = {row.tobytes(): row for row in page.incidents.may_be}
    return {key: ";".join(ids[a] for a in row.nonzero()[0].tolist()) for key, row in sets.items()}


def _degrees(e7: int) -> str:
    """1e-7 degrees as decimal degrees, exactly: integers only."""
    sign, e7 = ("-", -e7) if e7 < 0 else ("", e7)
    return f"{sign}{e7 // 10_000_000}.{e7 % 10_000_000:07d}"
