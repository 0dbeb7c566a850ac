"""Rows read in bulk, column by column, by the parts of their format: the fast way to the same values.

The meaning is `parts.reading`, row by row. Here a part's cells are looked up in what it made of the same
cells before; times of day, decimal degrees and ids, which are hardly ever equal, have rules of their
own for their plainest forms. A row in which anything is not plain (a fault, a space around a cell) is left
to the slow way. A test holds the two against one another.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from truceline.intake import plain_columns
from truceline.intake.cells import Cells, Columns
from truceline.intake.context import ReadContext
from truceline.intake.parts import KILLED, POINT, How, Part, Values, made_of
from truceline.vocabulary.report import REPORT_COLUMNS, SPACES_TRIMMED, list_text

MOST_REMEMBERED = 65_536
"""So many different cells of one part are remembered, which bounds the memory of a long file."""
Column = Sequence[str]
Flags = Sequence[tuple[str, ...]]
ODD = ("",)
"""Stands for flags where a row is not plain."""


class ByColumn:
    """What reads many rows of one table at once. Made once for a table; remembers from chunk to chunk."""

    def __init__(
        self, columns: Columns, parts: Sequence[Part], fixed: Mapping[str, object], context: ReadContext
    ) -> None:
        self._columns, self._context = columns, context
        self._fixed: dict[str, Any] = {**dict.fromkeys((*POINT, *KILLED)), "radius_m": 0, **fixed}
        readers = {How.WORDS: _words, How.OWN: _own, How.MOMENT: _moments, How.POINT: _points, How.WHOLE_ROW: _made}
        self._parts = [(part, readers.get(part.how, _remembered)(part, columns, context)) for part in parts]
        self._aside = [pair for part in parts for pair in part.aside]
        self._flags = _FlagTexts()

    def read(self, rows: Sequence[Sequence[str]]) -> tuple[list[Sequence[Any]], list[int]]:
        """The columns of the rows as the read table wants them, and the places of rows that are to be read alone.

        A column of one value has that value in every row.
        """
        count = len(rows)
        if not count:
            return [()] * len(REPORT_COLUMNS), []
        cells = list(zip(*rows, strict=True))
        blank = ("",) * count
        named = {name: cells[at] for name, at in self._columns.at.items()}
        said: dict[str, Sequence[Any]] = {}
        flags: list[Flags] = []
        for part, read in self._parts:
            found, noted = read(rows, [named.get(name, blank) for name in (*part.columns, *part.beside)])
            said.update(zip(part.gives, found, strict=True))
            if any(noted):
                flags.append(noted)
        said["flags"] = texts = self._noted(count, said, flags)
        odd = {at for at, text in enumerate(texts) if text is None} if None in texts else set()
        odd |= self._set_aside(named)
        return [said.get(field) or (self._fixed.get(field, ""),) for field in REPORT_COLUMNS], sorted(odd)

    def _noted(self, count: int, said: dict[str, Sequence[Any]], flags: list[Flags]) -> Sequence[str | None]:
        """The text of each row's flags, or one for all; None where the row is not plain."""
        lat, lon = (said.get(field) or [None] * count for field in POINT)
        found = plain_columns.outside(self._context, lat, lon, said["start_us"], said["end_us"])
        if found:
            flags.append(found)
        if not flags:
            return ("[]",)
        return list(map(self._flags.__getitem__, zip(*flags, strict=True)))

    def _set_aside(self, named: Mapping[str, Column]) -> set[int]:
        odd = set()
        for column, cell in self._aside:
            found = named.get(column, ())
            if any(found) if cell is None else cell in found:
                odd |= {at for at, one in enumerate(found) if one == cell or (cell is None and one)}
        return odd


class _FlagTexts(dict[tuple[tuple[str, ...], ...], str | None]):
    """Flags of the parts of a row, as the read table has them: each once, in order."""

    def __missing__(self, noted: tuple[tuple[str, ...], ...]) -> str | None:
        if ODD in noted:
            return None
        text = list_text(tuple(dict.fromkeys(flag for flags in noted for flag in flags)))
        if len(self) < MOST_REMEMBERED:
            self[noted] = text
        return text


Found = tuple[Sequence[Sequence[Any]], Flags]
"""A part's values, field by field, and what it noted of each row."""
ReadPart = Callable[[Sequence[Sequence[str]], list[Column]], Found]


class _Remembered(dict[Any, Values]):
    """What a part made of its cells, with the flags last. The key is the cells or, of one column, the cell."""

    def __init__(self, part: Part, columns: Columns, context: ReadContext) -> None:
        super().__init__()
        names = [name for name in (*part.columns, *part.beside) if name in columns.at]
        self._shape = Columns(tuple(names), {name: at for at, name in enumerate(names)})
        self._pick = [(*part.columns, *part.beside).index(name) for name in names]
        self._part, self._context = part, context
        self._odd = (*[None] * len(part.gives), ODD)

    def __missing__(self, key: str | tuple[str, ...]) -> Values:
        given = (key,) if isinstance(key, str) else key
        cells = Cells(0, self._shape, [given[at] for at in self._pick])
        values = self._part.read(cells, self._context)
        made: Values = self._odd
        if not cells.faults and SPACES_TRIMMED not in cells.flags:
            made = (*[list_text(value) if isinstance(value, tuple) else value for value in values], tuple(cells.flags))
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[key] = made
        return made


def _remembered(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    memory = _Remembered(part, columns, context)
    own = len(part.columns)

    def read(rows: Sequence[Sequence[str]], cells: list[Column]) -> Found:
        said = [["1" if cell.strip(" ") else "" for cell in column] for column in cells[own:]]
        keys = cells[0] if len(cells) == 1 else zip(*cells[:own], *said, strict=True)
        *values, flags = zip(*map(memory.__getitem__, keys), strict=True)
        return values, flags

    return read


def _words(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    return lambda rows, cells: (cells, ())


def _own(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    def read(rows: Sequence[Sequence[str]], cells: list[Column]) -> Found:
        column = cells[0]
        if "" not in column and " " not in "".join(column):
            return cells, ()
        return cells, [() if cell and cell == cell.strip(" ") else ODD for cell in column]

    return read


def _moments(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    """Times to the minute by a rule, all others as they are remembered."""
    memory = _Remembered(part, columns, context)
    moments = plain_columns.Moments(context.zone)

    def read(rows: Sequence[Sequence[str]], cells: list[Column]) -> Found:
        found = [moments.of(cell) or memory[cell] for cell in cells[0]]
        *values, flags = zip(*found, strict=True)
        return values, flags

    return read


def _points(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    def read(rows: Sequence[Sequence[str]], cells: list[Column]) -> Found:
        lat, lon = plain_columns.degrees(cells[0], 90), plain_columns.degrees(cells[1], 180)
        odd = plain_columns.ODD
        if odd not in lat and odd not in lon and [a is None for a in lat] == [b is None for b in lon]:
            return (lat, lon), ()
        good = [a != odd and b != odd and (a is None) == (b is None) for a, b in zip(lat, lon, strict=True)]
        return (
            [a if ok else None for a, ok in zip(lat, good, strict=True)],
            [b if ok else None for b, ok in zip(lon, good, strict=True)],
        ), [() if ok else ODD for ok in good]

    return read


def _made(part: Part, columns: Columns, context: ReadContext) -> ReadPart:
    """Ids made of whole rows."""
    order = sorted(range(len(columns.header)), key=columns.header.__getitem__)
    names = [columns.header[at] for at in order]
    doubled = len(set(names)) < len(names)
    pick = itemgetter(*order) if len(order) > 1 else tuple
    at = columns.at.get(part.columns[0]) if part.columns else None

    def read(rows: Sequence[Sequence[str]], cells: list[Column]) -> Found:
        if doubled:  # Two columns of one name are ordered by their cells: rare, and left to the slow way.
            return ([""] * len(rows),), [ODD] * len(rows)
        if at is not None and "" not in (given := cells[0]):
            return _own(part, columns, context)(rows, [given])
        made = [
            row[at]
            if at is not None and row[at]
            else made_of([pair for pair in zip(names, pick(row), strict=True) if pair[1]])
            for row in rows
        ]
        return (made,), [() if one and one == one.strip(" ") else ODD for one in made]

    return read
