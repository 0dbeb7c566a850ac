"""A bundle that is not exactly what it should be is refused, and says where."""

import io
import random
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import ExchangeRefused
from truceline.exchange.bundle import MAGIC, MOST_OF, Bundle, stretches
from truceline.exchange.judging import Held, Judge, Judgement
from truceline.record.frontier import Frontier
from truceline.record.merkle import leaf_hash
from truceline.record.people import Signers
from truceline.record.proofs import nodes_of


@pytest.fixture(scope="module")
def sent(crowds, tmp_path_factory):
    """A bundle with one log of some hundred entries and others of few, and the key and entries of the first."""
    crowd = crowds.Crowd(tmp_path_factory.mktemp("sent"), random.Random(5)).begin()
    device = crowd.devices["a1"]
    while device.mission.size < 300:
        crowd.write(device)
    crowd.accept(crowd.devices["b1"], crowd.bundle(device, None))
    crowd.accept(device, crowd.bundle(crowd.devices["b1"], None))
    content = crowd.bundle(device, None)
    told = device.origin, device.mission.public_key, device.mission.bodies(0, device.mission.size)
    crowd.close()
    return content, told


def judged(content, told, held=0):
    """What comes of the log in a bundle for somebody who holds its first entries: the judgement, the entries."""
    origin, key, bodies = told
    leaves = [leaf_hash(body) for body in bodies]
    edge = Frontier()
    edge.append(leaves[:held])

    def roots(sizes):
        found = {}
        for size in sizes:
            within = Frontier()
            within.append(leaves[:size])
            found[size] = within.root()
        return found

    for log, chunks, _ in Bundle(io.BytesIO(content).read).logs():
        if log.origin != origin:
            continue
        head, signers = log.heads[-1] if held else None, partial(Signers, origin, key)
        judge = Judge(Held(key, edge, head, roots, lambda: nodes_of(leaves), signers), log)
        if word := judge.begin({origin: key}):
            return word.judgement, []
        new = []
        for chunk in chunks:
            some, word = judge.take(chunk)
            if word:
                return word.judgement, []
            new += [one.body for one in some]
        return judge.finish().judgement, new
    return Judgement.UNKNOWN, []


def signed_again(content):
    """The bundle with a digest that fits: as whoever changes it on the way would make it."""
    body = content[:-37]
    return body + content[-37:-32] + sha256(body).digest()


def test_a_whole_bundle_gives_what_was_written(sent):
    content, told = sent
    word, new = judged(content, told)
    assert (word, new) == (Judgement.EXTENDS, told[2])
    word, new = judged(content, told, held=4)
    assert (word, new) == (Judgement.EXTENDS, told[2][4:])
    assert judged(content, told, held=len(told[2]))[0] is Judgement.HELD


def test_entries_stand_in_parts_that_end_where_tiles_end():
    assert list(stretches(250, 600)) == [(250, 256), (256, 512), (512, 600)]
    assert list(stretches(5, 5)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "first line"),
        (b"truceline bundle v1\n", "no bundle"),
        (MAGIC, "heading"),
        (MAGIC + b"H\xff\xff\xff\xff", "more than it may have"),
        (MAGIC + b"L\x00\x00\x00\x02{}", "another part"),
        (MAGIC + b"H\x00\x00\x00\x02{}", "heading"),
        (MAGIC + b'H\x00\x00\x00\x29{"by":"x","for":"","logs":1025,"v":2}    ', "heading"),
    ],
)
def test_what_is_no_bundle_is_refused_with_the_part(content, said):
    with pytest.raises(ExchangeRefused, match=said):
        Bundle(io.BytesIO(content).read)


def test_a_bundle_is_never_asked_for_more_than_a_part_has(sent):
    asked = []
    stream = io.BytesIO(sent[0])

    def read(number):
        asked.append(number)
        return stream.read(number)

    for _ in Bundle(read).logs():
        pass
    assert max(asked) <= max(MOST_OF.values())


def test_a_bundle_cut_short_anywhere_is_refused(sent):
    content, _ = sent
    for cut in range(0, len(content), 997):
        with pytest.raises(ExchangeRefused):
            list(Bundle(io.BytesIO(content[:cut]).read).logs())
    with pytest.raises(ExchangeRefused, match="bytes after it"):
        list(Bundle(io.BytesIO(content + b"x").read).logs())


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(st.tuples(st.floats(0, 0.9999), st.integers(1, 255)), min_size=1, max_size=3), again=st.booleans()
)
def test_a_changed_bundle_never_makes_anybody_believe_another_entry(sent, changes, again):
    content, told = sent
    changed = bytearray(content)
    for where, bits in changes:
        changed[int(where * len(changed))] ^= bits
    hostile = signed_again(bytes(changed)) if again else bytes(changed)
    try:
        word, new = judged(hostile, told)
    except ExchangeRefused:
        return
    assert again or hostile == content or word is not Judgement.EXTENDS or new == told[2]
    if word.sound:
        assert new == told[2][: len(new)]
    else:
        assert new == [] or word is not Judgement.EXTENDS


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_with_a_sentence(content):
    for hostile in (content, MAGIC + content):
        with pytest.raises(ExchangeRefused):
            list(Bundle(io.BytesIO(hostile).read).logs())
