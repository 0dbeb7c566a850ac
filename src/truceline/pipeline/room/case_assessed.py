"""What a case changes: the assessments whose reasons rest on its reports or on what was said of it, each with why.

Over the days of its reports; an incident goes by the report that founds it. An outcome and its counts are of all that
was found and reported; what is said of single matters is said of the case's. An outcome is of an obligation and a
party, never of a case: the page says so.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from truceline.compliance.assessing import explained
from truceline.errors import ValueNotRead
from truceline.pipeline.assessed_told import JOINTLY, rows_of, trace_told
from truceline.pipeline.assessing import Answered, Wanted, assessed, finders
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.case import CasePage, case_page
from truceline.pipeline.views import opened_for

Plain = dict[str, Any]
MOST = 60


class WhyShown(Struct, frozen=True):
    """Why, as a sentence and its parts under it, each at its depth. outcome: what it would give alone, or ""."""

    depth: int
    says: str
    outcome: str


class AssessedHere(Struct, frozen=True):
    """One obligation and party. outcomes: jointly, and as each co-chair holds it, each with its reasons."""

    obligation: str
    title: str
    party: str
    start: str
    end: str
    outcomes: tuple[tuple[str, str, tuple[WhyShown, ...]], ...]


class CaseAssessed(Struct, frozen=True):
    """The assessments that rest on a case. start, end: the dates asked about, the last included; "" where no report of
    it has a time that is shown. withheld: something of its reports is kept from the reader, so reasons are not told."""

    case: str
    title: str
    start: str
    end: str
    withheld: bool
    rows: tuple[AssessedHere, ...]


def case_assessed(path: Path, handle: str, asked: Asked, language: str = "en") -> CaseAssessed:
    """Raises `ActError` for a handle that is none at that cut and time."""
    page = case_page(path, handle, asked)
    start, end = _days(page)
    withheld = any(one.withheld for one in page.reports)
    rows: tuple[AssessedHere, ...] = ()
    if start and not withheld:
        rests = {one.id for one in page.history if not one.after} | {one.id for one in page.reports}
        with opened_for(path, asked) as mission:
            try:
                answered = assessed(mission, asked, Wanted(start=start, end=end))
            except ValueNotRead:
                return CaseAssessed(page.told["case"], page.told["title"], "", "", withheld, ())
            rows = tuple(_rows(answered, rests, language))
    return CaseAssessed(page.told["case"], page.told["title"], start, end, withheld, rows)


def _days(page: CasePage) -> tuple[str, str]:
    """The first and the last date of its reports and findings, local to the agreement."""
    starts = [one.start[:10] for one in page.reports if one.start]
    said = [one.when[:10] for one in page.history if one.when and not one.after]
    days = sorted(day for day in (*starts, *said))
    return (days[0], days[-1]) if days else ("", "")


def _rows(answered: Answered, rests: Collection[str], language: str) -> Iterator[AssessedHere]:
    agreement, period = answered.meant.question.agreement, answered.periods[0]
    kinds = {one.id: one.kind for one in agreement.obligations}
    # Outcomes and counts are of all matters; only those of the case are gone through one by one, which takes long.
    of_case = answered.matters.take(
        np.array([n for n, one in enumerate(answered.matters.id) if one in rests], np.int64)
    )
    if not len(of_case):
        return
    made = 0
    for row in rows_of(answered):
        judged = {
            body: explained(
                answered.assessed, of_case, row["obligation"], row["party"], period,
                None if body == JOINTLY else body,
            )
            for body in (JOINTLY, *finders(agreement))
        }  # fmt: skip
        told = {
            body: trace_told(one.trace, kinds[row["obligation"]], language) for body, one in judged.items()
        }  # fmt: skip
        if made < MOST and any(_rests(trace, rests) for trace in told.values()):
            made += 1
            yield AssessedHere(
                row["obligation"], row["title"], row["party"], row["from"], row["to"],
                tuple((body, judged[body].outcome.value, tuple(_why(told[body]))) for body in judged),
            )  # fmt: skip


def _rests(trace: Plain, rests: Collection[str]) -> bool:
    named: Sequence[str] = (*trace["acts"], *trace["reports"])
    return any(one in rests for one in named) or any(_rests(part, rests) for part in trace["parts"])


def _why(trace: Plain, depth: int = 0) -> Iterator[WhyShown]:
    yield WhyShown(depth, trace["says"], trace["outcome"])
    for part in trace["parts"]:
        yield from _why(part, depth + 1)
