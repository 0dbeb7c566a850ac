"""Published examples of the formats, by others: they are read as they are, verify where their key is published, and
come out byte for byte. The run prints how many.

* C2SP: signed-note, tlog-checkpoint, tlog-cosignature, tlog-witness and tlog-tiles (text CC BY 4.0, c2sp.org). Of the
  heads in them no key is published, so they are read and written, and their signatures are shown to be in their place.
* The test log of transparency-dev/tessera (Apache-2.0), testdata/log: 16 signed heads under a published key, over the
  entries that its script build_log.sh names. The trees and tiles are computed from the entries.
* The note in the documentation of golang.org/x/mod/sumdb/note (BSD-3-Clause).
"""

import base64

import pytest

from truceline.exchange.witness import read_request, request
from truceline.record.merkle import consistency_holds, inclusion_holds, leaf_hash, root_of
from truceline.record.note import Note, read_note
from truceline.record.proof_file import proof_file, read_proof_file
from truceline.record.proofs import consistency_proof, inclusion_proof, nodes_of
from truceline.record.sign import (
    LogKey,
    head_is_signed,
    head_text,
    read_head,
    read_verifier_key,
    signature_holds,
    verifier_key,
)
from truceline.record.tiles import Tile, tile_named, tiles_of

NOTE = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501
HEAD = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
"""  # noqa: E501
COSIGNATURE = (
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+"
    "mbIUBkBIfZ+qnA==\n"
)
REQUEST = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

"""
WITNESSED = """— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
"""  # noqa: E501
NEUMANN = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
NEUMANN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
TESSERA_ENTRIES = b"one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split()
TESSERA_HEADS = """
M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=
M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=
M9e0llH4NKmlf0u7C8tkJioQOmi7l5ELqljXgKRg6R3G5JJ7vx7emDWo5fpqKuA/Dk/jRrI6il+7QCVirNhyUAWGoAk=
M9e0lvAQRtH832pk2RTbeSeZMkp4FZSdJYFBUjO5SKxuRbywPUF3cx+HUrb50kjd3rUWW/fj53Wj1dwcwh9bGQnqVAg=
M9e0lnFuWt0cp60moO4jAkeXvMNLIIOGn4WdyeHQurBt9mBi0tWdfkldiAt9k0FpwuZymvttsVn9uwyouXU3vPpeNAc=
M9e0lmn5eDHyHP10zJObZdFAX2y1V8fdDKBi4IiHbDYf1TCUBwxZOhqwv2QZCqrdda2zTRTrmnwjwscN5RBTEmZUYAs=
M9e0ln+nHSdGSHEZBcjvqyYDXDbG8WxDwCDjbbGAMv/NTynAtJWhckSXIpuwpN3yJ4PTtzUbD34YGqIZr6RgJRn16gU=
M9e0luA5JhTRUki/BBQD0QNiH6AEJ2pdtsA5CQjqJErViuuKrN6513RCTL2640wXJv0dCed3neRGI6dMzBq9uANf2Qc=
M9e0lq1EK37dHtgv9O3UzPxisw5vwIPcJsX9ab0xt4mvVfbdUR1fbMjN6sBFYpBoBEmD4+cWhj/AVgI5MitCO5+mews=
M9e0ls3mdnWX0qk4P3uGG0eYiFRWSwPR+RdeD1ARmrHPHjXP0x9UJWASPFTOTqJo0mp7Epck2O9RFB0J9IjDdAewagw=
M9e0lrmwaVEOWFZ+HS5ITnRd2YMOSWE5QeoYu+6DHwJLnJ+SVeJ2ZiYeD7lVC5oGJx76gbfLSyCUEq6D8JkarrsuiQQ=
M9e0lqbRtWirJwbUy4w3VrK2RyzfW8P+OIkc8t6b6AVG/tQd1Q2SN+uCLYzNNFnf/PhzeCdURSGQe1MRnohCxPu21wg=
M9e0lrFzoTgi+ovhrqX0DpsEAp3wLu1coMLIkeCwSkGfS4Ox4pLXo2LHudqm4merh0ZkCNzHr8kQwq5gS5mmimIvdA4=
M9e0liO8x8xfEOGmZVYODUjQajkEpjccPQ9EkG3yEEDet4K3BWE/DFRPH6H+b6gFFFaG5KS1bBmYS/xeZJs8lj+z+wM=
M9e0lu8roIpjC+NXEG7JDkajIahoYDYWgxDtxfx/6rzLoztU9t/PvivZ48xt8ygJpjzaboSpkbVv3Jb+D3NdXWQf5wo=
M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=
""".split()
"""The signatures of the heads at sizes 0 to 15; their texts follow from the entries."""


def test_the_heads_of_another_implementations_log_verify_over_our_tree():
    name, public_key = read_verifier_key(TESSERA_KEY)
    leaves = [leaf_hash(entry) for entry in TESSERA_ENTRIES]
    heads, proofs = [], 0
    for size, signature in enumerate(TESSERA_HEADS):
        root = root_of(leaves[:size])
        form = f"{head_text(name, size, root)}\n— {name} {signature}\n".encode()
        head = read_head(form)
        assert head.note.form() == form
        assert head_is_signed(head, public_key), size
        wrong = read_head(form.replace(f"\n{size}\n".encode(), f"\n{size + 1}\n".encode(), 1))
        assert not head_is_signed(wrong, public_key)
        heads.append(head)
    node = nodes_of(leaves)
    for size, head in enumerate(heads[1:], 1):
        for index in range(size):
            steps = inclusion_proof(node, size, index)
            assert inclusion_holds(head.root, size, index, leaves[index], steps)
            told = read_proof_file(proof_file(index, steps, head.note.form()))
            assert told.holds(leaves[index]) and head_is_signed(told.head, public_key)
            proofs += 1
        for first in range(1, size):
            assert consistency_holds(first, heads[first].root, size, head.root, consistency_proof(node, first, size))
            proofs += 1
    assert (verifier_key(name, public_key), len(heads)) == (TESSERA_KEY, 16)
    print(f"C2SP: {len(heads)} heads of Tessera's test log verify, {proofs} proofs over them hold")


def test_a_key_in_the_same_form_makes_the_same_head():
    """The script publishes the private key too, for tests: our signature is the published one, to the byte."""
    seed = base64.b64decode("AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")[1:]
    key = LogKey.from_seed("example.com/log/testdata", seed)
    assert verifier_key(key.origin, key.public_key) == TESSERA_KEY
    leaves = [leaf_hash(entry) for entry in TESSERA_ENTRIES]
    for size, signature in enumerate(TESSERA_HEADS):
        assert key.sign_head(size, root_of(leaves[:size])).decode().endswith(f" {signature}\n")


def test_the_note_of_go_verifies():
    name, public_key = read_verifier_key(NEUMANN_KEY)
    note = read_note(NEUMANN.encode())
    [line] = note.signatures
    assert (line.name, note.form()) == (name, NEUMANN.encode())
    assert signature_holds(public_key, note.text.encode(), line.signature)


@pytest.mark.parametrize(
    ("example", "names"),
    [
        (NOTE, ["quasimodo.example/salvatore"]),
        (HEAD, ["example.com/behind-the-sofa"]),
        (HEAD + COSIGNATURE, ["example.com/behind-the-sofa", "witness.example.com/w1"]),
        (HEAD + WITNESSED, ["example.com/behind-the-sofa", *["witness.example/w1"] * 2, "witness.example/w2"]),
    ],
)
def test_the_examples_of_c2sp_are_read_and_come_out_as_they_are(example, names):
    note = read_note(example.encode())
    assert [line.name for line in note.signatures] == names
    assert note.form() == example.encode()
    assert {len(line.signature) for line in note.signatures} <= {64, 72}
    print(f"C2SP: an example with {len(names)} signatures is read and comes out as it is")


def test_the_example_cosignature_names_the_time_that_the_page_says():
    head = read_head((HEAD + COSIGNATURE).encode())
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20_852_163)
    [_, line] = head.note.signatures
    assert int.from_bytes(line.signature[:8], "big") == 1_679_315_147
    assert head_text(head.origin, head.size, head.root) == HEAD.split("\n\n")[0] + "\n"


def test_the_example_request_to_a_witness_is_read_and_written():
    old, steps, head = read_request((REQUEST + HEAD).encode())
    assert (old, len(steps), head.size) == (20_852_014, 4, 20_852_163)
    assert request(old, steps, HEAD.encode()) == (REQUEST + HEAD).encode()


def test_the_tiles_that_the_page_names():
    assert tile_named("tile/0/x001/x234/067") == Tile(0, 1_234_067)
    level_and_width = [(tile.level, tile.width) for tile in tiles_of(70_000)]
    assert level_and_width == [(0, 256)] * 273 + [(0, 112), (1, 256), (1, 17), (2, 1)]


def test_a_note_signed_by_unknown_keys_alone_is_signed_by_nobody_known():
    name, public_key = read_verifier_key(TESSERA_KEY)
    assert not head_is_signed(read_head(HEAD.encode()), public_key)
    text = head_text(name, 0, root_of([]))
    known = read_head(f"{text}\n— {name} {TESSERA_HEADS[0]}\n{COSIGNATURE}".encode())
    assert head_is_signed(known, public_key)
    broken = Note(text, tuple(line for line in known.note.signatures if line.name != name))
    assert not head_is_signed(read_head(broken.form()), public_key)
