"""Matching: how well reports are put together on simulated theatres, and how long many of them take.

Every model is estimated from the reports alone; the truth is read when all is done. Beside it, in the same run and on
the same reports: Splink 5 (with the extra `bench`; without it that is said) and a match by windows and kinds as MELTT
does it. Three difficulties are pinned by Splink's best F1 on them, over thresholds chosen with the truth in its favour.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from benchmarks import towns
from benchmarks.rivals import ONE_THRESHOLD, THRESHOLDS, splink_groups
from benchmarks.theatres import Staged, staged
from benchmarks.timing import peak, timed
from truceline.matching.at_once import proposed_at_once
from truceline.matching.candidates import candidates
from truceline.matching.compared import Compared, compared
from truceline.matching.estimating import estimated
from truceline.matching.groups import grouped
from truceline.matching.model import together
from truceline.matching.window import Window
from truceline.matching.windowed import fits
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.when import HOUR

REPORTS = 100_000
SEED = 1
PINNED = 20_000
"""Reports of each pinned theatre."""
STAGED = 3_000
"""Reports of each of truceline's own theatres: some 50 a day."""
MOST_BESIDE = 1_000_000
"""Reports up to which the others run beside."""
SPEED = towns.Strain(incidents_a_day=1_852)
"""So many a day that 1,000,000 reports are of 180 days, and 10,000,000 of ten times as many."""
DIFFICULTIES = ("easy", "usual", "hard")
WINDOW = Window()
TOWNS_WINDOW = Window(time_us=HOUR // 2, distance_m=2_000)
PINNED_WINDOW = Window(time_us=HOUR // 2, distance_m=4_000)
THREADS = 2


def run(reports: int = REPORTS) -> dict[str, Any]:
    """Many reports, step by step, with the others beside; then the pinned difficulties; then truceline's theatres."""
    told, made = timed("reports made", lambda: towns.told(SEED, reports, SPEED))
    of = compared(told.columns)
    steps, groups, pairs = _steps(told.columns)
    fit = fit_of(groups, told.incident)
    steps[-1]["note"] += f"; {said(fit)}"
    days = max(1, round(reports / towns.EACH / SPEED.incidents_a_day))
    beside = _windowed(of, TOWNS_WINDOW, told.incident) + _splink(of, told.incident, "Splink", ONE_THRESHOLD)
    return {
        "title": f"{reports:,} reports of {reports // towns.EACH:,} incidents in {days} days, seed {SEED}, {SPEED}",
        "reports": reports,
        "pairs": pairs,
        "fit": fit,
        "steps": steps,
        "seconds": round(sum(step["seconds"] for step in steps), 2),
        "processor": round(sum(step["processor"] for step in steps), 2),
        "peak_mb": steps[-1]["peak_mb"],
        "made": made,
        "beside": beside,
        "further": [row for rows in _further() for row in rows()],
    }


def _further() -> list[Callable[[], list[dict[str, Any]]]]:
    pinned = [lambda name=name: _pinned(name) for name in towns.PINNED]
    return [*pinned, *(lambda name=name: _theatre(name) for name in DIFFICULTIES)]


def _steps(columns: Any) -> tuple[list[dict[str, Any]], Ints, int]:
    reports, first = timed("columns to compare", lambda: compared(columns))
    model, second = timed("model estimated, no labels", lambda: estimated(reports, TOWNS_WINDOW, seed=SEED))
    found, third = timed("candidates found and scored", lambda: proposed_at_once(reports, model, THREADS))
    third["note"] = f"{len(found.weight):,} pairs proposed"
    groups, last = timed("groups", lambda: grouped(reports, found, TOWNS_WINDOW))
    last["note"] = f"{len(np.unique(groups.of)):,} groups"
    return [first, second, third, last], groups.of, len(found.weight)


def matched(reports: Compared, window: Window) -> Ints:
    """The groups under a model estimated from these reports alone."""
    model = estimated(reports, window, seed=SEED)
    return grouped(reports, proposed_at_once(reports, model, THREADS), window).of


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


def _windowed(reports: Compared, window: Window, truth: Ints, name: str = "") -> list[dict[str, Any]]:
    """As MELTT: window, and the kind as the one taxonomy, of one level."""
    if len(reports) > MOST_BESIDE:
        return []
    kind = np.where(reports.kind > 0, reports.kind, -1).astype(np.int64)[:, None]

    def match() -> Ints:
        return grouped(reports, together(fits(candidates(reports, window), [kind])), window).of

    of, step = timed(f"{name}window match", match)
    fit = fit_of(of, truth)
    return [step | {"version": "", "fit": fit, "note": said(fit)}]


def _splink(
    reports: Compared, truth: Ints, name: str, thresholds: tuple[float, ...] = THRESHOLDS
) -> list[dict[str, Any]]:
    """Splink's best F1 over these thresholds."""
    if len(reports) > MOST_BESIDE:
        return []
    try:
        (groups, version), step = timed(name, lambda: splink_groups(reports, thresholds))
    except ImportError:
        return [{"step": name, "seconds": 0.0, "processor": 0.0, "peak_mb": peak(), "version": "",
                 "note": "not run: install the extra `bench`"}]  # fmt: skip
    each = {at: fit_of(of, truth) for at, of in groups.items()}
    best = max(each, key=lambda at: each[at]["f1"])
    note = f"{said(each[best])} at its best threshold of {len(each)}, {best}"
    return [step | {"version": version, "fit": each[best], "note": note}]


def _pinned(name: str) -> list[dict[str, Any]]:
    """Ours and the others at a pinned difficulty."""
    strain = towns.PINNED[name]
    told = towns.told(SEED, PINNED, strain)
    reports = compared(told.columns)
    rows = _ours(f"{name}", reports, told.incident, PINNED_WINDOW)
    rows[0] |= {"strain": asdict(strain), "seed": SEED}
    rows[0]["note"] += f"; {strain}"
    rows += _splink(reports, told.incident, f"{name}, Splink")
    return rows + _windowed(reports, PINNED_WINDOW, told.incident, f"{name}, ")


def _theatre(name: str) -> list[dict[str, Any]]:
    """Ours and the others on one of truceline's theatres."""
    made: Staged = staged(name, STAGED, SEED)
    rows = _ours(f"theatre, {name}", made.reports, made.truth, WINDOW)
    rows += _splink(made.reports, made.truth, f"theatre, {name}, Splink")
    return rows + _windowed(made.reports, WINDOW, made.truth, f"theatre, {name}, ")


def _ours(name: str, reports: Compared, truth: Ints, window: Window) -> list[dict[str, Any]]:
    of, step = timed(name, lambda: matched(reports, window))
    fit = fit_of(of, truth)
    return [step | {"fit": fit, "note": f"{len(reports):,} reports, seed {SEED}: {said(fit)}"}]
