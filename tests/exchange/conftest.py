"""The crowd of devices, for every test of the room; and two of them that know each other."""

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def crowds() -> ModuleType:
    """The module crowd.py: `Crowd(folder, draw).begin()`, `played(folder, seed)`, `judged_whole(crowd)`."""
    name = "truceline_tests_crowd"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("crowd.py"))
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def crowd(crowds, tmp_path):
    """Five devices of three holders; nothing was written or sent yet."""
    made = crowds.Crowd(tmp_path, random.Random(16)).begin()
    yield made
    made.close()
