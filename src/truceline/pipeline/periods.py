"""The periods a comparison is asked for, the eve before them, and whether all of it was registered beforehand."""

from dataclasses import dataclass
from datetime import date, timedelta

from truceline.compliance.days import local_date
from truceline.errors import TrucelineError
from truceline.pipeline.questions import Answer
from truceline.statistics.asked import EVE_DAYS, WORTH
from truceline.statistics.periods import local_days
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Reason

Dates = tuple[date, date]
"""First and last day, both included."""
SEED = 1


@dataclass(frozen=True)
class Periods:
    """What is compared: periods of whole local days (midnight in the agreement's zone), both ends included.

    indicator, area: None for every indicator and for everywhere. worth: the reduction asked about, 0 to 1.
    eve_days: None for the usual, see `eve_of`.
    """

    window: Dates
    baseline: Dates
    reference: Dates | None = None
    indicator: str | None = None
    area: str | None = None
    eve_days: int | None = None
    worth: float = WORTH
    seed: int = SEED


def dates_of(text: str) -> Dates:
    """FIRST/LAST as two dates, both included. Raises `ValueNotRead`, `TrucelineError`."""
    first, _, last = text.partition("/")
    found = local_date(first), local_date(last or first)
    if found[1] < found[0]:
        raise TrucelineError(f"{text} ends before it begins.", "Write the earlier day first: YYYY-MM-DD/YYYY-MM-DD.")
    return found


def named_in(agreement: Agreement, periods: Periods) -> str | None:
    """The comparison of the agreement that has this baseline and this window."""
    pairs = (periods.baseline, periods.window)
    wanted = tuple((first.isoformat(), (last + timedelta(days=1)).isoformat()) for first, last in pairs)
    return next((one.id for one in agreement.comparisons if (one.before, one.after) == wanted), None)


def eve_of(agreement: Agreement, periods: Periods) -> int:
    """Days before the window that are no baseline: as asked, else as a comparison of the agreement has it, else 14.

    A comparison that leaves days free between its periods has said what its eve is; one whose periods meet has not.
    """
    if periods.eve_days is not None:
        return periods.eve_days
    free = (periods.window[0] - periods.baseline[1]).days - 1
    return min(free, EVE_DAYS) if free > 0 and named_in(agreement, periods) else EVE_DAYS


def basis_of(mission: MissionFile, answer: Answer, periods: Periods) -> list[Reason]:
    """Why this comparison is registered, or every reason why it is exploratory."""
    said = [Reason("not_registered_reading")] if answer.exploratory else []
    usual = Periods(periods.window, periods.baseline)
    changed = [
        option
        for option, field in (
            ("--reference", "reference"), ("--area", "area"), ("--eve", "eve_days"),
            ("--reduction", "worth"), ("--seed", "seed"),
        )
        if getattr(periods, field) != getattr(usual, field)
    ]  # fmt: skip
    if changed:
        said.append(Reason("parameters_changed", {"options": ", ".join(changed)}))
    agreement = answer.evaluated.question.agreement
    named = named_in(agreement, periods)
    if named is None:
        return [*said, Reason("not_registered_periods")]
    dated = mission.dated(answer.registered.seq + 1)
    start = local_days(periods.window[0], periods.window[0], agreement.zone, 1 << 62).edges[0]
    if dated is None or dated >= start:
        said.append(Reason("registered_late"))
    return said or [Reason("registered_before", {"comparison": named})]
