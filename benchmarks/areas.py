"""Points in dated areas: which of 300 drawings each of ten million points lies in, beside what others offer.

The others (GeoPandas, shapely's STRtree, SedonaDB) run when they can be imported; they are no dependencies.
They are asked a period at a time, of the same points, with the same whole numbers as plane
coordinates, which a float holds exactly. Every eighth point lies on a border, where they have rules of their
own: the answers are compared, by a hash, on the other seven. Ours are compared on all of a sample with the
slow rule.
"""

import hashlib
from typing import Any

import numpy as np

from benchmarks import ground
from benchmarks.others import OTHERS
from benchmarks.timing import timed
from truceline.compliance.areas import circles_in
from truceline.compliance.cover import Cover, Drawn
from truceline.vocabulary.columns import Ints

POINTS = 10_000_000
BESIDE = POINTS
SAMPLE = 4_000
SEED = 3


def run(points: int = POINTS) -> dict[str, Any]:
    """Build the cover and find every point; then check against the slow rule, and run the others."""
    drawn = ground.drawings(SEED)
    lat, lon, when = ground.points(SEED, points, drawn)
    made, build = timed("cover of 300 drawings", lambda: Cover.of(drawn))
    found, join = timed("points found in it", lambda: made.find(lat, lon, when))
    assert (np.diff(found[0]) > 0).all(), "a point lies in two areas"
    area = np.full(points, -1)
    area[found[0]] = found[1]
    assert (area >= 0).all(), "a point lies in no area"
    build["note"] = f"{sum(len(one.polygons[0][0]) - 1 for one in drawn) // len(drawn)} edges each"
    join["note"] = f"{points / join['seconds'] / 1e6:.1f} million a second, on one core; each in exactly one area"
    sample = _sample(points)
    assert np.array_equal(area[sample], _slowly(drawn, lat[sample], lon[sample], when[sample])), "the slow rule differs"
    first = slice(0, BESIDE)
    return {
        "title": f"{points:,} points, every eighth on a border, in 300 dated areas",
        "points": points,
        "on_borders": -(-points // 8),
        "as_slow_rule_on": len(sample),
        "hash": _hash(area, every=1),
        "steps": [build, join],
        "seconds": round(build["seconds"] + join["seconds"], 2),
        "peak_mb": join["peak_mb"],
        "beside": _beside(drawn, lat[first], lon[first], when[first], area[first]),
    }


def _sample(points: int) -> Ints:
    """Half of them points on borders."""
    chance = np.random.default_rng(SEED)
    found = chance.integers(0, points, SAMPLE)
    found[::2] -= found[::2] % 8
    return found


def _slowly(drawn: list[Drawn], lat: Ints, lon: Ints, when: Ints) -> Ints:
    rows = np.column_stack([lat, lon, np.zeros_like(lat)])
    area = np.full(len(rows), -1)
    for n, one in enumerate(drawn):
        held = np.flatnonzero((one.start <= when) & (when < one.end))
        area[held[circles_in(rows[held], one.polygons[0])[0]]] = n
    return area


def _beside(drawn: list[Drawn], lat: Ints, lon: Ints, when: Ints, area: Ints) -> list[dict[str, Any]]:
    """A row a method: ours on the same points first."""
    ours, step = timed("truceline, cover and points", lambda: Cover.of(drawn).find(lat, lon, when))
    rows = [step | {"version": "", "hash": _hash(_by_point(*ours, len(lat)), every=8)}]
    for name, find in OTHERS.items():
        try:
            asked, version = find()
        except ImportError:
            continue
        pairs, step = timed(name, lambda ask=asked: _by_period(ask, drawn, lat, lon, when))  # type: ignore[misc]
        rows.append(step | {"version": version, "hash": _hash(_by_point(*pairs, len(lat)), every=8)})
    same = _hash(area, every=8)
    for row in rows:
        row["note"] = f"{len(lat) / row['seconds'] / 1e6:.2f} million a second, " + (
            "same answers" if row["hash"] == same else "OTHER ANSWERS"
        )
    return rows


def _by_period(ask: Any, drawn: list[Drawn], lat: Ints, lon: Ints, when: Ints) -> tuple[Ints, Ints]:
    points, areas = [], []
    for start, end in ground.PERIODS:
        held = np.flatnonzero((start <= when) & (when < end))
        then = [n for n, one in enumerate(drawn) if one.start == start]
        point, area = ask([drawn[n].polygons[0][0] for n in then], lat[held], lon[held])
        points.append(held[point])
        areas.append(np.array(then)[area])
    return np.concatenate(points), np.concatenate(areas)


def _by_point(points: Ints, areas: Ints, count: int) -> Ints:
    area = np.full(count, -1)
    area[points] = areas
    return area


def _hash(area: Ints, *, every: int) -> str:
    """A hash of the answers, without each `every`th one if that is more than 1."""
    kept = area if every == 1 else np.delete(area, np.s_[::every])
    return hashlib.sha256(np.ascontiguousarray(kept, np.int16).tobytes()).hexdigest()[:16]
