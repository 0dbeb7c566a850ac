"""Two holders who know each other, and processes to be killed."""

import json
import time

import pytest


@pytest.fixture(scope="session")
def faults():
    """The module tests/faults/victims.py."""
    import importlib.util
    import sys
    from pathlib import Path

    name = "truceline_tests_faults_victims"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / "victims.py")
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def victims(faults):
    running = faults.Victims()
    yield running
    running.close()


@pytest.fixture
def pair(office):
    """Makes two desks below a folder, north and south, that have each other's keys."""

    def made(folder):
        desks = []
        for name in ("north", "south"):
            (folder / name).mkdir(parents=True)
            desks.append(office.Desk(folder / name).init())
        keys = [json.loads(desk.run("log", "head", desk.mission, "--json").out)["key"] for desk in desks]
        for desk, name, key in zip(desks, ("south", "north"), reversed(keys), strict=True):
            assert desk.run("exchange", "add", desk.mission, name, "--key", key).code == 0
        return desks

    return made


@pytest.fixture
def seed():
    """The seed of this run: $TRUCELINE_SEED, or the clock."""
    import os

    drawn = int(os.environ.get("TRUCELINE_SEED", time.monotonic_ns() // 1_000_000))
    print(f"faults: seed {drawn}")
    return drawn
