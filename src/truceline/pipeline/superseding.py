"""Acts that supersede acts of another log of the same side: which may, and putting the older ones out of force."""

from collections.abc import Sequence
from pathlib import Path

from truceline.errors import ActError
from truceline.pipeline.joining import fellows
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.act import ActHeld


def is_own(act: ActHeld) -> bool:
    """The act stands in this mission's own log."""
    return log_at(act.seq) == OWN_LOG


def refuse_foreign(mission: MissionFile, superseded: Sequence[tuple[Path, ActHeld]]) -> None:
    """Raise `ActError` where a file's act would supersede an act whose author is of another side.

    The author of a log says in it which other logs are of the same side.
    """
    if not superseded:
        return
    may = {old for old, new in fellows(mission, mission.others.peers(), mission.size) if new == OWN_LOG}
    for path, one in superseded:
        if log_at(one.seq) not in may:
            raise ActError(
                f"{path}: the act {one.id[:12]} stands in a log that has not named this one as of its own side.",
                "Nobody alters what another side said: enter an act of your own beside it.",
            )


def settle_abroad(mission: MissionFile, size: int) -> None:
    """Put out of force what own acts below that size supersede in logs of the same side."""
    mission.joint.settle((), fellows(mission, mission.others.peers(), size))
