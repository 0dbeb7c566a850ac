"""`map`: a table of any form opened, a mapping proposed, written with its reasons, and tried on every row."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec import Struct

from truceline.errors import FileNotRead
from truceline.intake.formats.mapped import mapped_format
from truceline.intake.mapping import Mapping, read_mapping
from truceline.intake.mapping_parts import Table
from truceline.intake.proposing.by_hand import instead as other_column
from truceline.intake.proposing.drafting import Draft, answers_of, chosen, not_used, proposed
from truceline.intake.proposing.opening import Opened, open_any
from truceline.intake.proposing.previewing import Preview, preview
from truceline.intake.proposing.step import Step
from truceline.intake.proposing.writing import written
from truceline.intake.reading import read_tables
from truceline.pipeline.layers import bytes_or_layers
from truceline.pipeline.progress import Progress, silent
from truceline.pipeline.publishing import write_whole
from truceline.pipeline.take_in import content_of
from truceline.vocabulary.when import zone_of

TABLES = ("reports", "coverage", "tallies")


class Opening(Struct, frozen=True):
    """A table with what is proposed for it. `content`: the file's bytes; `encoding`: as told, or None."""

    path: Path
    content: bytes
    encoding: str | None
    opened: Opened
    draft: Draft


def opening(
    path: Path,
    *,
    sheet: str = "",
    table: str | None = None,
    encoding: str | None = None,
    dates: str = "",
    zone: str = "",
) -> Opening:
    """Open a table and propose its mapping. Raises `FileNotRead`; `ValueNotRead` for an order of dates or a zone."""
    if table is not None and table not in TABLES:
        raise FileNotRead(f"{table!r} is no table of Truceline's.", f"Write one of: {', '.join(TABLES)}.")
    zone_of(zone or "UTC")
    content = content_of(path)
    with bytes_or_layers(path.name, content) as received:
        opened = open_any(path.name, received, encoding=encoding, sheet=sheet)
    draft = proposed(opened, cast(Table | None, table), dates=dates, zone=zone)
    return Opening(path, content, encoding, opened, draft)


def instead(opening: Opening, step: Step, named: str) -> Step | None:
    """The step with a column that a person names, or None: `by_hand.instead`."""
    return other_column(opening.opened, step, named)


def with_steps(opening: Opening, steps: Sequence[Step]) -> Opening:
    """The table with its steps as they were answered."""
    return msgspec.structs.replace(opening, draft=msgspec.structs.replace(opening.draft, steps=tuple(steps)))


class Mapped(Struct, frozen=True):
    """The mapping of some answers: its text, what is left open, and what it makes of the rows.

    lacks: why no row can be read yet, "" where they can. left: the steps that a person still has to look at.
    """

    opening: Opening
    answers: tuple[int, ...]
    text: str
    left: tuple[Step, ...]
    preview: Preview | None
    lacks: str = ""


def mapped(
    opening: Opening, answers: Sequence[int] | None, *, accepted: bool, show: int, tell: Progress = silent
) -> Mapped:
    """The mapping of the answers (the proposals where there are none), tried on every row.

    accepted: somebody has looked at the proposals, or said yes to all: what only a person can know stays open.
    """
    draft = opening.draft
    given = answers_of(draft) if answers is None else list(answers)
    text = written(draft, given, opening.path.stem[:80] or "table", opening.path.name)
    left = tuple(
        step
        for step, answer in zip(draft.steps, given, strict=True)
        if (step.unsettled and answer == step.unanswered_choice) or (step.question and not accepted)
    )
    try:
        mapping = read_mapping("the proposed mapping", text.encode())
        mapped_format(mapping)
    except FileNotRead as error:
        return Mapped(opening, tuple(given), text, left, None, error.message)
    return Mapped(opening, tuple(given), text, left, _tried(opening, mapping, show, tell))


def _tried(opening: Opening, mapping: Mapping, show: int, tell: Progress) -> Preview:
    name = opening.path.name
    with bytes_or_layers(name, opening.content) as received:
        tables = read_tables(name, received, encoding=opening.encoding, mapping=mapping, sheet=opening.opened.sheet)
    ours = next((one for one in tables if one.sheet == opening.opened.sheet), tables[0])
    return preview(ours, mapping, show, tell)


def write_mapping(out: Path, text: str, *, force: bool) -> None:
    """Write the mapping file, whole or not at all. Raises `FileNotRead` where one is there and `force` is not said."""
    if out.exists() and not force:
        raise FileNotRead(f"{out} is there already.", "Give another --out, or --force to write over it.")
    write_whole(out, text.encode())


def next_command(made: Mapped, out: Path | None) -> str:
    """The command that takes the table in through this mapping."""
    words = ["truceline", "take-in", "MISSION", str(made.opening.path), "--mapping", str(out or "MAPPING.yaml")]
    if made.opening.encoding:
        words += ["--encoding", made.opening.encoding]
    if not any("source" in choice.fields for choice in chosen(made.opening.draft, made.answers)):
        words += ["--source", "ID"]
    return shlex.join(words)


def plain(made: Mapped, out: Path | None) -> dict[str, Any]:
    """As `map --json` prints it."""
    opened, draft = made.opening.opened, made.opening.draft
    return {
        "file": str(made.opening.path),
        "sheet": opened.sheet,
        "encoding": opened.table.encoding,
        "rows": len(opened.table.rows),
        "looked_at": len(opened.sample),
        "known_form": opened.known,
        "header": list(opened.header),
        "table": draft.table,
        "why": draft.why,
        "steps": [_step(step, answer) for step, answer in zip(draft.steps, made.answers, strict=True)],
        "questions": questions(made),
        "not_used": not_used(draft, made.answers, opened),
        "mapping": str(out) if out else None,
        "text": made.text,
        "lacks": made.lacks,
        "preview": made.preview,
        "next": next_command(made, out),
    }


def questions(made: Mapped) -> list[str]:
    """What a person has to look at before the mapping is used."""
    doubt = [made.opening.opened.doubt] if made.opening.opened.doubt else []
    return [*doubt, *[f"{step.field}: {step.question}" for step in made.left if step.question]]


def _step(step: Step, answer: int) -> dict[str, Any]:
    return {
        "field": step.field,
        "question": step.question,
        "open": step.unsettled,
        "answer": answer,
        "choices": [
            {"says": one.says, "reason": one.reason, "fields": one.fields, "settings": one.settings, "read": one.read,
             "of": one.of}
            for one in step.choices
        ],
    }  # fmt: skip
