"""One entry proved offline."""

import pytest

from truceline.record.merkle import leaf_hash, root_of
from truceline.record.proof_file import proof_file, read_proof_file
from truceline.record.proofs import inclusion_proof, nodes_of
from truceline.record.sign import LogKey, head_is_signed

LEAVES = [leaf_hash(bytes([n])) for n in range(13)]
KEY = LogKey.from_seed("example.org/mission", bytes(range(32)))
HEAD = KEY.sign_head(13, root_of(LEAVES), dated_s=1_456_531_200)
PROOF = proof_file(5, inclusion_proof(nodes_of(LEAVES), 13, 5), HEAD)


@pytest.mark.parametrize("extra", [b"", b"anything"])
def test_a_proof_file_proves_its_entry_and_no_other(extra):
    proof = read_proof_file(proof_file(5, inclusion_proof(nodes_of(LEAVES), 13, 5), HEAD, extra))
    assert head_is_signed(proof.head, KEY.public_key)
    assert proof.extra == extra
    assert [n for n, leaf in enumerate(LEAVES) if proof.holds(leaf)] == [5]


def test_the_only_entry_of_a_log_has_a_proof_without_hashes():
    head = KEY.sign_head(1, LEAVES[0])
    assert read_proof_file(proof_file(0, [], head)).holds(LEAVES[0])


def test_every_changed_byte_is_no_proof_or_proves_nothing():
    for at in range(len(PROOF)):
        for bit in (1, 4, 64):
            changed = bytearray(PROOF)
            changed[at] ^= bit
            try:
                proof = read_proof_file(bytes(changed))
            except ValueError:
                continue
            signed = head_is_signed(proof.head, KEY.public_key) and proof.head.note.form() == HEAD
            assert not (proof.holds(LEAVES[5]) and signed), (at, bit)


@pytest.mark.parametrize(
    "content",
    [b"", b"c2sp.org/tlog-proof@v1\n", PROOF.replace(b"index 5", b"index 05"), PROOF.replace(b"@v1", b"@v2"),
     PROOF.replace(b"\n\n", b"\n", 1), PROOF + b"x", b"x" * 200_000],
)  # fmt: skip
def test_what_is_no_proof_is_refused(content):
    with pytest.raises(ValueError):
        read_proof_file(content)
