"""`recall`: a body takes a report out of what counts; what rested on it is listed, publications among it."""

from pathlib import Path
from typing import Any, Literal

from truceline.errors import ActError
from truceline.pipeline.acts_of_reports import name_for_act
from truceline.pipeline.affected import affected, without
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import acts, open_mission
from truceline.pipeline.publications import Plain, asked_then, numbered, published
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.report_refs import known, resolve
from truceline.pipeline.spoken_acts import AboutAct
from truceline.pipeline.told_figures import differing, figures
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.act import Withdrawal
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.retraction import AskedThen, RecallHeld

AskedBy = Literal["author", "source", "mission"]


def what_rests(path: Path, ref: str, asked: Asked) -> Plain:
    """Everything that rests on a report, what was published among it. Raises `ValueNotRead` for a name of none."""
    with open_mission(path) as mission:
        told = affected(mission, ref, asked)
        return {**told, "publications": resting_publications(path, mission, told["report"], asked)}


def resting_publications(path: Path, mission: MissionFile, key: str, asked: Asked) -> list[Plain]:
    """The publications at whose cut a report counted, and which of their figures would be others without it."""
    made: list[Plain] = []
    for one in numbered(mission, asked.reader):
        act = published(one.last)
        if not isinstance(act.asked, AskedThen):
            continue
        then = asked_then(act, asked.reader, asked.now_us)
        with opened_for(path, then) as view:
            before = ask(view, then)
            held = known(view, asked.reader, [key], before.size).get(key)
            if held is None or not held.in_force:
                continue
            differ = differing(figures(before), figures(without(view, then, [held.id])))
        if differ:
            made.append(
                {"number": one.number, "id": one.last.id, "by": act.by, "to": one.recipients, "figures": differ}
            )
    return made


def recall(
    path: Path,
    ref: str,
    asked_by: AskedBy,
    words: AboutAct,
    asked: Asked,
    *,
    sign: str | None,
    chance: Chance,
) -> tuple[Entered, Plain]:
    """Enter the recall; the act, and what rested on the report. Raises `ActError` for a report that does not count."""
    told = what_rests(path, ref, asked)
    with open_mission(path, write=True) as mission:
        named = name_for_act(resolve(mission, INTERNAL, [ref])[ref])
        act = RecallHeld(words.by, words.at, named, words.because, asked_by)
        entered = enter_act(mission, act, sign=sign, now_us=asked.now_us, chance=chance)
    return entered, {**told, "counts": False}


def take_back(path: Path, of: str, words: AboutAct, *, sign: str | None, now_us: int, chance: Chance) -> Entered:
    """Withdraw a body's own recall: the report counts again. Raises `ActError` for what is no recall in force."""
    with open_mission(path, write=True) as mission:
        found: list[Any] = [one for one in acts(mission, INTERNAL) if one.id.startswith(of)]
        if len(found) != 1 or not isinstance(found[0].act, RecallHeld):
            raise ActError(f"{of!r} names no recall of a body.", "See their ids with: truceline acts MISSION")
        act = Withdrawal(words.by, words.at, of, words.because)
        return enter_act(mission, act, sign=sign, now_us=now_us, chance=chance)
