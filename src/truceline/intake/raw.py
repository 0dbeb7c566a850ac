"""A table as it was received: its rows, each with its cells or, where it is damaged, its bytes."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from truceline.vocabulary.refusal import Refusal

JSON, JSON_ROWS, PLACED, SHEET = "json", "json rows", "features", "sheet"
"""Shapes of a table beside delimited text, in the place of a layout's delimiter: objects of JSON, lists of
JSON, features with a geometry (GeoJSON, KML), and a sheet of a workbook."""


class RawRow(Struct, frozen=True, gc=False, array_like=True):
    """One record after the header. `cells` as they stood, or None with the exact `raw` bytes and the `fault`.

    number: as a person counts the records of the file, blank ones included, the header being row 1; of
    JSON lines the line, of other JSON the record, the first being 1. cells: of JSON each value as JSON
    text, "" where the record has no such field.
    """

    number: int
    cells: tuple[str, ...] | None
    raw: bytes | None = None
    fault: Refusal | None = None


def runs_of(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Row numbers in rising order as (first, how many) runs: short, since rows mostly follow one another."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][0] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def numbers_of(runs: Sequence[tuple[int, int]]) -> list[int]:
    """The row numbers that `runs_of` was made from."""
    return [first + i for first, many in runs for i in range(many)]
