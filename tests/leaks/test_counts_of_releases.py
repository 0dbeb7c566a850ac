"""Counts that were released, subtracted from one another in every way: no small count comes out.

Readers of different audiences talk, releases of different cuts lie side by side, and indicators contain one another.
"""

import sys
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from counted_worlds import Told, World, made, moved, recovered, releases_of, told_of

from truceline.publication.released_counts.blocks import Block

blocks_module, release_module = (
    import_module(f"truceline.publication.released_counts.{name}") for name in ("blocks", "release")
)
PAIRS = 1_000


def worlds(seed: int, number: int) -> list[World]:
    random = Random(seed)
    return [made(random) for _ in range(number)]


def pinned(world: World, random: Random, most: int = 6) -> list[str]:
    """Blocks of which something more than the sum is told: where putting all of it elsewhere changes a release."""
    seen = [each.release for each in releases_of(world)]
    several = [one.block for release in seen for one in release.given if len([*one.block.atoms]) > 1]
    found = []
    for block in random.sample(several, min(most, len(several))):
        atoms = [*block.atoms]
        for to in (atoms[0], atoms[-1], random.choice(atoms)):
            if [each.release for each in releases_of(moved(world, block, to))] != seen:
                found.append(f"{block} {to}")
    return found


def test_no_difference_of_two_releases_or_margins_is_a_small_count(capsys) -> None:
    random, pairs, subtracted, told = Random(20_261_123), 0, 0, 0
    while pairs < PAIRS:
        earlier = releases_of(made(random))
        assert recovered(earlier) == []
        numbers = len(list(told_of(earlier)))
        pairs += len(earlier) * (len(earlier) - 1) // 2
        told += numbers
        subtracted += numbers * (numbers - 1) // 2
    with capsys.disabled():
        print(f"\n{pairs} pairs of releases, {told} numbers and margins, {subtracted} differences: none recovered")
    assert told > 5 * pairs


def test_all_of_a_block_may_have_been_on_any_one_of_its_area_days() -> None:
    """Not by subtraction, nor from how the blocks were cut, nor from what was not told: each is nought or all of it."""
    random = Random(7)
    for world in worlds(11, 150):
        assert pinned(world, random) == []


def test_no_small_count_lies_in_the_span_of_what_was_told() -> None:
    """Over rationals: unknown is what each area-day held at each cut; solved for every one that is determined."""
    random, solved = Random(23), 0
    for _ in range(25):
        world = made(random)
        if len(world.areas) * world.days > 60:
            continue
        earlier = releases_of(world)
        for value, least in determined(world, earlier):
            solved += 1
            assert value == 0 or value >= least
    assert solved


def determined(world: World, earlier: list) -> list[tuple[int, int]]:
    """Every unknown that the numbers told determine, with the smallest number promised."""
    unknown: dict[tuple, int] = {}
    rows = []
    for n, each in enumerate(earlier):
        for one in each.release.told:
            cut = int(one.cut) if one.cut else n
            at = [unknown.setdefault((cut, atom), len(unknown)) for atom in one.block.atoms]
            rows.append((at, one.number or 0))
    least = min(one.least for each in earlier for one in each.release.given)
    width = len(unknown)
    matrix = [[Fraction(int(c in at)) for c in range(width)] + [Fraction(number)] for at, number in rows]
    return [(int(row[-1]), least) for row in reduced(matrix, width) if sum(map(bool, row[:-1])) == 1]


def reduced(matrix: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """Gauss and Jordan, exactly."""
    row = 0
    for column in range(width):
        at = next((n for n in range(row, len(matrix)) if matrix[n][column]), None)
        if at is None:
            continue
        matrix[row], matrix[at] = matrix[at], matrix[row]
        by = matrix[row][column]
        matrix[row] = [value / by for value in matrix[row]]
        for n in range(len(matrix)):
            if n != row and (by := matrix[n][column]):
                matrix[n] = [a - by * b for a, b in zip(matrix[n], matrix[row], strict=True)]
        row += 1
    return matrix[:row]


def every_step(then: frozenset[int], now: frozenset[int], least: int) -> bool:
    return True


def cut_where_it_fits(block: Block, counts, least: int):
    """A suppressor that looks for a cut in what happened: what it did not cut says too much."""
    for cut in range(block.first + 1, block.until):
        halves = [
            Block(block.of, block.areas, block.first, cut), Block(block.of, block.areas, cut, block.until),
        ]  # fmt: skip
        if all(len(blocks_module.members(half, counts)) >= least for half in halves):
            yield halves[0]
            yield from cut_where_it_fits(halves[1], counts, least)
            return
    yield block


def always_cut(block: Block, counts, least: int):
    halves = blocks_module._halves(block)
    if halves:
        for half in halves:
            yield from always_cut(half, counts, least)
    else:
        yield block


def test_a_suppressor_that_tells_every_step_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_module, "_step", every_step)
    assert any(recovered(releases_of(world)) for world in worlds(3, 60))


def test_a_suppressor_that_tells_every_number_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "_leaves", always_cut)
    monkeypatch.setattr(release_module, "max", lambda bounds: 0, raising=False)
    assert any(small(list(told_of(releases_of(world)))) for world in worlds(3, 60))


def small(told: list[Told]) -> bool:
    return any(0 < one.number < 2 for one in told)


def test_a_suppressor_that_cuts_where_it_fits_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "_leaves", cut_where_it_fits)
    random = Random(5)
    assert any(pinned(world, random) for world in worlds(3, 60))
