"""Bringing a mission of an earlier format up to this one."""

from pathlib import Path

from msgspec import Struct

from truceline.store import upgrading
from truceline.store.opening import FORMAT_VERSION


class Upgraded(Struct, frozen=True):
    """A mission's format before and now, its entries, and the nodes of the trees over them that are kept."""

    mission: str
    before: int
    format: int
    entries: int
    nodes: int


def upgrade(path: Path) -> Upgraded:
    """Bring a mission file up to this format, whole or not at all. Raises `MissionError`, `RecordBroken`."""
    done = upgrading.upgrade(path)
    return Upgraded(str(path), done.before, FORMAT_VERSION, done.entries, done.nodes)
