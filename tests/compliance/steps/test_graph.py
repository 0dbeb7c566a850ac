"""What waits for what: circles are found, every step is read once below what it waits for."""

from typing import Any

import msgspec
import pytest

from truceline.compliance.steps.graph import Branch, circle, columns, tree, waits_for
from truceline.vocabulary.obligation import Step


def graph(**edges: str) -> tuple[Step, ...]:
    """`graph(a="", b="a")`: b waits for a."""
    return tuple(step(name, *before.split()) for name, before in edges.items())


def step(name: str, *before: str, **more: Any) -> Step:
    plain = {
        "id": name, "title": {"en": name}, "obliged": ["north"], "verifiers": ["alpha"],
        "cited": {"source": "Ours", "tag": "invented"}, "waits": [{"step": one} for one in before], **more,
    }  # fmt: skip
    return msgspec.convert(plain, Step)


DIAMOND = graph(a="", b="a", c="a", d="b c")


def test_only_steps_are_edges_clocks_times_and_deliveries_are_not() -> None:
    one = step("b", waits=[{"clock": "seven_quiet_days"}, {"step": "a"}, {"delivery": "C-1"}])
    assert waits_for(one) == ("a",)


@pytest.mark.parametrize(
    ("edges", "around"),
    [
        ({"a": "a"}, ("a", "a")),
        ({"a": "b", "b": "a"}, ("a", "b", "a")),
        ({"a": "", "b": "a d", "c": "b", "d": "c"}, ("b", "d", "c", "b")),
    ],
)
def test_steps_that_wait_for_one_another_are_told_as_a_circle(edges, around) -> None:
    assert circle(graph(**edges)) == around


def test_two_ways_to_one_step_are_no_circle() -> None:
    assert circle(DIAMOND) == ()


def test_a_step_that_is_not_there_makes_no_circle() -> None:
    assert circle(graph(a="nowhere")) == ()


def test_a_step_with_two_waits_stands_below_each_and_is_told_in_full_once() -> None:
    assert tree(DIAMOND) == (
        Branch("a", 0, False), Branch("b", 1, False), Branch("d", 2, False), Branch("c", 1, False),
        Branch("d", 2, True),
    )  # fmt: skip


def test_each_step_stands_in_the_tree_in_full_exactly_once() -> None:
    steps = graph(e="c", a="", c="a b", b="", d="c e", f="")
    told = [branch.step for branch in tree(steps) if not branch.again]
    assert sorted(told) == sorted(one.id for one in steps)


def test_a_step_is_drawn_behind_the_last_that_it_waits_for() -> None:
    assert columns(graph(a="", b="a", c="a b", d="")) == {"a": 0, "b": 1, "c": 2, "d": 0}


def test_without_steps_there_is_nothing_to_read() -> None:
    assert (tree(()), columns(()), circle(())) == ((), {}, ())
