"""A theatre of 300 areas over a year for the benchmark of the ledger: a pack, tables of reports, and who watched.

Everything is drawn from one seed: a lattice of 15 by 20 corners, moved a little and joined by rough borders
(`benchmarks.ground`). Parties, indicators, readings and clocks are those of the example pack. Seven in eight
reports have a point, some only the name of an area, some neither; one in eleven repeats another source's.
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.ground import rough
from truceline.pipeline.packs import pack_files
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.plain_yaml import read_yaml

ROWS, COLUMNS, BREAKS = 15, 20, 5
SOUTH, WEST, STEP = 100_000_000, -500_000_000, 4_000_000
"""The south-western corner and the side of an area in 1e-7 degrees, in open sea."""
FIRST, DAYS = datetime(2025, 1, 1), 365
SOURCES = ("patrol", "ngo", "hotline", "wire", "alpha")
WATCHERS = ("patrol", "ngo", "hotline")
HEADER = (
    "report_id", "source", "repeats", "when", "kind", "side_a", "side_b", "lat", "lon", "radius_m", "area",
    "killed_best",
)  # fmt: skip
WATCH_HEADER = ("coverage_id", "source", "area", "from", "to", "status")
SIDES = (
    "Northern Army", "Valley Guard", "River Brigade", "Plain Front", "Southern factions", "Hill Company", "Ridge Men",
    "Civilians", "Island Guard", "Masked men", "NA; Valley Guard", "",
)  # fmt: skip
KINDS = ("shelling", "air_strike", "small_arms_fire", "sniper_fire", "armed_clash", "ied_mine", "detention", "")
RADII = (500, 1_000, 2_000, 5_000, 20_000)
AREAS = tuple(f"area_{n:03d}" for n in range(ROWS * COLUMNS))


def write(folder: Path, seed: int, incidents: int, echoes: int) -> tuple[Path, list[Path]]:
    """The pack's folder and the tables, written into the folder."""
    chance = np.random.default_rng(seed)
    pack = folder / "benchmark"
    pack.mkdir(parents=True)
    (pack / "agreement.yaml").write_text(json.dumps(_agreement()))
    (pack / "areas.geojson").write_text(_areas(chance))
    (pack / "examples.yaml").write_text("[]\n")
    tables = [_table(folder / "coverage.csv", WATCH_HEADER, _watch(chance))]
    rows = _reports(chance, incidents, echoes)
    for source in SOURCES:
        tables.append(_table(folder / f"{source}.csv", HEADER, (row for row in rows if row[1] == source)))
    return pack, tables


def _table(path: Path, header: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> Path:
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows(rows)
    return path


def _agreement() -> Any:
    """The example pack's agreement, for these areas and this year."""
    made: Any = read_yaml(pack_files("example")["agreement.yaml"]).value
    made |= {"pack": "benchmark", "period": {"from": "2025-01-01", "to": "2026-01-01"}}
    made["areas"] = [{"id": one, "name": {"en": one.replace("_", " ").title()}} for one in AREAS]
    made["area_groups"] = [{"id": "whole_theatre", "name": {"en": "All areas"}, "areas": AREAS}]
    for clock in made["clocks"]:
        clock["areas"] = AREAS[:1] if clock["areas"] == ["river_towns"] else AREAS
    for obligation in made.get("obligations", []):
        obligation |= {"areas": AREAS[:1]} if obligation.get("areas") else {}
        if "inside" in obligation.get("rule", {}):
            obligation["rule"]["inside"] = AREAS[:1]
    return made


def _areas(chance: np.random.Generator) -> str:
    at = np.stack(np.meshgrid(np.arange(ROWS + 1), np.arange(COLUMNS + 1), indexing="ij"), axis=-1)
    corners = np.array([SOUTH, WEST]) + at * STEP
    corners[1:-1, 1:-1] += chance.integers(-STEP // 10, STEP // 10 + 1, (ROWS - 1, COLUMNS - 1, 2))
    rows, columns = range(ROWS + 1), range(COLUMNS + 1)
    east = {(r, c): rough(chance, corners[r, c : c + 2], BREAKS, r % ROWS > 0) for r in rows for c in columns[:-1]}
    north = {(r, c): rough(chance, corners[r : r + 2, c], BREAKS, c % COLUMNS > 0) for r in rows[:-1] for c in columns}
    features = []
    for n, area in enumerate(AREAS):
        r, c = divmod(n, COLUMNS)
        ring = [east[r, c], north[r, c + 1][1:], east[r + 1, c][::-1][1:], north[r, c][::-1][1:]]
        points = [[lon / 1e7, lat / 1e7] for lat, lon in np.concatenate(ring).tolist()]
        features.append({"type": "Feature", "id": area, "geometry": {"type": "Polygon", "coordinates": [points]}})
    return json.dumps({"type": "FeatureCollection", "features": features})


def _watch(chance: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Week by week and area by area; one week in seven nobody watched, and sometimes monitors were stopped."""
    for source in WATCHERS:
        for n, area in enumerate(AREAS):
            for week in np.flatnonzero(chance.random(52) < 6 / 7).tolist():
                status = "stopped" if chance.random() < 0.03 else "reported"
                first = FIRST + timedelta(days=7 * week)
                yield f"{source}-{n}-{week}", source, area, _day(first), _day(first + timedelta(days=6)), status


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def _reports(chance: np.random.Generator, incidents: int, echoes: int) -> list[tuple[Any, ...]]:
    """Rows of `HEADER`: incidents, then echoes of them by another source."""
    source = chance.integers(0, len(SOURCES), incidents).tolist()
    said = [_said(*one) for one in zip(*(column.tolist() for column in _drawn(chance, incidents)), strict=True)]
    rows = [(f"R{n}", SOURCES[source[n]], "", *said[n]) for n in range(incidents)]
    for n, of in enumerate(chance.integers(0, incidents, echoes).tolist()):
        another = SOURCES[(source[of] + 1 + n % (len(SOURCES) - 1)) % len(SOURCES)]
        rows.append((f"E{n}", another, f"{SOURCES[source[of]]}/R{of}", *said[of]))
    return rows


def _drawn(chance: np.random.Generator, count: int) -> list[Ints]:
    """Minute of the year, form of the time, kind, sides, point, radius, form of the place, area, killed."""
    towns = chance.integers([SOUTH, WEST], [SOUTH + ROWS * STEP, WEST + COLUMNS * STEP], (2_000, 2))
    busy = chance.pareto(1.2, len(towns)) + 0.1
    at = towns[chance.choice(len(towns), count, p=busy / busy.sum())]
    at += chance.normal(0, 300_000, (count, 2)).astype(np.int64)
    shares = (
        chance.integers(0, DAYS * 1_440, count), chance.choice(4, count, p=[0.6, 0.25, 0.1, 0.05]),
        chance.integers(0, len(KINDS), count), chance.integers(0, len(SIDES), count),
        chance.integers(0, len(SIDES), count), at[:, 0], at[:, 1],
        chance.choice(5, count, p=[0.3, 0.4, 0.2, 0.08, 0.02]), chance.choice(4, count, p=[0.75, 0.1, 0.12, 0.03]),
        chance.integers(0, len(AREAS), count), chance.integers(-1, 5, count),
    )  # fmt: skip
    return list(shares)


def _said(*drawn: int) -> tuple[Any, ...]:
    minute, timed, kind, a, b, lat, lon, radius, placed, area, killed = drawn
    when = FIRST + timedelta(minutes=minute)
    last = when + timedelta(days=1 + minute % 2)
    told = (f"{when:%Y-%m-%dT%H:%M}", _day(when), f"{_day(when)}/{_day(last)}", f"{when:%Y-%m}")[timed]
    point = (f"{lat / 1e7:.5f}", f"{lon / 1e7:.5f}", RADII[radius]) if placed < 2 else ("", "", "")
    said = AREAS[area] if placed in (1, 2) else ""
    return told, KINDS[kind], SIDES[a], SIDES[b], *point, said, "" if killed < 0 else killed
