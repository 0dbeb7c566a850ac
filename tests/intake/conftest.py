"""Made-up tables for the tests of intake, and the contract every format keeps."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from truceline.intake.context import ReadContext
from truceline.intake.mapping import Mapping
from truceline.intake.reading import Read, read_file, read_rows

CONTEXT = ReadContext(zone="Etc/GMT-2", box=(300_000_000, 350_000_000, 380_000_000, 430_000_000))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def contract() -> ModuleType:
    """tests/contract/check_format.py."""
    return _module(Path(__file__).parents[1] / "contract" / "check_format.py")


@pytest.fixture
def context() -> ReadContext:
    """UTC+2, and a theatre from 30 to 38 north and 35 to 43 east."""
    return CONTEXT


@pytest.fixture
def became(context: ReadContext) -> Callable[..., list[Read]]:
    """What the rows of a file become: `became(content)`, or `became(text, context=..., mapping=...)`."""

    def read(content: bytes | str, mapping: Mapping | None = None, **other: Any) -> list[Read]:
        table = read_file("made-up.csv", content.encode() if isinstance(content, str) else content, mapping=mapping)
        return [noun for _, noun in read_rows(table, other.get("context", context))]

    return read
