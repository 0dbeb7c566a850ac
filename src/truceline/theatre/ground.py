"""The towns and hamlets of the theatre, and which circles may be drawn around them.

The fast ledger bounds distances from below in integers, so that a circle whose edge runs close to a
border is *maybe* there even if it is not. No such circle is drawn: a radius is used at a spot only
if no border lies within 5 % of it (at least 50 m) either way, with room for the spot's own scatter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random

from truceline.theatre.knowable.where import METRES_PER_DEGREE, Ground, Point, Ring, border_m, cosine, inside

PRECISE_M = (150, 300, 500)
NEAR_M = (1000, 2000, 3000)
WIDE_M = (5000, 8000, 12_000, 15_000, 20_000)
SCATTER_E5, SCATTER_M = 140, 230
"""Incidents lie within so many 1e-5 degrees of their spot to the north and east: at most 230 m away."""
GRAIN = 100
"""Points are written with five decimals: 1e-5 degrees, in 1e-7 degrees."""

FIRST = ("Abr", "Béla", "Cor", "Dañ", "Élo", "Fen", "Gal", "Hür", "Ist", "Jor", "Kel", "Lüm", "Mor", "Nès", "Orv")
LAST = ("ane", "ibar", "moor", "ossa", "tal", "vík", "wick", "yre", "zel", "ödhan")


@dataclass(frozen=True)
class Spot:
    """A place where things happen. Coordinates in 1e-7 degrees; radii in metres, those that may be drawn there.

    `others` are spots from which a wide circle, drawn with the given radius, surely reaches this one.
    `clear_of` are the areas whose border lies further than any near circle reaches.
    """

    name: str
    area: str
    lat: int
    lon: int
    precise: tuple[int, ...]
    near: tuple[int, ...]
    wide: tuple[int, ...]
    clear_of: tuple[str, ...]

    def scattered(self, chance: Random) -> Point:
        """A point of this spot."""
        lat = self.lat + GRAIN * chance.randint(-SCATTER_E5, SCATTER_E5)
        return lat, self.lon + GRAIN * chance.randint(-SCATTER_E5, SCATTER_E5)


def degrees(value_e7: int) -> str:
    """1e-7 degrees as decimal degrees with five decimals."""
    whole, rest = divmod(abs(value_e7) // GRAIN, 100_000)
    return f"{'-' if value_e7 < 0 else ''}{whole}.{rest:05}"


def spots(ground: Ground, chance: Random, each: int = 30) -> dict[str, list[Spot]]:
    """So many spots in every area; the first four of each lie within 700 m of its border."""
    found: dict[str, list[Spot]] = {area: [] for area in ground.areas}
    for area in ground.areas:
        while len(found[area]) < each:
            close = len(found[area]) < 4
            point = _beside_border(ground.rings[area], chance) if close else _anywhere(ground.rings[area], chance)
            spot = _spot(ground, area, point, chance, close)
            if spot is not None:
                found[area].append(spot)
    return found


def reaching(all_spots: list[Spot]) -> Mapping[Spot, list[tuple[Spot, int]]]:
    """For each spot the wide circles (spot, radius) that surely hold whatever happens at it."""
    found: dict[Spot, list[tuple[Spot, int]]] = {}
    for spot in all_spots:
        found[spot] = [
            (other, radius)
            for other in all_spots
            for radius in other.wide
            if apart_m((spot.lat, spot.lon), (other.lat, other.lon)) + 2 * SCATTER_M < 0.95 * radius
        ]
    return found


def apart_m(one: Point, other: Point) -> float:
    """Metres between two points of one theatre, on a plane."""
    per_e7 = METRES_PER_DEGREE / 10_000_000
    north, east = (other[0] - one[0]) * per_e7, (other[1] - one[1]) * per_e7 * cosine(one[0])
    return sqrt(north * north + east * east)


def may_be_drawn(borders: Mapping[str, float], radius_m: int) -> bool:
    """No border lies in the doubtful band of the circle, wherever in its spot the centre is."""
    band = max(0.05 * radius_m, 50) + SCATTER_M
    return all(abs(border - radius_m) > band for border in borders.values())


def _spot(ground: Ground, area: str, point: Point, chance: Random, close: bool) -> Spot | None:
    """The spot at a point, or None where the point will not do."""
    if not inside(point, ground.rings[area]):
        return None
    borders = {one: border_m(point, rings) for one, rings in ground.rings.items()}
    if close and borders[area] > 700:
        return None
    precise, near, wide = (
        tuple(radius for radius in radii if may_be_drawn(borders, radius)) for radii in (PRECISE_M, NEAR_M, WIDE_M)
    )
    if not (precise and wide and 1000 in near):
        return None
    clear_of = tuple(one for one in ground.areas if one != area and borders[one] > 2 * NEAR_M[-1])
    name = chance.choice(FIRST) + chance.choice(LAST)
    return Spot(name, area, point[0], point[1], precise, near, wide, clear_of)


def _anywhere(rings: list[Ring], chance: Random) -> Point:
    lats, lons = [lat for ring in rings for lat, _ in ring], [lon for ring in rings for _, lon in ring]
    lat, lon = chance.randint(min(lats), max(lats)), chance.randint(min(lons), max(lons))
    return _grain(lat), _grain(lon)


def _beside_border(rings: list[Ring], chance: Random) -> Point:
    """A point up to some 700 m from the border, on either side of it."""
    ring = rings[0]
    at, along = chance.randrange(len(ring) - 1), chance.random()
    (lat1, lon1), (lat2, lon2) = ring[at], ring[at + 1]
    lat = lat1 + int((lat2 - lat1) * along) + chance.randint(-65_000, 65_000)
    return _grain(lat), _grain(lon1 + int((lon2 - lon1) * along) + chance.randint(-65_000, 65_000))


def _grain(value_e7: int) -> int:
    return round(value_e7 / GRAIN) * GRAIN
