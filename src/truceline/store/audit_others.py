"""Auditing the other logs in a mission file: recomputed as the own is, except that of their payloads there is
only what was opened (`audit_given`).

Checked besides: that an entry of the own log added each of them with this key, that cosignatures and proofs
hold, and that what the links say was seen is what is kept of it.
"""

import sqlite3
from collections.abc import Iterator

import msgspec

from truceline.errors import RecordBroken
from truceline.record import audit as record
from truceline.record.audit import Fault, Kept, KeptHead
from truceline.record.audit_rows import Stretch
from truceline.record.canonical import read_canonical
from truceline.record.misbehaviour import checked, read_misbehaviour
from truceline.record.sign import head_dated_s, read_head, verifier_key
from truceline.store import audit_given, cut, kept, nodes, seen
from truceline.store.others import Others, Peer
from truceline.store.tables import OWN_LOG

AT_ONCE = 2_000
_SEEN = b'"seen":'
_header = msgspec.json.Decoder(dict[str, object])


def faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Everything that does not hold of the other logs, and of what others said of the own."""
    others = Others(connection)
    peers = others.peers()
    cosigners = dict(connection.execute("SELECT origin, public_key FROM log").fetchall())
    for peer in peers:
        yield from _named(peer, _log_faults(connection, peer))
        yield from _added(connection, peer)
    if seen.there(connection):
        yield from _seen_faults(connection)
        yield from _cosignature_faults(connection, cosigners)
        yield from _proof_faults(others)
        yield from _policy_faults(connection)
        yield from audit_given.sealing_faults(connection)
    yield from audit_given.faults(connection)
    yield from _strangers(connection, {OWN_LOG, *(peer.log for peer in peers)})


def _named(peer: Peer, found: Iterator[Fault]) -> Iterator[Fault]:
    for fault in found:
        yield Fault(fault.seq, fault.what, f"{peer.origin}: {fault.sentence}")


def _log_faults(connection: sqlite3.Connection, peer: Peer) -> Iterator[Fault]:
    heads = connection.execute("SELECT size, note, dated_us FROM head WHERE log = ? ORDER BY size", (peer.log,))
    tree, entries = nodes.Compared(), _entries(connection, peer.log)
    read = (KeptHead(*row) for row in heads)
    yield from record.audit(peer.origin, peer.public_key, entries, read, payloads=False, nodes=tree.gather)
    yield from tree.faults(connection, peer.log)
    try:
        edge = cut.frontier_of(connection, peer.log)
        last = connection.execute("SELECT max(size) FROM head WHERE log = ?", (peer.log,)).fetchone()[0] or 0
        fits = (edge.size, edge.root()) == (last, cut.root_at(connection, peer.log, last))
    except RecordBroken:
        fits = False
    if not fits:
        yield Fault(None, "edge", "The kept edge of the tree is not that of the last head.")


def _entries(connection: sqlite3.Connection, log: int) -> Iterator[Kept | Stretch]:
    rows = connection.execute("SELECT seq, body, leaf FROM entry WHERE log = ? ORDER BY seq", (log,))
    while some := rows.fetchmany(AT_ONCE):
        yield from _stretch(some)


def _stretch(rows: list[tuple[int, bytes, bytes]]) -> Iterator[Kept | Stretch]:
    """Entries that follow one another, together: their payloads are elsewhere."""

    def one(at: int) -> Kept:
        return Kept(*rows[at], None)

    seqs, bodies, leaves = map(list, zip(*rows, strict=True))
    if seqs[-1] - seqs[0] == len(seqs) - 1:
        yield Stretch(seqs[0], bodies, leaves, (), (), one)
    else:
        yield from map(one, range(len(rows)))


def _seen_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """What is kept of what authors had seen is what their entries say, the own among them."""
    said = {
        (log, seq, of, *head)
        for log, seq, body in connection.execute("SELECT log, seq, body FROM entry WHERE instr(body, ?)", (_SEEN,))
        for of, head in _seen_in(body).items()
    }
    for log, seq, of, _, _ in said ^ set(connection.execute("SELECT log, seq, of, size, root FROM seen").fetchall()):
        where = "" if log == OWN_LOG else f" of log {log}"
        yield Fault(seq, "seen", f"What is kept of what entry {seq}{where} had seen of {of} is not what it says.")


def _seen_in(body: bytes) -> dict[str, tuple[int, str]]:
    try:
        named = _header.decode(body).get("links")
    except ValueError:
        return {}
    return seen.named_in(named) if isinstance(named, dict) else {}


def _added(connection: sqlite3.Connection, peer: Peer) -> Iterator[Fault]:
    """The entry that added a peer says what is kept of it."""
    try:
        _, fields = kept.sealed(connection, OWN_LOG, peer.seq)
        said = read_canonical(dict(fields)["exchange"])
    except (RecordBroken, KeyError, ValueError):
        said = None
    key = verifier_key(peer.origin, peer.public_key)
    if said != {"how": peer.how, "key": key, "name": peer.name, "side": peer.side, "what": "peer"}:
        yield Fault(peer.seq, "peer", f"Entry {peer.seq} did not add {peer.name} with this log, key and side.")


def _cosignature_faults(connection: sqlite3.Connection, cosigners: dict[str, bytes]) -> Iterator[Fault]:
    question = "SELECT cosignature.size, name, dated_s, cosignature.note, head.note FROM cosignature"
    for size, name, dated_s, note, head_note in connection.execute(f"{question} LEFT JOIN head USING(log, size)"):
        try:
            head = read_head(note)
            same = head_note is not None and read_head(head_note).note.text == head.note.text and head.size == size
            holds = same and name in cosigners and head_dated_s(head, name, cosigners[name]) == dated_s
        except ValueError:
            holds = False
        if not holds:
            yield Fault(None, "cosignature", f"The cosignature of {name} at size {size} does not hold.")


def _proof_faults(others: Others) -> Iterator[Fault]:
    origins = {peer.log: peer.origin for peer in others.peers()}
    for digest, log, file in others.misbehaviours():
        try:
            holds = checked(read_misbehaviour(file)).origin == origins.get(log) or log == OWN_LOG
        except ValueError:
            holds = False
        if not holds:
            yield Fault(None, "proof", f"The kept proof {digest[:16]} shows nothing.")


def _policy_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    for seq, content in connection.execute("SELECT seq, content FROM policy ORDER BY seq"):
        try:
            _, fields = kept.sealed(connection, OWN_LOG, seq)
            said = read_canonical(dict(fields)["exchange"])
            same = said == {"policy": msgspec.json.decode(content), "what": "policy"}
        except (RecordBroken, KeyError, ValueError):
            same = False
        if not same:
            yield Fault(seq, "policy", f"Entry {seq} does not set the policy that is kept.")


def _strangers(connection: sqlite3.Connection, known: set[int]) -> Iterator[Fault]:
    question = " UNION SELECT DISTINCT log FROM ".join(["SELECT id FROM log", "entry", "head", "node"])
    strangers = {log for (log,) in connection.execute(question)} - known
    if strangers:
        yield Fault(None, "log", "There are entries or heads of a log this mission does not have.")
