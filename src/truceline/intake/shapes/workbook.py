"""A workbook (XLSX, ECMA-376) as sheets of texts, read with the standard library alone and within bounds.

Formulas are never computed: the value that was saved is read, and a formula saved without one is its
own words. A cell's text is its value as saved: a number its digits, a date the day that the cell shows.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from truceline.errors import FileNotRead
from truceline.intake.packed import PackedRows
from truceline.intake.raw import RawRow
from truceline.intake.shapes.serial import Shows, date_text, number_text, shown_by
from truceline.intake.shapes.xml_elements import elements, local
from truceline.intake.shapes.xml_walk import Walker, check_depth, walk
from truceline.intake.shapes.zip_parts import Parts

MOST_COLUMNS, MOST_ROWS = 4_096, 1_048_576
MOST_CELLS = 4_000_000
MOST_STRINGS_BYTES = 134_217_728
MOST_STRINGS = 2_000_000
MOST_TEXT = 67_108_864
"""Characters of all cells together, and of all shared texts together: a shared text counts wherever it stands."""
MOST_SHEETS, MOST_STYLES, MOST_LINKS, MOST_MERGED = 200, 65_536, 10_000, 100_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3}[1-9][0-9]{0,6}):([A-Z]{1,3}[1-9][0-9]{0,6})", re.ASCII)
_ESCAPED = re.compile(r"_x(?!(?:[dD][89a-fA-F]))([0-9A-Fa-f]{4})_")
_DAY, _TIME, _SECONDS = Shows(day=True), Shows(time=True), Shows(time=True, seconds=True)
_BUILT_IN = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), _DAY),
    **dict.fromkeys((18, 20), _TIME), **dict.fromkeys((19, 21), _SECONDS), 22: Shows(day=True, time=True),
}  # fmt: skip
"""Number formats every workbook has without writing them down (18.8.30)."""

Merged = tuple[int, int, int, int]


class Sheet(NamedTuple):
    """A sheet: each row that has a cell that says something, numbered as Excel counts it, and its merged cells.

    merged: (first row, last row, first column, last column), rows from 1, columns from 0. cells: how many
    cells its rows have, empty ones between others included.
    """

    name: str
    rows: PackedRows
    merged: tuple[Merged, ...]
    cells: int


def is_workbook(parts: Parts) -> bool:
    """The archive is an XLSX workbook."""
    return "xl/workbook.xml" in parts


def sheets_of(parts: Parts) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises `FileNotRead` where it is broken or too large."""
    targets, book = _Relations(parts.name), _Book(parts.name)
    walk(parts.name, parts.chunks("xl/workbook.xml"), book)
    if "xl/_rels/workbook.xml.rels" in parts:
        walk(parts.name, parts.chunks("xl/_rels/workbook.xml.rels"), targets)
    strings: list[str] = []
    if "xl/sharedStrings.xml" in parts:
        strings = _shared(parts.name, parts.chunks("xl/sharedStrings.xml", MOST_STRINGS_BYTES))
    styles = _Styles(parts.name)
    if "xl/styles.xml" in parts:
        walk(parts.name, parts.chunks("xl/styles.xml", MOST_STRINGS_BYTES), styles)
    left, made = _Left(parts.name, MOST_CELLS, MOST_TEXT), []
    for name, link in book.sheets:
        part = posixpath.normpath(posixpath.join("/xl", targets.found.get(link, ""))).lstrip("/")
        if part in parts and not part.endswith("/"):
            cells = _Cells(parts.name, strings, styles.shown(), left, from_1904=book.from_1904)
            cells.read(parts.chunks(part))
            made.append(Sheet(name, cells.rows, tuple(cells.merged), cells.count))
    return made


class _Left:
    """What all sheets of a workbook together may still have."""

    def __init__(self, name: str, cells: int, text: int) -> None:
        self.name, self.cells, self.text = name, cells, text

    def take(self, cells: int, text: int) -> None:
        """So many cells and characters more. Raises `FileNotRead` where that is too much."""
        self.cells -= cells
        self.text -= text
        if self.cells < 0:
            raise too_many(self.name, MOST_CELLS, "cells")
        if self.text < 0:
            raise too_many(self.name, MOST_TEXT, "characters")


def too_many(name: str, most: int, what: str) -> FileNotRead:
    """A workbook has more of something than is read."""
    return FileNotRead(f"{name} has more than {most} {what}.", "Send it in parts, or as CSV (UTF-8).")


class _Book(Walker):
    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "") in ("1", "true", "on")
        elif name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
            if len(self.sheets) > MOST_SHEETS:
                raise too_many(self.name, MOST_SHEETS, "sheets")


class _Relations(Walker):
    def __init__(self, name: str) -> None:
        self.name = name
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")
            if len(self.found) > MOST_LINKS:
                raise too_many(self.name, MOST_LINKS, "links between its parts")


def _shared(name: str, chunks: Iterable[bytes]) -> list[str]:
    """The texts that cells share; readings beside a text (rPh) are no part of it."""
    found: list[str] = []
    length = 0
    for element in elements(name, chunks, frozenset(("si",))):
        found.append(_unescaped(_said(name, element)[0]))
        length += len(found[-1])
        if len(found) > MOST_STRINGS:
            raise too_many(name, MOST_STRINGS, "shared texts")
        if length > MOST_TEXT:
            raise too_many(name, MOST_TEXT, "characters of shared text")
    return found


def _said(name: str, element: Element, depth: int = 1) -> tuple[str, str]:
    """What a cell or shared text says, and its formula, without the readings beside it."""
    value, formula = "", ""
    if len(element) == 1 and not len(only := element[0]) and only.tag.endswith("}v"):
        return only.text or "", ""  # Nearly every number, told so for speed alone.
    for part in element:
        tag = part.tag
        kind = tag[tag.rfind("}") + 1 :]
        if kind == "f":
            formula += part.text or ""
        elif kind in ("v", "t"):
            value += part.text or ""
        if len(part) and kind != "rPh":
            check_depth(name, depth)
            inner = _said(name, part, depth + 1)
            value, formula = value + inner[0], formula + inner[1]
    return value, formula


class _Styles(Walker):
    """The number format of each cell style."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[str, str] = {}
        self.ids: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.ids.append(attributes.get("numFmtId", "0"))
        if len(self.codes) + len(self.ids) > MOST_STYLES:
            raise too_many(self.name, MOST_STYLES, "cell styles")

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def shown(self) -> dict[str, Shows]:
        """What the styles that show a day or a time show, by the number of the style."""
        found = {}
        for at, number in enumerate(self.ids):
            built_in = _BUILT_IN.get(int(number)) if number.isascii() and number.isdigit() else None
            shows = shown_by(self.codes[number]) if number in self.codes else built_in
            if shows and (shows.day or shows.time):
                found[str(at)] = shows
        return found


class _Cells:
    """The rows of one sheet."""

    def __init__(
        self, name: str, strings: list[str], shown: Mapping[str, Shows], left: _Left, *, from_1904: bool
    ) -> None:
        self.name, self.strings, self.shown, self.left, self.from_1904 = name, strings, shown, left, from_1904
        self.rows, self.count = PackedRows(), 0
        self.merged: list[Merged] = []
        self._row = 0

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the sheet's part. Raises `FileNotRead`."""
        for element in elements(self.name, chunks, frozenset(("row", "mergeCell"))):
            if local(element.tag) == "mergeCell":
                self._merge(element.get("ref", ""))
                continue
            self._row = self._numbered(element.get("r", ""))
            cells = self._cells(element)
            self.left.take(len(cells), sum(map(len, cells)))
            if any(cells):
                self.rows.append(RawRow(self._row, tuple(cells)))
                self.count += len(cells)

    def _numbered(self, given: str) -> int:
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else self._row + 1
        if not self._row < number <= MOST_ROWS:
            told = f"{self.name}: row {number} of a sheet is out of order, or beyond row {MOST_ROWS}."
            raise FileNotRead(told, "Save the workbook anew, or as CSV (UTF-8).")
        return number

    def _cells(self, row: Element) -> list[str]:
        """The texts of a row's cells: those left out before another are empty."""
        cells: list[str] = []
        for cell in row:
            if not cell.tag.endswith("c") or local(cell.tag) != "c":
                continue
            at, given = len(cells), cell.get("r")
            if given is not None and (at := _column(given)) > len(cells):
                cells += [""] * (min(at, MOST_COLUMNS) - len(cells))
            if not len(cells) <= at < MOST_COLUMNS:
                told = f"{self.name}: cell {(given or '')[:20]} is out of order, or beyond column {MOST_COLUMNS}."
                raise FileNotRead(told, "Save the workbook anew, or as CSV (UTF-8).")
            cells.append(self._text(cell))
        return cells

    def _text(self, cell: Element) -> str:
        value, formula = _said(self.name, cell)
        kind = cell.get("t", "n")
        if not value and formula:
            return "=" + formula
        if kind == "s":
            known = value.isascii() and value.isdigit() and len(value) < 10 and int(value) < len(self.strings)
            return self.strings[int(value)] if known else value
        if kind == "n":
            shows = self.shown.get(cell.get("s", "0"))
            return date_text(value, shows, from_1904=self.from_1904) if shows and value else number_text(value)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        return _unescaped(value)

    def _merge(self, ref: str) -> None:
        match = _RANGE.fullmatch(ref)
        if match:
            first, last = _REFERENCE.fullmatch(match[1]), _REFERENCE.fullmatch(match[2])
            assert first
            assert last
            self.merged.append((int(first[2]), int(last[2]), _column(match[1]), _column(match[2])))
            if len(self.merged) > MOST_MERGED:
                raise too_many(self.name, MOST_MERGED, "merged cells")


def _column(reference: str) -> int:
    """The column of a cell such as AB12, from 0; -1 for what is no reference."""
    match = _REFERENCE.fullmatch(reference)
    at = 0
    for letter in match[1] if match else "":
        at = at * 26 + ord(letter) - 64
    return at - 1


def _unescaped(text: str) -> str:
    """Characters XML cannot hold are written _x000D_ (ST_Xstring, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
