"""`alike`: which reports may tell of the same as one, by their words and days alone. For those without a point, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from truceline.errors import ValueNotRead
from truceline.matching.wording import MOST_TEXTS, Wording
from truceline.matching.wording_reasons import Alike
from truceline.matching.wording_text import Told
from truceline.pipeline.held_columns import report_columns
from truceline.pipeline.matching_plain import doublings
from truceline.pipeline.missions import agreement_of, open_mission
from truceline.pipeline.report_refs import ReportHeld, resolve
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import Ints, ReportColumns
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import chosen
from truceline.vocabulary.when import DAY, moment, zone_of

SHARP_US = 2 * DAY
"""Of a report whose time is wider no day is known, but what its words say."""
MOST_DAYS = 366
Plain = dict[str, Any]


@dataclass(frozen=True)
class _Texts:
    """The reports in force near one in time: their columns, their words, and where the one stands."""

    columns: ReportColumns
    words: Sequence[str]
    places: Sequence[str]
    at: int


def alike(path: Path, ref: str, days: int, most: int, reader: Reader, *, known: str | None = None) -> Plain:
    """The reports that it is likeliest of one incident with, with the reasons, as `--json` prints it.

    days: only reports whose times lie no further apart. Raises `ValueNotRead` for a name of no report, one without
    words, or more than `MOST_TEXTS` reports within those days.
    """
    if not 0 <= days <= MOST_DAYS or most < 0:
        raise ValueNotRead(
            f"{days} days or {most} reports cannot be shown.", f"Give 0 to {MOST_DAYS} days, and 0 or more."
        )
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        held = resolve(mission, reader, [ref], size)[ref]
        zone = zone_of(agreement_of(mission, size)[1].agreement.zone)
        texts = _near(mission, reader, size, held, days)
        if not texts.words[texts.at].strip():
            mend = "By time and place: truceline match MISSION --explain R1 R2"
            raise ValueNotRead(f"{ref!r} has no words to compare.", mend)
        about = {"mission": mission.path.name, "exercise": mission.exercise, "audience": "internal"}
        return about | {"cut": mission.cut(size), "days": days} | _answer(texts, zone, most)


def _answer(texts: _Texts, zone: ZoneInfo, most: int) -> Plain:
    wording = Wording.of([_told(texts, at, zone) for at in range(len(texts.words))])
    return {
        "report": _name(texts.columns, texts.at), "words": texts.words[texts.at], "compared": len(texts.words),
        "estimated": wording.weights.estimated,
        "alike": [_found(texts, other, wording.alike(texts.at, other)) for other, _ in wording.nearest(texts.at, most)],
    }  # fmt: skip


def _near(mission: MissionFile, reader: Reader, size: int, held: ReportHeld, days: int) -> _Texts:
    columns = report_columns(mission, reader, size)
    found = mission.texts("report", ("words", "place"), reader, size=size)
    every = mission.numbers("report", ("seq",), reader, size=size)["seq"]
    one = np.flatnonzero(columns.seq == held.seq)
    if not len(one):
        raise ValueNotRead(f"{held.key!r} is no longer in force.", "Ask at an earlier cut: --known.")
    kept = _within(columns, int(one[0]), days * DAY)
    rows = np.searchsorted(every, columns.seq[kept])  # Rows that other holders have too stand once only.
    words, places = (list(chosen(found[name], rows)) for name in ("words", "place"))
    said = np.array([bool(text.strip()) for text in words], np.bool_) | (kept == one[0])
    if int(said.sum()) > MOST_TEXTS:
        mend = f"At most {MOST_TEXTS:,} are compared at a time: give fewer --days."
        raise ValueNotRead(f"{int(said.sum()):,} reports have words within {days} days.", mend)
    these = np.flatnonzero(said)
    at = int(np.flatnonzero(kept[these] == one[0])[0])
    return _Texts(columns.take(kept[these]), [words[n] for n in these], [places[n] for n in these], at)


def _within(columns: ReportColumns, one: int, reach_us: int) -> Ints:
    """Positions of the reports whose times lie no further from it."""
    before = columns.end + reach_us > columns.start[one]
    after = columns.start < columns.end[one] + reach_us
    found: Ints = np.flatnonzero(before & after)
    return found


def _told(texts: _Texts, at: int, zone: ZoneInfo) -> Told:
    """A report as a text. Its place is a title, its time a day of publication, where it is that sharp."""
    columns = texts.columns
    start, end = int(columns.start[at]), int(columns.end[at])
    day = moment(start).astimezone(zone).date().isoformat()
    return Told(
        columns.id[at],
        columns.source[at],
        texts.words[at],
        texts.places[at],
        "",
        day if end - start <= SHARP_US else "",
    )


def _name(columns: ReportColumns, at: int) -> Plain:
    return {"id": columns.id[at], "source": columns.source[at], "source_row": columns.source_row[at]}


def _found(texts: _Texts, other: int, alike: Alike) -> Plain:
    return {
        "report": _name(texts.columns, other), "words": texts.words[other], "weight": doublings(alike.weight),
        "prior": doublings(alike.prior),
        "reasons": [
            {"signal": reason.signal, "words": reason.words, "weight": doublings(reason.weight)}
            for reason in alike.reasons
        ],
    }  # fmt: skip
