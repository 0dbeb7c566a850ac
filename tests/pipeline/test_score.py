"""`truceline score`: a theatre in every format is taken in as meant, and answers are scored the same each time."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

FORMATS = (
    "truceline", "ucdp", "acled", "acled-api", "airwars", "hxl", "mission-daily", "geojson", "jsonl", "xlsx",
)  # fmt: skip


@pytest.fixture
def theatre(office: Any, tmp_path: Path) -> Path:
    """A small theatre with all formats, its wrong rows among them."""
    ran = office.truceline(
        "simulate", "--out", tmp_path / "theatre", "--reports", "900", "--formats", "all", "--difficulty", "hard"
    )
    assert ran.code == 0, ran.err
    return tmp_path / "theatre"


@pytest.mark.parametrize("difficulty", ["easy", "usual", "hard"])
@pytest.mark.parametrize("seed", [1, 2])
def test_all_formats_are_taken_in_as_meant_and_the_ledger_is_what_can_be_known(
    office: Any, tmp_path: Path, seed: int, difficulty: str
) -> None:
    out = tmp_path / "theatre"
    words = ("--seed", seed, "--reports", 1_200, "--formats", "all", "--difficulty", difficulty)
    assert office.truceline("simulate", "--out", out, *words).code == 0
    told = office.truceline("score", out, "--json").json()
    assert told["intake"]["differing"] == []
    assert told["intake"]["rows"] == 1_200 == told["intake"]["reports"] + told["intake"]["refused"]
    assert told["intake"]["refused"] == told["intake"]["meant_to_be_refused"]
    assert told["cells"]["equal"] == told["cells"]["counts_equal"] == told["cells"]["cells"] == 3 * 4 * 3 * 61
    assert told["cells"]["wrong_quiet"] == 0


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_alone_is_taken_in_as_meant(office: Any, tmp_path: Path, format: str) -> None:
    words = ("--reports", 250, "--formats", format, "--difficulty", "hard", "--set", "wrong_rows=0.2")
    assert office.truceline("simulate", "--out", tmp_path / "t", *words).code == 0
    told = office.truceline("score", tmp_path / "t", "--json").json()
    assert told["intake"]["refused"] == told["intake"]["meant_to_be_refused"] > 20
    assert told["intake"]["differing"] == []
    assert told["cells"]["equal"] == told["cells"]["cells"]


def test_the_small_theatre_is_scored_too(office: Any, tmp_path: Path) -> None:
    assert office.truceline("simulate", "--out", tmp_path / "t", "--reports", "300").code == 0
    told = office.truceline("score", tmp_path / "t", "--json").json()
    assert told["cells"]["equal"] == told["cells"]["cells"]
    ours, alone = (told["matching"][name] for name in ("each_report_unless_it_repeats", "each_report_alone"))
    assert ours["pairwise"]["precision"] == 1
    assert ours["b_cubed"]["f1"] > alone["b_cubed"]["f1"]


def test_our_own_answers_as_files_score_as_we_do_each_time(office: Any, theatre: Path, tmp_path: Path) -> None:
    ours = office.truceline("score", theatre, "--write", tmp_path / "ours", "--json").json()
    assert office.truceline("score", theatre, "--json").json() == ours
    groups = office.truceline("score", theatre, "--answer", tmp_path / "ours" / "groups.csv", "--json").json()
    assert groups["matching"]["answer"] == ours["matching"]["each_report_unless_it_repeats"]
    cells = office.truceline("score", theatre, "--answer", tmp_path / "ours" / "cells.csv", "--json").json()
    assert cells["cells"] == ours["cells"]


def test_an_answer_that_lacks_a_report_is_refused_by_name(office: Any, theatre: Path, tmp_path: Path) -> None:
    read = list(csv.reader((theatre / "truth" / "reports.csv").open()))
    scored = [row[0] for row in read[1:] if row[4] == "report"]
    (tmp_path / "mine.csv").write_text("report,group\n" + "".join(f"{name},1\n" for name in scored[1:]))
    ran = office.truceline("score", theatre, "--answer", tmp_path / "mine.csv")
    assert ran.code == 2
    assert f"lacks 1 of {len(scored):,} reports, such as {scored[0]}" in ran.err


def test_what_is_no_theatre_and_what_is_no_answer_is_refused(office: Any, theatre: Path, tmp_path: Path) -> None:
    assert "no manifest.json" in office.truceline("score", tmp_path).err
    ran = office.truceline("score", theatre, "--answer", theatre / "ucdp.csv")
    assert (ran.code, "is no answer" in ran.err) == (2, True)


def test_without_what_can_be_known_reports_are_scored_and_cells_are_not(office: Any, tmp_path: Path) -> None:
    words = ("--reports", 200, "--formats", "ucdp", "--no-knowable")
    assert office.truceline("simulate", "--out", tmp_path / "t", *words).code == 0
    told = office.truceline("score", tmp_path / "t", "--json").json()
    assert told["cells"] is None
    assert told["matching"]["each_report_alone"]["reports"] == 200
    (tmp_path / "cells.csv").write_text("reading,indicator,area,day,verdict\n")
    assert "has no knowable.json" in office.truceline("score", tmp_path / "t", "--answer", tmp_path / "cells.csv").err


def test_settings_come_from_a_file_and_single_ones_from_the_command(office: Any, tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("place_noise: 0.3\nduplicates: 1.5\n")
    words = ("--reports", 60, "--settings", tmp_path / "settings.yaml", "--set", "duplicates=3,echoes=0")
    assert office.truceline("simulate", "--out", tmp_path / "t", *words).code == 0
    held = json.loads((tmp_path / "t" / "manifest.json").read_text())["difficulty"]
    assert (held["place_noise"], held["duplicates"], held["echoes"]) == (0.3, 3.0, 0.0)
    for wrong in ("noise=1", "echoes=x", "echoes=0.9"):
        assert office.truceline("simulate", "--out", tmp_path / "u", "--set", wrong).code == 2
    assert not (tmp_path / "u").exists()
