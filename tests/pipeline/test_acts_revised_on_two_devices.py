"""One side, two devices: both revise one act without having seen the other; both stand until one act revises both."""

import json
import secrets
from typing import Any

import pytest

from truceline.pipeline.releasing import Wanted, release

FINDING = {
    "act": "finding", "by": "alpha", "at": "2025-03-21T09:00", "about": "Shelling of 20 March", "held": "happened",
    "what": "Twelve impacts.", "because": "Craters seen.",
}  # fmt: skip
NOW_US = 1_742_900_000_000_000


def carry(giver, taker, name: str) -> None:
    """Everything of the giver released to all, on a stick."""
    release(giver.mission, Wanted(to=("all",), because="One side.", since=0), now_us=NOW_US, chance=secrets.token_bytes)
    stick = giver.folder / "stick.bundle"
    for words in (("bundle", giver.mission, stick, "--for", name), ("accept", taker.mission, stick)):
        ran = giver.run("exchange", *words)
        assert ran.code == 0, ran.err


@pytest.fixture
def devices(office, tmp_path) -> Any:
    """Two devices that name each other as of one side; the second has read a finding of the first."""
    one, two = (office.Desk(tmp_path / name) for name in ("one", "two"))
    for desk in (one, two):
        desk.folder.mkdir()
        desk.init()
    for desk, other, name in ((one, two, "two"), (two, one, "one")):
        key = other.run("log", "head", other.mission, "--json").json()["key"]
        added = desk.run("exchange", "add", desk.mission, name, "--key", key, "--how", "cable", "--side", "own")
        assert added.code == 0, added.err
    carry(two, one, "one")
    one.found = one.act(**FINDING)["id"]
    carry(one, two, "two")
    return one, two


def revise(desk, held: str, *ids: str, at: str = "2025-03-22T09:00") -> str:
    return str(desk.act(**FINDING | {"at": at, "held": held, "revises": list(ids)})["id"])


def in_force(desk) -> set[str]:
    return {one["id"] for one in desk.told("acts")["acts"]}


def test_a_device_revises_what_another_of_its_side_found(devices):
    one, two = devices
    newer = revise(two, "undetermined", one.found)
    assert in_force(two) == {newer}
    carry(two, one, "one")
    assert in_force(one) == {newer}
    assert one.told("rebuild")["same"] and two.told("rebuild")["same"]


def test_two_revisions_stand_as_rivals_until_one_act_revises_both(devices):
    one, two = devices
    first, second = revise(one, "undetermined", one.found), revise(two, "did_not_happen", one.found)
    carry(one, two, "two")
    carry(two, one, "one")
    assert in_force(one) == in_force(two) == {first, second}
    settled = revise(two, "happened", first, second, at="2025-03-23T09:00")
    carry(two, one, "one")
    assert in_force(one) == in_force(two) == {settled}
    for desk in devices:
        assert desk.told("rebuild")["same"]
        assert desk.told("audit")["faults"] == []
        assert desk.stored("SELECT count(DISTINCT id) FROM act") == [(4,)]  # nothing is lost


def test_what_another_device_replaced_already_can_be_revised_here_as_its_rival(devices):
    one, two = devices
    second = revise(two, "did_not_happen", one.found)
    carry(two, one, "one")
    first = revise(one, "undetermined", one.found)
    assert in_force(one) == {first, second}
    assert one.told("rebuild")["same"]


def test_a_device_takes_back_what_another_of_its_side_found(devices):
    one, two = devices
    back = two.act(act="withdrawal", by="alpha", at="2025-03-22T09:00", of=one.found, because="No.")["id"]
    assert in_force(two) == {back}
    carry(two, one, "one")
    assert in_force(one) == {back}
    assert one.told("rebuild")["same"] and two.told("rebuild")["same"]


def test_a_log_of_another_side_is_not_revised_even_for_the_same_body(devices, office, tmp_path):
    one, _ = devices
    third = office.Desk(tmp_path / "third")
    third.folder.mkdir()
    third.init()
    for desk, other, name in ((one, third, "third"), (third, one, "one")):
        key = other.run("log", "head", other.mission, "--json").json()["key"]
        assert desk.run("exchange", "add", desk.mission, name, "--key", key, "--how", "paper").code == 0
    carry(third, one, "one")
    carry(one, third, "third")
    written = json.dumps(FINDING | {"at": "2025-03-22", "held": "undetermined", "revises": [one.found]})
    ran = third.run("enter", third.mission, third.file("act.yaml", written))
    assert ran.code == 2
    assert "has not named this one as of its own side" in ran.err
