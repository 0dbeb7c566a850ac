"""`origins`: ties, groups of one origin and what an incident counts as, as plain values; and accepting proposals."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.acts_of_reports import name_for_act
from truceline.pipeline.corroborating import corroboration_of
from truceline.pipeline.entering import Entered, enter_acts
from truceline.pipeline.incident_reports import reports_of_incident
from truceline.pipeline.missions import registered
from truceline.pipeline.origins import Sourced, sourced
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import ReportHeld, resolve
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.verification.origins import Tie
from truceline.vocabulary.grading import OriginHeld
from truceline.vocabulary.marking import INTERNAL, Reader

Plain = dict[str, Any]
MOST_ACCEPTED = 10_000
"""Proposals that one command accepts."""


def origins(path: Path, asked: Asked, *, incident: str = "", source: str = "", by: str | None = None) -> Plain:
    """Who rests on whom, as plain values. Raises `ValueNotRead` for a report that is not held, or no body."""
    with opened_for(path, asked) as mission:
        reader, size = asked.reader, mission.resolve_cut(asked.known) if asked.known else mission.size
        _check_body(mission, size, by)
        found = sourced(mission, reader, size, by)
        members = _members(mission, reader, size, found, incident) if incident else None
        ties = _chosen(found, members, source)
        about = None
        if members is not None:
            proposed = msgspec.to_builtins(corroboration_of(mission, reader, size, found, members))
            about = {"asked": incident, "reports": [one for one in members if one in found.at], **proposed}
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "view": asked.view, "cut": mission.cut(size), "held_by": by or "", "source": source, "incident": about,
            "ties": msgspec.to_builtins(ties), "origins": _groups(found, ties),
        }  # fmt: skip


def accept(
    mission: MissionFile,
    *,
    by: str,
    at: str,
    because: str,
    incident: str = "",
    source: str = "",
    sign: str | None = None,
    now_us: int,
    chance: Chance,
) -> list[Entered]:
    """Enter an act `origin` for every proposal on which nobody has decided, of an incident or a source, or of all.

    Raises `ActError` where there is none, or more than one command accepts.
    """
    found = sourced(mission, INTERNAL, mission.size)
    members = _members(mission, INTERNAL, mission.size, found, incident) if incident else None
    open_ = [tie for tie in _chosen(found, members, source) if tie.basis == "proposed" and tie.counts == "maybe"]
    if not open_:
        raise ActError("No proposal is open there.", "See what there is with: truceline origins MISSION")
    if len(open_) > MOST_ACCEPTED:
        raise ActError(f"{len(open_):,} proposals are open.", "Name an incident or a source.")
    wanted = {key: _held(found, key) for tie in open_ for key in (tie.report, tie.of)}
    acts = [
        OriginHeld(by, at, name_for_act(wanted[tie.report]), "repeats", f"{because} Proposed because {tie.because}.",
                   of=name_for_act(wanted[tie.of]))
        for tie in open_
    ]  # fmt: skip
    return enter_acts(mission, acts, sign=sign, now_us=now_us, chance=chance)


def _held(found: Sourced, key: str) -> ReportHeld:
    at, reports = found.at[key], found.reports
    return ReportHeld(int(reports.seq[at]), reports.id[at], reports.source[at], reports.source_row[at], True)


def _members(mission: MissionFile, reader: Reader, size: int, found: Sourced, incident: str) -> list[str]:
    key = resolve(mission, reader, [incident], size)[incident].key
    if key not in found.at:
        raise ValueNotRead(f"{incident} does not count: it was recalled.", "See: truceline recalls MISSION")
    return reports_of_incident(mission, reader, size, found, key)


def _chosen(found: Sourced, members: Sequence[str] | None, source: str) -> list[Tie]:
    """The ties of an incident's reports, or of a source, on either end; without either all."""
    kept: Iterable[Tie] = found.origins.ties
    if members is not None:
        among = set(members)
        kept = [tie for tie in kept if tie.report in among]
    if source:
        kept = [tie for tie in kept if source in (found.source(tie.report), found.source(tie.of))]
    return list(kept)


def _groups(found: Sourced, ties: Sequence[Tie]) -> list[Plain]:
    """What rests on one origin: the reports that surely do, and those that may."""
    surely: dict[str, set[str]] = {}
    maybe: dict[str, set[str]] = {}
    for tie in ties:
        if tie.counts == "no":
            continue
        sure, end = found.origins.ends(tie.report)
        maybe.setdefault(end, set()).add(tie.report)
        if sure != tie.report:
            surely.setdefault(sure, set()).add(tie.report)
    made = []
    for end in sorted({*surely, *maybe}):
        rests = surely.get(end, set())
        may = maybe.get(end, set()) - rests
        told = {"origin": end, "held": end in found.at, "surely": sorted(rests), "maybe": sorted(may)}
        made.append(told | {"sources": sorted({found.source(one) for one in (*rests, *may)})})
    return made


def _check_body(mission: MissionFile, size: int, by: str | None) -> None:
    bodies = [body.id for body in registered(mission, size).pack.agreement.bodies]
    if by is not None and by not in bodies:
        raise ValueNotRead(f"{by!r} is no body of this agreement.", f"Known: {', '.join(bodies)}.")
