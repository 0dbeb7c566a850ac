"""Every shape of table is opened: titles, delimiters, workbooks with merged headers, JSON, features; other nouns."""

import json

import pytest

from truceline.intake.proposing.opening import open_any
from truceline.intake.reading import Refused

ROWS = [["1", "2025-03-04", "36.5", "37.25", "Shells"], ["2", "2025-03-05", "36.6", "37.35", "Sniper"]]
HEADER = ["No", "Date", "Lat", "Lon", "What"]
WANTED = {"report_id": "No", "when": "Date", "lat": "Lat", "lon": "Lon"}


def wanted(mapping):
    return {name: mapping["fields"][name] for name in WANTED}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_titles_above_the_header_are_passed_under_any_delimiter(mapping_for, delimiter):
    table = "\n".join(["Log of 2025, first part", "", *[delimiter.join(row) for row in [HEADER, *ROWS]]])
    assert wanted(mapping_for(table)) == WANTED


def test_a_header_of_two_rows_with_merged_cells_is_one_header(mapping_for, read_as_proposed, workbook):
    sheet = [["Log of the town"], ["No", "Date", "Where", "", "What"], ["", "", "Lat", "Lon", ""], *ROWS]
    content = workbook({"Log": sheet}, merged=("A2:A3", "B2:B3", "C2:D2", "E2:E3"))
    assert wanted(mapping_for(content)) == WANTED
    assert not any(isinstance(read, Refused) for read in read_as_proposed(content))


def test_dates_of_a_workbook_that_are_numbers_are_read(mapping_for, read_as_proposed, workbook, xml):
    shown = [["No", "Date"], ["1", xml('s="1"|<v>45720</v>')], ["2", xml('s="1"|<v>45721</v>')]]
    content = workbook({"Log": shown}, formats=("dd/mm/yyyy",))
    assert "dates" not in mapping_for(content)
    bare = workbook({"Log": [["No", "Date"], ["1", xml("|<v>45720</v>")], ["2", xml("|<v>45721</v>")]]})
    assert mapping_for(bare)["dates"] == ["SERIAL"]
    assert [read.when_words for read in read_as_proposed(bare)] == [
        read.when_words for read in read_as_proposed(content)
    ]


def test_a_sheet_is_chosen_by_its_name(workbook):
    content = workbook({"Read me": [["What this is"]], "Log": [HEADER, *ROWS], "More": [["Place", "Text"], ["a", "b"]]})
    assert open_any("t.xlsx", content, sheet="More").header == ("Place", "Text")
    assert open_any("t.xlsx", content, sheet="Log").header == tuple(HEADER)


def test_json_of_any_form_and_features_are_opened(mapping_for):
    records = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    for content in (records, {"count": 2, "rows": records}, [HEADER, *ROWS]):
        assert wanted(mapping_for(json.dumps(content))) == WANTED
    assert wanted(mapping_for("\n".join(map(json.dumps, records)))) == WANTED
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [37.25, 36.5]},
         "properties": {"No": at, "Date": "2025-03-04"}} for at in (1, 2)
    ]  # fmt: skip
    fields = mapping_for(json.dumps({"type": "FeatureCollection", "features": features}))["fields"]
    assert (fields["lat"], fields["lon"], fields["report_id"]) == ("lat", "lon", "No")


@pytest.mark.parametrize(
    ("header", "cells", "field"),
    [
        ("coordinates", '"36.2021, 37.1343"', "position"),
        ("GPS", "37S CA 32269 07977", "position"),
        ("grid reference", "37SCA3207", "position"),
        ("geom", "POINT (37.1343 36.2021)", "position"),
        ("whereabouts", '"36°12\'07.6""N 37°08\'03.5""E"', "position"),
    ],
)
def test_a_position_in_one_column_is_proposed_in_any_form(mapping_for, read_as_proposed, header, cells, field):
    table = f"id,date,{header}\n1,2025-03-04,{cells}\n2,2025-03-05,{cells}\n"
    assert mapping_for(table)["fields"][field] == header
    first = read_as_proposed(table)[0]
    assert abs(first.lat_e7 - 362_021_000) < 60_000


def test_degrees_minutes_and_seconds_in_two_columns_and_decimal_commas_are_read(mapping_for, read_as_proposed):
    dms = "id;date;lat;lon\n1;2025-03-04;36°12'07\"N;37°08'03\"E\n"
    assert read_as_proposed(dms)[0].lat_e7 == 362_019_444
    comma = "id;date;lat;lon\n1;2025-03-04;36,5;37,25\n"
    assert mapping_for(comma)["decimal"] == "comma"
    assert read_as_proposed(comma)[0].lon_e7 == 372_500_000


def test_utm_in_three_columns_is_a_position(read_as_proposed):
    (report,) = read_as_proposed("id,date,utm zone,easting,northing\n1,2025-03-04,37S,332269,4007977\n")
    assert abs(report.lat_e7 - 362_021_000) < 10_000


def test_year_month_and_day_in_three_columns_are_a_date(read_as_proposed):
    table = "id,cf_year,cf_month,cf_day\n1,2016,3,4\n2,2016,3,-1\n"
    assert [report.when_words for report in read_as_proposed(table)] == ["2016-03-04", "2016-03"]


def test_a_row_of_totals_is_refused_with_that_reason(read_as_proposed):
    table = "No,date,killed\n1,2025-03-04,2\n2,2025-03-05,3\nTotal,,5\n"
    *read, total = read_as_proposed(table)
    assert [report.killed_best for report in read] == [2, 3]
    assert [fault.column for fault in total.faults] == ["No"] and "refuses rows" in total.faults[0].reason


def test_columns_of_numbers_beside_a_date_become_a_tally_each(draft_of, read_as_proposed):
    table = "day,North,South,River\n2025-03-04,3.0,0.0,1.0\n2025-03-05,2.0,1.0,0.0\n"
    assert draft_of(table).table == "tallies"
    first = read_as_proposed(table)[0]
    assert [(tally.area, tally.of, tally.best) for tally in first] == [
        ("North", "killed", 3), ("South", "killed", 0), ("River", "killed", 1),
    ]  # fmt: skip


def test_one_total_a_row_becomes_a_tally(read_as_proposed):
    table = "date,district,indicator,value\n2025-03-04,North,explosions,12\n2025-03-05,North,explosions,7\n"
    (first,), _ = read_as_proposed(table)
    assert (first.area, first.of, first.best) == ("North", "explosions", 12)


def test_a_table_of_who_watched_becomes_coverage(draft_of, read_as_proposed):
    table = "id,from,to,area,status,stopped by\n1,2025-03-04,2025-03-05,north,Reported,\n"
    table += "2,2025-03-06,2025-03-07,north,stopped,Guards\n"
    assert draft_of(table).table == "coverage"
    assert [(one.status, one.stopped_by) for one in read_as_proposed(table)] == [
        ("reported", ""),
        ("stopped", "Guards"),
    ]


def test_the_table_can_be_told(draft_of):
    assert draft_of("day,North,South,River\n2025-03-04,3,0,1\n", table="reports").table == "reports"
