"""The Merkle tree of RFC 6962 and its proofs."""

import base64
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.merkle import (
    consistency_holds,
    inclusion_holds,
    leaf_hash,
    root_of,
    subtree_inclusion_holds,
)
from truceline.record.proofs import consistency_proof, inclusion_proof, nodes_of, subtree_proof
from truceline.record.subtrees import EMPTY_ROOT, is_subtree, subtree_holds

ENTRIES = [bytes.fromhex(hexed) for hexed in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
"""The eight entries of the reference tree of certificate-transparency."""

LEAVES = [leaf_hash(bytes([i])) for i in range(70)]
NODES = nodes_of(LEAVES)


def test_the_reference_tree_has_its_published_root() -> None:
    root = root_of([leaf_hash(entry) for entry in ENTRIES])
    assert root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert root_of([]) == EMPTY_ROOT == sha256(b"").digest()


@given(st.integers(1, 70), st.data())
def test_every_entry_can_be_proved_to_be_in_the_tree(size: int, draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, size - 1))
    root, proof = root_of(LEAVES[:size]), inclusion_proof(NODES, size, index)
    assert inclusion_holds(root, size, index, LEAVES[index], proof)
    assert not inclusion_holds(root, size, index, leaf_hash(b"another"), proof)
    assert not inclusion_holds(root, size, index, LEAVES[index], [*proof, root])


@given(st.integers(1, 70), st.data())
def test_a_later_tree_can_be_proved_to_have_only_added(size: int, draw: st.DataObject) -> None:
    first = draw.draw(st.integers(1, size))
    before, after, proof = root_of(LEAVES[:first]), root_of(LEAVES[:size]), consistency_proof(NODES, first, size)
    assert consistency_holds(first, before, size, after, proof)
    changed = root_of([leaf_hash(b"another"), *LEAVES[1:size]])
    assert not consistency_holds(first, before, size, changed, proof)
    assert not consistency_holds(first, before, size, after, [*proof, after])


@given(st.integers(1, 70), st.data())
def test_a_stretch_that_is_a_subtree_can_be_proved_to_lie_in_the_tree(size: int, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, size - 1))
    end = draw.draw(st.integers(start + 1, size).filter(lambda end: is_subtree(start, end)))
    root, within = root_of(LEAVES[:size]), root_of(LEAVES[start:end])
    proof = subtree_proof(NODES, start, end, size)
    assert subtree_holds(start, end, within, size, root, proof)
    assert not subtree_holds(start, end, leaf_hash(b"another"), size, root, proof)
    assert not subtree_holds(start, end, within, size, root, [*proof, root])


def test_proofs_outside_the_tree_are_refused() -> None:
    for index in (-1, 3):
        with pytest.raises(ValueError):
            inclusion_proof(NODES, 3, index)
    for first in (0, 4):
        with pytest.raises(ValueError):
            consistency_proof(NODES, first, 3)


def vectors(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(folder.rglob("*.json"))]


def hashes(texts: list[str] | None) -> list[bytes]:
    return [base64.b64decode(text) for text in texts or []]


@pytest.mark.data
def test_every_published_proof_gets_the_wanted_answer(test_data: Path) -> None:
    answers = []
    for case in vectors(test_data / "merkle-vectors" / "inclusion"):
        root, leaf = hashes([case["root"], case["leafHash"]])
        found = inclusion_holds(root, case["treeSize"], case["leafIdx"], leaf, hashes(case["proof"]))
        answers.append((case["desc"], found, not case["wantErr"]))
    for case in vectors(test_data / "merkle-vectors" / "consistency"):
        first, second = hashes([case["root1"], case["root2"]])
        found = consistency_holds(case["size1"], first, case["size2"], second, hashes(case["proof"]))
        answers.append((case["desc"], found, not case["wantErr"]))
    for case in vectors(test_data / "merkle-vectors" / "subtreeinclusion"):
        root, leaf = hashes([case["root"], case["leafHash"]])
        start, end = case["start"], case["end"]
        found = subtree_inclusion_holds(root, start, end, case["leafIdx"], leaf, hashes(case["proof"]))
        answers.append((case["desc"], found, not case["wantErr"]))
    for case in vectors(test_data / "merkle-vectors" / "subtreeconsistency"):
        first, second = hashes([case["root1"], case["root2"]])
        proof = hashes(case["proof"])
        found = subtree_holds(case["start"], case["end"], first, case["size"], second, proof)
        answers.append((case["desc"], found, not case["wantErr"]))
    print(f"{len(answers)} published proofs, {sum(wanted for _, _, wanted in answers)} of them to be accepted")
    assert [answer for answer in answers if answer[1] != answer[2]] == []
    assert len(answers) == 518
