"""Any table through a mapping: made-up tables of other forms."""

import json

import pytest

from truceline.errors import FileNotRead
from truceline.intake.formats.mapped import mapped_format
from truceline.intake.layout import payload, row_of
from truceline.intake.mapping import read_mapping
from truceline.intake.reading import Refused, format_of, read_file, row_reader

REPORTS = """\
mapping: town_log
table: reports
dates: [DD/MM/YYYY]
decimal: comma
zone: Asia/Damascus
fields:
  report_id: No
  source: {constant: town_log}
  when: {span: [From, To]}
  kind: {column: What, values: {Shells: shelling, "Air raid": air_strike}}
  side_a: By
  lat: Lat
  lon: Lon
  killed_best: Dead
  words: Text
"""
TABLE = """\
No;From;To;What;By;Lat;Lon;Dead;Text;Other
1;04/03/2025;04/03/2025;Shells;North;36,5;37,25;2; as said ;x
2;04/03/2025;05/03/2025;Air raid;;;;;;
3;2025-03-04;;Shells;North;36,5;37,25;two;;
4;13/13/2025;;Knives;North;36.5;37,25;2;;
"""
TALLIES = """\
mapping: by_province
table: tallies
fields:
  tally_id: {columns: [day, of], joined: "#"}
  source: {constant: counters}
  from: day
  to: day
  of: of
  best: North
  area: {constant: nowhere}
parts:
  - {area: {constant: Northern Valley}, best: North}
  - {area: {constant: Southern Plain}, best: South}
"""


def mapping(text=REPORTS):
    return read_mapping("town.yaml", text.encode())


def test_the_format_keeps_the_contract(contract, context):
    header, *rows = [line.split(";") for line in TABLE.splitlines()]
    contract.check_format(mapped_format(mapping()), header, rows, context)


def test_a_table_is_read_as_its_mapping_says(became):
    first, second, third, fourth = became(TABLE, mapping=mapping())
    assert (first.source, first.source_row, first.kind, first.side_a) == ("town_log", "1", "shelling", ("North",))
    assert (first.lat_e7, first.lon_e7, first.killed_best, first.words) == (365_000_000, 372_500_000, 2, " as said ")
    assert first.when_words == "2025-03-04"
    assert second.when_words == "2025-03-04/2025-03-05"
    assert isinstance(third, Refused)
    assert isinstance(fourth, Refused)


def test_refusals_name_the_files_own_columns_and_values(became):
    _, _, third, fourth = became(TABLE, mapping=mapping())
    assert {(fault.column, fault.value) for fault in third.faults} == {("From", "2025-03-04"), ("Dead", "two")}
    assert {(fault.column, fault.value) for fault in fourth.faults} == {
        ("From", "13/13/2025"), ("What", "Knives"), ("Lat", "36.5"),
    }  # fmt: skip
    assert {fault.row for fault in fourth.faults} == {5}


def test_the_zone_of_the_mapping_goes_before_that_of_the_agreement(became):
    first = became(TABLE, mapping=mapping())[0]
    other = became(TABLE, mapping=mapping(REPORTS.replace("Asia/Damascus", "UTC")))[0]
    assert other.start_us - first.start_us == 3 * 3_600_000_000 or other.start_us - first.start_us == 2 * 3_600_000_000


def test_one_row_of_totals_becomes_a_tally_for_each_part(became):
    (tallies,) = became("day,of,North,South\n2025-03-04,killed,3,\n", mapping=mapping(TALLIES))
    assert [(tally.area, tally.best) for tally in tallies] == [("Northern Valley", 3), ("Southern Plain", None)]
    assert {tally.source_row for tally in tallies} == {"2025-03-04#killed"}


def test_a_fault_in_a_shared_cell_is_named_once(became):
    (refused,) = became("day,of,North,South\nsoon,killed,3,4\n", mapping=mapping(TALLIES))
    assert [fault.column for fault in refused.faults] == ["day"]


def test_a_row_without_an_id_can_take_one_from_its_own_cells(became):
    text = REPORTS.replace("report_id: No", "report_id: {content: true}")
    first, second, *_ = became(TABLE, mapping=mapping(text))
    assert first.source_row != second.source_row
    assert became(TABLE, mapping=mapping(text))[0] == first


def test_words_that_are_not_listed_can_be_kept(became):
    text = REPORTS.replace("kind: {column: What", "weapon: {otherwise: keep, column: What").replace(
        "Shells: shelling", "Shells: mortar"
    )
    fourth = became(TABLE.replace("13/13", "12/12").replace("36.5", "36,5"), mapping=mapping(text))[3]
    assert fourth.weapon == "Knives"


def test_the_record_alone_is_enough_to_read_a_mapped_row_again(context):
    table = read_file("town.csv", TABLE.encode(), mapping=mapping())
    again = type(table.layout).from_plain(table.layout.plain())
    assert format_of(again).reader == "intake.formats.mapped@2"
    read, first = row_reader(again, context), row_reader(table.layout, context)
    for row in table.rows:
        kept = row_of(row.number, payload(row, table.layout), again)
        assert read(kept) == first(row)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lat: Lat", "latt: Lat", "line 12: 'latt' is no column"),
        ("report_id: No\n  ", "", "says nothing of report_id"),
        ("Asia/Damascus", "Asia/Atlantis", "no time zone"),
    ],
)
def test_a_mapping_that_does_not_fit_its_table_is_refused(old, new, said):
    with pytest.raises(FileNotRead, match=said):
        mapped_format(mapping(REPORTS.replace(old, new)))


def test_a_file_without_the_columns_of_the_mapping_is_refused_by_name_and_line():
    with pytest.raises(FileNotRead, match=r"'Dead' \(line 14\)"):
        read_file("town.csv", TABLE.replace("Dead", "Killed").encode(), mapping=mapping())


FEED = """
mapping: feed
table: reports
fields:
  report_id: id
  source: {constant: feed}
  when: occurred
  place: place.name
  lat: LAT
  lon: LON
  words: "#description"
"""


def fed(lat="place.lat", lon="place.lon", words="text"):
    text = FEED.replace("LAT", lat).replace("LON", lon).replace("#description", words)
    return read_mapping("feed.yaml", text.encode())


def test_a_field_inside_another_is_named_by_its_path(became):
    record = {
        "id": 7,
        "occurred": "2025-03-04",
        "place": {"name": "Mill", "lat": 36.50, "lon": 37.25},
        "text": "Shells",
    }
    (report,) = became(json.dumps([record]), mapping=fed())
    assert (report.source_row, report.place, report.lat_e7, report.words) == ("7", "Mill", 365_000_000, "Shells")


def test_the_place_of_a_feature_is_worked_out_for_a_mapping(became):
    properties = {"id": "7", "occurred": "2025-03-04", "place": {"name": "Mill"}, "text": "Shells"}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [37.25, 36.5]}, "properties": properties}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (report,) = became(content, mapping=fed(lat="lat", lon="lon"))
    assert (report.lat_e7, report.lon_e7, report.place) == (365_000_000, 372_500_000, "Mill")


def test_columns_may_be_named_by_their_tags_or_by_the_names_above_them(became):
    table = "id,occurred,place.name,place.lat,place.lon,text\n#meta+id,#date,#loc,#geo+lat,#geo+lon,#description\n"
    table += "7,2025-03-04,Mill,36.5,37.25,Shells\n"
    (named,) = became(table, mapping=fed())
    tagged = FEED.replace("report_id: id", 'report_id: "#meta+id"').replace("occurred", '"#date"')
    tagged = tagged.replace("place.name", '"#loc"').replace("LAT", '"#geo+lat"').replace("LON", '"#geo+lon"')
    (by_tag,) = became(table, mapping=read_mapping("t.yaml", tagged.encode()))
    assert named == by_tag
    assert named.words == "Shells"


MORE = """
mapping: more
table: reports
dates: [DD/MM/YYYY]
refuse: {No: [Total, "المجموع"]}
fields:
  report_id: No
  source: {column: Who, as: id, default: town}
  when: {date: Day, time: Hour}
  position: {columns: [E, N], joined: " ", before: "37S "}
  killed: Dead
"""
MORE_ROWS = """No,Who,Day,Hour,E,N,Dead
1,OSCE SMM,04/03/2025,9:05,332269,4007977,3-5
2,,05/03/2025,N/K,,,at least 2
3,جهة,06/03/2025,noon,1,2,some
Total,,,,,,9
"""


def test_names_become_ids_days_join_their_hours_and_counts_are_read_as_said(became):
    first, second, third, total = became(MORE_ROWS, mapping=mapping(MORE))
    assert (first.source, second.source) == ("osce-smm", "town")
    assert (first.when_words, second.when_words) == ("2025-03-04T09:05", "2025-03-05")
    assert abs(first.lat_e7 - 362_021_000) < 10_000 and second.lat_e7 is None
    assert (first.killed_low, first.killed_best, first.killed_high, second.killed_low) == (3, None, 5, 2)
    assert {fault.column for fault in third.faults} == {"Who", "Hour", "E", "Dead"}
    assert [(fault.column, fault.value) for fault in total.faults] == [("No", "Total")]


def test_a_figure_in_words_is_a_tallys_low_best_and_high(became):
    text = TALLIES.replace("best: North", "count: North").replace("best: South", "count: South")
    ((north, south),) = became("day,of,North,South\n2025-03-04,killed,5+,12.0\n", mapping=mapping(text))
    assert (north.low, north.best, south.best) == (5, None, 12)


def test_numbers_with_signs_of_thousands_are_read_where_the_mapping_says_so(became):
    text = REPORTS.replace("killed_best: Dead", "killed_best: {column: Dead, as: number}")
    first = became(TABLE.replace(";2; as said", ";1,200.0; as said"), mapping=mapping(text))[0]
    assert first.killed_best == 1_200


def test_digits_of_other_scripts_in_a_declared_date_are_read_and_flagged(became):
    table = TABLE.replace("1;04/03/2025;04/03/2025", "1;٠٤/٠٣/٢٠٢٥;")
    first = became(table, mapping=mapping())[0]
    assert first.when_words == "2025-03-04"
    assert "digits_converted" in first.flags


def test_a_count_that_is_said_twice_is_refused():
    with pytest.raises(FileNotRead, match="already says killed_best"):
        mapped_format(mapping(REPORTS.replace("killed_best: Dead", "killed_best: Dead\n  killed: Dead")))
