"""map: a mapping for a table of any form, proposed and asked about."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from truceline.cli.app import Json, app
from truceline.cli.asking import converse, cut, safe, typed
from truceline.cli.printing import complain, grouped, plain, print_json, print_table, say
from truceline.cli.progress import shown_progress

if TYPE_CHECKING:
    from truceline.pipeline.mapping_files import Mapped

LEFT_OPEN = 1


@app.command(name="map")
def map_table(
    file: Annotated[Path, Parameter(help="A table: CSV, XLSX, JSON, GeoJSON, KML or GeoPackage.")],
    *,
    out: Annotated[Path | None, Parameter(help="Where to write the mapping. Default: FILE with .mapping.yaml.")] = None,
    sheet: Annotated[str, Parameter(help="Which sheet of a workbook or GeoPackage. Default: the first table.")] = "",
    table: Annotated[
        Literal["reports", "coverage", "tallies"] | None, Parameter(help="What a row is. Default: as it looks.")
    ] = None,
    dates: Annotated[str, Parameter(help="The order of dates, where you know it: DD/MM/YYYY.")] = "",
    zone: Annotated[str, Parameter(help="The IANA zone of its local times. Default: the agreement's.")] = "",
    encoding: Annotated[str | None, Parameter(help="The encoding, where the guess is wrong.")] = None,
    yes: Annotated[bool, Parameter(negative="", help="Accept every proposal without asking.")] = False,
    force: Annotated[bool, Parameter(negative="", help="Write over a mapping that is there.")] = False,
    preview: Annotated[int, Parameter(help="How many rows to show as they would be read.")] = 3,
    json: Json = False,
) -> int:
    """Propose a mapping for a table of no known form, ask what only you can know, write it and try it.

    Without a terminal nothing is asked: the proposal is written and its questions are listed. Exit 1 where
    questions are left open, or no row can be read yet.
    """
    from truceline.pipeline.mapping_files import instead, mapped, opening, with_steps, write_mapping
    from truceline.pipeline.mapping_files import plain as as_plain

    path = out or file.with_name(f"{file.stem}.mapping.yaml")
    _refuse_early(path, force)
    with shown_progress("looking at the table"):
        found = opening(file, sheet=sheet, table=table, encoding=encoding, dates=dates, zone=zone)
    answers = None
    asks = not yes and not json and sys.stdin.isatty() and sys.stdout.isatty()
    if asks:
        _introduce(found.opened.name, found.opened.known, f"{found.draft.table}: {found.draft.why}")
        talked = converse(found.draft.steps, typed, say, lambda step, name: instead(found, step, name))
        if talked is None:
            complain("Left without writing a mapping.", "")
            return LEFT_OPEN
        found, answers = with_steps(found, talked.steps), talked.answers
    with shown_progress("trying the mapping") as tell:
        made = mapped(found, answers, accepted=asks or yes, show=max(0, min(preview, 100)), tell=tell)
    write_mapping(path, made.text, force=force)
    if json:
        print_json(as_plain(made, path))
    else:
        _tell(made, path)
    return LEFT_OPEN if made.left or made.preview is None or not (made.preview.read or not made.preview.rows) else 0


def _refuse_early(path: Path, force: bool) -> None:
    """Before anything is asked."""
    from truceline.pipeline.mapping_files import write_mapping

    if path.exists() and not force:
        write_mapping(path, "", force=False)


def _introduce(name: str, known: str, table: str) -> None:
    if known:
        say(f"{safe(name)} is of the form {known}: it can be taken in without a mapping.")
    say(f"Taken as a table of {table}. If it is another, leave (q) and give --table.")
    say("A number chooses, Enter accepts the one with the star, =NAME takes another column, ? explains, b goes back.")


def _tell(made: "Mapped", path: Path) -> None:
    from truceline.pipeline.mapping_files import next_command, questions

    opened, draft = made.opening.opened, made.opening.draft
    if opened.known:
        say(f"{safe(opened.name)} is of the form {opened.known}: it can be taken in without a mapping.")
    sheet = f", sheet {safe(opened.sheet)!r}" if opened.sheet else ""
    say(f"{safe(opened.name)}{sheet}: {grouped(len(opened.table.rows))} rows, taken as {draft.table} ({draft.why}).")
    rows = [
        (step.field, cut(step.choices[answer].says), _share(step.choices[answer].read, step.choices[answer].of))
        for step, answer in zip(draft.steps, made.answers, strict=True)
    ]
    print_table(("field", "from", "read"), rows)
    _tell_preview(made)
    for question in questions(made):
        say(f"QUESTION  {safe(question)}")
    say(f"Wrote {plain(path)}: read it, each line says why.")
    say(f"Next: {plain(next_command(made, path))}")


def _tell_preview(made: "Mapped") -> None:
    if made.preview is None:
        say(f"No row can be read yet: {safe(made.lacks)}")
        return
    seen = made.preview
    for row in seen.shown:
        say(f"row {row.row}")
        say("  received  " + safe("; ".join(f"{name}: {cell}" for name, cell in row.received.items())))
        say("  read      " + safe("; ".join(f"{name}: {text}" for name, text in row.read.items()) or "refused"))
    where = seen.zone if made.opening.draft.zone else f"{seen.zone} here, in the agreement's zone when taken in"
    say(f"{grouped(seen.rows)} rows = {grouped(seen.read)} read + {grouped(seen.refused)} refused. Times: {where}.")
    for refusal in seen.first_refusals:
        said = f"{_ended(refusal.reason)} {refusal.mend}"
        say(f"  row {refusal.row}, column {cut(refusal.column)}: {safe(said)}")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _share(read: int, of: int) -> str:
    return f"{100 * read // of} % of {grouped(of)}" if of else ""
