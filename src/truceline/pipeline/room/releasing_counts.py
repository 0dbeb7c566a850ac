"""Releasing counts in the room: what would be told, looked at first; then entered in the name of a body."""

from pathlib import Path

from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.released_counts import CountsTold, Wish, release_counts
from truceline.pipeline.room.released import CountsShown, counts_shown
from truceline.pipeline.spoken_acts import AboutAct, spoken_now
from truceline.store.pen import Chance
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.role import Person


class CountsWish(Struct, frozen=True):
    """What the form holds, as it was written."""

    to: str = ""
    indicator: str = ""
    least: str = ""
    first: str = ""
    last: str = ""
    because: str = ""


def indicators(path: Path, language: str = "en") -> tuple[tuple[str, str], ...]:
    """Ids and titles of what can be counted."""
    with open_mission(path) as mission:
        known = registered(mission).pack.agreement.indicators
    return tuple((one.id, one.title.get(language, one.title["en"])) for one in known)


def look_at(path: Path, person: Person, wish: CountsWish, now_us: int) -> CountsShown:
    """What would be told. Nothing is entered."""
    told = _released(path, person, wish, now_us, lambda n: bytes(n), preview=True)
    return counts_shown(told.id, told.act, wish.indicator)


def release_as(path: Path, person: Person, wish: CountsWish, *, now_us: int, chance: Chance) -> str:
    """Enter the release, signed with the person's key; the id of the act."""
    return _released(path, person, wish, now_us, chance).id


def _released(
    path: Path, person: Person, wish: CountsWish, now_us: int, chance: Chance, *, preview: bool = False
) -> CountsTold:
    said = _said(path, person, wish, now_us)
    return release_counts(
        path, _wish(wish), by=said.by, at=said.at, because=said.because, now_us=now_us, chance=chance,
        sign=person.key or None, preview=preview,
    )  # fmt: skip


def _said(path: Path, person: Person, wish: CountsWish, now_us: int) -> AboutAct:
    with open_mission(path) as mission:
        return spoken_now(mission, person.body, wish.because, now_us)


def _wish(wish: CountsWish) -> Wish:
    if wish.to not in {one.value for one in Audience}:
        raise ValueNotRead("No audience was chosen.", "Choose co_chairs, task_force, council or public.")
    if not (wish.least.isascii() and wish.least.isdigit()):
        raise ValueNotRead("The smallest number told is no number.", "Give 5, or more.")
    return Wish(Audience(wish.to), wish.indicator, int(wish.least), wish.first, wish.last)
