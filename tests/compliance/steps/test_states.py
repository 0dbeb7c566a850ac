"""Where a step stands: by the words of those who verify it, what it waits for, and when it is due."""

from typing import Any

import msgspec
import pytest

from truceline.vocabulary.obligation import Step

BOTH = ["alpha", "beta"]

DUE = {"due": {"at": "2025-04-01T12:00"}}


def step(name: str, **more: Any) -> Step:
    """A step of north, verified by both co-chairs, unless said otherwise."""
    plain = {
        "id": name, "title": {"en": name}, "obliged": ["north"], "verifiers": ["alpha", "beta"],
        "cited": {"source": "Ours", "tag": "invented"}, **more,
    }  # fmt: skip
    return msgspec.convert(plain, Step)


def word(by: str, at: str, says: str, about: str = "a", party: str = "north", **more: Any) -> dict[str, Any]:
    return {
        "act": "performance", "by": by, "at": at, "about": about, "party": party, "says": says, "because": "Seen.",
        **more,
    }  # fmt: skip


def both(at: str, says: str, **more: Any) -> list[dict[str, Any]]:
    """The same word of both co-chairs."""
    return [word(by, at, says, **more) for by in BOTH]


def state(standing, steps, *acts, name="a", **more):
    return standing(steps, *acts, **more)[name].state.value


def test_nothing_said_of_it_and_nothing_to_wait_for_it_is_in_force(standing):
    one = standing([step("a")])["a"]
    assert (one.state.value, one.overdue, one.contested) == ("in_force", False, False)


def test_done_as_all_verifiers_hold_it_is_fulfilled_and_as_one_holds_it_is_not(standing):
    steps = [step("a", **DUE)]
    assert state(standing, steps, *both("2025-03-20", "done")) == "fulfilled"
    assert state(standing, steps, word("alpha", "2025-03-20", "done")) == "in_force"
    assert state(standing, steps, word("alpha", "2025-03-20", "done"), body="alpha") == "fulfilled"


def test_what_the_secretariat_writes_down_counts_for_all_who_verify(standing):
    assert state(standing, [step("a")], word("secretariat", "2025-03-20", "done")) == "fulfilled"


def test_the_obliged_partys_own_word_is_a_claim(standing):
    one = standing([step("a")], word("north_command", "2025-03-20", "done"))["a"]
    assert (one.state.value, {view.holds for view in one.parties[0].views}) == ("in_force", {"claimed"})


def test_nobody_verifies_what_it_owes_itself(standing):
    steps = [step("a", obliged=BOTH)]
    own = [word(body, "2025-03-20", "done", party=body) for body in BOTH]
    assert state(standing, steps, *own) == "in_force"
    crossed = [word("alpha", "2025-03-20", "done", party="beta"), word("beta", "2025-03-21", "done", party="alpha")]
    assert state(standing, steps, *crossed) == "fulfilled"


def test_verifiers_that_differ_leave_it_where_it_was_and_contested(standing):
    one = standing([step("a", **DUE)], word("alpha", "2025-04-02", "done"), word("beta", "2025-04-02", "not_done"))["a"]
    assert (one.state.value, one.contested, one.overdue) == ("in_force", True, True)


def test_due_and_nobody_says_so_is_overdue_and_no_breach(standing):
    one = standing([step("a", **DUE)])["a"]
    assert (one.state.value, one.overdue) == ("in_force", True)


def test_not_done_is_a_breach_only_of_a_time_when_it_was_due(standing):
    steps = [step("a", **DUE)]
    assert state(standing, steps, *both("2025-03-30", "not_done")) == "in_force"
    assert state(standing, steps, *both("2025-04-01T12:00", "not_done")) == "breached"
    assert state(standing, [step("a")], *both("2025-04-02", "not_done")) == "in_force"


def test_done_late_is_fulfilled_and_late_and_no_longer_breached(standing):
    acts = [*both("2025-04-02", "not_done"), *both("2025-04-05", "done")]
    one = standing([step("a", **DUE)], *acts)["a"]
    assert (one.state.value, one.late, one.overdue) == ("fulfilled", True, False)


@pytest.mark.parametrize(("says", "expected"), [("suspended", "suspended"), ("discharged", "discharged")])
def test_suspended_and_discharged_as_all_hold(standing, says, expected):
    steps = [step("a", **DUE)]
    assert state(standing, steps, *both("2025-03-20", says)) == expected
    assert state(standing, steps, word("alpha", "2025-03-20", says)) == "in_force"


def test_resumed_it_is_owed_again_and_the_due_date_is_what_it_was(standing):
    acts = [*both("2025-03-20", "suspended"), *both("2025-04-10", "resumed")]
    one = standing([step("a", **DUE)], *acts)["a"]
    assert (one.state.value, one.overdue) == ("in_force", True)


def test_a_step_waits_for_another_and_counts_from_when_that_was_done(standing):
    steps = [step("a"), step("b", waits=[{"step": "a"}], due={"days": 10})]
    assert state(standing, steps, name="b") == "conditional"
    assert state(standing, steps, *both("2025-03-20", "done"), name="b", as_of="2025-03-25T00:00") == "in_force"
    one = standing(steps, *both("2025-03-20", "done"))["b"]
    assert one.overdue
    assert one.due - one.since == 10 * 86_400_000_000


def test_months_are_calendar_months_and_rounded_as_declared(standing):
    def due(rounding):
        steps = [step("a"), step("b", waits=[{"step": "a"}], due={"months": 1, "rounding": rounding})]
        return standing(steps, *both("2025-03-31T10:00", "done"))["b"].due

    assert due("up") - due("down") == 86_400_000_000


def test_what_waits_for_a_step_that_is_discharged_expires_and_so_does_what_waits_for_that(standing):
    steps = [step("a"), step("b", waits=[{"step": "a"}]), step("c", waits=[{"step": "b"}])]
    found = standing(steps, *both("2025-03-20", "discharged"))
    assert [one.state.value for one in found.values()] == ["discharged", "expired", "expired"]


def test_done_before_it_had_to_be_is_fulfilled(standing):
    steps = [step("a"), step("b", waits=[{"step": "a"}])]
    assert state(standing, steps, *both("2025-03-20", "done", about="b"), name="b") == "fulfilled"


def test_a_clock_counts_once_all_who_decide_declare_it_met(standing):
    steps = [step("a", waits=[{"clock": "seven_quiet_days"}])]
    met = [
        {"act": "declaration", "by": by, "at": "2025-03-25", "clock": "seven_quiet_days", "says": "met"} for by in BOTH
    ]
    assert state(standing, steps, met[0]) == "conditional"
    assert standing(steps, met[0])["a"].waits[-1].come == "open"
    assert state(standing, steps, *met) == "in_force"


def test_a_time_and_a_delivery(standing):
    steps = [step("a", waits=[{"instant": "2025-03-20T12:00"}, {"delivery": "C-1"}])]
    said = {"act": "access", "at": "2025-03-22T10:00", "number": "C-1", "says": "delivered"}
    assert state(standing, steps, {**said, "by": "secretariat"}) == "in_force"
    assert state(standing, steps, {**said, "by": "alpha"}) == "conditional"
    assert state(standing, steps, {**said, "by": "alpha"}, body="alpha") == "in_force"
    assert state(standing, steps, {**said, "by": "secretariat"}, as_of="2025-03-20T11:00") == "conditional"


def test_steps_that_belong_together_are_due_so_long_after_the_first_of_them(standing):
    steps = [step(one, together=[other], within_hours=24) for one, other in (("a", "b"), ("b", "a"))]
    one = standing(steps, *both("2025-03-20T12:00", "done"), as_of="2025-03-21T13:00")["b"]
    assert (one.state.value, one.overdue, one.together) == ("in_force", True, (("a", "open"),))
    late = standing(steps, *both("2025-03-20T12:00", "done"), *both("2025-03-22", "done", about="b"))
    assert (late["b"].late, late["b"].together, late["a"].late) == (True, (("a", "apart"),), False)
    kept = standing(steps, *both("2025-03-20T12:00", "done"), *both("2025-03-21T12:00", "done", about="b"))
    assert (kept["b"].late, kept["b"].together) == (False, (("a", "kept"),))


def test_of_several_who_owe_it_the_last_makes_it_done_and_one_breaches_it(standing):
    steps = [step("a", obliged=["north", "south"], **DUE)]
    one = standing(steps, *both("2025-03-20", "done"), *both("2025-04-02", "not_done", party="south"))["a"]
    assert [party.state.value for party in one.parties] == ["fulfilled", "breached"]
    assert one.state.value == "breached"
    done = standing(steps, *both("2025-03-20", "done"), *both("2025-04-02", "done", party="south"))["a"]
    assert (done.state.value, done.late) == ("fulfilled", True)


def test_a_force_that_has_done_it_has_done_it_in_part(standing):
    one = standing([step("a")], *both("2025-03-20", "done", party="northern_army"))["a"]
    assert one.state.value == "in_force"
    assert {view.holds for view in one.parties[0].views} == {"partly"}
