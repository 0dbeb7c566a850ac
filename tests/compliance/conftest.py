"""The example pack, questions on it, and reports and watches in few words."""

from collections.abc import Callable
from typing import Any

import pytest

from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.pack import Pack
from truceline.compliance.question import Question
from truceline.pipeline.checking import columns_of
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.columns import ReportColumns, Watch
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval, read_instant

ZONE = "Etc/GMT-2"
BLANK = dict.fromkeys(("origin", "repeats", "weapon", "place", "area", "words", "language"), "")


@pytest.fixture(scope="session")
def example() -> Pack:
    """The example pack."""
    return find_pack("example")


def reported(number: int, **said: Any) -> Report:
    """A shelling between the two sides, but for what is said otherwise. `when` as text; `lat`, `lon` in degrees."""
    when = Interval.from_text(said.pop("when", "2025-03-20"), ZONE)
    lat, lon = (
        None if (degrees := said.pop(name, None)) is None else round(degrees * 10**7) for name in ("lat", "lon")
    )
    row: dict[str, Any] = {
        **BLANK, "source": "ngo", "source_row": str(number),
        "kind": "shelling", "start_us": when.start, "end_us": when.end,
        "when_words": when.words, "lat_e7": lat, "lon_e7": lon, "radius_m": 1_000 if lat is not None else 0,
        "side_a": ("Northern Army",), "side_b": ("Plain Front",),
        "killed_low": None, "killed_best": None, "killed_high": None,
        "flags": (),
    }  # fmt: skip
    return Report(**row | said)


@pytest.fixture(scope="session")
def columns() -> Callable[..., ReportColumns]:
    """Reports as columns: `columns({"when": ...}, ...)`, each a shelling but for what it says."""
    return lambda *rows: columns_of([reported(n, **row) for n, row in enumerate(rows)])


@pytest.fixture(scope="session")
def watch() -> Callable[..., Watch]:
    """One coverage row: `watch("ngo", "river_towns", "2025-03-20T06:00", "2025-03-20T18:00")`."""

    def made(source: str, area: str, first: str, last: str, status: str = "reported", origin: str = "") -> Watch:
        return Watch(source, origin, area, read_instant(first, ZONE), read_instant(last, ZONE), status)

    return made


@pytest.fixture(scope="session")
def evaluated(example: Pack, columns: Callable[..., ReportColumns]) -> Callable[..., Evaluated]:
    """An evaluated ledger: `evaluated(rows, watches, reading="strict", as_of="2025-05-02")`."""

    def made(rows: Any = (), watches: Any = (), reading: str = "strict", as_of: str = "2025-05-02") -> Evaluated:
        agreement = example.agreement
        question = Question.of(agreement, example.geometry, agreement.reading(reading), read_instant(as_of, ZONE))
        return evaluate(question, columns(*rows), list(watches))

    return made
