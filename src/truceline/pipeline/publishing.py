"""`bulletin`: a page gathered from an answer, through the gate, and written whole or not at all."""

import contextlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from truceline import __version__
from truceline.errors import NotReleased, ReadingError, not_written
from truceline.pipeline.comparing import all_foreseen
from truceline.pipeline.overlap import sources_of_page
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.pipeline.views import opened_for
from truceline.publication.bulletin import render
from truceline.publication.page import (
    Page,
    RefusedRow,
    RestrictionRow,
    SubmissionRow,
    TallyRow,
    Unresolved,
)
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import Audience, Reader, admit
from truceline.vocabulary.when import read_instant


def reader_for(audience: str | None) -> Reader:
    """The reader an audience names, if the gate admits it. Raises `NotReleased`; the default is nobody."""
    known = ", ".join(one.value for one in Audience)
    if audience is None:
        raise NotReleased(
            "Who is to read it? Nothing is released to anyone by default.",
            f"Say it with --audience internal (stamped on the page). Audiences: {known}.",
        )
    if audience not in list(Audience):
        raise NotReleased(f"{audience!r} is no audience.", f"Audiences: {known}.")
    return admit(Reader(Audience(audience)))


def bulletin(path: Path, out: Path, asked: Asked, language: str, short: bool = False) -> int:
    """Write the bulletin or its short form; its size in bytes. Raises `NotReleased`, `ReadingError`, `MissionError`."""
    with opened_for(path, asked) as mission:
        content = render(page_of(mission, ask(mission, asked)), language, short)
    write_whole(out, content)
    return len(content)


def page_of(mission: MissionFile, answer: Answer) -> Page:
    """Everything a bulletin shows, from an answer and the lists beside it. `ReadingError` where no day has begun."""
    evaluated, pack = answer.evaluated, answer.registered.pack
    if not evaluated.ledger.days:
        begins = pack.agreement.period.from_
        raise ReadingError(f"The ledger has no day yet: its period begins on {begins}.", "Give a later --as-of.")
    unresolved = evaluated.unresolved
    falling, awaited = all_foreseen(mission, answer)
    repeats = tuple((f"{key} repeats {target}", 1) for key, target in unresolved.repeats)
    return Page(
        mission=answer.mission.name,
        exercise=answer.exercise,
        reader=answer.reader,
        agreement=pack.agreement,
        reading=answer.reading,
        registered=registered_before(mission, answer),
        as_of=evaluated.question.as_of,
        cut={origin: (int(size), str(root)) for origin, (size, root) in answer.cut.items()},
        dated=mission.dated(answer.size),
        ledger=evaluated.ledger,
        incidents=evaluated.incidents,
        software=f"truceline {__version__}",
        clocks=answer.clocks,
        compared=answer.compared,
        falling=falling,
        awaited=awaited,
        geometry={
            area: [[(ring[:, 0], ring[:, 1]) for ring in polygon] for polygon in polygons]
            for area, polygons in pack.geometry.items()
        },
        exploratory=answer.exploratory,
        shared=answer.view == "shared",
        sources=sources_of_page(mission, answer),
        recalled=recalled_ids(mission, answer),
        unresolved=Unresolved(unresolved.names, unresolved.areas, repeats),
        **_lists(mission, answer),
    )


def registered_before(mission: MissionFile, answer: Answer) -> bool:
    """The reading was entered, and its entry covered by a dated head, before the first clock started."""
    dated = mission.dated(answer.registered.seq + 1)
    agreement = answer.registered.pack.agreement
    starts = [read_instant(clock.start, agreement.zone) for clock in agreement.clocks]
    return not answer.exploratory and dated is not None and bool(starts) and dated < min(starts)


def recalled_ids(mission: MissionFile, answer: Answer) -> list[tuple[str, int]]:
    """Each source with the number of its report ids under a recall in force; by name."""
    found = mission.columns("recall", ("source",), answer.reader, size=answer.size)
    return sorted(Counter(found["source"]).items())


def _lists(mission: MissionFile, answer: Answer) -> dict[str, Any]:
    reader, size = answer.reader, answer.size
    refused = [
        RefusedRow(file, row, column, value, reason, mend, sheet)
        for _, _, _, file, sheet, row, column, value, reason, mend, _ in mission.rows("refusal", reader, size=size)
    ]
    tallies = [
        TallyRow(source, area, start, end, of, low, best, high, method, words)
        for _, _, _, source, _, area, start, end, of, low, best, high, method, words, *_ in mission.rows(
            "tally", reader, size=size
        )
    ]
    submissions = [
        SubmissionRow(seq, file, source, rows, new, revised, refusals, held, form)
        for seq, _, file, _, form, _, _, source, rows, new, revised, refusals, held, *_ in mission.rows(
            "submission", reader, size=size
        )
    ]
    restrictions = [
        RestrictionRow(source, area, start, end, stopped_by, words)
        for _, _, source, _, _, area, start, end, status, stopped_by, words, *_ in mission.rows(
            "coverage", reader, size=size
        )
        if status == "stopped"
    ]
    return {"refusals": refused, "tallies": tallies, "submissions": submissions, "restrictions": restrictions}


def write_whole(out: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place. Raises `MissionError`."""
    write_pieces(out, [content])


def write_pieces(out: Path, pieces: Iterable[bytes]) -> int:
    """The same of a file that comes piece by piece; its size in bytes."""
    beside, size = None, 0
    try:
        handle, beside = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                size += file.write(piece)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(beside, 0o666 & ~mask)
        os.replace(beside, out)
        beside = None
    except OSError as error:
        raise not_written(out, error) from error
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                os.unlink(beside)
    return size
