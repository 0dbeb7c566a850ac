"""What a body's recall takes out of what counts: one report in force, held in a log of this mission's own side."""

from pathlib import Path
from typing import NamedTuple

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.joining import fellows
from truceline.pipeline.report_refs import resolve
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.act import Act
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.retraction import RecallHeld


class Recalled(NamedTuple):
    """A report that is recalled: the id of its entry, and its seq where it stands in the own log."""

    id: str
    entry: int | None


def report_recalled(mission: MissionFile, path: Path, act: Act) -> Recalled | None:
    """The report that a recall names; None for any other act. Raises `ActError` where there is nothing to recall."""
    if not isinstance(act, RecallHeld):
        return None
    before = f"{path}: " if path.name else ""
    try:
        report = resolve(mission, INTERNAL, [act.of])[act.of]
    except ValueNotRead as error:
        raise ActError(f"{before}of: {error.message}", error.mend) from error
    if not report.in_force:
        raise ActError(
            f"{before}of: the report {report.key} does not count any more: it was recalled, or destroyed.",
            "`truceline recalls` lists what was recalled.",
        )
    if log_at(report.seq) == OWN_LOG:
        return Recalled(report.id, mission.seq_of(report.id))
    if log_at(report.seq) not in _of_own_side(mission):
        raise ActError(
            f"{before}of: the report {report.key} stands in the log of another side.",
            "Nobody alters what another side said: ask its holder to recall it, or enter a finding of your own.",
        )
    return Recalled(report.id, None)


def _of_own_side(mission: MissionFile) -> set[int]:
    return {old for old, new in fellows(mission, mission.others.peers(), mission.size) if new == OWN_LOG}
