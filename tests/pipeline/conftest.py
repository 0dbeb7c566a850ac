"""The desk of tests/cli/desk.py as a fixture."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

NAME = "truceline_tests_desk"


def _module() -> ModuleType:
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(NAME, Path(__file__).parents[1] / "cli" / "desk.py")
        assert spec and spec.loader
        sys.modules[NAME] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[NAME])
    return sys.modules[NAME]


@pytest.fixture(scope="session")
def office() -> ModuleType:
    """The module tests/cli/desk.py: `truceline(...)`, `Desk(folder)`, `as_csv(...)` and the columns."""
    return _module()


@pytest.fixture
def desk(office: ModuleType, tmp_path: Path) -> Any:
    """A desk in an empty folder; no mission is made yet."""
    return office.Desk(tmp_path)
