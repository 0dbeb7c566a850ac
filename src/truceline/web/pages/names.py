"""Names that resolve to nobody: `/inbox/names`. Candidates come from the places of the base map, where there is one."""

import json
from collections.abc import Collection
from functools import cache
from typing import Any

from litestar import Request, Response, get

from truceline.pipeline.room.heading import heading, told_of
from truceline.pipeline.room.names import unresolved
from truceline.vocabulary.gazetteer import NamedPlace
from truceline.vocabulary.where import E7
from truceline.web.asking import asked_of
from truceline.web.pages.map import BASE, base_of
from truceline.web.rendering import page
from truceline.web.room import AtRoom, Who

Asks = Request[Any, Any, Any]
Box = tuple[float, float, float, float]


@get("/inbox/names", sync_to_thread=True)
def the_names(request: Asks, room: AtRoom, person: Who) -> Response[Any]:
    """The page."""
    asked = asked_of(request.query_params, room.reader(person), room.now_us())
    with told_of(room.path, asked, room.language(request), asking=room.asking) as (_, told):
        head = heading(told)
    shown = room.shown("names", asked, lambda: unresolved(room.path, asked, places_in))
    return page("names.html", request, person, title="Names", heading=head, unresolved=shown)


def places_in(box: Box) -> Collection[NamedPlace]:
    """The places of the base map in which a theatre lies; none where there is none."""
    base = base_of(box)
    return _places(base) if base else ()


@cache
def _places(base: str) -> tuple[NamedPlace, ...]:
    features = json.loads((BASE / f"{base}.geojson").read_bytes())["features"]
    return tuple(_place(one) for one in features if one["properties"]["layer"] == "place")


def _place(feature: dict[str, Any]) -> NamedPlace:
    said, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
    names = {"en": said["name"]} | ({"ar": said["ar"]} if "ar" in said else {})
    return NamedPlace(f"geonames {said['geonames']}", names, round(lat * E7), round(lon * E7))


HANDLERS = [the_names]
