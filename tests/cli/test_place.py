"""`truceline place`: how a pasted position or a name is read, in the theatre of a mission."""

import json

import pytest

GAZETTEER = {
    "1": {"geonameid": 1, "name": "Tall az Zaytun", "latitude": 35.0, "longitude": 36.0, "admin1code": "01",
          "alternatenames": ["تل الزيتون", "Tell Zeitoun"]},
    "2": {"geonameid": 2, "name": "Tall az Zaytun", "latitude": 34.0, "longitude": 37.0},
}  # fmt: skip


@pytest.fixture
def mission(desk):
    desk.init("example", "strict")
    return desk


def shown(mission, *words):
    ran = mission.run("place", mission.mission, *words, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_position_is_shown_in_every_form(mission):
    told = mission.printed("place", "36°12'07.56\"N 37°08'03.48\"E")
    assert "degrees, minutes and seconds" in told
    for form in ("36.2021000, 37.1343000", "37S CA 32269 07977", "37S 332269 4007977", "8G8V642M+RP"):
        assert form in told
    assert "outside the theatre" in told


def test_json_has_the_radius_the_form_and_the_readings(mission):
    position = shown(mission, "36.2021, 37.1343")["position"]
    assert (position["radius_m"], position["form"]) == (8, "decimal degrees")
    assert position["readings"][0] == "latitude was taken first"


def test_a_southern_latitude_is_no_option(mission):
    assert shown(mission, "-33.9, 18.4")["position"]["written"]["utm"].startswith("34H ")


def test_a_question_is_asked_and_nothing_is_shown(mission):
    ran = mission.run("place", mission.mission, "36,37")
    assert (ran.code, ran.out) == (2, "")
    assert "is this latitude 36 and longitude 37, or the one number 36.37?" in ran.err


def test_a_name_has_candidates_and_may_stay_unresolved(mission):
    file = mission.file("places.json", json.dumps(GAZETTEER))
    told = shown(mission, "تل الزيتون", "--gazetteer", file)
    assert ([one["id"] for one in told["candidates"]], told["settled"]) == (["1", "2"], "1")
    namesakes = shown(mission, "Tall az-Zaytun", "--gazetteer", file)
    assert (len(namesakes["candidates"]), namesakes["settled"]) == (2, None)
    near = shown(mission, "Tall az-Zaytun", "--gazetteer", file, "--near", "34.01, 37.01")
    assert (near["settled"], near["candidates"][0]["distance_m"] < 1_500) == ("2", True)
    ran = mission.run("place", mission.mission, "Qwghlm", "--gazetteer", file)
    assert (ran.code, "stays unresolved" in ran.out) == (0, True)


def test_a_name_without_a_gazetteer_is_refused(mission):
    ran = mission.run("place", mission.mission, "Tall az-Zaytun")
    assert ran.code == 2
    assert "no position" in ran.err
