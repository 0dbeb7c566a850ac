"""Something done by a date, or within so long after something else."""

import pytest

from truceline.compliance.kinds.milestone import Milestone, wrong
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, NO

BY = {"by": "2025-03-20T12:00"}


def done(by, at, says="done", party="north", about="owed", **more):
    return {"act": "performance", "by": by, "at": at, "about": about, "party": party, "says": says, **more}


def test_done_in_time_is_compliance(asked):
    assert asked("milestone", BY, done("alpha", "2025-03-20T11:59")).outcome is Outcome.COMPLIED
    assert asked("milestone", BY, done("secretariat", "2025-03-19")).outcome is Outcome.COMPLIED


def test_what_is_said_late_of_something_done_in_time_counts(asked):
    late_word = done("alpha", "2025-04-01", when="2025-03-20T09:00")
    assert asked("milestone", BY, late_word).outcome is Outcome.COMPLIED


def test_done_late_is_a_breach_of_the_time_between_and_of_no_later_period(asked):
    act = done("alpha", "2025-03-25")
    found = asked("milestone", BY, act)
    assert (found.outcome, found.trace.code) == (Outcome.BREACHED, "milestone_late")
    later = asked("milestone", BY, act, period=("2025-04-01T00:00", "2025-04-15T00:00"))
    assert (later.outcome, later.trace.code) == (Outcome.COMPLIED, "milestone_done_late")


def test_held_not_to_have_been_done_is_a_breach(asked):
    assert asked("milestone", BY, done("secretariat", "2025-03-21", "not_done")).outcome is Outcome.BREACHED


def test_that_nobody_says_anything_is_not_observed(asked):
    assert asked("milestone", BY).outcome is Outcome.NOT_OBSERVED


@pytest.mark.parametrize("by", ["north_command", "beta"])
def test_the_partys_own_word_and_the_other_co_chairs_are_claims_and_leave_it_undecided(asked, by):
    found = asked("milestone", BY, done(by, "2025-03-19"))
    assert (found.outcome, found.trace.code) == (Outcome.UNDECIDED, "milestone_claimed")


def test_words_that_contradict_leave_it_undecided_and_the_last_word_of_each_counts(asked):
    done_, not_done = done("alpha", "2025-03-19"), done("secretariat", "2025-03-21", "not_done")
    assert asked("milestone", BY, done_, not_done).outcome is Outcome.UNDECIDED
    corrected = done("secretariat", "2025-03-22", "done", when="2025-03-20T10:00")
    assert asked("milestone", BY, done_, not_done, corrected).outcome is Outcome.COMPLIED


def test_one_of_several_forces_of_a_party_having_done_it_leaves_it_undecided(asked):
    assert asked("milestone", BY, done("alpha", "2025-03-19", party="Valley Guard")).outcome is Outcome.UNDECIDED


def test_before_it_is_due_nothing_is_owed(asked):
    early = asked("milestone", BY, period=("2025-03-15T00:00", "2025-03-20T12:00"))
    assert early.outcome is Outcome.NOT_IN_FORCE
    assert asked("milestone", BY, as_of="2025-03-20T12:00").outcome is Outcome.NOT_IN_FORCE
    assert asked("milestone", BY, certain=NO).outcome is Outcome.NOT_IN_FORCE


def test_a_breach_of_what_may_not_bind_is_undecided(asked):
    assert asked("milestone", BY, done("alpha", "2025-03-25"), certain=MAYBE).outcome is Outcome.UNDECIDED


def test_jointly_both_have_to_hold_the_same(asked):
    alone = done("alpha", "2025-03-19")
    assert asked("milestone", BY, alone, body=None).trace.code == "co_chairs_differ"
    assert asked("milestone", BY, alone, done("beta", "2025-03-20"), body=None).outcome is Outcome.COMPLIED
    assert asked("milestone", BY, done("secretariat", "2025-03-19"), body=None).outcome is Outcome.COMPLIED


def test_months_are_counted_by_the_declared_rounding(asked):
    rule = {"after": "2025-01-31T12:00", "months": 1, "rounding": "up"}
    in_time = done("alpha", "2025-03-01T12:00")
    period = ("2025-02-01T00:00", "2025-04-01T00:00")
    assert asked("milestone", rule, in_time, period=period).outcome is Outcome.COMPLIED
    assert asked("milestone", rule | {"rounding": "down"}, in_time, period=period).outcome is Outcome.BREACHED


STEP = {
    "id": "list_handed_over", "title": {"en": "List"}, "obliged": ["south"], "verifiers": ["secretariat"],
    "cited": {"source": "Ours", "tag": "invented"},
}  # fmt: skip


def test_after_a_step_it_is_due_once_the_step_is_done(asked):
    rule = {"step": "list_handed_over", "days": 5}
    handed = done("secretariat", "2025-03-17", party="south", about="list_handed_over")
    assert asked("milestone", rule, steps=(STEP,)).outcome is Outcome.NOT_IN_FORCE
    assert asked("milestone", rule, handed, done("alpha", "2025-03-22"), steps=(STEP,)).outcome is Outcome.COMPLIED
    assert asked("milestone", rule, handed, done("alpha", "2025-03-23"), steps=(STEP,)).outcome is Outcome.BREACHED
    claimed = done("south_council", "2025-03-17", party="south", about="list_handed_over")
    assert asked("milestone", rule, claimed, steps=(STEP,)).trace.code == "milestone_wait_open"


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (Milestone(), "exactly one"),
        (Milestone(by="2025-03-20", months=1), "by is the time itself"),
        (Milestone(by="soon"), "no date"),
        (Milestone(after="2025-01-31", months=1), "Declare rounding"),
        (Milestone(after="2025-01-15", months=1, rounding="up"), "nothing to round"),
        (Milestone(step="no_such_step", days=1), "is no step"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_with_a_mend(example, rule, says):
    owed = example.agreement
    assert any(says in sentence for sentence in wrong(rule, None, owed))
