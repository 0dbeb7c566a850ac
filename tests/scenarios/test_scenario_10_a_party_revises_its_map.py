"""Scenario 10: a party revises its map on 3 May, valid from 20 April; both times are kept and nothing is altered."""

import json

import pytest

OLD, NEW = 36.0, 36.018
"""The line lies 2 km farther north in the new drawing."""


@pytest.fixture
def mission(desk):
    """Both parties drew the line alike in March; there is a finding on a place between the old and the new line."""
    desk.init()
    drawn(desk, "north", OLD, at="2025-03-01", because="Our map of March.")
    drawn(desk, "south", OLD, at="2025-03-01", because="Our map of March.")
    reported(desk, "between", "2025-03-25T10:00", 36.009)
    reported(desk, "far", "2025-03-25T11:00", 36.2)
    reported(desk, "earlier", "2025-03-10T10:00", 36.009)
    desk.act(
        act="finding", by="alpha", at="2025-03-26T09:00", about="ngo/between", held="happened", kind="shelling",
        what="Two shells.", when="2025-03-25T10:00", place={"position": "36.0090, 38.2000", "radius_m": 100},
        because="Seen by our patrol.", rests_on=["ngo/between"],
    )  # fmt: skip
    return desk


def reported(desk, name, when, lat):
    desk.reports(
        {"report_id": name, "source": "ngo", "when": when, "lat": f"{lat:.4f}", "lon": "38.2000", "radius_m": "100"}
    )


def line(lat):
    return {"type": "LineString", "coordinates": [[38, lat], [38.5, lat]]}


def drawn(desk, claimant, lat, **more):
    said = {"number": "L1", "claimant": claimant, "by": "alpha" if claimant == "north" else "beta"}
    sides = {"left": "north", "right": "south", "precision-m": 50}
    fields = {key.replace("-", "_"): value for key, value in {**said, **sides, **more}.items()}
    return desk.act(act="claim", says="claimed", geometry=json.dumps(line(lat)), **fields)["id"]


@pytest.fixture
def revised(mission):
    """Party B's layer of 3 April, stating that it is valid from 20 March."""
    new = drawn(mission, "south", NEW, at="2025-04-03T12:00", because="The line moved.", **{"from": "2025-03-20T00:00"})
    return mission, new


def claim(told, claimant):
    [number] = told["numbers"]
    [one] = [each for each in number["claims"] if each["claimant"] == claimant]
    return one


def test_both_the_valid_time_and_the_time_it_was_said_are_kept(revised):
    desk, new = revised
    one = claim(desk.told("territory", "L1", "--as-of", "2025-03-25"), "south")
    assert one["version"] == new
    assert one["from"].startswith("2025-03-20") and one["said"].startswith("2025-04-03")
    before = claim(desk.told("territory", "L1", "--as-of", "2025-03-15"), "south")
    assert before["version"] != new
    assert len(desk.told("territory", "L1")["numbers"][0]["versions"]) == 3


def test_the_record_as_it_was_still_shows_the_old_line(mission):
    size = mission.told("territory", "L1")["cut"]
    cut = next(iter(size.values()))[0]
    old = claim(mission.told("territory", "L1"), "south")["version"]
    drawn(mission, "south", NEW, at="2025-04-03T12:00", because="The line moved.", **{"from": "2025-03-20T00:00"})
    assert claim(mission.told("territory", "L1", "--known", cut), "south")["version"] == old


def test_past_findings_are_not_silently_changed_and_those_that_flip_are_listed(revised):
    desk, new = revised
    before = desk.told("findings")
    [revision] = flips(desk)["revisions"]
    assert (revision["claimant"], revision["new"], revision["late_days"]) == ("south", new, 14)
    assert [(one["what"], one["before"]["side"], one["after"]["side"]) for one in revision["flips"]] == [
        ("finding", "left", "right"),
        ("incident", "left", "right"),
    ]
    assert all(one["when"].startswith("2025-03-25T10:00") for one in revision["flips"])
    assert desk.told("findings") == before


def flips(desk):
    return desk.run("territory", "flips", desk.mission, "L1", "--json").json()


def test_what_is_shown_says_whose_line_and_which_version(revised):
    desk, new = revised
    printed = desk.printed("territory")
    assert new[:12] in printed
    assert "Every drawing is somebody's claim." in printed
    ran = desk.run("territory", "side", desk.mission, "L1", "36.009, 38.2", "--radius", "100")
    assert "36.009, 38.2, known to 100 m: undetermined." in ran.out
    told = desk.run("territory", "side", desk.mission, "L1", "36.009, 38.2", "--radius", "100", "--json").json()
    assert {one["claimant"]: one["toward"] for one in told["answers"]} == {"north": "north", "south": "south"}


def test_the_difference_is_told_with_its_ground(revised):
    desk, _ = revised
    [one] = desk.told("territory")["numbers"][0]["differences"]
    assert 1_990 <= one["most_m"] <= 2_010 and not one["explained"]
    [moved] = one["moved"]
    assert (moved["from_party"], moved["to_party"]) == ("north", "south")
    assert moved["least_m2"] < 45_085 * 1_997 < moved["most_m2"]


def test_the_map_that_is_given_away_says_whose_line_it_is_and_which_version(revised):
    desk, new = revised
    out = desk.folder / "claims.geojson"
    ran = desk.run("territory", "map", desk.mission, "--out", out, "--audience", "internal", "--as-of", "2025-03-25")
    assert ran.code == 0, ran.err
    said = {one["properties"]["claimant"]: one for one in json.loads(out.read_text())["features"]}
    assert said["south"]["properties"]["version"] == new
    assert said["south"]["geometry"] == line(NEW) and said["north"]["geometry"] == line(OLD)
    assert said["south"]["properties"]["said"].startswith("2025-04-03")
