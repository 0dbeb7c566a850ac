"""What the map is drawn over: the agreement's areas, the lines its rules are measured from, and each claimant's own.

Areas and rules' lines are of the pack in force at the cut; claims are those that hold at the instant asked. No line is
the true one: each feature says whose it is, of which version, and how exactly it is drawn.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from truceline.compliance.territory.claims import Held, is_listed, sealed_numbers
from truceline.compliance.territory.shapes import written
from truceline.pipeline.exporting import GPKG, INCIDENTS, mapped
from truceline.pipeline.missions import Registered, registered
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import by_id
from truceline.pipeline.room.map import collection
from truceline.pipeline.territory import At, claims_at
from truceline.pipeline.views import opened_for
from truceline.publication.geojson import geojson
from truceline.publication.layers import areas_layer
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import TLP, admit
from truceline.vocabulary.when import iso
from truceline.vocabulary.where import E7

Plain = dict[str, Any]


def map_areas(path: Path, asked: Asked) -> bytes:
    """The areas of the agreement in force at the cut, as GeoJSON with the pack's version. Raises `ValueNotRead`."""
    admit(asked.reader)
    with opened_for(path, asked) as mission:
        known = _registered(mission, asked)
        drawn = {
            area: [[(ring[:, 0], ring[:, 1]) for ring in polygon] for polygon in polygons]
            for area, polygons in known.pack.geometry.items()
        }
        return geojson(areas_layer(known.pack.agreement, drawn, mission.exercise, asked.reader))


def map_lines(path: Path, asked: Asked) -> bytes:
    """The rules' lines, then the claims that hold, as GeoJSON. An excluded group's area is never among them.

    `what`: rule (of the agreement) or claim. Raises `AfterTheCut`, `ValueNotRead`.
    """
    admit(asked.reader)
    with opened_for(path, asked) as mission:
        known = _registered(mission, asked)
        at = claims_at(mission, asked.reader, now_us=asked.now_us, as_of=asked.as_of, known=asked.known)
        head = {
            "type": "FeatureCollection", "name": "lines", "audience": TLP[asked.reader.audience],
            "exercise": mission.exercise, "as_of": iso(at.instant, at.agreement.zone), "cut": mission.cut(at.size),
        }  # fmt: skip
        sealed = sealed_numbers(at.ever)
    claims = (
        _claim(one, at) for one in at.now.values()
        if one.drawing.act.number not in sealed and is_listed(one.drawing)
    )  # fmt: skip
    return collection(head, _both(_rules(known), claims))


def map_geopackage(path: Path, asked: Asked) -> bytes:
    """Every incident as asked, those without a point among them, as a GeoPackage, as `export` writes it."""
    with opened_for(path, by_id(asked)) as mission:
        return mapped(mission, asked, INCIDENTS, GPKG, path.parent)


def _both(first: Iterator[Plain], second: Iterator[Plain]) -> Iterator[Plain]:
    yield from first
    yield from second


def _registered(mission: MissionFile, asked: Asked) -> Registered:
    return registered(mission, mission.resolve_cut(asked.known) if asked.known else mission.size)


def _rules(known: Registered) -> Iterator[Plain]:
    agreement = known.pack.agreement
    for line in known.pack.lines.values():
        parts = [[(lon / E7, lat / E7) for lat, lon in part.tolist()] for part in line.parts]
        said = {
            "what": "rule", "number": line.id, "claimant": "", "state": "", "kind": "line",
            "version": f"{agreement.pack} {agreement.version}", "precision_m": line.precision_m,
            "left": line.left, "right": line.right, "source": "", "from": None, "to": None,
        }  # fmt: skip
        drawn = {"type": "MultiLineString", "coordinates": parts}
        yield {"type": "Feature", "id": line.id, "geometry": drawn, "properties": said}


def _claim(one: Held, at: At) -> Plain:
    act, zone = one.drawing.act, at.agreement.zone
    assert one.drawing.shape is not None
    said = {
        "what": "claim", "number": act.number, "claimant": act.claimant, "by": act.by, "state": one.state,
        "kind": act.kind or ("zone" if one.drawing.shape.is_zone else "line"), "version": one.drawing.id,
        "precision_m": act.precision_m, "left": act.left or "", "right": act.right or "", "source": act.source or "",
        "from": iso(one.drawing.start, zone), "to": iso(one.drawing.end, zone) if act.to else None,
    }  # fmt: skip
    drawn = msgspec.Raw(written(one.drawing.shape).encode())
    return {"type": "Feature", "id": one.drawing.id, "geometry": drawn, "properties": said}
