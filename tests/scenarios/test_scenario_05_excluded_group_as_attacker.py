"""Scenario 5: the excluded group shells a village. Violence and harm, never a violation by a signatory."""

import json

import pytest

DAY = "2016-03-10"
SHELLING = {
    "source": "patrol", "when": f"{DAY}T09:00", "kind": "shelling", "side_a": "Jabhat al-Nusra",
    "side_b": "Syrian army",
    "area": "Idleb", "killed_low": 3, "killed_best": 4, "killed_high": 6,
}  # fmt: skip
NAMES = ["Jabhat al-Nusra", "جبهة النصرة", "Jabhat Fateh al-Sham", "IS"]


@pytest.mark.parametrize("reading", ["strict", "lenient"])
@pytest.mark.parametrize("name", NAMES)
def test_an_attack_by_an_excluded_group_is_violence_and_no_violation(desk, reading, name):
    desk.init("syria-2016", reading)
    desk.watched("2016-03-08", "2016-03-12", "nationwide")
    desk.reports(SHELLING | {"side_a": name})
    between = desk.cells("between_parties", "--area", "idleb", "--as-of", "2016-04-01")
    everything = desk.cells("all_incidents", "--area", "idleb", "--as-of", "2016-04-01")
    assert all((cell["low"], cell["high"]) == (0, 0) for cell in between.values())
    assert sum(cell["low"] for cell in everything.values()) == 1
    quiet = [day for (_, day), cell in between.items() if cell["verdict"] == "quiet"]
    assert DAY in quiet


def test_the_harm_it_did_is_counted(desk):
    desk.init("syria-2016")
    taken = desk.reports(SHELLING)
    assert taken["totals"]["deaths"] == {"low": 3, "best": 4, "high": 6}
    [told] = [
        one for one in desk.told("evaluate")["compared"]
        if (one["comparison"], one["indicator"]) == ("february_two_weeks", "all_incidents")
    ]  # fmt: skip
    assert told["after"]["killed_best"] == 4
    assert (told["after"]["surely"], told["after"]["maybe"]) == (1, 0)


def test_the_seven_days_are_not_broken_by_it(desk):
    desk.init("syria-2016")
    desk.reports(SHELLING | {"when": "2016-09-13T12:00", "side_a": "Jabhat Fath al-Sham"})
    clock = desk.clock("seven_days_from_day_d", "--as-of", "2016-09-15T19:00")
    assert clock["state"] == "running"
    assert clock["verdict"] == "cannot_tell"  # nobody says they watched; the attack itself breaks nothing
    assert [area["low"] for area in clock["areas"]] == [0] * 14


def test_the_same_shells_between_the_parties_do_count(desk):
    desk.init("syria-2016")
    desk.reports(SHELLING | {"side_a": "Ahrar al-Sham"})
    cell = desk.cell("between_parties", "idleb", DAY)
    assert (cell["verdict"], cell["low"]) == ("not_quiet", 1)


def test_a_village_shelled_together_with_a_signatory_is_not_decided_by_the_program(desk):
    desk.init("syria-2016")
    desk.reports(SHELLING | {"side_a": "Jabhat al-Nusra; Ahrar al-Sham"})
    cell = desk.cell("between_parties", "idleb", DAY)
    assert (cell["verdict"], cell["low"], cell["high"]) == ("cannot_tell", 0, 1)
    assert any("its sides" in reason for reason in cell["reasons"])


def test_what_was_said_is_stored_as_said(desk):
    desk.init("syria-2016")
    desk.reports(SHELLING)
    [(side_a, side_b, kind)] = desk.stored("SELECT side_a, side_b, kind FROM report")
    assert (json.loads(side_a), json.loads(side_b), kind) == (["Jabhat al-Nusra"], ["Syrian army"], "shelling")


def test_the_old_name_after_the_renaming_is_unresolved_and_never_guessed(desk):
    desk.init("syria-2016")
    desk.reports(SHELLING | {"when": "2016-09-13T12:00"})
    cell = desk.cell("between_parties", "idleb", "2016-09-13")
    assert (cell["verdict"], cell["low"], cell["high"]) == ("cannot_tell", 0, 1)
