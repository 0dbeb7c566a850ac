"""Matching: how well reports are put together on simulated theatres, and how long a million of them take.

Every model is estimated from the reports alone; the truth is read when all is done. Beside it, on the same reports: a
match by windows and kinds as MELTT does it, and Splink 5 (no dependency) where it can be imported.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import towns
from benchmarks.rivals import splink_groups
from benchmarks.theatres import Staged, staged
from benchmarks.timing import peak, timed
from truceline.matching.candidates import Pairs, candidates, declared
from truceline.matching.compared import Compared, compared
from truceline.matching.estimating import estimated
from truceline.matching.groups import grouped
from truceline.matching.model import Model, Scored, scored, together
from truceline.matching.signals import Scene
from truceline.matching.window import Window
from truceline.matching.windowed import fits
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import HOUR

REPORTS = 100_000
SEED = 1
STAGED = 3_000
"""Reports of each simulated theatre: some 50 a day."""
MOST_BESIDE = 200_000
"""Reports up to which Splink runs beside: with a million it took 11 GB, and was stopped after 12 minutes."""
DIFFICULTIES = ("easy", "usual", "hard")
WINDOW = Window()
TOWNS_WINDOW = Window(time_us=HOUR // 2, distance_m=2_000)


@dataclass
class _Counted:
    """How many candidates went by."""

    pairs: int = 0

    def going_by(self, parts: Iterator[Pairs]) -> Iterator[Pairs]:
        for part in parts:
            self.pairs += len(part.one)
            yield part


def run(reports: int = REPORTS) -> dict[str, Any]:
    """The towns, step by step, with the others beside; then the theatres."""
    told, made = timed("reports made", lambda: towns.told(SEED, reports))
    steps, of, counted = _steps(told.columns)
    fit = fit_of(of, told.incident)
    steps[-1]["note"] += f"; {said(fit)}"
    beside = [_windowed(compared(told.columns), TOWNS_WINDOW, told.incident)]
    beside += _splink(compared(told.columns), told.incident)
    return {
        "title": f"{reports:,} reports of {reports // towns.EACH:,} incidents in {towns.TOWNS} towns, seed {SEED}",
        "reports": reports,
        "pairs": counted,
        "fit": fit,
        "steps": steps,
        "seconds": round(sum(step["seconds"] for step in steps), 2),
        "peak_mb": steps[-1]["peak_mb"],
        "made": made,
        "beside": beside,
        "further": [row for name in DIFFICULTIES for row in _theatre(name)],
    }


def _steps(columns: Any) -> tuple[list[dict[str, Any]], Ints, int]:
    reports, first = timed("columns to compare", lambda: compared(columns))
    model, second = timed("model estimated, no labels", lambda: estimated(reports, TOWNS_WINDOW, seed=SEED))
    counted = _Counted()
    found, third = timed("candidates found and scored", lambda: _proposals(reports, model, counted))
    third["note"] = f"{counted.pairs:,} candidates, {len(found.weight):,} proposed"
    groups, last = timed("groups", lambda: grouped(reports, found, TOWNS_WINDOW))
    last["note"] = f"{len(np.unique(groups.of)):,} groups"
    return [first, second, third, last], groups.of, counted.pairs


def _proposals(reports: Compared, model: Model, counted: _Counted) -> Scored:
    scene = Scene.of(reports, model.density)

    def parts() -> Iterator[Pairs]:
        yield from counted.going_by(candidates(reports, model.window))
        yield declared(reports, model.window)

    return together(scored(scene, parts(), model))


def fit_of(groups: Ints, truth: Ints) -> dict[str, float]:
    """Pairwise precision, recall and their harmonic mean. Below nought stands alone in the truth."""
    alone = truth < 0
    truth = np.where(alone, truth.max(initial=0) + 1 + np.arange(len(truth)), truth)
    both = _pairs(groups.astype(np.int64) * (int(truth.max(initial=0)) + 1) + truth)
    claimed, true = _pairs(groups), _pairs(truth)
    precision, recall = both / max(claimed, 1), both / max(true, 1)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * both / max(claimed + true, 1), 4),
    }


def said(fit: dict[str, float]) -> str:
    """The fit in words."""
    return f"F1 {fit['f1']:.3f} (precision {fit['precision']:.3f}, recall {fit['recall']:.3f})"


def _pairs(of: Ints) -> int:
    times = np.unique(of, return_counts=True)[1]
    return int((times * (times - 1) // 2).sum())


def _windowed(reports: Compared, window: Window, truth: Ints, name: str = "window match") -> dict[str, Any]:
    """As MELTT: window, and the kind as the one taxonomy, of one level."""
    kind = np.where(reports.kind > 0, reports.kind, -1).astype(np.int64)[:, None]

    def match() -> Ints:
        return grouped(reports, together(fits(candidates(reports, window), [kind])), window).of

    of, step = timed(name, match)
    fit = fit_of(of, truth)
    return step | {"version": "", "fit": fit, "note": said(fit)}


def _splink(reports: Compared, truth: Ints, name: str = "Splink") -> list[dict[str, Any]]:
    """Splink's best F1 over its thresholds, chosen with the truth in its favour."""
    if len(reports) > MOST_BESIDE:
        return []
    try:
        (groups, version), step = timed(name, lambda: splink_groups(reports))
    except ImportError:
        return []
    fits_by = {at: fit_of(of, truth) for at, of in groups.items()}
    best = max(fits_by, key=lambda at: fits_by[at]["f1"])
    return [
        step
        | {"version": version, "fit": fits_by[best], "note": f"{said(fits_by[best])} at its best threshold, {best}"}
    ]


def _theatre(name: str) -> list[dict[str, Any]]:
    """Ours and the others on a simulated theatre."""
    made: Staged = staged(name, STAGED, SEED)

    def match() -> Ints:
        model = estimated(made.reports, WINDOW, seed=SEED)
        return grouped(made.reports, _proposals(made.reports, model, _Counted()), WINDOW).of

    of, step = timed(f"theatre, {name}", match)
    fit = fit_of(of, made.truth)
    rows = [step | {"fit": fit, "note": f"{len(made.reports):,} reports, seed {SEED}: {said(fit)}", "peak_mb": peak()}]
    rows.append(_windowed(made.reports, WINDOW, made.truth, f"theatre, {name}, window match"))
    return rows + _splink(made.reports, made.truth, f"theatre, {name}, Splink")
