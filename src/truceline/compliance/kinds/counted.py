"""The outcome that follows from matters that count: what every kind does that forbids something."""

from typing import Any

from truceline.compliance.kinds.base import Before
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.trace import Judged, Trace


def judge_by_rows(rule: Any, before: Before) -> Judged:
    """In this order: not in force; conflict; breached; undecided; excused; not observed; complied.

    A matter that surely counts is a breach only if the obligation surely binds. That nothing was found is compliance
    only where enough looked, all the time.
    """
    outcome = _outcome(before)
    return Judged(outcome, Trace("rows_counted", _values(before), outcome, reports=before.rows.ids))


def _outcome(before: Before) -> Outcome:
    rows = before.rows
    if before.certain == NO:
        return Outcome.NOT_IN_FORCE
    if rows.permitted:
        return Outcome.CONFLICT
    if rows.breaching and before.certain == SURELY:
        return Outcome.BREACHED
    if rows.maybe or rows.breaching:
        return Outcome.UNDECIDED
    if rows.excused:
        return Outcome.EXCUSED
    return Outcome.COMPLIED if before.watched.enough else Outcome.NOT_OBSERVED


def _values(before: Before) -> dict[str, str | int]:
    rows, watched = before.rows, before.watched
    return {
        "breaching": rows.breaching, "excused": rows.excused, "maybe": rows.maybe, "permitted": rows.permitted,
        "days": watched.days, "of": watched.of,
    }  # fmt: skip
