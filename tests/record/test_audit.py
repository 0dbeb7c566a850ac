"""Auditing a log that lies in memory: what its keeper could do to it, and what is said of that."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.record.audit import Fault, Kept, KeptHead, Payload, _Author, audit
from truceline.record.commit import DESTROYED, Field, field_commitment, field_salts
from truceline.record.entry import Links, entry_of, read_entry
from truceline.record.frontier import Frontier
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.people import Signers
from truceline.record.sign import LogKey

KEY = LogKey.from_seed("example.org/mission", bytes(32))
OTHER = LogKey.from_seed("example.org/mission", b"o" * 32)
WORDS: list[Field] = [("words", b"shelling at dawn")]


class Log:
    """A log in memory, written as a mission writes it."""

    def __init__(self) -> None:
        self.entries: list[Kept] = []
        self.heads: list[KeptHead] = []

    def enter(self, kind: str, links: Links | None = None, fields: Sequence[Field] = WORDS, key: LogKey = KEY) -> None:
        secret = bytes([len(self.entries)]) * 32
        body = entry_of(key, kind, links or {}, secret, fields)
        self.entries.append(Kept(len(self.entries), body, leaf_hash(body), Payload(secret, None, fields)))

    def submit(self, rows: int) -> None:
        first = len(self.entries)
        for _ in range(rows):
            self.enter("row", {"layout": "ab" * 32})
        root = root_of([kept.leaf for kept in self.entries[first:]]).hex()
        self.enter("submission", {"first": first, "count": rows, "root": root})

    def sign(self, dated_s: int | None = None) -> None:
        frontier = Frontier()
        frontier.append(kept.leaf for kept in self.entries)
        note = KEY.sign_head(frontier.size, frontier.root(), dated_s)
        self.heads.append(KeptHead(frontier.size, note, None if dated_s is None else dated_s * 1_000_000))

    def faults(self) -> list[Fault]:
        return list(audit(KEY.origin, KEY.public_key, self.entries, self.heads))

    def named(self) -> set[tuple[int | None, str]]:
        return {(fault.seq, fault.what) for fault in self.faults()}


def small_log() -> Log:
    """Entries 0 act, 1-2 rows, 3 submission (head), 4 act, 5-7 rows, 8 submission (dated head)."""
    log = Log()
    log.enter("act")
    log.submit(2)
    log.sign()
    log.enter("act")
    log.submit(3)
    log.sign(dated_s=99)
    return log


@given(st.lists(st.sampled_from(["act", "note", "layout", 0, 1, 5]), max_size=8), st.booleans())
def test_whatever_is_entered_and_signed_audits_clean(steps: list[str | int], dated: bool) -> None:
    log = Log()
    for step in steps:
        if isinstance(step, int):
            log.submit(step)
        else:
            log.enter(step)
        log.sign(7 if dated else None)
    assert log.faults() == []


def test_a_payload_of_which_a_field_was_destroyed_still_recomputes() -> None:
    log = small_log()
    kept = log.entries[0]
    assert kept.payload is not None
    assert kept.payload.secret is not None
    [(name, content)] = kept.payload.fields
    salts = field_salts(kept.payload.secret, 1)
    gone = {0: field_commitment(salts[0], 0, name, content)}
    left = Payload(None, [DESTROYED], [(name, b"")], gone)
    log.entries[0] = kept._replace(payload=left)
    assert log.faults() == []
    for wrong in (
        left._replace(destroyed={}), left._replace(destroyed={0: bytes(32)}), left._replace(destroyed={1: gone[0]}),
        left._replace(salts=salts), left._replace(fields=[(name, content)]), left._replace(salts=None),
        left._replace(salts=[DESTROYED] * 2), left._replace(secret=kept.payload.secret, salts=None),
        Payload(None, salts, kept.payload.fields), Payload(None, None, kept.payload.fields),
    ):  # fmt: skip
        log.entries[0] = kept._replace(payload=wrong)
        assert log.named() == {(0, "payload")}, wrong


def test_changed_words_are_named_at_their_entry() -> None:
    log = small_log()
    kept = log.entries[5]
    assert kept.payload is not None
    log.entries[5] = kept._replace(payload=kept.payload._replace(fields=[("words", b"nothing was heard")]))
    assert log.named() == {(5, "payload")}
    log.entries[5] = kept._replace(payload=None)
    assert log.named() == {(5, "payload")}


def test_a_row_rewritten_with_all_its_hashes_still_breaks_its_submission_and_the_tree() -> None:
    log = small_log()
    body = entry_of(KEY, "row", {"layout": "ab" * 32}, b"n" * 32, [("words", b"nothing")])
    log.entries[5] = Kept(5, body, leaf_hash(body), Payload(b"n" * 32, None, [("words", b"nothing")]))
    assert log.named() == {(8, "rows"), (None, "tree")}
    assert "between entry 4 and entry 8" in log.faults()[-1].sentence


def test_an_entry_by_another_key_is_named() -> None:
    log = Log()
    log.enter("act", key=OTHER)
    log.sign()
    assert log.named() == {(0, "author"), (0, "signature")}


def test_an_entry_taken_out_is_missed() -> None:
    log = small_log()
    del log.entries[4]
    assert (4, "missing") in log.named()
    cut_off = small_log()
    cut_off.entries = cut_off.entries[:4]
    assert cut_off.named() == {(4, "missing")}


def test_entries_under_no_head_and_rows_under_no_signature_are_named() -> None:
    log = small_log()
    log.enter("row", {"layout": "ab" * 32})
    assert log.named() == {(9, "head"), (9, "rows")}


@pytest.mark.parametrize(
    "links",
    [
        {},
        {"first": 0, "count": 2, "root": "ab" * 32},
        {"first": 1, "count": 1},
        {"first": -1, "count": 3, "root": ""},
        {"first": True, "count": "2", "root": None},
    ],
)
def test_a_submission_that_does_not_sign_the_rows_before_it_is_named(links: Links) -> None:
    log = Log()
    log.enter("row")
    log.enter("row")
    log.enter("submission", links)
    log.sign()
    assert log.named() == {(2, "rows")}


def test_rows_cannot_be_signed_twice_or_left_out_by_a_later_submission() -> None:
    log = Log()
    log.submit(2)
    first = log.entries[0].leaf
    log.enter("submission", {"first": 0, "count": 3, "root": root_of([first]).hex()})
    log.enter("row")
    log.enter("row")
    log.enter("submission", {"first": 5, "count": 1, "root": root_of([log.entries[5].leaf]).hex()})
    log.sign()
    assert log.named() == {(3, "rows"), (6, "rows")}


def test_heads_of_another_key_size_or_time_are_named() -> None:
    log = small_log()
    size, note, _ = log.heads[1]
    other = OTHER.sign_head(size, Frontier().root())
    for broken, what in (
        (KeptHead(size, note, None), "date"),
        (KeptHead(size, note, 98_000_000), "date"),
        (KeptHead(size - 1, note, 99_000_000), "head"),
        (KeptHead(size, other, None), "head"),
        (KeptHead(size, b"", None), "head"),
    ):
        log.heads[1] = broken
        assert (None, what) in log.named()


@settings(max_examples=300, deadline=None)
@given(where=st.floats(0, 0.9999), bits=st.integers(0, 255), cut=st.integers(0, 3), other=st.booleans())
def test_a_row_read_quickly_after_its_like_is_read_as_if_it_stood_alone(where, bits, cut, other):
    key = LogKey.from_seed("example.org/rows", b"r" * 32)
    layout = ("b" if other else "a") * 64
    first, second = (
        entry_of(key, "row", {"layout": one}, one[:1].encode() * 32, [("x", b"y")]) for one in ("a" * 64, layout)
    )
    changed = bytearray(second)
    changed[int(where * len(second))] ^= bits
    body = bytes(changed[: len(changed) - cut])
    author = _Author(Signers(key.origin, key.public_key))
    author.read(first)
    try:
        alone = read_entry(body)
    except ValueError:
        with pytest.raises(ValueError):
            author.read(body)
    else:
        assert author.read(body) == alone
