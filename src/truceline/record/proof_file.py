"""The file that proves, offline, that one entry is in a log (c2sp.org/tlog-proof@v1).

c2sp.org/tlog-proof@v1
extra <base64, anything; it is not proved>      (may be left out)
index <the entry's place, from 0>
<a hash in base64 a line, from the leaf's neighbour up>

<the signed head, with whatever cosignatures>
"""

import re
from collections.abc import Sequence

import msgspec

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.merkle import inclusion_holds
from truceline.record.note import MOST_BYTES
from truceline.record.sign import HASH_BYTES, SignedHead, read_head

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MOST_STEPS = 63
LINE = "a line of the proof"
MOST_EXTRA = 65_536
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)


class EntryProof(msgspec.Struct, frozen=True):
    """That the entry of some leaf hash stands at an index of the log with this head. `extra` is not proved."""

    index: int
    steps: tuple[bytes, ...]
    head: SignedHead
    extra: bytes = b""

    def holds(self, leaf: bytes) -> bool:
        """The leaf hash is in the tree. Whether the head is signed, and by whom, is another question."""
        return inclusion_holds(self.head.root, self.head.size, self.index, leaf, self.steps)


def proof_file(index: int, steps: Sequence[bytes], head: bytes, extra: bytes = b"") -> bytes:
    """The bytes of the file; `head` are those of a signed head."""
    lines = [FIRST_LINE, *([f"extra {text_of(extra)}"] if extra else []), f"index {index}", *map(text_of, steps)]
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + head


def read_proof_file(content: bytes) -> EntryProof:
    """The proof these bytes are; nothing is checked. Raises `ValueError` unless they are exactly the form of one."""
    if len(content) > MOST_BYTES + MOST_EXTRA + MOST_STEPS * 64:
        raise ValueError("the proof has too many bytes")
    above, gap, head = content.partition(b"\n\n")
    lines = above.decode().split("\n")
    extra = bytes_of(lines.pop(1).removeprefix("extra "), LINE) if lines[1:] and lines[1].startswith("extra ") else b""
    place = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
    if not gap or lines[0] != FIRST_LINE or place is None or len(lines) - 2 > MOST_STEPS:
        raise ValueError(f"a proof is {FIRST_LINE}, its index, its hashes, an empty line and the head")
    proof = EntryProof(int(place[1]), tuple(bytes_of(line, LINE) for line in lines[2:]), read_head(head), extra)
    if (
        any(len(step) != HASH_BYTES for step in proof.steps)
        or proof_file(proof.index, proof.steps, head, extra) != content
    ):
        raise ValueError("the proof is not written as its format asks")
    return proof
