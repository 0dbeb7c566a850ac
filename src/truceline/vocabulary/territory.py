"""Claims about lines and zones: each party's own drawing, dated and versioned, never one "true" line."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import Body, Revises, Short, Words
from truceline.vocabulary.conduct import Handle
from truceline.vocabulary.pack_parts import Id

AREA_KINDS = (
    "declared_control", "agreed_control", "contested", "unknown", "excluded_area", "withdrawal_ring", "no_flight",
    "demilitarised", "humanitarian_route", "checkpoint", "protected_site",
)  # fmt: skip
"""What a claimed surface is. `excluded_area`, where an excluded group is, is told by its number only."""
CLAIM_STATES = ("claimed", "exchanged", "reconciled", "agreed", "demarcated", "withdrawn")


class Claim(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="claim", rename={"from_": "from"}):
    """One version of a line or a zone, as a party or a body claims it, valid [from, to), said `at`.

    number: the line or zone it is a version of, the same for all who draw it. claimant: whose claim it is; `by` enters
    it. geometry: a GeoJSON geometry (WGS 84), bounded. precision_m: how exactly it is drawn. left, right: the parties
    on each side of a line, looking along it. kind: what the surface is (`AREA_KINDS`).
    """

    by: Body
    at: Short
    number: Handle
    claimant: Short
    says: Literal["claimed", "exchanged", "reconciled", "agreed", "demarcated", "withdrawn"]
    because: Words
    geometry: Annotated[str, Meta(max_length=2_000_000)] | UnsetType = UNSET
    kind: Id | UnsetType = UNSET
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    precision_m: Annotated[int, Meta(ge=0, le=100_000)] = 0
    scale: Short | UnsetType = UNSET
    source: Short | UnsetType = UNSET
    left: Short | UnsetType = UNSET
    right: Short | UnsetType = UNSET
    revises: Revises = UNSET
