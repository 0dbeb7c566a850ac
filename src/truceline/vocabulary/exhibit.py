"""Exhibits: files that support or contradict a report, and everyone who held them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words

Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class ExhibitEntered(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="exhibit"):
    """A file that supports or contradicts a report or a case, named by its SHA-256; the original is never altered.

    salted: `sha256` is over a salt and the file, so that nobody who lacks the salt can try files against it; the salt
    stays sealed where the rest is released. timestamp: an RFC 3161 reply over the file itself, in Base64.
    """

    by: Body
    at: Short
    sha256: Digest
    title: Short
    because: Words
    case: Short | None = None
    report: ReportRef | None = None
    shows: Literal["for", "against", "neither"] = "neither"
    size: Annotated[int, Meta(ge=0, le=1 << 50)] | None = None
    media_type: Short | None = None
    made_by: Short | None = None
    made_at: Short | None = None
    url: Annotated[str, Meta(max_length=2_000)] | None = None
    original_of: ActId | None = None
    salt: Digest | None = None
    salted: Literal[True] | UnsetType = UNSET
    timestamp: Annotated[str, Meta(max_length=40_000)] | None = None
    revises: Revises = UNSET


class Custody(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="custody"):
    """Who held an exhibit since when, and what they did to it."""

    by: Body
    at: Short
    of: ActId
    holder: Short
    did: Literal["received", "stored", "copied", "examined", "handed_over", "returned", "lost", "destroyed"]
    because: Words
    sha256: Digest | None = None
    to: Short | None = None
    revises: Revises = UNSET
