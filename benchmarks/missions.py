"""Missions to measure on."""

import os
from pathlib import Path

from truceline.record.sign import verifier_key
from truceline.store.mission_file import MissionFile


def made(path: Path) -> str:
    """A new mission; its verifier key."""
    origin = f"example.org/{path.name.replace(' ', '-')}"
    with MissionFile.create(
        path, exercise=True, origin=origin, seed=os.urandom(32), fingerprint_secret=os.urandom(32)
    ) as new:
        return verifier_key(new.origin, new.public_key)


def audited(path: Path) -> int:
    """How many faults an audit finds."""
    with MissionFile.open(path) as mission:
        return len(mission.audit())
