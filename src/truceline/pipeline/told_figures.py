"""The figures of an answer, one beside the other: what a page says in numbers, and which of them differ."""

from collections.abc import Sequence
from typing import Any

from truceline.pipeline.questions import Answer
from truceline.vocabulary.assessment import Cell, ClockStanding, Ledger, Verdict

Figures = dict[str, str]
"""By name of the figure, how it stands."""


def figures(answer: Answer) -> Figures:
    """Incidents, days by verdict and incidents surely and maybe of each indicator, where each clock stands."""
    told = {"incidents": str(len(answer.evaluated.incidents))}
    for one in answer.evaluated.ledger.indicators:
        days = dict.fromkeys(Verdict, 0)
        for cell in one.cells:
            days[cell.verdict] += 1
        sure, more = (sum(day[n] for day in one.series) for n in (0, 1))
        for verdict, number in days.items():
            told[f"{one.indicator}/{verdict.value}"] = str(number)
        told[f"{one.indicator}/incident_days"] = str(sure) if not more else f"{sure}-{sure + more}"
    for clock in answer.clocks:
        told[f"{clock.clock}/state"] = clock.state.value
        told[f"{clock.clock}/figures"] = clock.verdict.value
        told[f"{clock.clock}/day"] = _day(clock)
    return told


def differing(before: Figures, after: Figures, called: tuple[str, str] = ("before", "after")) -> list[dict[str, str]]:
    """The figures that differ, in the order of the page. called: what the two are called."""
    first, second = called
    names = [*before, *(name for name in after if name not in before)]
    return [
        {"figure": name, first: before.get(name, ""), second: after.get(name, "")}
        for name in names
        if before.get(name) != after.get(name)
    ]


def cells_differing(before: Ledger, after: Ledger) -> list[dict[str, Any]]:
    """The cells of two ledgers of the same days whose verdict or figures differ."""
    made = []
    for one, other in zip(before.indicators, after.indicators, strict=True):
        there = {(cell.area, cell.day): cell for cell in other.cells}
        for cell in one.cells:
            now = there.get((cell.area, cell.day))
            if now is None or _said(cell) != _said(now):
                made.append({
                    "indicator": one.indicator, "area": before.areas[cell.area], "day": before.days[cell.day].name,
                    "before": _said(cell), "after": _said(now) if now else None,
                })  # fmt: skip
    return made


def clocks_differing(before: Sequence[ClockStanding], after: Sequence[ClockStanding]) -> list[dict[str, Any]]:
    """The clocks that stand elsewhere."""
    now = {one.clock: _standing(one) for one in after}
    return [
        {"clock": one.clock, "before": _standing(one), "after": now.get(one.clock)}
        for one in before
        if now.get(one.clock) != _standing(one)
    ]


def _said(cell: Cell) -> dict[str, Any]:
    return {"verdict": cell.verdict.value, "low": cell.low, "high": cell.high}


def _day(one: ClockStanding) -> str:
    days = str(one.day_low) if one.day_low == one.day_high else f"{one.day_low}-{one.day_high}"
    return f"{days}/{one.of}"


def _standing(one: ClockStanding) -> dict[str, str]:
    return {"state": one.state.value, "figures": one.verdict.value, "day": _day(one)}
