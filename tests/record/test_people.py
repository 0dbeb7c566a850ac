"""Who may sign in a log: keys that come in, follow one another and are revoked; and cheating with them."""

import base64
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.record.audit import Arrived, Fault, Kept, KeptHead, audit
from truceline.record.audit_files import audit_files
from truceline.record.entry import Header, Links, entry_of
from truceline.record.frontier import Frontier
from truceline.record.key_links import WEAK, brought_in, is_weak, read_key_link, revoked, rotated
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.people import BY_PEOPLE, MOST_KEYS, PersonKey, Signers
from truceline.record.sign import LogKey, pseudonym_of, read_head, signature_holds
from truceline.record.tiles import Tile, bundle, bundles_of

ORIGIN, ELSEWHERE = "example.org/north", "example.org/south"
LOG = LogKey.from_seed(ORIGIN, bytes(32))
OFFICER, NEXT, DRONE = (LogKey.from_seed(ORIGIN, letter * 32) for letter in (b"o", b"n", b"d"))
KEYS = {key.pseudonym: key for key in (LOG, OFFICER, NEXT, DRONE)}


class Log:
    """A log in memory; every entry is signed with the key that is given."""

    def __init__(self, key: LogKey = LOG) -> None:
        self.key = key
        self.bodies: list[bytes] = []

    def enter(self, kind: str, links: Links | None = None, by: LogKey | None = None) -> int:
        self.bodies.append(entry_of(by or self.key, kind, links or {}, bytes(32), [("x", b"y")]))
        return len(self.bodies) - 1

    def act(self, by: LogKey | None = None) -> int:
        return self.enter("act", by=by)

    def submit(self, by: LogKey) -> int:
        first = self.enter("row")
        root = root_of([leaf_hash(self.bodies[first])]).hex()
        return self.enter("submission", {"first": first, "count": 1, "root": root}, by)

    def faults(self) -> list[Fault]:
        """What the audit of the whole says, and what comes as it arrives, which has to be the same."""
        leaves = [leaf_hash(body) for body in self.bodies]
        frontier = Frontier()
        frontier.append(leaves)
        head = KeptHead(frontier.size, self.key.sign_head(frontier.size, frontier.root()), None)
        kept = [Kept(seq, body, leaf, None) for seq, (body, leaf) in enumerate(zip(self.bodies, leaves, strict=True))]
        found = list(audit(self.key.origin, self.key.public_key, kept, [head], payloads=False))
        arrived = Arrived(Signers(self.key.origin, self.key.public_key), 0)
        came = [fault for one in kept for fault in arrived.faults(one.seq, one.body, one.leaf)]
        assert found == [*came, *arrived.finish()]
        return found

    def named(self) -> list[tuple[int | None, str]]:
        return [(fault.seq, fault.what) for fault in self.faults()]

    def signers(self) -> Signers:
        signers = Signers(self.key.origin, self.key.public_key)
        arrived = Arrived(signers, 0)
        for seq, body in enumerate(self.bodies):
            arrived.follow(seq, body, leaf_hash(body))
        return signers


def with_officer() -> Log:
    """Entry 0 brings in the officer's key; 1 is an act signed with it."""
    log = Log()
    log.enter("key", brought_in(OFFICER))
    log.act(OFFICER)
    return log


def test_a_person_signs_acts_and_an_instrument_its_submission_with_a_key_that_was_brought_in() -> None:
    log = with_officer()
    log.enter("key", brought_in(DRONE))
    log.submit(DRONE)
    log.act()
    assert log.faults() == []


def test_a_log_given_away_as_files_is_judged_alike() -> None:
    log = with_officer()
    log.act(DRONE)
    log.enter("key", revoked(OFFICER.pseudonym, 1))
    log.act(OFFICER)
    leaves = [leaf_hash(body) for body in log.bodies]
    frontier = Frontier()
    frontier.append(leaves)
    head = read_head(LOG.sign_head(frontier.size, frontier.root()))
    [tile] = bundles_of(frontier.size)
    files = {tile.path: bundle(log.bodies), Tile(0, 0, tile.width).path: b"".join(leaves)}
    assert list(audit_files(head, LOG.public_key, files.__getitem__)) == log.faults()
    assert [fault.seq for fault in log.faults()] == [2, 2, 4]
    assert list(audit_files(head, None, files.__getitem__)) == []


def test_a_key_that_was_not_brought_in_before_signs_nothing() -> None:
    log = Log()
    log.act(OFFICER)
    log.enter("key", brought_in(OFFICER))
    assert log.named() == [(0, "author"), (0, "signature")]
    assert f"no entry before it brings in the key {OFFICER.pseudonym}" in log.faults()[0].sentence


@pytest.mark.parametrize("kind", ["agreement", "layout", "reader", "key", "note", "row"])
def test_what_needs_no_person_is_under_the_logs_own_key(kind: str) -> None:
    log = with_officer()
    log.enter(kind, brought_in(DRONE) if kind == "key" else {}, OFFICER)
    assert (2, "author") in log.named()
    assert kind not in BY_PEOPLE


def test_a_signature_by_another_person_does_not_hold() -> None:
    log = with_officer()
    log.enter("key", brought_in(DRONE))
    body = entry_of(OFFICER, "act", {}, bytes(32), [("x", b"y")])
    log.bodies.append(body.replace(OFFICER.pseudonym.encode(), DRONE.pseudonym.encode()))
    assert log.named() == [(3, "signature")]


def test_a_key_that_was_rotated_away_signs_nothing_more_and_the_one_in_its_place_does() -> None:
    log = with_officer()
    log.enter("key", rotated(NEXT, OFFICER.pseudonym, OFFICER))
    log.act(NEXT)
    assert log.faults() == []
    log.act(OFFICER)
    assert log.named() == [(4, "author")]
    assert "entry 2 has ended the key" in log.faults()[0].sentence
    old = log.signers().keys[OFFICER.pseudonym]
    assert (old.ended, old.followed_by, old.doubted) == (2, NEXT.pseudonym, None)
    assert log.signers().keys[NEXT.pseudonym].was == OFFICER.pseudonym


def test_the_old_key_need_not_agree_where_it_is_lost_but_may_not_seem_to() -> None:
    lost, forged = with_officer(), with_officer()
    lost.enter("key", rotated(NEXT, OFFICER.pseudonym, None))
    assert lost.faults() == []
    forged.enter("key", rotated(NEXT, OFFICER.pseudonym, DRONE))
    assert forged.named() == [(2, "key")]
    assert "did not sign that" in forged.faults()[0].sentence


def test_only_a_key_in_use_can_be_rotated() -> None:
    log = with_officer()
    log.enter("key", rotated(NEXT, OFFICER.pseudonym, OFFICER))
    log.enter("key", rotated(DRONE, OFFICER.pseudonym, OFFICER))
    unknown = Log()
    unknown.enter("key", rotated(NEXT, OFFICER.pseudonym, OFFICER))
    assert (log.named(), unknown.named()) == ([(3, "key")], [(0, "key")])


def test_after_a_stolen_laptop_is_told_of_its_key_signs_nothing_and_what_it_signed_since_is_in_doubt() -> None:
    log = with_officer()
    stolen_after = log.act(OFFICER)
    by_whom = log.act(OFFICER)
    log.enter("key", revoked(OFFICER.pseudonym, by_whom))
    assert log.faults() == []
    doubted = [seq for seq in range(5) if log.signers().in_doubt(OFFICER.pseudonym, seq)]
    assert stolen_after not in doubted
    assert by_whom in doubted
    assert not log.signers().in_doubt(LOG.pseudonym, by_whom)
    log.act(OFFICER)
    assert log.named() == [(5, "author")]


def test_a_loss_that_turns_out_to_be_a_theft_can_be_told_later_and_no_doubt_is_taken_back() -> None:
    log = with_officer()
    log.enter("key", revoked(OFFICER.pseudonym, 2))
    assert not log.signers().in_doubt(OFFICER.pseudonym, 1)
    log.enter("key", revoked(OFFICER.pseudonym, 1))
    log.enter("key", revoked(OFFICER.pseudonym, 4))
    assert log.faults() == []
    assert log.signers().keys[OFFICER.pseudonym] == PersonKey(
        OFFICER.pseudonym, OFFICER.public_key, 0, ended=2, doubted=1, doubted_by=3
    )


def test_a_revocation_doubts_nothing_that_comes_after_it_and_no_key_that_is_not_there() -> None:
    log = with_officer()
    log.enter("key", revoked(OFFICER.pseudonym, 3))
    log.enter("key", revoked(DRONE.pseudonym, 0))
    log.enter("key", revoked(LOG.pseudonym, 0))
    assert log.named() == [(2, "key"), (3, "key"), (4, "key")]
    log.act(OFFICER)
    assert (5, "author") not in log.named()


def test_another_side_cannot_name_a_key_as_its_own() -> None:
    south = LogKey.from_seed(ELSEWHERE, b"s" * 32)
    log = Log(south)
    log.enter("key", brought_in(OFFICER))
    renamed = {**brought_in(OFFICER)["key"], "key": pseudonym_of(ELSEWHERE, OFFICER.public_key)}
    log.enter("key", {"key": renamed})
    assert log.named() == [(0, "key"), (1, "key")]
    assert "not the name of this key in this log" in log.faults()[0].sentence
    assert "not shown that whoever brings in" in log.faults()[1].sentence


def test_an_entry_about_a_key_that_is_played_again_in_another_log_is_none_of_it() -> None:
    log = Log(LogKey.from_seed(ELSEWHERE, b"s" * 32))
    log.bodies += with_officer().bodies
    assert {what for _, what in log.named()} == {"author", "signature"}
    assert log.signers().keys == {}


def test_a_pseudonym_is_used_once_and_never_the_logs_own() -> None:
    log = with_officer()
    log.enter("key", brought_in(OFFICER))
    log.enter("key", revoked(OFFICER.pseudonym, 3))
    log.enter("key", brought_in(OFFICER))
    log.enter("key", brought_in(LOG))
    assert log.named() == [(2, "key"), (4, "key"), (5, "key")]
    log.act(OFFICER)
    assert (6, "author") in log.named()


@pytest.mark.parametrize("y", sorted(WEAK))
def test_a_key_under_which_anybody_signs_is_refused(y: bytes) -> None:
    identity = (1).to_bytes(32, "little")
    for weak in (y, y[:-1] + bytes([y[-1] | 0x80])):
        assert is_weak(weak)
        assert any(signature_holds(weak, b"%d" % n, identity + bytes(32)) for n in range(200)) or y[:1] in b"\xee\x00"
        link = {**brought_in(OFFICER)["key"], "public": weak.hex(), "key": pseudonym_of(ORIGIN, weak)}
        log = Log()
        log.enter("key", {"key": link})
        assert log.named() == [(0, "key")]
        assert "a signature says nothing" in log.faults()[0].sentence
    assert not is_weak(OFFICER.public_key)


def test_the_link_stands_in_entries_of_its_kind_and_in_no_other() -> None:
    log = with_officer()
    log.enter("act", brought_in(DRONE))
    log.enter("note", revoked(OFFICER.pseudonym, 0))
    log.enter("key")
    assert log.named() == [(2, "key"), (3, "key"), (4, "key")]
    assert list(log.signers().keys) == [OFFICER.pseudonym]


def test_a_sealing_key_is_announced_and_signs_nothing() -> None:
    log = Log()
    log.enter("key", {"key": {"what": "sealing", "public": DRONE.public_key.hex()}})
    assert log.faults() == []
    log.act(DRONE)
    assert (1, "author") in log.named()


def test_a_log_has_no_more_keys_than_anybody_can_look_through() -> None:
    signers = Signers(ORIGIN, LOG.public_key)
    some = PersonKey("0" * 16, bytes(32), 0)
    signers.keys.update({f"{n:016x}": some for n in range(MOST_KEYS)})
    header = _header(brought_in(OFFICER))
    assert signers.follow(1, header) == f"a log has at most {MOST_KEYS} keys"


def _header(links: Links, key: str = LOG.pseudonym) -> Header:
    return Header(log=ORIGIN, key=key, kind="key", links=links, fields=1, payload="ab" * 32)


GOOD: Sequence[Links] = [
    brought_in(NEXT), rotated(NEXT, OFFICER.pseudonym, OFFICER), rotated(NEXT, OFFICER.pseudonym, None),
    revoked(OFFICER.pseudonym, 1), {"key": {"what": "sealing", "public": "ab" * 32}},
]  # fmt: skip
PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=90)
ANYTHING = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@settings(max_examples=300)
@given(
    st.sampled_from(GOOD), st.sampled_from(["what", "key", "public", "possession", "was", "handover", "since", "new"]),
    ANYTHING, st.booleans(),
)  # fmt: skip
def test_a_link_of_any_shape_is_refused_with_a_sentence_or_means_what_it_says(
    good: Links, name: str, value: Any, alone: bool
) -> None:
    links = {"key": value} if alone else {"key": {**good["key"], name: value}}
    signers = Signers(ORIGIN, LOG.public_key)
    assert signers.follow(0, _header(brought_in(OFFICER))) == ""
    before = dict(signers.keys)
    wrong = signers.follow(1, _header(links))
    if wrong:
        assert signers.keys == before
    else:
        read_key_link(links)
        assert set(signers.keys) <= {OFFICER.pseudonym, NEXT.pseudonym}


@given(st.binary(min_size=1, max_size=64), st.sampled_from(["possession", "handover"]))
def test_a_proof_with_any_bit_changed_proves_nothing(flips: bytes, name: str) -> None:
    link = dict(rotated(NEXT, OFFICER.pseudonym, OFFICER)["key"])
    proof = bytearray(base64.b64decode(link[name]))
    for at, flip in enumerate(flips):
        proof[at] ^= flip
    link[name] = base64.b64encode(proof).decode()
    signers = Signers(ORIGIN, LOG.public_key)
    signers.follow(0, _header(brought_in(OFFICER)))
    assert bool(signers.follow(1, _header({"key": link}))) == any(flips)


def late_faults(log: Log, first: int) -> list[tuple[int | None, str]]:
    """What is said of the entries from `first` on by a holder who has judged those before."""
    signers = Signers(log.key.origin, log.key.public_key)
    judged, late = Arrived(signers, 0), Arrived(signers, first)
    for seq, body in enumerate(log.bodies[:first]):
        list(judged.faults(seq, body, leaf_hash(body)))
    came = enumerate(log.bodies[first:], first)
    return [(fault.seq, fault.what) for seq, body in came for fault in late.faults(seq, body, leaf_hash(body))]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["new", "rotate", "lost", "revoke", "act"]),
        st.integers(0, 5), st.integers(0, 5), st.integers(0, 30),
    ), min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=150)
@given(STEPS)
def test_any_order_of_keys_and_acts_is_judged_as_a_plain_reckoning_judges_it(
    steps: list[tuple[str, int, int, int]],
) -> None:
    """The plain reckoning: lists of what came in and what was ended, gone through anew for every entry."""
    keys = [LogKey.from_seed(ORIGIN, bytes([n + 1]) * 32) for n in range(6)]
    log, wanted = Log(), []
    came: list[int] = []
    ended: dict[int, int] = {}
    doubted: dict[int, int] = {}
    for what, a, b, n in steps:
        seq = len(log.bodies)
        in_use = a in came and a not in ended
        if what == "act":
            log.act(keys[a])
            wanted += [] if in_use else [(seq, "author")] + ([] if a in came else [(seq, "signature")])
        elif what == "new":
            log.enter("key", brought_in(keys[a]))
            wanted += [(seq, "key")] if a in came else []
            came += [] if a in came else [a]
        elif what == "revoke":
            log.enter("key", revoked(keys[a].pseudonym, n))
            if a not in came or n > seq:
                wanted.append((seq, "key"))
            else:
                ended.setdefault(a, seq)
                doubted[a] = min(n, doubted.get(a, n))
        else:
            log.enter("key", rotated(keys[b], keys[a].pseudonym, None if what == "lost" else keys[a]))
            if not in_use or b in came:
                wanted.append((seq, "key"))
            else:
                ended[a] = seq
                came.append(b)
    assert log.named() == wanted
    assert late_faults(log, len(log.bodies) // 2) == [one for one in wanted if one[0] >= len(log.bodies) // 2]
    signers = log.signers()
    for n, key in enumerate(keys):
        assert [signers.in_doubt(key.pseudonym, seq) for seq in range(31)] == [
            n in doubted and seq >= doubted[n] for seq in range(31)
        ]
