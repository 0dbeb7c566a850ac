"""The bundle: one file with the logs that a holder gives to another, read piece by piece.

    magic     the line `truceline bundle v2`
    parts     each one byte of kind, four bytes of length (big-endian), and its content:
      H       the heading, canonical JSON: by, for (origins; `for` may be empty), logs (how many), v
      then for each log
      L       canonical JSON: key (its verifier key), first, size, heads (how many), edge, had
      C       a signed head with all cosignatures known, by size; the last is the newest, of `size`
      E       the entries from `first` on up to the next multiple of 256, and so on, as C2SP entry bundles
      O       what is opened of its entries to whom the bundle is for, sealed (`openings`); any number of them
      at last
      Z       SHA-256 of all bytes before this part

`edge` is the right edge of the tree at `first` (hex, see `frontier`): with it the entries alone lead to the
signed root, whatever the reader holds. `had` is the size up to which the maker says it has everything that was
opened to it of this log: the next bundle for it begins there. Everything is bounded; whatever is not as written here
is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

import msgspec

from truceline.errors import ExchangeRefused
from truceline.exchange.openings import MOST_PACKET, MOST_PACKETS
from truceline.record.canonical import canonical, read_canonical
from truceline.record.entry import MOST_ENTRY_BYTES
from truceline.record.frontier import Frontier
from truceline.record.note import MOST_BYTES
from truceline.record.sign import HASH_BYTES, SignedHead, read_head, read_verifier_key
from truceline.record.tiles import LENGTH_BYTES, WIDTH, Tile, bundle, entries_of

MAGIC = b"truceline bundle v2\n"
MOST_LOGS = 1_024
MOST_HEADS = 64
MOST_SIZE = 1 << 40
MOST_NEW = 1 << 26
"""Entries of one bundle, all logs together."""
MOST_OF = {
    "H": 4_096, "L": 8_192, "C": MOST_BYTES, "E": WIDTH * (MOST_ENTRY_BYTES + LENGTH_BYTES), "O": MOST_PACKET,
    "Z": HASH_BYTES,
}  # fmt: skip
"""Bytes of a part, by its kind."""
_MEND = "Nothing was kept. Ask for the bundle again; if it stays so, tell whoever made it."

Read = Callable[[int], bytes]
"""Gives so many bytes, or as many as there are left."""


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"for_": "for"}):
    """Who made the bundle, for whom (empty: anyone), and how many logs are in it."""

    by: str
    for_: str
    logs: int
    v: Literal[2] = 2


class _Log(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    first: int
    size: int
    heads: int
    edge: str
    had: int


class LogPart(NamedTuple):
    """One log of a bundle: whose it is, from where on its entries come, the edge of its tree there, its heads.

    `had`: up to which size its maker has what was opened to it.
    """

    origin: str
    public_key: bytes
    first: int
    edge: Frontier
    heads: tuple[SignedHead, ...]
    had: int = 0

    @property
    def size(self) -> int:
        """The size its newest head signs."""
        return self.heads[-1].size


class Chunk(NamedTuple):
    """Entries that follow one another, from a seq on: 256 at most."""

    first: int
    bodies: list[bytes]


class Coming(NamedTuple):
    """One log of a bundle as it is read: its entries, and after them what is opened of them, sealed."""

    log: LogPart
    chunks: Iterator[Chunk]
    openings: Iterator[bytes]


class Outgoing(NamedTuple):
    """One log to be written into a bundle: heads as bytes, by size; chunks as `stretches` cuts them; sealed packets."""

    key: str
    first: int
    size: int
    edge: Frontier
    heads: Sequence[bytes]
    chunks: Iterable[Sequence[bytes]]
    had: int = 0
    openings: Iterable[bytes] = ()


def stretches(first: int, size: int) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) of entries that stand in one part each."""
    while first < size:
        end = min(size, (first // WIDTH + 1) * WIDTH)
        yield first, end
        first = end


def written(heading: Heading, logs: Iterable[Outgoing]) -> Iterator[bytes]:
    """The bytes of a bundle, piece by piece."""
    digest = sha256()
    for piece in _pieces(heading, logs):
        digest.update(piece)
        yield piece
    yield _part("Z", digest.digest())


def _pieces(heading: Heading, logs: Iterable[Outgoing]) -> Iterator[bytes]:
    yield MAGIC
    yield _part("H", canonical(msgspec.to_builtins(heading)))
    for log in logs:
        about = _Log(log.key, log.first, log.size, len(log.heads), log.edge.dump().hex(), log.had)
        yield _part("L", canonical(msgspec.to_builtins(about)))
        for head in log.heads:
            yield _part("C", head)
        for bodies in log.chunks:
            yield _part("E", bundle(bodies))
        for packet in log.openings:
            yield _part("O", packet)


def _part(kind: str, content: bytes) -> bytes:
    return kind.encode() + len(content).to_bytes(4, "big") + content


class Bundle:
    """A bundle as it is read. Raises `ExchangeRefused` for whatever is not the form of one."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._digest = sha256()
        self._parts = self._left = 0
        self._next: bytes | None = None
        if self._take(len(MAGIC), "its first line") != MAGIC:
            raise ExchangeRefused("This is no bundle of Truceline, version 2.", "Check the file.")
        self._digest.update(MAGIC)
        try:
            self.heading = msgspec.convert(read_canonical(self._part("H", "the heading")), Heading)
        except ValueError as error:
            raise self._refused("the heading", str(error)) from error
        if not 0 <= self.heading.logs <= MOST_LOGS:
            raise self._refused("the heading", f"a bundle holds at most {MOST_LOGS} logs")
        self._left = MOST_NEW

    def logs(self) -> Iterator[Coming]:
        """The logs, each with its entries and openings; what is not asked for is passed over.

        The entries are asked for before the openings. At the end the digest is checked.
        """
        for number in range(1, self.heading.logs + 1):
            log = self._log(f"log {number}")
            chunks = self._chunks(log)
            openings = self._openings(log, chunks)
            yield Coming(log, chunks, openings)
            for _ in openings:
                pass
        wanted = self._digest.digest()
        if self._part("Z", "the digest at the end") != wanted:
            raise self._refused("the digest at the end", "it is not that of the bytes before it")
        if self._read(1):
            raise self._refused("its end", "there are bytes after it")

    def _log(self, where: str) -> LogPart:
        try:
            about = msgspec.convert(read_canonical(self._part("L", where)), _Log)
            origin, public_key = read_verifier_key(about.key)
            edge = Frontier.load(bytes.fromhex(about.edge))
        except ValueError as error:
            raise self._refused(where, str(error)) from error
        if (
            not 0 <= about.first <= about.size <= MOST_SIZE
            or not 0 <= about.had <= MOST_SIZE
            or edge.size != about.first
            or edge.dump().hex() != about.edge
        ):
            raise self._refused(f"log {origin}", "its sizes do not fit one another, or are out of all bounds")
        if not 0 < about.heads <= MOST_HEADS:
            raise self._refused(f"log {origin}", f"a log has 1 to {MOST_HEADS} heads here")
        self._left -= about.size - about.first
        if self._left < 0:
            raise self._refused(f"log {origin}", f"a bundle holds at most {MOST_NEW:,} entries")
        heads = tuple(self._head(f"head {number} of {origin}") for number in range(1, about.heads + 1))
        sizes = [head.size for head in heads]
        if any(head.origin != origin for head in heads) or sizes != sorted({*sizes}) or sizes[0] < 1:
            raise self._refused(f"log {origin}", "its heads are of another log, or not in order")
        if sizes[-1] != about.size:
            raise self._refused(f"log {origin}", "its newest head signs another size")
        return LogPart(origin, public_key, about.first, edge, heads, about.had)

    def _head(self, where: str) -> SignedHead:
        try:
            return read_head(self._part("C", where))
        except ValueError as error:
            raise self._refused(where, str(error)) from error

    def _chunks(self, log: LogPart) -> Iterator[Chunk]:
        for start, end in stretches(log.first, log.size):
            where = f"entries {start} to {end - 1} of {log.origin}"
            content = self._part("E", where)
            try:
                yield Chunk(start, entries_of(content, Tile(-1, start // WIDTH, end - start)))
            except ValueError:
                raise self._refused(where, "it does not hold that many whole entries") from None

    def _openings(self, log: LogPart, chunks: Iterator[Chunk]) -> Iterator[bytes]:
        for _ in chunks:
            pass
        number = 0
        while self._coming(f"what follows {log.origin}")[:1] == b"O":
            if number == MOST_PACKETS:
                raise self._refused(f"openings of {log.origin}", "there are too many of them")
            yield self._part("O", f"openings {number} of {log.origin}")
            number += 1

    def _part(self, kind: str, where: str) -> bytes:
        head = self._coming(where)
        self._parts, self._next = self._parts + 1, None
        length = int.from_bytes(head[1:], "big")
        if head[:1] != kind.encode():
            raise self._refused(where, "another part stands in its place")
        if length > MOST_OF[kind]:
            raise self._refused(where, f"{length:,} bytes are more than it may have")
        content = self._take(length, where)
        if kind != "Z":
            self._digest.update(head + content)
        return content

    def _coming(self, where: str) -> bytes:
        """The kind and the length of the next part, which stays the next."""
        if self._next is None:
            self._next = self._take(5, where)
        return self._next

    def _take(self, number: int, where: str) -> bytes:
        content = self._read(number)
        if len(content) != number:
            raise self._refused(where, "the bundle ends within it")
        return content

    def _refused(self, where: str, why: str) -> ExchangeRefused:
        return ExchangeRefused(f"The bundle is refused at {where}, part {self._parts}: {why}.", _MEND)
