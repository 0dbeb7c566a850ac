"""The engine says what a slow reader of the same clauses says, on thousands of small random missions.

$TRUCELINE_MISSIONS of them (300 in every run; 10,000 before a release). The same seeds give the same missions.
"""

import os
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from truceline.compliance.assessing import Assessed, assess, explained
from truceline.compliance.assessing.following import Followed
from truceline.vocabulary.act import ActHeld

MISSIONS = int(os.environ.get("TRUCELINE_MISSIONS", "300"))
FIRST = int(os.environ.get("TRUCELINE_FIRST_SEED", "0"))
AN_EXTENSION_TO_THE_PAST = 8_531
"""A mission in which a body says *extended until* a time already past: the two differed on it once."""
CLAUSES = (
    "prohibition", "prohibition", "prohibition", "zone_rule", "permission", "permission", "withdrawal", "freeze",
    "territory_gain", "milestone", "reciprocity", "duty_on_trigger", "acceptance", "notification", "proportionality",
    "access", "best_effort", "reports_due", "recommitment",
)  # fmt: skip
HOUR = 3_600_000_000
Outcomes = dict[tuple[str, str, tuple[int, int], str | None], str]


def mission_of(drawing: Any, seed: int) -> Any:
    slow, missions = drawing
    return missions.Drawn(seed, slow, CLAUSES).small()


def assessed(drawing: Any, small: Any) -> Assessed:
    _, missions = drawing
    return assess(
        small.agreement, missions.geometry_of(small), missions.columns_of(small), small.acts,
        missions.watches_of(small), periods=small.periods, bodies=small.bodies, as_of=small.as_of,
        reading=small.reading, lines=missions.lines_of(small),
    )  # fmt: skip


def outcomes(drawing: Any, small: Any) -> Outcomes:
    return rows_of(assessed(drawing, small))


def rows_of(found: Assessed) -> Outcomes:
    return {(row[0], row[1], row[2], row[3]): str(row[4]) for row in found.rows()}


def test_the_engine_says_what_the_slow_reader_says(drawing):
    slow, _ = drawing
    said: Counter[str] = Counter()
    for seed in (*range(FIRST, FIRST + MISSIONS), AN_EXTENSION_TO_THE_PAST):
        small = mission_of(drawing, seed)
        expected = slow.outcomes(small)
        found = outcomes(drawing, small)
        keys = {*found, *expected}
        differ = {key: (found.get(key), expected.get(key)) for key in keys if found.get(key) != expected.get(key)}
        assert not differ, (seed, differ)
        said.update(expected.values())
    print(f"{MISSIONS:,} small missions agree with the slow reader: {sum(said.values()):,} outcomes, {dict(said)}")
    assert len(said) == 7


def test_any_order_of_entries_gives_the_same_outcomes(drawing):
    for seed in range(FIRST, FIRST + MISSIONS // 10):
        small = mission_of(drawing, seed)
        dice = Random(seed)
        other = replace(
            small, matters=dice.sample(small.matters, len(small.matters)),
            acts=dice.sample(small.acts, len(small.acts)), watches=dice.sample(small.watches, len(small.watches)),
        )  # fmt: skip
        assert outcomes(drawing, other) == outcomes(drawing, small)


def test_what_is_followed_entry_by_entry_is_what_is_assessed_anew(drawing):
    _, missions = drawing
    for seed in range(FIRST, FIRST + MISSIONS // 10):
        small = mission_of(drawing, seed)
        dice = Random(seed)
        half = replace(small, matters=small.matters[::2], acts=small.acts[::2])
        followed = Followed(assessed(drawing, half).frame, missions.columns_of(half))
        entries = [*small.matters[1::2], *small.acts[1::2]]
        dice.shuffle(entries)
        none, acts = missions.columns_of(replace(small, matters=[])), list(half.acts)
        for one in entries:
            if isinstance(one, ActHeld):
                acts.append(one)
                followed.say(acts, one)
            else:
                followed.change(none, missions.columns_of(replace(small, matters=[one])))
        assert rows_of(followed.assessed) == outcomes(drawing, small), seed


def test_the_reasons_of_an_outcome_end_in_that_outcome(drawing):
    _, missions = drawing
    asked = 0
    for seed in range(FIRST, FIRST + MISSIONS // 10):
        small = mission_of(drawing, seed)
        found = assessed(drawing, small)
        for obligation, party, period, body, outcome in found.rows():
            judged = explained(found, missions.columns_of(small), obligation, party, period, body)
            assert judged.outcome == outcome, (seed, obligation, party, period, body)
            asked += 1
    print(f"{asked:,} outcomes have reasons that end in them")


@pytest.mark.parametrize("better", ["complied", "excused", "not_observed"])
def test_what_was_breached_in_a_part_of_a_period_was_not_kept_in_all_of_it(drawing, better):
    breached = 0
    for seed in range(FIRST, FIRST + MISSIONS // 10):
        small = mission_of(drawing, seed)
        start, end = small.periods[0]
        parts = replace(small, periods=[(start, end), (start - 24 * HOUR, end + 24 * HOUR)])
        found = outcomes(drawing, parts)
        for (obligation, party, period, body), outcome in found.items():
            if period == (start, end) and outcome == "breached" and body is not None:
                breached += 1
                assert found[obligation, party, parts.periods[1], body] != better
    print(f"{breached} breaches, none of them {better} in a longer period")
