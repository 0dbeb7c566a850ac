"""The right edge of the tree: appending without reading back."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.frontier import Frontier
from truceline.record.subtrees import EMPTY_ROOT


def plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + plain_root(leaves[:split]) + plain_root(leaves[split:])).digest()


@given(st.lists(st.integers(0, 9), max_size=12))
def test_any_way_of_appending_gives_the_root_of_the_whole(steps: list[int]) -> None:
    leaves = [sha256(bytes([i])).digest() for i in range(sum(steps))]
    frontier, done = Frontier(), 0
    for step in steps:
        frontier = Frontier.load(frontier.dump())
        frontier.append(leaves[done : done + step])
        done += step
        assert (frontier.size, frontier.root()) == (done, plain_root(leaves[:done]))


def test_an_empty_frontier_has_the_empty_root() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert Frontier.load(Frontier().dump()).root() == EMPTY_ROOT


@pytest.mark.parametrize("form", [b"", b"\0" * 7, b"\0" * 7 + b"\1", b"\0" * 7 + b"\1" + b"x" * 31, b"\0" * 9])
def test_bytes_that_do_not_fit_the_size_they_name_are_refused(form: bytes) -> None:
    with pytest.raises(ValueError):
        Frontier.load(form)


def test_an_append_gives_back_the_nodes_that_a_tile_of_the_next_level_holds() -> None:
    leaves = [sha256(bytes([n % 256, n // 256])).digest() for n in range(1_000)]
    kept: dict[tuple[int, int], bytes] = {}
    frontier = Frontier()
    for start in (0, 3, 255, 256, 700):
        end = {0: 3, 3: 255, 255: 256, 256: 700, 700: 1_000}[start]
        for nodes in frontier.append(leaves[start:end]):
            kept |= {(nodes.height, nodes.first + n): one for n, one in enumerate(nodes.hashes)}
    assert kept == {(8, n): plain_root(leaves[256 * n : 256 * (n + 1)]) for n in range(3)}
