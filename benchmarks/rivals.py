"""Splink 5 on DuckDB on the reports that our matching gets. Imported only when asked for, and may be absent.

Its levels are as kind to it as we could make them: distance and time relative to both precisions, names and sides as
they are folded here, kinds weighed by how frequent they are, and a rule that rows of one source are not compared. It
clusters by connected components; what says that it repeats another is put beside it, as in ours.
"""

from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np

from truceline.matching.compared import Compared
from truceline.vocabulary.columns import UNKNOWN, Ints

THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99)
"""Match probabilities at which clusters are made, where the best is looked for."""
ONE_THRESHOLD = (0.8,)
"""Where Splink is timed: low enough for its best, high enough that its clusters do not grow into one another."""
MOST_TRAINED = 50_000
"""Reports up to which it is trained on all pairs of a cell and a day; with more only on those of the same sides."""
HOUR = 3_600_000_000
_APART = (
    "111.2 * sqrt(power(lat_l - lat_r, 2) + power((lon_l - lon_r) * cos(radians((lat_l + lat_r) / 2)), 2))"
    " / ((radius_l + radius_r) / 1000.0)"
)
_GAP = "(greatest(start_l, start_r) - least(last_l, last_r))"
_SPAN = "(last_l - start_l + last_r - start_r)"
_GRIDS = [(north, east) for north in (0, 0.5) for east in (0, 0.5)]
RULES = [
    *(
        f"l.day_{half} = r.day_{half} and floor(l.lat * 8 + {north}) = floor(r.lat * 8 + {north}) "
        f"and floor(l.lon * 8 + {east}) = floor(r.lon * 8 + {east}) and l.source <> r.source"
        for north, east in _GRIDS
        for half in ("whole", "half")
    ),
    "l.day_whole = r.day_whole and l.name = r.name and l.source <> r.source",
    "l.day_half = r.day_half and l.name = r.name and l.source <> r.source",
]


def splink_groups(reports: Compared, asked: tuple[float, ...] = THRESHOLDS) -> tuple[dict[float, Ints], str]:
    """(the groups at each threshold, the version). Raises `ImportError` where Splink or DuckDB is not there."""
    splink, duckdb = import_module("splink"), import_module("duckdb")
    session = duckdb.connect()
    session.register("given", _columns(reports))
    session.execute("CREATE TABLE reports AS SELECT * REPLACE (nullif(lat, 999) AS lat, nullif(lon, 999) AS lon, "
                    "nullif(name, 0) AS name, nullif(kind, 0) AS kind, nullif(sides, 0) AS sides, "
                    "nullif(killed, -1) AS killed) FROM given")  # fmt: skip
    database = splink.DuckDBAPI(connection=session)
    linker = splink.Linker(database.register("reports"), _settings(splink), log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([RULES[0] + " and l.kind = r.kind"], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000)
    near = RULES[0] if len(reports) <= MOST_TRAINED else RULES[0] + " and l.sides = r.sides"
    for rule in ("l.kind = r.kind and l.sides = r.sides and l.day_whole = r.day_whole", near):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=asked[0])
    made = {}
    for at in asked:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=at)
        rows = session.sql(f"SELECT unique_id, cluster_id FROM {clusters.physical_name} ORDER BY 1").fetchnumpy()
        made[at] = _with_echoes(np.unique(np.asarray(rows["cluster_id"]), return_inverse=True)[1].ravel(), reports)
    return made, version("splink")


def _with_echoes(clusters: Ints, reports: Compared) -> Ints:
    """What says that it repeats a report stands with that report, as in ours."""
    of, echo = clusters.copy(), np.flatnonzero(reports.repeats >= 0)
    while len(apart := echo[of[echo] != of[reports.repeats[echo]]]):
        here, there = of[apart[0]], of[reports.repeats[apart[0]]]
        of[of == here] = there
    return of


def _columns(reports: Compared) -> dict[str, Any]:
    pointed = reports.radius >= 0
    middle = (reports.start + reports.last) // 2
    exact = (reports.low == reports.high) & (reports.low != UNKNOWN)
    return {
        "unique_id": np.arange(len(reports)), "start": reports.start, "last": reports.last,
        "lat": np.where(pointed, reports.lat / 1e7, 999), "lon": np.where(pointed, reports.lon / 1e7, 999),
        "radius": np.maximum(reports.radius, 1), "source": reports.source, "name": reports.name, "kind": reports.kind,
        "sides": reports.sides, "killed": np.where(exact, reports.low, -1), "day_whole": middle // (24 * HOUR),
        "day_half": (middle + 12 * HOUR) // (24 * HOUR),
    }  # fmt: skip


def _settings(splink: Any) -> Any:
    """The comparisons, each from the best level down."""
    levels = import_module("splink.comparison_level_library")
    comparisons = import_module("splink.comparison_library")

    def custom(name: str, none: str, *conditions: str) -> Any:
        made = [levels.CustomLevel(none).configure(is_null_level=True)]
        made += [levels.CustomLevel(condition) for condition in conditions]
        return comparisons.CustomComparison([*made, levels.ElseLevel()], name)

    return splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            custom("place", "lat_l IS NULL OR lat_r IS NULL", *(f"{_APART} <= {most}" for most in (0.5, 1, 2, 4))),
            custom("time", "start_l IS NULL", f"{_GAP} <= 0 AND {_SPAN} <= {2 * HOUR}",
                   f"{_GAP} <= 0 AND {_SPAN} <= {13 * HOUR}", f"{_GAP} <= 0", f"{_GAP} <= {HOUR}"),
            *(comparisons.ExactMatch(name).configure(term_frequency_adjustments=True) for name in ("kind", "sides")),
            *(comparisons.ExactMatch(name) for name in ("name", "killed")),
        ],
        blocking_rules_to_generate_predictions=RULES,
        unique_id_column_name="unique_id",
    )  # fmt: skip
