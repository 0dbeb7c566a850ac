"""A mission's assessment held open in one process, and right again after each thing entered: for a desk that stays on.

held = OpenAssessment(mission, asked, Wanted(every="week"))   # all outcomes, once
enter(mission, [file], ...)                                   # anyone enters something
with open_mission(path) as mission:
    held.follow(mission)                                      # what it changed, and nothing else
held.assessed                                                 # the outcomes as they now stand
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

import numpy as np

from truceline.compliance.assessing import Assessed, Followed
from truceline.compliance.flights import flight_matters
from truceline.errors import ReadingError
from truceline.pipeline.assessing import Answered, Wanted, frame_in, periods_of
from truceline.pipeline.held_columns import shown_later
from truceline.pipeline.joining import OPENED
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.matters_held import held_of, rested_on
from truceline.pipeline.missions import AGREEMENT
from truceline.pipeline.models_held import MODEL
from truceline.pipeline.questions import Asked, meant_by
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import (
    Acceptance,
    ActHeld,
    Attestation,
    Declaration,
    Determination,
    Finding,
    Reinstatement,
    Withdrawal,
)
from truceline.vocabulary.conduct import AccessStep, FlightSeen, Notice, Performance
from truceline.vocabulary.designation import Association, ExclusionHeld, ListVersion, NameDecided

How = Literal["nothing", "what_changed", "all"]
FOLLOWED = (
    Finding, FlightSeen, Acceptance, Attestation, Declaration, Determination, Performance, Notice, AccessStep,
    ExclusionHeld, NameDecided, Association, ListVersion, Withdrawal, Reinstatement,
)  # fmt: skip
"""After these only what they alter is worked; after any other (a judgement, a case, a reading) all is made anew."""


class OpenAssessment:
    """The outcomes of a mission at its present size, as of an instant that stays.

    `asked.known` must be None (`ReadingError`): what is held open follows what is known. After a rebuild of the
    mission make it anew: rows read otherwise from the same entries are not looked for.
    """

    def __init__(self, mission: MissionFile, asked: Asked, wanted: Wanted) -> None:
        if asked.known is not None:
            raise ReadingError(
                "An assessment held open follows what is known.", "Ask for an earlier cut without holding it."
            )
        self._asked, self._wanted = asked, wanted
        self._all(mission)

    @property
    def size(self) -> int:
        """The number of entries it knows of."""
        return self._meant.size

    @property
    def assessed(self) -> Assessed:
        """The outcomes at that size."""
        return self._followed.assessed

    def follow(self, mission: MissionFile) -> How:
        """Come up to the mission's present size, and say how: by `what_changed`, or by making `all` of it anew.

        Findings, words of parties and bodies, and what takes them back change the cells they touch. Reports, coverage,
        judgements, cases and readings may change any of it: all is made anew. `mission` is opened after the entering.
        """
        if mission.size == self.size:
            return "nothing"
        anew = mission.size < self.size or any(
            self._new(mission, table) for table in ("report", "recall", "coverage", AGREEMENT, OPENED, MODEL)
        )
        acts = acts_that_count(mission, self._asked.reader, mission.size)
        changed = _changed(self._acts, acts)
        if anew or any(not isinstance(one.act, FOLLOWED) for one in changed):
            self._all(mission)
            return "all"
        self._change(mission, acts, changed)
        return "what_changed"

    def answered(self, mission: MissionFile) -> Answered:
        """The answer at the size it knows of, as `assessed` gives it, with the matters: for the reasons of outcomes."""
        matters = self._held.columns().join(self._flights)
        cut, periods = mission.cut(self.size), periods_of(self._meant, self._wanted)
        return Answered(self._meant, cut, mission.exercise, self._acts, matters, self.assessed, periods)

    def _all(self, mission: MissionFile) -> None:
        self._meant = meant = meant_by(mission, self._asked)
        reader, question = self._asked.reader, meant.question
        shown = partial(shown_later, mission.path, reader, meant.size, 0)
        self._acts = acts_that_count(mission, reader, meant.size)
        self._held = held_of(mission, reader, meant.size, question.agreement, self._acts, question.as_of, shown)
        self._flights = flight_matters(question.agreement, self._acts, question.as_of)
        frame = frame_in(mission, meant, self._wanted, self._acts)
        self._followed = Followed(frame, self._held.columns().join(self._flights))

    def _change(self, mission: MissionFile, acts: list[ActHeld], changed: Sequence[ActHeld]) -> None:
        question, held = self._meant.question, self._held
        findings = [one for one in changed if isinstance(one.act, Finding) and one.at <= question.as_of]
        left = [one for one in findings if one.id in held.found]
        come = [one for one in findings if one.id not in held.found]
        rests = rested_on(mission, self._asked.reader, mission.size, come, question.as_of)
        at = {place for one in left for place in held.found[one.id][1]}
        at |= {place for one in come for place in held.incidents.places(rests[one.id])}
        places = np.array(sorted(at), np.int64)
        gone = held.some([one.id for one in left], places)
        for one in left:
            del held.found[one.id]
        for one in come:
            held.find(one, rests[one.id])
        now = flight_matters(question.agreement, acts, question.as_of)
        self._followed.change(gone.join(self._flights), held.some([one.id for one in come], places).join(now))
        if changed:
            self._followed.say(acts, *changed)
        self._acts, self._flights, self._meant = acts, now, replace(self._meant, size=mission.size)

    def _new(self, mission: MissionFile, table: str) -> bool:
        found = mission.numbers(table, ("seq",), self._asked.reader, size=mission.size, since=self.size)
        return len(found["seq"]) > 0


def _changed(old: Sequence[ActHeld], new: Sequence[ActHeld]) -> list[ActHeld]:
    """The acts that are no longer in force, then those that now are."""
    before, after = {one.id for one in old}, {one.id for one in new}
    return [*(one for one in old if one.id not in after), *(one for one in new if one.id not in before)]
