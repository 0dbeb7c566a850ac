"""Which pairs a pack lets the holder's program judge, and refusing judgements of programs that no rule allows."""

from collections.abc import Sequence
from pathlib import Path

from truceline.errors import ActError
from truceline.pipeline.report_refs import resolve
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import Act
from truceline.vocabulary.agreement import Agreement, Automatic
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import INTERNAL


def rule_for(agreement: Agreement, one: str, other: str) -> Automatic | None:
    """The rule for these two sources; None where the pack has none, or both are one source."""
    rules = (rule for rule in agreement.automatic if one != other and {one, other} == {*rule.sources})
    return next(rules, None)


def refuse_programs_without_a_rule(
    mission: MissionFile, agreement: Agreement, said: Sequence[tuple[Path, Act]]
) -> None:
    """Raise `ActError` for a judgement `instrument: true` that no rule of the pack allows.

    The rule allows *same*, and nothing else. The reports that are named are known to be held.
    """
    told = [(path, act) for path, act in said if isinstance(act, Judgement) and act.instrument]
    if not told:
        return
    found = resolve(mission, INTERNAL, (ref for _, act in told for ref in act.reports))
    for path, act in told:
        one, other = (found[ref].source for ref in act.reports)
        if act.says != "same" or rule_for(agreement, one, other) is None:
            where = f"{path}: " if path.name else ""
            mend = "Leave instrument: out, if a person judged."
            raise ActError(f"{where}instrument: no rule of this pack lets the program judge so.", mend)
