"""What a mapping file says, once it is read: fields, where each comes from, and what holds for the whole table."""

from collections.abc import Mapping as Dictionary
from typing import Literal

from msgspec import Struct

Table = Literal["reports", "coverage", "tallies"]
KINDS = frozenset({"column", "constant", "columns", "span", "content", "date", "year"})
"""A field says exactly one of these."""
SOURCE = KINDS | {"joined", "before", "values", "otherwise", "default", "as", "split", "time", "month", "day"}
TOP = frozenset({"mapping", "table", "fields", "parts", "dates", "zone", "decimal", "refuse"})


class From(Struct, frozen=True):
    """Where one column of the native table comes from. Exactly one of `KINDS` is given.

    column: a column of the file. constant: always this. columns: several, joined by `joined`, with
    `before` in front. span: two columns, a range from the first to the second. content: an id made of
    the row's own cells, for tables without one. date: a column with a day, and `time` one with a time of
    day or a range of them. year: a column, with `month` and `day` if there are any.

    values: what the file's words become; a word that is not listed is refused, or with `otherwise: keep`
    kept. default: what stands where the cell is empty. made (`as`): `id` makes an id of a name (OSCE
    SMM: osce-smm), `number` plain digits of 12.0 or 1,200. split: what parts several names in one cell.
    """

    line: int
    column: str | None = None
    constant: str | None = None
    columns: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    content: bool = False
    date: str | None = None
    time: str | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    joined: str = "/"
    before: str = ""
    values: Dictionary[str, str] | None = None
    otherwise: Literal["refuse", "keep"] = "refuse"
    default: str = ""
    made: Literal["", "id", "number"] = ""
    split: str = ""

    def reads(self) -> tuple[str, ...]:
        """The columns of the file it reads."""
        alone = (self.column, self.date, self.time, self.year, self.month, self.day)
        return tuple(name for name in (*alone, *self.columns, *(self.span or ())) if name is not None)


Fields = dict[str, From]


class Refused(Struct, frozen=True):
    """A column, and the words in it that refuse a row as no row of its own: a total, a heading."""

    line: int
    column: str
    words: tuple[str, ...]


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
    refuse: tuple[Refused, ...] = ()

    def reads(self) -> dict[str, int]:
        """Every column of the file that is read, with the line that first names it."""
        lines: dict[str, int] = {}
        for fields in (self.fields, *self.parts):
            for source in fields.values():
                for name in source.reads():
                    lines.setdefault(name, source.line)
        for refused in self.refuse:
            lines.setdefault(refused.column, refused.line)
        return lines
