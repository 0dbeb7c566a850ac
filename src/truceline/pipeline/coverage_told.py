"""`coverage`: who had to watch what, what they reported, who kept them from it, and where nobody could look."""

from pathlib import Path

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.assessing.conditions import wanted_areas
from truceline.compliance.days import days_of
from truceline.compliance.watchers import STATES, Duty, duties, origins_each
from truceline.errors import ValueNotRead
from truceline.pipeline.designated import Plain
from truceline.pipeline.held_columns import watches
from truceline.pipeline.missions import open_mission
from truceline.pipeline.questions import Asked, Meant, meant_by
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import Ints, Watch
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import HOUR, iso, read_as_of, read_instant

METHOD = (
    "Hours are those a source says it watched, less those it was stopped. Sources of one origin are one. A day on "
    "which nobody watched an area at all is not observed: that nothing was reported then says nothing."
)


def coverage_told(path: Path, asked: Asked, area: str = "", start: str | None = None, end: str | None = None) -> Plain:
    """Watchers and areas over the days asked about. Raises `ValueNotRead` for an area or days that are none."""
    with open_mission(path) as mission:
        meant = meant_by(mission, asked)
        agreement, as_of = meant.question.agreement, meant.question.as_of
        names = Names.of(agreement)
        if area and names.row(area) is None:
            ids = [*(one.id for one in agreement.areas), *(one.id for one in agreement.area_groups)]
            raise ValueNotRead(f"{area!r} is no area of this agreement.", f"Known: {', '.join(ids)}.")
        wanted = np.flatnonzero(wanted_areas(names, (area,))).tolist() if area else [*range(names.count)]
        edges = _edges(meant, start, end)
        rows = _rows(mission, asked.reader, meant.size, as_of)
        held = [one for one in duties(agreement.watchers, rows, names, edges) if one.area in wanted]
        origins = origins_each(rows, names, edges)
        ids = [one.id for one in agreement.areas]
        zone = agreement.zone
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
            "agreement": {"pack": agreement.pack, "version": agreement.version}, "as_of": iso(as_of, zone),
            "cut": mission.cut(meant.size), "from": iso(int(edges[0]), zone), "to": iso(int(edges[-1]), zone),
            "areas": [_area(ids[n], origins[n], edges, zone) for n in wanted],
            "watchers": [_watcher(one, ids, edges, zone) for one in held], "method": METHOD,
        }  # fmt: skip


def _rows(mission: MissionFile, reader: Reader, size: int, as_of: int) -> list[tuple[Watch, str]]:
    """The rows of coverage that had begun, cut at the instant asked, with who stopped each."""
    stopped_by = mission.columns("coverage", ("stopped_by",), reader, size=size)["stopped_by"]
    pairs = zip(watches(mission, reader, size), stopped_by, strict=True)
    return [
        (Watch(row.source, row.origin, row.area, row.start, min(row.end, as_of), row.status), who or "")
        for row, who in pairs if row.start < as_of
    ]  # fmt: skip


def _edges(meant: Meant, start: str | None, end: str | None) -> Ints:
    """The days of the pack's period, or those asked about, up to the as-of instant."""
    question = meant.question
    days = days_of(question.agreement.period, question.boundary, question.zone, question.as_of)
    zone = question.agreement.zone
    first = read_instant(start, zone) if start else -(1 << 62)
    last = read_as_of(end, zone) if end else 1 << 62
    chosen = [day for day in days if day.start < last and first < day.end]
    if not chosen:
        raise ValueNotRead("No day of the agreement's period lies there.", "Ask for days that have been: --from, --to.")
    return np.array([*(day.start for day in chosen), min(chosen[-1].end, question.as_of)], np.int64)


def _area(name: str, origins: Ints, edges: Ints, zone: str) -> Plain:
    unseen = [iso(int(edges[n]), zone)[:10] for n in np.flatnonzero(origins == 0).tolist()]
    return {
        "area": name, "days": len(origins), "not_observed": unseen,
        "most_origins": int(origins.max()), "fewest_origins": int(origins.min()),
    }  # fmt: skip


def _watcher(one: Duty, ids: list[str], edges: Ints, zone: str) -> Plain:
    days = [
        {"day": iso(int(edges[n]), zone)[:10], "state": state, "hours": int(one.watched[n]) // HOUR}
        for n, state in enumerate(one.days)
    ]
    return {
        "source": one.source, "kind": one.watcher.kind if one.watcher else "", "area": ids[one.area],
        "every_hours": one.watcher.every_hours if one.watcher else None,
        "hours_watched": int(one.watched.sum()) // HOUR, "hours": int(edges[-1] - edges[0]) // HOUR,
        "longest_gap_hours": one.longest_gap // HOUR, "states": {state: one.days.count(state) for state in STATES},
        "stopped": [{"by": s.by, "times": s.times, "hours": s.length // HOUR} for s in one.stopped], "days": days,
    }  # fmt: skip
