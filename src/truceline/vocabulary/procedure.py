"""A mechanism's own procedure, as its pack holds it: stages, who moves a case into each, deadlines, what silence means.

Nothing here is the program's idea of how a matter is handled. What a text does not say is left out, or carries a tag
that says whose it is; items that could not be read stand under `missing`, and nothing stands for them.

Who may do something is named by bodies of the pack, or by roles: a role (`co_chair`, `secretariat`, `party`,
`observer`) names every body of it.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from truceline.vocabulary.pack_parts import Cited, Id, Text

ROLES = ("co_chair", "secretariat", "party", "observer")
Who = tuple[Id, ...]
"""Ids of bodies, or roles."""


class Outcome(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the outcomes that a stage or a step may have."""

    id: Id
    title: Text


class Silence(Struct, frozen=True, forbid_unknown_fields=True):
    """What it means that a deadline passed.

    nothing: it is overdue, and that is all. proposes: a move to the stage `to` is proposed; a body still has to make
    it. counts_as: the answer that did not come counts as this outcome of it, so that a stage which needs the answer is
    open. No deadline moves a case.
    """

    means: Literal["nothing", "proposes", "counts_as"]
    to: Id | None = None
    outcome: Id | None = None


NOTHING = Silence("nothing")


class Deadline(Struct, frozen=True, forbid_unknown_fields=True):
    """So long after a stage was entered, or a step made. Exactly one of hours and days (of 24 hours) is given."""

    hours: Annotated[int, Meta(ge=1, le=87_840)] | None = None
    days: Annotated[int, Meta(ge=1, le=3660)] | None = None
    silence: Silence = NOTHING
    cited: Cited | None = None

    @property
    def lasts_hours(self) -> int:
        """Its length in hours."""
        return self.hours if self.hours is not None else 24 * (self.days or 0)


class StepKind(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that may be done within a stage. answers: the kind of step that it answers. deadline: of its answer."""

    id: Id
    title: Text
    by: Who
    outcomes: tuple[Outcome, ...] = ()
    answers: Id | None = None
    deadline: Deadline | None = None
    cited: Cited | None = None


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """One stage. Either a body of `by` moves a case into it alone, or all of `together` have to say so.

    next: the stages that a case may go to from here; from a stage that is an `end`, that is re-opening it.
    needs: kinds of step without which a case does not come here, since it was opened or re-opened.
    not_the_opener: who opened the case does not move it here. outcomes: one of them has to be given with the move.
    """

    id: Id
    title: Text
    by: Who = ()
    together: Who = ()
    next: tuple[Id, ...] = ()
    steps: tuple[Id, ...] = ()
    needs: tuple[Id, ...] = ()
    not_the_opener: bool = False
    end: bool = False
    outcomes: tuple[Outcome, ...] = ()
    deadline: Deadline | None = None
    cited: Cited | None = None


class NotRead(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the procedure whose words are not held: shown as missing, never made up."""

    id: str
    title: Text
    cited: Cited


class Procedure(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole procedure. begins: the stages in which a case may be opened, the first where nothing else is said."""

    id: Id
    title: Text
    cited: Cited
    begins: tuple[Id, ...]
    stages: tuple[Stage, ...]
    steps: tuple[StepKind, ...] = ()
    missing: tuple[NotRead, ...] = ()
    note: Text | None = None

    def stage(self, name: str) -> Stage | None:
        """The stage of that name, or None."""
        return next((one for one in self.stages if one.id == name), None)

    def step(self, name: str) -> StepKind | None:
        """The kind of step of that name, or None."""
        return next((one for one in self.steps if one.id == name), None)
