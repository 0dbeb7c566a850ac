"""Narrowing and clearing in the room: what an audience would see of named reports, before anything is entered."""

from dataclasses import replace
from pathlib import Path

from msgspec import UNSET, Struct, UnsetType

from truceline.errors import ValueNotRead
from truceline.pipeline.gated import Gate, gate_of, gated_row, rows_of
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.report_refs import resolve
from truceline.pipeline.room.reports import ReportShown, report_shown
from truceline.pipeline.spoken_acts import entered_as, spoken_now
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.clearance import CELLS_M, GROUPS, Clearance, Group, Marking
from truceline.vocabulary.marking import INTERNAL, Audience, Reader, Role
from truceline.vocabulary.role import Person

MOST = 200
"""So many reports in one form; a file of acts has no such bound."""
CONSENTS = ("not_needed", "given", "withheld")


class Wish(Struct, frozen=True):
    """What the form holds. to: an audience, for a clearance; roles: for a marking. refs: one a line."""

    refs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    to: str = ""
    cell_m: str = ""
    days: bool = True
    consent: str = "not_needed"
    roles: tuple[str, ...] = ()
    because: str = ""


class Preview(Struct, frozen=True):
    """What the audience would see of each report, beside what this person sees. Nothing is entered yet."""

    reports: tuple[tuple[ReportShown, ReportShown], ...]


def clearance_of(wish: Wish, by: str, at: str) -> Clearance:
    """The act that a form means. Raises `ValueNotRead` for a word that is none of those to choose from."""
    cell: int | UnsetType = UNSET
    if "where" in wish.fields:
        if wish.cell_m not in {str(one) for one in CELLS_M}:
            raise ValueNotRead("A place is cleared in a cell.", f"One of: {', '.join(map(str, CELLS_M))} m.")
        cell = int(wish.cell_m)
    if wish.to not in {one.value for one in Audience} or wish.consent not in CONSENTS:
        raise ValueNotRead("No audience was chosen.", "Choose co_chairs, task_force, council or public.")
    return Clearance(
        by=by, at=at, to=Audience(wish.to), fields=_groups(wish), because=wish.because, reports=_refs(wish),
        cell_m=cell, days=wish.days, consent=wish.consent,  # type: ignore[arg-type]
    )  # fmt: skip


def marking_of(wish: Wish, by: str, at: str) -> Marking:
    """The act that a form means. Raises `ValueNotRead` where nothing, or nobody, was chosen."""
    roles = tuple(Role(one) for one in wish.roles if one in {role.value for role in Role})
    if not roles:
        raise ValueNotRead("Nobody would see the fields.", "Choose at least one role.")
    return Marking(by=by, at=at, reports=_refs(wish), fields=_groups(wish), roles=roles, because=wish.because)


def preview(path: Path, person: Person, wish: Wish, now_us: int) -> Preview:
    """What the audience would see. Raises `ValueNotRead` for a report that is none, or a wish that is none."""
    with open_mission(path) as mission:
        said = spoken_now(mission, person.body, wish.because, now_us)
        act = clearance_of(wish, said.by, said.at)
        zone = registered(mission).pack.agreement.zone
        found = resolve(mission, INTERNAL, act.reports)
        own = gate_of(mission, Reader(person.audience, role=person.role))
        theirs = _with(gate_of(mission, Reader(act.to, role=Role.READER)), act, [one.id for one in found.values()])
        rows = {row["id"]: row for row in rows_of(mission, [one.id for one in found.values()])}
        return Preview(
            tuple(
                (
                    report_shown(gated_row(own, rows[one.id]), one.key, zone, in_force=one.in_force),
                    report_shown(gated_row(theirs, rows[one.id]), one.key, zone, in_force=one.in_force),
                )
                for one in found.values() if one.id in rows
            )
        )  # fmt: skip


def enter_as(path: Path, person: Person, wish: Wish, *, now_us: int, chance: Chance) -> str:
    """Enter the marking (where roles are named) or the clearance, signed with the person's key; the id of the act."""
    with open_mission(path, write=True) as mission:
        return entered_as(
            mission, act_of(mission, person, wish, now_us), sign=person.key or None, now_us=now_us, chance=chance
        )


def act_of(mission: MissionFile, person: Person, wish: Wish, now_us: int) -> Marking | Clearance:
    """The act of this person's body, said now."""
    said = spoken_now(mission, person.body, wish.because, now_us)
    return marking_of(wish, said.by, said.at) if wish.roles else clearance_of(wish, said.by, said.at)


def _with(gate: Gate, act: Clearance, ids: list[str]) -> Gate:
    return replace(gate, clearances={**gate.clearances, **{one: (*gate.clearances.get(one, ()), act) for one in ids}})


def _refs(wish: Wish) -> tuple[str, ...]:
    if not 0 < len(wish.refs) <= MOST:
        raise ValueNotRead("No report was named.", f"One a line, at most {MOST}: SOURCE/REPORT_ID, or an id.")
    return wish.refs


def _groups(wish: Wish) -> tuple[Group, ...]:
    chosen = tuple(one for one in GROUPS if one in wish.fields)
    if not chosen:
        raise ValueNotRead("No field was chosen.", f"Of: {', '.join(GROUPS)}.")
    return chosen
