"""Whose holding makes a cut joint, and what silence does to it."""

from typing import NamedTuple

import pytest

from truceline.exchange.quorum import Joint, Policy, everyone, joint, objections, resolved, silent, speakers

NORTH_AND_SOUTH = Policy(("own", "south"))
DAY = 86_400


def test_a_log_is_joint_as_far_as_every_side_holds_it():
    assert joint(NORTH_AND_SOUTH, {"own": 90, "south": 70}) == Joint(70)
    assert joint(NORTH_AND_SOUTH, {"own": 90}) == Joint(0)


def test_two_of_three_are_enough_where_the_policy_says_so():
    policy = Policy(("own", "south", "secretariat"), at_least=2)
    assert joint(policy, {"own": 90, "south": 20, "secretariat": 60}) == Joint(60)


def test_silence_freezes_unless_the_policy_says_otherwise():
    holds = {"own": 90, "south": 20, "secretariat": 60}
    assert joint(NORTH_AND_SOUTH, holds, ["south"]) == Joint(20)
    alone = Policy(("own", "south"), silence="alone", silent_after_days=14)
    assert joint(alone, holds, ["south"]) == Joint(90, ("south",))
    guarded = Policy(("own", "south"), silence="guarantor", silent_after_days=14, guarantor="secretariat")
    assert joint(guarded, holds, ["south"]) == Joint(60, ("south",), stand_in=True)
    assert joint(guarded, holds, []) == Joint(20)


def test_the_guarantor_has_one_voice_however_many_are_silent():
    policy = Policy(("own", "east", "south"), silence="guarantor", silent_after_days=1, guarantor="un")
    assert joint(policy, {"own": 9, "un": 7}, ["east", "south"]) == Joint(7, ("east", "south"), stand_in=True)
    assert joint(policy, {"own": 9}, ["east", "south"]) == Joint(0)


def test_what_was_joint_stays_joint_when_a_side_falls_silent():
    alone = Policy(("own", "south"), silence="alone", silent_after_days=14)
    assert joint(alone, {"own": 20, "south": 20}, ["south"]) == Joint(20)


def test_a_side_is_silent_after_so_many_days_without_a_word():
    policy = Policy(("own", "south"), silence="alone", silent_after_days=14)
    assert silent(policy, {"south": 0}, 14 * DAY) == ()
    assert silent(policy, {"south": 0}, 14 * DAY + 1) == ("south",)
    assert silent(NORTH_AND_SOUTH, {}, 10**9) == ()


def test_without_a_policy_everyone_known_is_needed():
    assert everyone(["own", "south", "own"]) == Policy(("own", "south"))


@pytest.mark.parametrize(
    "policy",
    [
        Policy(()),
        Policy(("own", "own")),
        Policy(("own", "east")),
        Policy(("own", "south"), at_least=3),
        Policy(("own", "south"), at_least=0),
        Policy(("own", "south"), silence="guarantor"),
        Policy(("own", "south"), guarantor="un"),
        Policy(("own", "south"), silence="guarantor", guarantor="south"),
        Policy(("own", "south"), silence="guarantor", guarantor="east"),
        Policy(("own", "south"), silent_after_days=0),
    ],
)
def test_a_policy_that_cannot_be_met_is_objected_to(policy):
    assert objections(policy, {"own", "south", "un"})
    assert not objections(Policy(("own", "south"), silence="guarantor", guarantor="un"), {"own", "south", "un"})


class HeldLog(NamedTuple):
    origin: str
    side: str


SPEAKS = Policy(("north", "south"), speaks={"alpha": "north", "beta": "south", "secretariat": "un"})


def test_a_body_is_spoken_for_in_the_logs_of_its_side_alone():
    logs = [HeldLog("n1", "own"), HeldLog("n2", "own"), HeldLog("s1", "south")]
    told = speakers(Policy(("own", "south"), speaks={"alpha": "own", "beta": "south", "board": "east"}), logs)
    assert told == {"alpha": frozenset({"n1", "n2"}), "beta": frozenset({"s1"}), "board": frozenset()}
    assert speakers(everyone(["own", "south"]), logs) == {}


def test_two_holders_of_one_policy_agree_on_who_speaks():
    as_north = Policy(SPEAKS.sides, speaks=SPEAKS.speaks, own="north")
    as_south = Policy(SPEAKS.sides, speaks=SPEAKS.speaks, own="south")
    in_north = speakers(as_north, [HeldLog("n1", "own"), HeldLog("n2", "north"), HeldLog("s1", "south")])
    in_south = speakers(as_south, [HeldLog("s1", "own"), HeldLog("n1", "north"), HeldLog("n2", "north")])
    assert in_north == in_south == {
        "alpha": frozenset({"n1", "n2"}), "beta": frozenset({"s1"}), "secretariat": frozenset(),
    }  # fmt: skip


def test_the_own_side_has_the_name_that_the_agreement_gives_it():
    policy = Policy(("north", "south"), silence="guarantor", guarantor="un", own="north", silent_after_days=1)
    assert resolved(policy) == Policy(("own", "south"), silence="guarantor", guarantor="un", silent_after_days=1)
    assert not objections(policy, {"own", "south", "un"})
    assert objections(Policy(("own", "south"), own="own"), {"own", "south"})


def test_an_unknown_side_or_body_is_objected_to_with_the_mend():
    [side] = objections(Policy(("own", "east")), {"own", "south"})
    assert "'east' is no side" in side and "own, south" in side and "exchange add" in side
    policy = Policy(("own", "south"), speaks={"gamma": "south"})
    [body] = objections(policy, {"own", "south"}, ["alpha", "beta"])
    assert "'gamma' is no body" in body and "alpha, beta" in body
    assert not objections(policy, {"own", "south"})
