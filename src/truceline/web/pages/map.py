"""The map, its table, and the files both are drawn from. Every address takes question and filter; nothing is written.

`/map` the page, `/map/table` its table alone, `/map/{incidents,areas,lines}.geojson` what is drawn, each with an ETag
of cut and question, `/map/incidents.gpkg` all incidents, `/map/position` a pasted position in every form.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get

from truceline.errors import ValueNotRead
from truceline.pipeline.places import show_place
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.map import MapPage, map_incidents, map_page, map_tag
from truceline.pipeline.room.map_shapes import map_areas, map_geopackage, map_lines
from truceline.pipeline.room.map_wanted import Wanted
from truceline.vocabulary.where import read_degrees
from truceline.web.asking import asked_of, kept_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

BASE = Path(__file__).parents[1] / "assets" / "map" / "base"
GEOJSON = "application/geo+json"
FILTER = {"from": "first", "to": "last", "kind": "kind", "side": "side", "area": "area", "counts": "counts"}
"""Words of the address to members of `Wanted`."""
LONGEST = 200
CREDIT = "Natural Earth (public domain); GeoNames (CC BY 4.0)"

Asks = Request[Any, Any, Any]


@get("/map", sync_to_thread=True)
def the_map(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page."""
    shown, kept = _shown(request, room, person), kept_of(request.query_params)
    base = base_of(shown.box)
    return page(
        "map.html", request, person, title="Map", heading=shown.heading, map=shown, kept=kept,
        wanted=wanted_of(request.query_params), box=request.query_params.get("box", ""), question=urlencode(kept),
        query=urlencode([*kept, *_filtered(request.query_params)]), credit=CREDIT if base else "",
        base=f"/assets/map/base/{base}.geojson" if base else "",
    )  # fmt: skip


@get("/map/table", sync_to_thread=True)
def the_table(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The table alone, for the page's own use."""
    shown = _shown(request, room, person)
    return page("map_table.html", request, person, title="Map", heading=shown.heading, map=shown)


@get("/map/incidents.geojson", sync_to_thread=True)
def incidents(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The incidents chosen that have a point."""
    asked, wanted = _asked(request, room, person), wanted_of(request.query_params)
    tag = map_tag(room.path, asked, wanted)
    return _unchanged(request, tag) or _file(map_incidents(room.path, asked, wanted, room.asking), tag)


@get("/map/areas.geojson", sync_to_thread=True)
def areas(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The areas of the agreement in force at the cut."""
    asked = _asked(request, room, person)
    tag = map_tag(room.path, asked, "areas")
    return _unchanged(request, tag) or _file(map_areas(room.path, asked), tag)


@get("/map/lines.geojson", sync_to_thread=True)
def lines(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """The lines of rules, and the lines and zones that are claimed."""
    asked = _asked(request, room, person)
    tag = map_tag(room.path, asked, "lines")
    return _unchanged(request, tag) or _file(map_lines(room.path, asked), tag)


@get("/map/incidents.gpkg", sync_to_thread=True)
def geopackage(request: Asks, room: AtRoom, person: Who) -> Response[bytes]:
    """Every incident, for a program of maps."""
    content = map_geopackage(room.path, _asked(request, room, person))
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="incidents.gpkg"'}
    return Response(content, media_type="application/geopackage+sqlite3", headers=headers)


@get("/map/position", sync_to_thread=True)
def position(request: Asks, room: AtRoom, person: Who) -> dict[str, Any]:
    """A position, pasted in any form, in every form; `wrong` where it is none."""
    try:
        shown = show_place(room.path, request.query_params.get("text", "")[:LONGEST])
    except ValueNotRead as error:
        return {"wrong": str(error)}
    return msgspec.to_builtins(shown.position.written) if shown.position else {"wrong": ""}


def wanted_of(query: Any) -> Wanted:
    """The filter of an address. Raises `ValueNotRead` for a word too long or for what is no box."""
    said = dict(_filtered(query))
    box = said.pop("box", "")
    return Wanted(**{FILTER[name]: value for name, value in said.items()}, box=_box(box) if box else None)


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    read: dict[str, tuple[float, float, float, float]] = json.loads((BASE / "index.json").read_bytes())
    return read


def base_of(box: tuple[float, float, float, float]) -> str:
    """The base map in which a theatre (west, south, east, north) lies; "" where none is, as of an invented one."""
    west, south, east, north = box
    for name, (left, low, right, high) in _boxes().items():
        if left <= west and low <= south and east <= right and north <= high:
            return name
    return ""


def _filtered(query: Any) -> list[tuple[str, str]]:
    said = [(name, query[name]) for name in (*FILTER, "box") if query.get(name)]
    if any(len(value) > LONGEST for _, value in said):
        raise ValueNotRead("A word of the address is too long.", f"At most {LONGEST} characters each.")
    return said


def _box(text: str) -> tuple[int, int, int, int]:
    parts = text.split(",")
    if len(parts) != 4:
        raise ValueNotRead(f"{text[:80]!r} is no box.", "Write south,west,north,east in degrees.")
    south, west, north, east = (
        read_degrees(part, ("latitude", "longitude")[n % 2]) for n, part in enumerate(parts)
    )  # fmt: skip
    return south, west, north, east


def _asked(request: Asks, room: AtRoom, person: Who) -> Asked:
    return asked_of(request.query_params, room.reader(person), room.now_us())


def _shown(request: Asks, room: AtRoom, person: Who) -> MapPage:
    asked, wanted = _asked(request, room, person), wanted_of(request.query_params)
    lang = room.language(request)
    shown: MapPage = room.shown(
        ("map", wanted, lang), asked, lambda: map_page(room.path, asked, wanted, lang, room.asking)
    )
    return shown


def _unchanged(request: Asks, tag: str) -> Response[bytes] | None:
    if f'"{tag}"' not in request.headers.get("if-none-match", ""):
        return None
    return Response(b"", status_code=304, headers={"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"})


def _file(content: bytes, tag: str) -> Response[bytes]:
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    return Response(content, media_type=GEOJSON, headers=headers)


HANDLERS = [the_map, the_table, incidents, areas, lines, geopackage, position]
