"""The files of a theatre: which source writes into which table, in which encoding and with which separator."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.theatre.told import Report

MUST = ("report_id", "source", "when", "kind", "side_a", "side_b")
WHERE = ("lat", "lon", "radius_m", "place", "area")
FIGURES = ("killed_low", "killed_best", "killed_high")
WORDS = ("words", "language")


@dataclass(frozen=True)
class Table:
    """One report file: its name, its sources with the letter their ids begin with, and its form."""

    name: str
    sources: Mapping[str, str]
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"


REPORTS = (
    Table("mission.csv", {"mission": "M"}, (*MUST, *WHERE, "weapon", *FIGURES, *WORDS)),
    Table("ngo.csv", {"ngo": "N"}, (*MUST, *WHERE, "killed_best", *WORDS), "windows-1252"),
    Table("hotline.csv", {"hotline": "H"}, (*MUST, *WHERE, *FIGURES, *WORDS), "utf-8-sig", line_end="\r\n"),
    Table("co-chair-alpha.csv", {"co-chair-alpha": "A"}, (*MUST, *WHERE, *FIGURES, "words"), separator=";"),
    Table("co-chair-beta.csv", {"co-chair-beta": "B"}, (*WHERE, *FIGURES, *MUST, "weapon", "words"), separator="\t"),
    Table("wire.csv", {"wire": "W", "ticker": "T"}, (*MUST, "repeats", *WHERE, *FIGURES, *WORDS)),
)
"""In the order in which they are to be taken in."""

COVERAGE = ("coverage_id", "source", "origin", "area", "from", "to", "status", "stopped_by", "words")
TALLIES = ("tally_id", "source", "area", "from", "to", "of", "low", "best", "high", "method", "words")


def numbered(reports: Sequence[Report]) -> dict[str, list[Report]]:
    """The reports of each file, by the day they are filed under, each now complete with its id and references."""
    files = {}
    for table in REPORTS:
        rows = sorted((report for report in reports if report.source in table.sources), key=lambda report: report.day)
        for number, report in enumerate(rows, 1):
            report.id = f"{table.sources[report.source]}-{number:06}"
        files[table.name] = rows
    for report in reports:
        report.cells |= {"report_id": report.id, "source": report.source, "repeats": report.reference()}
        for column in ("kind", "side_a", "side_b"):
            report.cells.setdefault(column, "")
    return files


def report_files(files: Mapping[str, Sequence[Report]]) -> dict[str, bytes]:
    """The report tables as bytes."""
    return {
        table.name: _written(
            table.columns, [one.cells for one in files[table.name]], table.encoding, table.separator, table.line_end
        )
        for table in REPORTS
    }


def coverage_files(rows: Sequence[Mapping[str, str]]) -> dict[str, bytes]:
    """coverage.csv, and restrictions.csv with the rows of those who were stopped."""
    stopped = [row for row in rows if row["status"] == "stopped"]
    watched = [row for row in rows if row["status"] != "stopped"]
    return {"coverage.csv": _written(COVERAGE, watched), "restrictions.csv": _written(COVERAGE, stopped)}


def tally_file(rows: Sequence[Mapping[str, str]]) -> dict[str, bytes]:
    """tallies.csv."""
    return {"tallies.csv": _written(TALLIES, rows)}


def _written(
    columns: tuple[str, ...],
    rows: Sequence[Mapping[str, str]],
    encoding: str = "utf-8",
    separator: str = ",",
    line_end: str = "\n",
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue().encode(encoding)
