"""A mission's answer held open in one process, and right again after each thing entered: for a desk that stays on.

held = OpenLedger(mission, asked)          # the whole ledger, once
take_in(path, [file], ...)                 # anyone enters something
with open_mission(path) as mission:
    held.follow(mission)                   # what it changed, and nothing else
held.ledger                                # the day ledger as it now stands
"""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from truceline.compliance.followed import Followed
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.errors import ReadingError
from truceline.pipeline.joining import OPENED
from truceline.pipeline.missions import ACT, AGREEMENT, open_mission
from truceline.pipeline.models_held import MODEL
from truceline.pipeline.questions import SHOWN, Answer, Asked, answered, meant_by, report_columns, shown_text, watches
from truceline.pipeline.ties import tied_in
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.assessment import Ledger
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import Texts, texts_of

How = Literal["nothing", "what_changed", "all"]


class OpenLedger:
    """The day ledger of a mission at its present size, as of an instant that stays.

    `asked.known` must be None (`ReadingError`): what is held open follows what is known. After a rebuild
    of the mission make it anew: rows read otherwise from the same entries are not looked for.
    """

    def __init__(self, mission: MissionFile, asked: Asked) -> None:
        if asked.known is not None:
            raise ReadingError(
                "A ledger held open follows what is known.", "Ask for an earlier cut without holding it."
            )
        self._asked = asked
        self._evaluated: Evaluated | None = None
        self._all(mission)

    @property
    def size(self) -> int:
        """The number of entries it knows of."""
        return self._meant.size

    @property
    def ledger(self) -> Ledger:
        """The day ledger at that size."""
        return self._evaluated.ledger if self._evaluated else self._followed.ledger

    def follow(self, mission: MissionFile) -> How:
        """Come up to the mission's present size, and say how: by `what_changed`, or by making `all` of it anew.

        Reports and coverage change the cells they touch. After an act or an agreement all is made anew: a
        reading, a withdrawal or a reinstatement may change any of it; so may what another holder opened. It is also
        where people judged pairs of reports or a model proposes some: what comes may join any incident. `mission` is
        opened after the entering: one that is open for reading sees the state of its opening.
        """
        if mission.size == self.size:
            return "nothing"
        anew = mission.size < self.size or not self._tied.nothing
        if anew or any(self._new(mission, table) for table in (ACT, AGREEMENT, OPENED, MODEL)):
            self._all(mission)
            return "all"
        self._change(mission)
        return "what_changed"

    def answer(self, mission: MissionFile) -> Answer:
        """The whole answer at the size it knows of, with incidents, clocks and comparisons: made when asked for."""
        return answered(mission, self._meant, self._evaluated or self._followed.evaluated())

    def _all(self, mission: MissionFile) -> None:
        self._meant = meant = meant_by(mission, self._asked)
        shown = partial(_shown_later, mission.path, meant.asked.reader, meant.size)
        reports = report_columns(mission, meant.asked.reader, meant.size, shown=shown)
        seen = watches(mission, meant.asked.reader, meant.size)
        self._tied = tied_in(mission, meant.asked.reader, meant.size, reports)
        if self._tied.nothing:
            self._evaluated = None
            self._followed = Followed(meant.question, reports, seen)
        else:
            self._evaluated = evaluate(meant.question, reports, seen, self._tied)

    def _change(self, mission: MissionFile) -> None:
        reader, since, size = self._asked.reader, self.size, mission.size
        come = report_columns(mission, reader, size, since)
        now: dict[str, Any] = {name: texts_of(getattr(come, name)) for name in SHOWN}
        come = replace(come, **now)
        # A report is superseded by a row under its own key, or by its recall: nothing else but an act does.
        recalls = mission.texts("recall", ("source", "source_row"), reader, size=size, since=since)
        keys = {
            f"{source}/{row}"
            for sources, rows in ((come.source, come.source_row), (recalls["source"], recalls["source_row"]))
            for source, row in zip(sources, rows, strict=True)
        }
        gone = mission.superseded("report", self._followed.with_keys(keys), size=size)
        seen = watches(mission, reader, size) if self._new(mission, "coverage") else None
        self._followed.change(gone, come, seen)
        self._meant = replace(self._meant, size=size)

    def _new(self, mission: MissionFile, table: str) -> bool:
        found = mission.numbers(table, ("seq",), self._asked.reader, size=mission.size, since=self.size)
        return len(found["seq"]) > 0


def _shown_later(path: Path, reader: Reader, size: int, name: str) -> Texts:
    """What is only shown is read from the file when somebody looks: the mission it came from may be closed by then."""
    with open_mission(path) as mission:
        return shown_text(mission, reader, size, 0, name)
