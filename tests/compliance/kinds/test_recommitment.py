"""A truce of so many hours that those who decide extend, or that lapses; and what it keeps in force."""

import msgspec

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.recommitment import Recommitment
from truceline.compliance.recommitted import term_of
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Cited
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.when import read_instant

RULE = {"clock": "forty_eight_hours"}
LAST = "2025-03-17T00:00"
"""The clock of 48 hours of the example pack begins on 15 March at midnight."""


def declared(by="alpha", at="2025-03-16T12:00", says="extended", until="2025-03-19T00:00"):
    more = {"until": until} if says == "extended" else {}
    return {"act": "declaration", "by": by, "at": at, "clock": "forty_eight_hours", "says": says, **more}


def test_a_body_that_extends_before_the_hours_run_out_has_recommitted(asked):
    found = asked("recommitment", RULE, declared(), party="alpha")
    assert found.outcome is Outcome.COMPLIED
    assert asked("recommitment", RULE, declared(at=LAST), party="alpha").outcome is Outcome.COMPLIED
    assert asked("recommitment", RULE, declared(), party="alpha", body="beta").outcome is Outcome.COMPLIED


def test_that_the_other_extends_says_nothing_of_this_one(asked):
    found = asked("recommitment", RULE, declared(by="beta"), party="alpha")
    assert (found.outcome, found.trace.parts[0].code) == (Outcome.NOT_OBSERVED, "recommitment_not_said")


def test_a_refusal_is_open_where_it_was_to_be_extended_if_it_held_and_a_breach_where_always(asked):
    for says in ("ended", "not_met"):
        assert asked("recommitment", RULE, declared(says=says), party="alpha").outcome is Outcome.UNDECIDED
        found = asked("recommitment", RULE | {"asked": "always"}, declared(says=says), party="alpha")
        assert (found.outcome, found.trace.parts[0].code) == (Outcome.BREACHED, "recommitment_refused")


def test_said_after_the_hours_are_over_is_late(asked):
    late = declared(at="2025-03-17T06:00")
    found = asked("recommitment", RULE, late, party="alpha")
    assert (found.outcome, found.trace.parts[0].code) == (Outcome.UNDECIDED, "recommitted_late_open")
    assert asked("recommitment", RULE | {"asked": "always"}, late, party="alpha").outcome is Outcome.BREACHED


def test_an_extension_to_no_later_than_the_end_extends_nothing(asked):
    assert asked("recommitment", RULE, declared(until=LAST), party="alpha").outcome is Outcome.NOT_OBSERVED


def test_every_end_in_the_time_asked_about_counts_and_the_worst_is_the_whole(asked):
    both = (declared(), declared(by="beta"))
    found = asked("recommitment", RULE, *both, party="alpha")
    assert (found.outcome, len(found.trace.parts)) == (Outcome.NOT_OBSERVED, 2)  # 17 March, and 19 March
    until_then = ("2025-03-15T00:00", "2025-03-19T00:00")
    assert asked("recommitment", RULE, *both, party="alpha", period=until_then).outcome is Outcome.COMPLIED


def test_before_the_end_nobody_has_to_recommit(asked):
    for more in ({"period": ("2025-03-15T00:00", LAST)}, {"as_of": "2025-03-16T00:00"}):
        found = asked("recommitment", RULE, party="alpha", **more)
        assert (found.outcome, found.trace.code) == (Outcome.NOT_IN_FORCE, "recommitment_not_due")


def held(*acts):
    """As the record holds them: by when they were said."""
    read = [msgspec.convert({"because": "Seen.", **act}, Act) for act in acts]
    at = [read_instant(act.at, "Etc/GMT-2") for act in read]
    return [ActHeld(f"{n:064x}", n, act, at[n], at[n]) for n, act in enumerate(read)]


def runs(example, *acts, at, by=()):
    """Whether the 48 hours of the example pack run at that instant."""
    clock = next(one for one in example.agreement.clocks if one.id == "forty_eight_hours")
    term = term_of(clock, by, held(*acts), read_instant("2025-05-01T00:00", "Etc/GMT-2"), "Etc/GMT-2")
    return term.runs_at(read_instant(at, "Etc/GMT-2"))


def test_it_runs_for_its_hours_and_lapses_unless_all_extend_it(example):
    assert runs(example, at="2025-03-14T23:59") == NO
    assert runs(example, at="2025-03-16T23:59") == SURELY
    assert runs(example, declared(), at=LAST) == NO
    assert runs(example, declared(), at=LAST, by=("alpha",)) == SURELY
    assert runs(example, declared(), declared(by="beta"), at=LAST) == SURELY


def test_the_earlier_of_two_extensions_is_agreed(example):
    both = (declared(until="2025-03-18T00:00"), declared(by="beta"))
    assert [runs(example, *both, at=f"2025-03-{day}T00:00") for day in (17, 18)] == [SURELY, NO]


def test_one_said_after_it_lapsed_holds_from_when_it_was_said(example):
    late = (declared(), declared(by="beta", at="2025-03-17T06:00"))
    assert [runs(example, *late, at=f"2025-03-17T{hour}") for hour in ("05:59", "06:00")] == [NO, SURELY]


def test_ended_by_one_is_open_and_by_all_it_runs_no_longer(example):
    one = declared(at="2025-03-16T06:00", says="ended")
    assert runs(example, one, at="2025-03-16T07:00") == MAYBE
    assert runs(example, one, declared(by="beta", at="2025-03-16T06:30", says="ended"), at="2025-03-16T07:00") == NO


def test_a_rule_that_makes_no_sense_is_refused(example):
    kind = KINDS["recommitment"]

    def wrong(rule, obliged=("alpha",)):
        cited = Cited("Ours", "invented")
        owed = Obligation("owed", {"en": "Owed"}, "truce_text", ("E5",), obliged, "recommitment", cited, rule)
        return kind.wrong(msgspec.convert(rule, Recommitment), owed, example.agreement)

    assert wrong({"clock": "forty_eight_hours", "holds": ["no_attacks"]}) == []
    assert "no clock of hours" in wrong({"clock": "seven_quiet_days"})[0]
    assert "does not extend it" in wrong(RULE, obliged=("north",))[0]
    assert "is no body" in wrong({"clock": "forty_eight_hours", "by": ["north", "alpha"]})[0]
    assert "can keep in force" in wrong({"clock": "forty_eight_hours", "holds": ["extended_in_time"]})[0]
