"""What a pack is made of: ids, words by language, and where something is taken from."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]*$", max_length=40)]
Text = dict[str, str]
"""Words by language, {"en": ..., "ar": ...}; English is always there."""

Tag = Literal["stated", "cited", "recalled", "inferred", "invented"]
"""How we know: stated in a report we hold, cited from a named source, recalled and not re-read, inferred, invented."""


class Cited(Struct, frozen=True, forbid_unknown_fields=True):
    """Where something is taken from, and how well we know it."""

    source: str
    tag: Tag
    note: str = ""
