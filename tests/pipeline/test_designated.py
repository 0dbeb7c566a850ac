"""`excluded`, `associated`, `members`, `list` and `screen` on a mission: by name, by date, by cut."""

import pytest

MEMBER = {"act": "membership", "by": "secretariat", "at": "2025-03-10", "body": "support_group", "says": "member",
          "because": "By letter."}  # fmt: skip


def names(told) -> dict[str, str]:
    return {one["name"]: one["says"] for one in told["said"]}


def test_the_members_of_a_body_by_date_and_by_what_was_known(desk):
    desk.init()
    desk.act(**MEMBER, member="Coast Union", to="2025-03-31")
    desk.act(**MEMBER | {"at": "2025-04-10"}, member="Island Republic", **{"from": "2025-03-01"})
    assert names(desk.told("members", "support_group", "--on", "2025-03-20")) == {
        "Coast Union": "member", "Island Republic": "member",
    }  # fmt: skip
    assert names(desk.told("members", "support_group", "--on", "2025-04-20")) == {"Island Republic": "member"}
    assert names(desk.told("members", "support_group", "--as-of", "2025-04-01", "--on", "2025-03-20")) == {
        "Coast Union": "member"
    }
    assert "Nobody said who belongs to it." in desk.printed("members", "other_group")
    printed = desk.printed("members", "support_group", "--on", "2025-03-20")
    assert "Coast Union: member" in printed and "secretariat: member, from 2025-03-10" in printed


def test_whose_force_it_is_by_whose_claim(desk):
    desk.init()
    link = {"act": "association", "at": "2025-03-16", "force": "Hill Company", "of": "Front of the Plain"}
    desk.act(**link, by="north_command", says="associated", because="Seen together.")
    assert names(desk.told("associated", "hill_company", "--on", "2025-03-20")) == {"Front of the Plain": "claimed"}
    desk.act(**link, by="alpha", says="associated", because="Its command says so.")
    desk.act(**link, by="beta", says="not_associated", because="It denies it.")
    assert names(desk.told("associated", "Hill Company", "--on", "2025-03-20")) == {"Front of the Plain": "disputed"}
    assert names(desk.told("associated", "Valley Guard")) == {}
    assert "    beta: not associated" in desk.printed("associated", "Hill Company")


def test_exclusion_is_told_of_one_by_name_per_instrument_and_co_chair(desk):
    desk.init()
    desk.act(act="exclusion", by="alpha", at="2025-03-25T09:00", actor="Hill Company", instrument="truce_text",
             says="excluded", because="Decided at the meeting.", persistent=True)  # fmt: skip
    told = desk.told("excluded", "Hill Company", "--on", "2025-03-26", "--instrument", "truce_text")
    [one] = told["instruments"]
    assert (one["answer"], one["by"]) == ("disputed", {"alpha": "excluded", "beta": "unknown"})
    assert told["words"][0]["says"] == "excluded"
    [before] = desk.told("excluded", "Hill Company", "--on", "2025-03-24", "--instrument", "truce_text")["instruments"]
    assert before["answer"] == "unknown"
    printed = desk.printed("excluded", "Hill Company", "--on", "2025-03-26")
    assert "truce_text: disputed  (alpha: excluded, beta: unknown)" in printed
    assert "The co-chairs differ." in printed


@pytest.mark.parametrize(
    "words", [("excluded",), ("excluded", " "), ("associated",), ("screen", " ", "--list-file", "x")]
)
def test_nobody_is_told_of_who_is_not_asked_for(desk, words):
    desk.init()
    ran = desk.run(words[0], desk.mission, *words[1:])
    assert ran.code == 2
    assert ran.out == ""


@pytest.mark.parametrize("command", ["excluded", "associated", "members"])
def test_what_has_not_come_is_not_told(desk, command):
    desk.init()
    for options in (("--as-of", "2199-01-01"), ("--on", "2199-01-01"), ("--as-of", "2025-03-01", "--on", "2025-04-01")):
        ran = desk.run(command, desk.mission, "hill_company", *options)
        assert ran.code == 2
        assert "2199" in ran.err or "2025-04-01" in ran.err


def test_an_instrument_that_is_not_there_and_a_list_that_is_none(desk):
    desk.init()
    ran = desk.run("excluded", desk.mission, "Hill Company", "--instrument", "annex_z")
    assert ran.code == 2 and "truce_text" in ran.err
    ran = desk.run("list", "add", desk.mission, desk.file("l.xml", "<a/>"), "--by", "alpha", "--list", "other")
    assert ran.code == 2 and "un_sc" in ran.err
    ran = desk.run("list", "add", desk.mission, desk.folder / "none.xml", "--by", "alpha")
    assert ran.code == 2 and "cannot be read" in ran.err
    assert "No version of a list is held" in desk.run("list", "show", desk.mission).out
