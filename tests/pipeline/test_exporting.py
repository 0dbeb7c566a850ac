"""`export` in every form: whole or not at all, through the gate, the same bytes for the same question."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

ROWS = """report_id,source,when,kind,side_a,side_b,lat,lon,radius_m,place,killed_best
1,ngo,2025-03-20,shelling,Northern Army,Plain Front,20.1,-39.9,500,الجسر,2
2,ngo,2025-03-21,shelling,Northern Army,Plain Front,,,,,
"""
FORMS = [("reports", "geojson"), ("incidents", "geojson"), ("areas", "geojson"), ("reports", "gpkg"), ("areas", "gpkg")]


@pytest.fixture
def mission(desk: Any, tmp_path: Path) -> Path:
    desk.init("example", "strict")
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    desk.take_in(tmp_path / "rows.csv")
    return desk.mission


def exported(desk: Any, mission: Path, out: Path, what: str, form: str, audience: str = "internal") -> Any:
    asked = ["--as-of", "2025-04-30", "--what", what, "--format", form]
    return desk.run("export", mission, "--out", out, "--audience", audience, *asked)


@pytest.mark.parametrize(("what", "form"), FORMS)
def test_the_same_question_gives_the_same_bytes(desk: Any, mission: Path, tmp_path: Path, what: str, form: str) -> None:
    for out in (tmp_path / "one", tmp_path / "two"):
        assert exported(desk, mission, out, what, form).code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(("what", "form"), [*FORMS, ("reports", "parquet")])
def test_nothing_is_written_for_an_audience_to_which_nothing_is_released(
    desk: Any, mission: Path, tmp_path: Path, what: str, form: str
) -> None:
    ran = exported(desk, mission, tmp_path / "x", what, form, "public")
    assert (ran.code, (tmp_path / "x").exists()) == (2, False)


@pytest.mark.parametrize(("what", "form"), [("areas", "csv"), ("ledger", "geojson"), ("ledger", "gpkg")])
def test_a_form_that_does_not_fit_is_refused_with_the_forms_that_do(
    desk: Any, mission: Path, tmp_path: Path, what: str, form: str
) -> None:
    ran = exported(desk, mission, tmp_path / "x", what, form)
    assert (ran.code, (tmp_path / "x").exists()) == (2, False)
    assert f"There is no {form} of {what}." in ran.err
    assert "--format" in ran.err


def test_reports_stand_in_geojson_and_geopackage_with_and_without_a_point(
    desk: Any, mission: Path, tmp_path: Path
) -> None:
    assert exported(desk, mission, tmp_path / "r.geojson", "reports", "geojson").code == 0
    features = json.loads((tmp_path / "r.geojson").read_bytes())["features"]
    assert [feature["geometry"] for feature in features] == [{"type": "Point", "coordinates": [-39.9, 20.1]}, None]
    assert exported(desk, mission, tmp_path / "r.gpkg", "reports", "gpkg").code == 0
    with sqlite3.connect(tmp_path / "r.gpkg") as file:
        rows = file.execute("SELECT place, killed_best, geom IS NULL, exercise FROM reports").fetchall()
        assert rows == [("الجسر", 2, 0, "yes"), (None, None, 1, "yes")]
        (described,) = file.execute("SELECT description FROM gpkg_contents").fetchone()
        assert described == "TLP:RED, an exercise: invented"


@pytest.mark.parametrize("what", ["reports", "incidents", "ledger", "areas"])
def test_parquet_holds_what_is_asked_for_with_its_stamp(desk: Any, mission: Path, tmp_path: Path, what: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    assert exported(desk, mission, tmp_path / "r.parquet", what, "parquet").code == 0
    ((count, stamp),) = duckdb.sql(f"SELECT count(*), min(audience) FROM '{tmp_path / 'r.parquet'}'").fetchall()
    assert count > 0 and stamp == "TLP:RED"
