"""`bulletin --record`: a bulletin is written, and the record says so: its bytes, cut and question, its recipients."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from truceline import __version__
from truceline.errors import ReadingError, not_written
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.missions import open_mission
from truceline.pipeline.publications import PAGE
from truceline.pipeline.publishing import page_of, write_whole
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.pipeline.spoken_acts import spoken
from truceline.pipeline.views import opened_for
from truceline.publication.bulletin import render
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.retraction import AskedThen, Published
from truceline.vocabulary.when import iso


@dataclass(frozen=True)
class Issue:
    """How a publication is entered: whose it is, its number, its recipients, and who signs."""

    by: str
    number: str
    to: Sequence[str]
    because: str = ""
    at: str | None = None
    sign: str | None = None


def recorded(
    path: Path, out: Path, asked: Asked, language: str, short: bool, issue: Issue, *, chance: Chance
) -> tuple[int, Entered]:
    """Write a bulletin and enter that it went out: its size in bytes, and the act. Nothing is written on a refusal."""
    asked = replace(asked, as_of=asked.as_of or iso(asked.now_us))
    with open_mission(path) as mission:
        known = cut_of(mission, asked)
    with opened_for(path, replace(asked, known=known)) as view:
        answer = ask(view, replace(asked, known=known))
        content = render(page_of(view, answer), language, short)
    refuse_unwritable(out)
    then = _question(asked, answer, language, short)
    with open_mission(path, write=True) as mission:
        words = spoken(mission, issue.by, issue.at, issue.because, asked.now_us)
        act = Published(
            issue.by, words.at, issue.number, PAGE, sha256(content).hexdigest(), known, issue.because,
            tuple(issue.to), asked=then,
        )  # fmt: skip
        entered = enter_act(mission, act, sign=issue.sign, now_us=asked.now_us, chance=chance)
    write_whole(out, content)
    return len(content), entered


def cut_of(mission: MissionFile, asked: Asked) -> str:
    """The cut that is asked, as SIZE:ROOT of the own log."""
    size = mission.resolve_cut(asked.known) if asked.known else mission.size
    at, root = mission.cut(size)[mission.origin]
    return f"{at}:{root}"


def _question(asked: Asked, answer: Answer, language: str, short: bool) -> AskedThen:
    agreement = answer.registered.pack.agreement
    if agreement.reading(answer.reading.id) != answer.reading:
        mend = "Register the reading, or publish under one of the agreement's: --reading."
        raise ReadingError("A page under a reading that is only in a file cannot be made again later.", mend)
    as_of = iso(answer.evaluated.question.as_of)
    return AskedThen(
        as_of, answer.reading.id, "ar" if language == "ar" else "en", short, asked.view, f"truceline {__version__}"
    )


def refuse_unwritable(out: Path) -> None:
    """Raise, before anything is entered, where a file could not be written."""
    if not os.access(out.parent, os.W_OK):
        raise not_written(out, OSError(0, "its folder is not there, or cannot be written to"))
