"""Truceline's own table of reports."""

import msgspec
import pytest

from truceline.intake.formats.truceline_reports import FORMAT, HALF_EARTH_M
from truceline.intake.reading import Refused
from truceline.vocabulary.report import Report

HEADER = (
    "report_id,source,when,kind,side_a,side_b,origin,repeats,lat,lon,position,radius_m,place,area,weapon,"
    "killed_low,killed_best,killed_high,words,language"
).split(",")
ROW = {
    "report_id": "17", "source": "ngo", "when": "2025-03-04T14:05", "kind": "shelling", "side_a": "North; Militia",
    "side_b": "South", "lat": "36.2021", "lon": "37.1343", "killed_low": "1", "killed_best": "2", "killed_high": "3",
    "words": "three shells", "language": "en",
}  # fmt: skip


def row(**cells: str) -> list[str]:
    return [{**ROW, **cells}.get(column, "") for column in HEADER]


@pytest.fixture
def read(became, contract):
    return lambda **cells: became(contract.as_csv(HEADER, [row(**cells)]))[0]


def test_the_format_keeps_the_contract(contract, context):
    rows = [row(), row(lat="", lon=""), row(when="night of 4-5 March 2025"), row(killed_best=" 2"), row(when="soon")]
    contract.check_format(FORMAT, HEADER, rows, context)


def test_every_column_is_read(read):
    report = read(origin="wire", repeats="x/1", radius_m="50", place=" the mill ", area="valley", weapon="mortar")
    assert report == Report(
        source="ngo", source_row="17", origin="wire", repeats="x/1", kind="shelling", weapon="mortar",
        start_us=1741089900000000, end_us=1741089960000000, when_words="2025-03-04T14:05",
        lat_e7=362021000, lon_e7=371343000, radius_m=50, place=" the mill ", area="valley",
        side_a=("North", "Militia"), side_b=("South",), killed_low=1, killed_best=2, killed_high=3,
        words="three shells", language="en", flags=(),
    )  # fmt: skip


def test_a_time_without_an_offset_is_local_to_the_agreement(read):
    assert read(when="2025-03-04T14:05").start_us == read(when="2025-03-04T12:05Z").start_us


def test_a_row_with_neither_point_nor_area_is_kept(read):
    report = read(lat="", lon="")
    assert (report.lat_e7, report.lon_e7, report.radius_m, report.area) == (None, None, 0, "")


def test_a_point_without_a_radius_is_good_to_a_kilometre(read):
    assert read().radius_m == 1_000


@pytest.mark.parametrize("radius", ["-5", "99999999"])
def test_an_impossible_radius_is_kept_flagged_and_widened_to_the_whole_earth(read, radius):
    report = read(radius_m=radius)
    assert (report.radius_m, report.flags) == (HALF_EARTH_M, ("impossible_radius",))


@pytest.mark.parametrize(
    ("cells", "point", "radius_m", "flags"),
    [
        ({"lat": "٣٦٫٢٠٢١", "lon": "37.1343"}, (362_021_000, 371_343_000), 1_000, ("digits_converted",)),
        ({"lat": "36°12'36\"N", "lon": "37.1343"}, (362_100_000, 371_343_000), 1_000, ("position_converted",)),
        ({"lat": "", "lon": "", "position": "36.2021, 37.1343"}, (362_021_000, 371_343_000), 1_000,
         ("position_converted",)),
        ({"lat": "36.2", "lon": "37.1", "position": "37S CA 3"}, (362_000_000, 371_000_000), 1_000, ()),
    ],
)  # fmt: skip
def test_a_point_in_another_form_is_read_and_flagged(read, cells, point, radius_m, flags):
    report = read(radius_m="", **cells)
    assert ((report.lat_e7, report.lon_e7), report.radius_m, report.flags) == (point, radius_m, flags)


def test_a_coarse_grid_square_is_never_a_finer_point_than_it_says(read):
    report = read(lat="", lon="", position="37S CA 3 0", radius_m="5")
    assert report.radius_m > 7_000


@pytest.mark.parametrize(
    ("when", "flags"),
    [
        ("2016-02?", ("time_uncertain",)), ("2016-02-27~", ("time_approximate",)), ("2016-02-27", ()),
        ("2016-02-27/..", ("time_open_end",)), ("٢٧ شباط ٢٠١٦", ("digits_converted",)),
    ],
)  # fmt: skip
def test_a_doubt_in_the_words_of_a_time_is_flagged(read, when, flags):
    report = read(when=when)
    assert tuple(flag for flag in report.flags if flag != "outside_period") == flags
    assert report.when_words == when


@pytest.mark.parametrize(
    ("text", "kept"),
    [("9", "ngo/9"), ("wire/9", "wire/9"), ("", ""), ("no. 9/2016", "ngo/no. 9/2016"), ("9/", "ngo/9/")],
)
def test_whom_a_report_repeats_is_written_in_one_way(read, text, kept):
    assert read(repeats=text).repeats == kept


@pytest.mark.parametrize(
    ("cells", "column", "word"),
    [
        ({"when": ""}, "when", "empty"),
        ({"when": "03/04/2025"}, "when", "2025-04-03 or 2025-03-04"),
        ({"when": "2025-03-05/2025-03-04"}, "when", "ends before it begins"),
        ({"when": "2025-02-30"}, "when", "calendar"),
        ({"when": "9999-12-31"}, "when", "outside 1900 to 2200"),
        ({"when": "2025-03-04T10:00+99:99"}, "when", "offset"),
        ({"when": "२०२५-०३-०४"}, "when", "holds"),
        ({"lat": ""}, "lat", "missing"),
        ({"lon": ""}, "lon", "missing"),
        ({"lat": "91"}, "lat", "outside"),
        ({"lat": "36,2"}, "lat", "decimal degrees"),
        ({"lon": "३७"}, "lon", "holds"),
        ({"lat": "36 12"}, "lat", "decimal degrees"),
        ({"lat": "36°12'E"}, "lat", "no latitude"),
        ({"lat": "1e5"}, "lat", "decimal degrees"),
        ({"killed_best": "3.0"}, "killed_best", "whole number"),
        ({"killed_low": "1,000"}, "killed_low", "whole number"),
        ({"killed_high": "2\n"}, "killed_high", "holds"),
        ({"killed_high": "２"}, "killed_high", "holds"),
        ({"radius_m": "about 5"}, "radius_m", "whole number"),
        ({"kind": "a fight"}, "kind", "list of incident kinds"),
        ({"kind": "shelling;"}, "kind", "'' is not in the list of incident kinds"),
        ({"kind": "shelling;a fight"}, "kind", "'a fight' is not in the list of incident kinds"),
        ({"report_id": ""}, "report_id", "empty"),
        ({"source": "an ngo"}, "source", "source id"),
        ({"source": ""}, "source", "empty"),
        ({"origin": "a wire"}, "origin", "source id"),
    ],
)
def test_what_cannot_be_read_refuses_the_row_and_names_the_cell(read, cells, column, word):
    refused = read(**cells)
    assert isinstance(refused, Refused)
    assert [fault.column for fault in refused.faults] == [column]
    fault = refused.faults[0]
    assert word in fault.reason
    assert fault.mend
    assert fault.row == 2


def test_all_faults_of_a_row_are_named(read):
    refused = read(when="soon", killed_best="some", lat="north")
    assert {fault.column for fault in refused.faults} == {"when", "killed_best", "lat"}


@pytest.mark.parametrize(
    ("cells", "flags"),
    [
        ({"killed_best": "5"}, ("best_outside_low_high",)),
        ({"killed_low": "-1"}, ("negative_count",)),
        ({"lat": "50"}, ("outside_theatre",)),
        ({"lat": "37.1", "lon": "36.2"}, ()),
        ({"lat": "42", "lon": "36.5"}, ("outside_theatre", "maybe_swapped")),
        ({"area": " valley"}, ("spaces_trimmed",)),
        ({"language": "?"}, ("language_not_bcp47",)),
    ],
)
def test_what_is_impossible_is_kept_and_flagged(read, cells, flags):
    assert read(**cells).flags == flags


def test_what_was_said_is_kept_word_for_word(read):
    report = read(words='  "قصف", they said\n ', place=" a place ")
    assert (report.words, report.place, report.flags) == ('  "قصف", they said\n ', " a place ", ())


def test_a_report_outside_the_period_is_kept_and_flagged(became, contract, context):
    narrow = msgspec.structs.replace(context, period=(0, 1_741_000_000_000_000))
    report = became(contract.as_csv(HEADER, [row()]), context=narrow)[0]
    assert report.flags == ("outside_period",)


def test_the_source_given_for_the_file_fills_empty_cells_only(became, contract, context):
    filled = msgspec.structs.replace(context, default_source="hotline")
    reports = became(contract.as_csv(HEADER, [row(source=""), row()]), context=filled)
    assert [report.source for report in reports] == ["hotline", "ngo"]


def test_columns_may_be_left_out_and_others_may_be_there(became):
    (report,) = became("extra,side_b,side_a,kind,when,source,report_id\nx,South,North,,2025-03,ngo,1\n")
    assert (report.kind, report.killed_best, report.place) == ("", None, "")


def test_several_kinds_may_be_possible_and_come_in_the_order_of_the_list(became):
    (report,) = became("report_id,source,when,kind,side_a,side_b\n1,ngo,2025-03,atgm_fire; shelling,,\n")
    assert report.kind == "shelling;atgm_fire"
