"""Who is answered: holders who are known, once, about now; everybody else learns nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.exchange.admission import MOST_HEADER, WINDOW_S, Admission, Refused, Signed, header, read_header
from truceline.record.sign import LogKey

NOW = 1_742_000_000
NORTH = LogKey.from_seed("north.example/mission", bytes(range(32)))
SOUTH = LogKey.from_seed("south.example/mission", bytes(range(1, 33)))
STRANGER = LogKey.from_seed("north.example/mission", bytes(32))
KEYS = {NORTH.origin: NORTH.public_key}
EMPTY = bytes(32)


def asked(key=NORTH, method="GET", name="logs", *, to=SOUTH.origin, at=NOW, nonce=bytes(16), sign=None):
    return header(method, name, Signed(key.origin, to, at, nonce, EMPTY), sign or key.sign)


def at_south():
    return Admission(SOUTH.origin, NOW - 10)


def refused(*words, admission=None, keys=KEYS, now=NOW):
    with pytest.raises(Refused) as caught:
        (admission or at_south()).admit(*words, keys, now)
    return str(caught.value)


def test_a_known_holder_is_admitted():
    said = at_south().admit("GET", "logs", asked(), KEYS, NOW)
    assert (said.origin, said.to, said.time_s) == (NORTH.origin, SOUTH.origin, NOW)


def test_strangers_all_hear_the_same_whoever_they_say_they_are():
    """A log that is not known, a known log's name with another key, and a wrong time with either."""
    answers = {
        refused("GET", "logs", asked(STRANGER)),
        refused("GET", "logs", asked(LogKey.from_seed("x.example/log", bytes(32)))),
        refused("GET", "logs", asked(NORTH), keys={}),
        refused("GET", "logs", asked(STRANGER, at=0)),
        refused("GET", "logs", asked(STRANGER, to="")),
    }
    assert len(answers) == 1
    assert "exchange add" in answers.pop()


def test_a_request_is_taken_for_what_was_signed_alone():
    assert refused("POST", "logs", asked())
    assert refused("GET", "checkpoint", asked())
    assert SOUTH.origin in refused("GET", "logs", asked(to=NORTH.origin))
    assert SOUTH.origin in refused("GET", "logs", asked(to=""))


def test_a_request_is_taken_once():
    south = at_south()
    south.admit("GET", "logs", asked(), KEYS, NOW)
    assert "already" in refused("GET", "logs", asked(), admission=south)
    south.admit("GET", "logs", asked(nonce=bytes(15) + b"\x01"), KEYS, NOW)


@pytest.mark.parametrize("apart", [86_400, -86_400, WINDOW_S + 1, 10**11 - NOW])
def test_a_wrong_clock_is_told_to_whom_it_locks_out(apart):
    said = refused("GET", "logs", asked(at=NOW + apart))
    assert "2025-03-15T00:53:20Z" in said and "clocks is wrong" in said
    assert at_south().admit("GET", "logs", asked(at=NOW + min(max(apart, -5), WINDOW_S)), KEYS, NOW)


def test_what_is_forgotten_is_not_taken_again_when_the_clock_is_set_back():
    south = at_south()
    old = asked()
    south.admit("GET", "logs", old, KEYS, NOW)
    later = NOW + 4 * WINDOW_S
    south.admit("GET", "logs", asked(at=later, nonce=b"1" * 16), KEYS, later)
    assert "only what is dated after" in refused("GET", "logs", old, admission=south)
    south.admit("GET", "logs", asked(at=NOW + 1, nonce=b"2" * 16), KEYS, NOW)


def test_what_another_process_may_have_answered_is_not_taken():
    assert "only what is dated after" in refused("GET", "logs", asked(at=NOW - 11))
    at_south().admit("GET", "logs", asked(at=NOW - 10), KEYS, NOW)


def test_little_is_remembered_and_it_is_forgotten():
    south = at_south()
    for n in range(50):
        at = NOW + n * WINDOW_S
        south.admit("GET", "logs", asked(at=at, nonce=n.to_bytes(16, "big")), KEYS, at)
    assert len(south._nonces) == len(south._order) <= 4


@given(st.integers(min_value=0), st.integers(0, 255))
def test_no_byte_of_a_header_can_be_changed(place, byte):
    text = asked()
    place %= len(text)
    changed = text[:place] + chr(byte) + text[place + 1 :]
    if changed != text and changed.lower() != text.lower():
        refused("GET", "logs", changed)


@given(st.text(max_size=300))
def test_any_other_text_is_refused_with_a_sentence(text):
    refused("GET", "logs", text)
    refused("GET", "logs", f"Truceline v1 {text}")


@pytest.mark.parametrize(
    "words",
    [
        "", "Basic eDp5", "Truceline v1", "Truceline v1 a b c d e f", "Truceline v1 " + "x" * MOST_HEADER,
        "Truceline v1 eA== - 999999999999999999 00 00 eA==", "Truceline v1 eA== - ² 00 00 eA==",
        "Truceline v1 IA== - 1 00 00 eA==", "Truceline v1 /w== - 1 00 00 eA==", "Truceline v1 eA== - 1 zz 00 eA==",
    ],
)  # fmt: skip
def test_what_is_no_header_is_none(words):
    with pytest.raises(ValueError):
        read_header(words)
