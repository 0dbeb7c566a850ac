"""Air raids in Yemen, the videos of the Syrian Archive, and a mission's table of single observations."""

import pytest

from truceline.vocabulary.when import DAY, Interval


@pytest.fixture
def read(became, contract, samples):
    def reading(name, **cells):
        made = samples[name]
        row = {**dict(zip(made.header, made.good[0], strict=True)), **cells}
        return became(contract.as_csv(list(row), [list(row.values())]))[0]

    return reading


def test_a_raid_is_an_air_strike_at_a_place_by_name(read):
    report = read("yemen_air_raids")
    assert (report.kind, report.area, report.place, report.lat_e7) == ("air_strike", "Valley", "Mill", None)
    assert (report.when_words, report.killed_best, report.words) == ("2025-03-04", 1, "Farm")


@pytest.mark.parametrize(
    ("most", "flags"),
    [("3", ()), ("10+", ("raids_not_a_number",)), ("-", ("raids_not_a_number",)), ("0", ("raids_out_of_order",))],
)
def test_how_many_raids_is_flagged_where_it_is_open_and_never_mended(read, most, flags):
    assert read("yemen_air_raids", **{"Max Air Raids": most}).flags == flags


def test_a_video_lies_between_the_day_before_it_and_itself(read):
    report = read("syrian_archive")
    recorded = Interval.from_text("2025-03-04 21:21:00+00:00")
    assert (report.start_us, report.end_us) == (recorded.start - DAY, recorded.end)
    assert (report.area, report.place, report.lat_e7) == ("VALLEY", "Mill town", 365_100_000)
    assert (report.weapon, report.origin, report.language) == ("cluster", "mill-media", "ar")
    assert report.flags == ("time_of_recording", "position_converted")


def test_a_video_of_a_chemical_attack_is_alleged(read):
    report = read("syrian_archive", weapons="[<Weapon: Chemical Weapons>, <Weapon: Chlorine Gas>]")
    assert report.kind == "chemical_alleged"


def test_an_observation_says_what_was_seen_and_not_who_fired(read):
    report = read("mission_daily")
    assert (report.source, report.kind, report.weapon) == ("mission", "undetermined_explosion", "")
    assert (report.side_a, report.side_b) == ((), ())
    assert report.words == "3, Explosion, Undetermined, Heard"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"Weapon": "Mortar (120mm)"}, "shelling"),
        ({"Weapon": "HMG", "Observation": "Burst"}, "hmg_fire"),
        ({"Weapon": "Small arms", "Observation": "Shot"}, "small_arms_fire"),
        ({"Weapon": "N/K", "Observation": "Projectile"}, ""),
        ({"Description": "Assessed as a live-fire exercise"}, "live_fire_exercise"),
    ],
)
def test_the_kind_is_what_the_mission_itself_names(read, cells, kind):
    assert read("mission_daily", **cells).kind == kind


def test_a_date_and_a_range_of_hours_in_two_columns(read):
    report = read("mission_daily", **{"Date, time": "14:05-14:20", "Date": "2025-03-04"})
    wanted = Interval.from_text("2025-03-04T14:05/2025-03-04T14:20", "Etc/GMT-2")
    assert (report.start_us, report.end_us) == (wanted.start, wanted.end)


def test_a_number_that_is_no_number_is_flagged(read):
    assert read("mission_daily", **{"No.": "multiple"}).flags == ("number_not_plain",)
