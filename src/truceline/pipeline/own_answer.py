"""What this program answers on a simulated theatre: its groups of reports, two baselines beside them, its cells."""

import re
import tempfile
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from truceline.compliance.echoes import founders
from truceline.pipeline.missions import init, open_mission, registered
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.simulating import PACK
from truceline.pipeline.take_in import Taken, take_in
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.theatre.scoring import Cells, Groups
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import moment, zone_of

READING = "strict"
OURS = "each_report_unless_it_repeats"
_NAMED = ("source", "source_row", "words", "repeats", "start_us", "place", "area")
_LOG = re.compile(r"\bLog (P\d{8})\b")
"""The row's name in the words of a mission's daily table, whose rows have no ids."""


class OwnAnswer(Struct, frozen=True):
    """What was taken in, groups of reports by how they were made, and the cells of the readings asked for."""

    taken: Taken
    groups: dict[str, Groups]
    cells: Cells


def own_answer(
    folder: Path,
    manifest: Mapping[str, Any],
    readings: Iterable[str],
    *,
    now_us: int,
    chance: Chance,
    tell: Progress = silent,
) -> OwnAnswer:
    """Take a theatre's folder into a mission of its own, aside, and answer. The mission is thrown away."""
    files = [folder / name for name in (*(table["file"] for table in manifest["tables"]), *manifest["coverage"])]
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / "mission.truceline"
        init(path, PACK, reading=READING, exercise=True, now_us=now_us, chance=chance).close()
        taken = take_in(path, files, now_us=now_us, chance=chance, tell=tell)
        with open_mission(path) as mission:
            cells: dict[tuple[str, str, str, str], tuple[str, ...]] = {}
            for reading in readings:
                cells |= _cells(mission, Asked(INTERNAL, now_us, manifest["as_of"], reading=reading), reading)
            return OwnAnswer(taken, _groups(mission), cells)


def _cells(mission: MissionFile, asked: Asked, reading: str) -> Cells:
    ledger = ask(mission, asked).evaluated.ledger
    return {
        (reading, of.indicator, ledger.areas[cell.area], ledger.days[cell.day].name): (
            cell.verdict.value, str(cell.low), str(cell.high),
        )
        for of in ledger.indicators
        for cell in of.cells
    }  # fmt: skip


def _groups(mission: MissionFile) -> dict[str, Groups]:
    """Ours (each report an incident of its own unless it repeats one), and the two baselines."""
    held = {name: list(column) for name, column in mission.columns("report", _NAMED, INTERNAL).items()}
    names = [_name(*row) for row in zip(held["source"], held["source_row"], held["words"], strict=True)]
    founding, _ = founders(held["source"], held["source_row"], held["repeats"])
    zone = registered(mission).pack.agreement.zone
    placed = [
        f"{_day(int(start), zone)} {place or area}"
        for start, place, area in zip(held["start_us"], held["place"], held["area"], strict=True)
    ]
    return {
        OURS: {name: names[at] for name, at in zip(names, founding.tolist(), strict=True)},
        "each_report_alone": {name: name for name in names},
        "same_day_and_place": dict(zip(names, placed, strict=True)),
    }


def _name(source: str, own: str, words: str) -> str:
    """The report's name in the truth files."""
    log = _LOG.search(words) if source == "patrols" else None
    return f"{source}/{log[1] if log else own}"


@lru_cache(maxsize=100_000)
def _day(start_us: int, zone: str) -> str:
    return moment(start_us).astimezone(zone_of(zone)).date().isoformat()
