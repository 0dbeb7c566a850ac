"""The Security Council's consolidated list: one entry or many, empty aliases, several names in one field."""

import json
import re
from pathlib import Path

import pytest

from truceline.errors import FileNotRead
from truceline.intake.lists.names import forms, is_packed, names_in, tidy
from truceline.intake.lists.un_sc import PublishedList, read_un_list

ENTRY = """<INDIVIDUAL><FIRST_NAME>ABU </FIRST_NAME><SECOND_NAME>\u00a0X</SECOND_NAME>
<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.001 </REFERENCE_NUMBER><LISTED_ON>2014-05-14</LISTED_ON>
{}</INDIVIDUAL>"""
ALIAS = "<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>{}</ALIAS_NAME></INDIVIDUAL_ALIAS>"


def document(*aliases: str, made: str = "2026-01-01T00:00:00Z", more: str = "") -> bytes:
    entry = ENTRY.format("".join(ALIAS.format(one) for one in aliases))
    within = f"<INDIVIDUALS>{entry}{more}</INDIVIDUALS><ENTITIES></ENTITIES>"
    return f'<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="{made}">{within}</CONSOLIDATED_LIST>'.encode()


def read(content: bytes) -> PublishedList:
    return read_un_list("list.xml", [content])


def test_an_entry_with_no_alias_with_one_and_with_an_empty_one():
    assert read(document()).entries[0].aliases == ()
    [entry] = read(document("Y", "")).entries
    assert [alias.names for alias in entry.aliases] == [("Y",), ()]
    assert (entry.reference, entry.kind, entry.list, entry.listed_on) == ("QDi.001", "person", "Al-Qaida", "2014-05-14")
    assert entry.names == ("ABU X",)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("A; B;  C", ("A", "B", "C")),
        ("Mohammed A; Mohammad A b) M. B; M. C", ("Mohammed A", "Mohammad A", "M. B", "M. C")),
        ("جبهة فتح الشام (Jabhat Fath; Jabhat Fateh)", ("جبهة فتح الشام", "Jabhat Fath", "Jabhat Fateh")),
        ("Hay’at (HTS) (هيئة (original script); Hay’et; Hayat)", ("Hay’at (HTS)", "هيئة", "Hay’et", "Hayat")),
        ("Front (FNL)", ("Front (FNL)",)),
        ("\u00a0One\u00a0 name\n", ("One name",)),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_the_names_in_one_field(field, names):
    assert names_in(field) == names


def test_a_name_is_looked_for_as_it_stands_and_by_what_stands_in_its_brackets():
    assert forms("Abu Muhammad (original script: Абу Мухаммад)")[1:] == ("Abu Muhammad", "Абу Мухаммад")
    assert forms("Plain") == ("Plain",)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<LIST/>", b"<CONSOLIDATED_LIST><INDIVIDUALS/></CONSOLIDATED_LIST>", document()[:-20],
        document().replace(b"<CONSOLIDATED", b'<!DOCTYPE a [<!ENTITY b "c">]><CONSOLIDATED', 1),
        document(more=ENTRY.format("")), document().replace(b"QDi.001 ", b" "), document("x" * 1_000_001),
    ],
    ids=["empty", "another", "no entry", "cut short", "entities", "twice", "no reference", "too long"],
)  # fmt: skip
def test_what_is_no_such_list_is_refused(content):
    with pytest.raises(FileNotRead):
        read(content)


@pytest.mark.data
def test_the_list_of_2026_is_read_whole(test_data: Path):
    folder = test_data / "sanctions-lists"
    content = (folder / "UN_consolidated.xml").read_bytes()
    expected = json.loads((folder / "expected-totals.json").read_text(encoding="utf-8"))["UN_consolidated.xml"]
    found = read(content)
    counts = found.counts()
    print(f"UN list of {found.made}: {counts}")
    assert found.made == expected["dateGenerated"]
    assert counts == {
        "entries": 1003, "aliases": 3043, "aliases_empty": 291, "aliases_with_names": 2752, "aliases_packed": 27,
        "names": counts["names"],
    }  # fmt: skip
    assert counts["entries"] == expected["distinct_reference_numbers"]
    assert counts["aliases"] == expected["individual_aliases"] + expected["entity_aliases"]
    of_kind = [entry.kind for entry in found.entries]
    assert (of_kind.count("person"), of_kind.count("organisation")) == (expected["individuals"], expected["entities"])


@pytest.mark.data
def test_no_letter_of_a_name_is_lost(test_data: Path):
    found = read((test_data / "sanctions-lists" / "UN_consolidated.xml").read_bytes())
    packed = [alias for entry in found.entries for alias in entry.aliases if is_packed(alias.written)]
    assert all(len(alias.names) > 1 for alias in packed)
    for entry in found.entries:
        for alias in entry.aliases:
            written = re.sub(r"\b[a-z]\) |original script", " ", tidy(alias.written))
            assert letters(written) <= letters(" ".join(alias.names)), alias.written
    nusrah = next(entry for entry in found.entries if entry.reference == "QDe.137")
    assert {"Jabhat Fateh Al-Sham", "جبهة فتح الشام", "هيئة تحرير الشام"} <= set(nusrah.all_names())


def letters(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))
