"""A finding as a row that clauses are held against: what it says itself, and else what the reports it rests on say."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import UNSET

from truceline.verification.standards import held_responsible
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.columns import MAYBE, NO, SURELY, ReportColumns
from truceline.vocabulary.position import read_position
from truceline.vocabulary.report import list_text
from truceline.vocabulary.when import Interval

_HELD = {"happened": SURELY, "undetermined": MAYBE, "did_not_happen": NO}
ANY_TIME = -(1 << 62)


class Told(msgspec.Struct, frozen=True):
    """What the reports of a finding say, for whatever the finding leaves out."""

    start: int
    end: int
    point: tuple[int, int, int] | None
    place: str
    area: str
    kind: str
    weapon: str
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]


def told_of(incidents: ReportColumns, weapons: Sequence[str], at: Sequence[int]) -> Told | None:
    """What these incidents say: when, all of them; else the first. None of none."""
    if not at:
        return None
    one = at[0]
    point = (int(incidents.lat_e7[one]), int(incidents.lon_e7[one]), int(incidents.radius_m[one]))
    sides = (tuple(msgspec.json.decode(text or "[]")) for text in (incidents.side_a[one], incidents.side_b[one]))
    return Told(
        int(incidents.start[list(at)].min()), int(incidents.end[list(at)].max()),
        point if incidents.has_point[one] else None, incidents.place[one], incidents.area[one], incidents.kind[one],
        weapons[one], *sides,
    )  # fmt: skip


def finding_row(held: ActHeld, about: Told | None, zone: str, bodies: Mapping[str, int]) -> tuple[object, ...]:
    """A finding as a row of `MatterColumns`. What it leaves out is what its reports say."""
    act = held.act
    assert isinstance(act, Finding)
    start, end = _when(act, held, about, zone)
    point, area, place = _where(act, about)
    who = held_responsible(act)
    by, sure = ((who,), SURELY) if who else (_candidates(act, about), MAYBE)
    elements = {} if act.elements is UNSET else {one.element: one.held for one in act.elements}
    return (
        held.id, bodies[act.by], 0, _HELD[act.held], start, end, point is not None, *(point or (0, 0, 0)), place, area,
        act.kind if act.kind is not UNSET else about.kind if about else "",
        act.weapon if act.weapon is not UNSET else about.weapon if about else "",
        list_text(by), sure, list_text(_against(act, about)),
        msgspec.json.encode(elements, order="sorted").decode() if elements else "",
    )  # fmt: skip


def _when(act: Finding, held: ActHeld, about: Told | None, zone: str) -> tuple[int, int]:
    """As the finding says; else as its reports do; else any time before it was found."""
    if act.when is not None:
        said = Interval.from_text(act.when, zone)
        return said.start, said.end
    return (about.start, about.end) if about else (ANY_TIME, held.at)


def _where(act: Finding, about: Told | None) -> tuple[tuple[int, int, int] | None, str, str]:
    if act.place is UNSET:
        return (about.point, about.area, about.place) if about else (None, "", act.where or "")
    area = act.place.area if act.place.area is not UNSET else ""
    if act.place.position is UNSET:
        return None, area, act.where or ""
    read = read_position(act.place.position)
    return (read.lat_e7, read.lon_e7, max(read.radius_m, act.place.radius_m)), area, act.where or ""


def _candidates(act: Finding, about: Told | None) -> tuple[str, ...]:
    """Whom a finding that holds nobody responsible names at all: its candidates, else the sides its reports name."""
    named = () if act.candidates is UNSET else tuple(one.who for one in act.candidates)
    if act.attributed_to:
        named = (*named, act.attributed_to)
    return tuple(dict.fromkeys(named or ((*about.side_a, *about.side_b) if about else ())))


def _against(act: Finding, about: Told | None) -> tuple[str, ...]:
    """Who was hit, as the finding says, else the side its reports set against the one held responsible."""
    if act.against is not UNSET:
        return act.against
    if about is None:
        return ()
    who = (held_responsible(act) or "").casefold()
    if who in {name.casefold() for name in about.side_a}:
        return about.side_b
    if who in {name.casefold() for name in about.side_b}:
        return about.side_a
    return (*about.side_a, *about.side_b)
