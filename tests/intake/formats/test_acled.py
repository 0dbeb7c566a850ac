"""ACLED's rows and its feed of deletions, made up throughout: its terms forbid passing rows on."""

import json

import pytest

from truceline.intake.reading import Refused, read_file
from truceline.vocabulary.recall import Recall
from truceline.vocabulary.when import DAY, Interval


@pytest.fixture
def row(samples):
    made = samples["acled"]
    return dict(zip(made.header, made.good[0], strict=True))


@pytest.fixture
def read(became, row):
    return lambda **cells: became(json.dumps([{**row, **cells}]))[0]


def test_a_row_is_a_report_of_acled(read):
    report = read()
    assert (report.source, report.source_row, report.kind) == ("acled", "NOR9001", "ied_mine")
    assert report.side_a == ("River Front (Northland)", "Hill Front", "Mill Guard")
    assert (report.place, report.area, report.radius_m) == ("Mill town", "Northern Valley", 5_000)
    assert (report.killed_low, report.killed_best, report.killed_high) == (None, 3, None)
    assert report.words == "On 4 March 2025, a mine went off."
    assert report.end_us - report.start_us == DAY


def test_numbers_are_read_alike_as_numbers_and_as_texts(read):
    assert read(fatalities=3, latitude=36.5, longitude=37.25, geo_precision=1, time_precision=1, iso=999) == read()


def test_exported_headers_in_capitals_are_known(row):
    content = ",".join(row).upper().encode()
    assert read_file("export.csv", content).format == "acled"


@pytest.mark.parametrize(("precision", "radius_m"), [("1", 5_000), ("2", 50_000), ("3", 150_000), ("", 150_000)])
def test_how_exact_a_place_is_becomes_a_radius(read, precision, radius_m):
    assert read(geo_precision=precision).radius_m == radius_m


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("1", "2025-03-04", "2025-03-04"), ("2", "2025-02-26", "2025-03-10"), ("3", "2025-02-26", "2025-03-31"),
     ("", "2025-02-26", "2025-03-31")],
)  # fmt: skip
def test_how_exact_a_day_is_becomes_the_days_it_may_have_been(read, precision, first, last):
    report = read(time_precision=precision)
    wanted = Interval.from_text(f"{first}/{last}", "Etc/GMT-2")
    assert (report.start_us, report.end_us) == (wanted.start, wanted.end)
    assert ("time_widened" in report.flags) == (precision != "1")


@pytest.mark.parametrize(
    ("event", "kind", "flags"),
    [
        ("Suicide bomb", "suicide_bomb", ()), ("Abduction/forced disappearance", "abduction", ()),
        ("Air/drone strike", "air_strike;drone_strike;barrel_bomb", ("kind_not_told_apart",)),
        ("Shelling/artillery/missile attack", "shelling;atgm_fire", ("kind_not_told_apart",)),
        ("Peaceful protest", "protest", ()), ("Agreement", "agreement_reached", ()),
        ("Other", "", ("kind_not_in_list",)),
    ],
)  # fmt: skip
def test_an_event_that_may_be_several_of_our_kinds_is_any_one_of_them(read, event, kind, flags):
    report = read(sub_event_type=event)
    assert (report.kind, report.flags) == (kind, flags)
    assert report.weapon == ("" if kind and not flags else event)


def test_every_sub_event_type_but_other_has_a_kind(read):
    for event in (
        "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
        "Excessive force against protesters", "Protest with intervention", "Peaceful protest", "Violent demonstration",
        "Mob violence", "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade", "Sexual violence", "Attack", "Abduction/forced disappearance",
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
    ):  # fmt: skip
        assert read(sub_event_type=event).kind, event


def test_a_deletion_is_a_recall_of_its_event(became):
    feed = {"success": True, "data": [{"event_id_cnty": "NOR9001", "deleted_timestamp": 1741132800}]}
    assert read_file("deleted.json", json.dumps(feed).encode()).format == "acled_deleted"
    assert became(json.dumps(feed)) == [Recall("acled", "NOR9001", 1_741_132_800_000_000, "", ())]


def test_a_deletion_at_no_time_is_refused(became):
    (refused,) = became(json.dumps([{"event_id_cnty": "NOR9001", "deleted_timestamp": "yesterday"}]))
    assert isinstance(refused, Refused)
    assert "is no time stamp" in refused.faults[0].reason
