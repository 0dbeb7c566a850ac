"""Acceptance told to any co-chair by a time. Entry is voluntary, and nobody is told of for not having entered."""

from truceline.vocabulary.assessment import Outcome

RULE = {"by": "2025-03-15T12:00"}
PERIOD = ("2025-03-10T00:00", "2025-04-15T00:00")


def accepted(by="alpha", at="2025-03-14T10:00", party="north", says="accepted", **more):
    return {"act": "acceptance", "by": by, "at": at, "party": party, "says": says, **more}


def attested(by="beta", at="2025-03-15T10:00", register="alpha", party="north"):
    return {"act": "attestation", "by": by, "at": at, "says": "attested", "party": party, "register": register}


def test_told_in_time_to_the_body_itself_or_attested_by_it(asked):
    assert asked("acceptance", RULE, accepted(), period=PERIOD).outcome is Outcome.COMPLIED
    found = asked("acceptance", RULE, accepted(), attested(), body="beta", period=PERIOD)
    assert found.outcome is Outcome.COMPLIED
    assert asked("acceptance", RULE, accepted(), attested(), body=None, period=PERIOD).outcome is Outcome.COMPLIED


def test_in_one_register_only_it_is_undecided_for_the_other_and_jointly(asked):
    found = asked("acceptance", RULE, accepted(), body="beta", period=PERIOD)
    assert (found.outcome, found.trace.code) == (Outcome.UNDECIDED, "acceptance_not_attested")
    assert asked("acceptance", RULE, accepted(), body=None, period=PERIOD).outcome is Outcome.UNDECIDED


def test_late_is_undecided_and_for_the_co_chairs(asked):
    found = asked("acceptance", RULE, accepted(at="2025-03-15T12:30"), period=PERIOD)
    assert (found.outcome, found.trace.code) == (Outcome.UNDECIDED, "acceptance_late")


def test_none_declined_and_withdrawn_look_alike_and_are_no_breach(asked):
    for acts in ((), (accepted(says="declined"),), (accepted(), accepted(at="2025-03-16", says="withdrawn"))):
        found = asked("acceptance", RULE, *acts, period=PERIOD)
        assert (found.outcome, found.trace.code) == (Outcome.NOT_OBSERVED, "acceptance_none")


def test_before_the_time_nothing_is_owed(asked):
    assert asked("acceptance", RULE, period=("2025-03-10T00:00", "2025-03-15T12:00")).outcome is Outcome.NOT_IN_FORCE


def test_that_one_force_of_the_party_accepted_leaves_the_party_undecided(asked):
    found = asked("acceptance", RULE, accepted(party="Valley Guard"), period=PERIOD)
    assert (found.outcome, found.trace.code) == (Outcome.UNDECIDED, "acceptance_of_some")
