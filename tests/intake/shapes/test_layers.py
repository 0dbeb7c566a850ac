"""The tables of a GeoPackage as rows: what SQLite holds, value by value, and the place of the geometry."""

import math
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

import pytest

from truceline.errors import FileNotRead
from truceline.intake.formats import FORMATS
from truceline.intake.layout import payload, row_of
from truceline.intake.reading import Refused, read_rows, read_tables

REPORT = {"report_id": "1", "source": "ngo", "when": "2025-03-04", "kind": "", "side_a": "", "side_b": ""}


class Made(NamedTuple):
    """A layer without a file."""

    name: str
    columns: tuple[str, ...]
    values: Sequence[Sequence[object]]
    geometry: int | None = None
    srs: int = 4326
    unfit: FileNotRead | None = None

    def rows(self) -> Iterator[Sequence[object]]:
        yield from self.values


def layer(*geometries, name="reports", **more):
    row = {**REPORT, **more}
    return Made(name, ("geom", *row), [(made, *row.values()) for made in geometries], 0)


def read(context, *layers):
    nouns = []
    for table in read_tables("sent.gpkg", layers):
        for row in table.rows:
            assert row_of(row.number, payload(row, table.layout), table.layout) == row
        nouns += [noun for _, noun in read_rows(table, context)]
    return nouns


@pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])
def test_a_form_reads_alike_from_a_table_of_attributes(form, contract, samples, became, context):
    made = samples[form.name]
    nouns = read(context, Made("t", tuple(made.header), made.good + made.bad))
    wanted = became(contract.as_csv(made.header, made.good + made.bad))
    assert [type(noun) for noun in nouns] == [type(noun) for noun in wanted]
    assert nouns[: len(made.good)] == wanted[: len(made.good)]


def test_a_point_gives_the_place_and_a_row_without_one_has_none(context, geopackages):
    report, none = read(context, layer(geopackages.point(37.25, 36.5), None))
    assert (report.lat_e7, report.lon_e7, report.radius_m) == (365_000_000, 372_500_000, 1_000)
    assert (none.lat_e7, none.radius_m) == (None, 0)


def test_a_surface_is_the_middle_of_its_box_as_in_geojson(context, geopackages):
    ring = [(37, 36), (38, 36), (38, 37), (37, 37), (37, 36)]
    wkb = geopackages.head(3) + (1).to_bytes(4, "little") + geopackages.positions(ring)
    (report,) = read(context, layer(geopackages.package(wkb, envelope=1)))
    assert (report.lat_e7, report.lon_e7) == (365_000_000, 375_000_000)
    assert 71_400 < report.radius_m < 73_000


def test_a_geometry_that_cannot_be_read_refuses_its_row_and_stays_in_it(context, geopackages):
    broken = geopackages.point(37.25, 36.5)[:-3]
    (table,) = read_tables("sent.gpkg", [layer(broken, geopackages.point(200, 36))])
    first, second = [noun for _, noun in read_rows(table, context)]
    assert isinstance(first, Refused) and isinstance(second, Refused)
    assert "that is not read: it ends too early" in first.faults[0].value
    assert {(fault.column, fault.sheet, fault.row) for fault in first.faults} == {
        ("lat", "reports", 1),
        ("lon", "reports", 1),
    }
    assert broken.hex() in table.rows[0].cells[-1]


def test_values_are_what_sqlite_holds(context):
    values = (None, 'a\0"b', 5, 5.0, 36.25, -0.0, 2**63 - 1, 1e-7, b"\x0a\x1b", b"x" * 65)
    columns = (*REPORT, *"abcdefghij")
    (table,) = read_tables("sent.gpkg", [Made("t", columns, [(*REPORT.values(), *values)])])
    assert table.rows[0].cells[len(REPORT) :] == (
        "null", '"a\\u0000\\"b"', "5", "5", "36.25", "-0", "9223372036854775807", "1e-07", "\"x'0a1b'\"",
        f'"sha256:{sha256(b"x" * 65).hexdigest()}, 65 bytes"',
    )  # fmt: skip


@pytest.mark.parametrize("value", ["a\udcff", math.inf, -math.inf, "x" * 65_537])
def test_a_row_with_what_cannot_be_read_is_damaged_and_comes_back(value, context):
    damaged, whole = read(context, Made("t", (*REPORT, "more"), [(*REPORT.values(), value), (*REPORT.values(), "")]))
    assert isinstance(damaged, Refused) and not isinstance(whole, Refused)


def test_a_row_longer_than_a_record_refuses_the_file(context):
    with pytest.raises(FileNotRead, match="row 1 of 't' is longer than 1048576 characters"):
        read(context, Made("t", (*REPORT, "more"), [(*REPORT.values(), "x" * 1_048_576)]))


def test_several_tables_are_several_sheets_and_one_can_be_asked_for(context):
    north, south, notes = layer(None, name="north"), layer(None, None, name="south"), Made("notes", ("a",), [("b",)])
    tables = read_tables("sent.gpkg", [north, notes, south])
    assert [(table.sheet, len(table.rows)) for table in tables] == [("north", 1), ("south", 2)]
    assert all("not read: 'notes'" in table.why for table in tables)
    assert [table.sheet for table in read_tables("sent.gpkg", [north, notes, south], sheet="south")] == ["south"]
    with pytest.raises(FileNotRead, match=r"no sheet 'east'\. Its sheets are: 'north', 'notes', 'south'"):
        read_tables("sent.gpkg", [north, notes, south], sheet="east")
    with pytest.raises(FileNotRead, match=r"no known form\. Its header is: a"):
        read_tables("sent.gpkg", [north, notes, south], sheet="notes")


def test_a_table_of_no_rows_is_a_table(context):
    (table,) = read_tables("sent.gpkg", [layer()])
    assert (table.format, len(table.rows)) == ("truceline_reports", 0)


def test_a_table_that_cannot_be_read_is_passed_unless_it_is_the_one_meant(context):
    view = Made("v", (), [], unfit=FileNotRead("'v' is a view.", "Export it."))
    elsewhere = layer(None, name="utm")._replace(unfit=FileNotRead("'utm' is in UTM.", "Export it."))
    (table,) = read_tables("sent.gpkg", [view, layer(None)])
    assert "not read: 'v'" in table.why
    for layers, sheet, told in (
        ([view], "", "a view"),
        ([view, layer(None)], "v", "a view"),
        ([elsewhere], "", "in UTM"),
    ):
        with pytest.raises(FileNotRead, match=told):
            read_tables("sent.gpkg", layers, sheet=sheet)


def test_a_column_that_has_the_name_of_the_geometry_refuses_the_file(context):
    with pytest.raises(FileNotRead, match=r"has a column 'feature\.geometry' beside its geometry"):
        read(context, layer(None, **{"feature.geometry": "x"}))
