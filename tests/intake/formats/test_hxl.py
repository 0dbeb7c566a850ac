"""HXL: rows read by their tags, wherever the tag row stands; libhxl as the judge where it is installed."""

import json

import pytest

from truceline.intake.context import ReadContext
from truceline.intake.formats.hxl import FORMAT
from truceline.intake.mapping import read_mapping
from truceline.intake.reading import Refused, read_file
from truceline.intake.shapes.json_text import plain
from truceline.intake.tags import Tag, is_tag_row, is_tagged, tag_of

HEAD = "#meta+id,#date,#adm1+name,#geo+lat,#geo+lon,#affected+killed,#event,#group,#description"
ROW = "h-1,2025-03-04,Northern Valley,36.5,37.25,2,shelling,River Front,Shells fell"
NAMED = ReadContext(zone="Etc/GMT-2", default_source="ocha")


def test_a_row_is_read_by_its_tags(became):
    (report,) = became(f"{HEAD}\n{ROW}\n", context=NAMED)
    assert (report.source, report.source_row, report.when_words) == ("ocha", "h-1", "2025-03-04")
    assert (report.area, report.lat_e7, report.killed_best, report.kind) == (
        "Northern Valley",
        365_000_000,
        2,
        "shelling",
    )
    assert (report.side_a, report.words) == (("River Front",), "Shells fell")


def test_headings_above_the_tags_are_no_rows(became):
    table = read_file("t.csv", f"Where,,\nId,When,\n{HEAD}\n{ROW}\n".encode())
    assert [row.number for row in table.rows] == [4]


def test_the_order_and_the_spaces_of_attributes_mean_nothing():
    assert (
        tag_of(" #Affected + KILLED +f") == tag_of("#affected+f+killed") == Tag("#affected", frozenset({"killed", "f"}))
    )
    assert [tag_of(cell) for cell in ("", "#", "#1", "date", "#date+", "# date", "#dаte")] == [None] * 7


def test_some_forgotten_tags_leave_a_row_of_tags_and_half_do_not():
    assert is_tagged(["#date", "#adm1", "country", "", ""])
    assert not is_tagged(["#date", "country"])
    assert not is_tagged(["", ""])
    assert is_tag_row(["#date", "#adm1", "#geo"])
    assert not is_tag_row(["#date", "#adm1", "country", "#geo"])


@pytest.mark.parametrize(
    ("tags", "read"),
    [
        (["#affected+killed+f", "#affected+killed"], {"killed_best": 1}),
        (["#affected+f+killed"], {}),
        (["#adm1+code+v_pcode", "#adm1+name+ar", "#adm1+name"], {"area": 2}),
        (["#date+reported", "#date+occurred"], {"reported": 0, "date": 1}),
        (["#geo+lat+centroid", "#geo+lat"], {"lat": 1}),
        (["#targeted+killed", "#org", "x"], {}),
    ],
)
def test_the_whole_is_read_before_its_parts_and_the_name_before_the_code(tags, read):
    assert FORMAT.positions(tags) == read


def test_without_an_id_a_row_is_known_by_what_it_says(became):
    head, row = HEAD.replace("#meta+id", "#x"), ROW
    one, again = (became(f"{head}\n{text}\n", context=NAMED)[0] for text in (row, row))
    other = became(f"{head}\n{row.replace('Shells', 'Bombs')}\n", context=NAMED)[0]
    assert one.source_row == again.source_row != other.source_row


def test_a_table_that_does_not_say_whose_it_is_needs_a_name(became):
    (refused,) = became(f"{HEAD}\n{ROW}\n")
    assert "--source" in refused.faults[0].mend


def test_the_date_of_the_report_is_flagged_as_such(became):
    (report,) = became(f"{HEAD.replace('#date', '#date+reported')}\n{ROW}\n", context=NAMED)
    assert report.flags == ("date_of_the_report",)


@pytest.mark.parametrize("when", ["2025-03-04 00:00:00.000", "2025-03-04T00:00:00"])
def test_a_midnight_behind_a_day_is_the_day(became, when):
    (report,) = became(f"{HEAD}\n{ROW.replace('2025-03-04', when)}\n", context=NAMED)
    assert report.when_words == "2025-03-04"


def test_records_whose_names_are_tags_are_read(became):
    record = dict(zip(HEAD.split(","), ROW.split(","), strict=True))
    assert became(json.dumps([record]), context=NAMED) == became(f"{HEAD}\n{ROW}\n", context=NAMED)


def test_a_date_that_is_missing_refuses_its_row_only(became):
    first, second = became(f"{HEAD}\n{ROW}\n{ROW.replace('2025-03-04', '')}\n", context=NAMED)
    assert not isinstance(first, Refused)
    assert isinstance(second, Refused)


def test_days_that_a_person_knows_stand_in_for_a_date_that_is_missing(became):
    """The way that docs/reference/formats.md names: the days are said in a mapping, and kept with it."""
    said = """
mapping: dated_by_hand
table: reports
fields:
  report_id: "#meta+id"
  source: {constant: ngo}
  when: {column: "#date", default: "2025-03-01/2025-03-31"}
"""
    mapping = read_mapping("dated.yaml", said.encode())
    dated, undated = became(f"{HEAD}\n{ROW}\n{ROW.replace('2025-03-04', '')}\n", context=NAMED, mapping=mapping)
    assert (dated.when_words, undated.when_words) == ("2025-03-04", "2025-03-01/2025-03-31")
    assert undated.end_us - undated.start_us == 31 * 86_400_000_000


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "input-fuzzy.csv", "input-multiline.csv", "input-multiple-headers.csv",
        "input-valid-objects.json", "input-valid.csv", "input-valid.json", "input-valid.ssv", "input-valid.tsv",
        "input-valid.xlsx",
    ],
)  # fmt: skip
def test_libhxl_finds_the_same_tags_and_values(data_set, name):
    hxl = pytest.importorskip("hxl")
    path = data_set("hxl-samples") / name
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as source:
        tags = [column.display_tag or "" for column in source.columns]
        values = [list(row.values) for row in source]
    table = read_file(name, path.read_bytes())
    ours = [cell if tag_of(cell) else "" for cell in table.header]
    assert ours[: len(tags)] == tags
    cells = [[plain(cell) if name.endswith("json") else cell for cell in row.cells] for row in table.rows]
    assert [[str(value) for value in row[: len(tags)]] for row in values] == [row[: len(tags)] for row in cells]
