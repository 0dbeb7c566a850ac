"""What a format is: how its header is known, how its columns are grouped, how a row is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.layout import group_positions
from truceline.intake.parts import Part
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.recall import Recall
from truceline.vocabulary.report import Report
from truceline.vocabulary.tally import Tally

Noun = Report | Coverage | Recall | tuple[Tally, ...]
"""What a row becomes: one report, one coverage, one recall, or one or more tallies."""


@dataclass(frozen=True)
class Format:
    """One form of table.

    version: of the reader; it changes when the same row would be read differently. must: columns a
    header needs to be known. groups: for the columns that are read, the payload group they lie in;
    every other column of a file lies in `rest`. also: other spellings of a column's name, by spelling.
    read: notes faults in the cells, and gives a noun that counts only if none was noted. by: of a format
    that others ship, their distribution; set where it is found. parts: what `read` was made of by
    `parts.reading`, with `fixed`, so that rows can be read in bulk; () for a reader that is not in parts.
    """

    name: str
    version: str
    noun: Literal["report", "coverage", "tally", "recall"]
    must: tuple[str, ...]
    groups_of: Mapping[str, str]
    read: Callable[[Cells, ReadContext], Noun]
    also: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    parts: tuple[Part, ...] = ()
    fixed: Mapping[str, object] = field(default_factory=dict)

    @property
    def reader(self) -> str:
        """The named reader and version that the record keeps."""
        return f"{self.by or 'intake.formats'}.{self.name}@{self.version}"

    def recognises(self, header: Sequence[str]) -> bool:
        """All columns it must have are there, in any order."""
        return set(self.must) <= {self.column(cell) for cell in header}

    def column(self, cell: str) -> str:
        """The name by which the format reads a header cell."""
        name = cell.strip(" ")
        return self.also.get(name, name)

    def positions(self, header: Sequence[str]) -> dict[str, int]:
        """Where each column that is read stands. A doubled one: `doubled` names it first."""
        return {name: at for at, cell in enumerate(header) if (name := self.column(cell)) in self.groups_of}

    def doubled(self, header: Sequence[str]) -> str:
        """A column that is read and stands twice, or ""."""
        names = [name for cell in header if (name := self.column(cell)) in self.groups_of]
        return next((name for name in names if names.count(name) > 1), "")

    def groups(self, header: Sequence[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The payload group of every column of a header."""
        return group_positions(header, lambda cell: self.groups_of.get(self.column(cell), "rest"))
