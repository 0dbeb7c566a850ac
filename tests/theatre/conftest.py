"""One theatre for the whole folder, and the files of the pack it is played on."""

from pathlib import Path

import pytest

import truceline
from truceline.theatre import Theatre, simulate

EXAMPLE = Path(truceline.__file__).parent / "agreements" / "example"


@pytest.fixture(scope="session")
def pack() -> tuple[bytes, bytes]:
    """agreement.yaml and areas.geojson of the example pack."""
    return (EXAMPLE / "agreement.yaml").read_bytes(), (EXAMPLE / "areas.geojson").read_bytes()


@pytest.fixture(scope="session")
def theatre(pack: tuple[bytes, bytes]) -> Theatre:
    """Seed 1, 600 reports."""
    return simulate(1, 600, *pack)
