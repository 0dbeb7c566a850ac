"""Changes to a delimited table: its cells, rows, columns, quotes, delimiter and encoding."""

import csv
import io
from collections.abc import Callable
from random import Random

from fuzz.mutate.text import Change, changed, word

_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "windows-1256", "windows-1252", "koi8-r", "utf-32")
Rows = list[list[str]]


def mutate(content: bytes, most: int, rng: Random, change: Change) -> bytes:
    """One change to the table that these bytes are; bytes that csv.reader refuses are flipped."""
    text, encoding = _text(content)
    delimiter = max(",;\t", key=text[:2_000].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return change.flip(content, most)
    if not any(rows):
        return change.flip(content, most)
    if rng.random() < 0.06:
        encoding = rng.choice(_ENCODINGS)
    else:
        _HOW[rng.choices(range(len(_HOW)), _OFTEN)[0]](rows, rng, change)
    if rng.random() < 0.03:
        delimiter = rng.choice(",;\t")
    out = io.StringIO(newline="")
    try:
        csv.writer(out, delimiter=delimiter, lineterminator=rng.choice(("\r\n", "\n", "\n", "\r"))).writerows(rows)
    except csv.Error:
        return change.flip(content, most)
    made = out.getvalue()
    if rng.random() < 0.08:
        at = rng.randrange(len(made) + 1)
        made = made[:at] + rng.choice(('"', "\0", delimiter, "\n", "\r", '"\n"')) + made[at:]
    return made.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")


def _text(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "utf-16"
    return content.decode("utf-8-sig", "surrogateescape"), "utf-8"


def _cell(rows: Rows, rng: Random, change: Change) -> None:
    row = rng.choice(rows[1:] or rows)
    if row:
        at = rng.randrange(len(row))
        row[at] = changed(row[at], 4_096, rng, change)


def _same_cell(rows: Rows, rng: Random, change: Change) -> None:
    row, other = rng.choice(rows), rng.choice(rows)
    if row and other:
        row[rng.randrange(len(row))] = rng.choice(other)


def _header(rows: Rows, rng: Random, change: Change) -> None:
    if rows[0]:
        at = rng.randrange(len(rows[0]))
        rows[0][at] = rng.choice((word(rng, change), rows[0][at] + " ", rows[0][at].upper(), rng.choice(rows[0])))


def _row(rows: Rows, rng: Random, change: Change) -> None:
    at = rng.randrange(len(rows))
    made = rng.choice(([*rows[at]], [], [word(rng, change)], [""] * len(rows[0]), rows[at] * 2, rows[at][:-1]))
    rows.insert(rng.randrange(len(rows) + 1), made)


def _less(rows: Rows, rng: Random, change: Change) -> None:
    if len(rows) > 1:
        del rows[rng.randrange(len(rows))]


def _column(rows: Rows, rng: Random, change: Change) -> None:
    at, name = rng.randrange(len(rows[0]) + 1), word(rng, change)
    for n, row in enumerate(rows):
        row.insert(at, word(rng, change) if n else name)


def _no_column(rows: Rows, rng: Random, change: Change) -> None:
    at = rng.randrange(len(rows[0]) + 1)
    for row in rows:
        del row[at : at + 1]


def _above(rows: Rows, rng: Random, change: Change) -> None:
    rows.insert(0, rng.choice(([word(rng, change)], [""] * 4, ["#date", "#adm1", "#affected"], list(rows[0]))))


_HOW: tuple[Callable[[Rows, Random, Change], None], ...] = (
    _cell, _same_cell, _header, _row, _less, _column, _no_column, _above,
)  # fmt: skip
_OFTEN = (60, 10, 4, 8, 4, 4, 2, 3)
