"""`take-in`: every row of a file into the record as received, and what it says into the read tables."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.mapping import Mapping, read_mapping
from truceline.intake.reading import read_tables
from truceline.intake.table import RawTable
from truceline.pipeline.keys import signing_key
from truceline.pipeline.layers import bytes_or_layers
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.opening_ahead import OpeningAhead
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.reading_rows import read_context
from truceline.pipeline.received import Received, Taking, file_key, receive
from truceline.pipeline.sharing import Readers, no_looking_for_rings
from truceline.store.mission_file import MissionFile
from truceline.store.pen import MOST_BLOB_BYTES, Chance, packed_blob
from truceline.vocabulary.marking import INTERNAL

SHOWN = 5
"""Refusals shown after taking in; `truceline refusals` lists them all."""


class FileTaken(Struct, frozen=True):
    """One file, or one sheet of a workbook: rows = reports + revised + refused + already_held.

    `reports` counts rows of whatever noun. Of recalls: `recalled` reports no longer count, `not_held` recalls are
    of rows that are not held; `under_recall` rows came under an id that was recalled before, and do not count.
    """

    file: str
    format: str
    encoding: str
    rows: int
    reports: int
    revised: int
    refused: int
    already_held: int
    deaths: tuple[int, int, int]
    sheet: str = ""
    refusals: tuple[str, ...] = ()
    recalled: int = 0
    not_held: int = 0
    under_recall: int = 0

    def plain(self) -> dict[str, object]:
        """As `take-in --json` prints it."""
        low, best, high = self.deaths
        return {
            "file": self.file, "sheet": self.sheet, "format": self.format, "encoding": self.encoding, "rows": self.rows,
            "reports": self.reports, "revised": self.revised, "refused": self.refused,
            "already_held": self.already_held, "recalled": self.recalled, "not_held": self.not_held,
            "under_recall": self.under_recall, "deaths": {"low": low, "best": best, "high": high},
        }  # fmt: skip


class Taken(Struct, frozen=True):
    """All files of one command."""

    files: tuple[FileTaken, ...]

    def plain(self) -> dict[str, object]:
        """As `take-in --json` prints it."""
        names = (
            "rows", "reports", "revised", "refused", "already_held", "recalled", "not_held", "under_recall",
        )  # fmt: skip
        totals: dict[str, object] = {name: sum(getattr(file, name) for file in self.files) for name in names}
        sums = [sum(file.deaths[k] for file in self.files) for k in range(3)]
        totals["deaths"] = dict(zip(("low", "best", "high"), sums, strict=True))
        return {"files": [file.plain() for file in self.files], "totals": totals}

    def remarks(self, mission: Path) -> list[str]:
        """What a person should know besides the numbers: the first refusals, and where the rest are."""
        lines = [f"  {file.file}, {refusal}" for file in self.files for refusal in file.refusals[:SHOWN]]
        refused = sum(file.refused for file in self.files)
        if refused:
            lines = [f"Refused and kept as received: {refused:,}", *lines]
            lines.append(f"All of them: truceline refusals {mission}")
        return lines + self._recalls(mission)

    def _recalls(self, mission: Path) -> list[str]:
        recalled, unknown, late = (
            sum(getattr(file, name) for file in self.files) for name in ("recalled", "not_held", "under_recall")
        )
        lines = [f"Recalled by their source, and no longer counted: {recalled:,}"] if recalled else []
        lines += [f"Recalls of rows that are not held, kept: {unknown:,}"] if unknown else []
        lines += [f"Rows under an id that is recalled, entered and not counted: {late:,}"] if late else []
        return [*lines, f"All of them: truceline recalls {mission}"] if lines else []


def take_in(
    path: Path,
    files: Sequence[Path],
    *,
    source: str | None = None,
    mapping: Path | None = None,
    encoding: str | None = None,
    sheet: str = "",
    sign: str | None = None,
    now_us: int,
    chance: Chance,
    tell: Progress = silent,
) -> Taken:
    """Take in all files or, where one cannot be read at all, none. Raises `FileNotRead`, `MissionError`.

    sheet: the only sheet of a workbook, or table of a GeoPackage, that is taken in; "" for all of a known form.
    sign: the key of the person or the instrument that signs the submissions; the log's own, if none is named.
    """
    if not files:
        raise FileNotRead("No file was given.", "Name one or more tables.")
    mapped = read_mapping(mapping.name, content_of(mapping)) if mapping else None
    with open_mission(path, write=True) as mission:
        known = registered(mission)
        context = read_context(known.pack, source or "")
        by = None if sign is None else signing_key(mission, sign)
        with no_looking_for_rings(), mission.pen(now_us, chance, by) as pen, Readers(chance) as readers:
            taking = Taking(pen, readers, context, encoding or "", tell, sheet)
            ahead = OpeningAhead(readers, () if mapped else files, sheet)
            return Taken(tuple(taken for file in files for taken in _take_one(mission, taking, file, mapped, ahead)))


def content_of(path: Path) -> bytes:
    """The bytes of a file, of a bounded size. Raises `FileNotRead`."""
    try:
        size = path.stat().st_size
        if size > MOST_BLOB_BYTES:
            raise FileNotRead(f"{path} has {size} bytes; at most {MOST_BLOB_BYTES} are read.", "Send it in parts.")
        return path.read_bytes()
    except OSError as error:
        raise FileNotRead(f"{path} cannot be read: {error.strerror}.", "Check the path and your rights.") from error


def _take_one(
    mission: MissionFile, taking: Taking, path: Path, mapping: Mapping | None, ahead: OpeningAhead
) -> list[FileTaken]:
    """A file known whole adds nothing; of any other, what is new or changed is entered, sheet by sheet."""
    pen, told, content = taking.pen, taking.told, content_of(path)
    key = file_key(pen, content, taking.context.default_source, told, mapping.text if mapping else "", taking.sheet)
    if (seq := pen.held_file(key)) is not None:
        return _held_whole(mission, path, seq, taking.sheet)
    ahead.begin(path)
    tables = ahead.tables(path, content)
    if tables is None:
        with bytes_or_layers(path.name, content) as opened:
            tables = read_tables(
                path.name, opened, encoding=told or None, mapping=mapping, in_pieces=True, sheet=taking.sheet
            )
    blob, taken = pen.name_blob(content), []
    with ThreadPoolExecutor(1) as aside:  # The file is packed while its rows are entered.
        packed = aside.submit(packed_blob, content)
        for table in tables:
            seq, received = receive(taking, table, blob)
            pen.hold_file(key, seq)
            taken.append(_taken(path, table, received))
        pen.keep_blob(blob[0], packed.result())
    return taken


def _taken(path: Path, table: RawTable, received: Received) -> FileTaken:
    refusals = []
    for row in received.faults[:SHOWN]:
        sheet, number, column, _, reason, mend = row.values[0]
        where = f"{f'sheet {sheet}, ' if sheet else ''}row {number}{f', column {column}' if column else ''}"
        refusals.append(f"{where}: {_ended(str(reason))} {mend}")
    low, best, high = received.killed
    return FileTaken(
        str(path), table.format, table.encoding, received.rows, received.new, received.revised, received.refused,
        received.held, (low, best, high), table.sheet, tuple(refusals),
        received.recalls.held, received.recalls.unknown, received.recalls.late,
    )  # fmt: skip


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _held_whole(mission: MissionFile, path: Path, seq: int, sheet: str) -> list[FileTaken]:
    """A file that was taken in before adds nothing: all rows of all its sheets, or of the one asked for, are held."""
    names = ("seq", "blob", "rows", "format", "encoding", "sheet", "killed_low", "killed_best", "killed_high")
    found = mission.columns("submission", names, INTERNAL)
    rows = list(zip(*(found[name] for name in names), strict=True))
    blob = next(row[1] for row in rows if row[0] == seq)
    return [
        FileTaken(str(path), form, encoding, int(n), 0, 0, 0, int(n), (low or 0, best or 0, high or 0), one)
        for _, kept, n, form, encoding, one, low, best, high in rows
        if kept == blob and sheet in ("", one)
    ]
