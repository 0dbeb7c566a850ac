"""`score`: how well an answer, ours or anybody's, fits the truth of a simulated theatre."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins

from truceline.errors import FileNotRead
from truceline.pipeline.own_answer import OURS, OwnAnswer, own_answer
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.simulating import write_folder
from truceline.pipeline.take_in import Taken, content_of
from truceline.store.pen import Chance
from truceline.theatre.scoring import (
    CELL_COLUMNS,
    COUNTS,
    GROUP_COLUMNS,
    SEE,
    Cells,
    CellScore,
    GroupScore,
    Truth,
    cell_answer,
    group_answer,
    header_of,
    known_cells,
    read_truth,
    score_cells,
    score_groups,
)


class Intake(Struct, frozen=True):
    """What was taken in. differing: files of which other rows were refused than should be."""

    rows: int
    reports: int
    refused: int
    meant_to_be_refused: int
    differing: tuple[str, ...]


class Score(Struct, frozen=True):
    """An answer's score; what was not answered is None or empty. `matching` is by the name of the grouping."""

    folder: str
    answer: str
    intake: Intake | None
    cells: CellScore | None
    matching: dict[str, GroupScore]

    def plain(self) -> dict[str, Any]:
        """As `score --json` prints it."""
        made: dict[str, Any] = to_builtins(self)
        if self.cells is not None:
            made["cells"]["share_cannot_tell"] = self.cells.share_cannot_tell
        return made


def score(
    folder: Path,
    answer: Path | None = None,
    *,
    write: Path | None = None,
    now_us: int,
    chance: Chance,
    tell: Progress = silent,
) -> Score:
    """Score an answer file or, without one, this program and two baselines on a theatre's folder.

    write: a new folder for this program's own answers, in the form in which anybody's are read. Nothing in the
    theatre's folder is changed. Raises `FileNotRead` for what is no theatre, and for an answer that lacks
    rows or has more than the truth.
    """
    manifest, known = _manifest(folder), _known(folder)
    truth = read_truth(content_of(folder / "truth" / "reports.csv"))
    if answer is not None:
        return _theirs(folder, answer, truth, known)
    readings = dict.fromkeys(key[0] for key in known)
    ours = own_answer(folder, manifest, readings, now_us=now_us, chance=chance, tell=tell)
    scored = {name: _scored(truth, groups) for name, groups in ours.groups.items()}
    if write is not None:
        write_folder(write, _files(truth, ours))
    cells = score_cells(known, ours.cells) if known else None
    return Score(str(folder), "truceline", _intake(ours.taken, manifest, truth), cells, scored)


def _theirs(folder: Path, answer: Path, truth: Truth, known: Cells) -> Score:
    """A file of groups or of cells: its header says which."""
    content, name = content_of(answer), answer.name
    header = header_of(name, content)
    if set(GROUP_COLUMNS) <= set(header):
        grouping = group_answer(name, content, truth.groups)
        return Score(str(folder), str(answer), None, None, {"answer": score_groups(truth.groups, grouping)})
    if not set(CELL_COLUMNS) <= set(header):
        told = f"{answer} is no answer: its columns are {', '.join(header)[:200]}."
        raise FileNotRead(told, f"Write {','.join(GROUP_COLUMNS)} or {','.join(CELL_COLUMNS)}. {SEE}")
    if not known:
        raise FileNotRead(f"{folder} has no knowable.json to score cells with.", "Simulate it with --knowable.")
    return Score(str(folder), str(answer), None, score_cells(known, cell_answer(name, content, known)), {})


def _scored(truth: Truth, groups: Mapping[str, str]) -> GroupScore:
    """Ours, less what is not scored; a report that was not read stands alone."""
    return score_groups(truth.groups, {report: groups.get(report, report) for report in truth.groups})


def _intake(taken: Taken, manifest: Mapping[str, Any], truth: Truth) -> Intake:
    meant = {table["file"]: table["refused"] for table in manifest["tables"]}
    tables = [file for file in taken.files if Path(file.file).name in meant]
    differing = [
        name
        for file in tables
        if (name := Path(file.file).name) and (file.rows, file.refused) != (truth.rows.get(name, 0), meant[name])
    ]
    refused = sum(file.refused for file in tables)
    rows, reports = sum(file.rows for file in tables), sum(file.reports for file in tables)
    return Intake(rows, reports, refused, sum(meant.values()), tuple(differing))


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    if not path.is_file():
        raise FileNotRead(f"{folder} has no manifest.json: it is no simulated theatre.", "Give a folder of simulate.")
    found: dict[str, Any] = json.loads(content_of(path))
    return found


def _known(folder: Path) -> Cells:
    path = folder / "knowable.json"
    return known_cells(json.loads(content_of(path))) if path.is_file() else {}


def _files(truth: Truth, ours: OwnAnswer) -> dict[str, bytes]:
    """Our answers as files that `score --answer` reads."""
    groups = ours.groups[OURS]
    made = {"groups.csv": _csv(GROUP_COLUMNS, [(name, groups.get(name, name)) for name in truth.groups])}
    if ours.cells:
        made["cells.csv"] = _csv((*CELL_COLUMNS, *COUNTS), [(*key, *said) for key, said in ours.cells.items()])
    return made


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
