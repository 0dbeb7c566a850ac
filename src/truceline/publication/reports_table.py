"""The export of reports: every report in force as its source gave it, needing no reading, fit to be taken in again.

The first columns are those of Truceline's own table of reports (docs/reference/native-tables.md), so
that the file can be taken in by another mission; what the record adds stands after them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from truceline.errors import ValueNotRead
from truceline.publication.tables import harmless, written
from truceline.vocabulary.marking import TLP, Reader, admit
from truceline.vocabulary.when import Interval, iso, moment

NATIVE = (
    "report_id", "source", "when", "kind", "side_a", "side_b", "origin", "repeats", "lat", "lon", "radius_m",
    "place", "area", "weapon", "killed_low", "killed_best", "killed_high", "words", "language",
)  # fmt: skip
ADDED = (
    "from_utc",
    "to_utc",
    "from_local",
    "to_local",
    "flags",
    "report",
    "entry",
    "file",
    "row",
    "audience",
    "exercise",
)
TAKEN = (
    "seq", "id", "source", "source_row", "origin", "repeats", "kind", "weapon", "start_us", "end_us", "when_words",
    "lat_e7", "lon_e7", "radius_m", "place", "area", "side_a", "side_b", "killed_low", "killed_best", "killed_high",
    "words", "language", "flags", "submission", "row",
)  # fmt: skip
"""The columns of the read table that are needed, in this order."""

Row = tuple[str | int | None, ...]


def export_reports_csv(
    rows: Sequence[Row], files: Mapping[int, str], zone: str, exercise: bool, reader: Reader
) -> bytes:
    """One row a report, in order of entry. `files` names the file of each submission. Raises `NotReleased`."""
    return written((*NATIVE, *ADDED), report_cells(rows, files, zone, exercise, reader, harmless))


def report_cells(
    rows: Sequence[Row], files: Mapping[int, str], zone: str, exercise: bool, reader: Reader, safe: Callable[[str], str]
) -> Iterator[Sequence[str]]:
    """The cells of `NATIVE` and `ADDED` as texts, `safe` done to those of others. Raises `NotReleased`."""
    admit(reader)
    stamp = (TLP[reader.audience], "yes" if exercise else "no")
    return (_row(dict(zip(TAKEN, row, strict=True)), files, zone, stamp, safe) for row in rows)


def _row(
    said: dict[str, str | int | None],
    files: Mapping[int, str],
    zone: str,
    stamp: tuple[str, str],
    safe: Callable[[str], str],
) -> Sequence[str]:
    start, end = _whole(said["start_us"]), _whole(said["end_us"])
    named = {**said, "report_id": said["source_row"], "when": _when(str(said["when_words"]), start, end, zone)}
    named |= {side: "; ".join(json.loads(str(said[side]))) for side in ("side_a", "side_b")}
    named |= {axis: _degrees(said[f"{axis}_e7"]) for axis in ("lat", "lon")}
    if said["lat_e7"] is None:
        named["radius_m"] = None
    cells = [safe(_text(named[name])) for name in NATIVE]
    flags = " ".join(json.loads(str(said["flags"])))
    placed = (flags, str(said["id"]), _text(said["seq"]), safe(files.get(_whole(said["submission"]), "")))
    times = [iso(us, named_zone) for named_zone in ("UTC", zone) for us in (start, end)]
    return (*cells, *times, *placed, _text(said["row"]), *stamp)


def _when(words: str, start: int, end: int, zone: str) -> str:
    """The words, where Truceline's own table reads the same interval from them; else the interval, exactly."""
    try:
        read = Interval.from_text(words, zone)
    except ValueNotRead:
        read = None
    if read is not None and (read.start, read.end) == (start, end):
        return words
    return "/".join(moment(us).isoformat().replace("+00:00", "Z") for us in (start, end - 1))


def _degrees(e7: str | int | None) -> str:
    if e7 is None:
        return ""
    sign, whole = "-" if _whole(e7) < 0 else "", abs(_whole(e7))
    return f"{sign}{whole // 10**7}.{whole % 10**7:07}"


def _whole(value: str | int | None) -> int:
    assert isinstance(value, int)
    return value


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
