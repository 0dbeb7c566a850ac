"""`territory side` and `territory flips`: what each claimant's drawing says of a place, and what a revision changes."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec

from truceline.compliance.lines.sides import Side, side_of
from truceline.compliance.territory.claims import Version
from truceline.compliance.territory.flips import Flip, flips
from truceline.compliance.territory.placing import answer_of
from truceline.errors import ValueNotRead
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.matters_held import matters_of
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked, View
from truceline.pipeline.reading_rows import box_of
from truceline.pipeline.territory import At, claims_at
from truceline.pipeline.views import opened_for
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.position import Position, read_position
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
UNDETERMINED = "undetermined"


def side(
    path: Path,
    reader: Reader,
    number: str,
    place: str,
    *,
    radius_m: int | None = None,
    now_us: int,
    as_of: str | None = None,
    known: str | None = None,
    view: View = "own",
) -> Plain:
    """On which side of a line (inside which zone) a place lies, by every claimant's drawing and by the pack's line.

    radius_m: how well the place is known; without it what its digits say. Where they differ, or one of them cannot
    tell, the whole is undetermined. Raises `ValueNotRead`.
    """
    with opened_for(path, Asked(reader, now_us, as_of, known, view=view)) as mission:
        at = claims_at(mission, reader, now_us=now_us, as_of=as_of, known=known, view=view)
        pack = registered(mission, at.size).pack
        read = read_position(place, box=box_of(pack.geometry))
        radius = read.radius_m if radius_m is None else radius_m
        drawn = [one.drawing for one in at.now.values() if one.drawing.act.number == number]
        answers = [_by_claim(one, read, radius, at) for one in drawn]
        if number in pack.lines:
            line = pack.lines[number]
            found = side_of(read.lat_e7, read.lon_e7, radius, line)
            cited = next(one.cited.source for one in at.agreement.lines if one.id == number)
            answers.append(_answer("", cited, "", line.precision_m, found) | {"agreement": True})
        if not answers:
            raise ValueNotRead(f"Nobody draws {number!r} at that time.", "`truceline territory MISSION` lists them.")
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "view": view, "as_of": iso(at.instant, at.agreement.zone), "cut": mission.cut(at.size), "number": number,
            "place": place, "read_as": read.form, "radius_m": radius, "answers": answers, "whole": _whole(answers),
        }  # fmt: skip


def _by_claim(one: Version, read: Position, radius: int, at: At) -> Plain:
    found = answer_of(one, read.lat_e7, read.lon_e7, radius)
    return _answer(one.act.claimant, one.id, iso(one.start, at.agreement.zone), one.act.precision_m, found)


def _answer(claimant: str, version: str, since: str, precision_m: int, found: Side) -> Plain:
    told: Plain = {"claimant": claimant, "agreement": False, "version": version, "from": since}
    told["precision_m"] = precision_m
    return {**told, **msgspec.to_builtins(found)}


def _whole(answers: list[Plain]) -> str:
    """The answer that all drawings give; sides count by the party they name, where they all name one."""
    if any(one["side"] == UNDETERMINED for one in answers):
        return UNDETERMINED
    named = all(one["toward"] for one in answers)
    said = {one["toward"] if named else one["side"] for one in answers}
    return said.pop() if len(said) == 1 else UNDETERMINED


def flipped(
    path: Path,
    reader: Reader,
    number: str,
    *,
    now_us: int,
    claimant: str = "",
    as_of: str | None = None,
    known: str | None = None,
    view: View = "own",
) -> Plain:
    """The findings and incidents whose side or zone is another in a newer drawing, version after version.

    Nothing is changed by it: it is a list for review. Raises `ValueNotRead`.
    """
    with opened_for(path, Asked(reader, now_us, as_of, known, view=view)) as mission:
        at = claims_at(mission, reader, now_us=now_us, as_of=as_of, known=known, view=view)
        acts = acts_that_count(mission, reader, at.size)
        matters = matters_of(mission, reader, at.size, at.agreement, acts, at.instant)
        bodies = [body.id for body in at.agreement.bodies]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "view": view, "as_of": iso(at.instant, at.agreement.zone), "cut": mission.cut(at.size), "number": number,
            "revisions": [
                _revision(old, new, flips(old, new, matters, bodies), at)
                for old, new in _pairs(at, number, claimant)
            ],
        }  # fmt: skip


def _pairs(at: At, number: str, claimant: str) -> list[tuple[Version, Version]]:
    """Each drawing of a claimant with the one it said before it."""
    drawn = [one for one in at.ever if one.act.number == number and one.shape is not None]
    if not drawn:
        raise ValueNotRead(f"{number!r} is drawn by nobody here.", "`truceline territory MISSION` lists the numbers.")
    who = [claimant] if claimant else list(dict.fromkeys(one.act.claimant for one in drawn))
    return [pair for each in who for pair in pairwise(one for one in drawn if one.act.claimant == each)]


def _revision(old: Version, new: Version, found: list[Flip], at: At) -> Plain:
    zone = at.agreement.zone
    return {
        "claimant": new.act.claimant, "old": old.id, "new": new.id, "holds_from": iso(new.start, zone),
        "said": iso(new.said, zone), "late_days": max(0, (new.said - new.start) // 86_400_000_000),
        "flips": [_flip(one, zone) for one in found],
    }  # fmt: skip


def _flip(one: Flip, zone: str) -> Plain:
    return {
        "what": "finding" if one.body else "incident", "id": one.id, "body": one.body, "when": iso(one.start, zone),
        "before": msgspec.to_builtins(one.before), "after": msgspec.to_builtins(one.after),
    }  # fmt: skip
