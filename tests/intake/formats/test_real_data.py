"""The real data sets give the totals that their own expected-totals.json names."""

import csv
import json
from collections import Counter, defaultdict

import pytest

from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.formats.bulletin_chains import running_totals, told_twice
from truceline.intake.formats.yemen_air_raids import FORMAT as YEMEN
from truceline.intake.formats.yemen_air_raids import raids_of
from truceline.intake.layout import payload, row_of
from truceline.intake.reading import Refused, read_file, read_rows, read_tables
from truceline.vocabulary.when import moment

SYRIA = ReadContext(zone="Asia/Damascus", box=(320_000_000, 355_000_000, 375_000_000, 425_000_000), default_source="me")
pytestmark = pytest.mark.data


def read_all(path, context=SYRIA):
    """The table and what its rows became; every row comes back from its payload."""
    table = read_file(path.name, path.read_bytes())
    for row in table.rows:
        assert row_of(row.number, payload(row, table.layout), table.layout) == row
    return table, [noun for _, noun in read_rows(table, context)]


def totals(folder):
    return json.loads((folder / "expected-totals.json").read_text())


@pytest.mark.parametrize("name", ["airwars_syria_2016.json", "airwars_syria_2016_incident-objects.jsonl"])
def test_airwars_gives_its_incidents_and_its_dead_month_by_month(data_set, name):
    folder = data_set("airwars-syria-2016")
    wanted = totals(folder)
    table, reports = read_all(folder / name)
    assert table.format == "airwars"
    assert len(reports) == len({report.source_row for report in reports}) == wanted["incidents"] == 1_735
    low, high = ([getattr(report, f"killed_{which}") for report in reports] for which in ("low", "high"))
    assert sum(number or 0 for number in low) == wanted["sum_killed_min"] == 7_362
    assert sum(number or 0 for number in high) == wanted["sum_killed_max"] == 11_896
    assert sum(number is None for number in low) == wanted["without_killed_figures"]
    assert sum(report.lat_e7 is not None for report in reports) == wanted["with_coordinates"]
    outside = [report.source_row for report in reports if "outside_theatre" in report.flags]
    assert outside == wanted["coordinates_outside_syria_box"] == ["CS194"]
    months = defaultdict(lambda: [0, 0, 0])
    for report in reports:
        for k, number in enumerate((1, report.killed_low or 0, report.killed_high or 0)):
            months[report.when_words[:7]][k] += number
    assert months == {month: list(sums.values()) for month, sums in wanted["by_month"].items()}
    sides = Counter(", ".join(report.side_a) for report in reports)
    assert sides == wanted["by_belligerent"]


def test_the_two_files_of_airwars_say_the_same(data_set):
    folder = data_set("airwars-syria-2016")
    summaries = read_all(folder / "airwars_syria_2016.json")[1]
    objects = read_all(folder / "airwars_syria_2016_incident-objects.jsonl")[1]
    for one, other in zip(summaries, objects, strict=True):
        for field in (
            "source_row",
            "lat_e7",
            "lon_e7",
            "killed_low",
            "killed_high",
            "kind",
            "side_a",
            "start_us",
            "end_us",
        ):
            assert getattr(one, field) == getattr(other, field), (one.source_row, field)


@pytest.mark.parametrize("name", ["casualties_by_province_by_day.csv", "casualties_by_cause_of_death_by_day.csv"])
def test_the_vdc_counts_as_many_by_governorate_as_by_cause_and_they_are_never_added(data_set, name):
    folder = data_set("vdc-daily-2011-2016")
    wanted = totals(folder)[name]
    _, days = read_all(folder / name)
    assert len(days) == wanted["rows"] == 2_100
    tallies = [tally for day in days for tally in day]
    assert sum(tally.best for tally in tallies) == wanted["total"] == 123_882
    parts, months = Counter(), Counter()
    for tally in tallies:
        parts[tally.of.removeprefix("killed: ") if "cause" in name else tally.area] += tally.best
        months[f"{moment((tally.start_us + tally.end_us) // 2):%Y-%m}"] += tally.best
    assert parts == wanted["by_column"]
    assert {month: number for month, number in months.items() if number} == wanted["by_month"]
    assert {tally.of for tally in tallies} & {"killed"} == (set() if "cause" in name else {"killed"})


def test_the_two_files_of_the_vdc_are_rows_of_their_own(data_set):
    folder = data_set("vdc-daily-2011-2016")
    ids = [{day[0].source_row for day in read_all(path)[1]} for path in sorted(folder.glob("*.csv"))]
    assert not ids[0] & ids[1]


def test_bulletins_are_flagged_where_they_contradict_themselves_and_none_is_mended(data_set):
    folder = data_set("ceasefire-bulletins")
    wanted = totals(folder)
    _, bulletins = read_all(folder / "bulletins.jsonl")
    assert len(bulletins) == wanted["bulletins"] == 37
    rows = [json.loads(line) for line in (folder / "bulletins.jsonl").read_text().splitlines()]
    own = [tallies[0].best for row, tallies in zip(rows, bulletins, strict=True) if row.get("violations") is not None]
    assert (len(own), sum(own)) == (wanted["with_violations"], wanted["sum_violations"])
    flagged = [tallies[0].source_row for tallies in bulletins if "places_do_not_reach_total" in tallies[0].flags]
    assert flagged == [row["id"] for row in wanted["totals_that_places_do_not_reach"]]
    assert [tallies[0].source_row for tallies in bulletins if "over_and_almost" in tallies[0].flags] == [
        "ua-smm-week-2017-12"
    ]
    for region, total in (("Donetsk", "smm_daily_sum_donetsk"), ("Luhansk", "smm_daily_sum_luhansk")):
        of = [tally for tallies in bulletins for tally in tallies if tally.area == f"{region} region"]
        assert sum(tally.best for tally in of if tally.of == "violations") == wanted[total]


def test_what_bulletins_say_against_one_another(data_set):
    _, bulletins = read_all(data_set("ceasefire-bulletins") / "bulletins.jsonl")
    wanted = totals(data_set("ceasefire-bulletins"))
    tallies = [tally for tallies in bulletins for tally in tallies]
    broken = [chain for chain in running_totals(tallies) if not chain.agrees]
    assert [(chain.later, chain.follows, chain.printed) for chain in broken] == [("sy-snhr-d03", 93, 79)]
    twice = told_twice(tallies)
    assert len(twice) == wanted["previous_period_chains_checked"]
    assert sum(chain.agrees for chain in twice) == wanted["previous_period_chains_that_agree"]


def test_yemens_air_raids_are_read_in_windows_1252_and_by_the_day_first(data_set):
    folder = data_set("yemen-air-raids-2015-2017")
    wanted = totals(folder)
    table, reports = read_all(folder / "yemen_air_raids_2015_2017.csv", ReadContext(zone="Asia/Aden"))
    assert table.encoding == "windows-1252"
    assert len(reports) == len({report.source_row for report in reports}) == wanted["rows"] == 15_784
    assert sum(report.killed_best for report in reports) == wanted["sum_fatalities"]
    assert Counter(report.when_words[:7] for report in reports) == wanted["by_month"]
    assert Counter(report.area for report in reports) == wanted["by_governorate"]
    unclear = sum("raids_not_a_number" in report.flags for report in reports)
    assert unclear == wanted["non_numeric"]["Max Air Raids"] == 482
    columns = Columns(table.header, YEMEN.positions(table.header))
    raids = [raids_of(Cells(row.number, columns, row.cells)) for row in table.rows]
    assert sum(count.low for count in raids) == wanted["sum_min_air_raids"]
    assert sum(count.high or 0 for count in raids) == wanted["sum_max_air_raids"]


@pytest.mark.parametrize("name", ["russian_attacks.csv", "chemical_weapons.csv", "cluster_munitions.csv"])
def test_the_syrian_archive_gives_its_videos_month_by_month(data_set, name):
    folder = data_set("syrian-archive-2015-2016")
    wanted = totals(folder)[name]
    _, reports = read_all(folder / name)
    assert not any(isinstance(report, Refused) for report in reports)
    assert len({report.source_row for report in reports}) == wanted["rows"] == wanted["distinct_reference_code"]
    assert sum(report.lat_e7 is not None for report in reports) == wanted["with_coordinates"]
    assert Counter(report.when_words[:7] for report in reports) == wanted["by_month"]


def test_the_answer_of_ucdps_api_reads_as_a_row_of_ucdps_table(data_set):
    table, (report,) = read_all(data_set("api-samples") / "ucdp_gedevents_one_record.json")
    assert table.format == "ucdp_ged"
    assert (report.source, report.source_row, report.killed_best, report.place) == (
        "ucdp",
        "175957",
        1,
        "Erez crossing",
    )
    assert (report.lat_e7, report.lon_e7, report.radius_m) == (315_582_000, 345_448_390, 25_000)
    assert report.side_a == ("Government of Israel",)
    assert report.when_words == "2002-03-01"
    assert 'shot "playing near Israeli tank".' in report.words


def test_ukraine_2014_reads_alike_through_its_tags_and_its_names(data_set):
    path = data_set("ucdp-ged-ukraine-2014-hxl") / "ged_ukraine_2014_hxl.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True)))
    named = read_all(path, ReadContext(zone="Europe/Kyiv"))[1]
    tagged = "\n".join(path.read_text(encoding="utf-8").split("\n")[1:]).encode()
    table = read_file("tagged.csv", tagged)
    assert table.format == "hxl"
    reports = [noun for _, noun in read_rows(table, ReadContext(zone="Europe/Kyiv", default_source="ucdp"))]
    assert len(rows) - 2 == len(reports) == len(named)
    for one, other in zip(reports, named, strict=True):
        assert (one.lat_e7, one.lon_e7, one.killed_best) == (other.lat_e7, other.lon_e7, other.killed_best)


GOOD = (
    "input-valid.csv", "input-valid.tsv", "input-valid.ssv", "input-valid-latin1.csv", "input-valid.json",
    "input-valid-objects.json", "input-valid.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_hxl_sample_is_four_rows_of_which_one_has_a_date(data_set, name):
    table, nouns = read_all(data_set("hxl-samples") / name)
    assert (table.format, len(nouns)) == ("hxl", 4)
    assert nouns[0].area == "Los Santos"
    assert nouns[0].when_words == "1 March 2015"
    assert nouns[0].flags == ("date_of_the_report",)
    for refused in nouns[1:]:
        assert [fault.reason for fault in refused.faults] == ["The date is empty"]


def test_merged_cells_say_their_date_for_all_their_rows(data_set):
    _, nouns = read_all(data_set("hxl-samples") / "input-merged.xlsx")
    assert [noun.when_words for noun in nouns] == ["1 March 2015"] * 4


def test_a_workbook_with_one_tagged_sheet_names_the_other(data_set):
    (table,) = read_tables("q.xlsx", (data_set("hxl-samples") / "input-quality.xlsx").read_bytes())
    assert table.sheet == "input-quality-hxl"
    assert "'input-quality-no-hxl'" in table.why
    assert len(table.rows) == 4


@pytest.mark.parametrize(
    ("name", "rows"), [("input-multiline.csv", 1), ("input-multiple-headers.csv", 2), ("input-fuzzy.csv", 4)]
)
def test_a_table_of_tags_without_a_date_is_kept_and_refused_for_that(data_set, name, rows):
    _, nouns = read_all(data_set("hxl-samples") / name)
    assert [noun.faults[0].reason for noun in nouns] == ["No column with a date (#date) says when"] * rows
