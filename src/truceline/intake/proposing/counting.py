"""How many: people killed in one column or as low, best and high; figures with other signs through `killed`."""

import re

from truceline.intake.proposing.columns import Column
from truceline.intake.proposing.step import Choice, Fields, Step, Table, left_out
from truceline.intake.said_counts import read_said
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.plain_yaml import Plain

EXPLAINS = (
    "How many people were killed: one figure, or low, best and high. Never wounded, never a part (women, children)."
)
LEAST = 0.5
_PLAIN = re.compile(r"\d{1,12}", re.ASCII)


def killed_step(table: Table) -> Step:
    """The step for people killed."""
    found = {thing: _first(table, thing) for thing in ("killed_low", "killed_best", "killed_high")}
    columns = {thing: column for thing, column in found.items() if column is not None}
    if "killed_low" not in columns or "killed_high" not in columns:
        columns = {thing: column for thing, column in columns.items() if thing == "killed_best"}
    out = left_out("no count", "then nothing is said of people killed")
    if not columns:
        return Step("killed", EXPLAINS, (out,), 0)
    return Step("killed", EXPLAINS, (count_choice(columns), *_others(table, columns), out), 0, _doubt(columns))


def _first(table: Table, thing: str) -> Column | None:
    fitting = [one[2] for one in table.said(thing) if one[2].share(read_said_any) >= LEAST]
    return fitting[0] if fitting else None


def read_said_any(text: str) -> bool:
    """The text is a count in a form that `killed` reads."""
    return bool(any(read_said(text)))


def plain(column: Column) -> bool:
    """All cells are plain whole numbers."""
    return column.share(lambda text: _PLAIN.fullmatch(ascii_digits(text))) == 1


def count_choice(columns: dict[str, Column]) -> Choice:
    """The columns of a count: best alone, or low and high with or without best."""
    names = tuple(column.name for column in columns.values())
    read = min(column.many(read_said_any) for column in columns.values())
    of = max(len(column.filled) for column in columns.values())
    reasons = "; ".join(f"{column.name!r}: {column.said(thing)[1]}" for thing, column in columns.items())
    says = ", ".join(f"{thing.removeprefix('killed_')} {column.name!r}" for thing, column in columns.items())
    return Choice(says, f"{reasons}; {read} of {of} cells are read", _fields(columns), {}, read, of, (), names)


def _fields(columns: dict[str, Column]) -> Fields:
    if len(columns) == 1:
        (column,) = columns.values()
        return {"killed_best" if plain(column) else "killed": column.name}
    made: dict[str, Plain] = {}
    for thing, column in columns.items():
        made[thing] = column.name if plain(column) else {"column": column.name, "as": "number"}
    return made


def _others(table: Table, used: dict[str, Column]) -> list[Choice]:
    """Each other column that could be the figure alone."""
    taken = {column.name for column in used.values()} if len(used) == 1 else set()
    return [count_choice({"killed_best": one[2]}) for one in table.said("killed_best", 0.4) if one[2].name not in taken
            and one[2].share(read_said_any) >= LEAST][:4]  # fmt: skip


def _doubt(columns: dict[str, Column]) -> str:
    lost = sum(len(column.filled) - column.many(read_said_any) for column in columns.values())
    return f"{lost} cells are no number of people and their rows would be refused." if lost else ""
