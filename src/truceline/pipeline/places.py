"""How a pasted position or a place name is read in a mission: in every form, or as candidates. Nothing is entered."""

from pathlib import Path

from msgspec import Struct

from truceline.errors import FileNotRead, ValueNotRead
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.reading_rows import box_of
from truceline.vocabulary.gazetteer import Gazetteer
from truceline.vocabulary.geonames import MOST_BYTES, read_geonames
from truceline.vocabulary.position import Position, Written, read_position, written


class PositionShown(Struct, frozen=True):
    """A position as it was read: the radius in metres, the form, what was taken or guessed, and every other form."""

    radius_m: int
    form: str
    readings: tuple[str, ...]
    written: Written


class CandidateShown(Struct, frozen=True):
    """A place that the name may mean; score in millionths, distance (a lower bound) in metres if one was asked.

    `name` is the spelling that fits best, `names` are the place's names by language.
    """

    id: str
    name: str
    names: dict[str, str]
    pcode: str
    position: str
    score: int
    reason: str
    distance_m: int | None


class PlaceShown(Struct, frozen=True):
    """What the text was read as: a position, or else a name with its candidates. `settled`: the id beyond doubt."""

    text: str
    position: PositionShown | None
    candidates: tuple[CandidateShown, ...]
    settled: str | None


def show_place(mission: Path, text: str, *, gazetteer: Path | None = None, near: str | None = None) -> PlaceShown:
    """Read the text as a position in the mission's theatre; failing that, as a name in the gazetteer.

    `gazetteer`: a file of GeoNames-like JSON. `near`: a position in any form; it completes short plus
    codes and gives distances. Raises `MissionError`, `FileNotRead`, and `ValueNotRead` where the text
    is no position and no gazetteer was given, or has a question.
    """
    with open_mission(mission) as opened:
        box = box_of(registered(opened).pack.geometry)
    point = None
    if near is not None:
        place = read_position(near, box=box)
        point = (place.lat_e7, place.lon_e7)
    try:
        read = read_position(text, box=box, near=point)
    except ValueNotRead:
        if gazetteer is None or not _may_be_a_name(text):
            raise
        return _as_name(text, gazetteer, point)
    return PlaceShown(text, _shown(read), (), None)


def _may_be_a_name(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= 2 and not any(digit.isdigit() for digit in text)


def _shown(read: Position) -> PositionShown:
    forms = written(read.lat_e7, read.lon_e7, read.radius_m)
    return PositionShown(read.radius_m, read.form, read.readings, forms)


def _as_name(text: str, gazetteer: Path, near: tuple[int, int] | None) -> PlaceShown:
    places = Gazetteer.from_rows(read_geonames(_bytes_of(gazetteer)))
    settled = places.settled(text, near)
    return PlaceShown(
        text,
        None,
        tuple(
            CandidateShown(
                one.place.id, one.name, one.place.names, one.place.pcode,
                written(one.place.lat_e7, one.place.lon_e7).decimal, one.score, one.reason, one.distance_m,
            )
            for one in places.candidates(text, near)
        ),
        settled.place.id if settled else None,
    )  # fmt: skip


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileNotRead(f"{path} cannot be read: {error.strerror}", "Name a gazetteer file.") from error
