"""XML element by element: those asked for as they end, all else forgotten, and what is hostile refused."""

import tracemalloc
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake.shapes import xml_elements, xml_walk
from truceline.intake.shapes.xml_elements import elements, local

ROW = frozenset(("row",))


def found(content, wanted=ROW):
    chunks = [content.encode() if isinstance(content, str) else content]
    return [(local(one.tag), dict(one.attrib), "".join(one.itertext())) for one in elements("sent", chunks, wanted)]


def refused(content):
    with pytest.raises(FileNotRead) as caught:
        found(content)
    assert caught.value.mend
    return caught.value.message


@given(st.lists(st.text("ab<&\n", max_size=9), max_size=30), st.sampled_from([7, 30, 10_000]))
def test_every_element_asked_for_comes_once_and_whole_wherever_the_pieces_are_cut(texts, piece):
    rows = "".join(f"<row n='{n}'><c>{escape(text)}</c> </row>\n" for n, text in enumerate(texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xml_walk, "PIECE", piece)
        seen = found(f"<?xml version='1.0'?><s xmlns='urn:x'><a><b/></a><data>{rows}</data><!-- x --><z/></s>")
    assert seen == [("row", {"n": str(n)}, f"{text} ") for n, text in enumerate(texts)]


def test_one_inside_another_is_a_part_of_it():
    assert found("<s><row><row>1</row></row><x><y><row>2</row></y></x></s>") == [("row", {}, "1"), ("row", {}, "2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", ["", "<!-- <row> -->" * 9_000])
def test_a_document_type_is_refused_in_any_encoding_and_wherever_it_stands(encoding, before):
    mark = "\ufeff" if encoding.endswith("e") else ""
    content = f'{mark}{before}<!DOCTYPE s [<!ENTITY a "aaaa">]><s><row>&a;</row></s>'
    assert "document type" in refused(content.encode(encoding))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<s>" + "<a>" * 70 + "</a>" * 70 + "</s>", "more than 64 elements"),
        ("<a>" * 50_000, "more than 64 elements"),
        ("<s><row>" + "<a>" * 50_000, "more than 64 elements"),
        ("<s><row>", "broken XML"),
        ("<s><row>&a;</row></s>", "broken XML"),
        (f"<s><!--{'x' * 2_000_000}--></s>", "longer than 1048576 bytes"),
        ("", "broken XML"),
    ],
)
def test_what_is_broken_or_too_deep_or_too_long_is_refused(content, told):
    assert told in refused(content)


def test_an_element_that_grows_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(xml_elements, "MOST_WITHIN", 1_000)
    monkeypatch.setattr(xml_elements, "MOST_CHARACTERS", 100_000)
    assert "more than 1000 parts" in refused("<s><row>" + "<c/>" * 60_000 + "</row></s>")
    assert "100000 characters" in refused("<s><row><c>" + "\n" * 400_000 + "</c></row></s>")


@pytest.mark.parametrize("junk", ["<c/>", "\n", "<c><d/></c>", "<!-- x -->\n"])
def test_what_nobody_asked_for_takes_no_memory(junk):
    content = ("<s>" + junk * (2_000_000 // len(junk)) + "<row/></s>").encode()
    tracemalloc.start()
    try:
        assert found(content) == [("row", {}, "")]
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
