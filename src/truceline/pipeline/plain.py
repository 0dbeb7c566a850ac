"""Answers as plain values, for `--json`: documented in docs/reference/json.md and stable."""

from collections.abc import Iterator
from typing import Any

import msgspec

from truceline.pipeline.questions import Answer
from truceline.publication.sentences import say
from truceline.vocabulary.assessment import Cell, ClockStanding, ClockView, Day, IndicatorLedger, PeriodCount, Reason
from truceline.vocabulary.when import iso


def about(answer: Answer) -> dict[str, Any]:
    """What every answer says of itself: mission, agreement, audience, reading, as of, cut."""
    question = answer.evaluated.question
    return {
        "mission": answer.mission.name,
        "agreement": {"pack": question.agreement.pack, "version": question.agreement.version},
        "exercise": answer.exercise,
        "audience": answer.reader.audience.value,
        "reading": question.reading.id,
        "registered": not answer.exploratory,
        "as_of": iso(question.as_of),
        "view": answer.view,
        "sealed": answer.sealed,
        "cut": answer.cut,
        "zone": question.zone,
        "day_boundary": question.boundary,
    }


def chosen_cells(
    answer: Answer, indicator: str | None, area: str | None, first: str | None, last: str | None
) -> Iterator[tuple[IndicatorLedger, Cell, Day]]:
    """The cells asked for: one indicator or all, one area or all, days from first to last, both included."""
    ledger = answer.evaluated.ledger
    for one in ledger.indicators:
        if indicator not in (None, one.indicator):
            continue
        for cell in one.cells:
            day = ledger.days[cell.day]
            if area in (None, ledger.areas[cell.area]) and (first or "") <= day.name <= (last or "9999"):
                yield one, cell, day


def cell_plain(answer: Answer, indicator: str, cell: Cell, day: Day) -> dict[str, Any]:
    """One cell with its reasons in words."""
    return {
        "indicator": indicator,
        "area": answer.evaluated.ledger.areas[cell.area],
        "day": day.name,
        "from": iso(day.start),
        "to": iso(day.end),
        "verdict": cell.verdict.value,
        "low": cell.low,
        "high": cell.high,
        "covered": cell.covered,
        "sources": cell.sources,
        "reasons": words(answer, cell.reasons),
    }


def words(answer: Answer, reasons: tuple[Reason, ...]) -> list[str]:
    """Reasons as sentences, with the agreement's names of areas and bodies."""
    return [say(reason, "en", answer.names) for reason in reasons]


def clock_plain(answer: Answer, standing: ClockStanding) -> dict[str, Any]:
    """One clock's standing."""
    clock = next(one for one in answer.evaluated.question.agreement.clocks if one.id == standing.clock)
    return {
        "clock": standing.clock,
        "title": clock.title["en"],
        "state": standing.state.value,
        "start": iso(standing.start),
        "end": None if standing.end is None else iso(standing.end),
        "verdict": standing.verdict.value,
        "day": {"low": standing.day_low, "high": standing.day_high, "of": standing.of},
        "basis": {"instrument": clock.instrument, "source": clock.cited.source, "tag": clock.cited.tag},
        "views": [view_plain(view) for view in standing.views],
        "areas": [
            {
                "area": run.area, "verdict": run.verdict.value, "low": run.low, "high": run.high,
                "days": {"quiet": run.days_quiet, "not_quiet": run.days_not_quiet, "cannot_tell": run.days_cannot_tell},
                "reasons": words(answer, run.reasons),
            }
            for run in standing.areas
        ],
        "pending": standing.pending,
        "conditions": [{"condition": name, "met": met} for name, met in standing.conditions],
        "settles": words(answer, standing.settles),
        "reasons": words(answer, standing.reasons),
    }  # fmt: skip


def view_plain(view: ClockView) -> dict[str, Any]:
    """What a clock is for one body, or on the figures."""
    day = {"low": view.day_low, "high": view.day_high, "of": view.of}
    return {"by": view.by, "says": view.says, "day": day, "since": iso(view.since), "acts": view.acts}


def evaluation_plain(answer: Answer) -> dict[str, Any]:
    """The whole evaluation in short: cells by verdict, clocks, comparisons, what did not resolve."""
    unresolved = answer.evaluated.unresolved
    return {
        **about(answer),
        "incidents": len(answer.evaluated.incidents),
        "indicators": [indicator_plain(one) for one in answer.evaluated.ledger.indicators],
        "clocks": [
            {"clock": c.clock, "state": c.state.value, "verdict": c.verdict.value,
             "day": {"low": c.day_low, "high": c.day_high, "of": c.of}}
            for c in answer.clocks
        ],
        "compared": [
            {"comparison": one.comparison, "indicator": one.indicator, "before": period_plain(one.before),
             "after": period_plain(one.after)}
            for one in answer.compared
        ],
        "unresolved": {"names": unresolved.names, "areas": unresolved.areas, "repeats": unresolved.repeats},
    }  # fmt: skip


def period_plain(count: PeriodCount) -> dict[str, Any]:
    """One of two compared periods."""
    return {**msgspec.structs.asdict(count), "start": iso(count.start), "end": iso(count.end)}


def indicator_plain(one: IndicatorLedger) -> dict[str, Any]:
    """How many cells of each verdict."""
    counted = {"quiet": 0, "not_quiet": 0, "cannot_tell": 0}
    for cell in one.cells:
        counted[cell.verdict.value] += 1
    return {"indicator": one.indicator, "cells": counted}
