"""`sources`: what each pair of sources both have, counts of bodies side by side, and effort."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.standing import folded
from truceline.errors import TrucelineError
from truceline.intake.formats.bulletin_periods import PERIOD_NOT_SAID
from truceline.pipeline.missions import open_mission
from truceline.pipeline.questions import Answer, Asked, ask, report_columns
from truceline.pipeline.spans import Span, span_of
from truceline.pipeline.tallies import tallies_of
from truceline.pipeline.tellers import reported_by, said_of, sources_of
from truceline.pipeline.tellings import told_of
from truceline.statistics.effort import efforts
from truceline.statistics.overlap import Most, overlaps
from truceline.statistics.two_counts import two_counts, wholes_and_parts
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.columns import NO, Bools
from truceline.vocabulary.side_by_side import SideBySide
from truceline.vocabulary.tally import Tally

MOST_SOURCES = 30
"""The sources with the most reports in the span are paired: 435 pairs."""


MOST_PERIODS = 53
"""A bulletin goes by week up to a year, and by month beyond."""
ON_A_PAGE = 8
"""The sources that a bulletin pairs: 28 pairs."""


@dataclass(frozen=True)
class Compared:
    """All that is said of the sources of a mission over a span."""

    answer: Answer
    span: Span
    indicator: str | None
    told: SideBySide


def sources(path: Path, asked: Asked, first: str | None, last: str | None, by: str, indicator: str | None) -> Compared:
    """Compare the sources of a mission. Raises `TrucelineError`.

    1. the incidents   2. who tells of which   3. pairs of sources   4. effort   5. published counts
    """
    with open_mission(path) as mission:
        answer = ask(mission, asked)
        agreement = answer.evaluated.question.agreement
        span = span_of(agreement, first, last, by, answer.evaluated.question.as_of)
        told = side_by_side(mission, answer, span, by, _counted(answer, indicator), Bounds(MOST_SOURCES, Most()))
    return Compared(answer, span, indicator, told)


def sources_of_page(mission: MissionFile, answer: Answer) -> SideBySide:
    """The same for a bulletin: all reports of the agreement's days so far, within bounds that keep it quick."""
    question = answer.evaluated.question
    span, by = span_of(question.agreement, None, None, "week", question.as_of), "week"
    if len(span.names) > MOST_PERIODS:
        span, by = span_of(question.agreement, None, None, "month", question.as_of), "month"
    every = np.ones(len(answer.evaluated.incidents), np.bool_)
    return side_by_side(mission, answer, span, by, every, Bounds(ON_A_PAGE, Most(2_000_000, 50_000)))


@dataclass(frozen=True)
class Bounds:
    """How many sources are paired, and what all pairs together may take."""

    sources: int
    most: Most


def side_by_side(
    mission: MissionFile, answer: Answer, span: Span, by: str, counted: Bools, bounds: Bounds
) -> SideBySide:
    """What the sources tell of these incidents, side by side."""
    reports = report_columns(mission, answer.reader, answer.size)
    more = mission.texts("report", ("origin", "language"), answer.reader, size=answer.size)
    tallies = tallies_of(mission, answer.reader, answer.size)
    said = said_of(answer, reports, more["origin"], more["language"])
    kept = _touching(answer, span) & counted
    found = sources_of(said, kept)
    told = told_of(answer, said, kept, span, [one.source for one in found[: bounds.sources]])
    effort, remarks = efforts(reported_by(answer, said, kept, span))
    dated = [one for one in tallies if _in(one, span) and PERIOD_NOT_SAID not in one.flags]
    names = Names.of(answer.evaluated.question.agreement)
    return SideBySide(
        span.first.isoformat(), span.last.isoformat(), by, span.names, found, max(len(found) - bounds.sources, 0),
        tuple(overlaps(told, len(span.names), bounds.most)), effort, remarks,
        tuple(two_counts(dated, lambda area: area_key(names, area))), tuple(wholes_and_parts(dated)),
        sum(PERIOD_NOT_SAID in one.flags for one in tallies),
    )  # fmt: skip


def _in(tally: Tally, span: Span) -> bool:
    return tally.start_us < int(span.edges[-1]) and tally.end_us > int(span.edges[0])


def area_key(names: Names, area: str) -> str:
    """One key for every name of an area of the pack; the folded name itself where the pack does not know it."""
    row = names.row(area)
    return folded(area) if row is None else ",".join(map(str, np.flatnonzero(row)))


def _touching(answer: Answer, span: Span) -> Bools:
    incidents = answer.evaluated.incidents
    touching: Bools = (incidents.start < span.edges[-1]) & (incidents.end > span.edges[0])
    return touching


def _counted(answer: Answer, indicator: str | None) -> Bools:
    """Incidents that may count for the indicator."""
    incidents = answer.evaluated.incidents
    known = [one.id for one in answer.evaluated.question.agreement.indicators]
    if indicator is None:
        return np.ones(len(incidents), np.bool_)
    if indicator not in known:
        raise TrucelineError(f"{indicator!r} is no indicator of this agreement.", f"Known: {', '.join(known)}.")
    counted: Bools = incidents.counts[known.index(indicator)] != NO
    return counted
