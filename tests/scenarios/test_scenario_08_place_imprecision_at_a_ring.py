"""Scenario 8: heavy weapons "near the road", a ring of 3.5 km, a place known to 800 m: cannot tell, with distances."""

import pytest

CELL = "castello_pullback/government/2016-09-14T00:00/2016-09-15T00:00"
LAST = ("--from", "2016-09-14", "--to", "2016-09-14", "--reading", "strict")


@pytest.fixture
def mission(desk):
    """The September arrangement, with its line drawn roughly: its precision is 1 km."""
    return desk.init("syria-2016", None)


def found(desk, lat, radius=800, by="usa", **more):
    """A body's finding of a tank at so many degrees north, at the road's middle."""
    said = {
        "about": f"ngo/{lat}", "held": "happened", "what": "A tank near the road.", "kind": "weapons_in_zone",
        "weapon": "tank_gun", "when": "2016-09-14T10:00", "attributed_to": "Syrian army",
        "attribution": "single_side_a", "because": "Seen on pictures.",
        "place": {"position": f"{lat:.4f}, 37.1300", "radius_m": radius},
    }  # fmt: skip
    return desk.act(act="finding", by=by, at="2016-09-14T20:00", **said | more)["id"]


def outcome(desk, body="usa"):
    [row] = desk.told("assess", "--obligation", "castello_pullback", *LAST)["assessments"]
    return row["by"][body]


def why(desk, body="usa"):
    return desk.run("why", desk.mission, f"{CELL}/{body}", "--reading", "strict").out


@pytest.mark.parametrize(
    ("lat", "radius", "says"),
    [
        (36.276, 800, "undecided"),
        (36.276, 50, "undecided"),
        (36.255, 800, "breached"),
        (36.262, 1_600, "undecided"),
        (36.310, 100, "not_observed"),
    ],
    ids=["3.3 km, 800 m", "3.3 km, and the line is not known better than 1 km", "1 km", "1.8 km, 1.6 km", "7 km"],
)  # fmt: skip
def test_only_what_is_surely_nearer_is_a_breach(mission, lat, radius, says):
    found(mission, lat, radius)
    assert outcome(mission) == says


def test_the_distances_the_ring_and_the_side_are_told(mission):
    act = found(mission, 36.276)
    told = why(mission)
    assert "usa: undecided" in told
    assert f"{act[:12]}: 3303 to 3305 m from castello_road as drawn, north of it" in told
    assert "the place is known to 800 m, the line to 1000 m, and the ring is 3500 m." in told
    assert "no nearer than 3500 m to castello_road, complete by 2016-09-12T19:00" in told
    assert "T38, arrangement_2016_09_09" in told


def test_on_the_other_side_it_is_told_as_that(mission):
    found(mission, 36.215)
    assert "south-west of it" in why(mission)


def test_what_was_there_before_it_had_to_be_gone_does_not_count(mission):
    found(mission, 36.250, when="2016-09-12T10:00")
    assert outcome(mission) == "not_observed"


def test_a_finding_of_one_co_chair_alters_nothing_for_the_other(mission):
    found(mission, 36.255)
    assert (outcome(mission, "usa"), outcome(mission, "russia")) == ("breached", "not_observed")
    [row] = mission.told("assess", "--obligation", "castello_pullback", *LAST)["assessments"]
    assert row["outcome"] == "undecided"


def test_what_is_only_reported_leaves_it_undecided(mission):
    mission.reports(
        {"report_id": "near", "source": "ngo", "when": "2016-09-14T10:00", "kind": "weapons_in_zone",
         "weapon": "tank_gun", "side_a": "Syrian army", "side_b": "", "lat": "36.2550", "lon": "37.1300",
         "radius_m": "100"}
    )  # fmt: skip
    assert outcome(mission) == "undecided"


def test_the_line_itself_answers_for_a_place(mission):
    words = ["castello_road", "36.2760, 37.1300", "--radius", "800", "--as-of", "2016-09-14", "--json"]
    [one] = mission.run("territory", "side", mission.mission, *words).json()["answers"]
    assert one["agreement"] and (one["least_m"], one["most_m"], one["lies"]) == (3303, 3305, "north")
