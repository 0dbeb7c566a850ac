"""If one side does its part, the other owes its own within so long."""

import pytest

from truceline.compliance.kinds.reciprocity import Reciprocity, wrong
from truceline.vocabulary.agreement import Cited
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation

PULLBACK = Obligation(
    "pullback", {"en": "Pull-back"}, "truce_text", ("A1",), ("south",), "milestone", Cited("Ours", "invented"),
    {"by": "2025-03-17"},
)  # fmt: skip
RULE = {"if_party": "south", "if_of": "pullback", "then_within_hours": 24}


def done(by, at, says="done", party="north", about="owed", **more):
    return {"act": "performance", "by": by, "at": at, "about": about, "party": party, "says": says, **more}


def theirs(by="alpha", at="2025-03-17T10:00", says="done"):
    return done(by, at, says, "south", "pullback")


@pytest.fixture
def owed(asked):
    return lambda *acts, **more: asked("reciprocity", RULE, *acts, obligations=(PULLBACK,), **more)


def test_nothing_is_owed_until_the_other_side_surely_did_its_part(owed):
    assert owed().outcome is Outcome.NOT_IN_FORCE
    assert owed(theirs(says="not_done")).outcome is Outcome.NOT_IN_FORCE


def test_done_within_the_hours_is_compliance_and_later_a_breach(owed):
    assert owed(theirs(), done("alpha", "2025-03-18T10:00")).outcome is Outcome.COMPLIED
    assert owed(theirs(), done("alpha", "2025-03-18T10:01")).outcome is Outcome.BREACHED
    assert owed(theirs(), done("alpha", "2025-03-19", "not_done")).outcome is Outcome.BREACHED


def test_that_the_other_side_only_claims_its_part_leaves_it_undecided(owed):
    assert owed(theirs(by="south_council")).outcome is Outcome.UNDECIDED
    assert owed(theirs(by="beta")).outcome is Outcome.UNDECIDED
    assert owed(theirs(says="partly")).outcome is Outcome.UNDECIDED


def test_silence_on_what_was_owed_is_not_observed(owed):
    found = owed(theirs())
    assert (found.outcome, found.trace.parts[1].code) == (Outcome.NOT_OBSERVED, "answer_not_said")


def test_not_due_yet(owed):
    assert owed(theirs(), as_of="2025-03-18T10:00").outcome is Outcome.NOT_IN_FORCE


def test_a_rule_names_somebody_who_owes_that(example):
    rule = Reciprocity("north", "no_such", 1)
    assert wrong(rule, None, example.agreement) == ["if_of: 'no_such' is no obligation and no step"]
