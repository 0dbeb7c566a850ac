"""Who is on which list under which name, who is excluded, who belongs to whom: decided by people, dated, undoable."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import Body, Revises, Short, Words
from truceline.vocabulary.pack_parts import Id

_DATED = {"from_": "from"}
LISTS = ("un_sc",)
"""Lists that are read: the consolidated list of the United Nations Security Council."""
EntryRef = Annotated[str, Meta(pattern="^[A-Za-z0-9._-]{1,40}$")]
"""The reference of an entry of a list, as published: `QDe.137`."""


class ListVersion(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="list"):
    """One version of a list, as published: when it was made, the SHA-256 of its file, and which entries are on it.

    entries: reference -> the day it was listed, as said there. No names: the file holds them, and stays outside.
    """

    by: Body
    at: Short
    list: Id
    version: Short
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    entries: Annotated[dict[EntryRef, Annotated[str, Meta(max_length=40)]], Meta(max_length=50_000)]
    because: Words = ""
    revises: Revises = UNSET


class NameDecided(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="name", rename=_DATED):
    """A body decides whether a name means an entry of a list (`QDe.137`), for [from, to), by a version of the list.

    A program proposes such matches and decides none. `unsure` keeps the question open and says so.
    """

    by: Body
    at: Short
    name: Short
    list: Id
    version: Short
    entry: EntryRef
    says: Literal["same", "different", "unsure"]
    because: Words
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    revises: Revises = UNSET


class ExclusionHeld(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="exclusion", rename=_DATED):
    """A body holds that an instrument excludes an actor, or does not, or that it is disputed, for [from, to).

    Who decides an exclusion for persistent non-compliance decides for the future: `from` is then not before `at`.
    """

    by: Body
    at: Short
    actor: Short
    instrument: Id
    says: Literal["excluded", "not_excluded", "disputed"]
    because: Words
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    persistent: bool = False
    revises: Revises = UNSET


class Association(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="association", rename=_DATED):
    """Whose force a force is, for [from, to), by whose claim. Being near is no association."""

    by: Body
    at: Short
    force: Short
    of: Short
    says: Literal["associated", "not_associated", "disputed"]
    because: Words
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    revises: Revises = UNSET


class Membership(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="membership", rename=_DATED):
    """A state or organisation belongs to a body (a support group, a committee), for [from, to)."""

    by: Body
    at: Short
    body: Body
    member: Short
    says: Literal["member", "not_member", "disputed"]
    because: Words
    from_: Short | UnsetType = UNSET
    to: Short | UnsetType = UNSET
    revises: Revises = UNSET
