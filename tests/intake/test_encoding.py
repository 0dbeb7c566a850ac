"""Which characters the bytes of a file are."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake.encoding import KNOWN, decode, to_bytes, to_text, unreadable

ARABIC = "الرقم,المكان\n1,قصف على المدينة القديمة\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        (ARABIC.encode(), "utf-8"),
        (codecs.BOM_UTF8 + ARABIC.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"), "utf-16-be"),
        (ARABIC.encode("windows-1256"), "windows-1256"),
        ("Alep, détruit, à l’école\n".encode("windows-1252"), "windows-1252"),
        ("Gefährdung, Straße, Übergänge, schön\n".encode("windows-1252"), "windows-1252"),
        (ARABIC.encode()[:-3] + b"\xff\n", "utf-8"),
    ],
)
def test_the_bytes_say_their_encoding(content, encoding):
    decoded = decode("t.csv", content)
    assert decoded.encoding == encoding
    assert decoded.why
    assert not decoded.text.startswith("\ufeff")


def test_damaged_utf8_stays_utf8_and_is_not_guessed_to_be_something_else():
    decoded = decode("t.csv", ARABIC.encode() + b"2,caf\xe9\n")
    assert decoded.encoding == "utf-8"
    assert unreadable(decoded.text)


def test_bytes_that_windows_1252_does_not_have_stay_recognisable():
    decoded = decode("t.csv", b"caf\xe9\n\x81\n")
    assert decoded.encoding == "windows-1252"
    assert [unreadable(line) for line in decoded.text.splitlines()] == [False, True]


def test_the_encoding_can_be_told():
    assert decode("t.csv", "é".encode("windows-1252"), "latin-1").encoding == "iso-8859-1"
    assert decode("t.csv", codecs.BOM_UTF8 + b"a", "UTF8").text == "a"
    assert decode("t.csv", codecs.BOM_UTF16_BE + "a".encode("utf-16-be"), "utf-16").text == "a"


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "utf-7", "unicode_escape", "idna", "base64"])
def test_an_encoding_that_is_not_known_is_refused_by_name(encoding):
    with pytest.raises(FileNotRead, match=encoding):
        decode("t.csv", b"a", encoding)


@pytest.mark.parametrize("content", [codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), codecs.BOM_UTF16_LE + b"abc"])
def test_text_that_cannot_be_read_at_all_is_refused(content):
    with pytest.raises(FileNotRead):
        decode("t.csv", content)


@given(st.binary(max_size=60), st.sampled_from([name for name in KNOWN if not name.startswith("utf-16")]))
def test_any_bytes_come_back_as_they_were(content, encoding):
    assert to_bytes(to_text(content, encoding), encoding) == content


@given(st.binary(max_size=40), st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_any_whole_units_of_utf16_come_back_as_they_were(content, encoding):
    content = content[: len(content) // 2 * 2]
    assert to_bytes(to_text(content, encoding), encoding) == content
