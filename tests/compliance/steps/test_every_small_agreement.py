"""Every agreement of up to three steps, with every set of a few acts, in every order, at every instant.

Explored exhaustively: each step of each agreement has one state and no other, no step is both fulfilled and breached,
what is over stays over until a verifier takes its word back or gives another, no state is dead, and the order in which
acts were entered changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise, permutations
from pathlib import Path
from sys import modules
from typing import Any

import msgspec
import pytest

from truceline.compliance.cross_checks.steps import steps as what_is_wrong
from truceline.compliance.steps import StepState, stand, standing, waiting
from truceline.compliance.steps.words import FINAL
from truceline.vocabulary.when import read_as_of, read_instant

OVER = (StepState.FULFILLED, StepState.DISCHARGED, StepState.EXPIRED)
Key = tuple[frozenset[str], int]


def _module() -> Any:
    path = Path(__file__).with_name("small_agreements.py")
    spec = spec_from_file_location("truceline_tests_small_agreements", path)
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


small_agreements = _module()


@dataclass
class Seen:
    """What was explored."""

    agreements: int = 0
    sets: int = 0
    orders: int = 0
    states: int = 0
    reached: set[StepState] = field(default_factory=set)


def agreements(example: Any, steps: int) -> Iterator[Any]:
    if steps == 1:
        return small_agreements.one_step(example)
    return small_agreements.several_steps(example, steps)


@pytest.fixture(autouse=True)
def _times_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same few times are read a million times."""
    monkeypatch.setattr(waiting, "read_instant", cache(read_instant))
    monkeypatch.setattr(standing, "read_as_of", cache(read_as_of))


@pytest.mark.parametrize(
    ("steps", "most"),
    [(2, 2), *(pytest.param(*case, marks=pytest.mark.long) for case in ((1, 3), (3, 2)))],
)
def test_every_state_of_every_small_agreement_is_sound(example, capsys, steps, most):
    seen = Seen()
    for small in agreements(example.agreement, steps):
        assert not list(what_is_wrong(small.agreement))
        explore(small, most, seen)
        seen.agreements += 1
    assert seen.reached == set(StepState) - ({StepState.SUSPENDED} if steps > 1 else set())
    with capsys.disabled():
        print(
            f"\n{steps} steps: {seen.agreements} agreements, {seen.sets:,} sets of up to {most} acts in "
            f"{seen.orders:,} orders, {seen.states:,} states of steps explored"
        )


def explore(small: Any, most: int, seen: Seen) -> None:
    zone = small.agreement.zone
    instants = [read_as_of(text, zone) for text in small_agreements.MOMENTS]
    found: dict[Key, dict[str, Any]] = {}
    for acts in small_agreements.subsets(small.alphabet, most):
        ids = frozenset(act.id for act in acts)
        for instant in instants:
            stood = found[ids, instant] = stand(small.agreement, acts, instant)
            for one in stood.values():
                seen.reached.add(one.state)
                seen.states += 1
                is_what_the_words_say(one, acts, instant)
        stays_over(found, ids, acts, instants)
        others_change_nothing(found, ids, acts, instants, small.agreement)
        any_order_is_the_same(small, acts, found[ids, instants[-1]], instants[-1], seen)
        is_not_dead(small, acts, found[ids, instants[-1]])
        seen.sets += 1


def last_words(acts: Any, step: Any, instant: int) -> list[set[str]]:
    """What each verifier said last of the step, by the raw acts; the secretariat's word is everybody's."""
    spoken = [
        act for act in acts if getattr(act.act, "about", None) == step.id and act.at <= instant
    ]  # fmt: skip
    words = []
    for body in step.verifiers:
        own = [act for act in spoken if act.act.by == body]
        last = max((act.at for act in own), default=0)
        words.append({act.act.says for act in own if act.at == last})
    return words


def is_what_the_words_say(one: Any, acts: Any, instant: int) -> None:
    """Never fulfilled and breached; final only by what every verifier said last, and always then."""
    words = last_words(acts, one.step, instant)
    final = [word & set(FINAL) for word in words]
    assert (one.state is StepState.FULFILLED) == all(word == {"done"} for word in final)
    assert (one.state is StepState.DISCHARGED) == all(word == {"discharged"} for word in final)
    states = {party.state for party in one.parties}
    assert not {StepState.FULFILLED, StepState.BREACHED} <= states
    if one.state is StepState.BREACHED:
        assert all(word == {"not_done"} for word in final)
        assert one.since is not None
        assert all(max(one.since, one.due) <= word.when <= instant for word in words_of(one))
    if one.state is StepState.CONDITIONAL:
        assert any(wait.come in ("unmet", "open") for wait in one.waits)
    if one.state is StepState.SUSPENDED:
        assert all(word == {"suspended"} for word in words)


def words_of(one: Any) -> Any:
    return [word for party in one.parties for view in party.views for word in view.words]


def stays_over(found: dict[Key, Any], ids: frozenset[str], acts: Any, instants: list[int]) -> None:
    """Once everything is said, time alone ends nothing that is over, and mends no breach."""
    last = max((act.at for act in acts), default=0)
    for earlier, later in pairwise(instants):
        if earlier < last:
            continue
        for name, one in found[ids, earlier].items():
            if one.state in (*OVER, StepState.BREACHED):
                assert found[ids, later][name].state is one.state


def others_change_nothing(found: dict[Key, Any], ids: frozenset[str], acts: Any, instants: list[int], of: Any) -> None:
    """What is over stays so whatever is said of other steps that it does not wait for, and whatever a party claims."""
    for act in acts:
        without = ids - {act.id}
        for instant in instants:
            for name, one in found[without, instant].items():
                concerned = before(of, name)
                about = getattr(act.act, "about", None)
                claimed = act.act.by == "north_command"
                if one.state in OVER and (claimed or (about is not None and about not in concerned)):
                    assert found[ids, instant][name].state is one.state


def before(agreement: Any, name: str) -> set[str]:
    """The step and all that it waits for."""
    step = next(one for one in agreement.steps if one.id == name)
    waits = [before(agreement, wait.step) for wait in step.waits if wait.step]
    return {name}.union(*waits)


def any_order_is_the_same(small: Any, acts: Any, stood: Any, instant: int, seen: Seen) -> None:
    """Entered in any order, each with the number it then has."""
    for order in permutations(acts):
        seen.orders += 1
        entered = [msgspec.structs.replace(act, seq=n) for n, act in enumerate(order)]
        if order != acts:
            assert stand(small.agreement, entered, instant) == stood


def is_not_dead(small: Any, acts: Any, stood: Any) -> None:
    """From every state that is not over, the verifiers' words can still end it."""
    if all(one.state in OVER for one in stood.values()):
        return
    zone = small.agreement.zone
    done = [
        small_agreements.said(zone, body, step.id, "done", small_agreements.AT_LAST)
        for step in small.agreement.steps
        for body in step.verifiers
    ]
    ended = stand(small.agreement, [*acts, *done], read_as_of(small_agreements.AT_LAST, zone))
    assert {one.state for one in ended.values()} == {StepState.FULFILLED}
