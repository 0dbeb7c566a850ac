"""A small mission, made anew for each test, with chance that repeats."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from truceline.store.mission_file import MissionFile

NOON_US = 1_456_574_400_000_000
"""27 February 2016, 12:00 UTC."""


@pytest.fixture
def chance() -> Callable[[int], bytes]:
    """Random-looking bytes that are the same in every run."""
    counter = count()

    def draw(number: int) -> bytes:
        blocks = (sha256(next(counter).to_bytes(8, "big")).digest() for _ in range(number // 32 + 1))
        return b"".join(blocks)[:number]

    return draw


@pytest.fixture
def now_us() -> int:
    """27 February 2016, 12:00 UTC."""
    return NOON_US


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the mission is."""
    return tmp_path / "north.truce"


@pytest.fixture
def mission(path: Path) -> Iterator[MissionFile]:
    """A new mission, open for writing, into which nothing was entered."""
    with MissionFile.create(
        path, exercise=True, origin="example.org/north", seed=b"s" * 32, fingerprint_secret=b"f" * 32
    ) as made:
        yield made


@pytest.fixture
def filled(mission: MissionFile, chance: Callable[[int], bytes]) -> MissionFile:
    """The same mission with 0 layout, 1-2 rows, 3 submission with a file; then 4 act."""
    with mission.pen(NOON_US, chance) as pen:
        layout = pen.enter("layout", [("layout", b"source, what")], {})
        rows = pen.rows([[("source", b"vdc"), ("what", word)] for word in (b"shelling", b"shots")], layout[1])
        name, salt = pen.blob(b"source,what\nvdc,shelling\nvdc,shots\n")
        pen.submission(rows[0][0], [("blob", name.encode()), ("blob_salt", salt)], {})
    with mission.pen(NOON_US + 60_000_000, chance) as pen:
        pen.enter("act", [("act", b"restriction")], {})
    return mission
