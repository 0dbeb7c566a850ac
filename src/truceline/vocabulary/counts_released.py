"""A release of counts: the blocks and the numbers that an audience was told. `truceline clear counts` makes it."""

from typing import Annotated

from msgspec import Meta, Struct

from truceline.vocabulary.act_parts import Body, Short, Words
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.pack_parts import Id

DayName = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Number = Annotated[int, Meta(ge=2, le=10**9)]
MOST_BLOCKS = 100_000


class BlockTold(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Area-days of which one number is told: these areas, the days from first to last, both included.

    number: without it, fewer than `least`. cut: the size of the record at which it was first told, where not at this.
    least: the greatest that was ever promised of it.
    """

    areas: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=2_000)]
    first: DayName
    last: DayName
    least: Number
    number: Number | None = None
    cut: Short = ""


class CountsReleased(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="counts_released"):
    """What an audience, and every narrower one, is told of how many incidents there were: those surely there.

    Days from first to last, both included. size, as_of, reading: what was asked, so that it can be worked out again.
    """

    by: Body
    at: Short
    to: Audience
    indicator: Id
    least: Number
    first: DayName
    last: DayName
    size: Annotated[int, Meta(ge=0)]
    as_of: Short
    reading: Body
    blocks: Annotated[tuple[BlockTold, ...], Meta(max_length=MOST_BLOCKS)]
    because: Words
