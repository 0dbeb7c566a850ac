"""`territory`: every claimant's lines and zones at a time, how they differ, and what a new version changes.

Two answers stand beside each other, as in the registers: the drawing that is known now to hold at that time, and
the one that the record held at that time. No line is the true one, and nothing is altered by a newer one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import msgspec

from truceline.compliance.territory.claims import (
    Held,
    Version,
    held_at,
    joint_state,
    sealed_numbers,
    versions,
)
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.instants import asked_instant
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked, View
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

Plain = dict[str, Any]


@dataclass(frozen=True)
class At:
    """A mission's claims as they are asked: the cut, the instant, what counts, and what the record held then."""

    agreement: Agreement
    size: int
    instant: int
    said: Sequence[Version]
    now: dict[tuple[str, str], Held]
    then: dict[tuple[str, str], Held]
    ever: Sequence[Version]


def territory(
    path: Path,
    reader: Reader,
    *,
    now_us: int,
    number: str = "",
    as_of: str | None = None,
    known: str | None = None,
    view: View = "own",
) -> Plain:
    """The claims of one number, or a list of all but those of excluded groups' areas, which are told by number only.

    Raises `AfterTheCut` for a time later than the cut, `ValueNotRead` for what is no time, no cut or no number.
    """
    with opened_for(path, Asked(reader, now_us, as_of, known, view=view)) as mission:
        at = claims_at(mission, reader, now_us=now_us, as_of=as_of, known=known, view=view)
        told = [told_number(one, at, whole=bool(number)) for one in _numbers(at, number)]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "view": view, "agreement": {"pack": at.agreement.pack, "version": at.agreement.version},
            "as_of": iso(at.instant, at.agreement.zone), "cut": mission.cut(at.size), "asked": number,
            "numbers": told, "side_by_side": [] if number else _side_by_side(at),
        }  # fmt: skip


def claims_at(
    mission: MissionFile,
    reader: Reader,
    *,
    now_us: int,
    as_of: str | None = None,
    known: str | None = None,
    view: View = "own",
) -> At:
    """What is known at a cut of an instant. No head is of all logs: shared, then is as now. Raises as `territory`."""
    size = mission.resolve_cut(known) if known else mission.size
    agreement = registered(mission, size).pack.agreement
    instant = asked_instant(mission, agreement.zone, now_us=now_us, as_of=as_of, known=known)
    said = versions(acts_that_count(mission, reader, size), agreement.zone)
    then = min(size, mission.size_at(instant)) if as_of and view == "own" else size
    before = said if then == size else versions(acts_that_count(mission, reader, then), agreement.zone)
    ever = versions(acts_ever(mission, reader, size), agreement.zone)
    return At(agreement, size, instant, said, held_at(said, instant), held_at(before, instant), ever)


def _numbers(at: At, number: str) -> list[str]:
    known = {one.act.number for one in at.ever}
    if number and number not in known:
        raise ValueNotRead(f"{number!r} is claimed by nobody here.", "`truceline territory MISSION` lists the numbers.")
    return [number] if number else sorted(known - sealed_numbers(at.ever))


def told_number(number: str, at: At, *, whole: bool) -> Plain:
    """One line or zone: what each claimant holds of it, and how they differ."""
    held = [one for one in at.now.values() if one.drawing.act.number == number]
    return {
        "number": number,
        "kind": _kind(held, [one for one in at.ever if one.act.number == number]),
        "state": joint_state(held) if held else "none",
        "claims": [_claim(one, at, whole=whole) for one in held],
        "differences": [_difference(one.drawing, other.drawing) for one, other in combinations(held, 2)],
        "versions": [_version(one, at) for one in at.ever if one.act.number == number] if whole else [],
        "gained": _gained(number, at) if whole else [],
    }  # fmt: skip


def _kind(held: Sequence[Held], ever: Sequence[Version]) -> str:
    drawn = [one.drawing for one in held] or [one for one in ever if one.shape is not None]
    if not drawn or drawn[-1].shape is None:
        return ""
    return (drawn[-1].act.kind or "zone") if drawn[-1].shape.is_zone else "line"


def _claim(held: Held, at: At, *, whole: bool) -> Plain:
    from truceline.compliance.territory.measures import length_m, plane, surface

    one, act, zone = held.drawing, held.drawing.act, at.agreement.zone
    assert one.shape is not None
    then = at.then.get(one.key)
    area = surface(plane(one.shape), act.precision_m) if one.shape.is_zone else None
    return {
        "claimant": act.claimant, "by": act.by, "state": held.state, "state_by": held.word.act.by, "version": one.id,
        "from": iso(one.start, zone), "to": iso(one.end, zone) if act.to else None, "said": iso(one.said, zone),
        "recorded_then": then.drawing.id if then else None, "precision_m": act.precision_m,
        "scale": act.scale or "", "source": act.source or "", "because": act.because, "left": act.left or "",
        "right": act.right or "", "length_m": None if area else length_m(one.shape),
        "surface_m2": msgspec.to_builtins(area), "geometry": act.geometry if whole else None,
    }  # fmt: skip


def _version(one: Version, at: At) -> Plain:
    zone, in_force = at.agreement.zone, {each.id for each in at.said}
    return {
        "id": one.id, "claimant": one.act.claimant, "by": one.act.by, "says": one.act.says,
        "drawn": one.shape is not None, "from": iso(one.start, zone), "to": iso(one.end, zone) if one.act.to else None,
        "said": iso(one.said, zone), "in_force": one.id in in_force,
    }  # fmt: skip


def _difference(one: Version, other: Version) -> Plain:
    """How the second claimant's drawing differs from the first's."""
    from truceline.compliance.territory.differences import difference

    found = difference(one, other)
    between = {"first": one.act.claimant, "second": other.act.claimant, "versions": [one.id, other.id]}
    if found is None:
        return between | {"most_m": None, "within_m": None, "explained": False, "moved": [], "both": None}
    return between | {
        "most_m": found.most_m, "within_m": found.within_m, "explained": found.is_explained,
        "moved": [_moved(moved, one, other) for moved in found.moved], "both": msgspec.to_builtins(found.both),
    }  # fmt: skip


def _moved(moved: Any, one: Version, other: Version) -> Plain:
    """Ground that lies on another side in the second drawing, with the parties that each names there."""
    sides = {"left": "left", "right": "right"}
    first = getattr(one.act, sides[moved.from_side]) if moved.from_side in sides else ""
    second = getattr(other.act, sides[moved.to_side]) if moved.to_side in sides else ""
    return {
        "from_side": moved.from_side, "from_party": first or "", "to_side": moved.to_side, "to_party": second or "",
        **msgspec.to_builtins(moved.surface),
    }  # fmt: skip


def _gained(number: str, at: At) -> list[Plain]:
    """Of each claimant, how every drawing differs from the one before it."""
    found = []
    drawn = [one for one in at.ever if one.act.number == number and one.shape is not None]
    for claimant in dict.fromkeys(one.act.claimant for one in drawn):
        own = [one for one in drawn if one.act.claimant == claimant]
        found += [_difference(one, other) for one, other in pairwise(own)]
    return found


def _side_by_side(at: At) -> list[Plain]:
    """What several zones claim together, and what lies between them that none claims; excluded areas left out."""
    from truceline.compliance.territory.differences import gap, overlaps

    sealed = sealed_numbers(at.ever)
    zones = [one.drawing for one in at.now.values() if one.drawing.act.number not in sealed and _is_zone(one)]
    found: list[Plain] = [
        {"what": "overlap", "zones": [list(zone) for zone in one.zones], **msgspec.to_builtins(one.both)}
        for one in overlaps(zones)
    ]
    between = gap(zones)
    if between is not None and between.least_m2:
        found.append({"what": "gap", "zones": [list(one.key) for one in zones], **msgspec.to_builtins(between)})
    return found


def _is_zone(one: Held) -> bool:
    return one.drawing.shape is not None and one.drawing.shape.is_zone
