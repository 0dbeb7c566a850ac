"""A freeze and a ban on gains: what was found decides; a party's own moved map only leaves it undecided."""

import json

import msgspec
import pytest

from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.kinds.freeze import FREEZE, Frozen
from truceline.compliance.kinds.territory_gain import TERRITORY_GAIN, Gained
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.when import DAY

GAIN = Gained(("territory_gain", "ground_offensive"))
FROZEN = Frozen(("unauthorised_movement", "fortification"), zones=("L1",))


def claim(name, when, lat, claimant="north", number="L1", **more):
    shape = json.dumps({"type": "LineString", "coordinates": [[38, lat], [39, lat]]})
    act = Claim("alpha", f"1970-01-{when + 1:02}", number, claimant, "claimed", "Drawn.", geometry=shape, **more)
    return ActHeld(name, int(name, 16), act, when * DAY, when * DAY)


def judged(kind, rule, *acts, rows=None, days=10, start=10, end=20, replaced=()):
    agreement = msgspec.defstruct("Agreement", [("zone", str)])("UTC")
    before = Before(
        agreement, None, "north", "alpha", start * DAY, end * DAY, 25 * DAY, acts, rows or Rows(), Watched(days, 10),
        SURELY, replaced=replaced,
    )  # fmt: skip
    return kind.judge(rule, before)


BOTH = pytest.mark.parametrize(("kind", "rule"), [(FREEZE, FROZEN), (TERRITORY_GAIN, GAIN)], ids=["freeze", "gain"])


@BOTH
def test_what_was_found_decides(kind, rule):
    assert judged(kind, rule, rows=Rows(breaching=1)).outcome == Outcome.BREACHED
    assert judged(kind, rule, rows=Rows(maybe=1)).outcome == Outcome.UNDECIDED
    assert judged(kind, rule).outcome == Outcome.COMPLIED
    assert judged(kind, rule, days=9).outcome == Outcome.NOT_OBSERVED


@BOTH
def test_a_map_of_its_own_that_moved_in_the_period_leaves_it_undecided_and_no_more(kind, rule):
    acts = claim("a", 1, 36.0), claim("b", 15, 36.02)
    found = judged(kind, rule, *acts)
    assert found.outcome == Outcome.UNDECIDED
    assert [part.acts for part in found.trace.parts] == [("a", "b")]
    assert judged(kind, rule, *acts, rows=Rows(breaching=1)).outcome == Outcome.BREACHED


@BOTH
@pytest.mark.parametrize(
    "second",
    [
        claim("b", 15, 36.0),
        claim("b", 15, 36.02, claimant="south"),
        claim("b", 15, 36.02, number="L2"),
        claim("b", 5, 36.02),
        claim("b", 22, 36.02),
        claim("b", 15, 36.02, kind="excluded_area"),
    ],
    ids=["the same drawing", "another's", "another line", "before", "after", "an excluded area"],
)
def test_no_other_map_does(kind, rule, second):
    assert judged(kind, rule, claim("a", 1, 36.0), second).outcome == Outcome.COMPLIED


@BOTH
def test_a_map_that_revises_an_older_one_moved_it_all_the_same(kind, rule):
    old, new = claim("a", 1, 36.0), claim("b", 15, 36.02, revises=("a",))
    found = judged(kind, rule, new, replaced=(old,))
    assert (found.outcome, [part.acts for part in found.trace.parts]) == (Outcome.UNDECIDED, [("a", "b")])


@BOTH
def test_a_correction_that_holds_since_the_same_time_moves_nothing(kind, rule):
    old, new = claim("a", 1, 36.0), claim("b", 15, 36.02, revises=("a",), from_="1970-01-02")
    assert judged(kind, rule, new, replaced=(old,)).outcome == Outcome.COMPLIED


def test_a_freeze_looks_at_its_own_zones_alone():
    acts = claim("a", 1, 36.0, number="L2"), claim("b", 15, 36.02, number="L2")
    assert judged(FREEZE, FROZEN, *acts).outcome == Outcome.COMPLIED
    assert judged(TERRITORY_GAIN, GAIN, *acts).outcome == Outcome.UNDECIDED


def test_its_tests_are_the_kinds_it_names():
    [test] = TERRITORY_GAIN.tests(GAIN, msgspec.defstruct("Obligation", [("areas", tuple)])(()), None)
    assert (test.kinds, test.inside) == (("territory_gain", "ground_offensive"), None)
