"""The exercise, played once for all tests of the API; each has a copy of it."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from callers import NOW, small_room
from visitors import Door


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the exercise."""
    return small_room(tmp_path_factory.mktemp("api")).mission.parent


@pytest.fixture
def door(played: Path, tmp_path: Path) -> Door:
    """A room of one's own, in which things may be entered."""
    shutil.copytree(played, tmp_path / "played")
    return Door(tmp_path / "played" / "mission.truceline", NOW)
