"""Exhibits and findings that another holder opened: the salt stays sealed, the custody of both makes one chain."""

import hashlib
from typing import Any

import pytest

PICTURE = b"the crater"


@pytest.fixture
def two(holders: Any) -> Any:
    """A north and a south that know each other; the north has a report and a picture of it."""
    nodes = holders(north="north", south="south")
    desk = nodes.desks["north"]
    desk.reports({"report_id": "r", "when": "2025-03-20T10:00", "area": "river_towns"})
    nodes.meet("north", "south")
    return nodes


def enter_picture(desk: Any, *more: str) -> str:
    ran = desk.run("exhibit", "add", desk.mission, desk.file("crater.jpg", PICTURE), "--title", "Crater", "--report",
                   "patrol/r", "--by", "alpha", "--because", "Sent.", *more, "--json")  # fmt: skip
    assert ran.code == 0, ran.err
    return str(ran.json()["id"])


def test_a_salt_that_was_not_opened_leaves_it_open_whether_the_file_is_the_same(two):
    north, south = two.desks["north"], two.desks["south"]
    added = enter_picture(north, "--salted")
    two.release("north", added, fields="who,matter,because")
    two.meet("north", "south")
    shown = south.run("exhibit", "show", south.mission, "--json").json()["exhibits"]
    assert [one["id"] for one in shown] == [added]
    ran = south.run("exhibit", "check", south.mission, added[:16], south.file("crater.jpg", PICTURE), "--json")
    assert ran.json()["same"] is None
    assert (
        "the salt of the fingerprint cannot be read here"
        in south.run("exhibit", "check", south.mission, added[:16], south.folder / "crater.jpg").out
    )
    held = b"".join(path.read_bytes() for path in south.folder.glob("*.truceline*"))
    [(content,)] = north.stored("SELECT content FROM act WHERE act = 'exhibit'")
    salt = content.partition('"salt":"')[2][:64]
    assert len(salt) == 64
    assert salt.encode() not in held
    assert bytes.fromhex(salt) not in held
    assert north.told("rebuild")["same"] and south.told("rebuild")["same"]


def test_the_custody_of_two_holders_is_one_chain(two):
    north, south = two.desks["north"], two.desks["south"]
    added = enter_picture(north, "--at", "2025-03-21T09:00")
    given = north.run("exhibit", "custody", north.mission, added, "handed_over", "--holder", "alpha", "--to", "beta",
                      "--by", "alpha", "--because", "Joint.", "--at", "2025-03-21T10:00",
                      "--json").json()["id"]  # fmt: skip
    two.release("north", added)
    two.release("north", given)
    two.meet("north", "south")
    [waiting] = south.run("exhibit", "show", south.mission, "--json").json()["exhibits"]
    assert waiting["awaited"] == "handed over to beta, who has not said that it arrived"
    took = south.run("exhibit", "custody", south.mission, added, "received", "--holder", "beta", "--by", "beta",
                     "--because", "Joint.", "--at", "2025-03-21T12:00", "--file", south.file("c.jpg", PICTURE),
                     "--json")  # fmt: skip
    assert took.code == 0, took.err
    [held] = south.run("exhibit", "show", south.mission, "--json").json()["exhibits"]
    assert (held["state"], held["holder"], held["awaited"]) == ("whole", "beta", "")
    assert held["sha256"] == hashlib.sha256(PICTURE).hexdigest()


def test_findings_of_both_sides_stand_side_by_side_in_the_shared_view(two):
    north, south = two.desks["north"], two.desks["south"]
    [report] = [one for (one,) in north.stored("SELECT id FROM report")]
    for desk, name, by, held in ((north, "north", "alpha", "happened"), (south, "south", "beta", "did_not_happen")):
        if desk is south:
            two.release("north", report)
            two.meet("north", "south")
        file = desk.file("f.yaml", f"by: {by}\nat: 2025-03-22\nheld: {held}\nwhat: A shell.\nbecause: So.\n")
        entered = desk.run("finding", desk.mission, "patrol/r", "--file", file, "--json")
        assert entered.code == 0, entered.err
        two.release(name, entered.json()["id"])
    two.meet("north", "south")
    for desk in (north, south):
        told = desk.told("dossier", "patrol/r", "--view", "shared")
        assert [(one["by"], one["held"]) for one in told["findings"]] == [
            ("alpha", "happened"),
            ("beta", "did_not_happen"),
        ]
        assert told["attribution"]["listed_under"] == ""
