"""Today: what a duty officer looks at first. Clocks as everybody reads them, the last days, what is late, what is new.

Figures are those of the ledger; two periods beside one another are counts, and say nothing of why.
"""

from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from truceline.compliance.cells import VERDICTS as VERDICTS_OF
from truceline.pipeline.cases_told import cases_told
from truceline.pipeline.holders import holding_of
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.heading import (
    Asking,
    Choice,
    Heading,
    Moment,
    Told,
    asked_anew,
    heading,
    indicators_of,
    moment_of,
    told_of,
    words_in,
)
from truceline.pipeline.room.ledger_grid import GridShown, grid_of
from truceline.pipeline.steps_told import steps_told
from truceline.publication.clocks import day_of
from truceline.publication.heat_map import CLASSES
from truceline.publication.sentences import SAYINGS, STATES, VERDICTS
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.assessment import ClockStanding, ClockView
from truceline.vocabulary.marking import Audience
from truceline.vocabulary.when import read_instant

Plain = dict[str, Any]
DAYS = 14
"""Days of the heat map on this page; the ledger has them all."""
PERIOD = 7
"""Days of the two periods set beside one another."""
AREAS = 30


class ViewToday(Struct, frozen=True):
    """What one body, or the figures, hold of a clock: its day, and since when."""

    by: str
    says: str
    day: str
    since: Moment


class ClockToday(Struct, frozen=True):
    """A clock. contested: the views differ, and each has the same room. kind: class of the figures' verdict."""

    clock: str
    title: str
    state: str
    contested: bool
    kind: str
    verdict: str
    day: str
    start: Moment
    end: Moment | None
    views: tuple[ViewToday, ...]
    settles: tuple[str, ...]
    reasons: tuple[str, ...]


class CountToday(Struct, frozen=True):
    """Incidents of one indicator surely, and at most, in the last days and in as many before. verdicts: area-days."""

    indicator: str
    title: str
    days: int
    surely: int
    most: int
    days_before: int
    surely_before: int
    most_before: int
    verdicts: dict[str, int]


class NotSeen(Struct, frozen=True):
    """How much of the own log another holder is not known to have: its last word, and when it was dated."""

    by: str
    size: int
    not_seen: int
    dated: Moment | None


class StepToday(Struct, frozen=True):
    """A step that is overdue, and when it was due (None where nobody set a time)."""

    step: str
    title: str
    due: Moment | None


class Today(Struct, frozen=True):
    """The page. overdue_cases as `case list --json` tells them."""

    heading: Heading
    indicators: tuple[Choice, ...]
    clocks: tuple[ClockToday, ...]
    grid: GridShown
    more_areas: int
    counts: tuple[CountToday, ...]
    overdue_steps: tuple[StepToday, ...]
    overdue_cases: tuple[Plain, ...]
    entries: int
    not_seen: tuple[NotSeen, ...]
    unresolved: int


def today(path: Path, asked: Asked, indicator: str = "", language: str = "en", asking: Asking = asked_anew) -> Today:
    """The page as asked. Raises `ReadingError`, `AfterTheCut`, `ValueNotRead`."""
    with told_of(path, asked, language, asking=asking) as (mission, told):
        ledger = told.answer.evaluated.ledger
        k, indicators = indicators_of(told, indicator)
        n, areas = len(ledger.days), min(AREAS, len(ledger.areas))
        part: dict[str, Any] = {
            "heading": heading(told), "indicators": indicators,
            "clocks": tuple(_clock(told, one) for one in told.answer.clocks),
            "grid": grid_of(told, k, range(max(0, n - DAYS), n), range(areas)), "more_areas": len(ledger.areas) - areas,
            "counts": tuple(_count(told, one) for one in range(len(ledger.indicators))),
            "entries": told.answer.size, "not_seen": _not_seen(mission, asked, language),
            "unresolved": len(told.answer.evaluated.unresolved.names),
        }  # fmt: skip
        part["overdue_steps"] = _steps(told, path, asked)
    return Today(**part, overdue_cases=_cases(path, asked))


def _clock(told: Told, one: ClockStanding) -> ClockToday:
    clock = next(clock for clock in told.answer.evaluated.question.agreement.clocks if clock.id == one.clock)
    return ClockToday(
        clock=one.clock, title=told.words.text(clock.title), state=told.words.plain(STATES[one.state]),
        contested=one.state.value == "contested", kind=CLASSES[one.verdict],
        verdict=told.words.plain(VERDICTS[one.verdict]), day=str(day_of(one.day_low, one.day_high, one.of, told.words)),
        start=told.moment(one.start), end=None if one.end is None else told.moment(one.end),
        views=tuple(_view(told, view) for view in one.views), settles=told.say(one.settles),
        reasons=told.say(one.reasons),
    )  # fmt: skip


def _view(told: Told, view: ClockView) -> ViewToday:
    known = {state.value: word for state, word in STATES.items()}
    known |= {verdict.value: word for verdict, word in VERDICTS.items()} | SAYINGS
    says = told.words.plain(known[view.says]) if view.says in known else view.says.replace("_", " ")
    day = str(day_of(view.day_low, view.day_high, view.of, told.words))
    return ViewToday(told.name(view.by), says, day, told.moment(view.since))


def _count(told: Told, k: int) -> CountToday:
    ledger = told.answer.evaluated.ledger
    one = ledger.indicators[k]
    titles = {found.id: told.words.text(found.title) for found in told.answer.evaluated.question.agreement.indicators}
    now, before = one.series[-PERIOD:], one.series[-2 * PERIOD : -PERIOD]
    verdicts = told.answer.evaluated.grids[k].verdict[:, -PERIOD:].ravel()
    numbers = np.bincount(verdicts, minlength=len(VERDICTS_OF)).tolist()
    return CountToday(
        one.indicator, titles[one.indicator], len(now), sum(low for low, _ in now), sum(map(sum, now)), len(before),
        sum(low for low, _ in before), sum(map(sum, before)),
        {CLASSES[verdict]: number for verdict, number in zip(VERDICTS_OF, numbers, strict=True)},
    )  # fmt: skip


def _not_seen(mission: MissionFile, asked: Asked, language: str) -> tuple[NotSeen, ...]:
    """Of the own view alone: what others have of a log says nothing to a reader outside."""
    if asked.view != "own" or asked.reader.audience is not Audience.INTERNAL:
        return ()
    held = holding_of(mission, now_us=asked.now_us, known=asked.known).logs
    own, words = held[0], words_in(language)
    last: dict[str, NotSeen] = {}
    for one in sorted((*own.seen, *own.cosigned), key=lambda seen: seen.size):
        dated = None if one.dated_s is None else moment_of(words, one.dated_s * 1_000_000, "UTC")
        last[one.by] = NotSeen(one.by, one.size, own.size - one.size, dated)
    never = (NotSeen(one.name, 0, own.size, None) for one in held[1:] if one.name not in last)
    return (*last.values(), *never)


def _steps(told: Told, path: Path, asked: Asked) -> tuple[StepToday, ...]:
    titles = {one.id: told.words.text(one.title) for one in told.answer.evaluated.question.agreement.steps}
    late = [one for one in steps_told(path, asked)["steps"] if one["overdue"]]
    return tuple(StepToday(one["step"], titles[one["step"]], _due(told, one["due"])) for one in late)


def _due(told: Told, text: str) -> Moment | None:
    return told.moment(read_instant(text, told.answer.evaluated.question.zone)) if text else None


def _cases(path: Path, asked: Asked) -> tuple[Plain, ...]:
    return tuple(cases_told(path, asked, overdue=True)["cases"])
