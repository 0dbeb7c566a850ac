"""Files of a given size, each the worst of its kind: of what a table, JSON, a workbook or KML can consist."""

import io
import zipfile
from collections.abc import Callable, Iterator
from struct import pack

from fuzz.seeds import as_csv, as_features, as_json, as_kml, table_of
from truceline.store.geopackage import geopackage

HEADER = b"report_id,source,when,kind,side_a,side_b\n"
_RECORD = b'{"report_id":"1","source":"ngo","when":"2025-03-04","kind":"shelling","side_a":"A","side_b":"B"}'
_BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
_LINKS = '<Relationships><Relationship Id="r1" Target="worksheets/s1.xml"/></Relationships>'
_HEAD = '<row r="1">' + "".join(
    f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER.decode().strip().split(",")
) + "</row>"  # fmt: skip
Made = Callable[[int], bytes]


def repeated(piece: bytes, before: bytes = b"", after: bytes = b"") -> Made:
    """One piece over and over, up to the size."""
    return lambda size: before + piece * ((size - len(before) - len(after)) // len(piece)) + after


def numbered(piece: bytes, before: bytes = b"", after: bytes = b"") -> Made:
    """One piece over and over, each time with another number in the place of `%d`."""

    def made(size: int) -> bytes:
        many = (size - len(before) - len(after)) // (len(piece) + 5)
        return before + b"".join([piece % n for n in range(many)]) + after

    return made


def ordinary(write: Callable[[list[list[str]]], bytes]) -> Made:
    """A table as anyone would send it, with rows that are read."""

    def made(size: int) -> bytes:
        header, row = table_of("truceline_reports")[:2]
        each = len(write([header, row, row])) - len(write([header, row]))
        return write([header, *([str(n), *row[1:]] for n in range(size // (each + 6)))])

    return made


def workbook(sheet: str, after: str = "</worksheet>", **parts: str | Made) -> Made:
    """A workbook stored, not packed, whose first sheet repeats a piece up to the size; other parts as given."""

    def made(size: int) -> bytes:
        start = f"<worksheet><sheetData>{_HEAD}"
        inside = repeated(sheet.encode(), start.encode(), after.encode())(size) if sheet else (start + after).encode()
        return _packed({"xl/worksheets/s1.xml": inside}, size, parts, zipfile.ZIP_STORED)

    return made


def bomb(part: str, piece: bytes, times: int) -> Made:
    """A workbook of a few bytes whose part unpacks to so many times the size."""

    def made(size: int) -> bytes:
        return _packed({part: piece * (size * times // len(piece))}, size, {}, zipfile.ZIP_DEFLATED)

    return made


def _packed(own: dict[str, bytes], size: int, parts: dict[str, str | Made], packing: int) -> bytes:
    out = io.BytesIO()
    named = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    first = {"xl/workbook.xml": _BOOK, "xl/_rels/workbook.xml.rels": _LINKS}
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, part in {**first, **named, **own}.items():
            archive.writestr(name, part(size) if callable(part) else part)
    return out.getvalue()


def many_parts(size: int) -> bytes:
    """An archive of nothing but empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at in range(size // 100):
            archive.writestr(zipfile.ZipInfo(f"{at}"), b"")
    return out.getvalue()


def wide_characters(size: int) -> bytes:
    """An ordinary table whose last character makes Python keep four bytes for each of the others."""
    return ordinary(as_csv)(size - 4) + "𝟙".encode()


def database(columns: int, text: str) -> Made:
    """A GeoPackage of features with so many columns of one text, up to about the size."""

    def made(size: int) -> bytes:
        named = dict.fromkeys([*HEADER.decode().strip().split(","), *[f"c{n}" for n in range(columns)]], "TEXT")
        point, row = b"\x01\x01\x00\x00\x00" + pack("<dd", 37.15, 36.2), [text] * len(named)
        rows = ((point, row) for _ in range(size // (40 + len(named) * (len(text) + 1))))
        return geopackage("layer", named, "Point", rows, description="", box=None, changed_us=0)

    return made


_CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
_STRINGS = repeated(b"<si><t>x</t></si>", b"<sst>", b"</sst>")
_ONE_STRING = f"<sst><si><t>{'x' * 60_000}</t></si></sst>"

SHAPES: dict[str, Made] = {
    "csv: ordinary rows": ordinary(as_csv),
    "csv: ordinary rows, one wide character": wide_characters,
    "csv: commas": repeated(b","),
    "csv: newlines": repeated(b"\n"),
    "csv: quotes": repeated(b'"'),
    "csv: one cell": repeated(b"x"),
    "csv: NULs": repeated(b"\0"),
    "csv: a header, then commas": repeated(b",", HEADER),
    "csv: a header, then newlines": repeated(b"\n", HEADER),
    "csv: a header, then one quoted cell": repeated(b"x", HEADER + b'"', b'"'),
    "csv: a header, then a quote never closed": repeated(b"a,b\n", HEADER + b'"'),
    "csv: a header, then empty rows": repeated(b",,,,,\n", HEADER),
    "csv: a header, then lines of one cell": repeated(b"x\n", HEADER),
    "csv: a header, then good and damaged rows": repeated(b",,,,,\n,\n", HEADER),
    "csv: a header, then a quoted line break a row": repeated(b'"\n",,,,,\n', HEADER),
    "csv: a header of all the size": numbered(b"c%d,", HEADER[:-1] + b","),
    "csv: UTF-16": lambda size: b"\xff\xfe" + ordinary(as_csv)(size // 2).decode().encode("utf-16-le"),
    "csv: no byte is UTF-8": repeated(b"\xe9,\xe9\n", HEADER),
    "json: ordinary records": ordinary(as_json),
    "json: empty lists": repeated(b"[],", b"[", b"[]]"),
    "json: lists of lists under a header": repeated(
        b'[""],', b'[["report_id","source","when","kind","side_a","side_b"],', b'[""]]'
    ),
    "json: numbers": repeated(b"1,", b"[", b"1]"),
    "json: one number": repeated(b"1", b"[", b"]"),
    "json: one text": repeated(b"x", b'["', b'"]'),
    "json: lists inside each other": repeated(b"["),
    "json: objects inside each other": repeated(b'{"a":'),
    "json: one name over and over": repeated(b'"a":1,', b"{", b'"a":1}'),
    "json: one name over and over, in a record": repeated(b'"a":1,', b"[{", b'"a":1}]'),
    "json: another name in each record": numbered(b'{"k%d":1},', b"[" + _RECORD + b",", b"{}]"),
    "json: empty records": repeated(b"{},", b"[" + _RECORD + b",", b"{}]"),
    "json: empty records, one a line": repeated(b"{}\n", _RECORD + b"\n"),
    "json: records of one field": repeated(b'{"report_id":1},', b"[" + _RECORD + b",", b"{}]"),
    "json: an answer with lists of numbers": repeated(b'[1],', b'{"a":[', b"[1]]}"),
    "json: wide characters": lambda size: b'["' + "𝟙".encode() + b"x" * (size - 8) + b'"]',
    "geojson: ordinary features": ordinary(as_features),
    "geojson: one line of all the size": repeated(
        b"[37,36],",
        b'[{"type":"Feature","geometry":{"type":"LineString","coordinates":[',
        b'[37,36]]},"properties":{}}]',
    ),
    "geojson: features of deep lists": repeated(
        b'{"type":"Feature","geometry":' + b"[" * 900 + b"]" * 900 + b',"properties":{}},', b"[", b"{}]"
    ),
    "kml: ordinary placemarks": ordinary(as_kml),
    "kml: empty placemarks": repeated(b"<Placemark/>", b"<kml>", b"</kml>"),
    "kml: one placemark, empty names": repeated(b"<name/>", b"<kml><Placemark>", b"</Placemark></kml>"),
    "kml: one placemark, positions": repeated(
        b"1,2 ", b"<kml><Placemark><coordinates>", b"</coordinates></Placemark></kml>"
    ),
    "kml: elements inside each other": repeated(b"<a>", b"<kml>"),
    "kml: one element, attributes": numbered(b'a%d="" ', b"<kml><a ", b"/></kml>"),
    "kml: one comment": repeated(b"x", b"<kml><!--", b"--></kml>"),
    "geopackage: features of six texts": database(0, "some text"),
    "geopackage: features of a thousand empty texts": database(1_000, ""),
    "xlsx: rows of six texts": workbook(f"<row>{_CELL.format('text') * 6}</row>", "</sheetData></worksheet>"),
    "xlsx: rows of six cells": workbook(
        "<row>" + "<c><v>1</v></c>" * 6 + "</row>", "</sheetData></worksheet>"
    ),
    "xlsx: rows of one cell": workbook("<row><c><v>1</v></c></row>", "</sheetData></worksheet>"),
    "xlsx: empty cells in one row": workbook("<c/>", "</sheetData></worksheet>"),
    "xlsx: one text": workbook("x", "</sheetData></worksheet>"),
    "xlsx: merged cells": workbook('<mergeCell ref="A1:B2"/>', "</sheetData></worksheet>"),
    "xlsx: shared texts": workbook("", "</sheetData></worksheet>", xl__sharedStrings_xml=_STRINGS),
    "xlsx: one shared text in every cell": workbook(
        "<row>" + '<c t="s"><v>0</v></c>' * 6 + "</row>", "</sheetData></worksheet>", xl__sharedStrings_xml=_ONE_STRING
    ),
    "xlsx: styles": workbook(
        "",
        "</sheetData></worksheet>",
        xl__styles_xml=repeated(b'<xf numFmtId="14"/>', b"<s><cellXfs>", b"</cellXfs></s>"),
    ),
    "xlsx: number formats": workbook(
        "", "</sheetData></worksheet>", xl__styles_xml=numbered(b'<numFmt numFmtId="%d"/>', b"<s>", b"</s>")
    ),
    "xlsx: sheets": workbook(
        "", "</sheetData></worksheet>", xl__workbook_xml=repeated(b'<sheet name="A"/>', b"<workbook>", b"</workbook>")
    ),
    "xlsx: links": workbook(
        "",
        "</sheetData></worksheet>",
        **{"xl/_rels/workbook.xml.rels": numbered(b'<Relationship Id="%d"/>', b"<R>", b"</R>")},
    ),
    "xlsx: an archive of empty parts": many_parts,
    "xlsx: a sheet packed 1000 : 1": bomb("xl/worksheets/s1.xml", b"<row><c><v>1</v></c></row>", 5),
    "xlsx: shared texts packed 1000 : 1": bomb("xl/sharedStrings.xml", b"<si><t>x</t></si>", 5),
}  # fmt: skip


def shapes() -> Iterator[tuple[str, Made]]:
    """Every shape with what makes it."""
    yield from SHAPES.items()
