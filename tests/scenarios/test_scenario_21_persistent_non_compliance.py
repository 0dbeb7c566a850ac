"""Scenario 21: four agreed violations of a party in ten days; a referral is proposed, people decide, for the future."""

import pytest

WHEN = ("2025-03-16", "2025-03-18", "2025-03-20", "2025-03-25")


@pytest.fixture
def mission(desk):
    """A mission under the strict reading: four agreed matters within ten days are persistent."""
    return desk.init()


def determined(desk, by, number, when, category="minor_violation", party="River Brigade", **more):
    about = {"about": f"matter {number}", "category": category, "when": when, "party": party}
    return desk.act(act="determination", by=by, at="2025-03-27", because=f"{by} looked.", **about, **more)["id"]


def agreed(desk, number, when, **more):
    return [determined(desk, by, number, when, **more) for by in ("alpha", "beta")]


def test_four_agreed_matters_within_ten_days_are_proposed_with_the_list_and_the_decider(mission):
    acts = [agreed(mission, number, when) for number, when in enumerate(WHEN)]
    told = mission.told("referrals")
    [one] = told["proposed"]
    assert one["party"] == "river_brigade"
    assert [matter["acts"] for matter in one["matters"]] == acts
    assert told["rule"]["decider"] == "The conference of ministers"
    printed = mission.printed("referrals")
    assert "The conference of ministers decides what follows" in printed
    assert "Proposed: River Brigade (river_brigade), 4 agreed matters; not referred." in printed
    assert "Nothing was referred." in printed


def test_what_one_co_chair_holds_alone_proposes_nothing(mission):
    for number, when in enumerate(WHEN):
        determined(mission, "alpha", number, when)
    for number, when in enumerate(WHEN[:3]):
        determined(mission, "beta", number, when)
    assert mission.told("referrals")["proposed"] == []
    determined(mission, "beta", 3, WHEN[3], category="not_an_incident")
    assert mission.told("referrals")["proposed"] == []


@pytest.mark.parametrize(("last", "proposed"), [("2025-03-25T23:59", 1), ("2025-03-26T00:00", 0)])
def test_ten_days_are_half_open(mission, last, proposed):
    for number, when in enumerate((*WHEN[:3], last)):
        agreed(mission, number, when)
    assert len(mission.told("referrals")["proposed"]) == proposed


def test_a_taken_back_determination_takes_the_proposal_back(mission):
    acts = [agreed(mission, number, when) for number, when in enumerate(WHEN)]
    first = acts[0][0]
    withdrawn = mission.act(act="withdrawal", by="alpha", at="2025-03-28", of=first, because="Looked again.")["id"]
    assert mission.told("referrals")["proposed"] == []
    mission.act(act="withdrawal", by="alpha", at="2025-03-29", of=withdrawn, because="It was right.")
    determined(mission, "alpha", 0, WHEN[0])
    assert len(mission.told("referrals")["proposed"]) == 1


def test_a_referral_is_an_act_of_a_body_and_stands_beside_the_proposal(mission):
    for number, when in enumerate(WHEN):
        agreed(mission, number, when)
    to = "The conference of ministers"
    act = mission.act(
        act="referral", by="secretariat", at="2025-03-28", party="River Brigade", to=to, because="Four in ten days."
    )["id"]
    told = mission.told("referrals")
    assert told["proposed"][0]["referred"] == [act]
    assert told["referrals"][0]["to"] == to


def test_another_reading_proposes_nothing_and_says_why(mission):
    for number, when in enumerate(WHEN):
        agreed(mission, number, when)
    assert mission.told("referrals", "--reading", "lenient")["proposed"] == []
    assert "does not say when non-compliance is persistent" in mission.printed("referrals", "--reading", "lenient")


def found(desk, by, when):
    """A body's finding that the River Brigade shelled the Northern Army."""
    desk.act(
        act="finding", by=by, at="2025-04-02", about=f"shelling of {when}", held="happened", what="x", because="x",
        when=when, kind="shelling", place={"area": "river_towns"}, attributed_to="River Brigade",
        attribution="single_side_a", against=["Northern Army"],
    )  # fmt: skip


def test_an_exclusion_that_is_decided_applies_from_the_decision_on_only(mission):
    for by in ("alpha", "beta"):
        for when in ("2025-03-28", "2025-04-01"):
            found(mission, by, when)
        mission.act(
            act="exclusion", by=by, at="2025-03-30", actor="River Brigade", instrument="exclusion_annex",
            says="excluded", persistent=True, because="Referred, and decided.",
        )  # fmt: skip
    asked = ("--obligation", "no_attacks", "--party", "south")
    before = mission.told("assess", *asked, "--from", "2025-03-28", "--to", "2025-03-28")["assessments"][0]
    after = mission.told("assess", *asked, "--from", "2025-04-01", "--to", "2025-04-01")["assessments"][0]
    assert (before["outcome"], before["by"]) == ("breached", {"alpha": "breached", "beta": "breached"})
    assert after["outcome"] == "not_observed"  # it is no act of the party any more, and nobody watched
