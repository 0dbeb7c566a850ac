"""Clauses that ask for something to be done: the judge of each kind says what the slow reader says, body by body.

$TRUCELINE_MISSIONS small random missions in all (300 in every run; 10,000 before a release), shared among the kinds.
"""

import os
from collections import Counter
from typing import Any

import msgspec
import pytest

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import Before, Rows, Watched

MISSIONS = int(os.environ.get("TRUCELINE_MISSIONS", "300")) // 10
FIRST = int(os.environ.get("TRUCELINE_FIRST_SEED", "0"))


KINDS_JUDGED = (
    "milestone",
    "reciprocity",
    "duty_on_trigger",
    "acceptance",
    "notification",
    "proportionality",
    "access",
    "best_effort",
    "reports_due",
    "recommitment",
)


def before_of(slow: Any, small: Any, one: Any, of: tuple[str, tuple[int, int], str], known: Any, bound: int) -> Before:
    """What lies before the judge of a kind, the matters counted by the slow reader."""
    party, period, body = of
    sorts = (
        slow.sorted_out(small, one, party, period, body)
        if one.kind in ("notification", "proportionality", "access", "best_effort")
        else []
    )
    counts = Counter(sort for sort, _ in sorts)
    rows = Rows(
        counts["breaching"], counts["excused"], counts["maybe"], counts["permitted"],
        tuple(matter.id for _, matter in sorts),
    )  # fmt: skip
    watched = Watched(*slow.watched_days(small, one, period))
    return Before(small.agreement, one, party, body, *period, small.as_of, known, rows, watched, bound)


@pytest.mark.parametrize("kind", KINDS_JUDGED)
def test_a_kind_says_what_the_slow_reader_says(drawing, kind):
    slow, missions = drawing
    judged: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + MISSIONS):
        small = missions.Drawn(seed, slow, (kind,)).small()
        known = [one for one in small.acts if one.at <= small.as_of]
        for (obligation, party, (start, end), body), expected in slow.outcomes(small).items():
            one = next(one for one in small.agreement.obligations if one.id == obligation)
            rule = msgspec.convert(one.rule, KINDS[kind].rule)
            bound = slow.certain(small, one, party, (start, end))
            each = [body] if body else small.bodies
            judged_by = [
                KINDS[kind].judge(rule, before_of(slow, small, one, (party, (start, end), by), known, bound)).outcome
                for by in each
            ]
            found = judged_by[0] if len(set(judged_by)) == 1 else "undecided"
            assert found == expected, (seed, obligation, party, start, end, body)
            judged[expected] += 1
    print(f"{kind}: {sum(judged.values()):,} outcomes of {MISSIONS:,} missions agree: {dict(judged)}")
    assert len(judged) >= 4
