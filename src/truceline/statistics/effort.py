"""Effort: how much of a change in reports may be a change in who reports.

For each period: reports, sources that report, hours watched, languages, and the reports of the sources that
were there in both this period and the one before (`statistics.panel`). Then what stands out: sources that
begin, end or treble inside the span, and rises and falls that sources there throughout do not show.
Nothing is corrected: the counts stay as they are, the sentence stands beside them.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from truceline.statistics.panel import EXPECTED, Panel, panel
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.side_by_side import Effort
from truceline.vocabulary.when import DAY

TIMES = 3
"""A source that gives three times the reports a day has changed how it works, or what it covers."""
SHARE = 0.5
"""A change of which sources there throughout show less than half may be a change in who reports."""
MORE_HOURS = 1.25
_NAMED = 5


@dataclass(frozen=True)
class Reported:
    """counts[source, period] of reports; days of each period; watched hours by source that says so, and period.

    languages[period]: reports by language. first, last: of all reports held, each source's first and last
    instant. edges: of the periods, which follow each other; names: of the periods, day_of: an instant's local date.
    """

    sources: Sequence[str]
    counts: Ints
    days: Sequence[float]
    hours: Mapping[str, Sequence[float]]
    languages: Sequence[Mapping[str, int]]
    first: Sequence[int]
    last: Sequence[int]
    edges: Sequence[int]
    names: Sequence[str]
    day_of: Mapping[int, str]


def efforts(reported: Reported) -> tuple[tuple[Effort, ...], tuple[Reason, ...]]:
    """Every period, and what stands out."""
    rows = [_period(reported, n, None) for n in range(min(len(reported.names), 1))]
    said = [*_begins_and_ends(reported)]
    moved = {(one.code, one.values["source"]) for one in said}
    for n in range(1, len(reported.names)):
        between = _panel(reported, n, moved)
        rows.append(_period(reported, n, between))
        said += _trebles(reported, n)
        said += _moves(reported, rows[n - 1], rows[n], between)
    return tuple(rows), tuple(said)


def _panel(reported: Reported, n: int, moved: AbstractSet[tuple[str, str | int]]) -> Panel:
    """Sources in this period and the one before; one that begins or ends in either was not there throughout."""
    pairs = {
        source: (int(counts[n - 1]), int(counts[n]))
        for source, counts in zip(reported.sources, reported.counts, strict=True)
        if counts[n - 1] or counts[n]
    }
    length = [24 * days for days in reported.days]
    watched = {
        source: (min(hours[n - 1] / length[n - 1], 1.0), min(hours[n] / length[n], 1.0))
        for source, hours in reported.hours.items()
    }
    found = panel(watched, pairs, (round(reported.days[n - 1]), round(reported.days[n])))
    known = zip(reported.sources, reported.first, reported.last, strict=True)
    spans = {source: (first, last) for source, first, last in known if source in found.constant}
    begun = {
        source
        for source, (first, _) in spans.items()
        if first > reported.edges[n - 1] and ("source_begins", source) in moved
    }
    ended = {
        source
        for source, (_, last) in spans.items()
        if last + DAY < reported.edges[n + 1] and ("source_ends", source) in moved
    }
    kept = tuple(source for source in found.constant if source not in begun | ended)
    return Panel(kept, tuple(sorted({*found.lost, *ended})), tuple(sorted({*found.new, *begun})))


def _period(reported: Reported, n: int, between: Panel | None) -> Effort:
    now = reported.counts[:, n]
    kept = [i for i, source in enumerate(reported.sources) if between and source in between.constant]
    hours = sum(one[n] for one in reported.hours.values()) if reported.hours else None
    return Effort(
        reported.names[n], int(now.sum()), int((now > 0).sum()), None if hours is None else round(hours, 1),
        dict(reported.languages[n]), len(between.constant) if between else None,
        int(reported.counts[kept, n - 1].sum()) if between else None,
        int(reported.counts[kept, n].sum()) if between else None,
    )  # fmt: skip


def _begins_and_ends(reported: Reported) -> list[Reason]:
    """A source whose own rate would have given five reports or more in the part of the span in which it is silent."""
    start, stop = reported.edges[0], reported.edges[-1]
    said = []
    for source, counts, first, last in zip(
        reported.sources, reported.counts, reported.first, reported.last, strict=True
    ):
        end = min(last + DAY, stop)
        number, active = int(counts.sum()), max(end - max(first, start), 1)
        values: dict[str, str | int] = {"source": source, "n": number}
        if first > start and number * (first - start) >= EXPECTED * active:
            said.append(Reason("source_begins", {**values, "day": reported.day_of[first]}))
        if end < stop and number * (stop - end) >= EXPECTED * active:
            said.append(Reason("source_ends", {**values, "day": reported.day_of[last]}))
    return said


def _trebles(reported: Reported, n: int) -> list[Reason]:
    said = []
    for source, counts in zip(reported.sources, reported.counts, strict=True):
        was, now = int(counts[n - 1]), int(counts[n])
        if was >= EXPECTED and now * reported.days[n - 1] >= TIMES * was * reported.days[n]:
            values: dict[str, str | int] = {"source": source, "before": was, "now": now, "period": reported.names[n]}
            said.append(Reason("source_trebles", values))
    return said


def _moves(reported: Reported, old: Effort, new: Effort, between: Panel) -> list[Reason]:
    """A rise or fall by five reports or more of which the sources there throughout show less than half."""
    assert new.constant_now is not None
    assert new.constant_before is not None
    scale = reported.days[reported.names.index(new.period)] / reported.days[reported.names.index(old.period)]
    change = new.reports - old.reports * scale
    constant = new.constant_now - new.constant_before * scale
    values: dict[str, str | int] = {
        "period": new.period, "before": old.reports, "now": new.reports,
        "constant_before": new.constant_before, "constant_now": new.constant_now,
    }  # fmt: skip
    said = []
    if change >= EXPECTED and between.new and constant < SHARE * change:
        said.append(Reason("rise_with_arrivals", {**values, "sources": _listed(between.new)}))
    if change <= -EXPECTED and between.lost and constant > SHARE * change:
        said.append(Reason("fall_with_silence", {**values, "sources": _listed(between.lost)}))
    return [*said, *_hours(old, new, scale, change)]


def _hours(old: Effort, new: Effort, scale: float, change: float) -> list[Reason]:
    if not old.watched_hours or not new.watched_hours or abs(change) < EXPECTED:
        return []
    more = new.watched_hours / (old.watched_hours * scale)
    values: dict[str, str | int] = {
        "period": new.period, "before": round(old.watched_hours), "now": round(new.watched_hours),
    }  # fmt: skip
    if change > 0 and more >= MORE_HOURS:
        return [Reason("more_hours_watched", values)]
    return [Reason("fewer_hours_watched", values)] if change < 0 and more <= 1 / MORE_HOURS else []


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")
