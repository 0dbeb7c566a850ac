"""A page: everything a bulletin is drawn from, gathered by the pipeline before the first word is set.

A page holds figures and names, never sentences; `render` and `export_csv` refuse it unless its
reader passes the gate. Instants are UTC microseconds; every from/to pair is half-open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from truceline.vocabulary.agreement import Agreement, Indicator, Reading
from truceline.vocabulary.assessment import ClockStanding, Compared, Ledger
from truceline.vocabulary.columns import IncidentColumns, Ints
from truceline.vocabulary.comparison import ComparisonTold
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.side_by_side import SideBySide

Ring = tuple[Ints, Ints]
"""(lat_e7, lon_e7) of one closed ring."""

Geometry = Mapping[str, Sequence[Sequence[Ring]]]
"""Area id -> polygons -> rings, the first of them the outer one."""

Named = tuple[str, int]
"""A name as said, and how many rows said it."""


class RefusedRow(msgspec.Struct, frozen=True):
    """A row we could not read: where it stands, what was there, why, and what would be read."""

    file: str
    row: int
    column: str
    value: str
    reason: str
    mend: str
    sheet: str = ""


class TallyRow(msgspec.Struct, frozen=True):
    """A source's own total over an area and [start, end). None where the source gives no figure."""

    source: str
    area: str
    start: int
    end: int
    of: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    method: str = ""
    words: str = ""


class SubmissionRow(msgspec.Struct, frozen=True):
    """One file taken in: rows = reports + revised + refused + already_held. `seq` is its entry."""

    seq: int
    file: str
    source: str
    rows: int
    reports: int
    revised: int
    refused: int
    already_held: int
    format: str = ""


class RestrictionRow(msgspec.Struct, frozen=True):
    """Monitors were stopped in an area over [start, end); `stopped_by` as said."""

    source: str
    area: str
    start: int
    end: int
    stopped_by: str = ""
    words: str = ""


class Unresolved(msgspec.Struct, frozen=True):
    """Names of actors and areas, and `repeats`, that resolve to nothing: each as said, with its number of rows."""

    names: tuple[Named, ...] = ()
    areas: tuple[Named, ...] = ()
    repeats: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Page:
    """One bulletin's matter.

    registered: the reading was entered before the clocks started. exploratory: it is another than the mission's.
    shared: the page rests only on what every holder can read. cut: log origin -> (size, root hex). dated: when the
    last dated head was cosigned, None if none was. sealed: entries behind these figures that this reader cannot open.
    falling: the comparisons of the record, each under each indicator; awaited: ids of those that cannot be made yet.
    sources: what they tell side by side; recalled: each source with the number of report ids that it took back.
    `incidents.counts` follow `ledger.indicators`, and `incidents.may_be` follows `ledger.areas`, elsewhere last.
    """

    mission: str
    exercise: bool
    reader: Reader
    agreement: Agreement
    reading: Reading
    registered: bool
    as_of: int
    cut: Mapping[str, tuple[int, str]]
    dated: int | None
    ledger: Ledger
    incidents: IncidentColumns
    software: str
    clocks: Sequence[ClockStanding] = ()
    compared: Sequence[Compared] = ()
    falling: Sequence[ComparisonTold] = ()
    awaited: Sequence[str] = ()
    geometry: Geometry = field(default_factory=dict)
    refusals: Sequence[RefusedRow] = ()
    unresolved: Unresolved = field(default_factory=Unresolved)
    tallies: Sequence[TallyRow] = ()
    submissions: Sequence[SubmissionRow] = ()
    restrictions: Sequence[RestrictionRow] = ()
    sources: SideBySide | None = None
    recalled: Sequence[Named] = ()
    sealed: int = 0
    exploratory: bool = False
    shared: bool = False

    def indicator(self, position: int) -> Indicator:
        """The pack's indicator behind the ledger's indicator at that position."""
        wanted = self.ledger.indicators[position].indicator
        return next(indicator for indicator in self.agreement.indicators if indicator.id == wanted)

    def position_of(self, indicator: str) -> int:
        """Where an indicator stands in the ledger, -1 if it is not in it."""
        return next((k for k, one in enumerate(self.ledger.indicators) if one.indicator == indicator), -1)

    def panels(self) -> list[tuple[str, ...]]:
        """The sets of sources that comparisons are decided on, where that is not all of them; each once."""
        return list(dict.fromkeys(one.sources for one in self.falling if one.sources is not None))

    def panel_of(self, one: ComparisonTold) -> int:
        """Where a comparison's sources stand in `panels`, -1 for all sources."""
        return -1 if one.sources is None else self.panels().index(one.sources)
