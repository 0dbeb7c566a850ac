"""What was seen of conduct besides attacks: flights, access step by step, notices given, duties performed."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words
from truceline.vocabulary.pack_parts import Id

Handle = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
"""What people call a request, a flight, a line: a short name of their own."""


class PlaceHeld(Struct, frozen=True, forbid_unknown_fields=True):
    """A place in an act: a position in any form (`36.2, 37.1`) with a radius in metres, or an area, or both."""

    position: Short | UnsetType = UNSET
    radius_m: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    area: Short | UnsetType = UNSET


class FlightSeen(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="flight"):
    """An aircraft that somebody saw, heard or tracked. Without `owner` it is nobody's: it is never guessed.

    when: from when to when it was there. delay_hours: so long after it was seen it may be shown at all.
    """

    by: Body
    at: Short
    number: Handle
    source: Short
    aircraft: Literal["fixed_wing", "helicopter", "uav", "unknown"]
    means: Literal["seen", "heard", "camera", "acoustic", "radar", "transponder", "satellite", "document"]
    when: Short
    place: PlaceHeld
    because: Words = ""
    owner: Short | UnsetType = UNSET
    mission: Literal["combat", "transport", "medical", "reconnaissance", "unknown"] = "unknown"
    delay_hours: Annotated[int, Meta(ge=0, le=8_784)] | UnsetType = UNSET
    revises: Revises = UNSET


class AccessStep(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="access"):
    """One step of a request for access (a convoy, a patrol, an evacuation): asked, approved, stopped, delivered, ...

    number: the request. party: who had to let it pass, or did what is said. people: asked for, approved or reached.
    """

    by: Body
    at: Short
    number: Handle
    says: Literal[
        "asked", "acknowledged", "approved", "refused", "letter", "notified", "departed", "stopped", "delayed",
        "load_removed", "attacked", "delivered", "aborted",
    ]  # fmt: skip
    because: Words
    party: Short | UnsetType = UNSET
    when: Short | None = None
    due: Short | UnsetType = UNSET
    area: Short | UnsetType = UNSET
    people: Annotated[int, Meta(ge=0, le=100_000_000)] | UnsetType = UNSET
    category: Id | UnsetType = UNSET
    revises: Revises = UNSET


class Notice(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="notice"):
    """Notice that a party gave beforehand of something it would do: what (a kind of incident), where, [from, to).

    at: when it was given. to_body: to whom. says `acknowledged`: that body has it, which permits nothing by itself.
    """

    by: Body
    at: Short
    number: Handle
    says: Literal["given", "acknowledged", "withdrawn"]
    party: Short
    because: Words = ""
    what: Id | UnsetType = UNSET
    start: Short | UnsetType = UNSET
    end: Short | UnsetType = UNSET
    to_body: Body | UnsetType = UNSET
    place: PlaceHeld | UnsetType = UNSET
    revises: Revises = UNSET


class Performance(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="performance"):
    """What a body holds that a party (or a body, or a state) did of an obligation or a step.

    about: the obligation or the step. when: when it was done; without it `at`. amount: how many (people released,
    weapons moved, ...). level: of implementation, 0 none, 1 minimal, 2 intermediate, 3 full
    (Kroc Institute, Peace Accords Matrix).
    """

    by: Body
    at: Short
    about: Id
    party: Short
    says: Literal["done", "partly", "not_done", "begun", "suspended", "resumed", "discharged"]
    because: Words
    when: Short | None = None
    amount: Annotated[int, Meta(ge=0, le=1_000_000_000)] | UnsetType = UNSET
    level: Annotated[int, Meta(ge=0, le=3)] | UnsetType = UNSET
    rests_on: Annotated[tuple[ReportRef, ...], Meta(max_length=2_000)] | UnsetType = UNSET
    of: ActId | UnsetType = UNSET
    revises: Revises = UNSET


class Referral(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="referral"):
    """A matter passed to a body with more authority, outside the system or in it, with what it rests on."""

    by: Body
    at: Short
    party: Short
    to: Short
    because: Words
    obligation: Id | UnsetType = UNSET
    rests_on: Annotated[tuple[ActId, ...], Meta(max_length=2_000)] = ()
    revises: Revises = UNSET
