"""The course of a case: no acts, in whatever order, put it where its procedure does not let it."""

from itertools import permutations, product
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance.procedure import HOUR, Course, bodies_named, course_of, had, since_opened
from truceline.compliance.procedure_open import dues, ways
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.case import CaseMoved, CaseOpened, CaseStep
from truceline.vocabulary.pack_parts import Cited
from truceline.vocabulary.procedure import Deadline, Procedure, Stage

START = 1_742_500_000_000_000
EXAMPLE = find_pack("example").agreement
LATEST = 2**62
SMALL = Procedure(
    "small", {"en": "Small"}, Cited("Written for this test", "invented"), ("a",),
    (
        Stage("a", {"en": "A"}, by=("alpha",), next=("b", "c")),
        Stage("b", {"en": "B"}, by=("co_chair",), next=("a", "c"), not_the_opener=True),
        Stage("c", {"en": "C"}, together=("co_chair",), next=("b",), end=True),
    ),
)  # fmt: skip
TWO = msgspec.structs.replace(EXAMPLE, procedures=(SMALL,))


def opened(procedure: str, by: str = "alpha") -> ActHeld:
    act = CaseOpened(by, "2025-03-20T10:00", "log00000-1", "A case", ("patrol/1",), procedure, "So.")
    return ActHeld("0" * 64, 1, act, START, START)


def move(n: int, by: str, to: str, after: str, outcome: str | None = None, hours: int = 0) -> ActHeld:
    at = START + (n + hours) * HOUR
    return ActHeld(f"{n:064x}", n + 1, CaseMoved(by, "at", "log00000-1", after, to, "So.", outcome), at, at)


def step(n: int, by: str, kind: str, after: str, outcome: str | None = None, hours: int = 0) -> ActHeld:
    at = START + (n + hours) * HOUR
    return ActHeld(f"{n:064x}", n + 1, CaseStep(by, "at", "log00000-1", after, kind, "So.", outcome), at, at)


def course(agreement: Agreement, said: Any, as_of: int = LATEST, stands_for: Any = ()) -> Course:
    found = course_of(agreement, opened(agreement.procedures[0].id), said, dict(stands_for), as_of)
    assert found
    return found


def breaks(agreement: Agreement, found: Course) -> list[str]:
    """Every way in which a course is not what the procedure allows; told apart from how it was found."""
    wrong = []
    procedure = found.procedure
    if found.passages[0].stage.id not in procedure.begins:
        wrong.append("begins elsewhere")
    for n, (before, after) in enumerate(zip(found.passages, found.passages[1:], strict=False), 1):
        may = set(bodies_named(agreement, (*after.stage.by, *after.stage.together)))
        by = {one.act.by for one in after.acts}
        if after.stage.id not in before.stage.next:
            wrong.append(f"{before.stage.id} -> {after.stage.id}")
        if not by or not by <= may:
            wrong.append(f"{by} moved to {after.stage.id}")
        if not set(bodies_named(agreement, after.stage.together)) <= by:
            wrong.append(f"{after.stage.id} without all")
        if after.stage.not_the_opener and found.act.by in by:
            wrong.append("the opener moved")
        if any((one.act.to, one.act.outcome or "") != (after.stage.id, after.outcome) for one in after.acts):
            wrong.append("other words")
        if any(not any(old.id.startswith(one.act.after) for old in before.acts) for one in after.acts):
            wrong.append("not after the one before")
        if after.outcome not in ({one.id for one in after.stage.outcomes} or {""}):
            wrong.append("outcome")
        made = since_opened(found.passages[:n], [one for one in found.steps if one.passage < n])
        last = max(one.at for one in after.acts)
        wrong += [
            f"without {need}" for need in after.stage.needs if not had(agreement.zone, procedure, made, need, last)
        ]
    for one in found.steps:
        if one.kind.id not in found.passages[one.passage].stage.steps:
            wrong.append(f"step {one.kind.id}")
        if one.act.by not in bodies_named(agreement, one.kind.by):
            wrong.append(f"{one.act.by} made {one.kind.id}")
        if (one.act.outcome or "") not in ({outcome.id for outcome in one.kind.outcomes} or {""}):
            wrong.append(f"{one.act.outcome} of {one.kind.id}")
    return wrong


def test_no_sequence_of_acts_puts_a_case_where_its_procedure_does_not_let_it() -> None:
    """Every sequence of up to four moves of two bodies to three stages, after any act before: all 32,478 of them."""
    tried, reached = 0, set()
    for length in range(1, 5):
        choices = [
            [(by, to, f"{after:064x}") for by in ("alpha", "beta") for to in "abc" for after in range(n + 1)]
            for n in range(length)
        ]
        for chosen in product(*choices):
            said = [move(n, *words) for n, words in enumerate(chosen, 1)]
            found = course(TWO, said)
            tried += 1
            reached.add(tuple(one.stage.id for one in found.passages))
            assert breaks(TWO, found) == []
            counted = sum(len(one.acts) for one in found.passages[1:]) + sum(len(one) for one in found.words.values())
            assert counted + len(found.aside) == length, "an act is lost"
    assert tried == 6 + 6 * 12 + 6 * 12 * 18 + 6 * 12 * 18 * 24
    assert ("a", "b", "a", "b", "a") in reached
    assert ("a", "c", "b") in reached
    print(f"sequences of moves tried: {tried:,}")


def test_the_order_in_which_acts_arrive_changes_nothing() -> None:
    said = [
        move(1, "beta", "b", "0" * 64), move(2, "alpha", "c", f"{1:064x}"), move(3, "beta", "c", f"{1:064x}"),
        move(4, "beta", "b", f"{2:064x}"), move(5, "alpha", "a", f"{1:064x}"),
    ]  # fmt: skip
    courses = [course(TWO, order) for order in permutations(said)]
    assert all(one == courses[0] for one in courses)


DRAWN = st.lists(
    st.tuples(
        st.sampled_from([body.id for body in EXAMPLE.bodies]),
        st.sampled_from([*(one.id for one in EXAMPLE.procedures[0].stages), "nowhere"]),
        st.sampled_from([*(one.id for one in EXAMPLE.procedures[0].steps), ""]),
        st.sampled_from(["", "violation", "no_violation", "refused", "denies", "admissible"]),
        st.integers(0, 30),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(DRAWN, st.integers(0, 40), st.randoms(use_true_random=False))
def test_whatever_is_said_the_joint_review_is_kept(drawn: Any, as_of: int, chance: Any) -> None:
    """Mostly said of where the case stands, sometimes of anything that was ever said."""
    said: list[ActHeld] = []
    for n, (by, to, kind, outcome, after) in enumerate(drawn, 1):
        here = course(EXAMPLE, said).here.acts[0].id
        follows = here if after > 3 else f"{min(after, n - 1):064x}"
        made = step if kind else move
        said.append(made(n, by, kind or to, follows, outcome or None))
    found = course(EXAMPLE, said, START + as_of * HOUR)
    assert breaks(EXAMPLE, found) == []
    chance.shuffle(said)
    assert course(EXAMPLE, said, START + as_of * HOUR) == found


def test_a_move_that_needs_two_takes_effect_when_both_have_said_the_same() -> None:
    alpha, beta = move(1, "alpha", "c", "0" * 64), move(2, "beta", "c", "0" * 64)
    assert course(TWO, [alpha]).here.stage.id == "a"
    assert course(TWO, [alpha]).words == {"alpha": (alpha,)}
    both = course(TWO, [alpha, beta])
    assert (both.here.stage.id, both.here.since) == ("c", beta.at)
    assert both.here.acts == (alpha, beta)


def test_two_moves_that_both_have_what_they_need_keep_the_case_where_it_is() -> None:
    found = course(
        TWO, [move(1, "beta", "b", "0" * 64), move(2, "beta", "c", "0" * 64), move(3, "alpha", "c", "0" * 64)]
    )
    assert (found.here.stage.id, found.contested, found.torn) == ("a", True, ("beta",))
    settled = course(TWO, [move(2, "beta", "c", "0" * 64), move(3, "alpha", "c", "0" * 64)])
    assert (settled.here.stage.id, settled.contested) == ("c", False)


def test_what_followed_an_act_follows_the_act_that_says_it_better() -> None:
    better, later = move(9, "beta", "b", "0" * 64), move(2, "beta", "a", f"{1:064x}")
    assert [one.held for one in course(TWO, [better, later]).aside] == [later]
    with_it = course(TWO, [better, move(2, "alpha", "a", f"{1:064x}")], stands_for={better.id: [f"{1:064x}"]})
    assert [one.stage.id for one in with_it.passages] == ["a", "b", "a"]


def test_leaving_an_end_is_a_re_opening_and_what_was_needed_is_needed_again() -> None:
    stages, ids = EXAMPLE.procedures[0].stages, {n: f"{n:064x}" for n in range(12)}
    assert {one.id for one in stages if one.end} == {"published", "closed"}
    said = [
        move(1, "beta", "inquiry", ids[0]), move(2, "beta", "investigation", ids[1]),
        step(3, "north_command", "reply", ids[2], "denies"),
        move(4, "alpha", "finding", ids[2], "violation"), move(5, "beta", "finding", ids[2], "violation"),
        move(6, "secretariat", "published", ids[4]), move(7, "secretariat", "investigation", ids[6]),
        move(8, "alpha", "finding", ids[7], "no_violation"), move(9, "beta", "finding", ids[7], "no_violation"),
    ]  # fmt: skip
    found = course(EXAMPLE, said)
    assert [one.stage.id for one in found.passages[-3:]] == ["finding", "published", "investigation"]
    assert found.here.reopened
    assert {one.because for one in found.aside} == {"the stage 'finding' needs reply first"}
    again = course(EXAMPLE, [*said[:7], step(10, "north_command", "reply", ids[7], "admits", -3), *said[7:]])
    assert again.here.outcome == "no_violation"


def test_silence_proposes_counts_or_means_nothing_and_never_moves_a_case() -> None:
    quiet = course(EXAMPLE, [])
    before, after = START + 71 * HOUR, START + 72 * HOUR
    [due] = dues(EXAMPLE, quiet, before)
    assert (due.over, due.silence.to) == (False, "inquiry")
    assert dues(EXAMPLE, quiet, after)[0].over
    assert course(EXAMPLE, [], LATEST).here.stage.id == "allegation"


def test_an_unanswered_query_opens_the_way_after_its_deadline_only() -> None:
    ids = {n: f"{n:064x}" for n in range(9)}
    said = [
        move(1, "beta", "inquiry", ids[0]), step(2, "beta", "query", ids[1]), move(3, "beta", "investigation", ids[1]),
    ]  # fmt: skip
    week = 7 * 24
    for at, missing in ((week - 1, ("reply",)), (week, ())):
        [way] = [
            one for one in ways(EXAMPLE, course(EXAMPLE, said), said[1].at + at * HOUR) if one.stage.id == "finding"
        ]
        assert way.missing == missing
    early = [move(n, by, "finding", ids[3], "violation", hours=0) for n, by in ((4, "alpha"), (5, "beta"))]
    late = [move(n, by, "finding", ids[3], "violation", hours=week) for n, by in ((4, "alpha"), (5, "beta"))]
    assert course(EXAMPLE, [*said, *early]).here.stage.id == "investigation"
    assert course(EXAMPLE, [*said, *late]).here.stage.id == "finding"


@pytest.mark.parametrize("by", ["alpha", "south_council"])
def test_who_may_not_move_a_case_does_not_move_it(by: str) -> None:
    said = [move(1, "beta", "inquiry", "0" * 64), move(2, by, "investigation", f"{1:064x}")]
    found = course(EXAMPLE, said)
    assert found.here.stage.id == "inquiry"
    assert len(found.aside) == 1


def forked(agreement: Agreement) -> Agreement:
    """A procedure in which each of two co-chairs may go either way alone."""
    stages = (
        Stage("a", {"en": "A"}, by=("alpha",), next=("b", "c")),
        Stage("b", {"en": "B"}, by=("co_chair",)),
        Stage("c", {"en": "C"}, by=("co_chair",)),
    )
    return msgspec.structs.replace(agreement, procedures=(msgspec.structs.replace(SMALL, stages=stages),))


def test_two_bodies_that_go_two_ways_from_one_place_keep_the_case_there() -> None:
    ways_taken = [move(1, "alpha", "b", "0" * 64), move(2, "beta", "c", "0" * 64)]
    found = course(forked(EXAMPLE), ways_taken)
    assert (found.here.stage.id, found.contested, found.torn) == ("a", True, ())
    same = [move(1, "alpha", "b", "0" * 64), move(2, "beta", "b", "0" * 64)]
    assert course(forked(EXAMPLE), same).here.acts == tuple(same)


def test_a_clock_that_runs_behind_puts_no_stage_before_the_one_it_came_from() -> None:
    found = course(TWO, [move(9, "beta", "b", "0" * 64), move(1, "alpha", "a", f"{9:064x}")])
    assert [one.since for one in found.passages] == [START, START + 9 * HOUR, START + 9 * HOUR]


def test_a_step_that_came_after_the_move_does_not_bear_it() -> None:
    ids = {n: f"{n:064x}" for n in range(9)}
    said = [
        move(1, "beta", "inquiry", ids[0]), move(2, "beta", "investigation", ids[1]),
        move(3, "alpha", "finding", ids[2], "violation"), move(4, "beta", "finding", ids[2], "violation"),
    ]  # fmt: skip
    late, early = (step(5, "north_command", "reply", ids[2], "denies", hours) for hours in (0, -2))
    assert course(EXAMPLE, [*said, late]).here.stage.id == "investigation"
    assert course(EXAMPLE, [*said, early]).here.stage.id == "finding"


def test_a_move_may_follow_any_of_the_words_that_made_a_joint_move() -> None:
    both = [move(1, "alpha", "c", "0" * 64), move(2, "beta", "c", "0" * 64)]
    for after in (1, 2):
        assert course(TWO, [*both, move(3, "beta", "b", f"{after:064x}")]).here.stage.id == "b"


def test_silence_that_means_nothing_stands_for_no_reply() -> None:
    procedure = EXAMPLE.procedures[0]
    plain_query = msgspec.structs.replace(procedure.steps[1], deadline=Deadline(days=7))
    steps = (procedure.steps[0], plain_query, *procedure.steps[2:])
    mute = msgspec.structs.replace(EXAMPLE, procedures=(msgspec.structs.replace(procedure, steps=steps),))
    said = [move(1, "beta", "inquiry", "0" * 64), step(2, "beta", "query", f"{1:064x}")]
    said.append(move(3, "beta", "investigation", f"{1:064x}"))
    for agreement, missing in ((EXAMPLE, ()), (mute, ("reply",))):
        [way] = [one for one in ways(agreement, course(agreement, said), LATEST) if one.stage.id == "finding"]
        assert way.missing == missing


def test_no_case_is_opened_where_none_begins_or_by_whom_it_is_not() -> None:
    for change in ({"stage": "b"}, {"by": "beta"}, {"procedure": "other"}):
        held = opened("small")
        held = msgspec.structs.replace(held, act=msgspec.structs.replace(held.act, **change))
        assert course_of(TWO, held, [], {}, LATEST) is None
    assert course_of(TWO, opened("small"), [], {}, START - 1) is None
