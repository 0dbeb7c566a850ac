"""Made-up files of every form and shape to begin with: the invented rows of tests/contract/samples.py."""

import csv
import importlib.util
import io
import json
import sys
import zipfile
from functools import cache
from pathlib import Path
from struct import pack
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from truceline.store.geopackage import geopackage
from truceline.vocabulary.codes import codes, crosswalk

_SAMPLES = Path(__file__).parents[1] / "tests" / "contract" / "samples.py"
Table = list[list[str]]


@cache
def samples() -> dict[str, Any]:
    """The made-up rows of every form, by its name."""
    spec = importlib.util.spec_from_file_location("fuzz_samples", _SAMPLES)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_samples"] = module
    spec.loader.exec_module(module)
    found: dict[str, Any] = module.SAMPLES
    return found


def table_of(name: str) -> Table:
    """A form's header, its good rows and its bad ones."""
    made = samples()[name]
    return [list(made.header), *map(list, made.good), *map(list, made.bad)]


def as_csv(table: Table, delimiter: str = ",") -> bytes:
    """A table as delimited text (UTF-8)."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(table)
    return out.getvalue().encode()


def records_of(table: Table) -> list[dict[str, str]]:
    """A table as records: header cells that are empty are left out."""
    return [{name: cell for name, cell in zip(table[0], row, strict=True) if name} for row in table[1:]]


def as_json(table: Table) -> bytes:
    """A table as a list of records."""
    return json.dumps(records_of(table), ensure_ascii=False).encode()


def as_features(table: Table) -> bytes:
    """A table as GeoJSON, with a geometry of another type for each row."""
    types: list[Any] = [
        {"type": "Point", "coordinates": [37.15, 36.2]},
        {"type": "LineString", "coordinates": [[37, 36], [37.5, 36.5]]},
        {"type": "Polygon", "coordinates": [[[37, 36], [38, 36], [38, 37], [37, 36]]]}, None,
    ]  # fmt: skip
    features = [
        {"type": "Feature", "id": at, "geometry": types[at % len(types)], "properties": record}
        for at, record in enumerate(records_of(table))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def as_kml(table: Table) -> bytes:
    """A table as KML, its cells as extended data."""
    marks = []
    for at, record in enumerate(records_of(table)):
        named = "".join(f"<Data name={quoteattr(k)}><value>{escape(v)}</value></Data>" for k, v in record.items())
        when = "<TimeStamp><when>2016-02-27</when></TimeStamp>" if at % 2 else ""
        place = "<Point><coordinates>37.15,36.2,0</coordinates></Point>"
        marks.append(
            f"<Placemark id='p{at}'><name>m</name>{when}<ExtendedData>{named}</ExtendedData>{place}</Placemark>"
        )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'.encode()


def as_workbook(table: Table, extra: str = "") -> bytes:
    """A table as a workbook with shared strings, inline texts, numbers, dates and a merged cell."""
    strings = [cell for row in table[:1] for cell in row]
    rows = [[f'<c t="s"><v>{at}</v></c>' for at in range(len(strings))]]
    rows += [[_cell(cell) for cell in row] for row in table[1:]]
    inside = "".join(f'<row r="{n}">{"".join(row)}</row>' for n, row in enumerate(rows, 1))
    shared = "".join(f"<si><t>{escape(text)}</t><rPh><t>x</t></rPh></si>" for text in strings)
    links = "".join(f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in (1, 2))
    sheets = '<sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns:r="r"><workbookPr date1904="0"/><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/sharedStrings.xml": f"<sst>{shared}</sst>",
        "xl/styles.xml": '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="20"/></cellXfs></styleSheet>',
        "xl/worksheets/s1.xml": f"<worksheet><sheetData>{inside}</sheetData>{extra}</worksheet>",
        "xl/worksheets/s2.xml": '<worksheet><sheetData><row r="3"><c r="B3"><f>1+1</f><v>2</v></c>'
        '<c r="D3" t="e"><v>#REF!</v></c></row></sheetData></worksheet>',
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """Parts as an archive; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cell(text: str) -> str:
    if text.isascii() and text.isdigit():
        return f"<c><v>{text}</v></c>"
    if len(text) == 10 and text[4:5] == "-":
        return '<c s="2"><v>45720.75</v></c>'
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>"


def of_format(name: str) -> list[bytes]:
    """One form in every shape."""
    table = table_of(name)
    return [as_csv(table), as_json(table), as_csv(table, ";"), as_features(table), as_workbook(table), as_kml(table)]


def words_of(name: str) -> list[str]:
    """A form's columns, its made-up cells, and the codes that it may hold."""
    known = [
        *codes("incident_kinds"),
        *codes("coverage_status"),
        *codes("weapons"),
        *crosswalk("incident_kinds", "acled"),
    ]
    return [cell for row in table_of(name) for cell in row if cell] + known[:120]


def names() -> list[str]:
    """Every column of every form."""
    return [cell for name in samples() for cell in samples()[name].header]


def delimited() -> list[bytes]:
    """Tables in several encodings, delimiters and states of damage."""
    text = as_csv(table_of("truceline_reports")).decode()
    arabic = as_csv(table_of("airwars")).decode()
    marked = [text.encode(encoding) for encoding in ("utf-8-sig", "utf-16", "utf-16-le")]
    coded = [arabic.encode("windows-1256", "replace"), arabic.encode("utf-16"), arabic.encode()]
    broken = [
        'a title\n\n#date,#adm1,x\n"' + text,
        text.replace("ngo", '"n""g"o"'),
        text + '"never closed',
        text * 2,
        "\n\n",
    ]
    return [*marked, *coded, *[each.encode() for each in broken], *[as_csv(table_of(name), "\t") for name in samples()]]


def json_files() -> list[bytes]:
    """Lists of records, JSON lines, lists of lists, answers, one record."""
    table = table_of("airwars")
    records = records_of(table)
    lines = "\n".join(json.dumps(record) for record in records)
    answer = {"status": 200, "count": 2, "data": records, "messages": [], "next": {"page": 2}}
    nested = [{"code": "XX1", "place": {"name": "Mill", "at": {"lat": 36.5}}, "tags": [1, [2]], **records[0]}]
    wrapped: list[Any] = [
        table,
        answer,
        records[0],
        nested,
        {"TotalCount": 1, "Result": records_of(table_of("ucdp_ged"))},
    ]
    return [
        lines.encode(),
        *[json.dumps(one, ensure_ascii=False).encode() for one in wrapped],
        as_json(table_of("acled")),
    ]


def workbooks() -> list[bytes]:
    """Workbooks of several forms, with merged cells, empty columns and a stacked header."""
    merged = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="B1:D1"/></mergeCells>'
    plain = [
        as_workbook(table_of(name), merged) for name in ("truceline_reports", "mission_daily", "hxl", "yemen_air_raids")
    ]
    table = table_of("truceline_reports")
    return [*plain, as_workbook([["A title"], [""] * 3, ["Group", "", "Other"], *table])]


def geojson() -> list[bytes]:
    """Features of several forms, one alone, and one a line."""
    found = [as_features(table_of(name)) for name in ("truceline_reports", "hxl", "ucdp_ged", "airwars")]
    features = json.loads(found[0])["features"]
    lines = "\n".join(json.dumps(feature) for feature in features)
    return [*found, json.dumps(features[0]).encode(), json.dumps(features).encode(), lines.encode()]


def kml() -> list[bytes]:
    """KML of several forms, and one packed (KMZ)."""
    found = [as_kml(table_of(name)) for name in ("truceline_reports", "hxl", "airwars", "syrian_archive")]
    return [*found, zipped({"doc.kml": found[0].decode(), "files/icon.png": "x"})]


def geometries() -> list[bytes]:
    """Well-known binary of every type, with Z and M, in both byte orders, under a GeoPackage's header."""
    found = []
    for order, sign in ((1, "<"), (0, ">")):
        head = b"GP\0" + bytes([order]) + pack(f"{sign}i", 4326)
        for kind, ordinates in ((0, 2), (1_000, 3), (2_000, 3), (3_000, 4), (0x80000000, 3), (0x20000000, 2)):
            ring = pack(f"{sign}I", 4) + b"".join(
                pack(f"{sign}{ordinates}d", 37.0 + (n % 3), 36.0 + (n % 2), *[1.0] * (ordinates - 2)) for n in range(4)
            )
            srid = pack(f"{sign}I", 4326) if kind == 0x20000000 else b""

            def part(type_: int, inside: bytes) -> bytes:
                return bytes([order]) + pack(f"{sign}I", type_ + kind) + srid + inside  # noqa: B023

            one, line, area = part(1, ring[4 : 4 + 8 * ordinates]), part(2, ring), part(3, pack(f"{sign}I", 1) + ring)
            many = [part(at, pack(f"{sign}I", 2) + inside * 2) for at, inside in ((4, one), (5, line), (6, area))]
            found += [head + each for each in (one, line, area, *many, part(7, pack(f"{sign}I", 2) + one + line))]
    return found


def geopackages() -> list[bytes]:
    """A layer of features and, without its geometries, of attributes."""
    found = []
    for name in ("truceline_reports", "hxl"):
        table = table_of(name)
        columns = {column: "TEXT" for column in table[0] if column}
        point = b"\x01\x01\x00\x00\x00" + pack("<dd", 37.15, 36.2)
        rows = [(point, row) for row in table[1:]] + [(None, table[1])]
        for shape in ("Point", "MultiPolygon"):
            found.append(geopackage("layer", columns, shape, rows, description="", box=None, changed_us=0))
    return [*found, found[0].replace(b"features", b"attribut"), found[0].replace(b"EPSG", b"NONE")]
