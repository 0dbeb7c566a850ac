"""Where each clock stands. The program never declares; it says what the figures allow and what was said.

The rule is `docs/explanation/clocks.md`: a clock of `days` asks for a run of quiet days, a clock of
`hours` runs out unless an extension is recorded, a clock with a finding reset listens to bodies
instead of figures. Two bodies that disagree make it contested, with both views shown.
"""

from collections.abc import Sequence

from truceline.compliance.figures import Figures, figures_of
from truceline.compliance.grid import NOT_QUIET
from truceline.compliance.ledger import Evaluated
from truceline.compliance.sayings import Said, Sayings, sayings_of
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Clock, FindingReset
from truceline.vocabulary.assessment import ClockStanding, ClockState, ClockView, Reason, Verdict
from truceline.vocabulary.when import HOUR, iso, read_instant

FIGURES = "figures"
DAY_US = 24 * HOUR


def clocks_of(evaluated: Evaluated, acts: Sequence[ActHeld]) -> tuple[ClockStanding, ...]:
    """Every clock of the pack, side by side."""
    return tuple(standing_of(clock, evaluated, acts) for clock in evaluated.question.agreement.clocks)


def standing_of(clock: Clock, evaluated: Evaluated, acts: Sequence[ActHeld]) -> ClockStanding:
    """One clock.

    1. before its start nothing runs      2. what the figures say     3. what bodies have said
    4. disagreement goes before figures   5. what would settle it
    """
    question = evaluated.question
    start = read_instant(clock.start, question.agreement.zone)
    if question.as_of < start:
        return _not_started(clock, start, question.agreement.zone)
    figures = figures_of(clock, evaluated)
    said = sayings_of(clock, acts, question.as_of, question.agreement.zone)
    if clock.hours is not None:
        return _period(clock, start, figures, said)
    return _run(clock, start, figures, said)


def _not_started(clock: Clock, start: int, zone: str) -> ClockStanding:
    reason = Reason("not_started", {"start": iso(start, zone)})
    return ClockStanding(
        clock.id, ClockState.NOT_STARTED, start, None, Verdict.CANNOT_TELL, 0, 0, clock.days or 0, (), (),
        clock.deciders, tuple((condition.id, False) for condition in clock.conditions), (), (reason,),
    )  # fmt: skip


def _run(clock: Clock, start: int, figures: Figures, said: Sayings) -> ClockStanding:
    """A run of `days` quiet days."""
    assert clock.days is not None
    needed = clock.days
    window = min(needed, figures.complete)
    by_findings = isinstance(clock.reset, FindingReset)
    verdict = figures.window(0, window)
    state, reasons = _heard(clock, figures, said, start) if by_findings else _counted(clock, figures, verdict)
    low, high = _days_so_far(clock, figures, said, start)
    views = _views(clock, figures, said, start, (low, high))
    return _stand(clock, state, start, start + needed * DAY_US, verdict, (low, high), views, figures, said, reasons)


def _days_so_far(clock: Clock, figures: Figures, said: Sayings, start: int) -> tuple[int, int]:
    if isinstance(clock.reset, FindingReset):
        passed = _passed(_since(start, said), figures)
        return passed, passed
    if clock.reset == "none":
        return figures.leading_days(clock.days or 0)
    return figures.quiet_days(), figures.possible_days()


def _since(start: int, said: Sayings) -> int:
    """The start, or the last break that all have agreed on."""
    return max([start, *(when for _, when, _ in said.breaks)])


def _passed(since: int, figures: Figures) -> int:
    """Whole 24-hour periods from an instant to the as-of instant, or to the end of the ledger's period."""
    question = figures.evaluated.question
    period = question.agreement.period
    stop = min(question.as_of, read_instant(period.to, question.agreement.zone)) if period.to else question.as_of
    return max((stop - since) // DAY_US, 0)


def _counted(clock: Clock, figures: Figures, verdict: Verdict) -> tuple[ClockState, list[Reason]]:
    """The state the figures give a run of days."""
    needed, complete = clock.days or 0, figures.complete
    reasons = _why(figures, verdict, min(needed, complete))
    if clock.reset == "none":
        return _fixed(verdict, reasons, over=complete >= needed)
    if (begun := figures.met_at(needed)) is not None:
        return ClockState.MET_PENDING, [Reason("run_met_from", {"day": figures.days[begun].name, "days": needed})]
    if figures.broken(0, complete, figures.areas) and figures.possible_days() < needed:
        return ClockState.RESET, reasons
    return (ClockState.RUNNING if complete < needed else ClockState.CANNOT_TELL), reasons


def _fixed(verdict: Verdict, reasons: list[Reason], *, over: bool) -> tuple[ClockState, list[Reason]]:
    """The state of a window that nothing starts again."""
    if verdict is Verdict.NOT_QUIET:
        return ClockState.NOT_MET, [*reasons, Reason("window_fixed")]
    if not over:
        return ClockState.RUNNING, reasons
    return (ClockState.MET_PENDING if verdict is Verdict.QUIET else ClockState.CANNOT_TELL), reasons


def _why(figures: Figures, verdict: Verdict, window: int) -> list[Reason]:
    if window == 0:
        return [Reason("no_figures")]
    if verdict is Verdict.QUIET:
        return [Reason("run_quiet", {"days": window})]
    if verdict is Verdict.CANNOT_TELL:
        return [Reason("run_undecided", {"days": window})]
    surely = figures.surely(0, window, figures.areas)
    reasons = [Reason("run_broken_by", {"n": surely, "threshold": figures.grid.threshold})]
    cells = figures.grid.verdict[list(figures.areas), :window]
    if surely and not (cells == NOT_QUIET).any():
        reasons.append(Reason("broken_in_no_single_day", {"n": surely, "boundary": figures.boundary()}))
    return reasons


def _heard(clock: Clock, figures: Figures, said: Sayings, start: int) -> tuple[ClockState, list[Reason]]:
    """The state that determinations give a clock with a finding reset."""
    passed, _ = _days_so_far(clock, figures, said, start)
    reasons = [Reason("elapsed", {"days": passed})] if passed >= (clock.days or 0) else []
    assert isinstance(clock.reset, FindingReset)
    for word in said.asserted:
        others = ", ".join(body for body in clock.reset.agreed_by if body != word.by)
        reasons.append(Reason("asserted_by_one", {"by": word.by, "needs": others}))
    if passed >= (clock.days or 0):
        watched = not areas_uncovered(figures, figures.complete - (clock.days or 0), figures.complete)
        return (ClockState.MET_PENDING if watched else ClockState.CANNOT_TELL), reasons
    if said.breaks:
        zone = figures.evaluated.question.agreement.zone
        return ClockState.RESET, [*reasons, Reason("reset_on", {"day": iso(said.breaks[-1][1], zone)[:10]})]
    return ClockState.RUNNING, reasons


def _period(clock: Clock, start: int, figures: Figures, said: Sayings) -> ClockStanding:
    """A fixed period that runs out unless its extension is recorded."""
    assert clock.hours is not None
    zone = figures.evaluated.question.agreement.zone
    first_end = start + clock.hours * HOUR
    end = max(first_end, said.extended_until or 0)
    lapsed = figures.evaluated.question.as_of >= end
    reasons = []
    if end > first_end and clock.extension:
        reasons.append(Reason("extended_until", {"end": iso(end, zone), "by": ", ".join(clock.extension.by)}))
    if lapsed:
        reasons.append(Reason("lapsed_no_extension", {"end": iso(end, zone)}))
    window = sum(day.end <= end for day in figures.days[: figures.complete])
    verdict = figures.window(0, window)
    reasons += _why(figures, verdict, window)
    days = (figures.quiet_days(), figures.possible_days()) if not lapsed else (0, 0)
    state = ClockState.LAPSED if lapsed else ClockState.RUNNING
    views = _views(clock, figures, said, start, days)
    return _stand(clock, state, start, end, verdict, days, views, figures, said, reasons)


def _views(clock: Clock, figures: Figures, said: Sayings, start: int, days: tuple[int, int]) -> tuple[ClockView, ...]:
    """The figures' view and that of each body that has spoken; for opposed bodies both, in equal form."""
    of = clock.days or 0
    since = _since(start, said)
    views = [ClockView(FIGURES, "counts", days[0], days[1], of, since)]
    words: dict[str, Said] = {}
    for pair in said.opposed:
        words |= {word.by: word for word in pair}
    words = {word.by: word for word in (*said.asserted, *said.not_met)} | words
    for by, word in words.items():
        if word.holds:
            views.append(ClockView(by, "holds", days[0], days[1], of, since, (word.act,)))
        else:
            passed = _passed(word.since, figures)
            views.append(ClockView(by, "broken", passed, passed, of, word.since, (word.act,)))
    views += [ClockView(by, "met", *days, of, since, said.acts.get(by, ())) for by in said.met if by not in words]
    return tuple(views)


def _stand(
    clock: Clock,
    state: ClockState,
    start: int,
    end: int,
    verdict: Verdict,
    days: tuple[int, int],
    views: tuple[ClockView, ...],
    figures: Figures,
    said: Sayings,
    reasons: list[Reason],
) -> ClockStanding:
    met = tuple((c.id, all(body in said.conditions[c.id] for body in c.by)) for c in clock.conditions)
    if state is ClockState.MET_PENDING and not all(done for _, done in met):
        state = ClockState.RUNNING
    state, spoken = _spoken(clock, state, said)
    window = sum(day.start < end for day in figures.days)
    areas = figures.area_runs(0, min(window, figures.complete)) if figures.complete else ()
    pending = tuple(body for body in clock.deciders if body not in said.met)
    settles = _settles(clock, state, said, areas_uncovered(figures, 0, min(window, figures.complete)), met, pending)
    return ClockStanding(
        clock.id, state, start, end, verdict, days[0], days[1], clock.days or 0, views, areas, pending, met,
        tuple(settles), (*spoken, *reasons),
    )  # fmt: skip


def _spoken(clock: Clock, state: ClockState, said: Sayings) -> tuple[ClockState, list[Reason]]:
    """Disagreement goes before everything; then what all deciders have declared."""
    if said.opposed:
        return ClockState.CONTESTED, [Reason("contested_by", {"a": a.by, "b": b.by}) for a, b in said.opposed]
    if clock.deciders and all(body in said.met for body in clock.deciders):
        return ClockState.DECLARED, [Reason("declared_by", {"by": ", ".join(clock.deciders)})]
    ended = [word.by for word in said.not_met]
    if ended and all(body in ended for body in clock.deciders):
        return ClockState.NOT_MET, [Reason("declared_not_met_by", {"by": ", ".join(clock.deciders)})]
    spoken = [Reason("declared_by_some", {"by": by}) for by in said.met]
    return state, spoken + [Reason("declared_not_met_by", {"by": by}) for by in ended]


def areas_uncovered(figures: Figures, lo: int, hi: int) -> list[tuple[str, int]]:
    """Areas of the clock with the number of days from lo to hi (excluded) that are not covered."""
    missing = [(area, int((~figures.grid.covered[area, max(lo, 0) : hi]).sum())) for area in figures.areas]
    return [(figures.area_name(area), days) for area, days in missing if days]


def _settles(
    clock: Clock,
    state: ClockState,
    said: Sayings,
    uncovered: list[tuple[str, int]],
    conditions: tuple[tuple[str, bool], ...],
    pending: tuple[str, ...],
) -> list[Reason]:
    """What would settle it: agreement, coverage, conditions, declarations."""
    settles = []
    if said.opposed:
        bodies = dict.fromkeys(word.by for pair in said.opposed for word in pair)
        settles.append(Reason("needs_agreement", {"bodies": ", ".join(bodies)}))
    if state in (ClockState.CANNOT_TELL, ClockState.RUNNING, ClockState.CONTESTED):
        settles += [Reason("needs_coverage", {"area": area, "days": days}) for area, days in uncovered]
    settles += [Reason("awaits_condition", {"condition": name}) for name, met in conditions if not met]
    if pending and state in (ClockState.MET_PENDING, ClockState.CONTESTED, ClockState.CANNOT_TELL):
        settles.append(Reason("awaits_declaration", {"by": ", ".join(pending)}))
    return settles
