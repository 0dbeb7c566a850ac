"""Rows recomputed many at once are found as broken as one by one, and no more."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.record.audit import Kept, KeptHead, Payload, audit
from truceline.record.audit_rows import Stretch
from truceline.record.commit import Field, commit, packed
from truceline.record.entry import RowForm, entry_of
from truceline.record.frontier import Frontier, Nodes
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.sign import LogKey

KEY = LogKey.from_seed("example.org/rows", bytes(32))
OTHER = LogKey.from_seed("example.org/other", b"o" * 32)
LAYOUT = "ab" * 32
NAMES = ("source", "when")
ROWS = 60

Row = tuple[bytes, bytes, bytes | None, list[Field]]
"""Body, leaf, secret and fields of an entry as kept."""


def row(secret: bytes, fields: list[Field], key: LogKey = KEY) -> Row:
    body = entry_of(key, "row", {"layout": LAYOUT}, secret, fields)
    return body, leaf_hash(body), secret, fields


def rows(names: tuple[str, ...] = NAMES) -> list[Row]:
    return [row(bytes([n]) * 32, [(name, b"%d" % n) for name in names]) for n in range(ROWS)]


def signed(kept: list[Row]) -> list[Row]:
    """The same with the submission that covers them."""
    links = {"first": 0, "count": len(kept), "root": root_of([leaf for _, leaf, _, _ in kept]).hex()}
    body = entry_of(KEY, "submission", links, b"s" * 32, [])
    return [*kept, (body, leaf_hash(body), b"s" * 32, [])]


def one_by_one(kept: list[Row]) -> list[Kept]:
    return [Kept(n, body, leaf, Payload(secret, None, fields)) for n, (body, leaf, secret, fields) in enumerate(kept)]


def together(kept: list[Row], every: int = 25) -> Iterator[Kept | Stretch]:
    singly = one_by_one(kept)
    for start in range(0, len(kept), every):
        some = kept[start : start + every]
        bodies, leaves, secrets, fields = map(list, zip(*some, strict=True))
        yield Stretch(start, bodies, leaves, secrets, [packed(one) for one in fields], singly[start:].__getitem__)


def faults(kept: list[Row], heads: list[Row] | None = None) -> list[tuple[int | None, str]]:
    """What is found of the entries, the same in both ways. The head is that over other entries, where given."""
    note = KEY.sign_head(len(kept), root_of([leaf for _, leaf, _, _ in heads or kept]))
    told = [
        list(audit(KEY.origin, KEY.public_key, entries, [KeptHead(len(kept), note, None)]))
        for entries in (one_by_one(kept), together(kept), together(kept, 7), together(kept, len(kept)))
    ]
    assert all(first == second for first, second in pairwise(told))
    return [(fault.seq, fault.what) for fault in told[0]]


def test_sound_rows_are_sound_both_ways() -> None:
    assert faults(signed(rows())) == []


def test_the_nodes_are_told_as_they_are_recomputed() -> None:
    kept = signed([row(n.to_bytes(32, "big"), [("one", b"")]) for n in range(600)])
    note = KEY.sign_head(601, root_of([leaf for _, leaf, _, _ in kept]))
    made: list[Nodes] = []
    assert not list(audit(KEY.origin, KEY.public_key, together(kept), [KeptHead(601, note, None)], nodes=made.extend))
    frontier = Frontier()
    assert [one for nodes in made for one in nodes.hashes] == [
        one for nodes in frontier.append(leaf for _, leaf, _, _ in kept) for one in nodes.hashes
    ]


@given(st.integers(1, ROWS - 1), st.integers(0, 3), st.integers(0, 400), st.integers(1, 255))
def test_a_changed_byte_is_found_the_same_both_ways(place: int, column: int, at: int, bits: int) -> None:
    kept = signed(rows())
    values = list(kept[place])
    content = packed(values[3]) if column == 3 else values[column]
    at %= len(content)
    other = content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :]
    values[column] = [("", other)] if column == 3 else other
    found = faults([*kept[:place], (values[0], values[1], values[2], values[3]), *kept[place + 1 :]], kept)
    assert any(seq == place for seq, _ in found)


@pytest.mark.parametrize(
    "other",
    [
        row(b"x" * 32, [("source", b"1"), ("when", b"2")], OTHER),
        row(b"x" * 32, [("source", b"1")]),
        row(b"x" * 32, [("when", b"1"), ("source", b"2")]),
        row(b"x" * 32, [("source", b"1"), ("source", b"2")]),
    ],
)
def test_a_row_of_another_form_among_them_is_read_for_what_it_is(other: Row) -> None:
    kept = rows()
    kept[30] = other
    wanted = [(30, "author")] if other[0].count(OTHER.origin.encode()) else []
    assert [one for one in faults(signed(kept)) if one[1] == "author"] == wanted


def test_rows_of_another_log_are_none_of_this_one_however_many() -> None:
    kept = [row(bytes([n]) * 32, [("source", b"1")], OTHER) for n in range(ROWS)]
    assert faults(signed(kept)) == [(n, "author") for n in range(ROWS)]


def test_a_payload_that_is_moved_to_its_neighbour_is_found() -> None:
    kept = signed(rows())
    first, second = kept[10], kept[11]
    kept[10], kept[11] = (*first[:2], *second[2:]), (*second[:2], *first[2:])
    assert faults(kept) == [(10, "payload"), (11, "payload")]


def test_capitals_in_a_commitment_are_not_taken_for_it() -> None:
    kept = signed(rows())
    body = kept[20][0]
    digits = commit(kept[20][2] or b"", kept[20][3]).hex()
    loud = body.replace(digits.encode(), digits.upper().encode())
    kept[20] = (loud, leaf_hash(loud), *kept[20][2:])
    note = KEY.sign_head(len(kept), root_of([leaf for _, leaf, _, _ in kept]))
    stretches = [one._replace(secrets=(), packed=()) for one in together(kept) if isinstance(one, Stretch)]
    found = list(audit(KEY.origin, KEY.public_key, stretches, [KeptHead(len(kept), note, None)], payloads=False))
    assert (20, "payload") in [(fault.seq, fault.what) for fault in found]


def test_a_head_within_a_run_of_rows_is_held_against_the_tree_there() -> None:
    kept = signed(rows())
    leaves = [leaf for _, leaf, _, _ in kept]
    heads = [KeptHead(size, KEY.sign_head(size, root_of(leaves[:size])), None) for size in (20, 33, len(kept))]
    assert not list(audit(KEY.origin, KEY.public_key, together(kept), heads))
    heads[1] = KeptHead(33, KEY.sign_head(33, root_of(leaves[:32])), None)
    assert [fault.what for fault in audit(KEY.origin, KEY.public_key, together(kept), heads)] == ["tree"]


def test_the_form_of_a_row_is_that_of_its_layout() -> None:
    body, leaf, secret, fields = rows()[0]
    assert RowForm.of(KEY, LAYOUT, 2).entries([commit(secret or b"", fields)]) == ([body], [leaf])
