"""Lines and zones on a page: whose, which version, how they differ, what a newer drawing moves; and one brought."""

import tempfile
from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.pipeline.drawing import Told as Saying
from truceline.pipeline.drawing import add_claim
from truceline.pipeline.gated import gate_of
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import words_in
from truceline.pipeline.spoken_acts import spoken_now
from truceline.pipeline.territory import territory
from truceline.pipeline.territory_tests import flipped
from truceline.publication.languages import Words
from truceline.store.pen import Chance
from truceline.vocabulary.role import Person

Plain = dict[str, Any]
SUFFIXES = (".geojson", ".json", ".gpkg", ".kml", ".zip")
SAYS = ("claimed", "exchanged", "reconciled", "agreed", "demarcated")


class Drawn(Struct, frozen=True):
    """What is said of a drawing that is brought, as a form says it; "" for what was left open."""

    number: str
    claimant: str
    because: str
    says: str = "claimed"
    since: str = ""
    until: str = ""
    kind: str = ""
    precision_m: int = 0
    left: str = ""
    right: str = ""
    feature: str = ""


class TerritoryPage(Struct, frozen=True):
    """The page. told: as `territory show --json` tells it; names: of parties and bodies; flips: of one number alone."""

    told: Plain
    names: dict[str, str]
    flips: tuple[Plain, ...]


def territory_page(path: Path, asked: Asked, number: str = "", language: str = "en") -> TerritoryPage:
    """All numbers, or one with its versions and what lies on another side in newer ones.

    Incidents whose time or place is kept from the reader are not among those. Raises `ValueNotRead`, `AfterTheCut`.
    """
    same: Plain = {"now_us": asked.now_us, "as_of": asked.as_of, "known": asked.known, "view": asked.view}
    told = territory(path, asked.reader, number=number, **same)
    drawn = number and any(one["drawn"] for one in told["numbers"][0]["versions"])
    revisions = flipped(path, asked.reader, number, **same)["revisions"] if drawn else []
    with open_mission(path) as mission:
        hidden = {
            one for one, groups in gate_of(mission, asked.reader).narrowed.items() if groups & {"where", "when"}
        }  # fmt: skip
        names = _names(registered(mission).pack.agreement, words_in(language))
    return TerritoryPage(told, names, tuple(_passed(one, hidden) for one in revisions))


def bring_as(
    path: Path, person: Person, name: str, content: bytes, drawn: Drawn, *, now_us: int, chance: Chance
) -> str:
    """Enter a drawing as a claim, by the person's body; the id of the act. Raises `FileNotRead`, `ActError`."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise FileNotRead("The file is of no kind that is read here.", f"Send one of: {', '.join(SUFFIXES)}.")
    with open_mission(path) as mission:
        at = spoken_now(mission, person.body, drawn.because, now_us).at
    said = Saying(
        drawn.number, drawn.claimant, person.body, drawn.because, drawn.says, at, drawn.since, drawn.until, drawn.kind,
        drawn.precision_m, left=drawn.left, right=drawn.right,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"drawing{suffix}"
        file.write_bytes(content)
        entered, _ = add_claim(
            path, file, said, feature=drawn.feature, sign=person.key or None, now_us=now_us, chance=chance
        )
    return entered.id


def _passed(revision: Plain, hidden: set[str]) -> Plain:
    return {**revision, "flips": [one for one in revision["flips"] if one["id"] not in hidden]}


def _names(agreement: Any, words: Words) -> dict[str, str]:
    named = (*agreement.parties, *agreement.bodies)
    return {one.id: words.text(one.name) for one in named}
