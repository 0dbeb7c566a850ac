"""The Violations Documentation Center's daily counts of people killed in Syria: by governorate, and by cause.

Each row is a day and becomes one tally a column. The two tables count the same people, each in its own
way: their tallies stand side by side and are never added to one another. A day that is absent is a day
of which the VDC says nothing.
"""

from collections.abc import Callable

from truceline.errors import ValueNotRead
from truceline.intake.cells import Cells
from truceline.intake.context import ReadContext
from truceline.intake.formats.format import Format
from truceline.vocabulary.count import read_whole
from truceline.vocabulary.tally import Tally

GOVERNORATES = (
    "Aleppo", "Damascus", "Damascus Suburbs", "Daraa", "Deir Ezzor", "Hama", "Hasakeh", "Homs", "Idlib", "Lattakia",
    "Quneitra", "Raqqa", "Sweida", "Tartous",
)  # fmt: skip
CAUSES = (
    "Chemical Weapon", "Detention", "Execution", "Explosion", "Lack of Medical Access", "Shelling", "Shooting",
    "Siege", "Unknown",
)  # fmt: skip
_METHOD = "people named by the VDC"
Part = tuple[str, str]
"""The area of a part, and what it counts."""


def _reader(by: str, part_of: Callable[[str], Part], columns: tuple[str, ...]) -> Callable[..., tuple[Tally, ...]]:
    def read(cells: Cells, context: ReadContext) -> tuple[Tally, ...]:
        start, end = cells.span("day", "day", context.zone)
        row = f"{by}/{cells.text('day')}"
        figures = [(part_of(column), _figure(cells, column)) for column in columns]
        flags = (*cells.flags, *context.time_flags(start, end))
        return tuple([
            Tally("vdc", row, area, start, end, of, None, figure, None, _METHOD, "", flags)
            for (area, of), figure in figures
        ])  # fmt: skip

    return read


def _figure(cells: Cells, column: str) -> int | None:
    """A count as the tables write it: 12 or 12.0. Anything else after the point is refused."""
    text = cells.text(column)
    whole, point, rest = text.partition(".")
    if point and (not rest or rest.strip("0")):
        cells.refuse(column, ValueNotRead(f"{text!r} is no whole number", "Write whole numbers."))
        return None
    try:
        return read_whole(whole)
    except ValueNotRead as error:
        cells.refuse(column, error)
        return None


def _format(by: str, part_of: Callable[[str], Part], columns: tuple[str, ...], group: str) -> Format:
    return Format(
        name=f"vdc_daily_{by}",
        version="1",
        noun="tally",
        must=("day", *columns),
        groups_of={"day": "when", **dict.fromkeys(columns, group)},
        read=_reader(by, part_of, columns),
    )


BY_GOVERNORATE = _format("governorate", lambda column: (column, "killed"), GOVERNORATES, "what")
BY_CAUSE = _format("cause", lambda column: ("Syria", f"killed: {column}"), CAUSES, "what")
