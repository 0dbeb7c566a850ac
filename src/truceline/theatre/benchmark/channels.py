"""Who tells, in which format: each source's manner, and how often it tells of an incident."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from truceline.errors import FileNotRead
from truceline.theatre.benchmark.difficulty import Difficulty

MINUTE, HALF_HOURS, DAY, NIGHT, SPAN, WEEK = range(6)
"""How a time is said. SPAN: two or three days. WEEK: a day, give or take six."""
POINT, TOWN, WIDE, AREA, GROUP, NOWHERE = range(6)
"""How a place is said."""
NAMELESS = ("mission-daily",)
"""Forms whose rows have no ids."""
MOST_SHEET_ROWS = 20_000
"""Rows of the workbook, whatever its share would be."""
DEADLY = 0.45
"""Of the incidents, those that killed anybody: all that UCDP can tell of."""
CHAINED = 0.3
"""Of the wire's echoes, those that the ticker repeats in turn."""


@dataclass(frozen=True)
class Channel:
    """One source in one table.

    times and places: how it says them, from exact to vague, with weights; noise moves a report one step on.
    radii: for a form with codes of precision, (code, metres) in place of `places`. names: weights of Latin and Arabic
    letters. latin: it cannot write anything else. share: of its format's tellers.
    """

    source: str
    letter: str
    format: str
    times: tuple[tuple[int, float], ...]
    figures: str
    places: tuple[tuple[int, float], ...] = ()
    radii: tuple[tuple[str, int], ...] = ()
    names: tuple[float, float] = (1.0, 0.0)
    latin: bool = False
    share: float = 1.0
    part: str = ""

    @property
    def name(self) -> str:
        """Tells apart two parts that one source plays."""
        return f"{self.source}{self.part}"


_EXACT = ((MINUTE, 0.8), (HALF_HOURS, 0.2), (DAY, 0.0))
_DAYS = ((DAY, 0.9), (SPAN, 0.1))
_LATE = ((DAY, 0.4), (SPAN, 0.6))
_ALPHA = ((TOWN, 1.0), (AREA, 0.0))
_TOWNS = ((TOWN, 0.75), (AREA, 0.25), (NOWHERE, 0.0))

TRUCELINE = (
    Channel("mission", "M", "truceline", _EXACT, "exact", ((POINT, 1.0), (TOWN, 0.0), (WIDE, 0.0)), share=0.3),
    Channel("ngo", "N", "truceline", ((DAY, 1.0), (SPAN, 0.0)), "best", _TOWNS, latin=True, share=0.25),
    Channel(
        "hotline", "H", "truceline", ((DAY, 0.4), (NIGHT, 0.6), (SPAN, 0.0)), "heard",
        ((WIDE, 0.5), (AREA, 0.4), (GROUP, 0.06), (NOWHERE, 0.04)), names=(0.33, 0.67), share=0.2,
    ),
    Channel("co-chair-alpha", "A", "truceline", _LATE, "late", _ALPHA, share=0.15),
    Channel("co-chair-beta", "B", "truceline", ((MINUTE, 1.0), (DAY, 0.0)), "wide", ((AREA, 1.0),), share=0.1),
)  # fmt: skip
AGAIN = Channel("co-chair-alpha", "AR", "truceline", _LATE, "late", _ALPHA, part=" again")
FALSE = Channel("co-chair-alpha", "AF", "truceline", ((MINUTE, 1.0),), "late", ((POINT, 1.0),), part=" false")
WIRE = Channel("wire", "W", "truceline", ((DAY, 1.0),), "best", ((AREA, 1.0),))
TICKER = Channel("ticker", "T", "truceline", ((DAY, 1.0),), "best", ((AREA, 1.0),))
OTHERS = (
    Channel("ucdp", "", "ucdp", _DAYS, "deaths", radii=(("1", 5_000), ("2", 25_000))),
    Channel("acled", "EXA", "acled", ((DAY, 0.9), (WEEK, 0.1)), "best", radii=(("1", 5_000), ("2", 50_000))),
    Channel("acled", "EXB", "acled-api", ((DAY, 0.9), (WEEK, 0.1)), "best", radii=(("1", 5_000), ("2", 50_000)),
            part=" api"),
    Channel("airwars", "EX", "airwars", _DAYS, "bounds",
            radii=(("exact_location", 100), ("village", 5_000), ("city", 10_000))),
    Channel("relief-cluster", "R", "hxl", _DAYS, "wide", radii=(("", 10_000),)),
    Channel("patrols", "P", "mission-daily", _EXACT, "none", radii=(("", 10_000),)),
    Channel("posts", "G", "geojson", _EXACT, "exact", radii=(("", 1_000),), names=(0.5, 0.5)),
    Channel("radio-room", "J", "jsonl", _EXACT, "best", ((POINT, 0.5), (TOWN, 0.5), (AREA, 0.0))),
    Channel("hospitals", "X", "xlsx", _DAYS, "exact", _TOWNS, names=(0.5, 0.5)),
)  # fmt: skip
FORMATS = ("truceline", *(one.format for one in OTHERS))
"""The formats there are, in the order in which their files are to be taken in."""
FIVE: Mapping[str, float] = {"truceline": 0.38, "ucdp": 0.24, "acled": 0.2, "hxl": 0.16, "xlsx": 0.02}
"""The five of the intake benchmark: no format over 40 % of the rows."""


def shares_of(formats: Sequence[str], reports: int) -> dict[str, float]:
    """The share of the rows of each format: `five`, `all`, or some by name, alike but for the workbook's bound."""
    names = [part for name in formats for part in (FORMATS if name == "all" else FIVE if name == "five" else (name,))]
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        told = f"There is no format {unknown[0]!r}." if unknown else "No format was given."
        raise FileNotRead(told, f"The formats are {', '.join(FORMATS)}; five and all stand for several.")
    five = tuple(formats) == ("five",)
    weights = {name: FIVE[name] if five else 1.0 for name in FORMATS if name in names}
    most = MOST_SHEET_ROWS / reports
    whole = sum(weights.values())
    shares = {name: weight / whole for name, weight in weights.items()}
    if shares.get("xlsx", 0.0) <= most:
        return shares
    if len(shares) == 1:
        told = f"A workbook of this theatre has at most {MOST_SHEET_ROWS:,} rows."
        raise FileNotRead(told, "Ask for fewer reports, or for another format beside xlsx.")
    rest = 1.0 - shares["xlsx"]
    return {name: most if name == "xlsx" else share / rest * (1.0 - most) for name, share in shares.items()}


def rates(shares: Mapping[str, float], difficulty: Difficulty) -> dict[Channel, float]:
    """How often each channel tells of an incident, on the average.

    Where a source cannot tell as often as its share asks for, all tell of each incident less often.
    """
    each = difficulty.duplicates
    while True:
        made = {channel: each * share for channel, share in _parts(shares, difficulty).items()}
        untold = prod(1 - rate for channel, rate in made.items() if rate < 1 and channel not in (WIRE, TICKER, FALSE))
        wire = made.get(WIRE, 0.0)
        most = max(rate / (DEADLY if channel.format == "ucdp" else 1.0) for channel, rate in made.items())
        if most <= 0.95 and wire <= 0.9 * (1 - untold):
            return made
        each *= 0.95


def _parts(shares: Mapping[str, float], difficulty: Difficulty) -> dict[Channel, float]:
    made: dict[Channel, float] = {}
    if own := shares.get("truceline", 0.0):
        tellers = own * (1 - difficulty.echoes - difficulty.flooding)
        made |= {channel: tellers * channel.share for channel in TRUCELINE}
        made |= {AGAIN: own * difficulty.flooding / 2, FALSE: own * difficulty.flooding / 2}
        first = own * difficulty.echoes / (1 + CHAINED)
    made |= {channel: shares[channel.format] for channel in OTHERS if channel.format in shares}
    return made | ({WIRE: first, TICKER: first * CHAINED} if own else {})
