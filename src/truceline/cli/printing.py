"""What a person reads on the terminal: JSON, tables, complaints. Names and codes are shown plainly."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)))
"""Control characters and directional overrides: a hostile name must not move the cursor or turn the line."""


def print_json(answer: Any) -> None:
    """One JSON document on stdout, indented, keys in the order they were given."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
    sys.stdout.flush()


def say(line: str = "") -> None:
    """One line of the result."""
    sys.stdout.write(line + "\n")


def complain(sentence: str, mend: str) -> None:
    """What was not done, and what to do about it, on stderr."""
    sys.stderr.write(f"truceline: {sentence}\n")
    if mend:
        sys.stderr.write(f"  {mend}\n")


def plain(text: object) -> str:
    """Text without control characters, for a line of a table."""
    return str(text).translate(_CONTROLS)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as their widest cell; numbers to the right."""
    shown = [[plain(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *shown, strict=True)]
    numeric = [bool(shown) and all(_is_number(row[n]) for row in shown) for n in range(len(head))]
    for row in (list(head), ["-" * width for width in widths], *shown):
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        say("  ".join(cells).rstrip())


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").lstrip("-").isdigit() or cell == ""


def grouped(number: int) -> str:
    """12345 as 12,345."""
    return f"{number:,}"
