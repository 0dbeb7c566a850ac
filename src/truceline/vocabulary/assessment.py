"""What follows: outcomes of obligations, verdicts of ledger cells, standings of clocks, and their reasons.

Reasons are codes with values; `publication/sentences.py` turns them into words in each language, so
that the terminal and the bulletin say the same.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """What follows for one obligation, one party and one period. Absence is a named outcome."""

    COMPLIED = "complied"
    BREACHED = "breached"
    EXCUSED = "excused"
    NOT_IN_FORCE = "not_in_force"
    NOT_OBSERVED = "not_observed"
    UNDECIDED = "undecided"
    CONFLICT = "conflict"


class Verdict(StrEnum):
    """What the ledger says of an area and a day."""

    QUIET = "quiet"
    NOT_QUIET = "not_quiet"
    CANNOT_TELL = "cannot_tell"


class Reason(msgspec.Struct, frozen=True):
    """One reason: a code of `publication/sentences.py` and the values its sentence names."""

    code: str
    values: dict[str, str | int] = {}


class Assessment(msgspec.Struct, frozen=True):
    """For one obligation, one party and one period: the outcome and its reasons, held by a named body."""

    term: str
    party: str
    start: int
    end: int
    outcome: Outcome
    by: str
    reasons: tuple[Reason, ...]


class Day(msgspec.Struct, frozen=True):
    """One day of a ledger: [start, end) in UTC microseconds, named by the local date on which it begins."""

    name: str
    start: int
    end: int


class Cell(msgspec.Struct, frozen=True):
    """One indicator, area and day. `area` and `day` are positions in the ledger's lists.

    low: incidents surely there and counted; high: incidents that may be. sources: how many
    independent origins watched long enough. covered: as many as the reading asks.
    """

    area: int
    day: int
    verdict: Verdict
    low: int
    high: int
    covered: bool
    sources: int
    reasons: tuple[Reason, ...]


class IndicatorLedger(msgspec.Struct, frozen=True):
    """All cells of one indicator (area by area, day by day), and the whole theatre's daily range.

    series[d] = (incidents surely on day d, others that may be on it), over all places, "elsewhere" included.
    """

    indicator: str
    cells: Sequence[Cell]
    series: tuple[tuple[int, int], ...]


class Ledger(msgspec.Struct, frozen=True):
    """The whole day ledger under one reading. `areas` are area ids."""

    zone: str
    boundary: str
    days: tuple[Day, ...]
    areas: tuple[str, ...]
    indicators: tuple[IndicatorLedger, ...]


class ClockState(StrEnum):
    """Where a clock stands. The program never declares: `declared` is what those entitled have said."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    RESET = "reset"
    LAPSED = "lapsed"
    CONTESTED = "contested"
    CANNOT_TELL = "cannot_tell"
    NOT_MET = "not_met"
    MET_PENDING = "met_on_figures_pending_declaration"
    DECLARED = "declared"


class ClockView(msgspec.Struct, frozen=True):
    """Where a clock stands for one body, or on the figures (`by` "figures"): day `day_low` to `day_high` of `of`."""

    by: str
    says: str
    day_low: int
    day_high: int
    of: int
    since: int
    acts: tuple[str, ...] = ()


class AreaRun(msgspec.Struct, frozen=True):
    """One area over a clock's window: verdict, incidents surely in the window, days by verdict, reasons."""

    area: str
    verdict: Verdict
    low: int
    high: int
    days_quiet: int
    days_not_quiet: int
    days_cannot_tell: int
    reasons: tuple[Reason, ...]


class ClockStanding(msgspec.Struct, frozen=True):
    """One clock at the as-of instant. `end` is the end of the window looked at (None: open)."""

    clock: str
    state: ClockState
    start: int
    end: int | None
    verdict: Verdict
    day_low: int
    day_high: int
    of: int
    views: tuple[ClockView, ...]
    areas: tuple[AreaRun, ...]
    pending: tuple[str, ...]
    conditions: tuple[tuple[str, bool], ...]
    settles: tuple[Reason, ...]
    reasons: tuple[Reason, ...]


class PeriodCount(msgspec.Struct, frozen=True):
    """Incidents in a period of whole local days.

    days: those that are over at the as-of instant; `end` is the end of the last of them (of the whole
    period, where none is). dated_to_one_day: their interval lies within one of these days; surely:
    within them; maybe: the others that touch them.
    killed_*: sums over the incidents surely in it (best counts nought where a source gives none).
    """

    start: int
    end: int
    days: int
    dated_to_one_day: int
    surely: int
    maybe: int
    killed_low: int
    killed_best: int
    killed_high: int


class Compared(msgspec.Struct, frozen=True):
    """Two periods under one indicator, side by side."""

    comparison: str
    indicator: str
    before: PeriodCount
    after: PeriodCount
