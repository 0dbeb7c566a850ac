"""Reports can be carried from one mission to another: what is exported is taken in as the same reports."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

COMPARED = 19
"""The columns of the native table come first; those that the record adds follow."""

HEAD = (
    "report_id,source,when,kind,side_a,side_b,origin,repeats,lat,lon,radius_m,place,area,"
    "killed_low,killed_best,killed_high,words,language\n"
)
ROWS = """\
1,ngo,2025-03-04,shelling,Northern Army; Valley Guard,Plain Front,,,20.1,-39.9,500,الجسر,,1,2,3,"=HYPERLINK(""x"")",ar
2,ngo,night of 4-5 March 2025,,,,,ngo/1,,,,,river_towns,,,,two or three,en
3,hotline,2025-03-04T14:05+02:00,air_strike,Northern Army,,wire,,-0.0000001,179.9999999,20000,,,5,2,3,,
"""


def exported(desk: Any, mission: Path, out: Path) -> list[list[str]]:
    ran = desk.run("export", mission, "--out", out, "--audience", "internal")
    assert ran.code == 0, ran.err
    return list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))


def test_exported_reports_are_taken_in_as_the_same_reports(desk: Any, tmp_path: Path) -> None:
    desk.init("example", None)
    (tmp_path / "rows.csv").write_text(HEAD + ROWS, encoding="utf-8")
    desk.take_in(tmp_path / "rows.csv")
    first = exported(desk, desk.mission, tmp_path / "first.csv")
    other = tmp_path / "other.truceline"
    assert desk.run("init", other, "--agreement", "example", "--exercise").code == 0
    assert desk.run("take-in", other, tmp_path / "first.csv").code == 0
    again = exported(desk, other, tmp_path / "again.csv")
    assert len(first) == 4
    # The apostrophe that keeps a spreadsheet from running a text as a formula is all that is added.
    assert [row[:COMPARED] for row in again] == [row[:COMPARED] for row in first]
    assert first[1][17] == '\'=HYPERLINK("x")'


def test_reports_need_no_reading_and_respect_the_audience(desk: Any, tmp_path: Path) -> None:
    desk.init("example", None)
    assert desk.run("export", desk.mission, "--out", tmp_path / "x.csv").code == 2
    assert desk.run("export", desk.mission, "--out", tmp_path / "x.csv", "--audience", "public").code == 2
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.data
def test_the_months_of_a_data_set_can_be_counted_from_its_export(desk: Any, tmp_path: Path, test_data: Path) -> None:
    desk.init("syria-2016", None)
    desk.take_in(test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv")
    rows = exported(desk, desk.mission, tmp_path / "reports.csv")
    head, months = rows[0], [row[rows[0].index("from_local")][:7] for row in rows[1:]]
    assert (months.count("2016-01"), months.count("2016-09"), len(months)) == (595, 472, 6170)
    assert sum(int(row[head.index("killed_best")]) for row in rows[1:]) == 48710
