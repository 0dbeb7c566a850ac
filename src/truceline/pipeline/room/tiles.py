"""Incidents as tiles of a map: each at its precision where there are few, numbers of them in a grid where many."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truceline.errors import ValueNotRead
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import Asking, asked_anew, told_of
from truceline.publication.vector_tile import EXTENT, WORLD_BITS, mercator, point_layer
from truceline.vocabulary.columns import IncidentColumns, Ints

DEEPEST = 22
FEW = 1_000
"""So many incidents of a tile are drawn each by itself."""
SQUARES = 32
"""Else numbers are given for so many squares along each edge."""
LAYER = "incidents"


@dataclass(frozen=True)
class Spread:
    """Incidents that have a point, from west to east. x, y: see `mercator`; at: which incident each is."""

    incidents: IncidentColumns
    x: Ints
    y: Ints
    at: Ints


def spread_of(path: Path, asked: Asked, asking: Asking = asked_anew) -> Spread:
    """Where the incidents of an answer lie, past the gate: worked out once for all tiles."""
    with told_of(path, asked, asking=asking) as (_, told):
        incidents = told.answer.evaluated.incidents
    at = np.flatnonzero(incidents.has_point)
    x, y = mercator(incidents.lat_e7[at], incidents.lon_e7[at])
    order = np.argsort(x, kind="stable")
    return Spread(incidents, x[order], y[order], at[order])


def tile_of(spread: Spread, zoom: int, column: int, row: int) -> bytes:
    """The tile as Mapbox Vector Tile. Raises `ValueNotRead` for a tile that there is not.

    Nothing where nothing lies.

    Its points have `kind`, `radius_m` (it was within so many metres), `first` and `last` (positions in the ledger's
    days) and `again`; where there are many: `number`, of incidents in a square whose middle the point is.
    """
    if not (0 <= zoom <= DEEPEST and 0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
        raise ValueNotRead("There is no such tile.", f"Zooms are 0 to {DEEPEST}; at zoom z there are 2^z by 2^z tiles.")
    edge = 1 << (WORLD_BITS - zoom)
    west, north = column * edge, row * edge
    first, last = np.searchsorted(spread.x, [west, west + edge])
    y = spread.y[first:last]
    here = np.flatnonzero((north <= y) & (y < north + edge)) + first
    if not len(here):
        return b""
    x, y = spread.x[here] - west, spread.y[here] - north
    return _each(spread, here, x * EXTENT // edge, y * EXTENT // edge) if len(here) <= FEW else _numbers(x, y, edge)


def _each(spread: Spread, here: Ints, x: Ints, y: Ints) -> bytes:
    rows = spread.incidents.take(spread.at[here])
    columns = zip(
        rows.kind, rows.radius_m.tolist(), rows.first_day.tolist(), rows.last_day.tolist(), rows.again.tolist(),
        strict=True,
    )  # fmt: skip
    said = [dict(zip(("kind", "radius_m", "first", "last", "again"), one, strict=True)) for one in columns]
    return point_layer(LAYER, list(zip(x.tolist(), y.tolist(), strict=True)), said)


def _numbers(x: Ints, y: Ints, edge: int) -> bytes:
    squares = np.bincount(x * SQUARES // edge + SQUARES * (y * SQUARES // edge), minlength=SQUARES * SQUARES)
    filled = np.flatnonzero(squares)
    side = EXTENT // SQUARES
    middle = [(int(n) % SQUARES * side + side // 2, int(n) // SQUARES * side + side // 2) for n in filled]
    return point_layer(LAYER, middle, [{"number": int(squares[n])} for n in filled])
