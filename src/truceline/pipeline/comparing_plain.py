"""A comparison as plain values, for `--json`."""

from typing import Any

import msgspec

from truceline.pipeline.comparing import Told
from truceline.pipeline.periods import Dates, eve_of
from truceline.pipeline.plain import about
from truceline.statistics.results import Comparison, PlainRule
from truceline.statistics.words import sentence
from truceline.vocabulary.assessment import Reason


def comparison_plain(told: Told) -> dict[str, Any]:
    """All of it: what was asked, whether it was registered before, and each indicator."""
    periods = told.periods
    return {
        **about(told.answer),
        "asked": {
            "window": _dates(periods.window),
            "baseline": _dates(periods.baseline),
            "reference": _dates(periods.reference),
            "area": periods.area,
            "eve_days": eve_of(told.answer.evaluated.question.agreement, periods),
            "reduction": periods.worth,
            "seed": periods.seed,
        },
        "registered_before": told.registered,
        "basis": _sentences(told.basis),
        "comparisons": [_one(*pair) for pair in told.comparisons],
    }


def _one(comparison: Comparison, rule: PlainRule) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(comparison)
    plain["reasons"] = _sentences(comparison.reasons)
    plain["settles"] = _sentences(comparison.settles)
    plain["codes"] = [reason.code for reason in comparison.reasons]
    plain["plain_rule"] = msgspec.to_builtins(rule)
    return plain


def _sentences(reasons: tuple[Reason, ...]) -> list[str]:
    return [sentence(reason) for reason in reasons]


def _dates(pair: Dates | None) -> dict[str, str] | None:
    return None if pair is None else {"from": pair[0].isoformat(), "to": pair[1].isoformat()}
