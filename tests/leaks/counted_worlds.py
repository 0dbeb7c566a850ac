"""Worlds with incidents, releases of their counts to several audiences at several cuts, and a reader who subtracts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from truceline.publication.released_counts import Block, Release, blocks, margins, released
from truceline.publication.released_counts.blocks import Atom, members
from truceline.publication.released_counts.release import Earlier

BEGINS = 739_000
"""A day (`date.toordinal`)."""
NESTED = (("a",), ("a", "b"), ("a", "b", "c"), ("b",), ("c",))
"""Indicators by their classes: some contain others."""


@dataclass
class World:
    """Incidents by number, each with its atom, as they stood at each cut; and what was asked at it."""

    areas: tuple[str, ...]
    days: int
    states: list[dict[int, Atom]] = field(default_factory=list)
    wishes: list[tuple[tuple[str, ...], int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A number that was told, and what it is a number of: incidents, each in its block, that only the world knows.

    An incident that moved between two blocks told at two cuts stands in both, as it does in their sum.
    """

    number: int
    of: frozenset[tuple[Block, int]]
    least: int
    release: int


def made(random: Random) -> World:
    """A world with two to four releases."""
    world = World(tuple("pqrstu"[: random.randint(1, 6)]), random.randint(2, 30))
    state: dict[int, Atom] = {}
    for n in range(random.choice((3, 12, 40, 120))):
        state[n] = _somewhere(random, world)
    for _ in range(random.randint(2, 4)):
        world.states.append(dict(state))
        first = random.randint(0, world.days - 1)
        last = random.randint(first, world.days - 1)
        if random.random() < 0.6:
            first, last = 0, world.days - 1
        world.wishes.append((random.choice(NESTED), random.randint(2, 6), BEGINS + first, BEGINS + last + 1))
        state = _later(random, world, state)
    return world


def _somewhere(random: Random, world: World) -> Atom:
    near = int(random.triangular(0, world.days - 1, random.randint(0, world.days - 1)))
    return random.choice("aabc"), random.choice((world.areas[0], *world.areas)), BEGINS + near


def _later(random: Random, world: World, state: dict[int, Atom]) -> dict[int, Atom]:
    """Some incidents come in late, some are taken off, some are moved: few, or many."""
    kept = {n: atom for n, atom in state.items() if random.random() > random.choice((0, 0.02, 0.3))}
    for n in random.sample(sorted(kept), min(len(kept), random.choice((0, 1, 3)))):
        kept[n] = _somewhere(random, world)
    begun = max(state, default=0) + 1
    for n in range(begun, begun + random.choice((0, 1, 2, 6, 20))):
        kept[n] = _somewhere(random, world)
    return kept


def counts_of(state: dict[int, Atom]) -> dict[Atom, frozenset[int]]:
    found: dict[Atom, set[int]] = {}
    for n, atom in state.items():
        found.setdefault(atom, set()).add(n)
    return {atom: frozenset(its) for atom, its in found.items()}


def releases_of(world: World) -> list[Earlier]:
    """What was released, one after another, each in view of those before it."""
    earlier: list[Earlier] = []
    for n, (state, (classes, least, first, until)) in enumerate(zip(world.states, world.wishes, strict=True)):
        counts = counts_of(state)
        held = tuple(dict.fromkeys(one.block for each in earlier for one in each.release.given))
        chosen = blocks(counts, least, held, classes=classes, areas=world.areas, first=first, until=until)
        before = [each for each in earlier if {one.block.of for one in each.release.given} & {*classes}]
        release = released(chosen, counts, before, least=least, first=first, until=until)
        earlier.append(Earlier(release, counts, str(n)))
    return earlier


def told_of(earlier: list[Earlier]) -> Iterator[Told]:
    """Every number and every margin of every release, by indicator and by class."""
    for n, each in enumerate(earlier):
        its = [(one, _as_told(earlier, one.block, one.cut, n)) for one in each.release.told]
        for one, of in its:
            yield Told(one.number or 0, of, one.least, n)
        for classes in (None, *NESTED):
            yield from _margins(n, each.release, classes, its)


def _margins(n: int, release: Release, classes: tuple[str, ...] | None, its: list) -> Iterator[Told]:
    for one in margins(release, classes):
        inside = [
            (given, of) for given, of in its
            if (classes is None or given.block.of in classes)
            and release.first <= given.block.first and given.block.until <= release.until
            and _within(one.of, one.name, given.block)
        ]  # fmt: skip
        if inside:
            of = frozenset().union(*(of for _, of in inside))
            yield Told(one.number, of, min(given.least for given, _ in inside), n)


def _within(of: str, name: str, block: Block) -> bool:
    from datetime import date

    if of == "area":
        return block.areas == (name,)
    monday = date.fromisoformat(name).toordinal() if of == "week" else 0
    return of == "all" or (monday <= block.first and block.until <= monday + 7)


def _as_told(earlier: list[Earlier], block: Block, cut: str, n: int) -> frozenset[tuple[Block, int]]:
    """The incidents of a block at the cut at which its number was first told."""
    return frozenset((block, one) for one in members(block, earlier[int(cut) if cut else n].counts))


def recovered(earlier: list[Earlier]) -> list[str]:
    """Small counts that two told numbers give: where one is of a part of what the other is of."""
    found = []
    told = list({(one.number, one.of, one.release): one for one in told_of(earlier)}.values())
    found += [f"{one.number} told" for one in told if 0 < one.number < one.least]
    found += [f"{one.number} is not {len(one.of)}" for one in told if one.number != len(one.of)]
    for one, other in combinations(told, 2):
        less, more = sorted((one, other), key=lambda each: len(each.of))
        rest = more.number - less.number
        if 0 < rest < min(less.least, more.least) and less.of <= more.of:
            found.append(f"{more.number} - {less.number}")
    return found


def moved(world: World, block: Block, to: Atom) -> World:
    """The same world with all that ever was in a block put into one of its area-days."""
    atoms = {*block.atoms}
    states = [{n: to if atom in atoms else atom for n, atom in state.items()} for state in world.states]
    return World(world.areas, world.days, states, world.wishes)
