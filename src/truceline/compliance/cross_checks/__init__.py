"""What a pack's shape cannot say: that every name in it points to something, and that its times run forward.

Each check yields (path, message); `pack.py` finds the line of the path. Nothing here decides what
the text means; it refuses only a pack that contradicts itself or that would execute what nobody has read.
"""

from collections.abc import Callable, Iterable

from truceline.compliance.cross_checks.obligations import lines, not_run, obligations, watchers
from truceline.compliance.cross_checks.pointing import Wrong, zone_known
from truceline.compliance.cross_checks.procedures import procedures
from truceline.compliance.cross_checks.rules import clocks, indicators, left_open, period, readings
from truceline.compliance.cross_checks.stack import actors, ambiguous, areas, holders, ids, instruments, terms, texts
from truceline.compliance.cross_checks.steps import steps
from truceline.vocabulary.agreement import Agreement

__all__ = ["Wrong", "contradictions", "left_open"]

CHECKS: tuple[Callable[[Agreement], Iterable[Wrong]], ...] = (
    texts,
    ids,
    period,
    actors,
    ambiguous,
    instruments,
    terms,
    areas,
    indicators,
    readings,
    clocks,
    holders,
    procedures,
    obligations,
    lines,
    watchers,
    not_run,
    steps,
)


def contradictions(agreement: Agreement) -> list[Wrong]:
    """Everything that is wrong with the pack beyond its shape, in the order of the checks."""
    zone_wrong = list(zone_known(("zone",), agreement.zone))
    return zone_wrong or [wrong for check in CHECKS for wrong in check(agreement)]
