"""The comparison of sources as plain values, for `--json`, and as rows, for `--csv`."""

from collections.abc import Iterator
from typing import Any

import msgspec

from truceline.pipeline.overlap import Compared
from truceline.pipeline.plain import about
from truceline.publication.source_words import sentence
from truceline.publication.tables import harmless, written
from truceline.vocabulary.side_by_side import (
    WIDE,
    CountTold,
    Effort,
    OneSource,
    Overlap,
    Pair,
    Side,
    SideBySide,
    TwoCounts,
)
from truceline.vocabulary.when import iso

COLUMNS = (
    "a", "b", "period", "a_told", "b_told", "both_low", "a_also_high", "b_also_high", "a_only_low", "a_only_high",
    "b_only_low", "b_only_high", "a_without_partner", "b_without_partner", "a_killed_low", "a_killed_best",
    "a_killed_high", "b_killed_low", "b_killed_best", "b_killed_high",
)  # fmt: skip
WHOLE, NO_SINGLE = "whole", "no_single_period"


def sources_plain(told: Compared) -> dict[str, Any]:
    """All of it: sources, pairs, effort, published counts."""
    span, said = told.span, told.told
    return {
        **about(told.answer),
        "span": {"from": said.first, "to": said.last, "by": said.by},
        "indicator": told.indicator,
        "sources": [_source(one, span.zone) for one in said.sources],
        "sources_not_paired": said.unpaired,
        "pairs": [_pair(said, pair) for pair in said.pairs],
        "effort": [_effort(one) for one in said.efforts],
        "remarks": [sentence(reason) for reason in said.remarks],
        "remark_codes": [reason.code for reason in said.remarks],
        "counts": [_two(one) for one in said.counts],
        "mismatches": [
            {**msgspec.structs.asdict(one), "start": iso(one.start), "end": iso(one.end)} for one in said.mismatches
        ],
        "undated_counts": said.undated_counts,
    }


def _source(one: OneSource, zone: str) -> dict[str, Any]:
    return {
        "source": one.source, "reports": one.reports, "repeats": one.repeats, "origins": list(one.origins),
        "first": iso(one.first, zone)[:10], "last": iso(one.last, zone)[:10],
    }  # fmt: skip


def _effort(one: Effort) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    plain["languages"] = [{"language": name, "reports": number} for name, number in sorted(one.languages.items())]
    return plain


def _pair(told: SideBySide, pair: Pair) -> dict[str, Any]:
    origins = {one.source: set(one.origins) for one in told.sources}
    return {
        "a": pair.a,
        "b": pair.b,
        "shared_origins": sorted(origins[pair.a] & origins[pair.b]),
        "both": {"low": pair.whole.both_declared, "high": pair.both_high},
        "high_by": pair.high_by.value,
        "periods": [
            {"period": name, "both_low": one.both_declared, "a": _side(one.a), "b": _side(one.b)}
            for name, one in _rows(told, pair)
        ],
        "one_each": msgspec.to_builtins(pair.one_each),
    }


def _rows(told: SideBySide, pair: Pair) -> Iterator[tuple[str, Overlap]]:
    """The whole first."""
    yield WHOLE, pair.whole
    for one in pair.periods:
        assert one.period is not None
        yield NO_SINGLE if one.period == WIDE else told.names[one.period], one


def _side(side: Side) -> dict[str, Any]:
    return {
        "told": side.told,
        "also_high": side.told - side.only_low,
        "only": {"low": side.only_low, "high": side.only_high},
        "without_partner": side.without_partner,
        "killed": msgspec.to_builtins(side.killed),
    }


def _two(one: TwoCounts) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    plain["a"], plain["b"] = _count(one.a), _count(one.b)
    plain["same_period"] = one.hours_a == one.hours_b == 0
    return plain


def _count(one: CountTold) -> dict[str, Any]:
    return {**msgspec.to_builtins(one), "start": iso(one.start), "end": iso(one.end)}


def sources_csv(told: Compared) -> bytes:
    """One row a pair and period, safe in a spreadsheet; the whole span's row first."""
    said = told.told
    return written(COLUMNS, [_cells(pair, name, one) for pair in said.pairs for name, one in _rows(said, pair)])


def _cells(pair: Pair, name: str, one: Overlap) -> list[str]:
    a, b = one.a, one.b
    numbers = (
        a.told, b.told, one.both_declared, a.told - a.only_low, b.told - b.only_low, a.only_low, a.only_high,
        b.only_low, b.only_high, a.without_partner, b.without_partner, a.killed.low, a.killed.best, a.killed.high,
        b.killed.low, b.killed.best, b.killed.high,
    )  # fmt: skip
    return [harmless(pair.a), harmless(pair.b), name, *("" if number is None else str(number) for number in numbers)]
