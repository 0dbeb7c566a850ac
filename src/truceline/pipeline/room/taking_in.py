"""Taking in, in the room: a file is looked at, its form recognised or mapped, and entered when somebody says so."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.proposing.previewing import Preview
from truceline.intake.proposing.step import Step
from truceline.pipeline.mapping_files import TABLES, Opening, mapped, opening
from truceline.pipeline.missions import open_mission, registered
from truceline.pipeline.room.incoming import taken_up, waiting
from truceline.pipeline.take_in import Taken, take_in
from truceline.store.pen import Chance
from truceline.vocabulary.role import Person

ROWS = 8
"""Rows shown before anything is entered."""
LONGEST = 120


class Looked(Struct, frozen=True):
    """A file that waits, looked at. known: the form that reads it without a mapping, or "".

    header, rows: as received, cells cut short. steps: what a person decides about a mapping, with the answers so far;
    questions: what only a person can know. preview: rows as they would be read; lacks: why none can be yet.
    """

    token: str
    name: str
    known: str
    encoding: str
    number: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str
    steps: tuple[tuple[Step, int], ...] = ()
    questions: tuple[str, ...] = ()
    preview: Preview | None = None
    lacks: str = ""


class Wished(Struct, frozen=True):
    """What a person said of the file: its source, what a row is, and an answer to each step (None: as proposed)."""

    source: str = ""
    table: str = ""
    answers: tuple[int, ...] | None = None


def look(mission: Path, token: str, wished: Wished) -> Looked:
    """The file that waits, as it would be taken in. Raises `FileNotRead`, `ValueNotRead`; nothing is entered."""
    path = waiting(mission, token)
    found = _opened(mission, path, wished)
    opened = found.opened
    plain = Looked(
        token, path.name, opened.known, opened.table.encoding, len(opened.table.rows), _cut(opened.header),
        tuple(_cut(row) for row in opened.sample[:ROWS]), found.draft.table,
    )  # fmt: skip
    if opened.known:
        return plain
    made = mapped(found, _answers(found, wished), accepted=wished.answers is not None, show=ROWS)
    asked = tuple(f"{step.field}: {step.question}" for step in made.left if step.question)
    return msgspec.structs.replace(
        plain, steps=tuple(zip(found.draft.steps, made.answers, strict=True)), questions=asked, preview=made.preview,
        lacks=made.lacks,
    )  # fmt: skip


def take(mission: Path, person: Person, token: str, wished: Wished, *, now_us: int, chance: Chance) -> Taken:
    """Take in the file that waits, signed with the person's key. Raises as `take_in`; then it goes on waiting."""
    with taken_up(mission, token) as path:
        found = _opened(mission, path, wished)
        mapping = None
        if not found.opened.known:
            made = mapped(found, _answers(found, wished), accepted=True, show=0)
            if made.preview is None or not made.preview.read:
                raise FileNotRead(made.lacks or "No row can be read so.", "Choose other columns, and look again.")
            mapping = path.parent.parent / f"{path.parent.name}.mapping.yaml"
            mapping.write_text(made.text, "utf-8")
        try:
            return take_in(
                mission, [path], source=wished.source or None, mapping=mapping, sign=person.key or None, now_us=now_us,
                chance=chance,
            )  # fmt: skip
        finally:
            if mapping is not None:
                mapping.unlink()


def _opened(mission: Path, path: Path, wished: Wished) -> Opening:
    if wished.table not in ("", *TABLES):
        raise ValueNotRead(f"{wished.table[:40]!r} is no table.", f"One of: {', '.join(TABLES)}.")
    with open_mission(mission) as held:
        zone = registered(held).pack.agreement.zone
    return opening(path, table=wished.table or None, zone=zone)


def _answers(found: Opening, wished: Wished) -> tuple[int, ...] | None:
    steps = found.draft.steps
    if wished.answers is None:
        return None
    fits = len(wished.answers) == len(steps)
    if not fits or any(not 0 <= one < len(step.choices) for one, step in zip(wished.answers, steps, strict=fits)):
        raise ValueNotRead("The answers do not fit the table.", "Look at the file again.")
    return wished.answers


def _cut(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell if len(cell) <= LONGEST else f"{cell[:LONGEST]}…" for cell in cells)
