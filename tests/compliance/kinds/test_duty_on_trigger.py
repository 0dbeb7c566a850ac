"""A violation, a case, a measure or a clock sets a duty going; it is answered in time, late, or nobody says."""

import pytest

from truceline.compliance.kinds.duty_on_trigger import DUTY_ON_TRIGGER
from truceline.vocabulary.assessment import Outcome

CASE = "h1-1"
BEGUN = {"trigger": {"kinds": ["shelling"]}, "then": {"act": "case"}, "within_hours": 72}
ASKED = {"trigger": {"act": "case"}, "then": {"step": "query"}, "within_hours": 24}


def finding(by="alpha", at="2025-03-20T10:00", **more):
    return {
        "act": "finding", "by": by, "at": at, "about": "ngo/1", "held": "happened", "what": "Shells fell.",
        "kind": "shelling", "rests_on": ["ngo/1"], **more,
    }  # fmt: skip


def case(by="alpha", at="2025-03-21T10:00", reports=("ngo/1",)):
    return {
        "act": "case", "by": by, "at": at, "handle": CASE, "title": "Shelling", "reports": list(reports),
        "procedure": "plain",
    }  # fmt: skip


def query(by="alpha", at="2025-03-21T20:00", case=CASE, to="north"):
    return {"act": "step", "by": by, "at": at, "case": case, "after": "0" * 12, "step": "query", "to": to}


def test_answered_within_the_hours_is_compliance(asked):
    found = asked("duty_on_trigger", BEGUN, finding(), case(), party="alpha")
    assert (found.outcome, found.trace.parts[0].code) == (Outcome.COMPLIED, "answered_in_time")
    assert asked("duty_on_trigger", ASKED, case(), query(), party="alpha").outcome is Outcome.COMPLIED


def test_answered_late_or_held_not_to_be_answered_is_a_breach(asked):
    assert asked("duty_on_trigger", BEGUN, finding(), case(at="2025-03-23T10:01"), party="alpha").outcome is (
        Outcome.BREACHED
    )
    never = {"act": "performance", "by": "alpha", "at": "2025-03-28", "about": "owed", "party": "alpha"}
    assert asked("duty_on_trigger", BEGUN, finding(), never | {"says": "not_done"}, party="alpha").outcome is (
        Outcome.BREACHED
    )


def test_no_answer_recorded_and_no_word_is_not_observed(asked):
    assert asked("duty_on_trigger", BEGUN, finding(), party="alpha").outcome is Outcome.NOT_OBSERVED


def test_an_undetermined_trigger_leaves_it_undecided(asked):
    open_ = finding(held="undetermined")
    assert asked("duty_on_trigger", BEGUN, open_, party="alpha").outcome is Outcome.UNDECIDED


def test_where_a_possible_violation_is_enough_an_undetermined_one_sets_it_going(asked):
    rule = {**BEGUN, "trigger": {**BEGUN["trigger"], "possible": True}}
    open_ = finding(held="undetermined")
    assert asked("duty_on_trigger", rule, open_, party="alpha").outcome is Outcome.NOT_OBSERVED
    assert asked("duty_on_trigger", rule, open_, case(), party="alpha").outcome is Outcome.COMPLIED
    none = finding(held="did_not_happen")
    assert asked("duty_on_trigger", rule, none, party="alpha").outcome is Outcome.NOT_IN_FORCE


def test_an_answer_that_names_no_matter_leaves_it_undecided(asked):
    rule = {"trigger": {"category": ["serious_violation"]}, "then": {"act": "measure"}, "within_hours": 48}
    held = {
        "act": "determination", "by": "alpha", "at": "2025-03-20T10:00", "about": "ngo/1",
        "category": "serious_violation",
    }  # fmt: skip
    measure = {"act": "measure", "by": "alpha", "at": "2025-03-21T10:00", "says": "taken", "what": "A call."}
    found = asked("duty_on_trigger", rule, held, measure, party="alpha")
    assert (found.outcome, found.trace.parts[0].code) == (Outcome.UNDECIDED, "answered_maybe")


def test_another_matters_case_answers_nothing(asked):
    other = case(reports=("ngo/9",))
    assert asked("duty_on_trigger", BEGUN, finding(), other, party="alpha").outcome is Outcome.NOT_OBSERVED


def test_nothing_is_owed_without_a_trigger_or_before_it_is_due(asked):
    assert asked("duty_on_trigger", BEGUN, party="alpha").outcome is Outcome.NOT_IN_FORCE
    early = asked("duty_on_trigger", BEGUN, finding(), party="alpha", as_of="2025-03-22T00:00")
    assert early.outcome is Outcome.NOT_IN_FORCE


def test_another_bodys_finding_sets_nothing_going_for_this_one(asked):
    assert asked("duty_on_trigger", BEGUN, finding(by="beta"), party="alpha").outcome is Outcome.NOT_IN_FORCE


def test_a_body_that_owes_it_is_judged_by_the_other_by_its_own_acts(asked):
    assert asked("duty_on_trigger", BEGUN, finding(by="beta"), case(), party="alpha", body="beta").outcome is (
        Outcome.COMPLIED
    )


@pytest.mark.parametrize(("said", "outcome"), [(("alpha", "beta"), Outcome.BREACHED), (("alpha",), "not_in_force")])
def test_a_clock_sets_it_going_once_all_who_decide_it_declared_it_met(example, asked, said, outcome):
    clock = next(one for one in example.agreement.clocks if set(one.deciders) == {"alpha", "beta"})
    rule = {"trigger": {"clock": clock.id}, "then": {"act": "performance"}, "within_hours": 24}
    acts = [
        {"act": "declaration", "by": by, "at": f"2025-03-2{n}T10:00", "clock": clock.id, "says": "met"}
        for n, by in enumerate(said)
    ]
    late = {"act": "performance", "by": "secretariat", "at": "2025-03-25", "about": "owed", "party": "alpha"}
    found = asked("duty_on_trigger", rule, *acts, late | {"says": "done"}, party="alpha")
    assert found.outcome == outcome


def test_a_party_is_asked_by_the_body_and_its_answer_is_what_that_body_enters(asked):
    rule = {"trigger": {"step": "query"}, "then": {"step": "reply"}, "within_hours": 48}
    reply = query(at="2025-03-22T10:00") | {"step": "reply", "of": f"{0:064x}"}
    assert asked("duty_on_trigger", rule, query(), reply).outcome is Outcome.COMPLIED
    assert asked("duty_on_trigger", rule, query(), party="south").outcome is Outcome.NOT_IN_FORCE


def test_a_significant_matter_is_one_that_a_body_holds_to_be_one(asked):
    rule = BEGUN | {"trigger": {"kinds": ["shelling"], "elements": {"significant_casualties": "yes"}}}
    held = [{"element": "significant_casualties", "held": "yes", "because": "Counted."}]
    assert asked("duty_on_trigger", rule, finding(), party="alpha").outcome is Outcome.UNDECIDED
    assert asked("duty_on_trigger", rule, finding(elements=held), case(), party="alpha").outcome is Outcome.COMPLIED
    no = [held[0] | {"held": "no"}]
    assert asked("duty_on_trigger", rule, finding(elements=no), party="alpha").outcome is Outcome.NOT_IN_FORCE


def test_a_rule_names_what_there_is(example):
    import msgspec

    rule = {"trigger": {}, "then": {}, "within_hours": 1}
    read = msgspec.convert(rule, DUTY_ON_TRIGGER.rule)
    assert len(DUTY_ON_TRIGGER.wrong(read, None, example.agreement)) == 2


def test_a_determination_that_names_another_party_sets_no_duty_of_this_one_going(asked):
    rule = {"trigger": {"category": ["serious_violation"]}, "then": {"act": "performance"}, "within_hours": 48}
    held = {
        "act": "determination", "by": "alpha", "at": "2025-03-20T10:00", "about": "ngo/1",
        "category": "serious_violation", "party": "north",
    }  # fmt: skip
    assert asked("duty_on_trigger", rule, held, party="north").outcome is Outcome.NOT_OBSERVED
    assert asked("duty_on_trigger", rule, held, party="south").outcome is Outcome.NOT_IN_FORCE
