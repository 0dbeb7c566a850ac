"""Reports in their own words, for a page: what one source said, with what is impossible or doubtful in it."""

from collections.abc import Collection, Sequence

import msgspec
from msgspec import Struct

from truceline.pipeline.gated import Row, gate_of, gated_row
from truceline.pipeline.report_refs import known
from truceline.store.mission_file import MissionFile
from truceline.store.tables import column_names
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso


class ReportShown(Struct, frozen=True):
    """One report. start, end: local to the agreement's zone, the end excluded; lat, lon: degrees, None without a point.

    killed: low, best and high, as the source gave them, else None. in_force: it counts, or was recalled or revised
    away. withheld: field groups that are kept from the reader, empty here. cell_m: the point is the middle of a cell of
    so many metres; 0: as it was said.
    """

    id: str
    name: str
    source: str
    origin: str
    repeats: str
    kind: str
    weapon: str
    when_words: str
    start: str
    end: str
    lat: float | None
    lon: float | None
    radius_m: int
    place: str
    area: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    killed: tuple[int | None, ...]
    words: str
    language: str
    flags: tuple[str, ...]
    in_force: bool
    withheld: tuple[str, ...] = ()
    cell_m: int = 0


def reports_shown(
    mission: MissionFile, reader: Reader, refs: Sequence[str], *, zone: str, size: int | None = None,
    own: Collection[str] = (),
) -> dict[str, ReportShown]:  # fmt: skip
    """By name as given (an id's beginning, or SOURCE/REPORT_ID), the reports held, past the gate; others are left out.

    own: ids of a reporter's own reports.
    """
    found = known(mission, reader, refs, size)
    names, gate = column_names("report"), gate_of(mission, reader, own=own)
    rows = mission.rows_at("report", [one.seq for one in found.values()], reader, size=size)
    by_seq = {row[0]: gated_row(gate, dict(zip(names, row, strict=True))) for row in rows}
    return {ref: report_shown(by_seq[one.seq], one.key, zone, in_force=one.in_force) for ref, one in found.items()}


def reports_at(
    mission: MissionFile, reader: Reader, seqs: Sequence[int], *, zone: str, size: int | None = None
) -> list[ReportShown]:  # fmt: skip
    """The reports that came from these entries, past the gate, in the order of their places."""
    names, gate = column_names("report"), gate_of(mission, reader)
    rows = [dict(zip(names, row, strict=True)) for row in mission.rows_at("report", seqs, reader, size=size)]
    return [
        report_shown(
            gated_row(gate, row), f"{row['source']}/{row['source_row'] or row['id'][:16]}", zone,
            in_force=row["superseded_by"] is None,
        )
        for row in rows
    ]  # fmt: skip


def report_shown(row: Row, name: str, zone: str, *, in_force: bool) -> ReportShown:
    """A row that has passed the gate. name: SOURCE/REPORT_ID; not told where the source is withheld."""
    plain = ("id", "source", "origin", "repeats", "kind", "weapon", "when_words", "place", "area", "words", "language")
    timed = "when" not in row["withheld"]
    return ReportShown(
        name=row["id"][:16] if "source" in row["withheld"] else name, start=iso(row["start_us"], zone) if timed else "",
        end=iso(row["end_us"], zone) if timed else "", lat=_degrees(row["lat_e7"]), lon=_degrees(row["lon_e7"]),
        radius_m=row["radius_m"], side_a=_list(row["side_a"]), side_b=_list(row["side_b"]), flags=_list(row["flags"]),
        killed=(row["killed_low"], row["killed_best"], row["killed_high"]), in_force=in_force,
        withheld=row["withheld"], cell_m=row["cell_m"], **{one: row[one] or "" for one in plain},
    )  # fmt: skip


def _degrees(number: int | None) -> float | None:
    return None if number is None else number / 10_000_000


def _list(text: str | None) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()
