"""The mapping file: how a table of any form is read as one of Truceline's own (docs: reference/mapping.md).

It says, for each column of the native table, from which column of the file it comes, or what it
always is. Nothing in it is evaluated: names, constants, lists of values, and the order of a date.
"""

from collections.abc import Mapping as Dictionary
from typing import Literal, cast

from msgspec import Struct

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.dates import DATE_FORMS
from truceline.vocabulary.plain_yaml import Plain, Written, read_yaml

MOST_BYTES = 256_000
MOST_PARTS = 200
Table = Literal["reports", "coverage", "tallies"]


class From(Struct, frozen=True):
    """Where one column of the native table comes from. Exactly one of the first five is given.

    column: a column of the file. constant: always this. columns: several, joined by `joined`.
    span: two columns, a range from the first to the second. content: an id made of the row's own
    cells, for tables without one. values: what the file's words become; a word that is not listed is
    refused, or with `otherwise: keep` kept.
    """

    line: int
    column: str | None = None
    constant: str | None = None
    columns: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    content: bool = False
    joined: str = "/"
    values: Dictionary[str, str] | None = None
    otherwise: Literal["refuse", "keep"] = "refuse"

    def reads(self) -> tuple[str, ...]:
        """The columns of the file it reads."""
        return tuple(name for name in (self.column, *self.columns, *(self.span or ())) if name is not None)


Fields = dict[str, From]


class Mapping(Struct, frozen=True):
    """A mapping file, read. `text` is the file itself, which the record keeps with the layout.

    parts: for a tally table that has several totals in one row, what each part sets besides `fields`.
    """

    name: str
    table: Table
    fields: Fields
    parts: tuple[Fields, ...]
    dates: tuple[str, ...]
    zone: str
    decimal: Literal["point", "comma"]
    text: str

    def reads(self) -> dict[str, int]:
        """Every column of the file that is read, with the line that first names it."""
        lines: dict[str, int] = {}
        for fields in (self.fields, *self.parts):
            for source in fields.values():
                for name in source.reads():
                    lines.setdefault(name, source.line)
        return lines


def read_mapping(name: str, content: bytes) -> Mapping:
    """Read a mapping file. Raises `FileNotRead`, whose message names the file and the line."""
    try:
        written = read_yaml(content, MOST_BYTES)
        return _Reader(written).mapping(content.decode("utf-8-sig"))
    except ValueNotRead as error:
        raise FileNotRead(f"{name}, {error.message}", error.mend) from error


class _Reader:
    """Reads the parts of one mapping file; errors begin with the line."""

    def __init__(self, written: Written) -> None:
        self.written = written

    def mapping(self, text: str) -> Mapping:
        top = self.object((), self.written.value, TOP)
        table = self.choice(("table",), top.get("table"), ("reports", "coverage", "tallies"))
        parts = top.get("parts") or []
        if not isinstance(parts, list) or len(parts) > MOST_PARTS or (parts and table != "tallies"):
            raise self.wrong(("parts",), "parts are a list, and only for tallies", f"At most {MOST_PARTS} parts.")
        return Mapping(
            name=self.text(("mapping",), top.get("mapping")),
            table=cast(Table, table),
            fields=self.fields(("fields",), top.get("fields")),
            parts=tuple(self.fields(("parts", i), part) for i, part in enumerate(parts)),
            dates=self.dates(top.get("dates")),
            zone=self.text(("zone",), top.get("zone", "")),
            decimal=cast(
                Literal["point", "comma"],
                self.choice(("decimal",), top.get("decimal", "point"), ("point", "comma")),
            ),
            text=text,
        )

    def fields(self, path: tuple[str | int, ...], value: Plain) -> Fields:
        if not isinstance(value, dict) or not value:
            raise self.wrong(path, "fields are missing", "Write 'report_id: name of the column' and so on.")
        return {field: self.source((*path, field), source) for field, source in value.items()}

    def source(self, path: tuple[str | int, ...], value: Plain) -> From:
        line = self.written.line(path)
        if not isinstance(value, dict):
            return From(line, column=self.text(path, value))
        given = self.object(path, value, SOURCE)
        if len(KINDS & given.keys()) != 1:
            raise self.wrong(path, f"give exactly one of {', '.join(sorted(KINDS))}", "Leave the others out.")
        span = self.texts((*path, "span"), given["span"]) if "span" in given else ()
        if "span" in given and len(span) != 2:
            raise self.wrong((*path, "span"), "a span has two columns", "Write span: [first, last].")
        return From(
            line,
            column=self.text((*path, "column"), given["column"]) if "column" in given else None,
            constant=self.text((*path, "constant"), given["constant"]) if "constant" in given else None,
            columns=self.texts((*path, "columns"), given["columns"]) if "columns" in given else (),
            span=(span[0], span[1]) if span else None,
            content=self.true((*path, "content"), given["content"]) if "content" in given else False,
            joined=self.text((*path, "joined"), given.get("joined", "/")),
            values=self.values((*path, "values"), given["values"]) if "values" in given else None,
            otherwise=cast(
                Literal["refuse", "keep"],
                self.choice((*path, "otherwise"), given.get("otherwise", "refuse"), ("refuse", "keep")),
            ),
        )

    def dates(self, value: Plain) -> tuple[str, ...]:
        if value is None:
            return ()
        forms = self.texts(("dates",), value if isinstance(value, list) else [value])
        return tuple(self.choice(("dates",), form, tuple(DATE_FORMS)) for form in forms)

    def values(self, path: tuple[str | int, ...], value: Plain) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.wrong(path, "values are pairs", "Write values: {Shelling: shelling}.")
        return {word: self.text((*path, word), code) for word, code in value.items()}

    def object(self, path: tuple[str | int, ...], value: Plain, known: frozenset[str]) -> dict[str, Plain]:
        if not isinstance(value, dict):
            raise self.wrong(path, "names and values are expected here", f"Known are: {', '.join(sorted(known))}.")
        for name in value:
            if name not in known:
                raise self.wrong(
                    (*path, name), f"{name!r} is not known here", f"Known are: {', '.join(sorted(known))}."
                )
        return value

    def choice(self, path: tuple[str | int, ...], value: Plain, allowed: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(path, f"{value!r} is not one of {', '.join(allowed)}", "Write one of them.")
        return value

    def texts(self, path: tuple[str | int, ...], value: Plain) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise self.wrong(path, "a list is expected here", "Write [first, second].")
        return tuple(self.text((*path, i), part) for i, part in enumerate(value))

    def text(self, path: tuple[str | int, ...], value: Plain) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.wrong(path, "a word is expected here", "Put it in quotes if it is empty, true or false.")
        return str(value)

    def true(self, path: tuple[str | int, ...], value: Plain) -> bool:
        if value is not True:
            raise self.wrong(path, "only true can stand here", "Write true, or leave it out.")
        return True

    def wrong(self, path: tuple[str | int, ...], what: str, mend: str) -> ValueNotRead:
        where = ".".join(str(step) for step in path)
        return ValueNotRead(f"line {self.written.line(path)}: {where + ': ' if where else ''}{what}", mend)


TOP = frozenset({"mapping", "table", "fields", "parts", "dates", "zone", "decimal"})
KINDS = frozenset({"column", "constant", "columns", "span", "content"})
SOURCE = KINDS | {"joined", "values", "otherwise"}
