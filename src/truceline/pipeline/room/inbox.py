"""The inbox: what waits for somebody. Pairs to judge, cases overdue, refused rows, rival words of two devices."""

from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.pipeline.cases_told import cases_told
from truceline.pipeline.listings import RefusalListed, refusals_listed
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.pairs_listed import Wanted, pairs
from truceline.pipeline.questions import Asked
from truceline.pipeline.rivalry import Rivals, rivals_listed
from truceline.pipeline.room.reports import ReportShown, reports_shown

Plain = dict[str, Any]
AT_ONCE = 20


class PairShown(Struct, frozen=True):
    """Two reports that may tell of one incident, what speaks for and against it, and what each body said."""

    first: ReportShown
    second: ReportShown
    weight: str
    reasons: tuple[Plain, ...]
    judged: tuple[Plain, ...]
    open: bool
    contradiction: bool


class Inbox(Struct, frozen=True):
    """Everything that waits. number: pairs in all, of which `pairs` are the heaviest; model: "" before any match."""

    exercise: bool
    cut: Plain
    model: str
    number: int
    pairs: tuple[PairShown, ...]
    overdue: tuple[Plain, ...]
    refusals: tuple[RefusalListed, ...]
    rivals: tuple[Rivals, ...]


def inbox(path: Path, asked: Asked, top: int = AT_ONCE) -> Inbox:
    """What waits, as asked. Raises `ValueNotRead` for what is no cut."""
    told = pairs(path, Wanted("open", None, top), asked.reader, known=asked.known)
    return Inbox(
        exercise=told["exercise"], cut=told["cut"], model=told["model"], number=told["number"],
        pairs=_with_words(path, asked, told["pairs"]),
        overdue=tuple(cases_told(path, asked, overdue=True)["cases"]),
        refusals=tuple(refusals_listed(path, asked.reader)), rivals=tuple(rivals_listed(path, asked.known)),
    )  # fmt: skip


def pairs_shown(path: Path, wanted: Wanted, asked: Asked) -> tuple[PairShown, ...]:
    """Pairs of the kind wanted, with both reports in their own words; those of which one is not held are left out."""
    return _with_words(path, asked, pairs(path, wanted, asked.reader, known=asked.known)["pairs"])


def _with_words(path: Path, asked: Asked, told: list[Plain]) -> tuple[PairShown, ...]:
    with open_mission(path) as mission:
        size = mission.resolve_cut(asked.known) if asked.known else mission.size
        zone = registered(mission, size).pack.agreement.zone
        ids = [one["id"] for pair in told for one in pair["reports"]]
        held = reports_shown(mission, asked.reader, ids, zone=zone, size=size)
    return tuple(_pair(pair, held) for pair in told if all(one["id"] in held for one in pair["reports"]))


def _pair(pair: Plain, held: dict[str, ReportShown]) -> PairShown:
    first, second = (held[one["id"]] for one in pair["reports"])
    # Reasons repeat what both reports say: where a field is withheld, its reason would tell it.
    reasons = () if first.withheld or second.withheld else tuple(pair["reasons"])
    return PairShown(
        first, second, pair["weight"], reasons, tuple(pair["judged"]), pair["open"], pair["contradiction"]
    )  # fmt: skip
