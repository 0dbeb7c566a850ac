"""Lists of what is held: refusals, acts and recalls, for a reader."""

from pathlib import Path

from msgspec import Struct

from truceline.compliance.flights import waiting_flights
from truceline.pipeline.by_name_only import NOT_YET, about_listed
from truceline.pipeline.keys_listed import Marks
from truceline.pipeline.missions import acts, open_mission, registered
from truceline.vocabulary.act import kind_of
from truceline.vocabulary.marking import INTERNAL, Reader
from truceline.vocabulary.when import iso


class RefusalListed(Struct, frozen=True):
    """One fault of a refused row."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    mend: str


class ActListed(Struct, frozen=True):
    """One act in force. It is `signed` with the "log"'s own key or with that of a person or an instrument.

    It is in doubt where that key was in other hands when it signed, as an entry says that revokes it.
    """

    id: str
    at: str
    by: str
    act: str
    about: str
    signed: str
    in_doubt: bool


class RecallListed(Struct, frozen=True):
    """One recall in force: of which row (SOURCE/REPORT_ID), when its source took it back ("" if it does not say)."""

    of: str
    at: str
    id: str


def recalls_listed(path: Path, reader: Reader = INTERNAL) -> list[RecallListed]:
    """Every recall in force, in order of entry."""
    names = ("source", "source_row", "at_us", "id")
    with open_mission(path) as mission:
        zone = registered(mission).pack.agreement.zone
        found = mission.columns("recall", names, reader)
    return [
        RecallListed(f"{source}/{own}", "" if at is None else iso(at, zone), entry_id)
        for source, own, at, entry_id in zip(*(found[name] for name in names), strict=True)
    ]


def refusals_listed(path: Path, reader: Reader = INTERNAL) -> list[RefusalListed]:
    """Every fault of every refused row, in order of entry."""
    with open_mission(path) as mission:
        rows = mission.rows("refusal", reader)
    return [
        RefusalListed(file, sheet, row, column, value, reason, mend)
        for _, _, _, file, sheet, row, column, value, reason, mend, _ in rows
    ]


def acts_listed(path: Path, reader: Reader = INTERNAL, *, now_us: int) -> list[ActListed]:
    """Every act in force, in order of entry. Whom nobody lists is left out (`by_name_only`).

    A flight whose declared delay is not over is not there, and what others say of it does not name it.
    """
    with open_mission(path) as mission:
        agreement = registered(mission).pack.agreement
        zone, held = agreement.zone, acts(mission, reader)
        waiting = waiting_flights(agreement, held, now_us)
        hidden = set(waiting.values())
        about = {row[0]: NOT_YET if row[4] in hidden else row[4] for row in mission.rows("act", reader)}
        marks = Marks(mission)
        return [
            ActListed(
                one.id, iso(one.at, zone), one.act.by, kind_of(one.act), about_listed(one.act, about[one.seq]),
                *marks.of(one.seq),
            )
            for one in held if one.id not in waiting
        ]  # fmt: skip
