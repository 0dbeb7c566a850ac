"""Fixtures for the whole suite: where the real data lie, and how many tests read them."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DATA = Path(os.environ.get("TRUCELINE_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
READS_DATA = ("reads", "data")
_read: set[str] = set()
_printed: list[str] = []
MOST_LINES, MOST_SHOWN = 60, 400


@pytest.fixture
def test_data(request: pytest.FixtureRequest) -> Path:
    """The folder of real data; the test is skipped with a message where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"no real data at {DATA}: set TRUCELINE_TEST_DATA")
    request.node.user_properties.append(READS_DATA)
    return DATA


@pytest.fixture(scope="session")
def office() -> ModuleType:
    """The module tests/desk.py: `truceline(...)`, `Desk(folder)`, `as_csv(...)` and the columns."""
    return beside("desk")


@pytest.fixture(scope="session")
def geopackages() -> ModuleType:
    """The module tests/geopackages.py: `geopackage_of(...)`, `package(...)`, `head(...)`, `positions(...)`."""
    return beside("geopackages")


@pytest.fixture(scope="session")
def crowds() -> ModuleType:
    """The module tests/exchange/crowd.py: `Crowd(folder, draw).begin()`, `played(folder, seed)`, `judged_whole`."""
    return beside("exchange/crowd")


@pytest.fixture(scope="session")
def attack() -> ModuleType:
    """The module tests/leaks/attack.py: `Haystack(artefacts).says(words)`."""
    return beside("leaks/attack")


@pytest.fixture(scope="session")
def drawing() -> tuple[ModuleType, ModuleType]:
    """The modules tests/compliance/slow_assess.py (a slow reader of clauses) and random_missions.py (what it reads)."""
    slow = beside("compliance/slow_assess")
    slow.JUDGES.update(beside("compliance/slow_kinds").judges(slow))
    dues = beside("compliance/slow_dues")
    slow.JUDGES.update(dues.judges(slow))
    slow.KEPT.append(dues.kept)
    return slow, beside("compliance/random_missions")


@pytest.fixture(scope="session")
def nodes() -> ModuleType:
    """The module tests/nodes.py: `Nodes(office, folder, sides).begin()`."""
    return beside("nodes")


@pytest.fixture
def holders(office: ModuleType, tmp_path: Path) -> Any:
    """Makes holders that know each other: `holders(north="north", south="south")`, desk to side."""
    made = beside("nodes")
    return lambda **sides: made.Nodes(office, tmp_path, sides).begin()


def beside(module: str) -> ModuleType:
    """A module of the tests, by its path from here: loaded once, whoever asks."""
    name = f"truceline_tests_{module.replace('/', '_')}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{module}.py")
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def desk(office: ModuleType, tmp_path: Path) -> Any:
    """A desk in an empty folder; no mission is made yet."""
    return office.Desk(tmp_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: where several processes share the suite, none is left with one of them at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what passing tests print (seeds drawn, cases counted, figures), and which read data; of every worker."""
    if READS_DATA in (tuple(one) for one in report.user_properties):
        _read.add(report.nodeid)
    if report.when == "call" and report.passed:
        _printed.extend(line[:MOST_SHOWN] for line in report.capstdout.splitlines() if line.strip())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the tests counted, and how many read real data; in CI none may skip."""
    for line in _printed[:MOST_LINES]:
        terminalreporter.write_line(line)
    terminalreporter.write_line(f"data tests run: {len(_read)} (data {'present' if DATA.is_dir() else 'absent'})")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a missing data folder is a failure, not a silence."""
    if os.environ.get("CI") and not DATA.is_dir() and exitstatus == 0:
        session.exitstatus = 1
