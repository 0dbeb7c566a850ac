"""Exports: complete, exact, and harmless in a spreadsheet."""

import csv
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from truceline.publication.tables import CELL_COLUMNS, INCIDENT_COLUMNS, export_csv, export_ledger_csv, harmless
from truceline.vocabulary.marking import INTERNAL

sys.path.insert(0, str(Path(__file__).parent))

import made_up

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "export.md"


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "-", "+1 2", "-1e5"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12", "+3.5", "-39.1253", "0", "12 March", "'=1", "", "a=b"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_each_incident_is_one_row_with_exact_degrees_and_its_answers() -> None:
    page = made_up.page()
    rows = read(export_csv(page, INTERNAL))
    assert len(rows) == len(page.incidents)
    assert tuple(rows[0]) == (*INCIDENT_COLUMNS, "counts_between_parties", "counts_all_incidents")
    for i, row in enumerate(rows):
        point = page.incidents.has_point[i]
        assert (row["lat"] != "") == point
        if point:
            assert round(float(row["lat"]) * 1e7) == page.incidents.lat_e7[i]
        assert row["counts_between_parties"] == ("no", "maybe", "surely")[page.incidents.counts[0][i]]
        assert row["from"].endswith("Z")
        assert row["audience"] == "TLP:RED"
        assert row["exercise"] == "yes"
    assert {row["file"] for row in rows} == {"mission.csv", "بلاغات.csv"}
    assert rows[1]["side_a"] == "Valley guard; Northern forces"


def test_a_hostile_name_is_neutralised_in_every_column() -> None:
    page = made_up.page(n=3)
    bad = replace(page.incidents, source=["=A"] * 3, place=["+B"] * 3, side_a=['["@C"]'] * 3, when_words=["-D"] * 3)
    for row in read(export_csv(replace(page, incidents=bad), INTERNAL)):
        assert (row["source"], row["place"], row["side_a"], row["when_words"]) == ("'=A", "'+B", "'@C", "'-D")


def test_the_ledger_export_has_every_cell_in_order() -> None:
    page = made_up.page()
    rows = read(export_ledger_csv(page, INTERNAL))
    assert tuple(rows[0]) == CELL_COLUMNS
    cells = [(one.indicator, cell) for one in page.ledger.indicators for cell in one.cells]
    assert len(rows) == len(cells)
    for row, (indicator, cell) in zip(rows, cells, strict=True):
        assert (row["indicator"], row["verdict"]) == (indicator, cell.verdict.value)
        assert (int(row["low"]), int(row["high"])) == (cell.low, cell.high)


@pytest.mark.parametrize("column", [*INCIDENT_COLUMNS, *CELL_COLUMNS])
def test_every_column_is_in_the_reference(column: str) -> None:
    assert f"`{column}`" in DOCS.read_text("utf-8")
