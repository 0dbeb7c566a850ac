"""The gate: what one reader may see of one report, field group by field group. The default is nothing.

Pure: who asks, what markings narrow and what clearances open come in; the answer says why. Every page, file, count and
error that shows a report asks here, through `pipeline.gated`.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from truceline.vocabulary.clearance import OF_THE_SOURCE, Clearance, Group, Marking
from truceline.vocabulary.marking import Audience, Reader, Role

LADDER = tuple(Audience)
"""Narrowest first: what is cleared to one is cleared to all before it but `internal`, which needs no clearance."""
_INSIDE = frozenset({Role.ANALYST, Role.DUTY_OFFICER, Role.HEAD_OF_CELL, Role.CO_CHAIR})


class Why(StrEnum):
    """Why a field group is shown, or is not."""

    OWN_SIDE = "own_side"
    OWN_REPORT = "own_report"
    CLEARED = "cleared"
    MARKED = "marked"
    NOT_OF_ROLE = "not_of_role"
    NOT_CLEARED = "not_cleared"
    NO_CONSENT = "no_consent"


class Seen(Struct, frozen=True):
    """Whether a field group is shown, and how: positions in cells of `cell_m` metres (0: as said), whole days only."""

    shown: bool
    why: Why
    cell_m: int = 0
    days: bool = False


def seen(
    reader: Reader, group: Group, markings: Iterable[Marking], clearances: Iterable[Clearance], *, own: bool = False
) -> Seen:
    """What a reader sees of a group of a report. own: a reporter's own report, and nobody else's.

    markings, clearances: those in force that name the report. A marking goes before every clearance.
    """
    if any(group in one.fields and reader.role not in (None, *one.roles) for one in markings):
        return Seen(False, Why.MARKED)
    if reader.role is Role.REPORTER:
        return Seen(own, Why.OWN_REPORT if own else Why.NOT_OF_ROLE)
    if reader.role is Role.AUDITOR:
        return Seen(False, Why.NOT_OF_ROLE)
    if reader.audience is Audience.INTERNAL:
        inside = reader.role is None or reader.role in _INSIDE
        return Seen(inside, Why.OWN_SIDE if inside else Why.NOT_OF_ROLE)
    return _released(reader.audience, group, [one for one in clearances if reaches(one.to, reader.audience)])


def reaches(to: Audience, audience: Audience) -> bool:
    """What is cleared to `to` is cleared to `audience`."""
    return audience is not Audience.INTERNAL and LADDER.index(audience) <= LADDER.index(to)


def consented(group: Group, one: Clearance) -> bool:
    """A clearance may open this group: what tells who the source is needs the source's consent."""
    return group not in OF_THE_SOURCE or one.consent == "given"


def _released(audience: Audience, group: Group, clearances: list[Clearance]) -> Seen:
    """The finest of what was cleared. Cells and days are nested, so finest and coarser together give no more."""
    refused = any(one.consent == "withheld" for one in clearances)
    if refused and group in OF_THE_SOURCE:
        return Seen(False, Why.NO_CONSENT)
    named = [one for one in clearances if group in one.fields]
    opens = [one for one in named if consented(group, one)]
    if not opens:
        return Seen(False, Why.NO_CONSENT if named else Why.NOT_CLEARED)
    cells = [one.cell_m for one in opens if isinstance(one.cell_m, int)]
    if group == "where" and not cells:
        return Seen(False, Why.NOT_CLEARED)
    return Seen(True, Why.CLEARED, min(cells, default=0), all(one.days for one in opens))
