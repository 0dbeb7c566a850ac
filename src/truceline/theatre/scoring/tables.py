"""Answers as CSV: read whole, and refused with the row that is wrong."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from truceline.errors import FileNotRead

SHOWN = 3
SEE = "See docs/reference/theatre.md for what an answer holds."


def header_of(name: str, content: bytes) -> list[str]:
    """The names of the columns. Raises `FileNotRead` for what is no UTF-8."""
    return next(csv.reader(io.StringIO(_text(name, content), newline="")), [])


def rows_of(name: str, content: bytes, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """These columns of every row. Raises `FileNotRead` where one is missing or a row is short."""
    reader = csv.reader(io.StringIO(_text(name, content), newline=""))
    header = next(reader, [])
    if missing := [column for column in columns if column not in header]:
        raise FileNotRead(f"{name} has no column {missing[0]!r}.", f"Its header must have {', '.join(columns)}.")
    at = [header.index(column) for column in columns]
    try:
        for row in reader:
            if len(row) != len(header):
                told = f"{name}, line {reader.line_num}: {len(row)} cells, and the header has {len(header)}."
                raise FileNotRead(told, SEE)
            yield tuple([row[place] for place in at])
    except csv.Error as error:
        raise FileNotRead(f"{name}, line {reader.line_num}: {error}.", "Write it as CSV in UTF-8.") from error


def same_keys(name: str, noun: str, wanted: Sequence[str], given: Sequence[str]) -> None:
    """Raises `FileNotRead` unless every key wanted is given once, and no other."""
    held = set(given)
    if len(held) < len(given):
        twice = next(key for key, times in Counter(given).items() if times > 1)
        raise FileNotRead(f"{name} has a {noun} twice: {twice}.", f"Give each {noun} once.")
    known = set(wanted)
    lacking, more = [key for key in wanted if key not in held], [key for key in given if key not in known]
    if lacking:
        told = f"{name} lacks {len(lacking):,} of {len(wanted):,} {noun}s, such as {', '.join(lacking[:SHOWN])}."
        raise FileNotRead(told, f"Answer for every {noun}. {SEE}")
    if more:
        told = f"{name} has {len(more):,} {noun}s that are not in the truth, such as {', '.join(more[:SHOWN])}."
        raise FileNotRead(told, f"Leave them out. {SEE}")


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotRead(f"{name} is not UTF-8.", "Save it as CSV in UTF-8.") from error
