"""`steps` tells where every step stands, jointly and as each body holds it, and why."""

import pytest

AS_OF = ("--as-of", "2025-05-01")


@pytest.fixture
def road(desk):
    """A road that south opened as the secretariat writes down, and on which the co-chairs differ as to north."""
    desk.init()
    for by, party, says, at in (
        ("secretariat", "south", "done", "2025-04-10T09:00"),
        ("alpha", "north", "not_done", "2025-04-18T12:00"),
        ("beta", "north", "done", "2025-04-14T09:00"),
        ("north_command", "north", "done", "2025-04-12T09:00"),
    ):
        desk.act(act="performance", by=by, at=at, about="river_road_open", party=party, says=says, because="Seen.")
    return desk


def row(desk, step, *options):
    [found] = [one for one in desk.told("steps", *AS_OF, *options)["steps"] if one["step"] == step]
    return found


def test_what_is_overdue_or_contested_comes_before_the_tree(road):
    lines = road.printed("steps", *AS_OF).splitlines()
    marked = [n for n, line in enumerate(lines) if line.startswith(("OVERDUE: ", "CONTESTED: "))]
    tree = next(n for n, line in enumerate(lines) if line.startswith("truce_extended ("))
    assert [lines[n].split(",")[0] for n in marked] == [
        "OVERDUE: truce_extended", "OVERDUE: river_road_open", "CONTESTED: river_road_open",
    ]  # fmt: skip
    assert max(marked) < tree


def test_a_step_stands_below_the_one_it_waits_for(road):
    tree = [(one["step"], one["depth"]) for one in road.told("steps", *AS_OF)["tree"]]
    assert tree == [("truce_extended", 0), ("joint_office", 1), ("river_road_open", 0)]
    assert "\n    joint_office (alpha, beta): conditional." in road.printed("steps", *AS_OF)


def test_where_two_differ_both_views_stand_side_by_side_and_jointly_neither_is_chosen(road):
    one = row(road, "river_road_open")
    assert (one["state"], one["contested"], one["by"]) == (
        "in_force", True, {"alpha": "breached", "beta": "fulfilled"},
    )  # fmt: skip


def test_by_a_body_the_steps_stand_as_it_alone_holds_them(road):
    assert row(road, "river_road_open", "--by", "alpha")["state"] == "breached"
    assert row(road, "river_road_open", "--by", "beta")["done"] == "2025-04-14T09:00:00+02:00"
    assert "As beta holds it." in road.printed("steps", *AS_OF, "--by", "beta")


def test_one_step_is_told_with_its_reasons_and_everybodys_words(road):
    told = road.printed("steps", "river_road_open", *AS_OF)
    for line in (
        "owed by north, south; verified by alpha, beta",
        "alpha holds it not done, as of 2025-04-18T12:00:00+02:00 (of north).",
        "beta holds it done since 2025-04-14T09:00:00+02:00 (of north).",
        "Contested, of north: both words are shown, and neither is chosen.",
        "What would settle it, of north: a performance entered by alpha.",
        "north_command on north: done, 2025-04-12T09:00:00+02:00",
    ):
        assert line in told


def test_asked_for_as_one_body_holds_it_the_joint_state_is_still_told_as_the_joint_one(road):
    told = road.printed("steps", "river_road_open", "--by", "beta", *AS_OF)
    assert "\njointly: in force\n" in told
    assert "\nas beta holds it: fulfilled\n" in told


def test_a_level_names_the_acts_it_rests_on_and_the_whole_is_told_by_body(road):
    told = road.told("steps", "river_road_open", *AS_OF)
    acts = {(word["by"], word["of"]): word["act"] for word in told["step"]["words"]}
    assert told["steps"][0]["level"]["beta"] == [3, 3]
    assert sorted(told["step"]["rests_on"]["beta"]) == sorted([acts["beta", "north"], acts["secretariat", "south"]])
    assert told["implementation"]["beta"] == {"rated": 1, "of": 3, "low_percent": 100, "high_percent": 100}


def test_of_itself_a_co_chair_is_not_asked_for_its_own_word(desk):
    desk.init()
    desk.act(
        act="performance", by="alpha", at="2025-03-16T09:00", about="truce_extended", party="alpha", says="done",
        because="Declared.",
    )  # fmt: skip
    alpha = desk.told("steps", "truce_extended", *AS_OF)["step"]["reasons_by"]["alpha"]
    assert "What would settle it, of alpha: a performance entered by a secretariat or an observer." in alpha


def test_before_a_word_was_said_it_is_not_heard(road):
    assert row(road, "river_road_open")["contested"]
    then = road.told("steps", "--as-of", "2025-04-12")["steps"]
    assert [one["contested"] for one in then] == [False, False, False]


def test_an_unknown_step_is_refused_and_those_there_are_named(road):
    ran = road.run("steps", road.mission, "bridge", *AS_OF)
    assert (ran.code, ran.out) == (2, "")
    assert "The pack 'example' has no step 'bridge'." in ran.err
    assert "It has: truce_extended, river_road_open, joint_office." in ran.err


def test_a_body_whose_word_decides_nothing_is_refused(road):
    ran = road.run("steps", road.mission, "--by", "north_command", *AS_OF)
    assert ran.code == 2
    assert "They are: alpha, beta." in ran.err


def test_a_time_that_has_not_come_is_refused(road):
    ran = road.run("steps", road.mission, "--as-of", "2199-01-01")
    assert ran.code == 2
    assert "has not come yet" in ran.err


def test_a_pack_without_steps_says_so(desk):
    desk.init("minsk-2015", None)
    assert "The agreement's pack has no steps." in desk.printed("steps")
    assert desk.told("steps")["steps"] == []
    assert "It has none." in desk.run("steps", desk.mission, "bridge").err


def test_the_picture_is_written_for_nobody_unless_it_is_said_for_whom(road):
    out = road.folder / "steps.svg"
    ran = road.run("steps", road.mission, *AS_OF, "--svg", out)
    assert ran.code == 2
    assert not out.exists()
    assert "Who is to read it?" in ran.err


@pytest.mark.parametrize("one", [("river_road_open",), ("--by", "beta")])
def test_the_picture_shows_the_joint_state_of_all_steps_and_is_not_made_of_less(road, one):
    out = road.folder / "steps.svg"
    ran = road.run("steps", road.mission, *one, *AS_OF, "--svg", out, "--audience", "internal")
    assert (ran.code, out.exists()) == (2, False)
    assert "The picture has all steps" in ran.err


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_the_picture_is_one_file_in_either_language(road, language, direction):
    out = road.folder / "steps.svg"
    asked = ("--svg", out, "--language", language, "--audience", "internal", "--json")
    told = road.run("steps", road.mission, *AS_OF, *asked).json()
    svg = out.read_text(encoding="utf-8")
    assert told == {"file": str(out), "bytes": len(svg.encode())}
    assert f'lang="{language}" direction="{direction}"' in svg
    assert "TLP:RED" in svg
