"""The truth files: which report tells of what, and what there was to tell."""

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np

from truceline.theatre.benchmark.draws import Column, Ints
from truceline.theatre.benchmark.incidents import Incidents
from truceline.theatre.benchmark.lines import joined
from truceline.theatre.benchmark.said import Said
from truceline.theatre.benchmark.stage import SPARE_DAYS, Stage

REPORTS, INCIDENTS, COVERAGE = "truth/reports.csv", "truth/incidents.csv", "truth/coverage.csv"
REPORT_COLUMNS = ("report", "file", "incident", "how", "expected")
INCIDENT_COLUMNS = (
    "incident", "when", "area", "place", "lat", "lon", "kind", "side_a", "side_b", "killed", "reports"
)  # fmt: skip
COVERAGE_COLUMNS = ("reading", "area", "day", "covered")
HOWS = ("tells", "files_again", "repeats", "repeats_unsaid", "nothing_happened", "oddity")
"""What a row is to its incident. Nothing happened: it tells of an incident of its own that never was. Oddities are
the small theatre's rows that show what goes wrong in real tables; they are not scored."""


def lines(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def incident_names(number: Ints) -> list[str]:
    """x00000001 for the first."""
    return [f"x{at:08}" for at in (number + 1).tolist()]


def report_rows(said: Said, file: str) -> bytes:
    """A line for each report: what it is called, its file, its incident, and whether it is to be refused."""
    nothing = said.how == "nothing_happened"
    incident = np.array(incident_names(said.incidents.number), object)
    columns = [
        ((said.cells["source"] + "/") + said.cells["report_id"]).tolist(), [file] * len(said),
        np.where(nothing, "", incident).tolist(), said.how.tolist(),
        np.where(said.wrong, "refused", "report").tolist(),
    ]  # fmt: skip
    return joined(columns).encode()


def incident_rows(stage: Stage, one: Incidents, told: Ints) -> bytes:
    """A line for each incident, those that nobody tells of too."""
    if not len(one):
        return b""
    actors, areas = np.array(stage.actors, object), np.array(stage.setting.areas, object)
    when: Column = stage.day_text[one.day + SPARE_DAYS] + stage.minute[one.minute]
    columns = [
        incident_names(one.number), when.tolist(), areas[one.area].tolist(), stage.place[one.spot].tolist(),
        [f"{value:.5f}" for value in (one.lat / 1e7).tolist()],
        [f"{value:.5f}" for value in (one.lon / 1e7).tolist()],
        np.array(stage.kinds, object)[one.kind].tolist(), actors[one.side_a].tolist(),
        actors[one.side_b].tolist(), [str(n) for n in one.killed.tolist()], [str(n) for n in told.tolist()],
    ]  # fmt: skip
    return joined(columns).encode()
