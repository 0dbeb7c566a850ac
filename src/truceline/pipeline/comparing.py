"""`compare`: did violence fall between two periods? The ledger's incidents and coverage, handed to `statistics`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.days import local_date
from truceline.compliance.figures import Figures
from truceline.compliance.watching import watching
from truceline.errors import TrucelineError, ValueNotRead
from truceline.pipeline.foreseen import Foreseen, basis_of, eve_of, foreseen, of_the_record
from truceline.pipeline.missions import open_mission
from truceline.pipeline.one_source import by_itself
from truceline.pipeline.periods import LEAST_DAYS, Periods, refuse_shared_days, words_of
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.statistics.asked import Asked as Comparing
from truceline.statistics.asked import Coverage, Stretch
from truceline.statistics.comparing import compare_periods
from truceline.statistics.periods import Days, local_days
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.assessment import Verdict
from truceline.vocabulary.columns import Bools, Watch
from truceline.vocabulary.comparison import ComparisonTold, PlainRule

Choose = Callable[[Periods], Periods]
"""Changes a comparison of the record as somebody asks: one indicator, one area, another eve."""


@dataclass(frozen=True)
class Compared:
    """What was compared, and the ids of comparisons of the record for which it is too early, or that cannot be."""

    answer: Answer
    told: tuple[ComparisonTold, ...]
    awaited: tuple[str, ...] = ()


def compare(path: Path, asked: Asked, periods: Periods) -> Compared:
    """Compare two periods of a mission. Raises `TrucelineError` for periods that overlap or are not over."""
    with open_mission(path) as mission:
        answer = ask(mission, asked)
        return Compared(answer, tuple(compared(mission, answer, periods)))


def compare_foreseen(path: Path, asked: Asked, choose: Choose) -> Compared:
    """Compare what the record says shall be compared, each as `choose` changes it. Raises `TrucelineError` for none."""
    with open_mission(path) as mission:
        answer = ask(mission, asked)
        told, awaited = all_foreseen(mission, answer, choose)
    if not told and not awaited:
        raise TrucelineError(
            "No comparison stands in the record.",
            "Give --from, --to and --baseline, or enter one before its window begins: docs/reference/acts.md.",
        )
    return Compared(answer, told, awaited)


def all_foreseen(
    mission: MissionFile, answer: Answer, choose: Choose = lambda periods: periods
) -> tuple[tuple[ComparisonTold, ...], tuple[str, ...]]:
    """Every comparison of the record under each indicator it is meant for; the ids of those that cannot be, yet."""
    told: list[ComparisonTold] = []
    awaited = []
    for one in foreseen(answer):
        try:
            told += compared(mission, answer, choose(one.periods), one)
        except ValueNotRead:
            awaited.append(one.id)
    return tuple(told), tuple(awaited)


def compared(
    mission: MissionFile, answer: Answer, periods: Periods, known: Foreseen | None = None
) -> Iterator[ComparisonTold]:
    """Two periods under the indicator asked, or under each that the comparison is meant for.

    1. the span of days   2. who watched on it   3. each indicator   4. was it registered
    """
    if periods.source is not None:
        answer = by_itself(mission, answer, periods.source)
    agreement = answer.evaluated.question.agreement
    _refuse(periods, answer)
    whole, stretches = _span(answer, periods)
    areas = tuple(area.id for area in agreement.areas)
    places = _places(areas, periods.area)
    coverage = coverage_of(answer, whole, stretches[0], stretches[1], places[:-1])
    for n, indicator in enumerate(agreement.indicators):
        if periods.indicator not in (None, indicator.id) or (known and not known.means(indicator.id)):
            continue
        entered = known or of_the_record(answer, periods, indicator.id)
        eve = eve_of(periods, entered)
        comparing = Comparing(
            indicator.id, whole, stretches[0], stretches[1], places, areas, coverage,
            stretches[2] if len(stretches) > 2 else None, eve, periods.worth, periods.seed,
        )  # fmt: skip
        incidents = answer.evaluated.incidents
        tested = compare_periods(comparing, incidents, incidents.counts[n])
        basis = basis_of(mission, answer, periods, entered)
        yield ComparisonTold(
            comparison=entered.id if entered else "",
            title=entered.title if entered else None,
            window=words_of(periods.window),
            baseline=words_of(periods.baseline),
            reference=words_of(periods.reference) if periods.reference else None,
            area=periods.area,
            eve_days=eve,
            worth=periods.worth,
            registered=[one.code for one in basis] == ["registered_before"],
            basis=basis,
            tested=tested,
            rule=plain_rule(answer, n, periods),
            source=periods.source,
        )


def _refuse(periods: Periods, answer: Answer) -> None:
    agreement = answer.evaluated.question.agreement
    for noun, value, known in (
        ("indicator", periods.indicator, [one.id for one in agreement.indicators]),
        ("area", periods.area, [one.id for one in agreement.areas]),
    ):
        if value is not None and value not in known:
            raise TrucelineError(f"{value!r} is no {noun} of this agreement.", f"Known: {', '.join(known)}.")
    if not 0 <= periods.worth < 1 or not 0 <= (periods.eve_days or 0) <= 365:
        raise TrucelineError(
            "The reduction or the eve is out of range.", "A reduction is 0 to 99 percent, an eve 0 to 365 days."
        )
    refuse_shared_days(periods)


def _span(answer: Answer, periods: Periods) -> tuple[Days, list[Stretch]]:
    """The days from the first to the last of all periods that are over, and the position of each period in them."""
    question = answer.evaluated.question
    named = periods.named
    first = min(pair[0] for _, pair in named)
    whole = local_days(first, max(pair[1] for _, pair in named), question.agreement.zone, question.as_of)
    found = []
    for name, (start, end) in named:
        stretch = ((start - first).days, min((end - first).days + 1, len(whole)))
        if stretch[1] - stretch[0] < LEAST_DAYS:
            raise ValueNotRead(
                f"Fewer than {LEAST_DAYS} days of the {name} are over at the as-of instant.",
                "Give a longer period, or a later --as-of.",
            )
        found.append(stretch)
    return whole, found


def coverage_of(answer: Answer, whole: Days, baseline: Stretch, window: Stretch, here: Bools) -> Coverage:
    """Who watched on the days of the span, midnight to midnight whatever the reading says; `here`: areas asked."""
    question, rows = answer.evaluated.question, answer.evaluated.watches
    names, n_areas = Names.of(question.agreement), len(question.agreement.areas)
    everyone = watching(rows, names, n_areas, whole.edges, question.minimum)
    by_source: dict[str, list[Watch]] = {}
    for row in rows:
        by_source.setdefault(row.source, []).append(row)
    watched: dict[str, Bools] = {}
    for source, own in by_source.items():
        alone = watching(own, names, n_areas, whole.edges, question.minimum)
        watched[source] = np.asarray(alone.sources[here].max(axis=0, initial=0) > 0)
    declared = tuple(_declared(rows, names, whole, stretch, here) for stretch in (baseline, window))
    return Coverage(everyone.sources, everyone.covered(question.minimum), watched, (declared[0], declared[1]))


def _declared(rows: Iterable[Watch], names: Names, whole: Days, stretch: Stretch, here: Bools) -> bool:
    """Some coverage row of an area asked touches the stretch, whatever it says."""
    start, end = int(whole.edges[stretch[0]]), int(whole.edges[stretch[1]])
    for row in rows:
        areas = names.row(row.area) if row.start < end and row.end > start else None
        if areas is not None and (areas & here).any():
            return True
    return False


def _places(areas: tuple[str, ...], area: str | None) -> Bools:
    return np.array([area in (None, one) for one in areas] + [area is None], np.bool_)


def plain_rule(answer: Answer, indicator: int, periods: Periods) -> PlainRule:
    """The reading's threshold rule over its own days that begin in the window, over the areas asked."""
    evaluated = answer.evaluated
    question, days = evaluated.question, evaluated.days
    within = [n for n, day in enumerate(days) if periods.window[0] <= local_date(day.name) <= periods.window[1]]
    areas = tuple(n for n, one in enumerate(question.agreement.areas) if periods.area in (None, one.id))
    grid, incidents = evaluated.grids[indicator], evaluated.incidents
    if not within:
        return PlainRule(Verdict.CANNOT_TELL.value, question.threshold, 0, 0, 0)
    complete = sum(day.end <= question.as_of for day in days)
    counts = incidents.counts[indicator].astype(np.int64)
    figures = Figures(evaluated, days, grid, areas, incidents.first_day, incidents.last_day, counts, complete)
    verdict = figures.window(within[0], within[-1] + 1)
    cells = grid.verdict[list(areas), within[0] : within[-1] + 1]
    quiet, loud, unknown = (int((cells == which).sum()) for which in range(3))
    return PlainRule(verdict.value, question.threshold, quiet, loud, unknown)
