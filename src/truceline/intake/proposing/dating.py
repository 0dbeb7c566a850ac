"""When: which columns hold the date, in which order day and month stand, and what cannot be known from the table."""

import msgspec

from truceline.errors import ValueNotRead
from truceline.intake.dates import of_parts, with_time
from truceline.intake.proposing.columns import Column
from truceline.intake.proposing.dates_read import NUMERIC, Forms, Read, read_of, reads
from truceline.intake.proposing.step import Choice, Step, Table, ranked
from truceline.intake.proposing.words import bare, said_by_header
from truceline.vocabulary.digits import ascii_digits
from truceline.vocabulary.plain_yaml import Plain

EXPLAINS = "When it happened. A day, a time, a range. The order of day and month is declared, never guessed."
LEAST = 0.5
_THREE = ("year", "month", "day")


def when_step(table: Table, field: str = "when") -> Step:
    """The step for when, from one column, two as a range, a date and a time, or year, month and day."""
    offered = _spans(table) + _parts(table) + _singles(table, field)
    if not offered:
        told = "No column was found whose cells are dates. Which column says when? Without it no row can be read."
        return Step(field, EXPLAINS, (Choice("no column", "no cells were read as dates", {}),), None, told)
    return _ordered(field, ranked(offered), table)


def _singles(table: Table, field: str) -> list[tuple[float, Choice]]:
    offered = []
    for column in table.free():
        strength, why = max(column.said("when"), _weak(column), column.said("start"), key=lambda one: one[0])
        if strength < 0.2 and (column.whole > 0.5 or column.length > 40):
            continue
        read = read_of(column)
        if read.share < LEAST or (strength < 0.5 and set(read.forms) & set(NUMERIC)) or _only_years(column):
            continue
        reason = f"{why or 'its cells are dates'}; {read.many} of {len(column.filled)} cells are read"
        offered.append((strength + read.share / 2, _single(column, read, reason, table, field)))
    return offered


def _only_years(column: Column) -> bool:
    return column.share(lambda text: len(text) == 4 and text.isdigit()) > 0.5 and column.said("when")[0] < 0.9


def _weak(column: Column) -> tuple[float, str]:
    strength, why = column.said("when_weak")
    return strength * 0.6, f"{why}, which may not be when it happened" if why else ""


def _single(column: Column, read: Read, reason: str, table: Table, field: str) -> Choice:
    source: Plain = column.name
    columns: tuple[str, ...] = (column.name,)
    says = f"column {column.name!r}"
    timed = any(":" in value for value in column.values)
    clock = None if timed else _clock(table, column)
    if clock is not None and field == "when":
        source = {"date": column.name, "time": clock.name}
        columns, says = (*columns, clock.name), f"{says} with the time in {clock.name!r}"
        reason += f"; the times in {clock.name!r} are read"
    return Choice(says, reason, {field: source}, _declared(read.forms), read.many, len(column.filled), (), columns)


def _clock(table: Table, day: Column) -> Column | None:
    for _, _, column in table.said("time", 0.9):
        if column is not day and column.share(lambda text: with_time("2016-01-01", ascii_digits(text))) > 0.8:
            return column
    return None


def _declared(forms: Forms) -> dict[str, Plain]:
    return {"dates": list(forms)} if forms else {}


def _spans(table: Table) -> list[tuple[float, Choice]]:
    starts = [one for one in table.said("start", 0.6) + table.said("when", 0.6) if read_of(one[2]).share >= LEAST]
    ends = [one for one in table.said("end", 0.6) if read_of(one[2]).share >= LEAST]
    if not starts or not ends:
        return []
    (strength, why, first), (_, _, last) = starts[0], ends[0]
    one, other = read_of(first), read_of(last)
    forms = one.forms or other.forms
    if first is last or (one.forms and other.forms and one.forms != other.forms):
        return []
    reason = f"{why}, and that of {last.name!r} the end; {one.many} of {len(first.filled)} cells are read"
    says, columns = f"from {first.name!r} to {last.name!r}", (first.name, last.name)
    span: Plain = {"span": [first.name, last.name]}
    found = Choice(says, reason, {"when": span}, _declared(forms), one.many, len(first.filled), (), columns)
    return [(strength + 1.0, found)]


def _parts(table: Table) -> list[tuple[float, Choice]]:
    """Year, month and day in three columns, whose headers differ in these words alone: cf_year, cf_month, cf_day."""
    found: dict[str, dict[str, Column]] = {}
    for column in table.free():
        prefix, _, last = bare(column.header).rpartition(" ")
        part = next((part for part in _THREE if said_by_header(last).get(part, (0.0, ""))[0] > 0.9), "")
        if part:
            found.setdefault(prefix, {}).setdefault(part, column)
    whole = [[parts[part] for part in _THREE] for parts in found.values() if len(parts) == len(_THREE)]
    return [choice for columns in whole if (choice := _three(columns))]


def _three(columns: list[Column]) -> tuple[float, Choice] | None:
    names = tuple(column.name for column in columns)
    rows = list(zip(*[column.filled for column in columns], strict=False))
    read = sum(_made(*row) for row in rows)
    if read < LEAST * len(rows):
        return None
    reason = f"its headers say year, month and day; {read} of {len(rows)} rows are read"
    source: Plain = dict(zip(_THREE, names, strict=True))
    says = f"columns {', '.join(map(repr, names))}"
    return 0.9, Choice(says, reason, {"when": source}, {}, read, len(rows), (), names)


def _made(year: str, month: str, day: str) -> bool:
    try:
        return reads(of_parts(*map(ascii_digits, (year, month, day))), ())
    except ValueNotRead:
        return False


def date_choices(table: Table, field: str, column: Column) -> Step:
    """The step for a column that a person names: its dates in the forms that read most of them."""
    read = read_of(column)
    reason = f"as you say; {read.many} of {len(column.filled)} cells are read"
    return _ordered(field, [_single(column, read, reason, table, field)], table)


def _ordered(field: str, choices: list[Choice], table: Table) -> Step:
    """The step, where the order of day and month of the likeliest choice is asked if both orders read as many."""
    first = choices[0]
    column = next((one for one in table.columns if one.name in first.columns), None)
    read = read_of(column) if column else None
    if column is None or read is None or not read.forms:
        return Step(field, EXPLAINS, tuple(choices), 0, _doubt(first))
    evidence = read.evidence()
    if not read.other:
        says = f"{first.says} as {' or '.join(read.forms)}"
        settled = msgspec.structs.replace(first, says=says, reason=f"{first.reason}; {evidence}".removesuffix("; "))
        return Step(field, EXPLAINS, (settled, *choices[1:]), 0, _doubt(first))
    both = [
        msgspec.structs.replace(
            first, says=f"{first.says} as {' or '.join(forms)}", reason=evidence, settings=_declared(forms)
        )
        for forms in sorted((read.forms, read.other))
    ]
    question = (
        f"Is the day or the month first in {column.name!r}? Both orders read all {read.many} dates: {evidence}. "
        f"One is {next(iter(column.values))!r}. Ask whoever made the table, then declare it: "
        f"--dates {min(read.forms, read.other)[0]} or --dates {max(read.forms, read.other)[0]}."
    )
    undeclared = Choice(
        f"{first.says}, the order left open", "dates that can be read both ways are refused until it is declared",
        first.fields, {}, 0, first.of, (), first.columns,
    )  # fmt: skip
    return Step(field, EXPLAINS, (*both, undeclared, *choices[1:]), None, question, unanswered=2)


def _doubt(choice: Choice) -> str:
    if "may not be when it happened" in choice.reason:
        return f"Does {choice.columns[0]!r} say when it happened, or when it was told or recorded?"
    lost = choice.of - choice.read
    return (
        f"{lost} of {choice.of} cells are no dates and would be refused. Is it the right column?"
        if lost > choice.of // 20
        else ""
    )
