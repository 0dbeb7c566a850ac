"""What a hostile sender does: files that ask for far more than they are. Each is refused with a sentence, or small."""

import io
import re
import sys
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.intake import rows
from truceline.intake.encoding import decode
from truceline.intake.reading import Refused, read_file, read_tables
from truceline.intake.shapes import workbook as workbooks
from truceline.intake.shapes import xml_walk

HEADER = "report_id,source,when,kind,side_a,side_b\n"


def refused(content: bytes | str, name: str = "sent") -> str:
    with pytest.raises(FileNotRead) as caught:
        read_tables(name, content.encode() if isinstance(content, str) else content)
    assert caught.value.mend
    return caught.value.message


def test_a_sender_of_nothing_but_commas_is_told_how_many_columns_that_is():
    assert refused("," * 300_000) == "sent has 300001 columns; at most 4096 are read."


def test_a_sender_who_opens_a_quote_and_never_closes_it_is_told_on_which_line(monkeypatch):
    monkeypatch.setattr(rows, "MOST_RECORD", 5_000)
    told = refused(HEADER + "1,ngo,2025-03-04,shelling,A,B\n" + '"' + "a,b\n" * 2_000)
    assert told.startswith("sent: the row that begins on line 3 is longer than")


def test_a_quote_that_only_another_delimiter_would_see_swallows_nothing(monkeypatch):
    monkeypatch.setattr(rows, "MOST_RECORD", 5_000)
    table = read_file("sent", (HEADER + '1,"x";"y,2025-03-04,shelling,A,B"\n' + "2,n,2025,fire,A,B\n" * 500).encode())
    assert len(table.rows) == 501


def test_a_sender_of_one_line_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(rows, "MOST_RECORD", 5_000)
    assert "longer than" in refused("x" * 5_000_000)


@pytest.mark.parametrize("content", ["\n" * 400_000, "\r" * 400_000, " \n" * 3])
def test_a_sender_of_blank_lines_is_refused_or_unknown(content):
    assert "blank lines" in refused(content) or "no known form" in refused(content)


def old_choice(content: bytes) -> str:
    """The rule as it was first written, letter by letter, before a file of odd bytes asked for two gigabytes."""
    text = content.decode("utf-8", "surrogateescape")
    bad = len(re.findall("[\ud800-\udfff]", text))
    good = len(text) - bad - len(re.findall("[\x00-\x7f]", text))
    if good >= bad:
        return "utf-8"
    arabic = content.decode("windows-1256", "replace")
    beyond = sum(1 for byte in content if byte >= 0x80)
    runs = re.findall("[\u0621-\u0652]{2,}", arabic)
    return (
        "windows-1256" if 2 * sum(len(re.findall("[\u0621-\u064a]", run)) for run in runs) >= beyond else "windows-1252"
    )


@given(
    st.one_of(st.binary(max_size=30), st.text("abدخانُ ,ä", max_size=20).map(lambda t: t.encode("cp1256", "replace")))
)
def test_the_encoding_is_chosen_as_letter_by_letter(content):
    if not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        assert decode("sent", content).encoding == old_choice(content)


def many(part: str, piece: str, times: int, workbook, **other) -> bytes:
    extra = {part: f"<x>{piece * times}</x>"}
    return workbook({"S": [HEADER.strip().split(","), ["1"] * 6]}, extra=extra, **other)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("part", "piece", "times", "what"),
    [
        ("xl/sharedStrings.xml", "<si><t>a</t></si>", 60, "50 shared texts"),
        ("xl/sharedStrings.xml", f"<si><t>{'a' * 60}</t></si>", 40, "2000 characters of shared text"),
        ("xl/styles.xml", '<numFmt numFmtId="1"/><cellXfs><xf numFmtId="14"/></cellXfs>', 60, "50 cell styles"),
        ("xl/workbook.xml", '<sheet name="A"/>', 60, "50 sheets"),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id='{}'/>", 60, "50 links"),
    ],
)
def test_a_workbook_with_more_of_something_than_any_has_is_refused(part, piece, times, what, workbook, monkeypatch):
    for name in ("MOST_STRINGS", "MOST_STYLES", "MOST_SHEETS", "MOST_LINKS"):
        monkeypatch.setattr(workbooks, name, 50)
    monkeypatch.setattr(workbooks, "MOST_TEXT", 2_000)
    pieces = "".join(piece.replace("{}", str(at)) for at in range(times))
    assert f"more than {what}" in refused(many(part, pieces, 1, workbook))


def test_one_long_text_that_stands_in_every_cell_counts_wherever_it_stands(workbook, xml, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_TEXT", 5_000)
    cells = [[xml('t="s"|<v>0</v>')] * 6] * 30
    extra = {"xl/sharedStrings.xml": f"<sst><si><t>{'a' * 100}</t></si></sst>"}
    assert "more than 5000 characters" in refused(workbook({"S": cells}, extra=extra))


def test_merged_cells_without_end_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_MERGED", 10)
    sheets = {"S": [HEADER.strip().split(","), ["1"] * 6]}
    assert "more than 10 merged cells" in refused(workbook(sheets, merged=("A1:B2",) * 11))


def test_an_archive_of_countless_parts_is_refused_before_its_list_is_read(monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at in range(10_001):
            archive.writestr(zipfile.ZipInfo(str(at)), b"")
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "more than 10000 parts" in refused(out.getvalue())


@pytest.mark.parametrize(
    "content",
    ["<kml><a " + "".join(f'a{n}="" ' for n in range(1_900)) + "/></kml>", f"<kml><!--{'x' * 9_000}--></kml>"],
)
def test_a_tag_or_comment_without_end_is_refused(content, monkeypatch):
    monkeypatch.setattr(xml_walk, "MOST_TAG", 5_000)
    monkeypatch.setattr(xml_walk, "PIECE", 1_000)
    assert "longer than 5000 bytes" in refused(content)


def test_a_placemark_of_countless_empty_names_is_refused():
    assert "placemark 1 is longer than" in refused("<kml><Placemark>" + "<name/>" * 200_000 + "</Placemark></kml>")


def test_countless_empty_rows_of_lists_are_refused_before_they_are_kept():
    header = '["report_id","source","when","kind","side_a","side_b"]'
    assert "most of them empty" in refused(f"[{header}" + ',[""]' * 300_000 + "]")


def test_a_name_with_half_a_character_and_a_value_too_long_can_be_shown(became):
    record = '{"report_id": "1", "source": "s", "when": "2025", "kind": "", "side_a": "", "side_b": "", "\\ud800": "'
    (refusal,) = became(f'[{record}{"x" * 70_000}"}}, {record}"}}]'.replace('"\\ud800": ""}', '"w": ""}'))[:1]
    assert isinstance(refusal, Refused)
    refusal.faults[0].column.encode()


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE kml SYSTEM "file:///etc/hostname"><kml><Placemark/></kml>',
        '<!DOCTYPE kml [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]><kml><Placemark><name>&a;</name></Placemark></kml>',
        "<!DOCTYPE kml [" + '<!ENTITY a "aaaaaaaaaa">' + '<!ENTITY b "&a;&a;&a;">' + "]><kml><name>&b;</name></kml>",
    ],
)
def test_no_entity_is_followed_no_file_opened_and_nothing_asked_for(content):
    touched: list[str] = []
    watching = [True]

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        if watching[0] and (event == "open" or event.startswith(("socket.", "urllib."))):
            touched.append(f"{event} {arguments}")

    sys.addaudithook(heard)
    try:
        assert "document type" in refused(content)
    finally:
        watching[0] = False  # An audit hook cannot be taken off.
    assert touched == []
