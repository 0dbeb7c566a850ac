"""An act by a body of ours in the log of another side: it stands beside ours, or does not count at all."""

import pytest

DECLARED = {"act": "declaration", "by": "alpha", "clock": "seven_quiet_days", "because": "So we read it."}


@pytest.fixture
def two(holders):
    """North has declared; south has seen it, and declares the opposite by the same body. Both are released."""
    nodes = holders(north="north", south="south")
    nodes.ours = nodes.act("north", at="2025-03-20T09:00", says="met", **DECLARED)
    nodes.release("north")
    nodes.meet()
    nodes.theirs = nodes.act("south", at="2025-03-21T09:00", says="not_met", **DECLARED)
    nodes.release("south")
    nodes.meet()
    return nodes


def opposed(nodes, name):
    return [{act["id"] for act in one["acts"]} for one in nodes.told(name, "rivals")["rivals"]]


def test_an_act_from_another_side_goes_before_none_though_its_author_had_seen_ours(two):
    for name in two.sides:
        assert opposed(two, name) == [{two.ours, two.theirs}], name


def test_an_act_of_our_body_does_not_count_from_a_side_that_does_not_speak_for_it(two):
    before = two.told("north", "clocks")
    for name, own in (("north", "north"), ("south", "south")):
        policy = two.desks[name].file("policy.yaml", "sides: [north, south]\nspeaks: {alpha: north}\n")
        two.run(name, "exchange", "policy", "--", str(policy), words=("--own", own))
    two.meet()
    for name in two.sides:
        assert opposed(two, name) == [], name
    said = [two.told(name, "clocks")["clocks"] for name in two.sides]
    assert said[0] == said[1] != before["clocks"]
    assert all(two.ours in str(one) and two.theirs not in str(one) for one in said)


def test_without_a_policy_the_opposed_words_make_the_clock_contested(two):
    for name in two.sides:
        [clock] = [one for one in two.told(name, "clocks")["clocks"] if one["clock"] == "seven_quiet_days"]
        assert clock["state"] == "contested", name
