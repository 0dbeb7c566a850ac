"""A clock that is a day wrong, or jumps: order, cuts, proofs and joint cuts stand; what is dated says its date."""

import random
import time
from datetime import UTC, datetime

import pytest

from truceline.store.mission_file import MissionFile

DAY_S = 86_400
START_S = 1_767_225_600
"""1 January 2026, 00:00 UTC."""


class Clock:
    """The clock of the machine on which a command runs: the true time, and how far it is wrong (seconds)."""

    def __init__(self):
        self.now_s, self.wrong_s = START_S, 0

    def time_ns(self):
        return (self.now_s + self.wrong_s) * 1_000_000_000


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(time, "time_ns", made.time_ns)
    return made


@pytest.fixture
def two(clock, pair, tmp_path):
    return pair(tmp_path / "two")


def written(s):
    return f"{datetime.fromtimestamp(s, UTC):%Y-%m-%dT%H:%M:%SZ}"


def carried(giver, taker):
    stick = giver.folder / "stick"
    assert giver.run("exchange", "bundle", giver.mission, stick).code == 0
    ran = taker.run("exchange", "accept", taker.mission, stick)
    assert ran.code == 0, ran.err
    return ran


def listed(desk, *more):
    told = desk.run("exchange", "list", desk.mission, *more, "--json").json()
    return told, {log["name"]: log for log in told["logs"]}


def acted(desk, faults, name):
    ran = desk.run("enter", desk.mission, desk.file(f"{name}.yaml", faults.declared(name)), "--json")
    return ran.json()["acts"][0]["id"], ran.err


def test_order_cuts_and_joint_cuts_stand_whatever_the_clocks_say(two, clock, faults, seed):
    draw = random.Random(seed)
    entered, known = {desk.mission: [] for desk in two}, {desk.mission: [] for desk in two}
    for step in range(40):
        desk, other = draw.sample(two, 2)
        clock.now_s += draw.randrange(1, 4_000)
        clock.wrong_s = draw.choice([0, DAY_S, -DAY_S, draw.randrange(-3 * DAY_S, 3 * DAY_S)])
        if draw.random() < 0.6:
            entered[desk.mission].append(acted(desk, faults, f"s{step}")[0])
        else:
            carried(desk, other)
        head = desk.run("log", "head", desk.mission, "--json").json()
        known[desk.mission].append((head["size"], head["root"]))
    for desk, other in (two, reversed(two)):
        carried(desk, other)
    carried(*two)
    for desk in two:
        assert desk.run("audit", desk.mission).code == 0
        held = [act["id"] for act in desk.told("acts")["acts"]]
        assert [one for one in held if one in entered[desk.mission]] == entered[desk.mission]
        with MissionFile.open(desk.mission) as mission:
            assert known[desk.mission] == sorted(known[desk.mission])
            for size, root in known[desk.mission]:
                assert mission.cut(size)[mission.origin] == [size, root]
    (_, north), (_, south) = (listed(desk) for desk in two)
    assert (north["own"]["size"], north["own"]["root"]) == (south["north"]["size"], south["north"]["root"])
    assert north["south"]["joint"] == north["south"]["size"] > 0
    assert south["north"]["joint"] == south["north"]["size"] > 0


def test_a_clock_that_was_a_day_ahead_is_told_when_it_is_right_again(two, clock, faults):
    north, _ = two
    clock.now_s += 3_600
    clock.wrong_s = DAY_S
    assert acted(north, faults, "ahead")[1] == ""
    clock.now_s, clock.wrong_s = clock.now_s + 60, 0
    _, err = acted(north, faults, "right")
    assert f"The clock says {written(clock.now_s)}, and this mission was last dated" in err
    assert written(clock.now_s - 60 + DAY_S) in err
    clock.now_s += 60
    assert acted(north, faults, "later")[1] == ""
    assert north.run("audit", north.mission).code == 0


def test_what_is_dated_says_the_date_that_its_signer_s_clock_had(two, clock, faults):
    north, south = two
    clock.now_s += 3_600
    acted(north, faults, "one")
    clock.wrong_s = -DAY_S
    carried(north, south)
    clock.wrong_s = 0
    carried(south, north)
    [cosigned] = listed(north)[1]["own"]["cosigned"]
    assert (cosigned["by"], cosigned["dated_s"]) == ("south", clock.now_s - DAY_S)
    assert written(clock.now_s - DAY_S) in north.run("exchange", "list", north.mission).out


def test_a_time_asks_for_what_was_dated_by_then_and_a_size_for_what_was_there(two, clock, faults):
    """A clock a day behind makes what it dates known a day too early by time; by size nothing changes."""
    north, _ = two
    clock.now_s += 2 * DAY_S
    acted(north, faults, "right")
    before = north.run("log", "head", north.mission, "--json").json()
    clock.now_s, clock.wrong_s = clock.now_s + 3_600, -DAY_S
    acted(north, faults, "behind")
    day_before = written(clock.now_s - DAY_S)
    with MissionFile.open(north.mission) as mission:
        assert mission.resolve_cut(day_before) == mission.size
        assert mission.resolve_cut(f"{before['size']}:{before['root']}") == before["size"] == mission.size - 1


POLICY = "sides: [own, south]\nsilence: alone\nsilent_after_days: 1\n"


@pytest.mark.parametrize(
    ("wrong_s", "after_s", "silent"),
    [
        (0, 3_600, []),
        (0, DAY_S + 3_600, ["south"]),
        (-DAY_S, 3_600, ["south"]),  # it cosigned an hour ago, and its clock said yesterday
        (DAY_S, DAY_S + 3_600, []),  # it has been silent for a day, and its clock had said tomorrow
        (DAY_S, 2 * DAY_S + 3_600, ["south"]),
    ],
)
def test_a_side_is_silent_by_the_dates_it_signed_and_by_the_clock_of_whoever_asks(
    two, clock, faults, wrong_s, after_s, silent
):
    """A clock wrong by a day makes a side silent a day too early or too late; the cut is marked, never changed."""
    north, south = two
    clock.now_s += 10 * DAY_S
    assert north.run("exchange", "policy", north.mission, north.file("policy.yaml", POLICY)).code == 0
    acted(north, faults, "one")
    clock.wrong_s = wrong_s
    carried(north, south)
    clock.wrong_s = 0
    carried(south, north)
    clock.now_s += after_s
    told, logs = listed(north)
    assert told["silent"] == silent
    cosigned = max(one["size"] for one in logs["own"]["cosigned"])
    assert logs["own"]["without"] == (silent if logs["own"]["joint"] > cosigned else [])
    assert logs["own"]["joint"] == (logs["own"]["size"] if silent else cosigned)


def test_an_own_clock_that_is_ahead_makes_the_others_seem_silent_until_it_is_set_right(two, clock, faults):
    north, south = two
    clock.now_s += 10 * DAY_S
    assert north.run("exchange", "policy", north.mission, north.file("policy.yaml", POLICY)).code == 0
    carried(north, south)
    carried(south, north)
    clock.now_s, clock.wrong_s = clock.now_s + 3_600, DAY_S
    assert listed(north)[0]["silent"] == ["south"]
    clock.wrong_s = 0
    assert listed(north)[0]["silent"] == []
