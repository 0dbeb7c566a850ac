"""The nodes kept for proofs: what they give is what all leaves give, and the audit compares."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import RecordBroken
from truceline.record.frontier import Frontier
from truceline.record.merkle import consistency_holds, inclusion_holds, root_of
from truceline.record.proofs import consistency_proof, inclusion_proof
from truceline.record.tiles import Tile
from truceline.store import nodes, tables
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG

Chance = Callable[[int], bytes]
SIZE = 66_200
"""More than 256 tiles, so that there is a node of height 16, and some leaves after the last full tile."""
NOON_US = 1_456_574_400_000_000


@pytest.fixture(scope="module")
def leaves() -> list[bytes]:
    return [sha256(b"leaf %d" % n).digest() for n in range(SIZE)]


@pytest.fixture(scope="module")
def tree(leaves: list[bytes]) -> Iterator[sqlite3.Connection]:
    """A log of bare leaves, appended in uneven steps."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(tables.schema())
        connection.execute("INSERT INTO log VALUES(1, 'example.org/tree', x'00')")
        rows = ((OWN_LOG, n, b"", leaf) for n, leaf in enumerate(leaves))
        connection.executemany("INSERT INTO entry VALUES(?, ?, ?, ?)", rows)
        frontier, at, step = Frontier(), 0, 1
        while at < SIZE:
            nodes.keep(connection, OWN_LOG, frontier.append(leaves[at : at + step]))
            at, step = at + step, min(10_007, step * 3)
        yield connection


def test_nodes_stand_at_every_eighth_height_over_full_subtrees_alone(
    tree: sqlite3.Connection, leaves: list[bytes]
) -> None:
    kept = {(height, number): one for height, number, one in tree.execute("SELECT height, number, hash FROM node")}
    assert {height for height, _ in kept} == {8, 16}
    assert len(kept) == SIZE // 256 + 1
    assert kept[8, 100] == root_of(leaves[25_600:25_856])
    assert kept[16, 0] == root_of(leaves[:65_536])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 40_000, 65_535, 65_536, 65_537, SIZE])
def test_the_edge_and_the_root_at_any_size_are_those_of_all_its_leaves(
    tree: sqlite3.Connection, leaves: list[bytes], size: int
) -> None:
    edge = nodes.edge_at(tree, OWN_LOG, size)
    assert edge.root() == root_of(leaves[:size])
    edge.append(leaves[size : size + 300])
    assert edge.root() == root_of(leaves[: size + 300])


@given(st.data())
def test_any_proof_made_from_nodes_holds(tree: sqlite3.Connection, leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, SIZE))
    root = nodes.edge_at(tree, OWN_LOG, size).root()
    place, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    node = nodes.node(tree, OWN_LOG, size)
    assert inclusion_holds(root, size, place, leaves[place], inclusion_proof(node, size, place))
    before = nodes.edge_at(tree, OWN_LOG, first).root()
    assert consistency_holds(first, before, size, root, consistency_proof(node, first, size))


def test_a_proof_at_a_large_size_asks_for_a_few_tiles_only(tree: sqlite3.Connection) -> None:
    asked: list[str] = []
    tree.set_trace_callback(asked.append)
    inclusion_proof(nodes.node(tree, OWN_LOG, SIZE), SIZE, 12_345)
    tree.set_trace_callback(None)
    assert len(asked) <= 6


def test_a_tile_with_a_hash_missing_is_refused(tree: sqlite3.Connection) -> None:
    with pytest.raises(RecordBroken, match="missing"):
        nodes.tile(tree, OWN_LOG, Tile(0, SIZE // 256 + 1))
    with pytest.raises(RecordBroken, match="missing"):
        nodes.tile(tree, OWN_LOG, Tile(1, 1, 10))


@pytest.fixture
def grown(mission: MissionFile, chance: Chance) -> MissionFile:
    """Six hundred rows under two submissions."""
    for _ in range(2):
        with mission.pen(NOON_US, chance) as pen:
            layout = pen.enter("layout", [("layout", b"one")], {})
            rows = pen.rows([[("one", b"%d" % n)] for n in range(300)], layout[1])
            pen.submission(rows[0][0], [("file", b"rows")], {})
    return mission


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE node SET hash = zeroblob(32) WHERE number = 1", "entries 256 to 511"),
        ("DELETE FROM node WHERE number = 0", "entries 0 to 255"),
        ("INSERT INTO node VALUES(1, 8, 2, zeroblob(32))", "height 8, number 2,"),
        ("INSERT INTO node VALUES(1, 16, 0, zeroblob(32))", "height 16, number 0,"),
        ("INSERT INTO node VALUES(1, -8, 1 << 62, zeroblob(32))", "height -8,"),
        ("INSERT INTO node VALUES(1, 1 << 62, 1, zeroblob(32))", "no entries make it"),
    ],
)
def test_the_audit_names_a_node_that_is_not_that_of_its_entries(grown: MissionFile, change: str, named: str) -> None:
    assert grown.audit() == []
    grown._connection.execute(change)
    [fault] = grown.audit()
    assert fault.what == "node" and named in fault.sentence


def test_nodes_of_no_log_that_is_held_are_named(grown: MissionFile) -> None:
    grown._connection.execute("INSERT INTO node VALUES(7, 8, 0, zeroblob(32))")
    assert [fault.what for fault in grown.audit()] == ["log"]


def test_nothing_is_kept_of_nodes_whose_entries_were_not_entered(grown: MissionFile, chance: Chance) -> None:
    before = grown._connection.execute("SELECT count(*) FROM node").fetchone()

    def interrupted() -> None:
        with grown.pen(NOON_US, chance) as pen:
            for _ in range(300):
                pen.enter("note", [("note", b"")], {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert grown._connection.execute("SELECT count(*) FROM node").fetchone() == before
    assert grown.audit() == []
