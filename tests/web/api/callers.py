"""A small room for tests of the API, and people with tokens who ask it as programs do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from litestar.testing import TestClient
from visitors import Door

from truceline.pipeline.accounts import person_of
from truceline.pipeline.demo import demo
from truceline.pipeline.tokens import make_token
from truceline.vocabulary.role import Person, Role

NOW = 1_762_000_000_000_000
"""1 November 2025, in UTC microseconds."""


def small_room(folder: Path) -> Door:
    """The exercise in a folder, its door open at `NOW`."""
    drawn = iter(range(1, 1 << 30))
    return Door(Path(demo(folder / "played", now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission), NOW)


def body_of(role: Role) -> str:
    """The body for which somebody of that role speaks in these tests."""
    return "" if role in (Role.READER, Role.AUDITOR, Role.REPORTER) else "alpha"


def person(door: Door, role: Role, body: str | None = None) -> Person:
    """Somebody of that role."""
    session = door.session(role, body_of(role) if body is None else body)
    found = person_of(door.mission, session, door.now_us)
    assert found is not None
    return found


def token_of(door: Door, role: Role, *, writes: bool = False, days: int = 30) -> str:
    """A new token of somebody of that role."""
    return make_token(
        door.mission, person(door, role), f"of a test, {role.value}", writes=writes, days=days, now_us=door.now_us,
        chance=door.chance,
    )  # fmt: skip


def program(door: Door, role: Role | None = None, *, writes: bool = False) -> TestClient:
    """A program that asks with a new token, or with none."""
    client = door.client()
    client.headers["accept"] = "application/json"
    if role is not None:
        client.headers["authorization"] = f"Bearer {token_of(door, role, writes=writes)}"
    return client
