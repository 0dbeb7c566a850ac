"""A workbook (XLSX, ECMA-376) with truceline's table on its one sheet, written part by part.

Texts stand in their cells; days are numbers with a date's format, as a person's spreadsheet has them. The parts are
stored unpacked, so that the bytes are the same whatever compresses elsewhere.
"""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from xml.sax.saxutils import escape

from truceline.theatre.benchmark.forms.form import Form
from truceline.theatre.benchmark.forms.own import WRONG, columns

NUMBERS = ("lat", "lon", "radius_m", "killed_low", "killed_best", "killed_high")
_EPOCH = date(1899, 12, 30).toordinal()
"""Day nought of the count of days, for all days after 28 February 1900."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
    '<sheets><sheet name="Reports" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
SHEET = "xl/worksheets/sheet1.xml"
_OPEN = f'<worksheet xmlns="{_MAIN}"><sheetData>'
_CLOSE = "</sheetData></worksheet>"


def workbook(rows: bytes) -> bytes:
    """The workbook of a sheet with these rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), _START + text)
        archive.writestr(zipfile.ZipInfo(SHEET), (_START + _OPEN).encode() + rows + _CLOSE.encode())
    return made.getvalue()


def _rows(names: Sequence[str], columns: Sequence[Sequence[object]]) -> bytes:
    as_number = [name in NUMBERS for name in names]
    lines = []
    for row in zip(*columns, strict=True):
        cells = [_cell(str(value), number=number) for value, number in zip(row, as_number, strict=True)]
        lines.append(f"<row>{''.join(cells)}</row>\n")
    return "".join(lines).encode()


def _head(names: Sequence[str]) -> bytes:
    return f"<row>{''.join([_cell(name, number=False) for name in names])}</row>\n".encode()


@lru_cache(maxsize=16_384)
def _cell(text: str, *, number: bool) -> str:
    if not text:
        return "<c/>"
    if number:
        return f"<c><v>{text}</v></c>"
    if len(text) == 10 and text[4] == text[7] == "-":
        return f'<c s="1"><v>{date.fromisoformat(text).toordinal() - _EPOCH}</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


SHEET_ROWS = Form(columns, WRONG, _rows, _head)
"""The rows of the sheet; `workbook` wraps them when all are there."""
