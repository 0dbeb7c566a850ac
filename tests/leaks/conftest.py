"""Two real holders: north seals one report of a village; south holds everything that north gives away."""

import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def attack() -> ModuleType:
    """The module tests/leaks/attack.py."""
    return sys.modules["truceline_tests_leaks_attack"] if "truceline_tests_leaks_attack" in sys.modules else _loaded()


def _loaded() -> ModuleType:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("truceline_tests_leaks_attack", Path(__file__).parent / "attack.py")
    assert spec
    assert spec.loader
    sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
    return sys.modules[spec.name]
