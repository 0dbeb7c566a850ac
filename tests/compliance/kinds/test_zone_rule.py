"""A zone rule: none of these inside these areas; what surely is there is a breach, what may be is open."""

import msgspec

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import Rows, RowTest
from truceline.compliance.kinds.zone_rule import ZoneRule
from truceline.vocabulary.agreement import Cited
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation

RULE = {"kinds": ["overflight", "air_strike"], "inside": ["river_towns"]}


def owed(**more):
    given = {"id": "owed", "title": {"en": "Owed"}, "instrument": "truce_text", "terms": ("E2",), "obliged": ("north",)}
    return Obligation(kind="zone_rule", cited=Cited("Ours", "invented"), rule=RULE, **given | more)


def test_it_asks_of_a_matter_its_kind_and_whether_it_was_inside(example):
    read = msgspec.convert({**RULE, "weapons": ["mortar"]}, ZoneRule)
    found = KINDS["zone_rule"].tests(read, owed(), example.agreement)
    assert found == (RowTest(("overflight", "air_strike"), ("mortar",), inside=("river_towns",)),)


def test_one_surely_inside_is_a_breach_and_one_that_may_be_is_open(asked):
    assert asked("zone_rule", RULE, rows=Rows(breaching=1)).outcome is Outcome.BREACHED
    assert asked("zone_rule", RULE, rows=Rows(maybe=1)).outcome is Outcome.UNDECIDED


def test_an_empty_zone_is_kept_only_where_somebody_watched_it(asked):
    assert asked("zone_rule", RULE, watched=(31, 31)).outcome is Outcome.COMPLIED
    assert asked("zone_rule", RULE, watched=(30, 31)).outcome is Outcome.NOT_OBSERVED


def test_what_another_clause_permits_there_is_a_conflict(asked):
    assert asked("zone_rule", RULE, rows=Rows(permitted=1)).outcome is Outcome.CONFLICT


def test_where_is_said_once_and_only_once(example):
    wrong = KINDS["zone_rule"].wrong
    read = msgspec.convert(RULE, ZoneRule)
    assert wrong(read, owed(), example.agreement) == []
    assert "at least one area" in wrong(msgspec.structs.replace(read, inside=()), owed(), example.agreement)[0]
    assert "leave areas out" in wrong(read, owed(areas=("river_towns",)), example.agreement)[0]
