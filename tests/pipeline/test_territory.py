"""Claims through the command line: what is refused, what no list names, what is shown of each claimant."""

import json

import pytest

LINE = {"type": "LineString", "coordinates": [[38.0, 36.0], [38.5, 36.0]]}
ZONE = {"type": "Polygon", "coordinates": [[[38, 36], [38.5, 36], [38.5, 36.5], [38, 36.5], [38, 36]]]}
CLAIM = {"act": "claim", "by": "alpha", "at": "2025-03-16", "number": "L1", "claimant": "north", "because": "Drawn."}


@pytest.fixture
def mission(desk):
    """An empty mission of the example agreement."""
    return desk.init()


def claim(desk, drawn=LINE, **more):
    return desk.act(**CLAIM | {"says": "claimed", "geometry": json.dumps(drawn)} | more)["id"]


def refused(desk, **fields):
    written = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    ran = desk.run("enter", desk.mission, desk.file("wrong.yaml", written))
    assert ran.code == 2
    return ran.err


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"claimant": "moon"}, "claimant: 'moon' is no party and no body"),
        ({"left": "alpha"}, "left: 'alpha' is no party"),
        ({"kind": "contested"}, "a line is no area"),
        ({"geometry": json.dumps(ZONE), "left": "north"}, "a surface has no left"),
        ({"geometry": json.dumps(ZONE), "kind": "garden"}, "'garden' is no kind of area"),
        ({"geometry": '{"type":"Point","coordinates":[1,2]}'}, "no line and no surface"),
        ({"geometry": ""}, "a claim is drawn"),
        ({"says": "withdrawn"}, "what is withdrawn is not drawn anew"),
        ({"from": "2025-04-01", "to": "2025-03-01"}, "it ends before it begins"),
        ({"from": "soon"}, "from:"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused_with_its_line(mission, fields, says):
    whole = CLAIM | {"says": "claimed", "geometry": json.dumps(LINE)} | fields
    err = refused(mission, **{key: value for key, value in whole.items() if value})
    assert says in err and "wrong.yaml, line " in err


def test_an_empty_mission_says_how_to_begin(mission):
    assert "truceline territory add MISSION FILE --number" in mission.printed("territory")
    ran = mission.run("territory", mission.mission, "L9")
    assert (ran.code, "'L9' is claimed by nobody here" in ran.err) == (2, True)


def test_nobodys_word_alters_anothers_and_the_state_is_that_of_the_least(mission):
    claim(mission)
    claim(mission, by="beta", claimant="south")
    mission.act(**CLAIM | {"at": "2025-03-20", "says": "agreed", "because": "At the meeting."})
    [number] = mission.told("territory")["numbers"]
    assert number["state"] == "claimed"
    assert {one["claimant"]: one["state"] for one in number["claims"]} == {"north": "agreed", "south": "claimed"}
    mission.act(**CLAIM | {"at": "2025-03-21", "by": "beta", "claimant": "south", "says": "agreed"})
    assert mission.told("territory")["numbers"][0]["state"] == "agreed"


def test_a_time_that_has_not_come_is_refused(mission):
    claim(mission)
    for words in (["territory", "show"], ["territory", "flips"], ["territory", "side"]):
        more = ["L1", *(["36.1, 38.1"] if words[1] == "side" else [])]
        ran = mission.run(*words, mission.mission, *more, "--as-of", "2199-01-01")
        assert (ran.code, "has not come yet" in ran.err) == (2, True)


def test_an_excluded_groups_area_is_told_by_its_number_and_in_no_list(mission):
    claim(mission, ZONE, number="ridge-zone", claimant="alpha", kind="excluded_area")
    claim(mission, ZONE, number="Z1", kind="declared_control")
    listed = mission.run("territory", mission.mission, "--json").out + mission.printed("territory")
    assert "ridge-zone" not in listed and "Z1" in listed
    [number] = mission.told("territory", "ridge-zone")["numbers"]
    assert number["kind"] == "excluded_area"


def test_a_file_is_entered_as_a_claim_with_where_it_was_read_from(mission):
    file = mission.file("drawn.geojson", json.dumps({"type": "Feature", "id": "x", "properties": {}, "geometry": LINE}))
    words = ["--number", "L1", "--claimant", "north", "--by", "alpha", "--because", "Their map.", "--precision", "250"]
    ran = mission.run("territory", "add", mission.mission, file, *words, "--json")
    assert ran.code == 0, ran.err
    [one] = mission.told("territory", "L1")["numbers"][0]["claims"]
    assert json.loads(one["geometry"]) == LINE
    assert (one["precision_m"], one["because"]) == (250, "Their map.")
    assert one["source"].startswith("drawn.geojson x, sha256 ")
    assert 45_080 <= one["length_m"] <= 45_090


def test_a_rebuilt_mission_tells_the_same(mission):
    claim(mission)
    before = mission.told("territory", "L1")["numbers"]
    assert mission.run("rebuild", mission.mission).code == 0
    assert mission.told("territory", "L1")["numbers"] == before
