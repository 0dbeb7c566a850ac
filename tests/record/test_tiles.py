"""A log as static files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.merkle import consistency_holds, inclusion_holds, leaf_hash, root_of
from truceline.record.proofs import consistency_proof, inclusion_proof, nodes_of, stretch_root
from truceline.record.tiles import (
    Tile,
    bundle,
    bundles_of,
    checked_entries,
    entries_of,
    hashes_of,
    nodes_from,
    tile_named,
    tiles_of,
)

ENTRIES = [f"entry {n}".encode() for n in range(1_100)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def hashes(tile: Tile) -> list[bytes]:
    each = 256**tile.level
    first = tile.number * 256
    return [root_of(LEAVES[n * each : (n + 1) * each]) for n in range(first, first + tile.width)]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"), (Tile(0, 1_234_067), "tile/0/x001/x234/067"), (Tile(1, 273, 17), "tile/1/273.p/17"),
        (Tile(-1, 1000, 5), "tile/entries/x001/000.p/5"),
    ],
)  # fmt: skip
def test_a_tile_has_the_name_of_the_standard(tile, path):
    assert tile.path == path
    assert tile_named(path) == tile


@pytest.mark.parametrize(
    "path",
    ["tile/0/1", "tile/0/x000/001", "tile/0/000.p/256", "tile/0/000.p/0", "tile/8/000", "tile/0/../000", "tile/00/000"],
)
def test_any_other_name_is_no_tile(path):
    with pytest.raises(ValueError):
        tile_named(path)


def test_seventy_thousand_entries_have_the_tiles_that_the_standard_names():
    tiles = list(tiles_of(70_000))
    assert len([tile for tile in tiles if (tile.level, tile.width) == (0, 256)]) == 273
    assert tiles[273:] == [Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_grown_log_names_only_the_tiles_it_did_not_have(one, other):
    after, size = sorted((one, other))
    assert set(tiles_of(size)) - set(tiles_of(after)) == set(tiles_of(size, after))


@given(st.integers(1, len(ENTRIES)), st.data())
def test_proofs_come_from_tiles_alone(size, draw):
    node = nodes_from(hashes, size)
    index, first = draw.draw(st.integers(0, size - 1)), draw.draw(st.integers(1, size))
    root = root_of(LEAVES[:size])
    assert stretch_root(node, 0, size) == root
    assert inclusion_holds(root, size, index, LEAVES[index], inclusion_proof(node, size, index))
    assert consistency_proof(node, first, size) == consistency_proof(nodes_of(LEAVES[:size]), first, size)
    assert consistency_holds(first, root_of(LEAVES[:first]), size, root, consistency_proof(node, first, size))


def test_a_full_tile_is_one_hash_of_the_level_above():
    assert root_of(hashes(Tile(0, 2))) == hashes(Tile(1, 0, 4))[2]


def test_a_bundle_gives_its_entries_back_and_no_others():
    for tile in bundles_of(len(ENTRIES)):
        start, end = tile.over()
        content = bundle(ENTRIES[start:end])
        assert checked_entries(content, tile, hashes(Tile(0, tile.number, tile.width))) == ENTRIES[start:end]
        for broken in (content[:-1], content + b"\0", b"", content + content):
            with pytest.raises(ValueError):
                entries_of(broken, tile)
    with pytest.raises(ValueError, match="other entries"):
        checked_entries(content.replace(b"entry 1099", b"entry 1098"), tile, hashes(Tile(0, tile.number, tile.width)))


def test_a_tile_has_as_many_hashes_as_its_name_says():
    tile = Tile(0, 4, 76)
    assert hashes_of(b"".join(LEAVES[1024:]), tile) == LEAVES[1024:]
    with pytest.raises(ValueError, match="has 2431 bytes"):
        hashes_of(b"".join(LEAVES[1024:])[:-1], tile)
