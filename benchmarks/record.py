"""The record: entries in bulk, one acknowledged act beside a bare commit, an audit, and proofs over a large log.

In bulk: rows of six fields, each field committed under its own salt, with their entries, payloads, tree and signed
submissions, ready in columns as take-in has them; once by one process, once with a second that makes commitments
and entries ahead, as take-in does from 20,000 rows on. The audit recomputes all of them from the file.

One act: from taking up the pen to the return of its commit, signatures of act and head included, against a commit
of one row of as many bytes into a bare SQLite file beside it (write-ahead log, synchronous=FULL), in turns.

Proofs: over leaves without a real entry under them (their bodies are eight bytes), put into the file past the pen:
what is measured reads leaves and nodes and never a body. Each proof reads its tiles anew, from pages in memory.
"""

import os
import sqlite3
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from typing import Any, NamedTuple

from benchmarks.missions import audited, made
from benchmarks.timing import timed
from truceline.pipeline.sharing import no_looking_for_rings
from truceline.record.commit import SECRET_BYTES, commit_many, packed
from truceline.record.entry import RowForm
from truceline.record.frontier import Frontier
from truceline.record.merkle import consistency_holds, inclusion_holds
from truceline.record.proofs import consistency_proof, inclusion_proof
from truceline.store import nodes
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Pen
from truceline.store.tables import OWN_LOG

ENTRIES, LEAVES = 1_000_000, 10_000_000
ACTS, PROOFS = 400, 300
AT_ONCE, A_SUBMISSION, AHEAD = 2_000, 100_000, 12
NAMES = ("source", "row", "when", "where", "who", "words")
ACT = [("act", b"x" * 200), ("who", b"duty officer"), ("because", b"y" * 60)]


class Ready(NamedTuple):
    """Rows ready to be entered, in columns."""

    bodies: list[bytes]
    leaves: list[bytes]
    secrets: list[bytes]
    packed: list[bytes]


def run(entries: int = ENTRIES, leaves: int = LEAVES) -> dict[str, Any]:
    """All of it; the missions are made anew each time and removed."""
    with tempfile.TemporaryDirectory() as folder:
        alone, shared, large = (Path(folder) / name for name in ("alone", "shared", "large"))
        steps = [_bulk(alone, entries, _one_by_one, "bulk, one process")]
        steps.append(_bulk(shared, entries, _by_two, "bulk, with a second process"))
        found, audit = timed("audit", lambda: audited(alone))
        assert not found
        audit["note"] = f"{entries / audit['seconds']:,.0f} entries a second; processor {audit['processor']:.1f} s"
        act = _acts(alone, Path(folder) / "bare")
        proofs = _proofs(large, leaves)
    steps.append(audit)
    return {
        "title": f"{entries:,} entries with six committed fields, and proofs over {leaves:,}",
        "entries": entries,
        "steps": steps,
        "seconds": round(sum(step["seconds"] for step in steps), 2),
        "peak_mb": max(step["peak_mb"] for step in steps),
        "further": [act, *proofs],
    }


def ready(first: int, secrets: bytes, form: RowForm) -> Ready:
    """Rows under secrets drawn before, made from columns of contents that differ from row to row."""
    drawn = [secrets[at : at + SECRET_BYTES] for at in range(0, len(secrets), SECRET_BYTES)]
    numbers = [b"%d" % number for number in range(first, first + len(drawn))]
    columns = [[b"some words of a row, " + number for number in numbers] for _ in NAMES]
    commitments = commit_many(drawn, NAMES, columns)
    kept = [packed(list(zip(NAMES, contents, strict=True))) for contents in zip(*columns, strict=True)]
    return Ready(*form.entries(commitments), drawn, kept)


Make = Callable[[int, RowForm], Iterator[Ready]]


def _tasks(entries: int) -> Iterator[tuple[int, bytes]]:
    return ((first, os.urandom(SECRET_BYTES * AT_ONCE)) for first in range(0, entries, AT_ONCE))


def _one_by_one(entries: int, form: RowForm) -> Iterator[Ready]:
    return (ready(first, secrets, form) for first, secrets in _tasks(entries))


def _by_two(entries: int, form: RowForm) -> Iterator[Ready]:
    """A second process makes them, some ahead; what is made comes back whole."""
    tasks, waiting = _tasks(entries), deque[Future[Ready]]()
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        while True:
            for first, secrets in islice(tasks, AHEAD - len(waiting)):
                waiting.append(other.submit(ready, first, secrets, form))
            if not waiting:
                return
            yield waiting.popleft().result()


def _bulk(path: Path, entries: int, make: Make, name: str) -> dict[str, Any]:
    made(path)
    before = getrusage(RUSAGE_CHILDREN)
    with no_looking_for_rings(), MissionFile.open(path, write=True) as mission:
        _, step = timed(name, lambda: _entered(mission, entries, make))
    after = getrusage(RUSAGE_CHILDREN)
    other = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    step["processor"] = round(step["processor"] + other, 3)
    step["note"] = f"{entries / step['seconds']:,.0f} entries a second; processor {step['processor']:.1f} s"
    return step


def _entered(mission: MissionFile, entries: int, make: Make) -> None:
    with mission.pen(1, os.urandom) as pen:
        _, layout = pen.enter("layout", [("layout", b"six fields")], {})
        first, form = pen.size, pen.row_forms(layout)[0]
        for rows in make(entries, form):
            pen.prepared_rows(*rows)
            if pen.size - first >= A_SUBMISSION:
                first = _submitted(pen, first)
        if pen.size > first:
            _submitted(pen, first)


def _submitted(pen: Pen, first: int) -> int:
    pen.submission(first, [("file", b"rows")], {})
    return pen.size


def _acts(path: Path, bare: Path) -> dict[str, Any]:
    """One act at a time and a bare commit of as many bytes, in turns."""
    # As a mission is written: each commit fills whole sectors, so that a torn one takes no other with it.
    connection = sqlite3.connect(f"{bare.as_uri()}?psow=0", uri=True, isolation_level=None)
    connection.execute("PRAGMA page_size=8192")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE act(seq INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    pairs = []
    with MissionFile.open(path, write=True) as mission:
        for number in range(ACTS):
            began = time.perf_counter()
            with mission.pen(time.time_ns() // 1000, os.urandom) as pen:
                seq, _ = pen.enter("act", ACT, {})
            acted = time.perf_counter()
            content = b"z" * _bytes_of(mission, seq)
            start = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO act VALUES(?, ?)", (number, content))
            connection.execute("COMMIT")
            pairs.append((1000 * (acted - began), 1000 * (time.perf_counter() - start)))
    connection.close()
    over = [one - other for one, other in pairs]
    ours, theirs = ([pair[at] for pair in pairs] for at in range(2))
    return {
        "step": "one acknowledged act, over a bare commit",
        "seconds": round(median(over) / 1000, 6),
        "peak_mb": 0,
        "note": (
            f"ms: median {median(over):.3f} over, 95th of 100 {quantiles(over, n=20)[-1]:.3f}; "
            f"an act {median(ours):.3f}, bare {median(theirs):.3f} ({len(content):,} bytes, {ACTS} pairs)"
        ),
        "over_ms": {"median": round(median(over), 4), "p95": round(quantiles(over, n=20)[-1], 4)},
    }


def _bytes_of(mission: MissionFile, seq: int) -> int:
    """The bytes that one act adds: its entry, leaf hash, secret and fields, the head and the edge of the tree."""
    edge = mission.others.edge(OWN_LOG).dump()
    return sum(map(len, (*mission.bodies(seq, seq + 1), packed(ACT), mission.last_head() or b"", edge))) + 64


def _proofs(path: Path, leaves: int) -> list[dict[str, Any]]:
    made(path)
    _grown(path, leaves)
    chance = Random(leaves)
    with MissionFile.open(path) as mission:
        root = bytes.fromhex(str(mission.cut()[mission.origin][1]))
        places = [chance.randrange(leaves) for _ in range(PROOFS)]
        earlier = [chance.randrange(1, leaves) for _ in range(PROOFS)]
        included = [_took(_inclusion, mission, leaves, place) for place in places]
        grown = [_took(_consistency, mission, leaves, first) for first in earlier]
        roots = [_took(_root, mission, leaves, first) for first in earlier]
        for place, (proof, _) in zip(places, included, strict=True):
            assert inclusion_holds(root, leaves, place, mission.leaves(place, place + 1)[0], proof)
        for first, (proof, _), ((before,), _) in zip(earlier, grown, roots, strict=True):
            assert consistency_holds(first, before, leaves, root, proof)
    asked = {"inclusion": included, "consistency": grown, "root of an earlier size": roots}
    return [_told(name, [ms for _, ms in taken], leaves) for name, taken in asked.items()]


Proof = Callable[[MissionFile, int, int], list[bytes]]


def _took(prove: Proof, mission: MissionFile, size: int, asked: int) -> tuple[list[bytes], float]:
    began = time.perf_counter()
    proof = prove(mission, size, asked)
    return proof, 1000 * (time.perf_counter() - began)


def _inclusion(mission: MissionFile, size: int, place: int) -> list[bytes]:
    return inclusion_proof(mission.others.node(OWN_LOG, size), size, place)


def _consistency(mission: MissionFile, size: int, first: int) -> list[bytes]:
    return consistency_proof(mission.others.node(OWN_LOG, size), first, size)


def _root(mission: MissionFile, _: int, first: int) -> list[bytes]:
    return [bytes.fromhex(str(mission.cut(first)[mission.origin][1]))]


def _told(name: str, ms: list[float], leaves: int) -> dict[str, Any]:
    note = f"ms: median {median(ms):.2f}, 95th of 100 {quantiles(ms, n=20)[-1]:.2f}, most {max(ms):.2f}, of {len(ms)}"
    return {
        "step": f"{name}, {leaves:,} entries",
        "seconds": round(median(ms) / 1000, 6),
        "peak_mb": 0,
        "note": note,
        "ms": {"median": round(median(ms), 3), "most": round(max(ms), 3)},
    }


def _grown(path: Path, leaves: int) -> None:
    """Leaves, nodes and edge of a log, put into the file past the pen."""
    connection, frontier = sqlite3.connect(path, isolation_level=None), Frontier()
    connection.execute("BEGIN")
    for first in range(0, leaves, 1 << 16):
        bodies = [number.to_bytes(8, "big") for number in range(first, min(leaves, first + (1 << 16)))]
        hashes = [sha256(b"\0" + body).digest() for body in bodies]
        rows = zip(range(first, first + len(bodies)), bodies, hashes, strict=True)
        connection.executemany(f"INSERT INTO entry VALUES({OWN_LOG}, ?, ?, ?)", rows)
        nodes.keep(connection, OWN_LOG, frontier.append(hashes))
    connection.execute("INSERT INTO frontier VALUES(?, ?)", (OWN_LOG, frontier.dump()))
    connection.execute("COMMIT")
    connection.close()
