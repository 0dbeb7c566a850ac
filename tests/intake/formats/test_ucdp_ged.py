"""UCDP GED, in both generations, with made-up rows and with the real files."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.intake.context import ReadContext
from truceline.intake.formats.ucdp_ged import FORMAT
from truceline.intake.formats.ucdp_precision import days_of, widened
from truceline.intake.reading import Refused, read_file, read_rows
from truceline.vocabulary.when import DAY, Interval, moment

OLDER = (
    "id,year,active_year,type_of_violence,dyad_id,side_a,side_b,source_article,where_prec,where_coordinates,adm_1,"
    "latitude,longitude,country,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,"
    "deaths_unknown,best_est,low_est,high_est"
).split(",")
NEWER = [{"dyad_id": "dyad_new_id"}.get(name, name.removesuffix("_est")) for name in OLDER]
ROW = {
    "id": "900001", "year": "2025", "type_of_violence": "1", "side_a": "Government of Northland",
    "side_b": "River Front, Hill Front", "source_article": "A wire, day, words", "where_prec": "1",
    "where_coordinates": "Mill town", "adm_1": "Northern Valley", "latitude": "36.5", "longitude": "37.25",
    "country": "Northland", "event_clarity": "1", "date_prec": "1", "date_start": "2025-03-04",
    "date_end": "2025-03-04", "deaths_a": "1", "deaths_b": "1", "deaths_civilians": "0", "deaths_unknown": "0",
    "best": "2", "low": "2", "high": "3",
}  # fmt: skip


def row(**cells: str) -> list[str]:
    return [{**ROW, **cells}.get(name, "") for name in NEWER]


@pytest.fixture
def read(became, contract):
    return lambda **cells: became(contract.as_csv(NEWER, [row(**cells)]))[0]


@pytest.mark.parametrize("header", [OLDER, NEWER], ids=["older", "newer"])
def test_both_generations_keep_the_contract(contract, context, header):
    contract.check_format(FORMAT, header, [row(), row(best="x"), row(where_prec="6")], context)


def test_both_generations_read_alike(became, contract):
    assert became(contract.as_csv(OLDER, [row()])) == became(contract.as_csv(NEWER, [row()]))


def test_a_row_is_a_report_of_ucdp(read):
    report = read()
    assert (report.source, report.source_row, report.kind) == ("ucdp", "900001", "state_based_violence")
    assert (report.side_a, report.side_b) == (("Government of Northland",), ("River Front", "Hill Front"))
    assert (report.place, report.area, report.radius_m) == ("Mill town", "Northern Valley", 5_000)
    assert report.words == "A wire, day, words"
    assert report.when_words == "2025-03-04"
    assert report.end_us - report.start_us == DAY
    assert report.flags == ()


def test_days_are_local_and_the_last_one_is_whole(read):
    report = read(date_prec="2", date_end="2025-03-06 00:00:00.000")
    assert (report.start_us, report.end_us) == tuple(
        getattr(Interval.from_text("2025-03-04/2025-03-06", "Etc/GMT-2"), end) for end in ("start", "end")
    )
    assert report.when_words == "2025-03-04/2025-03-06"


@pytest.mark.parametrize(
    ("precision", "area", "radius_m"),
    [
        ("1", "Northern Valley", 5_000), ("2", "Northern Valley", 25_000), ("3", "Northern Valley", 50_000),
        ("4", "Northern Valley", 150_000), ("5", "", 200_000), ("7", "", 200_000),
    ],
)  # fmt: skip
def test_how_exact_a_place_is_becomes_a_radius_and_a_said_area(read, precision, area, radius_m):
    report = read(where_prec=precision)
    assert (report.area, report.radius_m, report.lat_e7) == (area, radius_m, 365_000_000)


def test_a_country_is_an_area_and_not_a_point(read):
    report = read(where_prec="6")
    assert (report.area, report.lat_e7, report.lon_e7, report.radius_m) == ("Northland", None, None, 0)


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        ({"event_clarity": "2"}, "aggregated_event"),
        ({"best": "9"}, "best_outside_low_high"),
        ({"deaths_unknown": "5"}, "parts_do_not_sum"),
        ({"date_end": "2025-03-09"}, "range_wider_than_precision"),
        ({"date_prec": "4"}, "range_narrower_than_precision"),
        ({"where_prec": ""}, "place_precision_not_said"),
        ({"latitude": "5"}, "outside_theatre"),
    ],
)
def test_what_contradicts_itself_is_kept_and_flagged(read, cells, flag):
    assert flag in read(**cells).flags


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("2", "2025-02-27", "2025-03-09"), ("3", "2025-03-03", "2025-03-09"), ("4", "2025-03-01", "2025-03-31"),
     ("5", "2025-01-01", "2025-12-31")],
)  # fmt: skip
def test_a_range_narrower_than_its_precision_is_widened_to_what_the_precision_says(read, precision, first, last):
    report = read(date_prec=precision)
    wanted = Interval.from_text(f"{first}/{last}", "Etc/GMT-2")
    assert (report.start_us, report.end_us) == (wanted.start, wanted.end)
    assert report.when_words == "2025-03-04"


@given(st.sampled_from("2345"), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 30))
def test_a_widened_range_holds_the_range_given_and_is_as_wide_as_the_precision_says(precision, first, days):
    fewest, most = days_of(precision)
    last = first + timedelta(days=min(days, fewest - 2))
    low, high = widened(precision, first, last)
    assert low <= first
    assert last <= high
    assert (high - low).days + 1 >= fewest
    if precision == "2":
        assert high - first == last - low == timedelta(days=most - 1)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"date_start": "2025-03-04 13:00:00.000"}, "date_start"),
        ({"date_start": "3/4/2025"}, "date_start"),
        ({"date_end": "2025-03-03"}, "date_end"),
        ({"date_end": "2025-02-30"}, "date_end"),
        ({"date_start": "0016-03-04"}, "date_start"),
        ({"date_prec": "12"}, "date_prec"),
        ({"where_prec": "8"}, "where_prec"),
        ({"type_of_violence": "4"}, "type_of_violence"),
        ({"best": "2.0"}, "best"),
        ({"deaths_a": "some"}, "deaths_a"),
        ({"latitude": ""}, "latitude"),
        ({"id": ""}, "id"),
    ],
)
def test_what_cannot_be_read_refuses_the_row(read, cells, column):
    refused = read(**cells)
    assert isinstance(refused, Refused)
    assert [fault.column for fault in refused.faults] == [column]


def test_a_row_of_hxl_tags_is_not_a_row(became, contract):
    tags = ["" for _ in NEWER]
    tags[0:3] = ["#event+id", "#date+year", "#meta"]
    table = read_file("hdx.csv", contract.as_csv(NEWER, [tags, row()]))
    assert [raw.number for raw in table.rows] == [3]


@pytest.mark.data
def test_syria_2016_gives_ucdps_own_totals(test_data):
    content = (test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv").read_bytes()
    table = read_file("ged_syria_2016.csv", content)
    reports = [read for _, read in read_rows(table, ReadContext(zone="Asia/Damascus"))]
    assert not any(isinstance(report, Refused) for report in reports)
    assert len(reports) == len({report.source_row for report in reports}) == 6_170
    assert sum(int(report.source_row) for report in reports) == 1_544_647_611
    sums = [sum(getattr(report, f"killed_{which}") for report in reports) for which in ("low", "best", "high")]
    assert sums == [43_538, 48_710, 49_642]
    flags = Counter(flag for report in reports for flag in report.flags)
    assert flags == {"best_outside_low_high": 15, "aggregated_event": 169}
    months = Counter(report.when_words[:7] for report in reports)
    assert [months[f"2016-{month:02}"] for month in range(1, 13)] == [
        595, 519, 471, 504, 337, 558, 602, 493, 472, 501, 684, 434,
    ]  # fmt: skip


@pytest.mark.data
def test_ukraine_2014_is_read_past_its_tag_row(test_data):
    content = (test_data / "ucdp-ged-ukraine-2014-hxl" / "ged_ukraine_2014_hxl.csv").read_bytes()
    table = read_file("ged_ukraine_2014_hxl.csv", content)
    reports = [read for _, read in read_rows(table, ReadContext(zone="Europe/Kyiv"))]
    assert len(reports) == 1_294
    assert table.rows[0].number == 3
    sums = [sum(getattr(report, f"killed_{which}") for report in reports) for which in ("low", "best", "high")]
    assert sums == [4_408, 4_528, 5_219]
    august = [report for report in reports if report.when_words.startswith("2014-08")]
    assert (len(august), sum(report.killed_best for report in august)) == (587, 1_106)
    assert moment(reports[0].start_us).isoformat() == "2014-01-21T22:00:00+00:00"


@pytest.mark.data
def test_every_row_of_syria_2016_is_what_python_reads_of_it(test_data):
    path = test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        wanted = list(csv.reader(lines))
    table = read_file(path.name, path.read_bytes())
    assert [list(row.cells) for row in table.rows] == wanted[1:]
