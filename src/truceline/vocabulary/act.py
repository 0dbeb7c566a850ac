"""Acts of people and bodies: what `truceline enter` takes, one act a YAML document.

Times without an offset are local to the agreement's zone. An act is entered word for word and
signed; undoing one is another act (`withdrawal`), and saying it better is another that `revises` it: it takes
the place of the body's own earlier acts, which stay in the record. `by` is a body of the pack.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep, Handle, MeasureTaken, Meeting
from truceline.vocabulary.clearance import Clearance, Marking
from truceline.vocabulary.conduct import AccessStep, FlightSeen, Notice, Performance, PlaceHeld, Referral
from truceline.vocabulary.counts_released import CountsReleased
from truceline.vocabulary.designation import Association, ExclusionHeld, ListVersion, Membership, NameDecided
from truceline.vocabulary.exhibit import Custody, ExhibitEntered
from truceline.vocabulary.finding import Attribution, Candidates, Dissents, Elements
from truceline.vocabulary.grading import Credibility, OriginHeld, Reliability
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.retraction import Published, RecallHeld
from truceline.vocabulary.territory import Claim


class Finding(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="finding"):
    """What a named body holds to have happened. Rival findings stand side by side.

    case, rests_on: the case it is of, the reports it rests on. scale: whose words of confidence the candidates bear.
    kind, weapon, against, place: in the codes that clauses are held against; without them `rests_on` says them.
    answers: the report of what it was a response to.
    """

    by: Body
    at: Short
    about: Short
    held: Literal["happened", "did_not_happen", "undetermined"]
    what: Words
    because: Words
    when: Short | None = None
    where: Short | None = None
    standard: Short | None = None
    attributed_to: Short | None = None
    attribution: Attribution | None = None
    clock: Body | None = None
    case: Handle | UnsetType = UNSET
    rests_on: Annotated[tuple[ReportRef, ...], Meta(max_length=2_000)] | UnsetType = UNSET
    elements: Elements | UnsetType = UNSET
    candidates: Candidates | UnsetType = UNSET
    scale: Short | UnsetType = UNSET
    dissents: Dissents | UnsetType = UNSET
    kind: Id | UnsetType = UNSET
    weapon: Id | UnsetType = UNSET
    against: Annotated[tuple[Short, ...], Meta(max_length=40)] | UnsetType = UNSET
    place: PlaceHeld | UnsetType = UNSET
    answers: ReportRef | UnsetType = UNSET
    revises: Revises = UNSET


class Determination(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="determination", rename={"from_": "from"}
):
    """A body's category for a matter: not an incident, ..., serious violation, pending. Of `when`, if not of `at`.

    obligation, party, from_, to, outcome: the assessment it adopts as its own, or rejects for an outcome of its own.
    """

    by: Body
    at: Short
    about: Short
    category: Body
    because: Words
    when: Short | None = None
    clock: Body | None = None
    obligation: Id | UnsetType = UNSET
    party: Short | UnsetType = UNSET
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    outcome: Outcome | UnsetType = UNSET
    revises: Revises = UNSET


class Declaration(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="declaration"):
    """What a body declares of a clock: its condition met or not met, its period extended or ended, a condition met."""

    by: Body
    at: Short
    clock: Body
    says: Literal["met", "not_met", "extended", "ended", "condition_met"]
    because: Words
    until: Short | None = None
    condition: Body | None = None
    revises: Revises = UNSET


class Acceptance(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="acceptance"):
    """What a party told a co-chair, for the register that `by` keeps. Its places are never printed.

    to: the co-chair it was given to, if not `by`. when: since when it holds; without it `at`.
    """

    by: Body
    at: Short
    party: Short
    says: Literal["accepted", "declined", "withdrawn"]
    because: Words
    to: Body | None = None
    when: Short | None = None
    channel: Short | None = None
    form: Short | None = None
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)] | None = None
    places: Annotated[tuple[Short, ...], Meta(max_length=2_000)] = ()
    revises: Revises = UNSET


class Attestation(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="attestation"):
    """A co-chair's word on an entry of a register: named by the id `of`, or by party and register where unread.

    `not_attested`: the word is not given, or no longer.
    """

    by: Body
    at: Short
    says: Literal["attested", "not_attested", "objected"]
    because: Words
    of: ActId | None = None
    party: Short | None = None
    register: Body | None = None
    revises: Revises = UNSET


class Coverage(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="coverage", rename={"from_": "from"}
):
    """One row of coverage or restriction, entered by hand: who watched which area, [from, to)."""

    by: Body
    at: Short
    source: Short
    area: Short
    from_: Short
    to: Short
    status: Literal["reported", "silent", "stopped"]
    origin: str = ""
    stopped_by: str = ""
    because: Words = ""
    revises: Revises = UNSET


class ReadingChosen(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="reading"):
    """The reading of the pack that the mission uses from now on."""

    by: Body
    at: Short
    reading: Body
    because: Words


class ComparisonChosen(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="comparison"):
    """Two periods that shall be compared, entered before the window begins. Each FIRST/LAST, both days included.

    reference: a second period to compare with. indicators: without them every one. eve: days before the
    window that are no baseline; reduction: percent, see `truceline compare`.
    """

    by: Body
    at: Short
    comparison: Body
    window: Short
    baseline: Short
    because: Words
    reference: Short | None = None
    indicators: tuple[Body, ...] = ()
    eve: Annotated[int, Meta(ge=0, le=365)] | None = None
    reduction: Annotated[int, Meta(ge=0, le=99)] | None = None


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="withdrawal"):
    """A body takes back its own earlier act, named by its id (at least twelve characters of it)."""

    by: Body
    at: Short
    of: ActId
    because: Words


class Reinstatement(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="reinstatement"):
    """A body counts a report again that its source recalled, named SOURCE/REPORT_ID. The recall stays on record."""

    by: Body
    at: Short
    of: Annotated[str, Meta(pattern="^.+/.+$", max_length=400)]
    because: Words


Act = (
    Finding | Determination | Declaration | Acceptance | Attestation | Coverage | ReadingChosen | ComparisonChosen
    | Withdrawal | Reinstatement | Judgement | Reliability | Credibility | OriginHeld | CaseOpened | CaseMoved
    | CaseStep | MeasureTaken | Meeting | ExhibitEntered | Custody | RecallHeld | Published
    | FlightSeen | AccessStep | Notice | Performance | Referral | Claim
    | NameDecided | ExclusionHeld | Association | Membership | ListVersion | Marking | Clearance
    | CountsReleased
)  # fmt: skip


def kind_of(act: Act) -> str:
    """What an act calls itself: finding, acceptance, ..."""
    return str(type(act).__struct_config__.tag)


def revised_by(act: Act) -> tuple[str, ...]:
    """The ids of the acts whose place this act takes, as it gives them; () for most."""
    named = getattr(act, "revises", UNSET)
    return named if isinstance(named, tuple) else ()


def schema() -> dict[str, object]:
    """The JSON Schema of an act, for editors."""
    made: dict[str, object] = msgspec.json.schema(Act)
    return made


class ActHeld(Struct, frozen=True):
    """An act held: its entry, and the instants it was said and is about (UTC microseconds).

    replaced_by: the entry that revises it or takes it back; None while it is in force. log: the origin of its log,
    where several are read as one.
    """

    id: str
    seq: int
    act: Act
    at: int
    when: int
    replaced_by: int | None = None
    log: str = ""
