"""The steps for tables of coverage and of tallies, and which of the three tables a file is likeliest to be."""

from truceline.intake.mapping_parts import Table as TableName
from truceline.intake.proposing.columns import Column, columns_of
from truceline.intake.proposing.counting import plain, read_said_any
from truceline.intake.proposing.dates_read import read_of
from truceline.intake.proposing.dating import when_step
from truceline.intake.proposing.naming import id_step, source_step, text_step, totals_step
from truceline.intake.proposing.opening import Opened
from truceline.intake.proposing.step import Choice, Step, Table, left_out, one_column
from truceline.intake.proposing.words import kind_of
from truceline.vocabulary.codes import codes
from truceline.vocabulary.plain_yaml import Plain

MOST_PARTS = 200
_FEWEST_PARTS = 3


def table_of(opened: Opened) -> tuple[TableName, str]:
    """Which of Truceline's tables the rows are likeliest to be, and why."""
    columns = columns_of(opened.header, opened.tags, opened.sample)
    table = Table(opened.name, columns)
    if any(_statuses(column) for _, _, column in table.said("status")):
        return "coverage", "one column holds reported, silent or stopped"
    single = ("position", "words", "place", "kind", "side_a", "killed_best", "killed_low")
    placed = any(table.said(thing, 0.9) for thing in single) or (table.said("lat", 0.9) and table.said("lon", 0.9))
    counted = _totals(columns)
    if not placed and len(counted) >= _FEWEST_PARTS and 2 * len(counted) >= len(columns) - 1:
        return "tallies", f"besides its date it has {len(counted)} columns of numbers and no place"
    if not placed and table.said("of", 0.9) and table.said("count", 0.9) and not table.said("kind", 0.9):
        return "tallies", "one column says what is counted, another how many"
    return "reports", "its rows look like single incidents"


def coverage_steps(opened: Opened) -> list[Step]:
    """What is to be decided about a table of coverage and restrictions."""
    columns = columns_of(opened.header, opened.tags, opened.sample)
    table = Table(opened.name, columns)
    status = table.take(_status_step(table))
    steps = [*_ends(table), table.take(id_step(table, opened, "coverage_id"))]
    steps.append(table.take(_text(table, "area", "Which area was watched. Without it no row can be read.", must=True)))
    stopped, words = _text(table, "stopped_by", "Who stopped them, as said."), text_step(table, "words")
    return [steps[2], table.take(source_step(table, opened.name)), *steps[:2], steps[3], status,
            table.take(stopped), table.take(words)]  # fmt: skip


def tally_steps(opened: Opened) -> list[Step]:
    """What is to be decided about a table of a source's own totals."""
    columns = columns_of(opened.header, opened.tags, opened.sample)
    table = Table(opened.name, columns)
    period = _ends(table)
    own = table.take(id_step(table, opened, "tally_id"))
    counted = [column for column in _totals(columns) if column.name not in table.taken][:MOST_PARTS]
    wide = len(counted) >= _FEWEST_PARTS
    figures = [_wide(counted)] if wide else _long(table)
    totals = totals_step(opened, columns)
    steps = [own, table.take(source_step(table, opened.name)), *period, *figures, text_step(table, "words")]
    return [*steps, totals] if totals else steps


def _ends(table: Table) -> list[Step]:
    """Where a period begins and ends: two columns, or one that is both."""
    first = when_step(table, "from")
    ends = [one for one in table.said("end", 0.6) if read_of(one[2]).share > 0.5]
    span = next((choice for choice in first.choices if "when" in choice.fields), None)
    if span is not None:
        start, end = span.columns
        table.taken.update(span.columns)
        return [Step("from", "Where the period begins.", (_as("from", start, span),)),
                Step("to", "Where it ends; a date is the end of that day.", (_as("to", end, span),))]  # fmt: skip
    table.take(first)
    last = ends[0][2].name if ends else None
    column = first.choices[0].columns[0] if first.choices[0].columns else ""
    if not column:
        return [first, Step("to", "Where the period ends.", (left_out(),), None, "", unanswered=0)]
    to = _as("to", last or column, first.choices[0])
    return [first, Step("to", "Where it ends; a date is the end of that day.", (to,))]


def _as(field: str, column: str, like: Choice) -> Choice:
    return Choice(f"column {column!r}", like.reason, {field: column}, like.settings, like.read, like.of, (), (column,))


def _status_step(table: Table) -> Step:
    explains = "Whether they watched and reported, were silent, or were stopped. Without it no row can be read."
    found = [column for _, _, column in table.said("status") if column.letters > 0.5]
    if not found:
        return Step("status", explains, (left_out(),), None, "Which column says whether they watched?", unanswered=0)
    column = found[0]
    values: dict[str, Plain] = {
        value: value.casefold() for value in column.values if value.casefold() in codes("coverage_status")
    }
    unknown = [value for value in column.values if value not in values]
    reason = f"{column.said('status')[1]}; {column.many(values.__contains__)} of {len(column.filled)} cells are known"
    question = (
        f"What do these words mean (reported, silent, stopped)? {', '.join(map(repr, unknown[:20]))}" if unknown else ""
    )
    choice = one_column("status", column, reason, column.many(values.__contains__), values=values or {"": ""})
    return Step("status", explains, (choice,), 0, question)


def _statuses(column: Column) -> bool:
    return column.share(lambda value: value.casefold() in codes("coverage_status")) > 0.5


def _text(table: Table, field: str, explains: str, *, must: bool = False) -> Step:
    found = [one_column(field, column, why, len(column.filled)) for _, why, column in table.said(field)
             if column.letters > 0.5]  # fmt: skip
    if found or not must:
        return Step(field, explains, (*found, left_out()), 0)
    return Step(field, explains, (left_out(),), None, f"Which column gives {field!r}?", unanswered=0)


def _totals(columns: list[Column]) -> list[Column]:
    """Columns of whole numbers that are no date, no id and no total of the others."""
    return [
        column
        for column in columns
        if column.whole > 0.95
        and not any(column.said(thing)[0] >= 0.6 for thing in ("report_id", "when", "year", "month"))
    ]


def _wide(counted: list[Column]) -> Step:
    """Several totals a row, one column each: by area, or by what is counted."""
    figure = "best" if all(map(plain, counted)) else "count"
    areas: list[Plain] = [{"area": {"constant": column.name}, figure: column.name} for column in counted]
    kinds: list[Plain] = [{"of": {"constant": f"killed: {column.name}"}, figure: column.name} for column in counted]
    names = tuple(column.name for column in counted)
    told = f"{len(counted)} columns of whole numbers: {', '.join(names)[:200]}"
    first: Plain = names[0]
    of: Plain = {"constant": "killed"}
    by_area, by_kind = (
        Choice(says, told, {"of": of, "area": {"constant": area}, figure: first}, {"parts": parts},
               len(counted), len(counted), (), names)
        for says, area, parts in (
            ("one tally for each area, people killed", "none", areas),
            ("one tally for each kind, of people killed everywhere", "everywhere", kinds),
        )
    )  # fmt: skip
    kinds_known = sum(bool(kind_of(name)) for name in names)
    choices = (by_kind, by_area) if 3 * kinds_known >= len(names) else (by_area, by_kind)
    question = "Are these columns areas, or kinds of something? And is it people killed that they count?"
    return Step("figures", "The totals of a row; each becomes a tally.", choices, 0, question)


def _figure(column: Column) -> dict[str, Plain]:
    return {"best" if plain(column) else "count": column.name}


def _long(table: Table) -> list[Step]:
    """One total a row: what is counted, how many, and of which area."""
    figures = [column for _, _, column in table.said("count") if column.share(read_said_any) > 0.5]
    chosen = [Choice(f"column {one.name!r}", one.said("count")[1], _figure(one), {}, one.many(read_said_any),
                     len(one.filled), (), (one.name,)) for one in figures]  # fmt: skip
    count = table.take(Step("count", "The figure.", tuple(chosen) or (left_out(),), 0 if chosen else None,
                 "" if chosen else "Which column holds the figure?", unanswered=0))  # fmt: skip
    of = [
        one_column("of", column, why, len(column.filled)) for _, why, column in table.said("of") if column.letters > 0.5
    ]
    constant = Choice("always 'killed'", "no column says what is counted", {"of": {"constant": "killed"}})
    what = Step(
        "of", "What is counted, in a word.", (*of, constant), 0, "" if of else "Is it people killed that are counted?"
    )
    return [count, table.take(what), table.take(_text(table, "area", "The area as said.", must=True))]
