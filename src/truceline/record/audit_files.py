"""Recomputing a log that was given away as static files, by someone who trusts neither files nor giver.

Recomputed are: every tile against its bundle, each level against the one below, the tree against the signed
head, and, with the log's key, the head's signature, who may sign (`people`), the signatures of the entries, and
the roots that submissions sign over their rows. Payloads are not there: nothing is said of them.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping

from truceline.record.audit import Arrived, Fault
from truceline.record.frontier import Frontier
from truceline.record.people import Signers
from truceline.record.sign import SignedHead, head_is_signed
from truceline.record.tiles import HEIGHT, WIDTH, Tile, bundles_of, checked_entries, hashes_of, tiles_of

Read = Callable[[str], bytes]
"""Gives the content of a file by its name below the log's address. Raises `ValueError` where it is not there."""


def audit_files(head: SignedHead, public_key: bytes | None, read: Read) -> Iterator[Fault]:
    """The faults of a log in files; none if everything holds."""
    if public_key is not None and not head_is_signed(head, public_key):
        yield Fault(None, "head", "The head is not signed with this key.")
    frontier, above = Frontier(), defaultdict[int, list[bytes]](list)
    arrived = None if public_key is None else Arrived(Signers(head.origin, public_key), 0)
    for tile in bundles_of(head.size):
        hashes, entries = yield from _bundle_faults(tile, read)
        for nodes in frontier.append(hashes):
            above[nodes.height] += nodes.hashes
        if len(entries) < tile.width:
            arrived = None  # who may sign what follows may be said in what is not there
        elif arrived is not None:
            for seq, body, leaf in zip(range(*tile.over()), entries, hashes, strict=True):
                yield from arrived.faults(seq, body, leaf)
    if arrived is not None:
        yield from arrived.finish()
    if frontier.root() != head.root:
        yield Fault(None, "tree", "The entries are not those the head signs.")
    yield from _level_faults(head.size, above, read)


def _bundle_faults(tile: Tile, read: Read) -> Generator[Fault, None, tuple[list[bytes], list[bytes]]]:
    """What is wrong with one bundle and its tile. Returns hashes and entries, none where they cannot be read."""
    first = tile.over()[0]
    try:
        at_level_0 = Tile(0, tile.number, tile.width)
        hashes = hashes_of(read(at_level_0.path), at_level_0)
    except ValueError as error:
        yield Fault(first, "tile", f"{error}.")
        return [], []
    try:
        return hashes, checked_entries(read(tile.path), tile, hashes)
    except ValueError as error:
        yield Fault(first, "bundle", f"{error}.")
        return hashes, []


def _level_faults(size: int, above: Mapping[int, list[bytes]], read: Read) -> Iterator[Fault]:
    """Each tile above level 0 against the nodes of the tree, by their height."""
    for tile in tiles_of(size):
        if tile.level == 0:
            continue
        wanted = above[HEIGHT * tile.level][tile.number * WIDTH : tile.number * WIDTH + tile.width]
        try:
            if hashes_of(read(tile.path), tile) != wanted:
                yield Fault(tile.over()[0], "tile", f"{tile.path} is not what the level below says.")
        except ValueError as error:
            yield Fault(tile.over()[0], "tile", f"{error}.")
