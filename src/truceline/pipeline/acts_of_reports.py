"""Acts that name reports: what is entered here names reports that are held here.

Asked at entering alone: an act of another holder may name what was never opened to this one.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.report_refs import ReportHeld, resolve
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import Act
from truceline.vocabulary.marking import INTERNAL

_NAMEABLE = re.compile(r".+/.+")
MOST_CHARACTERS = 400


def name_for_act(report: ReportHeld) -> str:
    """What an act calls a report: SOURCE/REPORT_ID, which others know too; its entry's id where that cannot be."""
    plain = report.source_row and len(report.key) <= MOST_CHARACTERS and _NAMEABLE.fullmatch(report.key)
    return report.key if plain else report.id


def reports_of(act: Act) -> tuple[str, ...]:
    """The reports that an act is about, as it names them; a report that is repeated may be held by nobody."""
    one: str | None = getattr(act, "report", None)
    return (*getattr(act, "reports", ()), *(getattr(act, "rests_on", ()) or ()), *([one] if one else []))


def refuse_unknown_reports(mission: MissionFile, said: Sequence[tuple[Path, Act]]) -> None:
    """Raise `ActError`, naming the file where there is one, for a report that is not held, or a name of several."""
    for path, act in said:
        try:
            resolve(mission, INTERNAL, reports_of(act))
        except ValueNotRead as error:
            raise ActError(f"{path}: {error.message}" if path.name else error.message, error.mend) from error
