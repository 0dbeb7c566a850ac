"""Why one outcome is as it is: the trace, computed when somebody asks."""

from collections.abc import Sequence

import numpy as np

from truceline.compliance.assessing.assessed import Assessed, Frame, asked_by, before_of, certain_of, watched_of
from truceline.compliance.assessing.clauses import Clause
from truceline.compliance.assessing.conditions import Asked
from truceline.compliance.assessing.counting import BREACHING, EXCUSED, OPEN, PERMITTED, Counting, counting
from truceline.compliance.assessing.open_conditions import open_conditions
from truceline.compliance.kinds.recommitment import RECOMMITMENT
from truceline.compliance.lines.reasons import distance_reasons
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.trace import Judged, Trace

MOST_NAMED = 100
_MEANT = {
    BREACHING: "surely_counts", PERMITTED: "permitted_elsewhere", OPEN: "may_count", EXCUSED: "excused_by_exemption",
}  # fmt: skip


def explained(
    made: Assessed, matters: MatterColumns, obligation: str, party: str, period: tuple[int, int], body: str | None
) -> Judged:
    """The reasons for one outcome, as a body holds it, or (None) as all co-chairs do. Raises `ValueNotRead`."""
    frame = made.frame
    clause, cell = _cell(frame, obligation, party, period)
    if body is not None:
        return _one(made, matters, clause, cell, body)
    each = {name: _one(made, matters, clause, cell, name) for name, _ in frame.bodies}
    outcomes = {one.outcome for one in each.values()}
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.UNDECIDED
    parts = tuple(Trace("held_by", {"body": name}, one.outcome, (one.trace,)) for name, one in each.items())
    code = "jointly" if len({one.outcome for one in each.values()}) == 1 else "co_chairs_differ"
    return Judged(outcome, Trace(code, {}, outcome, parts))


def _cell(frame: Frame, obligation: str, party: str, period: tuple[int, int]) -> tuple[Clause, tuple[int, int]]:
    clause = next((one for one in frame.clauses if one.obligation.id == obligation), None)
    if clause is None:
        known = ", ".join(one.obligation.id for one in frame.clauses)
        raise ValueNotRead(f"{obligation!r} is no obligation that was asked for.", f"There are: {known}.")
    if party not in clause.obligation.obliged:
        raise ValueNotRead(f"{obligation} does not oblige {party!r}.", f"It obliges: {clause.obligation.obliged}.")
    spans = list(zip(frame.periods.start.tolist(), frame.periods.end.tolist(), strict=True))
    if period not in spans:
        raise ValueNotRead("That is none of the periods that were asked about.", "Ask for the period itself.")
    return clause, (clause.obligation.obliged.index(party), spans.index(period))


def _one(made: Assessed, matters: MatterColumns, clause: Clause, cell: tuple[int, int], body: str) -> Judged:
    frame = made.frame
    names = [name for name, _ in frame.bodies]
    if body not in names:
        raise ValueNotRead(f"{body!r} issues no findings that are assessed.", f"There are: {', '.join(names)}.")
    at = (*cell, names.index(body))
    before = before_of(made, clause, at, certain_of(frame, clause), watched_of(frame, clause))
    parts = _matters(frame, matters, clause, at) if clause.tests else ()
    if frame.bound.lapses(clause.obligation):
        parts = (*parts, Trace("kept_by", {"obligation": keeper_of(frame.agreement, clause.obligation.id)}))
    judged = clause.kind.judge(clause.rule, before)
    trace = judged.trace
    return Judged(judged.outcome, Trace(trace.code, trace.values, trace.outcome, (*trace.parts, *parts), trace.acts))


def keeper_of(agreement: Agreement, kept: str) -> str:
    """The recommitment that keeps an obligation in force; "" where none does."""
    recommitments = (one for one in agreement.obligations if one.kind == RECOMMITMENT.name)
    return next((one.id for one in recommitments if kept in one.rule.get("holds", ())), "")


def _matters(frame: Frame, matters: MatterColumns, clause: Clause, cell: tuple[int, int, int]) -> tuple[Trace, ...]:
    """The matters that count, way by way: findings by their acts, incidents only reported by their reports."""
    i, j, k = cell
    asked = asked_by(frame, matters)[k]
    found = counting(asked, clause, frame.periods, frame.bound, frame.permissions)
    found = found.heard(asked.heard_by(frame.bodies[k][1]))
    here = np.flatnonzero((found.party == i) & (found.period == j))
    some = Counting(*(column[here] for column in found))
    party = clause.obligation.obliged[i]
    rings = rings_of(clause, party)
    open_ = np.unique(some.matter[some.way == OPEN])
    first, stop = frame.period(j)
    span = max(first, clause.window[0]), min(stop, clause.window[1])
    why = open_conditions(asked, open_, clause, party, span) if len(open_) else ()
    return tuple(_way(asked, some, way, rings, why if way == OPEN else ()) for way in _MEANT if (some.way == way).any())


def rings_of(clause: Clause, party: str) -> list[tuple[str, int]]:
    """The lines and distances that a party's matters are held against."""
    near = [test.near for test in clause.tests if test.near and (test.parties is None or party in test.parties)]
    return [(one.line, one.distance_m) for one in near]


def _way(asked: Asked, found: Counting, way: int, rings: Sequence[tuple[str, int]], why: tuple[Trace, ...]) -> Trace:
    rows = np.unique(found.matter[found.way == way])
    reported = asked.matters.body[rows] == REPORTED
    ids = [[asked.matters.id[n] for n in rows[of][:MOST_NAMED].tolist()] for of in (~reported, reported)]
    values: dict[str, str | int] = {"found": int((~reported).sum()), "reported": int(reported.sum())}
    far = distance_reasons(asked.matters, rows, rings, asked.ground.lines) if rings else ()
    return Trace(_MEANT[way], values, None, (*why, *far), tuple(ids[0]), tuple(ids[1]))
