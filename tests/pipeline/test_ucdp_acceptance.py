"""UCDP's events of 2016 through the command line: the totals, the windows, the seven days of September."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from truceline.pipeline.missions import open_mission
from truceline.pipeline.packs import find_pack
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import DAY, read_instant

pytestmark = pytest.mark.data
READINGS = tuple(reading.id for reading in find_pack("syria-2016").agreement.readings)
LATER = read_instant("2026-01-01")
SEVENTH_DAY = ("--as-of", "2016-09-19T16:00Z")
AT_1600Z = re.compile("16:00 ?(?:Z|UTC)")
_made: dict[Path, Any] = {}


@pytest.fixture
def events(test_data, tmp_path_factory, office):
    """A mission on the stack of 2016 with UCDP's file in it, made once; `first` is what the first take-in said."""
    if test_data not in _made:
        desk = office.Desk(tmp_path_factory.mktemp("ucdp")).init("syria-2016")
        desk.ged = test_data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv"
        desk.first = desk.take_in(desk.ged)
        _made[test_data] = desk
    return _made[test_data]


@pytest.fixture
def totals(test_data) -> Any:
    """The totals a correct importer must give."""
    return json.loads((test_data / "ucdp-ged-syria-2016" / "expected-totals.json").read_text(encoding="utf-8"))


def asked(desk: Any, reading: str, as_of: str = "2017-02-01") -> Answer:
    with open_mission(desk.mission) as mission:
        return ask(mission, Asked(INTERNAL, LATER, as_of, None, reading))


def test_every_row_becomes_a_report_and_the_deaths_are_ucdps(events, totals):
    [file] = events.first["files"]
    assert (file["format"], file["rows"], file["reports"], file["refused"], file["already_held"]) == (
        "ucdp_ged", 6_170, 6_170, 0, 0,
    )  # fmt: skip
    assert file["deaths"] == {"low": totals["sum_low"], "best": 48_710, "high": totals["sum_high"]}
    assert totals["sum_best"] == 48_710


def test_the_report_table_has_the_same_months(events, totals):
    found: dict[str, Counter[str]] = defaultdict(Counter)
    rows = events.stored("SELECT when_words, killed_low, killed_best, killed_high FROM report")
    for words, low, best, high in rows:
        found[words[:7]].update({"events": 1, "low": low, "best": best, "high": high})
    wanted = totals["by_month_of_date_start"]
    assert len(wanted) == 12
    for month, numbers in wanted.items():
        assert dict(found[month]) == {name: numbers[name] for name in ("events", "low", "best", "high")}, month
    assert sum(month["events"] for month in found.values()) == 6_170


def test_the_ids_are_ucdps(events, totals):
    ids = [int(row) for (row,) in events.stored("SELECT source_row FROM report WHERE source = 'ucdp'")]
    assert (len(set(ids)), sum(ids)) == (totals["unique_id"], totals["id_sum"])


def test_a_second_time_nothing_is_new(events):
    [file] = events.take_in(events.ged)["files"]
    assert (file["rows"], file["reports"], file["revised"], file["already_held"]) == (6_170, 0, 0, 6_170)
    assert events.stored("SELECT count(*) FROM report") == [(6_170,)]


def test_the_same_rows_in_another_file_are_held_too(events):
    with events.ged.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([header, *reversed(rows)])
    [file] = events.take_in(events.file("reordered.csv", out.getvalue()))["files"]
    assert (file["rows"], file["reports"], file["revised"], file["already_held"]) == (6_170, 0, 0, 6_170)


def test_six_year_long_events_stay_intervals_and_fall_on_no_single_day(events, totals):
    long = events.stored("SELECT id, killed_best FROM report WHERE end_us - start_us >= ?", 300 * DAY)
    assert (len(long), sum(best for _, best in long)) == (
        totals["events_of_300_days_or_more"], totals["best_in_events_of_300_days_or_more"],
    )  # fmt: skip
    assert len(long) == 6
    for reading in READINGS:
        with open_mission(events.mission) as mission:  # ids are read when they are looked at
            incidents = ask(mission, Asked(INTERNAL, LATER, "2017-02-01", None, reading)).evaluated.incidents
            at = [i for i, name in enumerate(incidents.id) if name in dict(long)]
        assert len(at) == 6
        assert all(incidents.last_day[i] - incidents.first_day[i] >= 299 for i in at)


def test_fifteen_rows_whose_best_lies_outside_are_kept_and_flagged(events):
    rows = events.stored(
        "SELECT killed_low, killed_best, killed_high, flags FROM report "
        "WHERE killed_best < killed_low OR killed_best > killed_high"
    )
    flagged = events.stored("SELECT count(*) FROM report WHERE flags LIKE '%best_outside_low_high%'")
    assert len(rows) == 15
    assert flagged == [(15,)]
    assert all("best_outside_low_high" in json.loads(flags) for *_, flags in rows)


@pytest.mark.parametrize(
    ("comparison", "indicator", "before", "after"),
    [
        ("february_two_weeks", "between_parties", (138, 14), (82, 14)),
        ("september_first_week", "between_parties", (152, 14), (51, 7)),
        ("february_two_weeks", "all_incidents", (232, 14), (216, 14)),
        ("september_first_week", "all_incidents", (240, 14), (88, 7)),
    ],
)
def test_events_a_day_before_and_after(events, comparison, indicator, before, after):
    for reading in READINGS:
        told = events.told("evaluate", "--reading", reading)["compared"]
        [one] = [c for c in told if (c["comparison"], c["indicator"]) == (comparison, indicator)]
        found = [(one[side]["dated_to_one_day"], one[side]["days"]) for side in ("before", "after")]
        assert found == [before, after], reading


def test_the_rates_are_printed_and_scope_is_why_they_differ(events):
    lines = [line.split() for line in events.printed("evaluate").splitlines()]
    rates = {(line[0], line[1]): (line[2], line[3]) for line in lines if len(line) == 4}
    assert rates["february_two_weeks", "between_parties"] == ("9.9", "5.9")
    assert rates["september_first_week", "between_parties"] == ("10.9", "7.3")
    assert rates["february_two_weeks", "all_incidents"] == ("16.6", "15.4")
    assert rates["september_first_week", "all_incidents"] == ("17.1", "12.6")


@pytest.mark.parametrize("reading", READINGS)
def test_the_seven_days_from_day_d_are_not_quiet_under_every_reading(events, reading):
    clock = events.clock("seven_days_from_day_d", "--reading", reading, *SEVENTH_DAY)
    assert (clock["start"], clock["end"]) == ("2016-09-12T16:00:00Z", "2016-09-19T16:00:00Z")
    assert clock["verdict"] == "not_quiet"
    assert any("surely in no single day" in reason and AT_1600Z.search(reason) for reason in clock["reasons"])
    broken = [area for area in clock["areas"] if area["verdict"] == "not_quiet"]
    assert broken
    assert all(area["low"] > 0 for area in broken)
    assert all(any("no single day" in reason for reason in area["reasons"]) for area in broken)
    print(f"{reading}: not quiet in {', '.join(area['area'] for area in broken)}")


@pytest.mark.parametrize("reading", READINGS)
def test_no_event_of_a_day_is_surely_in_one_day_that_begins_at_1600z(events, reading):
    clock = events.clock("seven_days_from_day_d", "--reading", reading, *SEVENTH_DAY)
    assert all(area["days"]["not_quiet"] == 0 for area in clock["areas"])


@pytest.mark.parametrize("reading", READINGS)
def test_each_reading_says_how_it_takes_the_umbrella(reading):
    chosen = find_pack("syria-2016").agreement.reading(reading)
    assert chosen is not None and chosen.umbrella is not None and chosen.umbrella_note is not None
    assert "Syrian insurgents" in chosen.umbrella_note["en"]


def test_a_reading_that_leaves_the_umbrella_open_cannot_tell(events):
    strict = find_pack("syria-2016").agreement.reading("strict")
    assert strict is not None
    written = events.file(
        "open_umbrella.yaml",
        'id: open_umbrella\ntitle: {en: Open}\nauthor: a test\ndated: "2026-11-22"\nnote: {en: None.}\n'
        'day_boundary: "00:00"\nzone: Asia/Damascus\nexclusions: coh_2016_02_22\numbrella: undetermined\nthreshold: 0\n'
        "counting: each_report_unless_it_repeats\ncoverage: {sources: 2, hours: 20}\nunknown_day: undecided\n",
    )
    told = events.told("clocks", "--reading", written, *SEVENTH_DAY)
    assert told["registered"] is False
    [clock] = [one for one in told["clocks"] if one["clock"] == "seven_days_from_day_d"]
    assert clock["verdict"] == "cannot_tell"


def test_no_day_is_quiet_where_nobody_says_they_watched(events):
    told = events.told("evaluate")
    assert all(one["cells"]["quiet"] == 0 for one in told["indicators"])


def test_the_bulletin_says_area_by_area_why_no_single_day_is_broken(events):
    page = events.bulletin(*SEVENTH_DAY)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert words.count("no single day of it") >= 3
    assert AT_1600Z.search(words)


def test_the_record_with_all_of_it_holds(events):
    told = events.told("audit")
    assert told["faults"] == []
    assert told["entries"] > 6_170
