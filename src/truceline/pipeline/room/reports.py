"""Reports in their own words, for a page: what one source said, with what is impossible or doubtful in it."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from truceline.pipeline.report_refs import known
from truceline.store.mission_file import MissionFile
from truceline.store.tables import column_names
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso


class ReportShown(Struct, frozen=True):
    """One report. start, end: local to the agreement's zone, the end excluded; lat, lon: degrees, None without a point.

    killed: as the source gave it, low, best and high; None where it gave none. in_force: it counts, or was recalled or
    revised away.
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
    killed: tuple[int | None, int | None, int | None]
    words: str
    language: str
    flags: tuple[str, ...]
    in_force: bool


def reports_shown(
    mission: MissionFile, reader: Reader, refs: Sequence[str], *, zone: str, size: int | None = None
) -> dict[str, ReportShown]:  # fmt: skip
    """By name as given (an id's beginning, or SOURCE/REPORT_ID), the reports held; those not held are left out."""
    found = known(mission, reader, refs, size)
    names = column_names("report")
    rows = mission.rows_at("report", [one.seq for one in found.values()], reader, size=size)
    by_seq = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return {ref: _shown(by_seq[one.seq], one.key, zone, one.in_force) for ref, one in found.items()}


def _shown(row: dict[str, Any], name: str, zone: str, in_force: bool) -> ReportShown:
    plain = ("id", "source", "origin", "repeats", "kind", "weapon", "when_words", "place", "area", "words", "language")
    return ReportShown(
        name=name, start=iso(row["start_us"], zone), end=iso(row["end_us"], zone),
        lat=_degrees(row["lat_e7"]), lon=_degrees(row["lon_e7"]), radius_m=row["radius_m"],
        side_a=_list(row["side_a"]), side_b=_list(row["side_b"]), flags=_list(row["flags"]),
        killed=(row["killed_low"], row["killed_best"], row["killed_high"]), in_force=in_force,
        **{one: row[one] or "" for one in plain},
    )  # fmt: skip


def _degrees(number: int | None) -> float | None:
    return None if number is None else number / 10_000_000


def _list(text: str | None) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()
