"""Cosigning a head that somebody asks for by HTTP: `add-checkpoint` of c2sp.org/tlog-witness.

A pure function: the request's body and what was cosigned last go in, the answer and what is cosigned now come out.
Whoever calls it sees to it that nothing comes between asking and keeping. In this project a holder's cosignature
says that it holds the entries and has checked them, so `Log.held` bounds what is cosigned: a head beyond it is
answered like one with the wrong old size (409), and can be asked for again when the entries have come.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.merkle import consistency_holds
from truceline.record.note import MOST_BYTES, Note
from truceline.record.sign import HASH_BYTES, SignedHead, head_is_signed, read_head

MOST_STEPS = 63
MOST_BODY = MOST_BYTES + 64 * MOST_STEPS
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})", re.ASCII)


class Log(Struct, frozen=True):
    """A log whose heads are cosigned: its key, the size and root cosigned last (0 if never), and the size held."""

    public_key: bytes
    size: int
    root: bytes
    held: int


class Answered(Struct, frozen=True):
    """The answer; `cosigned` is the head with this cosigner's signature, to be kept before the answer is sent."""

    status: int
    content_type: str
    body: bytes
    cosigned: Note | None = None


def add_checkpoint(body: bytes, logs: Mapping[str, Log], cosign: Callable[[Note], Note]) -> Answered:
    """Answer one request. `cosign` adds this holder's dated line to a note; it is called only for what is consistent.

    200 with the cosignature; 400 for what is no request; 403 not signed by the log; 404 a log not known; 409 another
    old size (the size cosigned last is the body) or another root at the same size; 422 the proof does not hold.
    """
    try:
        old, steps, head = read_request(body)
    except ValueError as error:
        return _said(400, str(error))
    log = logs.get(head.origin)
    if log is None:
        return _said(404, "this log is not known here")
    if not head_is_signed(head, log.public_key):
        return _said(403, "the head is not signed with the key known here")
    if old > head.size:
        return _said(400, "the old size is larger than the new one")
    if old != log.size or head.size > log.held or (old == head.size and head.root != log.root):
        return Answered(409, SIZE, f"{log.size}\n".encode())
    if not _consistent(old, log.root, head, steps):
        return _said(422, "the consistency proof does not hold")
    cosigned = cosign(Note(head.note.text, head.note.signatures[:1]))
    line = cosigned.signatures[-1]
    return Answered(200, TEXT, line.line().encode(), Note(head.note.text, (line,)))


def read_request(body: bytes) -> tuple[int, list[bytes], SignedHead]:
    """The old size, the consistency proof and the head of a request. Raises `ValueError` for what is none."""
    if len(body) > MOST_BODY:
        raise ValueError("the request is too long")
    above, gap, note = body.partition(b"\n\n")
    lines = above.decode().split("\n")
    old = _OLD.fullmatch(lines[0])
    if not gap or old is None or len(lines) - 1 > MOST_STEPS:
        raise ValueError("a request is 'old SIZE', up to 63 lines of a proof, an empty line and a signed head")
    return int(old[1]), [_hash(line) for line in lines[1:]], read_head(note)


def request(old: int, steps: Sequence[bytes], head: bytes) -> bytes:
    """The body of a request for a head."""
    lines = [f"old {old}", *(text_of(step) for step in steps)]
    return "".join(f"{line}\n" for line in lines).encode() + b"\n" + head


def _consistent(old: int, root: bytes, head: SignedHead, steps: Sequence[bytes]) -> bool:
    if old == 0:
        return not steps
    return consistency_holds(old, root, head.size, head.root, steps)


def _hash(line: str) -> bytes:
    found = bytes_of(line, "a line of the proof")
    if len(found) != HASH_BYTES:
        raise ValueError("a line of the proof is no hash")
    return found


def _said(status: int, sentence: str) -> Answered:
    return Answered(status, TEXT, f"{sentence}\n".encode())
