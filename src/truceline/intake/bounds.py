"""How much a file may ask for: what only a hostile or a mistaken file would need is refused as a whole."""

from truceline.errors import FileNotRead

MOST_COLUMNS = 4_096
MOST_DAMAGED = 100_000
"""So many damaged rows, if they are most of the file so far, are no table of that form."""
UNKNOWN_AFTER = 10_000
"""Records after which a form has to be known by the fields seen so far."""
MOST_RECORD = 4_194_304
"""The longest record of a delimited table, in characters: a longer one is a quote never closed, or no table."""
MOST_BLANK = 1_000_000
"""So many blank lines, if they are most of the file so far, are no table."""
_SPARE = 1_000_000
"""Empty cells that are not counted against a file's size."""


class RecordTooLong(FileNotRead):
    """One record of a delimited table goes on and on."""

    def __init__(self, name: str, line: int) -> None:
        told = f"{name}: the row that begins on line {line} is longer than {MOST_RECORD} characters."
        super().__init__(told, "Is a quote opened there and never closed? Mend that row, and send the file again.")


def check_blank(name: str, blank: int, records: int) -> None:
    """Raise `FileNotRead` where hardly anything but blank lines was seen among so many records."""
    if blank > MOST_BLANK and 10 * blank > 9 * records:
        told = f"{name}: {blank} of the first {records} lines are blank."
        raise FileNotRead(told, "Is it the right file? Take the blank lines out.")


class Bounds:
    """What is counted while the rows of one file are made. `size`: of its text, in characters."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self.size = name, size
        self.rows = self.damaged = self.absent = 0

    def row(self, *, damaged: bool) -> None:
        """One more row. Raises `FileNotRead` where too many are damaged."""
        self.rows += 1
        self.damaged += damaged
        if self.damaged > MOST_DAMAGED and 2 * self.damaged > self.rows:
            told = f"{self.name}: {self.damaged} of the first {self.rows} rows are damaged."
            raise FileNotRead(told, "Is it the right file, and is its header the header of these rows?")

    def empty(self, cells: int, columns: int) -> None:
        """So many more cells of a record are not there. Raises `FileNotRead` for a table mostly empty, or too wide."""
        self.absent += cells
        if columns > MOST_COLUMNS or self.absent > _SPARE + self.size // 8:
            told = f"The records of {self.name} have too many different fields: {columns}, most of them empty."
            raise FileNotRead(told, "Are places or people used as names of fields? Send it as a table.")
