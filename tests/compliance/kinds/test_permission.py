"""A permission: what a clause allows that another may forbid. Nobody breaches it, and it is no permission to strike."""

import msgspec

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import Rows, RowTest
from truceline.compliance.kinds.permission import Permission
from truceline.vocabulary.agreement import Cited
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO
from truceline.vocabulary.obligation import Obligation

RULE = {"kinds": ["small_arms_fire"], "elements": [["immediate_threat", "yes"]]}


def test_it_asks_what_it_allows_in_the_areas_of_the_obligation(example):
    owed = Obligation(
        "owed", {"en": "Owed"}, "truce_text", ("E2",), ("north",), "permission", Cited("Ours", "invented"), RULE,
        areas=("river_towns",),
    )  # fmt: skip
    found = KINDS["permission"].tests(msgspec.convert(RULE, Permission), owed, example.agreement)
    assert found == (RowTest(("small_arms_fire",), inside=("river_towns",), elements=(("immediate_threat", "yes"),)),)


def test_nobody_breaches_it_however_much_it_allows(asked):
    for rows in (Rows(), Rows(breaching=3), Rows(maybe=2), Rows(permitted=1, excused=1)):
        assert asked("permission", RULE, rows=rows).outcome is Outcome.COMPLIED


def test_it_says_how_much_it_surely_and_maybe_allows(asked):
    found = asked("permission", RULE, rows=Rows(breaching=1, excused=1, permitted=1, maybe=2))
    assert found.trace.values == {"surely": 3, "maybe": 2}


def test_where_it_binds_nobody_it_is_not_in_force(asked):
    assert asked("permission", RULE, certain=NO).outcome is Outcome.NOT_IN_FORCE
