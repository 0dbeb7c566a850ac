"""Everything that goes wrong in real tables is in a theatre of ordinary size, counted here."""

from collections.abc import Callable, Mapping
from itertools import combinations

import pytest

from truceline.theatre import Theatre
from truceline.theatre.knowable.where import Ground, border_m, e7
from truceline.theatre.setting import Setting, read_setting

Row = Mapping[str, str]
RENAMED_ON, TRUCE = "2025-04-05", "2025-03-15"
KNOWN_AREAS = {"northern_valley", "river_towns", "southern_plain", "whole_theatre"}


@pytest.fixture(scope="module")
def setting(pack: tuple[bytes, bytes]) -> Setting:
    return read_setting(*pack)


@pytest.fixture(scope="module")
def ground(setting: Setting) -> Ground:
    return Ground(setting.agreement, setting.geojson)


def sides(row: Row) -> str:
    return f"{row['side_a']};{row['side_b']}"


def over(day: str) -> Callable[[Row], bool]:
    def straddles(row: Row) -> bool:
        first, _, last = row["when"].partition("/")
        return bool(last) and first[:10] < day <= last[:10]

    return straddles


def figures(row: Row) -> list[int]:
    return [int(row[column]) for column in ("killed_low", "killed_best", "killed_high") if row.get(column)]


FEATURES: dict[str, Callable[[Row], bool]] = {
    "to the minute": lambda row: len(row["when"]) == 16,
    "times with an offset": lambda row: row["when"].endswith(("Z", "+00:00")),
    "a date only": lambda row: len(row["when"]) == 10,
    "a whole month": lambda row: len(row["when"]) == 7,
    "a night": lambda row: row["when"].startswith("night of"),
    "days late": lambda row: row["source"] == "co-chair-alpha" and "/" in row["when"],
    "over the renaming": lambda row: over(RENAMED_ON)(row) and "River" in sides(row),
    "the old name after the renaming": lambda row: "River Brigade" in sides(row) and row["when"] >= RENAMED_ON,
    "the new name before it": lambda row: "River Division" in sides(row) and row["when"] < RENAMED_ON,
    "the excluded group": lambda row: "Order of the Ridge" in sides(row),
    "the excluded group by its other name": lambda row: "Ridge Men" in sides(row),
    "the excluded group over the start of the truce": lambda row: over(TRUCE)(row) and "Ridge" in sides(row),
    "an umbrella": lambda row: "outhern " in sides(row) and row["source"] == "co-chair-beta",
    "nobody's name": lambda row: "armed men" in sides(row) or "Riders of the Dawn" in sides(row),
    "an empty side": lambda row: not row["side_a"] or not row["side_b"],
    "several actors on a side": lambda row: ";" in row["side_a"],
    "names in capitals": lambda row: "FRONT OF THE PLAIN" in sides(row) or "PLAIN FRONT" in sides(row),
    "Arabic names": lambda row: "جيش" in sides(row),
    "Arabic words": lambda row: "متصل" in row["words"],
    "no kind": lambda row: not row["kind"],
    "a wide circle": lambda row: int(row.get("radius_m") or 0) >= 5000,
    "the default radius": lambda row: bool(row.get("lat")) and not row["radius_m"],
    "a group of areas": lambda row: (
        row.get("area", "") in ("whole_theatre", "all areas", "whole theatre", "كل المناطق")
    ),
    "no place at all": lambda row: not row.get("lat") and not row.get("area"),
    "best outside low to high": lambda row: figures(row) != sorted(figures(row)),
    "below nought": lambda row: min(figures(row), default=0) < 0,
    "no figures": lambda row: not figures(row),
    "far outside": lambda row: bool(row.get("lat")) and row["lat"].startswith(("22.", "23.")),
    "swapped": lambda row: bool(row.get("lat")) and row["lat"].startswith("-"),
    "before the period": lambda row: row["when"] == "2025-02-28",
    "after the period": lambda row: row["when"] == "2025-05-01",
    "over the edge of the period": lambda row: row["when"] == "2025-02-27/2025-03-01",
    "an echo": lambda row: bool(row["repeats"]),
    "the wire saying nothing of whom it repeats": lambda row: row["source"] == "wire" and not row["repeats"],
    "repeating nothing that is there": lambda row: row["repeats"] == "hotline/H-999999",
    "the last minute of an evening-to-evening day": lambda row: row["when"].endswith("T19:29"),
    "the first minute of one": lambda row: row["when"].endswith("T19:30"),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_theatre_has(theatre: Theatre, feature: str) -> None:
    assert any(FEATURES[feature](row) for row in theatre.reports())


def test_a_theatre_has_places_that_no_pack_knows(theatre: Theatre, ground: Ground) -> None:
    said = [row for row in theatre.reports() if row.get("area") and not ground.said(row["area"])]
    assert any(row.get("lat") for row in said)
    assert any(not row.get("lat") for row in said)


def test_a_theatre_has_circles_over_borders_and_areas_that_their_point_contradicts(
    theatre: Theatre, ground: Ground
) -> None:
    placed = [row for row in theatre.reports() if row.get("lat")]
    assert sum(len(ground.placements(row)) > 1 and not row.get("area") for row in placed) > 10
    contradicted = [row for row in placed if len(ground.said(row.get("area", ""))) == 1 < len(ground.placements(row))]
    assert len(contradicted) >= 3


def test_a_theatre_has_a_chain_a_ring_and_a_report_that_repeats_itself(theatre: Theatre) -> None:
    onward = {}
    for row in theatre.reports():
        named = row["repeats"] if "/" in row["repeats"] else f"{row['source']}/{row['repeats']}"
        onward[f"{row['source']}/{row['report_id']}"] = named if row["repeats"] else None
    steps = []
    for start in onward:
        seen = [start]
        while (following := onward.get(seen[-1])) in onward and following not in seen:
            seen.append(following)
        steps.append((len(seen), following == start))
    assert max(length for length, _ in steps) >= 4
    assert {length for length, closed in steps if closed} == {1, 3}


def test_a_theatre_has_near_misses_of_one_shelling(theatre: Theatre) -> None:
    placed = [row for row in theatre.reports() if row.get("lat") and len(row["when"]) == 16 and not row["repeats"]]
    near = [
        (one, other)
        for one, other in combinations(placed, 2)
        if one["when"][:13] == other["when"][:13]
        and one["source"] != other["source"]
        and one["lat"][:5] == other["lat"][:5]
    ]
    assert near


def test_some_incidents_are_told_by_nobody_and_some_by_several(theatre: Theatre) -> None:
    tellers = [len(incident["reported_by"]) for incident in theatre.world["incidents"]]
    assert {0, 1, 2, 3} <= set(tellers)


def test_no_circle_ends_near_a_border(theatre: Theatre, ground: Ground) -> None:
    for row in theatre.reports():
        if row.get("lat"):
            point, radius_m = (e7(row["lat"]), e7(row["lon"])), int(row["radius_m"] or 1000)
            for rings in ground.rings.values():
                assert abs(border_m(point, rings) - radius_m) > max(50, 0.05 * radius_m)


def test_truthful_circles_hold_what_they_tell_of(theatre: Theatre, ground: Ground) -> None:
    told = {f"{row['source']}/{row['report_id']}": row for row in theatre.reports()}
    for incident in theatre.world["incidents"]:
        for reference in incident["reported_by"]:
            if reference.startswith(("mission/", "ngo/", "hotline/")):
                assert incident["area"] in ground.placements(told[reference])
