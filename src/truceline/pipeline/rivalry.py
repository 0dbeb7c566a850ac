"""Listing acts that stand against one another, for a person to settle."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from truceline.pipeline.act_rows import APART
from truceline.pipeline.by_name_only import BY_NAME_ONLY, by_name_only
from truceline.pipeline.joint_acts import Rivalry, rivalries
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import all_logs
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import iso


class RivalAct(Struct, frozen=True):
    """One of them: its id, the log it stands in and what that is called here, when it was said, what it says."""

    id: str
    log: str
    name: str
    at: str
    says: str


class Rivals(Struct, frozen=True):
    """Acts of one body and kind on one matter."""

    by: str
    act: str
    about: str
    acts: list[RivalAct]


_ASIDE = ("act", "by", "at", "because", "revises", "about", "clock", *APART)
_WHO = ("party", "actor", "force", "of", "name", "entry", "number", "claimant")
"""Fields that say whom an act is about."""


def rivals_listed(path: Path, known: str | None = None) -> list[Rivals]:
    """All of them, as known at a cut. Raises `ValueNotRead` for what is no cut."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        names = {peer.origin: peer.name for peer in all_logs(mission)}
        return [
            Rivals(one.by, one.kind, _about(one), [_listed(act, names) for act in one.acts])
            for one in rivalries(mission, INTERNAL, size)
        ]


def _about(rivalry: Rivalry) -> str:
    return BY_NAME_ONLY if any(by_name_only(one.act) for one in rivalry.acts) else rivalry.about


def _listed(held: ActHeld, names: dict[str, str]) -> RivalAct:
    said: dict[str, Any] = msgspec.to_builtins(held.act)
    aside = (*_ASIDE, *_WHO) if by_name_only(held.act) else _ASIDE
    says = ", ".join(f"{name} {value}" for name, value in said.items() if value and name not in aside)
    return RivalAct(held.id, held.log, names.get(held.log, ""), iso(held.at), says)
