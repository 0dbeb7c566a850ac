"""A table as it was received: its rows, each with its cells or, where it is damaged, its bytes."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from truceline.vocabulary.refusal import Refusal


class RawRow(Struct, frozen=True, gc=False):
    """One record after the header. `cells` as they stood, or None with the exact `raw` bytes and the `fault`.

    number: as a person counts the records of the file, blank ones included, the header being row 1.
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
