"""The day ledger's rule on cases small enough to answer by hand, on two square areas and a few actors."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from truceline.theatre import knowable

ZONE = "Etc/GMT-2"
EAST, WEST = "east", "west"


def square(area: str, west: str, east: str) -> dict[str, Any]:
    ring = [[west, "20.0"], [east, "20.0"], [east, "20.4"], [west, "20.4"], [west, "20.0"]]
    return {"id": area, "geometry": {"type": "Polygon", "coordinates": [ring]}}


AREAS = {"features": [square(WEST, "-40.8", "-40.4"), square(EAST, "-40.4", "-40.0")]}
ACTORS = [
    {"id": "army", "status": "bound", "party": "north", "names": [{"name": "Army"}, {"name": "جيش"}]},
    {
        "id": "brigade",
        "status": "bound",
        "party": "south",
        "names": [{"name": "Brigade", "to": "2025-03-05"}, {"name": "Division", "from": "2025-03-05"}],
    },
    {"id": "factions", "status": "umbrella", "party": "south", "names": [{"name": "Factions"}]},
    {"id": "company", "status": "unconfirmed", "party": "south", "names": [{"name": "Company"}]},
    {"id": "order", "status": "unconfirmed", "party": "south", "names": [{"name": "Order"}, {"name": "Ridge Men"}]},
    {"id": "guard", "status": "third", "names": [{"name": "Guard"}]},
    {"id": "people", "status": "civilians", "names": [{"name": "Civilians"}]},
]
READING = {
    "id": "plain", "day_boundary": "00:00", "zone": ZONE, "exclusions": "text", "umbrella": "presumed_bound",
    "threshold": "0", "counting": "each_report_unless_it_repeats", "coverage": {"sources": "1", "hours": "12"},
}  # fmt: skip
AGREEMENT = {
    "zone": ZONE,
    "period": {"from": "2025-03-01", "to": "2025-03-11"},
    "actors": ACTORS,
    "instruments": [
        {
            "id": "text",
            "exclusions": [
                {"actor": "order", "outcome": "excluded", "from": "2025-03-03"},
                {"actor": "company", "outcome": "disputed", "from": "2025-03-08"},
            ],
        }
    ],
    "areas": [{"id": WEST, "name": {"en": "West"}}, {"id": EAST, "name": {"en": "East", "ar": "الشرق"}}],
    "area_groups": [{"id": "both", "name": {"en": "Both"}, "areas": [WEST, EAST], "names": ["everywhere"]}],
    "indicators": [
        {"id": "between", "between": [["north"], ["south"]], "kinds": ["shelling"]},
        {"id": "civilian", "between": [["north", "south"], ["civilians"]]},
        {"id": "lethal", "lethal": "true"},
        {"id": "all"},
    ],
}


def report(**cells: str) -> dict[str, str]:
    plain = {
        "source": "s",
        "report_id": "1",
        "when": "2025-03-04",
        "kind": "shelling",
        "side_a": "Army",
        "side_b": "Brigade",
    }
    return plain | {"area": WEST} | cells


def watched(first: str, last: str, **cells: str) -> dict[str, str]:
    return {"source": "m", "area": WEST, "from": first, "to": last, "status": "reported", "origin": ""} | cells


def ledger(
    reports: Sequence[Mapping[str, str]] = (), watching: Sequence[Mapping[str, str]] = (), **choices: Any
) -> dict[tuple[str, str, str], dict[str, Any]]:
    """The cells of one reading, by indicator, area and day of March."""
    made = knowable({**AGREEMENT, "readings": [READING | choices]}, AREAS, reports, watching)
    return {(str(c["indicator"]), str(c["area"]), str(c["day"])[-2:]): c for c in made["plain"]["cells"]}


def counts(
    reports: Sequence[Mapping[str, str]], indicator: str = "between", **choices: Any
) -> dict[str, tuple[int, int]]:
    """(low, high) of every cell that is not nought, as {"west 04": (1, 1)}."""
    cells = ledger(reports, **choices).values()
    return {
        f"{c['area']} {c['day'][-2:]}": (c["low"], c["high"])
        for c in cells
        if c["high"] and c["indicator"] == indicator
    }


# --- 1. reports and incidents ------------------------------------------------------------------


def test_an_echo_adds_nothing_and_the_end_of_the_chain_stands_for_all() -> None:
    founder = report(when="2025-03-04")
    echo = report(report_id="2", when="2025-03-06", repeats="1")
    second = report(source="w", report_id="9", when="2025-03-07", repeats="s/2")
    assert counts([second, echo, founder]) == {"west 04": (1, 1)}


def test_of_several_that_repeat_one_that_is_not_there_the_first_stands_for_all() -> None:
    assert counts([report(repeats="s/98"), report(report_id="2", repeats="99")]) == {"west 04": (2, 2)}
    assert counts([report(repeats="s/99"), report(report_id="2", repeats="99")]) == {"west 04": (1, 1)}


def test_an_id_without_a_source_is_looked_up_in_the_same_source_only() -> None:
    assert counts([report(), report(source="w", report_id="2", repeats="1")]) == {"west 04": (2, 2)}


def test_in_a_ring_the_one_entered_first_stands_for_all() -> None:
    ring = [
        report(report_id="b", when="2025-03-05", side_b="Division", repeats="c"),
        report(report_id="a", when="2025-03-04", repeats="b"),
        report(report_id="c", when="2025-03-06", side_b="Division", repeats="a"),
        report(report_id="d", when="2025-03-07", repeats="a"),
    ]
    assert counts(ring) == {"west 05": (1, 1)}
    assert counts([ring[3], ring[1], ring[2], ring[0]]) == {"west 04": (1, 1)}


def test_a_report_that_repeats_itself_is_an_incident() -> None:
    assert counts([report(repeats="1")]) == {"west 04": (1, 1)}


# --- 2. days -----------------------------------------------------------------------------------


def test_an_interval_over_two_days_is_surely_in_neither() -> None:
    assert counts([report(when="2025-03-03/2025-03-04")]) == {"west 03": (0, 1), "west 04": (0, 1)}


def test_a_night_is_six_in_the_evening_to_six_in_the_morning() -> None:
    assert counts([report(when="night of 3-4 March 2025")]) == {"west 03": (0, 1), "west 04": (0, 1)}
    assert counts([report(when="night of 28 February-1 March 2025")]) == {"west 01": (0, 1)}


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("2025-03-03T19:29", {"west 02": (1, 1)}),
        ("2025-03-03T19:30", {"west 03": (1, 1)}),
        ("2025-03-03T17:30Z", {"west 03": (1, 1)}),
        ("2025-03-03T19:00/2025-03-03T19:30", {"west 02": (0, 1), "west 03": (0, 1)}),
        ("2025-03-03", {"west 02": (0, 1), "west 03": (0, 1)}),
    ],
)
def test_days_that_begin_at_half_past_seven_are_named_by_the_date_they_begin_on(
    when: str, days: dict[str, tuple[int, int]]
) -> None:
    assert counts([report(when=when)], day_boundary="19:30") == days


def test_outside_the_period_is_elsewhere() -> None:
    assert counts([report(when="2025-02-28"), report(report_id="2", when="2025-03-11")]) == {}
    assert counts([report(when="2025-02-28/2025-03-01")]) == {"west 01": (0, 1)}


def test_a_whole_month_may_be_any_of_its_days() -> None:
    assert counts([report(when="2025-03")], "all") == {f"west {day:02}": (0, 1) for day in range(1, 11)}


# --- 2. areas ----------------------------------------------------------------------------------


def at(lat: str, lon: str, radius_m: str = "", area: str = "") -> dict[str, str]:
    return report(lat=lat, lon=lon, radius_m=radius_m, area=area)


@pytest.mark.parametrize(
    ("row", "areas"),
    [
        (report(area="both"), {"west 04": (0, 1), "east 04": (0, 1)}),
        (report(area="الشرق"), {"east 04": (1, 1)}),
        (report(area=""), {"west 04": (0, 1), "east 04": (0, 1)}),
        (report(area="Westt"), {"west 04": (0, 1), "east 04": (0, 1)}),
        # 0.02 degrees of longitude are 2,084 m here, so the default 1,000 m stay in the west
        (at("20.2", "-40.42"), {"west 04": (1, 1)}),
        (at("20.2", "-40.42", "3000"), {"west 04": (0, 1), "east 04": (0, 1)}),
        # over the outer border only: in the west or elsewhere
        (at("20.01", "-40.6", "2000"), {"west 04": (0, 1)}),
        (at("21.0", "-40.6"), {}),
        (at("-40.6", "20.2"), {}),
        (at("20.2", "-40.42", area="Eastt"), {"west 04": (1, 1)}),
        # said in the west: the circle touches the west, so the source does not contradict itself
        (at("20.2", "-40.38", "3000", "west"), {"west 04": (1, 1)}),
        # clear outside the west: it contradicts itself
        (at("20.2", "-40.38", "1000", "west"), {"west 04": (0, 1), "east 04": (0, 1)}),
        (at("21.0", "-40.6", "1000", "west"), {"west 04": (0, 1)}),
        # a group is never contradicted
        (at("21.0", "-40.6", "1000", "both"), {"west 04": (0, 1), "east 04": (0, 1)}),
    ],
)
def test_an_incident_may_be_in_every_area_it_was_said_or_drawn_in(
    row: dict[str, str], areas: dict[str, tuple[int, int]]
) -> None:
    assert counts([row]) == areas


# --- 2. scope ----------------------------------------------------------------------------------

SURE, UNSURE, NOT = {"west 04": (1, 1)}, {"west 04": (0, 1)}, {}


@pytest.mark.parametrize(
    ("side", "presumed", "undetermined"),
    [
        ("Brigade", SURE, SURE),
        ("  bRIGADE ", SURE, SURE),
        ("Division", UNSURE, UNSURE),  # not yet its name
        ("Factions", SURE, UNSURE),
        ("Company", SURE, UNSURE),
        ("Order", NOT, NOT),
        ("Ridge Men", NOT, NOT),
        ("Guard", NOT, NOT),
        ("Civilians", NOT, NOT),
        ("Nobody knows", UNSURE, UNSURE),
        ("", UNSURE, UNSURE),
        ("Brigade; Factions", SURE, UNSURE),
        ("Brigade; Guard", UNSURE, UNSURE),
        ("Order; Guard", NOT, NOT),
    ],
)
def test_a_side_is_surely_maybe_or_not_the_party(
    side: str, presumed: dict[str, tuple[int, int]], undetermined: dict[str, tuple[int, int]]
) -> None:
    for row in (report(side_b=side), report(side_a=side, side_b="Army")):
        assert counts([row]) == presumed
        assert counts([row], umbrella="undetermined") == undetermined


def test_a_name_that_changes_within_the_interval_is_unknown() -> None:
    both_days = {"west 04": (0, 1), "west 05": (0, 1)}
    for name in ("Brigade", "Division"):
        assert counts([report(when="2025-03-04/2025-03-05", side_b=name)]) == both_days
    assert counts([report(when="2025-03-05", side_b="Division")]) == {"west 05": (1, 1)}
    assert counts([report(when="2025-03-05", side_b="Brigade")]) == {"west 05": (0, 1)}


def test_an_exclusion_that_begins_within_the_interval_leaves_it_open() -> None:
    assert counts([report(when="2025-03-02", side_b="Order")]) == {"west 02": (1, 1)}
    assert counts([report(when="2025-03-02T23:00/2025-03-03T01:00", side_b="Order")]) == {
        "west 02": (0, 1),
        "west 03": (0, 1),
    }
    assert counts([report(when="2025-03-03", side_b="Order")]) == {}


def test_who_is_disputed_may_count_even_where_an_umbrella_is_presumed_bound() -> None:
    assert counts([report(when="2025-03-07", side_b="Company")]) == {"west 07": (1, 1)}
    assert counts([report(when="2025-03-08", side_b="Company")]) == {"west 08": (0, 1)}


def test_two_sides_of_one_party_are_not_between_the_parties() -> None:
    assert counts([report(side_b="Army")]) == {}
    assert counts([report(side_a="", side_b="")]) == UNSURE


def test_civilians_count_where_the_indicator_names_them() -> None:
    assert counts([report(side_b="Civilians")], "civilian") == SURE
    assert counts([report(side_a="Order", side_b="Civilians")], "civilian") == NOT


def test_another_kind_does_not_count_and_no_kind_may() -> None:
    assert counts([report(kind="overflight")]) == NOT
    assert counts([report(kind="")]) == UNSURE


@pytest.mark.parametrize(
    ("low", "best", "high", "answer"),
    [
        ("1", "", "", SURE), ("", "2", "", SURE), ("", "", "3", SURE), ("", "0", "", NOT), ("-2", "-1", "0", NOT),
        ("0", "", "4", UNSURE), ("", "", "", UNSURE), ("5", "0", "6", UNSURE), ("5", "2", "3", SURE),
    ],
)  # fmt: skip
def test_the_lowest_figure_makes_it_surely_lethal_and_the_highest_surely_not(
    low: str, best: str, high: str, answer: dict[str, tuple[int, int]]
) -> None:
    assert counts([report(killed_low=low, killed_best=best, killed_high=high)], "lethal") == answer


# --- 4. coverage -------------------------------------------------------------------------------


def covered(*rows: Mapping[str, str], day: str = "04", **choices: Any) -> bool:
    return bool(ledger((), rows, **choices)["all", WEST, day]["covered"])


def test_exactly_the_minimum_is_enough_and_a_minute_less_is_not() -> None:
    assert covered(watched("2025-03-04T06:00", "2025-03-04T18:00"))
    assert not covered(watched("2025-03-04T06:01", "2025-03-04T18:00"))


def test_a_date_in_to_is_the_end_of_that_day() -> None:
    rows = [watched("2025-03-04", "2025-03-05")]
    assert covered(*rows)
    assert covered(*rows, day="05")
    assert not covered(*rows, day="06")


def test_overlapping_rows_are_not_added_up() -> None:
    assert not covered(watched("2025-03-04T06:00", "2025-03-04T14:00"), watched("2025-03-04T08:00", "2025-03-04T17:59"))
    assert covered(watched("2025-03-04T06:00", "2025-03-04T14:00"), watched("2025-03-04T08:00", "2025-03-04T18:00"))


def test_stopped_wins_and_silence_adds_nothing() -> None:
    day = watched("2025-03-04", "2025-03-04")
    stopped = {"status": "stopped"}
    assert covered(day, watched("2025-03-04T00:00", "2025-03-04T12:00", **stopped))
    assert not covered(day, watched("2025-03-04T00:00", "2025-03-04T12:01", **stopped))
    assert covered(day, watched("2025-03-04", "2025-03-04", source="other", **stopped))
    assert not covered(watched("2025-03-04", "2025-03-04", status="silent"))


def test_two_sources_of_one_origin_count_as_one_and_their_hours_are_joined() -> None:
    two = {"coverage": {"sources": "2", "hours": "12"}}
    mission, satellite = (
        watched("2025-03-04", "2025-03-04"),
        watched("2025-03-04", "2025-03-04", source="sat", origin="m"),
    )
    assert not covered(mission, satellite, **two)
    assert covered(mission, watched("2025-03-04", "2025-03-04", source="sat"), **two)
    morning = watched("2025-03-04T00:00", "2025-03-04T06:00")
    assert covered(morning, watched("2025-03-04T06:00", "2025-03-04T12:00", source="sat", origin="m"))
    assert not covered(morning, watched("2025-03-04T06:00", "2025-03-04T12:00", source="sat"))


def test_one_source_stopped_does_not_stop_another_of_its_origin() -> None:
    mission, satellite = (
        watched("2025-03-04", "2025-03-04"),
        watched("2025-03-04", "2025-03-04", source="sat", origin="m"),
    )
    assert covered(mission, satellite, watched("2025-03-04", "2025-03-04", status="stopped"))


def test_a_group_of_areas_is_watched_in_each_of_them() -> None:
    cells = ledger((), [watched("2025-03-04", "2025-03-04", area="everywhere")])
    assert cells["all", WEST, "04"]["covered"]
    assert cells["all", EAST, "04"]["covered"]


def test_the_hours_of_an_evening_to_evening_day_are_counted_from_its_evening() -> None:
    row = watched("2025-03-04T07:30", "2025-03-04T19:30")
    assert covered(row, day="03", day_boundary="19:30")
    assert not covered(row, day="04", day_boundary="19:30")


# --- 5. verdicts -------------------------------------------------------------------------------


def test_the_four_steps_of_the_verdict() -> None:
    everywhere = [watched("2025-03-01", "2025-03-05", area="both")]
    cells = ledger([report(), report(report_id="2", area="both", when="2025-03-02")], everywhere)
    assert cells["between", WEST, "04"]["verdict"] == "not_quiet"
    assert cells["between", EAST, "02"]["verdict"] == "cannot_tell"
    assert cells["between", WEST, "03"]["verdict"] == "quiet"
    assert cells["between", WEST, "06"]["verdict"] == "cannot_tell"
    assert ledger([report()])["between", WEST, "04"]["verdict"] == "not_quiet"
    assert ledger([report()], everywhere, threshold="1")["between", WEST, "04"]["verdict"] == "quiet"


def test_a_reading_that_leaves_a_choice_out_has_no_ledger() -> None:
    silent = {choice: value for choice, value in READING.items() if choice != "umbrella"}
    assert knowable({**AGREEMENT, "readings": [silent]}, AREAS, [], []) == {}
