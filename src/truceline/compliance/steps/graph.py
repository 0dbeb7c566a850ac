"""What waits for what: the edges between steps, circles among them, and the tree in which they can be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.vocabulary.obligation import Step


@dataclass(frozen=True)
class Branch:
    """A line of the tree: a step below the one it waits for. again: it stands further up already, with all below it."""

    step: str
    depth: int
    again: bool


def waits_for(step: Step) -> tuple[str, ...]:
    """The steps that it waits for."""
    return tuple(wait.step for wait in step.waits if wait.step is not None)


def circle(steps: Sequence[Step]) -> tuple[str, ...]:
    """The first circle of steps that wait for one another, from its first back to it; () where there is none."""
    edges = {step.id: waits_for(step) for step in steps}
    done: set[str] = set()
    for step in steps:
        found = _round(step.id, edges, (), done)
        if found:
            return found
    return ()


def _round(name: str, edges: dict[str, tuple[str, ...]], path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    if name in path:
        return (*path[path.index(name) :], name)
    if name in done or name not in edges:
        return ()
    for before in edges[name]:
        found = _round(before, edges, (*path, name), done)
        if found:
            return found
    done.add(name)
    return ()


def tree(steps: Sequence[Step]) -> tuple[Branch, ...]:
    """Every step below what it waits for, those that wait for no step first; a step with several waits stands below
    each of them."""
    after: dict[str, list[str]] = {step.id: [] for step in steps}
    for step in steps:
        for before in waits_for(step):
            after[before].append(step.id)
    told: set[str] = set()
    roots = [step.id for step in steps if not waits_for(step)]
    return tuple(branch for root in roots for branch in _below(root, 0, after, told))


def _below(name: str, depth: int, after: dict[str, list[str]], told: set[str]) -> Iterator[Branch]:
    again = name in told
    yield Branch(name, depth, again)
    told.add(name)
    if not again:
        for follower in after[name]:
            yield from _below(follower, depth + 1, after, told)


def columns(steps: Sequence[Step]) -> dict[str, int]:
    """How many steps come before each at least: its column in a drawing, from 0."""
    edges = {step.id: waits_for(step) for step in steps}
    found: dict[str, int] = {}

    def column(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((column(before) for before in edges[name]), default=-1)
        return found[name]

    return {name: column(name) for name in edges}
