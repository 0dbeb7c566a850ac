"""add-checkpoint answers as c2sp.org/tlog-witness says, state by state."""

import pytest

from truceline.exchange.witness import Log, add_checkpoint, read_request, request
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.proofs import consistency_proof, nodes_of
from truceline.record.sign import LogKey, head_dated_s, read_head

LOG = LogKey.from_seed("example.org/log", b"l" * 32)
HOLDER = LogKey.from_seed("example.org/holder", b"h" * 32)
LEAVES = [leaf_hash(bytes([n])) for n in range(40)]
OTHER = [leaf_hash(bytes([n, n])) for n in range(40)]
NOW_S = 1_456_574_400


def head(size, leaves=LEAVES, key=LOG):
    return key.sign_head(size, root_of(leaves[:size]))


def asked(old, size, leaves=LEAVES, key=LOG, cosigned=12, held=40, steps=None):
    logs = {LOG.origin: Log(LOG.public_key, cosigned, root_of(LEAVES[:cosigned]) if cosigned else b"", held)}
    proof = consistency_proof(nodes_of(leaves), old, size) if steps is None and 0 < old < size else steps or []
    body = request(old, proof, head(size, leaves, key))
    return add_checkpoint(body, logs, lambda note: HOLDER.cosign(note, NOW_S))


def test_a_head_that_extends_the_one_cosigned_last_is_cosigned():
    told = asked(12, 30)
    assert (told.status, told.content_type) == (200, "text/plain; charset=utf-8")
    whole = read_head(head(30) + told.body)
    assert head_dated_s(whole, HOLDER.origin, HOLDER.public_key) == NOW_S
    assert told.cosigned and [line.name for line in told.cosigned.signatures] == [HOLDER.origin]


def test_the_first_head_needs_no_proof_and_may_have_none():
    assert asked(0, 30, cosigned=0).status == 200
    assert asked(0, 30, cosigned=0, steps=[b"\0" * 32]).status == 422


def test_the_same_head_is_cosigned_again():
    assert asked(12, 12).status == 200


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"old": 12, "size": 30, "key": LogKey.from_seed("example.org/another", b"l" * 32)}, 404),
        ({"old": 12, "size": 30, "key": LogKey.from_seed("example.org/log", b"x" * 32)}, 403),
        ({"old": 31, "size": 30}, 400),
        ({"old": 12, "size": 30, "leaves": OTHER}, 422),
        ({"old": 12, "size": 30, "steps": [b"\0" * 32]}, 422),
        ({"old": 12, "size": 30, "steps": []}, 422),
        ({"old": 12, "size": 12, "leaves": OTHER}, 409),
        ({"old": 12, "size": 39, "held": 38}, 409),
    ],
)
def test_what_is_not_consistent_is_never_cosigned(how, status):
    told = asked(**how)
    assert (told.status, told.cosigned) == (status, None)


def test_another_old_size_is_answered_with_the_one_cosigned_last():
    told = asked(11, 30)
    assert (told.status, told.content_type, told.body) == (409, "text/x.tlog.size", b"12\n")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old 1\n", b"old 01\n\n" + head(3), b"old -1\n\n" + head(3), b"new 1\n\n" + head(3),
        b"old 1\nAAAA\n\n" + head(3), b"old 1\n\xff\n\n" + head(3), b"old 1\n\nno head\n",
        b"old 1\n" + b"A" * 43 + b"=\n" * 64 + b"\n" + head(3), b"old 1\n" * 70_000,
    ],
)  # fmt: skip
def test_what_is_no_request_is_400(body):
    told = add_checkpoint(body, {}, lambda note: note)
    assert (told.status, told.cosigned) == (400, None)
    with pytest.raises(ValueError):
        read_request(body)
