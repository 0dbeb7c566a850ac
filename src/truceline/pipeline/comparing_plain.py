"""Comparisons as plain values, for `--json`."""

from typing import Any

import msgspec

from truceline.pipeline.comparing import Compared
from truceline.pipeline.plain import about
from truceline.publication.comparison_words import sentence
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.comparison import ComparisonTold


def comparisons_plain(compared: Compared) -> dict[str, Any]:
    """All of it: what was asked, whether it was registered before, and each indicator."""
    return {
        **about(compared.answer),
        "awaited": list(compared.awaited),
        "comparisons": [_one(told) for told in compared.told],
    }


def _one(told: ComparisonTold) -> dict[str, Any]:
    tested: dict[str, Any] = msgspec.to_builtins(told.tested)
    return {
        "comparison": told.comparison or None,
        "asked": {
            "window": _dates(told.window),
            "baseline": _dates(told.baseline),
            "reference": _dates(told.reference),
            "area": told.area,
            "source": told.source,
            "eve_days": told.eve_days,
            "reduction": told.worth,
            "seed": told.tested.seed,
        },
        "registered_before": told.registered,
        "basis": _sentences(told.basis),
        **tested,
        "reasons": _sentences(told.tested.reasons),
        "settles": _sentences(told.tested.settles),
        "codes": [reason.code for reason in told.tested.reasons],
        "plain_rule": msgspec.to_builtins(told.rule),
    }


def _sentences(reasons: tuple[Reason, ...]) -> list[str]:
    return [sentence(reason) for reason in reasons]


def _dates(pair: tuple[str, str] | None) -> dict[str, str] | None:
    return None if pair is None else {"from": pair[0], "to": pair[1]}
