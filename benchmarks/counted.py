"""What the ledger's benchmark is held against: the slow rule on a sample, and the same counts by DuckDB."""

from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks.timing import timed
from truceline.compliance.areas import circles_in
from truceline.compliance.ledger import Evaluated, counts_in
from truceline.vocabulary.columns import NO, SURELY, Ints

SEED, SAMPLE = 11, 400


def check(evaluated: Evaluated) -> None:
    """Cells drawn by chance, counted incident by incident; incidents drawn by chance, placed edge by edge."""
    chance = np.random.default_rng(SEED)
    rows, geometry = evaluated.incidents, evaluated.question.geometry
    sets, (n_areas, n_days) = rows.placed.sets, evaluated.grids[0].low.shape
    for cell in chance.integers(0, n_areas * n_days, SAMPLE).tolist():
        area, day = divmod(cell, n_days)
        here = sets[:, area][rows.placed.of] & (rows.first_day <= day) & (rows.last_day >= day)
        only = here & (sets.sum(axis=1) == 1)[rows.placed.of] & (rows.first_day == rows.last_day)
        for grid, counts in zip(evaluated.grids, rows.counts, strict=True):
            found = int((only & (counts == SURELY)).sum()), int((here & (counts != NO)).sum())
            assert found == (grid.low[area, day], grid.high[area, day]), "the slow count differs"
    at = np.flatnonzero(rows.has_point & np.array([text == "" for text in rows.area]))
    at = at[chance.integers(0, len(at), SAMPLE)] if len(at) else at
    points = np.stack([rows.lat_e7, rows.lon_e7, rows.radius_m], axis=1)[at]
    for n, area in enumerate(evaluated.ledger.areas):
        parts = [circles_in(points, polygon) for polygon in geometry[area]]
        touched = np.logical_or.reduce([inside | near for inside, near in parts])
        assert np.array_equal(touched, rows.placed.sets[rows.placed.of[at], n]), "the slow rule differs"


def peer(evaluated: Evaluated) -> list[dict[str, Any]]:
    """Low and high of every cell by ours and by DuckDB, from the same incidents and the areas where each may be."""
    rows, days = evaluated.incidents, len(evaluated.days)
    counts, ours = timed("truceline, the counts alone", lambda: counts_in(rows, days))
    ours |= {"version": "", "note": "low and high, and what is uncertain"}
    try:
        duckdb = import_module("duckdb")
    except ImportError:
        return [ours]
    places = rows.placed.sets[:, :-1].nonzero()
    tables = {
        "place": {"s": places[0], "area": places[1]},
        "incident": {
            "s": rows.placed.of, "first": rows.first_day, "last": rows.last_day,
            "one": (rows.placed.sets.sum(axis=1) == 1)[rows.placed.of],
            **{f"c{k}": one for k, one in enumerate(rows.counts)},
        },
    }  # fmt: skip
    columns = ", ".join(
        f"count(*) FILTER (c{k} = {SURELY} AND one AND first = last AND first >= 0), count(*) FILTER (c{k} != {NO})"
        for k in range(len(rows.counts))
    )
    question = (
        f"WITH days AS (SELECT s, first, last, one, {', '.join(f'c{k}' for k in range(len(rows.counts)))}, "
        f"unnest(range(greatest(first, 0), least(last + 1, {days}))) AS day FROM incident) "
        f"SELECT area, day, {columns} FROM days JOIN place USING (s) GROUP BY area, day"
    )
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        found, step = timed("DuckDB, unnest and group by", lambda: connection.execute(question).fetchnumpy())
    area, day, *numbers = (np.asarray(column) for column in found.values())
    wanted = [table for one in counts for table in (one.sure, one.sure + one.unsure)]
    same = all(
        np.array_equal(_filled(table, area, day, one), table) for table, one in zip(wanted, numbers, strict=True)
    )
    step |= {"version": version("duckdb"), "note": "low and high, " + ("same answers" if same else "OTHER ANSWERS")}
    return [ours, step]


def _filled(shape: Ints, area: Ints, day: Ints, number: Ints) -> Ints:
    table = np.zeros_like(shape)
    table[area, day] = number
    return table
