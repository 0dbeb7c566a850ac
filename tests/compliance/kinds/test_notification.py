"""Acts that need notice so long before: with it, without it, and where it cannot be told."""

import pytest

from truceline.compliance.kinds.base import Rows
from truceline.vocabulary.assessment import Outcome

RULE = {"kinds": ["unauthorised_movement"], "hours": 24, "to": ["alpha", "secretariat"]}
FIRST = f"{0:064x}"
SURELY, MAYBE = Rows(breaching=1, ids=(FIRST,)), Rows(maybe=1, ids=(FIRST,))


def moved(by="alpha", when="2025-03-20T10:00", **more):
    return {
        "act": "finding", "by": by, "at": "2025-03-21", "about": "ngo/1", "held": "happened", "what": "A convoy moved.",
        "kind": "unauthorised_movement", "when": when, "attributed_to": "Northern Army", **more,
    }  # fmt: skip


def notice(by="secretariat", at="2025-03-19T09:00", says="given", **more):
    given = {
        "what": "unauthorised_movement", "start": "2025-03-20T08:00", "end": "2025-03-20T18:00", "to_body": "alpha",
    }  # fmt: skip
    return {
        "act": "notice", "by": by, "at": at, "number": "N1", "says": says, "party": "north",
        **(given if says == "given" else {}), **more,
    }  # fmt: skip


def test_notice_given_in_time_is_compliance(asked):
    found = asked("notification", RULE, moved(), notice(), rows=SURELY)
    assert (found.outcome, found.trace.parts[0].values["number"]) == (Outcome.COMPLIED, "N1")


@pytest.mark.parametrize(
    "late",
    [
        {"at": "2025-03-19T11:00"},
        {"end": "2025-03-20T09:00"},
        {"what": "fortification"},
        {"to_body": "beta"},
        {"party": "south"},
    ],
)
def test_too_late_for_another_time_of_another_thing_or_to_somebody_else_is_no_notice(asked, late):
    found = asked("notification", RULE, moved(), notice(**late), rows=SURELY)
    assert (found.outcome, found.trace.parts[0].code) == (Outcome.BREACHED, "notice_missing")


def test_none_at_all_is_a_breach_where_it_surely_was_the_party_and_else_undecided(asked):
    assert asked("notification", RULE, moved(), rows=SURELY).outcome is Outcome.BREACHED
    assert asked("notification", RULE, moved(), rows=MAYBE).outcome is Outcome.UNDECIDED


def test_a_notice_that_only_the_party_enters_is_a_claim_until_it_is_acknowledged(asked):
    own = notice(by="north_command")
    assert asked("notification", RULE, moved(), own, rows=SURELY).outcome is Outcome.UNDECIDED
    seen = notice(by="alpha", at="2025-03-19T09:05", says="acknowledged")
    assert asked("notification", RULE, moved(), own, seen, rows=SURELY).outcome is Outcome.COMPLIED


def test_a_notice_taken_back_before_it_covers_nothing(asked):
    back = notice(at="2025-03-19T20:00", says="withdrawn")
    assert asked("notification", RULE, moved(), notice(), back, rows=SURELY).outcome is Outcome.BREACHED


def test_a_time_that_is_not_exact_enough_leaves_it_undecided(asked):
    assert asked("notification", RULE, moved(when="2025-03-20"), notice(), rows=SURELY).outcome is Outcome.UNDECIDED


def test_another_place_than_that_of_the_notice_leaves_it_undecided(asked):
    there = {"area": "river_towns"}
    assert asked("notification", RULE, moved(place=there), notice(place=there), rows=SURELY).outcome is Outcome.COMPLIED
    here = moved(place={"area": "plain"})
    assert asked("notification", RULE, here, notice(place=there), rows=SURELY).outcome is Outcome.UNDECIDED


def test_what_is_only_reported_is_undecided_and_nothing_at_all_as_watched(asked):
    assert asked("notification", RULE, rows=Rows(maybe=1, ids=("a" * 64,))).outcome is Outcome.UNDECIDED
    assert asked("notification", RULE, watched=(31, 31)).outcome is Outcome.COMPLIED
    assert asked("notification", RULE).outcome is Outcome.NOT_OBSERVED
