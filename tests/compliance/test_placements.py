"""The fast rule against the enumeration of all placements (decision 12), on 10,000 random small cases."""

from collections import Counter
from itertools import product
from random import Random
from types import SimpleNamespace
from typing import Any

import numpy as np

from truceline.compliance.figures import Figures
from truceline.compliance.grid import VERDICT_NAMES, grid_of
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Placed

CASES = 10_000
WORDS = ("quiet", "not_quiet", "cannot_tell")


def random_case(chance: Random) -> dict[str, Any]:
    """Up to four incidents over up to three areas and four days, with a threshold and covered cells."""
    n_areas, n_days, n = chance.randint(1, 3), chance.randint(1, 4), chance.randint(0, 4)
    incidents = []
    for _ in range(n):
        first = chance.randint(-1, n_days)
        last = min(n_days, first + chance.choice((0, 0, 0, 1, 2)))
        places = [chance.random() < 0.5 for _ in range(n_areas + 1)]
        if not any(places):
            places[chance.randrange(n_areas)] = True
        incidents.append((first, last, places, chance.choice((SURELY, SURELY, MAYBE, NO))))
    covered = [[chance.random() < 0.8 for _ in range(n_days)] for _ in range(n_areas)]
    lo = chance.randrange(n_days)
    return {
        "areas": n_areas, "days": n_days, "incidents": incidents, "covered": covered,
        "threshold": chance.choice((0, 0, 1, 2)), "lo": lo, "hi": chance.randint(lo + 1, n_days),
        "chosen": [a for a in range(n_areas) if chance.random() < 0.7] or [0],
    }  # fmt: skip


def placements(incident: tuple[int, int, list[bool], int]) -> list[tuple[int, int] | None]:
    """Every cell an incident may be in; None for elsewhere, outside the days, or not counting."""
    first, last, places, counts = incident
    found: list[tuple[int, int] | None] = [None] if counts != SURELY else []
    if counts != NO:
        found += [
            (area, day) if area < len(places) - 1 else None
            for area, may in enumerate(places) if may
            for day in range(first, last + 1)
        ]  # fmt: skip
    return found


def enumerated(case: dict[str, Any]) -> tuple[dict[tuple[int, int], tuple[int, int, str]], str]:
    """Low, high and verdict of every cell, and the verdict of the window, over all placements one by one."""
    cells = [(a, d) for a in range(case["areas"]) for d in range(case["days"])]
    worlds = [Counter(world) for world in product(*(placements(one) for one in case["incidents"]))]
    found = {}
    for area, day in cells:
        numbers = [world[area, day] for world in worlds]
        found[area, day] = (min(numbers), max(numbers), word(numbers, case, case["covered"][area][day]))
    window = [(a, d) for a in case["chosen"] for d in range(case["lo"], case["hi"])]
    worst = [max(world[cell] for cell in window) for world in worlds]
    return found, word(worst, case, all(case["covered"][a][d] for a, d in window))


def word(numbers: list[int], case: dict[str, Any], covered: bool) -> str:
    if all(number > case["threshold"] for number in numbers):
        return "not_quiet"
    return "quiet" if covered and all(number <= case["threshold"] for number in numbers) else "cannot_tell"


def columns(case: dict[str, Any]) -> Any:
    """The case as incident columns, as far as the rule looks at them."""
    incidents = case["incidents"]
    n = len(incidents)
    may_be = np.array([places for _, _, places, _ in incidents], np.bool_).reshape(n, case["areas"] + 1)
    return SimpleNamespace(placed=Placed.each(may_be)), *(
        np.array([incident[k] for incident in incidents], dtype)
        for k, dtype in ((0, np.int64), (1, np.int64), (3, np.int8))
    )


def figures_for(case: dict[str, Any]) -> Figures:
    incidents, first, last, counts = columns(case)
    # Days are half-open: an incident wholly before or after the days has no day of them.
    last = np.where(first >= case["days"], case["days"], last)
    covered = np.array(case["covered"], np.bool_).reshape(case["areas"], case["days"])
    grid = grid_of(incidents.placed, counts, first, last, covered, case["threshold"])
    evaluated: Any = SimpleNamespace(incidents=incidents, question=SimpleNamespace(unknown_day="undecided"))
    areas = tuple(case["chosen"])
    return Figures(evaluated, (), grid, areas, first, last, counts.astype(np.int64), case["days"])


def test_the_rule_equals_the_enumeration_of_all_placements() -> None:
    chance = Random(20160227)
    seen: Counter[str] = Counter()
    for number in range(CASES):
        case = random_case(chance)
        cells, run = enumerated(case)
        figures = figures_for(case)
        for (area, day), (low, high, verdict) in cells.items():
            got = (int(figures.grid.low[area, day]), int(figures.grid.high[area, day]))
            assert got == (low, high), (number, case, area, day)
            assert VERDICT_NAMES[figures.grid.verdict[area, day]] == verdict, (number, case, area, day)
        got_run = figures.window(case["lo"], case["hi"]).value
        assert got_run == run, (number, case, got_run, run)
        seen[run] += 1
    print(f"placements: {CASES} cases, runs {dict(seen)}")
    assert min(seen[name] for name in WORDS) > 200
