"""A dossier from a mission file: for the terminal, or as a page, through the gate, written whole or not at all."""

from pathlib import Path

from truceline import __version__
from truceline.pipeline.dossier import dossier
from truceline.pipeline.publishing import reader_for, write_whole
from truceline.pipeline.questions import Asked, View
from truceline.pipeline.views import opened_for
from truceline.publication.dossier_page import render
from truceline.vocabulary.dossier import Dossier
from truceline.vocabulary.marking import INTERNAL, Reader


def gathered(
    path: Path, case: str, *, now_us: int, known: str | None = None, view: View = "own", reader: Reader = INTERNAL
) -> Dossier:
    """The dossier of a case or of a report's incident. Raises `ValueNotRead` for what is neither, `MissionError`."""
    asked = Asked(reader, now_us, known=known, view=view)
    with opened_for(path, asked) as mission:
        return dossier(mission, reader, case, known if view == "own" else None)


def written(
    path: Path,
    case: str,
    out: Path,
    audience: str | None,
    language: str,
    *,
    now_us: int,
    known: str | None = None,
    view: View = "own",
) -> int:
    """Write the dossier's page; its size in bytes. Raises `NotReleased` for an audience that is not admitted."""
    reader = reader_for(audience)
    told = gathered(path, case, now_us=now_us, known=known, view=view, reader=reader)
    content = render(told, reader, language, f"truceline {__version__}")
    write_whole(out, content)
    return len(content)
