"""Who tells of what in a span: reports by source and incident, and how much each source reported and watched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.compliance.gathering import gathered
from truceline.compliance.watching import joined, less
from truceline.pipeline.questions import Answer
from truceline.pipeline.spans import Span, placed
from truceline.statistics.effort import Reported
from truceline.vocabulary.columns import Bools, Ints, ReportColumns, Watch
from truceline.vocabulary.side_by_side import WIDE, OneSource
from truceline.vocabulary.texts import chosen, coded
from truceline.vocabulary.when import HOUR, moment, zone_of


@dataclass(frozen=True)
class Said:
    """Every report that has begun, its origin and language, and the incident it tells of."""

    reports: ReportColumns
    origin: Sequence[str]
    language: Sequence[str]
    incident: Ints


def said_of(answer: Answer, reports: ReportColumns, origin: Sequence[str], language: Sequence[str]) -> Said:
    """The same reports, in the same order, as the ledger was made from."""
    begun = np.flatnonzero(reports.start < answer.evaluated.question.as_of)
    kept = reports.take(begun)
    founding = gathered(kept, answer.evaluated.tied).founding
    number = np.cumsum(founding == np.arange(len(kept))) - 1
    return Said(kept, chosen(origin, begun), chosen(language, begun), number[founding])


def sources_of(said: Said, kept: Bools) -> tuple[OneSource, ...]:
    """Sources with a report in the span, the busiest first."""
    at = np.flatnonzero(kept[said.incident])
    codes, texts = coded(said.reports.source)
    order = at[np.argsort(codes[at], kind="stable")]
    found, first = np.unique(codes[order], return_index=True)
    parts = np.split(order, first[1:])
    made = [_one_source(said, texts[code], rows) for code, rows in zip(found.tolist(), parts, strict=False)]
    return tuple(sorted(made, key=lambda one: (-one.reports, one.source)))


def _one_source(said: Said, source: str, rows: Ints) -> OneSource:
    reports = said.reports
    codes, texts = coded(reports.repeats)
    others = np.array([bool(text) and not text.startswith(f"{source}/") for text in texts], np.bool_)
    repeats = int(others[codes[rows]].sum())
    origin_codes, names = coded(said.origin)
    origins = sorted({names[code] or source for code in np.unique(origin_codes[rows]).tolist()})
    return OneSource(
        source, len(rows), repeats, tuple(origins), int(reports.start[rows].min()), int(reports.start[rows].max())
    )


def reported_by(answer: Answer, said: Said, kept: Bools, span: Span) -> Reported:
    """Reports (repeats too: they cost effort) that surely lie in one period, by source; hours watched, languages."""
    codes, texts = coded(said.reports.source)
    here = kept[said.incident]
    names = sorted(texts[code] for code in np.unique(codes[here]).tolist())
    period = placed(said.reports.start, said.reports.end, span.edges, WIDE)
    at = np.flatnonzero(here & (period != WIDE))
    index = {name: n for n, name in enumerate(names)}
    teller = np.array([index.get(text, -1) for text in texts], np.int64)
    counts = _table(teller[codes[at]], period[at], (len(names), len(span.names)))
    spoken, words = coded(said.language)
    by_language = _table(spoken[at].astype(np.int64), period[at], (len(words), len(span.names)))
    languages = [
        {word: int(number) for word, number in zip(words, column, strict=True) if number} for column in by_language.T
    ]
    first, last = _first_and_last(said, names)
    rules = zone_of(answer.evaluated.question.agreement.zone)
    day_of = {instant: moment(instant).astimezone(rules).date().isoformat() for instant in {*first, *last}}
    hours = watched_hours(answer.evaluated.watches, span)
    return Reported(names, counts, span.days, hours, languages, first, last, span.edges.tolist(), span.names, day_of)


def _first_and_last(said: Said, names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Of all reports held, not of those in the span alone."""
    codes, texts = coded(said.reports.source)
    first = np.full(len(texts), np.iinfo(np.int64).max)
    last = np.full(len(texts), np.iinfo(np.int64).min)
    np.minimum.at(first, codes, said.reports.start)
    np.maximum.at(last, codes, said.reports.start)
    number = {text: n for n, text in enumerate(texts)}
    return [int(first[number[name]]) for name in names], [int(last[number[name]]) for name in names]


def _table(row: Ints, column: Ints, shape: tuple[int, int]) -> Ints:
    """How many there are of each row and column."""
    counted: Ints = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1]).reshape(shape)
    return counted


def watched_hours(watches: Sequence[Watch], span: Span) -> Mapping[str, list[float]]:
    """By source that says when it watched: hours of each period in which it watched and reported on any area."""
    rows: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for watch in watches:
        of = rows.setdefault(watch.source, {}).setdefault(f"{watch.area}/{watch.status}", [])
        of.append((watch.start, watch.end))
    hours = {}
    for source, spans in sorted(rows.items()):
        watched = joined(
            one
            for key, given in spans.items()
            if key.endswith("/reported")
            for one in less(joined(given), joined(spans.get(key.removesuffix("reported") + "stopped", [])))
        )
        hours[source] = [
            sum(max(min(end, stop) - max(start, begin), 0) for start, end in watched) / HOUR
            for begin, stop in zip(span.edges[:-1].tolist(), span.edges[1:].tolist(), strict=True)
        ]
    return hours
