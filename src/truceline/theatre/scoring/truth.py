"""truth/reports.csv as it is scored: each report that is to be read, and the incident it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass

from truceline.theatre.scoring.tables import rows_of

NOTHING, ODDITY = "nothing_happened", "oddity"


@dataclass(frozen=True)
class Truth:
    """groups: for each report that is scored, what it tells of; a report of nothing stands alone.

    refused: rows that must be refused, by file. rows: all rows, by file.
    """

    groups: Mapping[str, str]
    rows: Mapping[str, int]
    refused: Mapping[str, int]


def read_truth(content: bytes) -> Truth:
    """Read truth/reports.csv. Refused rows and the small theatre's oddities are not scored. Raises `FileNotRead`."""
    groups: dict[str, str] = {}
    rows: dict[str, int] = {}
    refused: dict[str, int] = {}
    columns = ("report", "file", "incident", "how", "expected")
    for report, file, incident, how, expected in rows_of("truth/reports.csv", content, columns):
        rows[file] = rows.get(file, 0) + 1
        if expected == "refused":
            refused[file] = refused.get(file, 0) + 1
        elif how != ODDITY:
            groups[report] = incident or report
    return Truth(groups, rows, refused)
