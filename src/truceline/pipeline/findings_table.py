"""`findings`: what bodies found and determined, matter by matter: agreed, of one co-chair alone, or disputed.

Each co-chair has a column, in the pack's order and in one form; nothing that one of them says alters what stands under
another's name. What has not been decided (`undetermined`, `pending`) is shown and disputes nothing.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from truceline.compliance.registers import co_chairs
from truceline.pipeline.incidents import Groups, groups
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import known as known_reports
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, Determination, Finding, kind_of
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
Matter = tuple[str, str]
UNDECIDED = ("undetermined", "pending")
AGREED, DISPUTED, OTHERS, NOBODY = "agreed", "disputed", "others", "undecided"


def findings(path: Path, asked: Asked, about: str = "") -> Plain:
    """The table as plain values. about: only this matter. Raises `ValueNotRead` for what is no cut."""
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known and asked.view == "own" else mission.size
        agreement = registered(mission, size).pack.agreement
        said = [one for one in acts_that_count(mission, asked.reader, size) if _word(one)]
        by_matter: dict[Matter, list[ActHeld]] = {}
        named = _naming(mission, asked, size, said)
        for one in said:
            by_matter.setdefault((kind_of(one.act), named(one)), []).append(one)
        matters = [_told(agreement, matter, held) for matter, held in by_matter.items()]
        chairs = co_chairs(agreement)
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
            "view": asked.view, "cut": mission.cut(size), "co_chairs": list(chairs),
            "columns": [AGREED, *(f"{body} only" for body in chairs), DISPUTED],
            "matters": [one for one in matters if about in ("", one["about"])],
        }  # fmt: skip


def _word(held: ActHeld) -> str:
    """What an act holds, in one word; "" for an act that finds nothing."""
    if isinstance(held.act, Finding):
        return held.act.held
    return held.act.category if isinstance(held.act, Determination) else ""


def _about(held: ActHeld) -> str:
    assert isinstance(held.act, Finding | Determination)
    case = getattr(held.act, "case", None)
    return case if isinstance(case, str) else held.act.about


def _naming(mission: MissionFile, asked: Asked, size: int, said: Sequence[ActHeld]) -> Callable[[ActHeld], str]:
    """What a matter is called: two that name reports of one incident are one, called by the incident's first report."""
    found = known_reports(mission, asked.reader, {_about(one) for one in said}, size)
    if not found:
        return _about
    incidents: Groups = groups(mission, asked.reader, size)
    names = {held.seq: held.key for held in found.values()}
    first = {ref: min(incidents.of(held.seq), default=held.seq) for ref, held in found.items()}
    reports = incidents.reports
    keys = {
        int(seq): f"{reports.source[at]}/{reports.source_row[at] or reports.id[at][:16]}"
        for at, seq in enumerate(reports.seq.tolist())
        if int(seq) in set(first.values())
    }

    def named(one: ActHeld) -> str:
        about = _about(one)
        return keys.get(first[about], names[found[about].seq]) if about in first else about

    return named


def _told(agreement: Agreement, matter: Matter, held: Sequence[ActHeld]) -> Plain:
    chairs = co_chairs(agreement)
    order = {body.id: at for at, body in enumerate(agreement.bodies)}
    names = {body.id: body.name["en"] for body in agreement.bodies}
    ranked = sorted(
        held, key=lambda one: (one.act.by not in chairs, order.get(one.act.by, len(order)), one.at, one.seq)
    )
    words = [
        {
            "by": one.act.by, "name": names.get(one.act.by, one.act.by), "holds": _word(one),
            "what": getattr(one.act, "what", ""), "because": one.act.because, "at": iso(one.at, agreement.zone),
            "act": one.id, "log": one.log,
        }
        for one in ranked
    ]  # fmt: skip
    return {"about": matter[1], "kind": matter[0], "column": _column(chairs, ranked), "words": words}


def _column(chairs: Sequence[str], held: Sequence[ActHeld]) -> str:
    """Where a matter stands: agreed by every co-chair, held by one alone, disputed; of others, or undecided."""
    by_chair = {body: {_word(one) for one in held if one.act.by == body} for body in chairs}
    decided = {body: words - set(UNDECIDED) for body, words in by_chair.items() if words}
    words = set().union(*decided.values()) if decided else set()
    if len(words) > 1:
        return DISPUTED
    holding = [body for body in chairs if decided.get(body)]
    if not holding:
        return NOBODY if decided else OTHERS
    return AGREED if len(holding) == len(chairs) and len(chairs) > 1 else f"{holding[0]} only"
