"""Who watched: every way of watching, not watching and being stopped is in a theatre of ordinary size."""

from collections import defaultdict
from datetime import timedelta

from truceline.theatre import Theatre
from truceline.theatre.knowable.when import watch

ZONE = "Etc/GMT-2"


def minutes(row: dict[str, str]) -> int:
    start, end = watch(row["from"], row["to"], ZONE)
    return (end - start) // timedelta(minutes=1)


def test_dates_and_times_groups_and_origins_silence_and_restrictions_all_occur(theatre: Theatre) -> None:
    rows = theatre.coverage
    assert {row["status"] for row in rows} == {"reported", "silent", "stopped"}
    assert any(len(row["from"]) == 10 for row in rows)
    assert any(len(row["from"]) == 16 for row in rows)
    assert any(row["from"] < row["to"] and len(row["from"]) == 10 for row in rows)
    assert any(row["area"] in ("whole_theatre", "all areas", "whole theatre") for row in rows)
    assert any((row["source"], row["origin"]) == ("satellite", "mission") for row in rows)
    assert all(row["stopped_by"] for row in rows if row["status"] == "stopped")


def test_some_watch_exactly_as_long_as_a_reading_asks_and_some_a_minute_less(theatre: Theatre) -> None:
    lengths = {minutes(row) for row in theatre.coverage if row["status"] == "reported"}
    assert {12 * 60, 12 * 60 - 1, 6 * 60, 6 * 60 - 1} <= lengths


def test_some_patrols_are_stopped_until_just_enough_is_left_and_some_a_minute_longer(theatre: Theatre) -> None:
    lengths = {minutes(row) for row in theatre.coverage if row["status"] == "stopped"}
    assert lengths <= {720, 721, 1080, 1081}
    assert {length % 10 for length in lengths} == {0, 1}


def test_every_area_has_a_week_that_nobody_watches(theatre: Theatre) -> None:
    assert theatre.known is not None
    covered: dict[str, dict[str, bool]] = defaultdict(dict)
    for cell in theatre.known["lenient"]["cells"]:
        covered[cell["area"]][cell["day"]] = cell["covered"]
    for days in covered.values():
        text = "".join("x" if seen else "." for seen in days.values())
        assert "......" in text


def test_the_reports_of_those_who_were_stopped_are_in_their_own_file(theatre: Theatre) -> None:
    files = theatre.files()
    assert b",stopped," not in files["coverage.csv"]
    assert files["restrictions.csv"].count(b",stopped,") == files["restrictions.csv"].count(b"\n") - 1
