"""Judgements that a pack lets the holder's program make: each an act of a body, marked as an instrument's.

What a rule allows at one holder is never computed again at another: it is entered there, and comes as an act.
"""

from pathlib import Path

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.acts_of_reports import name_for_act
from truceline.pipeline.automatic_sense import rule_for
from truceline.pipeline.entering import Entered, enter_acts
from truceline.pipeline.judged import judged_pairs
from truceline.pipeline.missions import agreement_of, open_mission
from truceline.pipeline.models_held import NO_MODEL
from truceline.pipeline.proposals import Proposals, open_proposals
from truceline.pipeline.report_refs import ReportHeld
from truceline.pipeline.spoken_acts import spoken
from truceline.store.pen import Chance
from truceline.vocabulary.act import Act
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import Reader

MOST_AT_ONCE = 1_000
"""Judgements entered by one command, the heaviest first; the next command enters those that are left."""


def accept_automatic(
    path: Path, reader: Reader, *, by: str, sign: str | None, now_us: int, chance: Chance
) -> list[Entered]:
    """Enter *same* for every open pair that a rule of the pack allows, and that stands in one group.

    Raises `ActError` where the pack has no such rule, `ValueNotRead` where no model is in force.
    """
    with open_mission(path, write=True) as mission:
        _, pack, _ = agreement_of(mission)
        if not pack.agreement.automatic:
            raise ActError("The pack lets no program judge: it has no `automatic`.", "Judge by: truceline judge")
        found = open_proposals(mission, reader, mission.size, judged_pairs(mission, reader, mission.size))
        if found is None:
            raise ValueNotRead(*NO_MODEL)
        at = spoken(mission, by, None, "", now_us).at
        said = _said(found, pack.agreement, by, at)
        return enter_acts(mission, said, sign=sign, now_us=now_us, chance=chance)


def _said(found: Proposals, agreement: Agreement, by: str, at: str) -> list[Act]:
    made: list[Act] = []
    for one, other, weight in found.still_open():
        rule = rule_for(agreement, *(found.reports.columns.source[n] for n in (one, other)))
        if rule is not None and weight >= rule.least and len(made) < MOST_AT_ONCE:
            rests = f"weight {weight} millionths, of {rule.least} at least, by the model {found.entry[:12]}"
            because = f"Rule of the pack for {' and '.join(rule.sources)}: {rests}."
            made.append(Judgement(by, at, (_name(found, one), _name(found, other)), "same", because, instrument=True))
    return made


def _name(found: Proposals, at: int) -> str:
    columns = found.reports.columns
    held = ReportHeld(int(columns.seq[at]), columns.id[at], columns.source[at], columns.source_row[at], in_force=True)
    return name_for_act(held)
