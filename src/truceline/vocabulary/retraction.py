"""Taking back what was reported, and saying what was published: so that a correction finds every copy."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words

Number = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=80)]
"""The number of a publication: letters, figures, and . _ / - between them."""


class RecallHeld(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="recall"):
    """A body takes a report out of what counts, because its author withdrew it or it was wrong. It stays on record.

    It is undone by a withdrawal, or by another body's reinstatement; a better reason is said in a recall of its own.
    """

    by: Body
    at: Short
    of: ReportRef
    because: Words
    asked_by: Literal["author", "source", "mission"] = "mission"


class AskedThen(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page that went out was asked: with the cut, it can be asked again. as_of: UTC."""

    as_of: Short
    reading: Short
    language: Literal["en", "ar"] = "en"
    short: bool = False
    view: Literal["own", "shared"] = "own"
    software: Annotated[str, Meta(max_length=400)] = ""


class Published(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="publication"):
    """Something went out: which bytes (SHA-256), at which cut (`known`), to whom.

    number: stays the same through all its corrections. corrects: what first went out under that number.
    """

    by: Body
    at: Short
    number: Number
    what: Literal["bulletin", "correction"]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    known: Short
    because: Words = ""
    to: Annotated[tuple[Short, ...], Meta(max_length=500)] = ()
    corrects: ActId | None = None
    asked: AskedThen | UnsetType = UNSET
    revises: Revises = UNSET
