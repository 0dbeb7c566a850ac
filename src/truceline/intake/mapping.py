"""The mapping file: how a table of any form is read as one of Truceline's own (docs: reference/mapping.md).

It says, for each column of the native table, from which column of the file it comes, or what it
always is. Nothing in it is evaluated: names, constants, lists of values, and the order of a date.
"""

from typing import Literal, cast

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.dates import DATE_FORMS
from truceline.intake.mapping_parts import KINDS, SOURCE, TOP, Fields, From, Mapping, Refused, Table
from truceline.vocabulary.plain_yaml import Plain, Written, read_yaml

__all__ = ["Fields", "From", "Mapping", "read_mapping"]

MOST_BYTES = 256_000
MOST_PARTS = 200


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
            refuse=self.refused(top.get("refuse")),
        )

    def refused(self, value: Plain) -> tuple[Refused, ...]:
        if value is None:
            return ()
        if not isinstance(value, dict):
            raise self.wrong(("refuse",), "refuse names columns and words", "Write refuse: {No: [Total]}.")
        paths = {column: ("refuse", column) for column in value}
        return tuple(
            Refused(self.written.line(path), column, self.texts(path, words if isinstance(words, list) else [words]))
            for (column, path), words in zip(paths.items(), value.values(), strict=True)
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
        self.companions(path, given)
        span = self.texts((*path, "span"), given["span"]) if "span" in given else ()
        if "span" in given and len(span) != 2:
            raise self.wrong((*path, "span"), "a span has two columns", "Write span: [first, last].")
        named = {
            name: self.text((*path, name), given[name])
            for name in ("column", "constant", "date", "time", "year", "month", "day")
            if name in given
        }
        made = self.choice((*path, "as"), given["as"], ("id", "number")) if "as" in given else ""
        return From(
            line,
            **named,
            columns=self.texts((*path, "columns"), given["columns"]) if "columns" in given else (),
            span=(span[0], span[1]) if span else None,
            content=self.true((*path, "content"), given["content"]) if "content" in given else False,
            joined=self.text((*path, "joined"), given.get("joined", "/")),
            before=self.text((*path, "before"), given.get("before", "")),
            values=self.values((*path, "values"), given["values"]) if "values" in given else None,
            otherwise=cast(
                Literal["refuse", "keep"],
                self.choice((*path, "otherwise"), given.get("otherwise", "refuse"), ("refuse", "keep")),
            ),
            default=self.text((*path, "default"), given.get("default", "")),
            split=self.text((*path, "split"), given.get("split", "")),
            made=cast(Literal["", "id", "number"], made),
        )

    def companions(self, path: tuple[str | int, ...], given: dict[str, Plain]) -> None:
        """What only has a meaning beside another word."""
        for word, beside in (("time", "date"), ("month", "year"), ("day", "month"), ("before", "columns")):
            if word in given and beside not in given:
                raise self.wrong((*path, word), f"{word} is said without {beside}", f"Write {beside} too.")

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
