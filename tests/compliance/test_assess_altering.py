"""One more act moves only what it alters: exclusions and acceptances followed give the counts made anew."""

from random import Random
from typing import Any

import msgspec
import numpy as np

from truceline.compliance.assessing import Followed
from truceline.compliance.assessing.altering import Rebound
from truceline.compliance.assessing.assessed import assessed_in, framed, without
from truceline.compliance.assessing.clauses import Bound, Stretches
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.when import HOUR, iso

CLAUSES = ("prohibition", "prohibition", "zone_rule", "permission", "freeze", "withdrawal")
MISSIONS = 60


def frame_of(drawing: Any, small: Any, acts: list[ActHeld]) -> Any:
    missions = drawing[1]
    return framed(
        small.agreement, missions.geometry_of(small), acts, missions.watches_of(small), small.periods, small.bodies,
        small.as_of, small.reading, missions.lines_of(small),
    )  # fmt: skip


def decided(small: Any, dice: Random, n: int) -> ActHeld:
    """A word of some body that an instrument excludes somebody, or does not, from some time on."""
    at = dice.randrange(small.periods[0][0] - 24 * HOUR, small.periods[0][1])
    act = {
        "act": "exclusion", "by": dice.choice(small.bodies), "at": iso(at, "UTC"),
        "actor": dice.choice([one.id for one in small.agreement.actors]), "instrument": small.reading.exclusions,
        "says": dice.choice(["excluded", "excluded", "excluded", "not_excluded", "disputed"]), "because": "So.",
        "persistent": True,
    }  # fmt: skip
    return ActHeld(f"{n:064x}", n, msgspec.convert(act, Act), at, at)  # type: ignore[arg-type]


def same_counts(followed: Followed, anew: Any) -> bool:
    return all(
        (followed.assessed.counts[name] == anew.counts[name]).all()
        and (followed.assessed.outcomes[name] == anew.outcomes[name]).all()
        and (followed.assessed.frame.certain[name] == anew.frame.certain[name]).all()
        for name in anew.counts
    )


def test_exclusions_decided_one_by_one_give_the_counts_made_anew(drawing):
    moved = 0
    for seed in range(MISSIONS):
        small, dice = drawing[1].Drawn(seed, drawing[0], CLAUSES).small(), Random(seed)
        matters, acts = drawing[1].columns_of(small), list(small.acts)
        followed = Followed(frame_of(drawing, small, acts), matters)
        before = {name: one.copy() for name, one in followed.assessed.counts.items()}
        for n in range(4):
            acts.append(decided(small, dice, 1_000 + n))
            followed.say(acts, acts[-1])
            anew = assessed_in(frame_of(drawing, small, acts), matters)
            assert same_counts(followed, anew), (seed, n)
            assert followed.assessed.unattributed == anew.unattributed
        moved += any((before[name] != one).any() for name, one in followed.assessed.counts.items())
        come = matters.take(np.arange(0, len(matters), 3))
        followed.change(matters.take(np.zeros(0, np.int64)), come)
        assert same_counts(followed, assessed_in(frame_of(drawing, small, acts), matters.join(come))), seed
    print(f"{moved} of {MISSIONS} missions counted otherwise after exclusions")
    assert moved > MISSIONS // 20


def test_acceptances_said_in_any_order_give_the_counts_made_anew(drawing):
    for seed in range(MISSIONS):
        small = drawing[1].Drawn(seed, drawing[0], CLAUSES).small()
        matters, acts = drawing[1].columns_of(small), list(small.acts)
        Random(seed).shuffle(acts)
        followed = Followed(frame_of(drawing, small, []), matters)
        for n, act in enumerate(acts):
            followed.say(acts[: n + 1], act)
            anew = assessed_in(frame_of(drawing, small, acts[: n + 1]), matters)
            assert same_counts(followed, anew), (seed, n)


def test_many_small_changes_are_put_together_and_lose_nothing(drawing):
    small = drawing[1].Drawn(3, drawing[0], CLAUSES).small()
    matters = drawing[1].columns_of(small)
    none = matters.take(np.zeros(0, np.int64))
    followed = Followed(frame_of(drawing, small, list(small.acts)), none)
    for round_ in range(10):
        for n in range(len(matters)):
            one = matters.take(np.array([n]))
            followed.change(*((none, one) if round_ % 2 == 0 else (one, none)))
    assert not any(counts.any() for counts in followed.assessed.counts.values())
    followed.change(none, matters)
    followed.say(list(small.acts), small.acts[0])
    assert same_counts(followed, assessed_in(frame_of(drawing, small, list(small.acts)), matters))


def test_the_registers_differ_from_the_first_to_the_last_instant_at_which_they_do():
    none = Stretches(np.zeros(0, np.int64), {})
    old = Bound(Stretches(np.array([10, 20]), {"north": np.array([NO, SURELY, NO], np.int8)}), none)
    new = Bound(Stretches(np.array([10, 15, 20]), {"north": np.array([NO, SURELY, MAYBE, NO], np.int8)}), none)
    assert Rebound.between(old, new).accepted == {"north": (15, 20)}
    assert Rebound.between(old, old).accepted == {}


def test_acts_said_after_the_instant_alter_nothing(drawing):
    small = drawing[1].Drawn(1, drawing[0], CLAUSES).small()
    frame = frame_of(drawing, small, list(small.acts))
    late = [msgspec.structs.replace(one, at=small.as_of + 1) for one in small.acts]
    assert len(without(frame, [*small.acts, *late]).acts) == len(frame.acts)
