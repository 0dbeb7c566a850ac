"""The periods a comparison is asked for."""

from dataclasses import dataclass
from datetime import date, timedelta

from truceline.compliance.days import local_date
from truceline.errors import TrucelineError, ValueNotRead
from truceline.statistics.asked import WORTH

Dates = tuple[date, date]
"""First and last day, both included."""
SEED = 1
LEAST_DAYS = 2


@dataclass(frozen=True)
class Periods:
    """What is compared: periods of whole local days (midnight in the agreement's zone), both ends included.

    indicator, area, source: None for every indicator, for everywhere, for all sources together.
    worth: the reduction asked about, 0 to 1.
    eve_days: None for the usual, see `foreseen.eve_of`.
    """

    window: Dates
    baseline: Dates
    reference: Dates | None = None
    indicator: str | None = None
    area: str | None = None
    eve_days: int | None = None
    worth: float = WORTH
    seed: int = SEED
    source: str | None = None

    @property
    def named(self) -> tuple[tuple[str, Dates], ...]:
        """Baseline, window and, where there is one, reference."""
        all_three = (("baseline", self.baseline), ("window", self.window), ("reference", self.reference))
        return tuple((name, pair) for name, pair in all_three if pair is not None)


def dates_of(text: str) -> Dates:
    """FIRST/LAST as two dates, both included. Raises `ValueNotRead`, `TrucelineError`."""
    first, _, last = text.partition("/")
    found = local_date(first), local_date(last or first)
    if found[1] < found[0]:
        raise TrucelineError(f"{text} ends before it begins.", "Write the earlier day first: YYYY-MM-DD/YYYY-MM-DD.")
    return found


def half_open(pair: tuple[str, str]) -> Dates:
    """A pack's [from, to) as two dates, both included."""
    return local_date(pair[0]), local_date(pair[1]) - timedelta(days=1)


def words_of(dates: Dates) -> tuple[str, str]:
    """Two dates as ISO text."""
    return dates[0].isoformat(), dates[1].isoformat()


def refuse_shared_days(periods: Periods) -> None:
    """Raises `ValueNotRead` where the baseline or the reference shares days with the window."""
    for name, dates in periods.named:
        if name != "window" and dates[0] <= periods.window[1] and periods.window[0] <= dates[1]:
            raise ValueNotRead(f"The {name} and the window share days.", "Give periods that do not overlap.")
