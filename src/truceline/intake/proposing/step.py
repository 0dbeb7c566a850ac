"""One thing a person decides about a mapping: choices, each with its reason and the share of cells it reads."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from truceline.intake.proposing.columns import Column
from truceline.vocabulary.plain_yaml import Plain

MOST_CHOICES = 8
Fields = Mapping[str, Plain]


class Choice(Struct, frozen=True):
    """One way to fill some fields of a mapping.

    says: for a person. reason: why it is offered. fields, settings: what it sets in the mapping, under `fields`
    and at its top. read, of: how many of how many filled cells of the sample can be read so. notes: lines
    for the mapping file. columns: the columns of the file it reads.
    """

    says: str
    reason: str
    fields: Fields
    settings: Fields = {}
    read: int = 0
    of: int = 0
    notes: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Step(Struct, frozen=True):
    """A decision with its choices. proposed: which is proposed, None where only a person can know.

    question: what a person should look at before accepting, "" where nothing is doubtful. explains: what the
    field means. unanswered: what is written where only a person can know and none was asked.
    """

    field: str
    explains: str
    choices: tuple[Choice, ...]
    proposed: int | None = 0
    question: str = ""
    unanswered: int | None = None

    @property
    def unsettled(self) -> bool:
        """Only a person can know."""
        return self.proposed is None

    @property
    def unanswered_choice(self) -> int:
        """Which choice is written until a person has said."""
        return (self.unanswered or 0) if self.proposed is None else self.proposed


def left_out(says: str = "leave it out", reason: str = "then nothing is read for it") -> Choice:
    """The choice that sets nothing."""
    return Choice(says, reason, {})


def ranked(choices: Iterable[tuple[float, Choice]]) -> list[Choice]:
    """Choices from the most to the least likely, at most `MOST_CHOICES`; of two alike the one further left."""
    return [choice for _, choice in sorted(choices, key=lambda one: -one[0])][:MOST_CHOICES]


def one_column(field: str, column: Column, reason: str, read: int, **more: Plain) -> Choice:
    """A field that is read from one column."""
    source: Plain = {"column": column.name, **more} if more else column.name
    return Choice(
        f"column {column.name!r}", reason, {field: source}, read=read, of=len(column.filled), columns=(column.name,)
    )


class Table:
    """The columns that are still free: a column that has been proposed for one field is not proposed for another."""

    def __init__(self, name: str, columns: list[Column]) -> None:
        self.name, self.columns = name, columns
        self.taken: set[str] = set()

    def free(self) -> list[Column]:
        """The columns not proposed yet, with any value."""
        return [column for column in self.columns if column.filled and column.name not in self.taken]

    def said(self, thing: str, least: float = 0.5) -> list[tuple[float, str, Column]]:
        """The free columns whose header says a thing, the surest first, with the reason."""
        found = [(*column.said(thing), column) for column in self.free()]
        return sorted((one for one in found if one[0] >= least), key=lambda one: -one[0])

    def take(self, step: Step) -> Step:
        """Mark the columns of what is proposed as taken."""
        if step.proposed is not None:
            self.taken.update(step.choices[step.proposed].columns)
        return step
