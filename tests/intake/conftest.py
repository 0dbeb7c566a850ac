"""Made-up tables for the tests of intake, and the contract every format keeps."""

import importlib.util
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from truceline.intake.context import ReadContext
from truceline.intake.mapping import Mapping
from truceline.intake.reading import Read, read_file, read_rows

CONTEXT = ReadContext(zone="Etc/GMT-2", box=(300_000_000, 350_000_000, 380_000_000, 430_000_000))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def contract() -> ModuleType:
    """tests/contract/check_format.py."""
    return _module(Path(__file__).parents[1] / "contract" / "check_format.py")


@pytest.fixture(scope="session")
def samples() -> dict[str, Any]:
    """Made-up rows of every form: tests/contract/samples.py."""
    made: dict[str, Any] = _module(Path(__file__).parents[1] / "contract" / "samples.py").SAMPLES
    return made


_sets: set[str] = set()


@pytest.fixture
def data_set(test_data: Path) -> Callable[[str], Path]:
    """A folder of real data by name; the terminal summary says how many were read."""

    def folder(name: str) -> Path:
        _sets.add(name)
        return test_data / name

    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which data sets intake read, by name."""
    if _sets:
        terminalreporter.write_line(f"data sets read by intake: {len(_sets)} ({', '.join(sorted(_sets))})")


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """A workbook (XLSX) as the smallest program would write it: texts inline, other cells as given XML."""
    return workbook_of


class Xml(str):
    """A cell given as the attributes and the inside of its element: `t="b"|<v>1</v>`."""


def workbook_of(
    sheets: dict[str, list[list[str]]], *, merged: tuple[str, ...] = (), formats: tuple[str, ...] = (), **other: Any
) -> bytes:
    """Sheets of rows of cells. `formats`: number format codes of styles 1, 2, ...; `extra`: further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        named = [f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(sheets, 1)]
        epoch = '<workbookPr date1904="1"/>' if other.get("from_1904") else ""
        parts.writestr(
            "xl/workbook.xml", f'<workbook xmlns="m" xmlns:r="r">{epoch}<sheets>{"".join(named)}</sheets></workbook>'
        )
        links = [f'<Relationship Id="r{i}" Target="worksheets/s{i}.xml"/>' for i in range(1, len(sheets) + 1)]
        parts.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{''.join(links)}</Relationships>")
        codes = "".join(
            f'<numFmt numFmtId="{200 + i}" formatCode={quoteattr(code)}/>' for i, code in enumerate(formats)
        )
        xfs = "".join(f'<xf numFmtId="{number}"/>' for number in (0, *range(200, 200 + len(formats))))
        parts.writestr("xl/styles.xml", f"<styleSheet><numFmts>{codes}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>")
        for i, rows in enumerate(sheets.values(), 1):
            merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
            inside = "".join(f'<row r="{n}">{"".join(map(_cell, row))}</row>' for n, row in enumerate(rows, 1) if row)
            sheet = f"<worksheet><sheetData>{inside}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
            parts.writestr(f"xl/worksheets/s{i}.xml", sheet)
        for name, content in other.get("extra", {}).items():
            parts.writestr(name, content)
    return out.getvalue()


def _cell(cell: str) -> str:
    if isinstance(cell, Xml):
        attributes, _, inside = cell.partition("|")
        return f"<c {attributes}>{inside}</c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>' if cell else "<c/>"


@pytest.fixture(scope="session")
def xml() -> type[Xml]:
    """A cell of a workbook as XML."""
    return Xml


@pytest.fixture
def context() -> ReadContext:
    """UTC+2, and a theatre from 30 to 38 north and 35 to 43 east."""
    return CONTEXT


@pytest.fixture
def became(context: ReadContext) -> Callable[..., list[Read]]:
    """What the rows of a file become: `became(content)`, or `became(text, context=..., mapping=...)`."""

    def read(content: bytes | str, mapping: Mapping | None = None, **other: Any) -> list[Read]:
        table = read_file("made-up.csv", content.encode() if isinstance(content, str) else content, mapping=mapping)
        return [noun for _, noun in read_rows(table, other.get("context", context))]

    return read
