"""Openings in transit: fields of many entries of one log, packed by column, sealed for the holder who may read them.

A packet is MessagePack, a list of groups of entries that have as many fields and open the same of them. A group:

    seqs      eight bytes each (big-endian), ascending
    fields    how many fields each of these entries has
    opened    a list of [position, name], by position
    salts     32 bytes each: of the first opened field for all entries, then of the second, and so on
    closed    the commitments to the fields that are not opened, 32 bytes each, in the same order
    contents  zlib over the lengths of all contents (four bytes each, same order) and then the contents

A packet is padded with zeros to whole `PAD` bytes behind its length (four bytes), so that its size tells little, and
sealed (`record.sealing`) about the log, the receiver, its number in this sending and whether it is the last. In front
stands one byte: 1 for the last, 0 for any other. Everything is bounded before it is unpacked.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec

from truceline.record.commit import MOST_FIELDS, SALT_BYTES, column_commitments
from truceline.record.sealing import OVERHEAD_BYTES, SealingKey, sealed

PAD = 4_096
MOST_PACKET = 80 * 1024 * 1024
MOST_CONTENT = 64 * 1024 * 1024
"""Bytes of the contents of one group, unpacked."""
MOST_TOGETHER = 1_024
"""Entries of a group."""
MOST_GROUPS = 1_024
MOST_NAME = 1_024
MOST_PACKETS = 1 << 24
_TAG = b"truceline openings v1\x00"
_SEQ_BYTES, _LENGTH_BYTES = 8, 4

Opened = tuple[int, str, bytes, bytes]
"""A field that is opened: its position, name, salt and content."""


class Opening(NamedTuple):
    """What is opened of one entry: the commitments to the fields that are not, in order, and those that are."""

    seq: int
    closed: Sequence[bytes]
    opened: Sequence[Opened]

    @property
    def fields(self) -> int:
        """How many fields the entry has."""
        return len(self.closed) + len(self.opened)


class Group(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Entries that open the same fields, as they travel."""

    seqs: bytes
    fields: int
    opened: tuple[tuple[int, str], ...]
    salts: bytes
    closed: bytes
    contents: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Group]).decode


def about(log: str, receiver: str, number: int, *, last: bool) -> bytes:
    """What a packet is sealed about: nobody can put it in another's place."""
    names = b"".join(len(name.encode()).to_bytes(4, "big") + name.encode() for name in (log, receiver))
    return _TAG + names + number.to_bytes(8, "big") + bytes([last])


def packed(openings: Iterable[Opening]) -> bytes:
    """A packet, not sealed yet. Raises `ValueError` where it would be larger than a packet may be."""
    alike: dict[tuple[int, tuple[tuple[int, str], ...]], list[Opening]] = {}
    for opening in openings:
        places = tuple([(position, name) for position, name, _, _ in opening.opened])
        alike.setdefault((opening.fields, places), []).append(opening)
    groups = [_group(fields, places, some) for (fields, places), some in alike.items()]
    content = _encode(groups)
    whole = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    if len(whole) + PAD + OVERHEAD_BYTES >= MOST_PACKET:
        raise ValueError("it is larger than a packet of openings may be")
    return whole + bytes(-len(whole) % PAD)


def _group(fields: int, places: tuple[tuple[int, str], ...], some: Sequence[Opening]) -> Group:
    columns = range(len(places))
    contents = [one.opened[at][3] for at in columns for one in some]
    lengths = b"".join([len(content).to_bytes(_LENGTH_BYTES, "big") for content in contents])
    if len(lengths) + sum(map(len, contents)) > MOST_CONTENT:
        raise ValueError("the fields of one entry are larger than a packet of openings may be")
    return Group(
        seqs=b"".join([one.seq.to_bytes(_SEQ_BYTES, "big") for one in some]),
        fields=fields,
        opened=places,
        salts=b"".join([one.opened[at][2] for at in columns for one in some]),
        closed=b"".join([one.closed[at] for at in range(fields - len(places)) for one in some]),
        contents=zlib.compress(lengths + b"".join(contents), 1),
    )


def sealed_packet(packet: bytes, public: bytes, log: str, receiver: str, number: int, *, last: bool) -> bytes:
    """A packet as it travels."""
    return bytes([last]) + sealed(packet, public, about(log, receiver, number, last=last))


def opened_packet(content: bytes, key: SealingKey, log: str, number: int) -> tuple[list["Came"], bool]:
    """The groups of a packet, and whether it is the last. Raises `ValueError` with what is wrong with it."""
    if content[:1] not in (b"\0", b"\1") or not OVERHEAD_BYTES < len(content) <= MOST_PACKET:
        raise ValueError("it is no packet of openings")
    last = content[0] == 1
    packet = key.unsealed(content[1:], about(log, key.origin, number, last=last))
    length = int.from_bytes(packet[:_LENGTH_BYTES], "big")
    padding = packet[_LENGTH_BYTES + length :]
    if len(packet) % PAD or length > len(packet) - _LENGTH_BYTES or len(padding) >= PAD or any(padding):
        raise ValueError("it is not packed as a packet of openings is")
    groups = _decode(memoryview(packet)[_LENGTH_BYTES : _LENGTH_BYTES + length])
    if len(groups) > MOST_GROUPS:
        raise ValueError("it has too many groups")
    return [_came(group) for group in groups], last


class Came(NamedTuple):
    """A group as it came: what it says fits together, but nothing of it was held against the log yet."""

    seqs: list[int]
    fields: int
    places: tuple[tuple[int, str], ...]
    salts: list[bytes]
    closed: list[bytes]
    contents: list[list[bytes]]

    def commitments(self) -> Iterator[tuple[bytes, ...]]:
        """Of each entry the commitments to all its fields, in order: recomputed where a field is opened."""
        number, opened = len(self.seqs), {position: at for at, (position, _) in enumerate(self.places)}
        closed, columns = iter(self.closed), []
        for position in range(self.fields):
            at = opened.get(position)
            if at is None:
                column = next(closed)
                columns.append([column[n : n + SALT_BYTES] for n in range(0, SALT_BYTES * number, SALT_BYTES)])
            else:
                columns.append(column_commitments(position, self.places[at][1], self.salts[at], self.contents[at]))
        return zip(*columns, strict=True)

    def opened(self, number: int) -> list[Opened]:
        """The fields that are opened of one of the entries."""
        own = slice(SALT_BYTES * number, SALT_BYTES * (number + 1))
        return [
            (position, name, salts[own], contents[number])
            for (position, name), salts, contents in zip(self.places, self.salts, self.contents, strict=True)
        ]


def _came(group: Group) -> Came:
    number, opened, rest = len(group.seqs) // _SEQ_BYTES, len(group.opened), group.fields - len(group.opened)
    positions = [position for position, _ in group.opened]
    if not 0 < number <= MOST_TOGETHER or len(group.seqs) % _SEQ_BYTES or not 0 < opened <= group.fields <= MOST_FIELDS:
        raise ValueError("a group of it has no entries, or too many, or no fields")
    if not 0 <= positions[0] <= positions[-1] < group.fields or any(one >= two for one, two in pairwise(positions)):
        raise ValueError("the fields of a group are not in order")
    if any(len(name) > MOST_NAME for _, name in group.opened):
        raise ValueError("the name of a field is too long")
    if len(group.salts) != SALT_BYTES * number * opened or len(group.closed) != SALT_BYTES * number * rest:
        raise ValueError("a group has not one salt for each field it opens, and one commitment for each other")
    seqs = [int.from_bytes(group.seqs[at : at + _SEQ_BYTES], "big") for at in range(0, len(group.seqs), _SEQ_BYTES)]
    if seqs[-1] >> 62 or any(one >= two for one, two in pairwise(seqs)):
        raise ValueError("the entries of a group are not in order")
    cut = _cutter(SALT_BYTES * number)
    return Came(seqs, group.fields, group.opened, cut(group.salts), cut(group.closed), _contents(group, number))


def _contents(group: Group, number: int) -> list[list[bytes]]:
    """The contents by column. The lengths are read first, so that there are never more than the salts allow."""
    unpacking = zlib.decompressobj()
    try:
        flat = unpacking.decompress(group.contents, MOST_CONTENT + 1)
    except zlib.error:
        flat = b""
    heads = _LENGTH_BYTES * number * len(group.opened)
    lengths = [int.from_bytes(flat[at : at + _LENGTH_BYTES], "big") for at in range(0, heads, _LENGTH_BYTES)]
    if not unpacking.eof or unpacking.unused_data or heads + sum(lengths) != len(flat):
        raise ValueError("the contents of a group are not what their lengths say")
    ends = [*accumulate(lengths, initial=heads)]
    contents = [flat[start:end] for start, end in pairwise(ends)]
    return [contents[at : at + number] for at in range(0, len(contents), number)]


def _cutter(size: int) -> Callable[[bytes], list[bytes]]:
    return lambda content: [content[at : at + size] for at in range(0, len(content), size)]
