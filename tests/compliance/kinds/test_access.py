"""Access: rapid, unhindered, sustained and safe, each with its own outcome, its denominators and its method."""

from truceline.compliance.kinds.base import Rows
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import SURELY

RAPID, UNHINDERED, SUSTAINED = {"rapid_days": 7}, {"unhindered_percent": 90}, {"sustained_gap_days": 14}
SAFE = {"safe_kinds": ["attack_on_humanitarian"]}


def step(says, at, number="C1", by="secretariat", **more):
    return {"act": "access", "by": by, "at": at, "number": number, "says": says, **more}


def asked_for(at="2025-03-16T09:00", people=10_000, party="north", **more):
    return step("asked", at, people=people, party=party, **more)


def delivered(at="2025-03-20T15:00", people=10_000, **more):
    return step("delivered", at, people=people, **more)


def part(found, code):
    [one] = [one for one in found.trace.parts if one.code == code]
    return one


def test_delivered_within_the_days_is_rapid(asked):
    found = asked("access", RAPID, asked_for(), delivered())
    assert found.outcome is Outcome.COMPLIED
    assert part(found, "access_rapid").values | {} == {"of": 1, "days": 7, "in_time": 1, "late": 0, "open": 0}


def test_delivered_late_or_refused_by_the_party_is_a_breach_of_rapid(asked):
    assert asked("access", RAPID, asked_for(), delivered(at="2025-03-24T09:00")).outcome is Outcome.BREACHED
    assert asked("access", RAPID, asked_for(), step("refused", "2025-03-18", party="north")).outcome is Outcome.BREACHED


def test_late_where_others_had_to_let_it_pass_too_is_undecided(asked):
    both = (asked_for(), asked_for(party="south", at="2025-03-16T10:00"), delivered(at="2025-03-24T12:00"))
    assert asked("access", RAPID, *both).outcome is Outcome.UNDECIDED
    held_up = step("delayed", "2025-03-19", party="north")
    assert asked("access", RAPID, *both, held_up).outcome is Outcome.BREACHED


def test_no_word_of_a_delivery_or_a_claim_of_one_is_undecided(asked):
    assert asked("access", RAPID, asked_for()).outcome is Outcome.UNDECIDED
    claimed = delivered(by="north_command")
    assert asked("access", RAPID, asked_for(), claimed).outcome is Outcome.UNDECIDED


def test_a_request_that_is_not_due_is_not_counted(asked):
    assert asked("access", RAPID, asked_for(), as_of="2025-03-20T00:00").outcome is Outcome.NOT_OBSERVED


def test_six_thousand_of_ten_thousand_with_kits_removed_is_hindered(asked):
    removed = step("load_removed", "2025-03-19", party="north")
    found = asked("access", UNHINDERED, asked_for(), removed, delivered(people=6_000))
    values = part(found, "access_unhindered").values
    assert found.outcome is Outcome.BREACHED
    assert (values["low"], values["asked"], values["percent_low"], values["hindered"]) == (6_000, "10000", 60, 1)


def test_fewer_reached_without_anybody_named_as_holding_up_is_undecided(asked):
    assert asked("access", UNHINDERED, asked_for(), delivered(people=6_000)).outcome is Outcome.UNDECIDED
    assert asked("access", UNHINDERED, asked_for(), delivered(people=9_000)).outcome is Outcome.COMPLIED


def test_several_figures_are_bounds_and_undecided_where_they_differ_on_it(asked):
    other = delivered(at="2025-03-20T16:00", people=8_000)
    removed = step("load_removed", "2025-03-19", party="north")
    found = asked("access", UNHINDERED, asked_for(), removed, delivered(people=9_500), other)
    assert (found.outcome, part(found, "access_unhindered").values["low"]) == (Outcome.UNDECIDED, 8_000)


def test_a_long_gap_is_a_breach_only_where_the_party_held_something_up(asked):
    one = (asked_for(), delivered(), asked_for(at="2025-03-25T09:00", number="C2"))
    assert asked("access", SUSTAINED, *one).outcome is Outcome.UNDECIDED
    refused = step("refused", "2025-03-28", number="C2", party="north")
    assert asked("access", SUSTAINED, *one, refused).outcome is Outcome.BREACHED
    assert asked("access", SUSTAINED, asked_for(), delivered()).outcome is Outcome.NOT_OBSERVED
    again = delivered(at="2025-04-02T15:00", number="C2")
    assert asked("access", SUSTAINED, *one, again).outcome is Outcome.COMPLIED


def test_safe_is_by_findings_and_an_attack_that_is_only_told_of_is_undecided(asked):
    watched = {"watched": (31, 31)}
    assert asked("access", SAFE, asked_for(), **watched).outcome is Outcome.COMPLIED
    attacked = step("attacked", "2025-03-19", party="north")
    assert asked("access", SAFE, asked_for(), attacked, **watched).outcome is Outcome.UNDECIDED
    assert asked("access", SAFE, rows=Rows(breaching=1, ids=("a" * 64,))).outcome is Outcome.BREACHED


def test_an_attack_that_names_nobody_is_told_of_and_put_on_nobody(asked):
    found = asked("access", SAFE, asked_for(), step("attacked", "2025-03-19"), watched=(31, 31))
    assert (found.outcome, part(found, "access_safe").values["unattributed"]) == (Outcome.COMPLIED, 1)


def test_the_whole_is_the_worst_that_is_sure(asked):
    every = RAPID | UNHINDERED | SUSTAINED | SAFE
    found = asked("access", every, asked_for(), delivered(at="2025-03-24T09:00"), watched=(31, 31))
    assert found.outcome is Outcome.BREACHED
    assert [one.outcome for one in found.trace.parts] == [
        Outcome.BREACHED, Outcome.COMPLIED, Outcome.NOT_OBSERVED, Outcome.COMPLIED,
    ]  # fmt: skip


def test_a_request_to_others_or_elsewhere_is_not_the_partys(asked):
    assert asked("access", RAPID, asked_for(party="south")).outcome is Outcome.NOT_OBSERVED
    there = RAPID | {"areas": ["river_towns"]}
    assert asked("access", there, asked_for(area="plain")).outcome is Outcome.NOT_OBSERVED
    assert asked("access", there, asked_for(area="river_towns"), delivered()).outcome is Outcome.COMPLIED


def test_the_other_co_chairs_word_of_a_delivery_is_a_claim_for_this_one(asked):
    acts = (asked_for(), delivered(by="beta"))
    assert asked("access", RAPID, *acts, body="beta").outcome is Outcome.COMPLIED
    assert asked("access", RAPID, *acts, body="alpha").outcome is Outcome.UNDECIDED
    assert asked("access", RAPID, *acts, body=None, certain=SURELY).outcome is Outcome.UNDECIDED
