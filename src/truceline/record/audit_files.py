"""Recomputing a log that was given away as static files, by someone who trusts neither files nor giver.

Recomputed are: every tile against its bundle, each level against the one below, the tree against the signed
head, and, with the log's key, the head's signature. Payloads are not there: nothing is said of them.
"""

from collections.abc import Callable, Generator, Iterator

from truceline.record.audit import Fault
from truceline.record.frontier import Frontier
from truceline.record.sign import SignedHead, head_is_signed
from truceline.record.tiles import Tile, bundles_of, checked_entries, hashes_of, tile_root, tiles_of

Read = Callable[[str], bytes]
"""Gives the content of a file by its name below the log's address. Raises `ValueError` where it is not there."""


def audit_files(head: SignedHead, public_key: bytes | None, read: Read) -> Iterator[Fault]:
    """The faults of a log in files; none if everything holds."""
    if public_key is not None and not head_is_signed(head, public_key):
        yield Fault(None, "head", "The head is not signed with this key.")
    frontier, below = Frontier(), list[bytes]()
    for tile in bundles_of(head.size):
        hashes = yield from _bundle_faults(tile, read)
        frontier.append(hashes)
        if tile.width == len(hashes) == 256:
            below.append(tile_root(hashes))
    if frontier.root() != head.root:
        yield Fault(None, "tree", "The entries are not those the head signs.")
    yield from _level_faults(head.size, below, read)


def _bundle_faults(tile: Tile, read: Read) -> Generator[Fault, None, list[bytes]]:
    """What is wrong with one bundle and its tile. Returns the hashes, none where they cannot be read."""
    first = tile.over()[0]
    try:
        at_level_0 = Tile(0, tile.number, tile.width)
        hashes = hashes_of(read(at_level_0.path), at_level_0)
    except ValueError as error:
        yield Fault(first, "tile", f"{error}.")
        return []
    try:
        checked_entries(read(tile.path), tile, hashes)
    except ValueError as error:
        yield Fault(first, "bundle", f"{error}.")
    return hashes


def _level_faults(size: int, below: list[bytes], read: Read) -> Iterator[Fault]:
    """Each tile above level 0 against the tiles under it."""
    level, hashes, above = 1, below, list[bytes]()
    for tile in tiles_of(size):
        if tile.level == 0:
            continue
        if tile.level > level:
            level, hashes, above = tile.level, above, []
        wanted = hashes[tile.number * 256 : tile.number * 256 + tile.width]
        try:
            if hashes_of(read(tile.path), tile) != wanted:
                yield Fault(tile.over()[0], "tile", f"{tile.path} is not what the level below says.")
        except ValueError as error:
            yield Fault(tile.over()[0], "tile", f"{error}.")
        if tile.width == len(wanted) == 256:
            above.append(tile_root(wanted))
