"""Where: latitude and longitude in two columns, a position in one column in any form, UTM in three; names beside."""

import re
from functools import lru_cache

from truceline.errors import ValueNotRead
from truceline.intake.proposing.columns import Column
from truceline.intake.proposing.step import Choice, Fields, Step, Table, left_out, one_column, ranked
from truceline.vocabulary.angles import read_angle
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.position import read_position
from truceline.vocabulary.where import is_decimal, read_degrees

EXPLAINS = "Where it happened: a point, in decimal degrees or any form that `truceline place` reads."
_COMMA = re.compile(r"-?\d{1,3},\d+", re.ASCII)
_FINE = re.compile(r"-?\d{1,3}[.,]\d{3,}", re.ASCII)
_MOST_TRIED = 300


def where_step(table: Table) -> Step:
    """The step for the point of a report."""
    choices = ranked(_pairs(table) + _whole(table) + _utm(table))
    out = left_out("no point", "place and area may still say where")
    if choices:
        return Step("where", EXPLAINS, (*choices, out), 0, _doubt(choices[0]))
    bare = _by_numbers(table)
    if bare:
        question = f"{bare[0].says} look like coordinates, and no header says which is the latitude. Which is it?"
        return Step("where", EXPLAINS, (*bare, out), None, question, unanswered=len(bare))
    easting = table.said("easting", 0.9), table.said("northing", 0.9)
    question = ""
    if all(easting):
        east, north = (found[0][2].name for found in easting)
        question = f"{east!r} and {north!r} look like UTM without a zone. In which zone? Then write into the mapping: "
        question += f'position: {{columns: ["{east}", "{north}"], joined: " ", before: "37S "}}'
    return Step("where", EXPLAINS, (out,), 0, question)


def _pairs(table: Table) -> list[tuple[float, Choice]]:
    offered = []
    longitudes = table.said("lon", 0.5)
    for strength, why, lat in table.said("lat", 0.5):
        partner = max(longitudes, key=lambda one: (_alike(lat.name, one[2].name), one[0]), default=None)
        if partner is None or partner[2] is lat:
            continue
        lon = partner[2]
        comma = lat.share(lambda text: _COMMA.fullmatch(ascii_digits(text))) > 0.5
        read = min(lat.many(lambda text: _angle(text, "latitude")), lon.many(lambda text: _angle(text, "longitude")))
        of = max(len(lat.filled), len(lon.filled))
        if of and read / of >= 0.5:
            offered.append((strength + read / of, _pair(lat, lon, f"{why} and {partner[1]}", read, of, comma)))
    return offered


def _pair(lat: Column, lon: Column, reason: str, read: int, of: int, comma: bool) -> Choice:
    fields: Fields = {"lat": lat.name, "lon": lon.name}
    told = f"{reason}; {read} of {of} pairs are read" + ("; decimals have a comma" if comma else "")
    names = (lat.name, lon.name)
    settings: Fields = {"decimal": "comma"} if comma else {}
    return Choice(f"latitude {lat.name!r}, longitude {lon.name!r}", told, fields, settings, read, of, (), names)


def _alike(one: str, other: str) -> int:
    """How many letters two names have in common at their beginnings and ends: from_lat goes with from_lon."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@lru_cache(maxsize=65_536)
def _angle(text: str, which: str) -> bool:
    plain = ascii_digits(text).strip(" ")
    plain = plain.replace(",", ".", 1) if _COMMA.fullmatch(plain) else plain
    if is_decimal(plain):
        read_degrees(plain, which)
    else:
        read_angle(plain, which)
    return True


def _whole(table: Table) -> list[tuple[float, Choice]]:
    offered = []
    for column in table.free():
        strength, why = column.said("position")
        if strength < 0.5 and (column.length < 8 or column.length > 60 or column.whole > 0.2):
            continue
        tried = list(column.values)[:_MOST_TRIED]
        share = sum(map(_is_position, tried)) / len(tried)
        if share < (0.5 if strength >= 0.5 else 0.9):
            continue
        forms = ", ".join(dict.fromkeys(form for text in tried if (form := _form(text))))
        read = round(share * len(column.filled))
        reason = f"{why or 'its cells are positions'}; read as {forms}: about {read} of {len(column.filled)} cells"
        offered.append((strength + share - 0.2, one_column("position", column, reason, read)))
    return offered


def _is_position(text: str) -> bool:
    return bool(_form(text))


@lru_cache(maxsize=8_192)
def _form(text: str) -> str:
    try:
        return read_position(text).form
    except ValueNotRead:
        return ""


def _utm(table: Table) -> list[tuple[float, Choice]]:
    found = [table.said(part, 0.9) for part in ("zone", "easting", "northing")]
    if not all(found):
        return []
    zone, east, north = (one[0][2] for one in found)
    texts = [" ".join(parts) for parts in zip(zone.filled, east.filled, north.filled, strict=False)]
    read = sum(map(_is_position, texts))
    if read < len(texts) / 2:
        return []
    names = (zone.name, east.name, north.name)
    fields: Fields = {"position": {"columns": list(names), "joined": " "}}
    reason = f"their headers say UTM zone, easting and northing; {read} of {len(texts)} are read"
    return [(1.5, Choice(f"UTM in {', '.join(map(repr, names))}", reason, fields, {}, read, len(texts), (), names))]


def _by_numbers(table: Table) -> list[Choice]:
    """Two columns of fine decimals in the range of coordinates, both ways round."""
    fine = [column for column in table.free() if column.share(lambda text: _FINE.fullmatch(ascii_digits(text))) > 0.7]
    if len(fine) != 2:
        return []
    one, other = fine
    return [
        _pair(lat, lon, "decimals in the range of coordinates", read, len(lat.filled), _commas(lat))
        for lat, lon in ((one, other), (other, one))
        if (
            read := min(
                lat.many(lambda text: _angle(text, "latitude")), lon.many(lambda text: _angle(text, "longitude"))
            )
        )
        > len(lat.filled) * 0.9
    ]


def _commas(column: Column) -> bool:
    return column.share(lambda text: _COMMA.fullmatch(ascii_digits(text))) > 0.5


def position_choice(column: Column) -> Choice:
    """A column that a person names as the position."""
    read = round(sum(map(_is_position, list(column.values)[:_MOST_TRIED])) * len(column.filled) / max(1, min(
        len(column.values), _MOST_TRIED)))  # fmt: skip
    return one_column("position", column, f"as you say; about {read} of {len(column.filled)} cells are read", read)


def pair_choice(lat: Column, lon: Column) -> Choice:
    """Two columns that a person names as latitude and longitude."""
    read = min(lat.many(lambda text: _angle(text, "latitude")), lon.many(lambda text: _angle(text, "longitude")))
    return _pair(lat, lon, "as you say", read, max(len(lat.filled), len(lon.filled)), _commas(lat))


def _doubt(choice: Choice) -> str:
    lost = choice.of - choice.read
    return (
        f"{lost} of {choice.of} cells are no coordinates and would be refused. Are these the right columns?"
        if (lost > choice.of // 20)
        else ""
    )
