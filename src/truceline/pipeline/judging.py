"""`judge`: a body's word on two reports, as an act; and taking it back, which restores what it held before."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import UNSET

from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.entering import Entered, enter_acts
from truceline.pipeline.joining import fellows
from truceline.pipeline.missions import acts
from truceline.pipeline.report_refs import ReportHeld, known, resolve
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.act import Act, ActHeld, Withdrawal, revised_by
from truceline.vocabulary.act_parts import ReportRef
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import INTERNAL

Word = Literal["same", "different", "unsure"]


def judge(
    mission: MissionFile,
    refs: tuple[str, str],
    says: Word,
    *,
    by: str,
    at: str,
    because: str,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> Entered:
    """Enter what a body holds of two reports; it revises what the same body held of them before.

    Raises `ValueNotRead` for a name of no report or of several, `ActError` for two names of one report.
    """
    found = resolve(mission, INTERNAL, refs)
    one, other = (found[ref] for ref in refs)
    before = _own_words(mission, by, {one.seq, other.seq})
    if [_said(act) for act in before] == [(says, because)]:
        return Entered("", "judgement", by, before[0].id, already_held=True)
    revises = tuple(act.id for act in before) or UNSET
    act = Judgement(by, at, (_name(one), _name(other)), says, because, revises=revises)
    return enter_acts(mission, [act], sign=sign, now_us=now_us, chance=chance)[0]


def take_back(
    mission: MissionFile, of: str, *, by: str, at: str, because: str, sign: str | None, now_us: int, chance: Chance
) -> list[Entered]:
    """Withdraw a body's own judgement; what it had revised is said again, word for word, so that it counts as before.

    Raises `ActError` for what is no judgement in force.
    """
    found = [one for one in acts(mission, INTERNAL) if one.id.startswith(of)]
    if len(found) != 1 or not isinstance(found[0].act, Judgement):
        raise ActError(f"{of!r} names no judgement in force.", "See their ids with: truceline pairs MISSION --judged")
    revised = revised_by(found[0].act)
    ever = acts_ever(mission, INTERNAL) if revised else []
    older = [one for one in ever if one.id.startswith(revised)] if revised else []
    said: list[Act] = [Withdrawal(by, at, of, because), *_again(older)]
    return enter_acts(mission, said, sign=sign, now_us=now_us, chance=chance)


def _again(older: Sequence[ActHeld]) -> list[Act]:
    """The last of the judgements that were revised together, as it was said."""
    if not older:
        return []
    last = max(older, key=lambda one: (one.at, one.seq)).act
    assert isinstance(last, Judgement)
    return [msgspec.structs.replace(last, revises=UNSET)]


def _own_words(mission: MissionFile, by: str, pair: set[int]) -> list[ActHeld]:
    """The judgements in force that a body made of two reports and that this log may revise."""
    held = [one for one in acts(mission, INTERNAL) if isinstance(one.act, Judgement) and one.act.by == by]
    may = {OWN_LOG, *(old for old, new in fellows(mission, mission.others.peers(), mission.size) if new == OWN_LOG)}
    found = known(mission, INTERNAL, (ref for one in held for ref in _reports(one)))
    return [
        one
        for one in held
        if log_at(one.seq) in may and {found[ref].seq for ref in _reports(one) if ref in found} == pair
    ]


def _said(held: ActHeld) -> tuple[str, str]:
    assert isinstance(held.act, Judgement)
    return held.act.says, held.act.because


def _reports(held: ActHeld) -> tuple[str, str]:
    assert isinstance(held.act, Judgement)
    return held.act.reports


def _name(report: ReportHeld) -> str:
    """SOURCE/REPORT_ID, where an act may hold that; else the id of its entry."""
    try:
        return msgspec.convert(report.key, ReportRef)
    except msgspec.ValidationError:
        return report.id
