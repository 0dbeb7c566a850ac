"""Who may see what of a report: words that narrow it within the side, and words that open it to an audience.

The default is nobody. A field group is one of those that an entry's payload commits to. What a marking narrows stays
narrow, whatever is cleared; what was cleared is the wording that stood then, and a later one is cleared anew.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import ActId, Body, ReportRef, Revises, Short, Words
from truceline.vocabulary.marking import Audience, Role

Group = Literal["source", "when", "where", "who", "what", "rest"]
"""source: who told it, and the source's own number. when, where: time; place. who: the sides. what: kind, weapon, the
killed. rest: the source's own words, and what was flagged."""
GROUPS: tuple[Group, ...] = ("source", "when", "where", "who", "what", "rest")
OF_THE_SOURCE = frozenset({"source", "rest"})
"""Groups that may tell who the source is: never cleared without its consent."""
CELLS_M = (0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000)
"""Cells in which a position may be given, in metres; 0: as it was said. Each lies in one of the next size."""
Fields = Annotated[tuple[Group, ...], Meta(min_length=1, max_length=6)]
Reports = Annotated[tuple[ReportRef, ...], Meta(max_length=2_000)]


class Marking(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="marking"):
    """Fields of reports that from now on only some roles of the own side see: later wordings of the reports too."""

    by: Body
    at: Short
    reports: Annotated[tuple[ReportRef, ...], Meta(min_length=1, max_length=2_000)]
    fields: Fields
    roles: Annotated[tuple[Role, ...], Meta(min_length=1, max_length=7)]
    because: Words
    revises: Revises = UNSET


class Clearance(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="clearance"):
    """Fields of reports, and acts of bodies, that an audience may see, and every narrower one.

    cell_m: positions as the middle of a cell of that size, without a name; 0: as said. days: times as whole days.
    consent: of the source; withheld: neither the source nor its words are shown to that audience by any clearance.
    acts: with by, kind, matter and outcome; their reasons only with `rest`, their places and times as reports'.
    """

    by: Body
    at: Short
    to: Audience
    fields: Fields
    because: Words
    reports: Reports = ()
    acts: Annotated[tuple[ActId, ...], Meta(max_length=2_000)] = ()
    cell_m: Literal[0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000] | UnsetType = UNSET
    days: bool = True
    consent: Literal["given", "not_needed", "withheld"] = "not_needed"
    revises: Revises = UNSET
