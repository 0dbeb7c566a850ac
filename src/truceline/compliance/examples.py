"""A pack's worked examples: a few reports and acts, and what the ledger, a clock, an obligation or a step says of them.

They are written in the words of those who will disagree with them, run by `check`, and fail the pack
when the program says something else. Rows are those of the native tables
(`docs/reference/native-tables.md`), with the same empty cells.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
from msgspec import Struct

from truceline.vocabulary.act import Act
from truceline.vocabulary.agreement import Id
from truceline.vocabulary.assessment import Outcome, Verdict
from truceline.vocabulary.plain_yaml import Path, Plain

EXAMPLES_FILE = "examples.yaml"

REPORT_COLUMNS = (
    "report_id source when kind side_a side_b origin repeats lat lon radius_m place area weapon "
    "killed_low killed_best killed_high words language"
).split()
COVERAGE_COLUMNS = "coverage_id source area from to status origin stopped_by words language".split()

Row = dict[str, str | int]


class Given(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What is known: rows of the native tables and acts under a reading, and what is asked about.

    One of: `indicator`, `area` and `day` (a local date, as the reading names its days); `clock`; `obligation`, `party`
    (or a body that is obliged), `from` and `to`, as `body` holds it or, without it, all co-chairs jointly; `step`.
    `as_of` is local to the pack's zone without an offset; empty, everything has been.
    """

    reading: Id
    reports: tuple[Row, ...] = ()
    coverage: tuple[Row, ...] = ()
    acts: tuple[Act, ...] = ()
    as_of: str | None = None
    indicator: Id | None = None
    area: Id | None = None
    day: str | None = None
    clock: Id | None = None
    obligation: Id | None = None
    party: Id | None = None
    body: Id | None = None
    from_: str | None = None
    to: str | None = None
    step: Id | None = None


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """What the program has to say; what is left out is not compared.

    verdict: a cell's, or a clock's run's. state: a clock's, or a step's. outcome: an obligation's.
    """

    verdict: Verdict | None = None
    low: int | None = None
    high: int | None = None
    covered: bool | None = None
    state: str | None = None
    day_low: int | None = None
    day_high: int | None = None
    outcome: Outcome | None = None


class Example(Struct, frozen=True, forbid_unknown_fields=True):
    """One example: what is given and what follows. `name` is a sentence.

    terms: which terms it shows, where it asks about a cell or a clock; an obligation or a step names its own.
    """

    name: str
    given: Given
    expect: Expected
    terms: tuple[str, ...] = ()


Run = Callable[[Given], Mapping[str, object]]
"""Works an example: takes what is given, returns what the program says, by the names of `Expected`."""


@dataclass(frozen=True)
class Disagreement:
    """An example on which the program says something else: `said` where `expected` stands."""

    example: str
    field: str
    expected: object
    said: object

    def __str__(self) -> str:
        return f"{self.example!r}: {self.field} should be {self.expected}, the program says {self.said}"


def read_examples(written: Plain) -> tuple[Example, ...]:
    """The examples of a file's plain value. Raises `msgspec.ValidationError`, whose text ends with a path."""
    return msgspec.convert(written if written is not None else [], tuple[Example, ...])


def cells_of(row: Row) -> dict[str, str]:
    """The row as cells of text, as a CSV file would have it."""
    return {column: str(value) for column, value in row.items()}


def wrong_forms(examples: tuple[Example, ...]) -> list[tuple[Path, str]]:
    """What is wrong with their form, by path: unknown columns, no expectation, not one thing that is asked about."""
    found: list[tuple[Path, str]] = []
    names: set[str] = set()
    for i, example in enumerate(examples):
        given = example.given
        if example.name in names:
            found.append(((i, "name"), f"{example.name!r} is used twice"))
        names.add(example.name)
        found += [((i, "given"), sentence) for sentence in _wrong_question(given)]
        if not any(value is not None for value in msgspec.structs.astuple(example.expect)):
            found.append(((i, "expect"), "expects nothing"))
        found += _unknown_columns((i, "given", "reports"), given.reports, REPORT_COLUMNS)
        found += _unknown_columns((i, "given", "coverage"), given.coverage, COVERAGE_COLUMNS)
    return found


def _wrong_question(given: Given) -> list[str]:
    """Exactly one of a cell, a clock, an obligation and a step is asked about, and wholly."""
    cell = (given.indicator, given.area, given.day)
    spoken = (given.obligation, given.party, given.from_, given.to)
    if sum((any(cell), bool(given.clock), any(spoken), bool(given.step))) != 1:
        return ["ask about one of: an indicator, an area and a day; a clock; an obligation; a step"]
    if any(cell) and not all(cell):
        return ["a cell is an indicator, an area and a day"]
    if any(spoken) and not all(spoken):
        return ["an obligation is asked about for a party, from one time to another (obligation, party, from, to)"]
    return []


def _unknown_columns(path: Path, rows: tuple[Row, ...], columns: list[str]) -> list[tuple[Path, str]]:
    return [
        ((*path, i, column), f"{column!r} is no column of the table")
        for i, row in enumerate(rows)
        for column in row
        if column not in columns
    ]


def disagreements(examples: tuple[Example, ...], run: Run) -> tuple[Disagreement, ...]:
    """Work all examples with `run` and list where the program says something else."""
    found: list[Disagreement] = []
    for example in examples:
        said = run(example.given)
        for field, expected in msgspec.structs.asdict(example.expect).items():
            if expected is not None and said.get(field) != expected:
                found.append(Disagreement(example.name, field, expected, said.get(field)))
    return tuple(found)
