"""Openings on the way: sealed for one holder, bounded, and believed only where the log committed to them."""

import io
import random
import zlib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.exchange.bundle import Bundle
from truceline.exchange.openings import (
    MOST_CONTENT,
    PAD,
    Opening,
    opened_packet,
    packed,
    sealed_packet,
)
from truceline.exchange.releases import EVERY, Allowed, Release, read_release
from truceline.pipeline.exchanging import received
from truceline.pipeline.releasing import enter_release
from truceline.record.commit import commitments_of, field_salts
from truceline.record.sealing import SealingKey, announced, sealing_links

HOLDER = SealingKey("example.org/b1", bytes(range(32)))
LOG = "example.org/a1"
entries = st.tuples(
    st.lists(st.binary(max_size=40), min_size=1, max_size=5),
    st.sets(st.integers(0, 4)),
    st.binary(min_size=32, max_size=32),
)
"""The words of an entry's fields, the positions that are opened, and its secret."""


def openings_of(drawn):
    """Of each drawn entry the fields at the drawn positions; and all commitments of every entry."""
    made, wanted = [], []
    for seq, (words, places, secret) in enumerate(drawn):
        fields = [(f"f{at}", word) for at, word in enumerate(words)]
        salts = field_salts(secret, len(fields))
        commitments = commitments_of(salts, fields)
        told = sorted(places & {*range(len(fields))}) or [0]
        opened = [(at, fields[at][0], salts[at], fields[at][1]) for at in told]
        made.append(Opening(seq, [one for at, one in enumerate(commitments) if at not in told], opened))
        wanted.append(tuple(commitments))
    return made, wanted


@settings(deadline=None, max_examples=60)
@given(st.lists(entries, min_size=1, max_size=30))
def test_what_is_packed_and_sealed_is_read_as_it_was(drawn):
    made, wanted = openings_of(drawn)
    content = sealed_packet(packed(made), HOLDER.public, LOG, HOLDER.origin, 7, last=True)
    groups, last = opened_packet(content, HOLDER, LOG, 7)
    found = {}
    for group in groups:
        for at, (seq, commitments) in enumerate(zip(group.seqs, group.commitments(), strict=True)):
            found[seq] = commitments, group.opened(at)
    assert last
    assert [found[seq][0] for seq in range(len(made))] == wanted
    assert [found[seq][1] for seq in range(len(made))] == [list(one.opened) for one in made]


def test_a_packet_is_of_whole_pages_so_that_its_size_tells_little():
    made, _ = openings_of([([b"yes"], {0}, bytes(32))])
    more, _ = openings_of([([b"certainly not"], {0}, bytes(32))])
    assert len(packed(made)) == len(packed(more)) == PAD


@pytest.mark.parametrize(
    ("log", "number", "key"),
    [
        ("example.org/other", 0, HOLDER),
        (LOG, 1, HOLDER),
        (LOG, 0, SealingKey("example.org/b1", bytes(32))),
        (LOG, 0, SealingKey("example.org/c1", bytes(range(32)))),
    ],
)
def test_a_packet_is_opened_by_its_holder_in_its_place_alone(log, number, key):
    packet = packed(openings_of([([b"x"], {0}, bytes(32))])[0])
    content = sealed_packet(packet, HOLDER.public, LOG, HOLDER.origin, 0, last=False)
    assert opened_packet(content, HOLDER, LOG, 0)[1] is False
    with pytest.raises(ValueError, match="not sealed for this holder"):
        opened_packet(content, key, log, number)
    with pytest.raises(ValueError, match="not sealed for this holder"):
        opened_packet(b"\1" + content[1:], HOLDER, LOG, 0)


def test_a_sealing_key_that_is_none_is_not_taken_for_one():
    assert announced(sealing_links(HOLDER.public)) == HOLDER.public
    for public in ("", "00" * 32, "01" + "00" * 31, HOLDER.public.hex().upper(), "zz" * 32, 7, None):
        assert announced({"key": {"what": "sealing", "public": public}}) is None
    assert announced({"key": {"what": "new", "public": HOLDER.public.hex()}}) is None
    assert announced({"key": ["sealing"]}) is None


def sealed_groups(*groups, pad=PAD):
    content = msgspec.msgpack.encode(groups)
    whole = len(content).to_bytes(4, "big") + content
    return sealed_packet(whole + bytes(-len(whole) % pad), HOLDER.public, LOG, HOLDER.origin, 0, last=True)


def squeezed(*words):
    return zlib.compress(b"".join(len(word).to_bytes(4, "big") for word in words) + b"".join(words))


SEQ, SALT = (5).to_bytes(8, "big"), bytes(32)
GOOD = (SEQ, 1, [(0, "f")], SALT, b"", squeezed(b"x"))


@pytest.mark.parametrize(
    "group",
    [
        (b"", 1, [(0, "f")], b"", b"", squeezed()),
        (SEQ + SEQ, 1, [(0, "f")], SALT * 2, b"", squeezed(b"x", b"y")),
        (b"\xff" * 8, 1, [(0, "f")], SALT, b"", squeezed(b"x")),
        (SEQ, 1 << 40, [(0, "f")], SALT, b"", squeezed(b"x")),
        (SEQ, 1, [(1, "f")], SALT, b"", squeezed(b"x")),
        (SEQ, 1, [(-1, "f")], SALT, b"", squeezed(b"x")),
        (SEQ, 2, [(0, "f"), (0, "g")], SALT * 2, b"", squeezed(b"x", b"y")),
        (SEQ, 2, [(0, "f")], SALT, b"", squeezed(b"x")),
        (SEQ, 1, [(0, "f")], SALT * 2, b"", squeezed(b"x")),
        (SEQ, 1, [(0, "f" * 5_000)], SALT, b"", squeezed(b"x")),
        (SEQ, 1, [(0, "f")], SALT, b"", squeezed(b"x") + b"after"),
        (SEQ, 1, [(0, "f")], SALT, b"", squeezed(b"x", b"y")),
        (SEQ, 1, [(0, "f")], SALT, b"", zlib.compress(b"\xff\xff\xff\xffx")),
        (SEQ, 1, [(0, "f")], SALT, b"", zlib.compress(bytes(MOST_CONTENT + 5))),
        (SEQ, 1, [(0, "f")], SALT, b"", b"no zlib"),
        (SEQ, 1, [], b"", SALT, squeezed()),
        "no group",
    ],
)
def test_a_group_that_does_not_fit_together_is_refused(group):
    assert opened_packet(sealed_groups(GOOD), HOLDER, LOG, 0)[0][0].contents == [[b"x"]]
    with pytest.raises(ValueError, match=r"."):
        opened_packet(sealed_groups(group), HOLDER, LOG, 0)


def test_a_packet_that_is_not_packed_as_it_should_be_is_refused():
    whole = packed(openings_of([([b"x"], {0}, bytes(32))])[0])
    for wrong in (whole + bytes(PAD), whole[:-1] + b"\1", whole[:-1], b"", b"\xff" * PAD):
        with pytest.raises(ValueError, match="packed"):
            opened_packet(sealed_packet(wrong, HOLDER.public, LOG, HOLDER.origin, 0, last=True), HOLDER, LOG, 0)


# Releases


def released(first, count, *names, seq=100, to=(EVERY,)):
    return Release(seq, "opened", "", ((first, count),), names, to, "b")


def test_several_releases_open_together_what_each_opens():
    allowed = Allowed([released(0, 10, "when"), released(5, 10, "where"), released(8, 1, EVERY)])
    names = ("when", "where", "who", "blob_salt")
    opens = {
        seq: [name for name in names if (one := allowed.of(seq)) and one.opens(name)]
        for seq in (0, 4, 5, 8, 9, 10, 14, 15)
    }
    assert opens == {
        0: ["when"], 4: ["when"], 5: ["when", "where"], 8: ["when", "where", "who"], 9: ["when", "where"],
        10: ["where"], 14: ["where"], 15: [],
    }  # fmt: skip


def test_the_salt_of_a_files_name_is_opened_by_name_only():
    assert not Allowed([released(0, 1, EVERY)]).of(0).opens("blob_salt")
    assert Allowed([released(0, 1, EVERY, "blob_salt")]).of(0).opens("blob_salt")


@pytest.mark.parametrize(
    "wrong",
    [
        released(0, 0, "when"),
        released(99, 2, "when"),
        released(-1, 2, "when"),
        released(0, 1),
        released(0, 1, "when", to=()),
        released(0, 1, *map(str, range(65))),
        released(0, 1, "w" * 5_000),
        Release(100, "opened", "", ((4, 1), (4, 1)), ("when",), ("*",), "b"),
        Release(100, "closed", "", ((4, 1),), ("when",), ("*",), "b"),
    ],
)
def test_a_release_that_is_not_well_formed_opens_nothing(wrong):
    assert read_release(100, released(0, 1, "when").form()) == released(0, 1, "when")
    with pytest.raises(ValueError, match=r"."):
        read_release(100, wrong.form())


# Between devices


@pytest.fixture
def two(crowd):
    """a1 has written; b1 knows its log and a1 knows b1's sealing key."""
    a1, b1 = crowd.devices["a1"], crowd.devices["b1"]
    while a1.mission.size < 40:
        crowd.write(a1)
    crowd.accept(a1, crowd.bundle(b1, None))
    return crowd, a1, b1


def open_to(crowd, giver, taker, first, count, *names):
    with giver.mission.pen(crowd.tick(), crowd.chance) as pen:
        enter_release(giver.mission, pen, released(first, count, *names, seq=pen.size, to=(taker.origin,)))


def lies(monkeypatch, change):
    """The giver's program packs what `change` makes of the openings."""
    from truceline.pipeline import giving

    monkeypatch.setattr(giving, "packed", lambda openings: packed(change([*openings])))


def taken(crowd, giver, taker):
    judged = crowd.accept(taker, crowd.bundle(giver, taker.name))
    return next(one for one in judged if one.origin == giver.origin)


def first_with(openings, name):
    return next(at for at, one in enumerate(openings) if any(field[1] == name for field in one.opened))


def other_word(openings):
    """A released field says something else."""
    if any(field[1] == "where" for one in openings for field in one.opened):
        at = first_with(openings, "where")
        opened = [(n, name, salt, b"x" if name == "where" else word) for n, name, salt, word in openings[at].opened]
        openings[at] = openings[at]._replace(opened=opened)
    return openings


def other_salt(openings):
    opened = [(n, name, bytes(32), word) for n, name, _, word in openings[-1].opened]
    openings[-1] = openings[-1]._replace(opened=opened)
    return openings


def unheld(openings):
    openings[-1] = openings[-1]._replace(seq=1 << 30)
    return openings


def another_entry(openings):
    openings[-1] = openings[-1]._replace(seq=openings[-1].seq - 1)
    return openings


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_word, "field 'where'"),
        (other_salt, "is not what the entry committed to"),
        (unheld, "was opened, but is not held"),
        (another_entry, "is not what the entry committed to"),
    ],
)
def test_openings_that_do_not_fit_the_log_are_refused_and_the_entries_stay(two, monkeypatch, change, said):
    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, "where", "what")
    lies(monkeypatch, change)
    came = taken(crowd, a1, b1)
    assert said in came.refused, came.refused
    assert came.refused.startswith(f"{a1.origin}: ")
    assert (came.size, came.opened, came.sound) == (a1.mission.size, 0, False)
    assert b1.mission._connection.execute("SELECT count(*) FROM given").fetchone() == (0,)
    monkeypatch.undo()
    assert taken(crowd, a1, b1).opened > 0
    assert b1.mission.audit() == []


def test_what_no_release_opens_is_refused_even_if_it_is_true(two, monkeypatch):
    """Whoever holds it tells more than its author opened: the receiver does not keep that."""
    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, "where")
    from truceline.store.releasing import Openable

    whole = Openable.chosen
    monkeypatch.setattr(Openable, "chosen", lambda entry, opens: whole(entry, lambda name: True))
    came = taken(crowd, a1, b1)
    assert "no release of this log opens it to this holder" in came.refused
    assert "field '" in came.refused and "field 'where'" not in came.refused


def test_an_opening_before_its_release_is_refused(two, monkeypatch):
    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, "where")
    lies(monkeypatch, lambda openings: [one for one in openings if all(field[1] != "matter" for field in one.opened)])
    assert "no release of this log opens it" in taken(crowd, a1, b1).refused


def test_openings_from_which_the_last_packet_was_taken_are_refused(two):
    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, "where")
    bundle = Bundle(io.BytesIO(crowd.bundle(a1, "b1")).read)
    judged = received(b1.mission, _without_last(bundle.logs()), now_us=crowd.tick(), chance=crowd.chance)
    assert "the last packet of what was opened is missing" in judged[0].refused


def _without_last(logs):
    for coming in logs:
        chunks = [*coming.chunks]
        packets = [*coming.openings]
        assert len(packets) != 1
        yield coming._replace(chunks=iter(chunks), openings=iter(packets[:-1]))


def test_a_bundle_for_another_holder_opens_nothing(two):
    """b1 gets the stick that was made for c1: the entries are good for b1 too, the openings are refused."""
    crowd, a1, b1 = two
    c1 = crowd.devices["c1"]
    crowd.accept(a1, crowd.bundle(c1, None))
    open_to(crowd, a1, c1, 1, 30, "where")
    judged = crowd.accept(b1, crowd.bundle(a1, "c1"))
    came = next(one for one in judged if one.origin == a1.origin)
    assert came.judgement == "extends" and came.size == a1.mission.size
    assert "not sealed for this holder" in came.refused


def test_the_same_again_is_nothing_and_an_old_stick_does_no_harm(two):
    crowd, a1, b1 = two
    old = crowd.bundle(a1, "b1")
    open_to(crowd, a1, b1, 1, 30, "where")
    new = crowd.bundle(a1, "b1")
    assert next(one.opened > 0 for one in crowd.accept(b1, new))
    before = b1.mission._connection.execute("SELECT * FROM given ORDER BY log, seq, part").fetchall()
    for content in (new, old, new):
        for one in crowd.accept(b1, content):
            assert (one.opened, one.refused) == (0, "")
    assert b1.mission._connection.execute("SELECT * FROM given ORDER BY log, seq, part").fetchall() == before


def test_what_is_known_to_have_come_is_not_sent_again_unless_it_is_asked_for(two):
    from truceline.pipeline.exchanging import bundle_for

    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, EVERY)
    crowd.accept(b1, crowd.bundle(a1, "b1"))
    assert bundle_for(a1.mission, "b1")[1][0].opened > 0  # a1 does not know yet that it came
    crowd.accept(a1, crowd.bundle(b1, "a1"))
    assert bundle_for(a1.mission, "b1")[1][0].opened == 0
    assert bundle_for(a1.mission, "b1", whole=True)[1][0].opened > 0


def test_no_bit_of_a_bundle_can_be_changed_unnoticed_in_its_openings(two):
    crowd, a1, b1 = two
    open_to(crowd, a1, b1, 1, 30, "where")
    logs = [(one.log, [*one.chunks], [*one.openings]) for one in Bundle(io.BytesIO(crowd.bundle(a1, "b1")).read).logs()]
    draw = random.Random(11)
    log, _, packets = logs[0]
    key = b1.mission.sealing_key()
    for _ in range(500):
        number = draw.randrange(len(packets))
        content = bytearray(packets[number])
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        with pytest.raises(ValueError, match=r"."):
            opened_packet(bytes(content), key, log.origin, number)
