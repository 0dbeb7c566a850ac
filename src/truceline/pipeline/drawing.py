"""`territory add`: a line or a zone from a file, entered as a claim of a party or a body."""

from pathlib import Path

from msgspec import UNSET, Struct

from truceline.compliance.territory.shapes import written
from truceline.pipeline.drawn_files import read_drawn
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import open_mission, registered
from truceline.store.pen import Chance
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.when import iso


class Told(Struct, frozen=True):
    """What is said of a drawing besides the drawing. "" and 0: nothing is said."""

    number: str
    claimant: str
    by: str
    because: str
    says: str = "claimed"
    at: str = ""
    from_: str = ""
    to: str = ""
    kind: str = ""
    precision_m: int = 0
    scale: str = ""
    source: str = ""
    left: str = ""
    right: str = ""
    revises: tuple[str, ...] = ()


def add_claim(
    path: Path, file: Path, told: Told, *, feature: str = "", sign: str | None, now_us: int, chance: Chance
) -> tuple[Entered, Claim]:
    """Enter what a file draws as a claim. Raises `FileNotRead` for the file, `ActError` for what is said of it."""
    shape, read_from = read_drawn(file, feature)
    with open_mission(path, write=True) as mission:
        zone = registered(mission).pack.agreement.zone
        act = Claim(
            told.by, told.at or iso(now_us, zone), told.number, told.claimant, told.says, told.because,  # type: ignore[arg-type]
            geometry=written(shape), kind=told.kind or UNSET, from_=told.from_ or UNSET, to=told.to or UNSET,
            precision_m=told.precision_m, scale=told.scale or UNSET, source=(told.source or read_from)[:200],
            left=told.left or UNSET, right=told.right or UNSET, revises=told.revises or UNSET,
        )  # fmt: skip
        return enter_act(mission, act, sign=sign, now_us=now_us, chance=chance), act
