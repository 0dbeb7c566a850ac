"""What is refused of a judgement at entering: a report against itself, a second word of one body on one pair.

Asked at entering alone. What another holder entered is counted by `judged`, whatever it asked of itself.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from truceline.errors import ActError
from truceline.pipeline.missions import acts
from truceline.pipeline.report_refs import known
from truceline.pipeline.superseding import is_own
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import Act, ActHeld, Withdrawal, revised_by
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import INTERNAL

Pair = frozenset[int]


def refuse_unsound_judgements(mission: MissionFile, said: Sequence[tuple[Path, Act]]) -> None:
    """Raise `ActError`, naming the file where there is one. The reports that are named are known to be held."""
    judgements = [(path, act) for path, act in said if isinstance(act, Judgement)]
    if not judgements:
        return
    held = [one for one in acts(mission, INTERNAL) if isinstance(one.act, Judgement)]
    pairs = _pairs(mission, [*(act for _, act in judgements), *(one.act for one in held)])
    gone = _taken_back(act for _, act in said)
    earlier = {(one.act.by, pairs.get(_named(one.act))): one for one in held if is_own(one) and not _is_gone(one, gone)}
    now: dict[tuple[str, Pair | None], Judgement] = {}
    for path, act in judgements:
        where = f"{path}: " if path.name else ""
        matter = act.by, pairs.get(_named(act))
        _refuse_alone(act, matter[1], where)
        before = earlier.get(matter)
        if before is not None and before.act != act:
            said_before = getattr(before.act, "says", "")
            sentence = f"{where}{act.by} judged this pair {said_before!r} already, in the act {before.id[:12]}."
            raise ActError(sentence, f"Revise it: write revises: [{before.id[:12]}], or use: truceline judge")
        if now.setdefault(matter, act) != act:
            raise ActError(f"{where}{act.by} judges one pair twice here.", "Leave one of the two out.")


def _refuse_alone(act: Judgement, pair: Pair | None, where: str) -> None:
    if pair is not None and len(pair) == 1:
        raise ActError(f"{where}reports: both names mean the same report.", "Name two different reports.")


def _named(act: Act) -> tuple[str, str]:
    assert isinstance(act, Judgement)
    return act.reports


def _pairs(mission: MissionFile, judgements: Iterable[Act]) -> dict[tuple[str, str], Pair]:
    """By the names as they are written, the two reports; a pair that is not known here is left out."""
    named = {_named(act) for act in judgements}
    found = known(mission, INTERNAL, (ref for pair in named for ref in pair))
    return {pair: frozenset(found[ref].seq for ref in pair) for pair in named if all(ref in found for ref in pair)}


def _taken_back(said: Iterable[Act]) -> list[str]:
    """The ids, or beginnings of them, of the acts that acts withdraw or revise."""
    return [of for act in said for of in ((act.of,) if isinstance(act, Withdrawal) else revised_by(act))]


def _is_gone(one: ActHeld, gone: Iterable[str]) -> bool:
    return any(one.id.startswith(of) for of in gone)
