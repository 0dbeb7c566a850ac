"""Cases: what a mechanism's own procedure makes of a matter, stage by stage; measures, requests and meetings."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words

Handle = Annotated[str, Meta(pattern="^[a-z0-9]{2,12}-[0-9]{1,7}$", max_length=20)]
"""What people call a case: a part that names the log it was opened in, and a number. It stays for ever."""


class CaseOpened(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="case"):
    """A body opens a case on one or more reports; the first founds it, and keeps it where an incident is split.

    procedure: one of the pack. stage: where it begins, without it the procedure's first.
    """

    by: Body
    at: Short
    handle: Handle
    title: Short
    reports: Annotated[tuple[ReportRef, ...], Meta(min_length=1, max_length=2_000)]
    procedure: Body
    because: Words
    stage: Body | None = None
    terms: Annotated[tuple[Short, ...], Meta(max_length=100)] = ()
    party: Short | None = None
    revises: Revises = UNSET


class CaseMoved(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="move"):
    """A body moves a case to a stage of its procedure, or agrees to a move that needs another's word too.

    after: the act that put the case where it stands: its opening, or a move. Moves after the same act are about the
    same question, whatever the clocks of their authors said.
    """

    by: Body
    at: Short
    case: Handle
    after: ActId
    to: Body
    because: Words
    outcome: Body | None = None
    due: Short | None = None
    revises: Revises = UNSET


class CaseStep(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="step"):
    """Something done within a stage: a query to the suspected party, its reply, a site visit made, refused or unsafe.

    after: the act that put the case into the stage in which this was done. of: the step that this one answers.
    due: until when an answer is asked for.
    """

    by: Body
    at: Short
    case: Handle
    after: ActId
    step: Body
    because: Words
    outcome: Body | None = None
    to: Short | None = None
    when: Short | None = None
    due: Short | None = None
    of: ActId | None = None
    revises: Revises = UNSET


class MeasureTaken(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="measure"):
    """Something done in answer, or asked of the co-chair with influence: asked, passed on, answered, its effect.

    of: the request that was passed on, answered or had an effect. due: until when an answer is asked for.
    """

    by: Body
    at: Short
    says: Literal["taken", "asked", "passed_on", "answered", "effect"]
    what: Words
    because: Words
    case: Handle | None = None
    to: Short | None = None
    of: ActId | None = None
    due: Short | None = None
    revises: Revises = UNSET


class Meeting(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="meeting"):
    """A meeting: who met, its agenda (cases by their handles, or words), what was referred, and to whom."""

    by: Body
    at: Short
    title: Short
    present: Annotated[tuple[Short, ...], Meta(max_length=200)] = ()
    agenda: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()
    referred: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()
    to: Short | None = None
    because: Words = ""
    revises: Revises = UNSET
