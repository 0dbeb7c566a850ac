"""Outcomes that follow what comes and goes are those made anew; counting in columns judges as one by one."""

from random import Random
from typing import Any

import numpy as np

from truceline.compliance.assessing import Followed
from truceline.compliance.assessing.assessed import (
    OUTCOMES,
    Assessed,
    Frame,
    assessed_in,
    before_of,
    certain_of,
    framed,
    watched_of,
)
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.matters import MatterColumns

MISSIONS = 120
CLAUSES = ("prohibition", "prohibition", "zone_rule", "permission", "freeze", "withdrawal")


def framed_from(drawing: Any, small: Any, acts: Any = None) -> tuple[Frame, MatterColumns]:
    """What a small mission asks, and its matters."""
    missions = drawing[1]
    frame = framed(
        small.agreement, missions.geometry_of(small), small.acts if acts is None else acts, missions.watches_of(small),
        small.periods, small.bodies, small.as_of, small.reading, missions.lines_of(small),
    )  # fmt: skip
    return frame, missions.columns_of(small)


def same(one: Assessed, other: Assessed) -> bool:
    named = one.outcomes.keys() == other.outcomes.keys()
    return named and all((one.outcomes[name] == other.outcomes[name]).all() for name in one.outcomes)


def test_whatever_comes_and_goes_the_outcomes_are_those_made_anew(drawing):
    moved = 0
    for seed in range(MISSIONS):
        small = drawing[1].Drawn(seed, drawing[0], CLAUSES).small()
        frame, matters = framed_from(drawing, small)
        dice = np.random.default_rng(seed)
        first, come, gone = (np.flatnonzero(dice.random(len(matters)) < share) for share in (0.6, 0.5, 0.3))
        first, come = np.sort(first), np.setdiff1d(come, first)
        gone = np.intersect1d(gone, first)
        followed = Followed(frame, matters.take(first))
        before = {name: one.copy() for name, one in followed.assessed.outcomes.items()}
        followed.change(matters.take(gone), matters.take(come))
        left = np.sort(np.concatenate([np.setdiff1d(first, gone), come]))
        anew = assessed_in(frame, matters.take(left))
        assert same(followed.assessed, anew), seed
        assert followed.assessed.unattributed == anew.unattributed, seed
        moved += any((before[name] != one).any() for name, one in anew.outcomes.items())
    print(f"followed outcomes equal those made anew: {MISSIONS} missions, {moved} of which changed")
    assert moved > MISSIONS // 4


def test_an_act_said_later_gives_the_outcomes_made_anew(drawing):
    for seed in range(MISSIONS // 2):
        small = drawing[1].Drawn(seed, drawing[0], CLAUSES).small()
        frame, matters = framed_from(drawing, small)
        if not small.acts:
            continue
        new = Random(seed).choice(list(small.acts))
        others = [one for one in small.acts if one is not new]
        followed = Followed(framed_from(drawing, small, others)[0], matters)
        followed.say(small.acts, new)
        assert same(followed.assessed, assessed_in(frame, matters)), seed


def test_counting_in_columns_judges_as_the_kind_does_one_by_one(drawing):
    judged = 0
    for seed in range(MISSIONS):
        small = drawing[1].Drawn(seed, drawing[0], CLAUSES).small()
        frame, matters = framed_from(drawing, small)
        made = assessed_in(frame, matters)
        for clause in frame.clauses:
            if not clause.by_rows:
                continue
            certain, watched = certain_of(frame, clause), watched_of(frame, clause)
            of = made.outcomes[clause.obligation.id]
            for cell in np.ndindex(*of.shape[:2], of.shape[2] - 1):
                before = before_of(made, clause, cell, certain, watched)
                assert judge_by_rows(clause.rule, before).outcome is OUTCOMES[of[cell]], (seed, cell)
                judged += 1
    print(f"{judged:,} cells counted in columns are judged the same one by one")
