"""A GeoPackage is taken in, asked for by its tables, mapped and rebuilt; our own export comes back as it was."""

import csv
import io
import json

import pytest

HEAD = ("report_id", "source", "when", "kind", "side_a", "side_b")


def rows(*ids, source="ngo", geometry=None):
    return ("fid", "geom", *HEAD), [
        (n, geometry, one, source, "2025-03-20", "shelling", "", "") for n, one in enumerate(ids)
    ]


@pytest.fixture
def package(desk, geopackages):
    """Two tables of reports, one of a form nobody knows."""
    desk.init("example", "strict")
    made = {
        "north": rows("1", "2", geometry=geopackages.point(-39.9, 20.1)), "notes": (["a"], [("b",)]),
        "south": rows("3", "4", "5"),
    }  # fmt: skip
    return desk.file("sent.gpkg", geopackages.geopackage_of(made))


def counts(told):
    return [
        (file["sheet"], file["rows"], file["reports"], file["refused"], file["already_held"]) for file in told["files"]
    ]


def test_each_table_of_a_known_form_is_taken_in_once(desk, package):
    assert counts(desk.take_in(package)) == [("north", 2, 2, 0, 0), ("south", 3, 3, 0, 0)]
    assert counts(desk.take_in(package)) == [("north", 2, 0, 0, 2), ("south", 3, 0, 0, 3)]
    assert desk.stored("SELECT source_row, lat_e7, lon_e7 FROM report ORDER BY source_row")[1:3] == [
        ("2", 201_000_000, -399_000_000), ("3", None, None),
    ]  # fmt: skip
    assert desk.told("rebuild")["same"] is True
    assert desk.told("audit")["faults"] == []


def test_one_table_is_taken_in_alone_and_the_others_later(desk, package):
    assert counts(desk.take_in(package, sheet="south")) == [("south", 3, 3, 0, 0)]
    assert counts(desk.take_in(package, sheet="south")) == [("south", 3, 0, 0, 3)]
    assert desk.told("rebuild")["same"] is True
    assert counts(desk.take_in(package)) == [("north", 2, 2, 0, 0), ("south", 3, 0, 0, 3)]
    assert counts(desk.take_in(package, sheet="north")) == [("north", 2, 0, 0, 2)]
    held = desk.stored("SELECT file_key FROM held_file ORDER BY 1")
    assert desk.told("rebuild")["same"] is True
    assert desk.stored("SELECT file_key FROM held_file ORDER BY 1") == held


def test_a_table_that_is_not_there_is_refused_with_the_names(desk, package):
    ran = desk.run("take-in", desk.mission, package, "--sheet", "east")
    assert ran.code == 2
    assert "sent.gpkg has no sheet 'east'. Its sheets are: 'north', 'notes', 'south'." in ran.err
    assert desk.stored("SELECT count(*) FROM report") == [(0,)]


def test_a_file_without_sheets_has_none_to_ask_for(desk, package, office):
    table = desk.file("r.csv", office.as_csv(HEAD, []))
    ran = desk.run("take-in", desk.mission, table, "--sheet", "north")
    assert (ran.code, "r.csv has no sheet 'north'. It has none." in ran.err) == (2, True)


def test_a_refused_row_and_a_damaged_one_are_kept_under_their_table(desk, geopackages):
    desk.init("example", "strict")
    columns, made = rows("1", "2", "3", geometry=geopackages.point(-39.9, 20.1)[:-1])
    made[1] = (*made[1][:-1], "x" * 70_000)
    told = desk.take_in(desk.file("sent.gpkg", geopackages.geopackage_of({"north": (columns, made)})))
    assert counts(told) == [("north", 3, 0, 3, 0)]
    listed = desk.told("refusals")["refusals"]
    assert {one["sheet"] for one in listed} == {"north"}
    assert any("it ends too early" in one["value"] for one in listed)
    assert desk.told("rebuild")["same"] is True


def test_coordinates_in_metres_refuse_the_file_with_their_name(desk, geopackages):
    desk.init("example", "strict")
    path = desk.file("sent.gpkg", geopackages.geopackage_of({"north": rows("1")}, srs=32637))
    ran = desk.run("take-in", desk.mission, path)
    assert ran.code == 2
    assert "UTM zone 37N (EPSG 32637), not in WGS 84" in ran.err


def test_a_mission_file_is_no_geopackage(desk, package):
    ran = desk.run("take-in", desk.mission, desk.mission)
    assert (ran.code, "no GeoPackage" in ran.err) == (2, True)


def test_a_mapping_is_proposed_for_a_table_and_takes_it_in(desk, geopackages):
    desk.init("example", "strict")
    columns = ("fid", "geom", "event no", "event date", "killed", "town")
    made = [(n, geopackages.point(-39.9, 20.1), f"e{n}", f"2025-03-{n:02}", n, "Mill") for n in range(13, 25)]
    path = desk.file("town.gpkg", geopackages.geopackage_of({"aside": (["x"], [(1,)]), "events": (columns, made)}))
    ran = desk.run("map", path, "--sheet", "events", "--yes", "--json")
    told = json.loads(ran.out)
    assert (told["sheet"], told["rows"], told["lacks"]) == ("events", 12, "")
    assert (told["preview"]["read"], told["preview"]["refused"]) == (12, 0)
    taken = desk.take_in(path, mapping=told["mapping"], source="town")
    assert counts(taken) == [("events", 12, 12, 0, 0)]
    assert desk.stored("SELECT DISTINCT lat_e7, lon_e7 FROM report") == [(201_000_000, -399_000_000)]
    assert desk.told("rebuild")["same"] is True


def test_exported_reports_come_back_from_a_geopackage_as_the_same_reports(desk, tmp_path):
    out = tmp_path / "demo"
    assert desk.run("demo", "--out", out, "--no-open").code == 0
    [mission] = out.glob("*.truceline")
    other, compared = tmp_path / "other.truceline", 19
    assert desk.run("init", other, "--agreement", "example", "--exercise").code == 0
    exports = []
    for name, of in (("first", mission), ("again", other)):
        package, table = tmp_path / f"{name}.gpkg", tmp_path / f"{name}.csv"
        for path, form in ((package, "gpkg"), (table, "csv")):
            ran = desk.run("export", of, "--out", path, "--format", form, "--audience", "internal")
            assert ran.code == 0, ran.err
        exports.append([row[:compared] for row in csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline=""))])
        if name == "first":
            ran = desk.run("take-in", other, package, "--json")
            assert (ran.code, ran.json()["totals"]["refused"]) == (0, 0)
    assert len(exports[0]) > 50
    assert sorted(exports[0]) == sorted(exports[1])
