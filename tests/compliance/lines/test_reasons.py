"""The distances that decided, for each matter and each line: with what is not known of the place and of the line."""

import numpy as np

from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.reasons import SENTENCES, distance_reasons
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.where import E7

LINE = DrawnLine("road", (np.array([[36 * E7, 37 * E7], [36 * E7, 38 * E7]]),), 250, "north", "south")


def matters(*rows):
    """(id, body, lat or None, radius)."""
    n = len(rows)
    nothing = np.zeros(n, np.int64)
    lat = np.array([0 if row[2] is None else round(row[2] * E7) for row in rows])
    texts = [""] * n
    return MatterColumns(
        [row[0] for row in rows], np.array([row[1] for row in rows]), nothing, nothing.astype(np.int8), nothing,
        nothing, np.array([row[2] is not None for row in rows]), lat, np.full(n, round(37.5 * E7)),
        np.array([row[3] for row in rows]), texts, texts, texts, texts, texts, nothing.astype(np.int8), texts, texts,
    )  # fmt: skip


def test_each_matter_is_told_with_its_distances_and_its_side():
    rows = matters(("a" * 16, 0, 36.03, 800), ("b" * 16, REPORTED, None, 0))
    told = distance_reasons(rows, np.array([0, 1]), [("road", 3_500), ("road", 3_500)], {"road": LINE})
    assert [one.code for one in told] == ["distance", "distance_unknown"]
    said = told[0].values
    assert 3_327 <= said["least_m"] < said["most_m"] <= 3_331
    assert (said["side"], said["lies"], said["radius_m"], said["precision_m"]) == ("north", "north", 800, 250)
    assert told[0].acts == ("a" * 16,) and told[1].reports == ("b" * 16,)
    assert all(SENTENCES[one.code].format(**one.values) for one in told)
