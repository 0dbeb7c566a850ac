"""The course of a case: which stages it has passed, by whose acts, and why other acts about it do not count.

A case is a chain of acts. Each move and each step names the act that put the case where it stood (`after`), so the
course does not hang on the clocks of those who wrote them, nor on the order in which a record received them. Acts
that the procedure does not allow move nothing; they are kept, with the reason. Where two moves after the same act both
have what they need, or one body says two things, the case is contested and stays where it was: nobody here chooses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep
from truceline.vocabulary.procedure import ROLES, Procedure, Silence, Stage, StepKind, Who
from truceline.vocabulary.when import DAY, Interval

HOUR = 3_600_000_000
"""Microseconds."""
Said = tuple[str, str]
"""Where a move goes, and with which outcome ("" for none)."""


@dataclass(frozen=True)
class Passage:
    """A stage entered: since when (UTC microseconds), by which acts, with what outcome. reopened: it was an end."""

    stage: Stage
    since: int
    acts: tuple[ActHeld, ...]
    outcome: str = ""
    reopened: bool = False


@dataclass(frozen=True)
class StepMade:
    """A step that counts, and the number of the passage in which it was made."""

    held: ActHeld
    act: CaseStep
    kind: StepKind
    passage: int


@dataclass(frozen=True)
class Aside:
    """An act about the case that moves nothing, and why."""

    held: ActHeld
    because: str


@dataclass(frozen=True)
class Course:
    """How a case went. words: the moves said after the last passage that are not complete, by body.

    torn: bodies that say two things. contested: what stands against one another keeps the case where it is.
    """

    opened: ActHeld
    act: CaseOpened
    procedure: Procedure
    passages: tuple[Passage, ...]
    steps: tuple[StepMade, ...] = ()
    words: Mapping[str, tuple[ActHeld, ...]] = field(default_factory=dict)
    contested: bool = False
    aside: tuple[Aside, ...] = ()

    @property
    def here(self) -> Passage:
        """Where the case stands."""
        return self.passages[-1]

    @property
    def torn(self) -> tuple[str, ...]:
        """Bodies of whose words after the last passage two differ."""
        return tuple(body for body, acts in self.words.items() if len({said_by(one) for one in acts}) > 1)


def bodies_named(agreement: Agreement, who: Who) -> tuple[str, ...]:
    """The bodies that ids or roles name, in the order of the pack."""
    roles = {one for one in who if one in ROLES}
    return tuple(body.id for body in agreement.bodies if body.id in who or body.role in roles)


def said_by(held: ActHeld) -> Said:
    """What a move says."""
    assert isinstance(held.act, CaseMoved)
    return held.act.to, held.act.outcome or ""


def not_opened_because(agreement: Agreement, act: CaseOpened) -> str:
    """Why this opens no case: "" where it does."""
    procedure = agreement.procedure(act.procedure)
    if procedure is None:
        return f"{act.procedure!r} is no procedure of this agreement"
    begins = act.stage or procedure.begins[0]
    if begins not in procedure.begins:
        return f"no case begins in the stage {begins!r}"
    stage = procedure.stage(begins)
    if stage is None or act.by not in bodies_named(agreement, (*stage.by, *stage.together)):
        return f"no case is opened in the stage {begins!r} by {act.by}"
    return ""


def course_of(
    agreement: Agreement, opened: ActHeld, said: Iterable[ActHeld], stands_for: Mapping[str, Sequence[str]], as_of: int
) -> Course | None:
    """The course of a case up to an instant, from the acts in force; None where the opening opens none.

    said: moves and steps of this case, in any order. stands_for: by the id of an act in force, the ids of those that
    it took the place of: what followed them follows it.
    """
    act = opened.act
    if not isinstance(act, CaseOpened) or not_opened_because(agreement, act) or opened.at > as_of:
        return None
    procedure = agreement.procedure(act.procedure)
    stage = procedure.stage(act.stage or procedure.begins[0]) if procedure else None
    assert procedure
    assert stage
    found = _Following(agreement, procedure, opened, stands_for)
    return found.followed(stage, sorted((one for one in said if one.at <= as_of), key=_order))


def _order(held: ActHeld) -> tuple[int, str]:
    return held.at, held.id


class _Following:
    """One case, followed from its opening on."""

    def __init__(
        self, agreement: Agreement, procedure: Procedure, opened: ActHeld, stands_for: Mapping[str, Sequence[str]]
    ) -> None:
        self._agreement, self._procedure, self._opened, self._stands_for = agreement, procedure, opened, stands_for
        self._passages: list[Passage] = []
        self._steps: list[StepMade] = []
        self._aside: list[Aside] = []

    def followed(self, first: Stage, said: Sequence[ActHeld]) -> Course:
        """Take every passage that the acts allow."""
        self._passages = [Passage(first, self._opened.at, (self._opened,))]
        left = list(said)
        while True:
            here = [one for one in left if self._follows(one)]
            left = [one for one in left if one not in here]
            self._take_steps(here)
            words = self._words(here)
            complete = self._complete(words)
            if len(complete) != 1:
                break
            self._pass(*complete[0], words)
        self._aside += [Aside(one, "the act that it follows is not, or no longer, part of this case") for one in left]
        assert isinstance(self._opened.act, CaseOpened)
        course = Course(
            self._opened, self._opened.act, self._procedure, tuple(self._passages), tuple(self._steps), words,
            len(complete) > 1, tuple(self._aside),
        )  # fmt: skip
        return replace(course, contested=True) if course.torn else course

    def _follows(self, held: ActHeld) -> bool:
        assert isinstance(held.act, CaseMoved | CaseStep)
        after = held.act.after
        ids = (name for one in self._passages[-1].acts for name in (one.id, *self._stands_for.get(one.id, ())))
        return any(name.startswith(after) for name in ids)

    def _take_steps(self, here: Sequence[ActHeld]) -> None:
        for held in here:
            if isinstance(held.act, CaseStep):
                kind = self._procedure.step(held.act.step)
                because = self._step_refused(held.act, kind)
                if because or kind is None:
                    self._aside.append(Aside(held, because))
                else:
                    self._steps.append(StepMade(held, held.act, kind, len(self._passages) - 1))

    def _step_refused(self, act: CaseStep, kind: StepKind | None) -> str:
        stage = self._passages[-1].stage
        if kind is None or kind.id not in stage.steps:
            return f"the stage {stage.id!r} has no step {act.step!r}"
        if act.by not in bodies_named(self._agreement, kind.by):
            return f"the step {kind.id!r} is not made by {act.by}"
        return _outcome_refused(act.outcome, [one.id for one in kind.outcomes], f"the step {kind.id!r}")

    def _words(self, here: Sequence[ActHeld]) -> dict[str, tuple[ActHeld, ...]]:
        """The moves that are allowed, by body; the others go aside."""
        words: dict[str, tuple[ActHeld, ...]] = {}
        for held in here:
            if not isinstance(held.act, CaseMoved):
                continue
            because = self._move_refused(held, held.act)
            if because:
                self._aside.append(Aside(held, because))
            else:
                words[held.act.by] = (*words.get(held.act.by, ()), held)
        return dict(sorted(words.items()))

    def _move_refused(self, held: ActHeld, act: CaseMoved) -> str:
        here, target = self._passages[-1].stage, self._procedure.stage(act.to)
        if target is None or act.to not in here.next:
            return f"from {here.id!r} no case goes to {act.to!r}"
        if act.by not in bodies_named(self._agreement, (*target.by, *target.together)):
            return f"no case is moved to {act.to!r} by {act.by}"
        if target.not_the_opener and act.by == self._opened.act.by:
            return f"the case was opened by {act.by}, and another has to move it to {act.to!r}"
        made = since_opened(self._passages, self._steps)
        missing = [need for need in target.needs if not had(self._agreement.zone, self._procedure, made, need, held.at)]
        if missing:
            return f"the stage {act.to!r} needs {', '.join(missing)} first"
        return _outcome_refused(act.outcome, [one.id for one in target.outcomes], f"the stage {act.to!r}")

    def _complete(self, words: Mapping[str, Sequence[ActHeld]]) -> list[tuple[Stage, str, list[ActHeld]]]:
        """What has all the words that it needs; a body that says two things has said neither."""
        clear = {body: acts[0] for body, acts in words.items() if len({said_by(one) for one in acts}) == 1}
        by_said: dict[Said, dict[str, ActHeld]] = {}
        for body, held in clear.items():
            by_said.setdefault(said_by(held), {})[body] = held
        return [whole for said, bodies in sorted(by_said.items()) if (whole := self._whole(said, bodies)) is not None]

    def _whole(self, said: Said, bodies: Mapping[str, ActHeld]) -> tuple[Stage, str, list[ActHeld]] | None:
        stage = self._procedure.stage(said[0])
        assert stage
        needed = bodies_named(self._agreement, stage.together)
        if not set(needed) <= set(bodies):
            return None
        return stage, said[1], sorted(bodies.values(), key=_order)

    def _pass(self, stage: Stage, outcome: str, acts: list[ActHeld], words: Mapping[str, Sequence[ActHeld]]) -> None:
        before = self._passages[-1]
        last = acts[-1].at if stage.together else acts[0].at
        also = [one for said in words.values() for one in said if said_by(one) == (stage.id, outcome)]
        other = [one for said in words.values() for one in said if one not in also]
        self._aside += [Aside(one, f"the case went to {stage.id!r} from there") for one in other]
        whole = tuple(sorted(also, key=_order))
        self._passages.append(Passage(stage, max(before.since, last), whole, outcome, before.stage.end))


def _outcome_refused(outcome: str | None, known: Sequence[str], what: str) -> str:
    if known and outcome not in known:
        return f"{what} has an outcome: {', '.join(known)}"
    return f"{what} has no outcomes" if outcome and not known else ""


def since_opened(passages: Sequence[Passage], steps: Sequence[StepMade]) -> list[StepMade]:
    """The steps made since a case was opened, or last re-opened."""
    since = max((n for n, one in enumerate(passages) if one.reopened), default=0)
    return [one for one in steps if one.passage >= since]


def had(zone: str, procedure: Procedure, made: Sequence[StepMade], need: str, at: int) -> bool:
    """Of the steps made one is of this kind by then, or the silence after one that asked for it counts as it."""
    before = [one for one in made if one.held.at <= at]
    if any(one.kind.id == need for one in before):
        return True
    kind = procedure.step(need)
    asked = [one for one in before if kind is not None and one.kind.id == kind.answers]
    dues = [due_of(one, zone) for one in asked if silence_of(one).means == "counts_as"]
    return any(due is not None and at >= due for due in dues)


def due_of(step: StepMade, zone: str) -> int | None:
    """Until when an answer to a step is asked for (UTC microseconds): what the act says, or else the procedure."""
    if step.act.due is not None:
        return read_due(step.act.due, zone)
    deadline = step.kind.deadline
    return None if deadline is None else step.held.at + deadline.lasts_hours * HOUR


def read_due(text: str, zone: str) -> int:
    """The end of a day, or an instant (UTC microseconds). Raises `ValueNotRead`."""
    given = Interval.from_text(text, zone)
    return given.end if given.end - given.start > DAY // 2 else given.start


def silence_of(step: StepMade) -> Silence:
    """What it means that a step was not answered."""
    return Silence("nothing") if step.kind.deadline is None else step.kind.deadline.silence
