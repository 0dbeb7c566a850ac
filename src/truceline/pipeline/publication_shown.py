"""One publication: as published, as now known, made again at its cut; and whose bytes a file has."""

from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from pathlib import Path

from truceline import __version__
from truceline.errors import ActError
from truceline.pipeline.missions import registered
from truceline.pipeline.publications import PAGE, Numbered, Plain, asked_then, both_ways, listed, number_of, published
from truceline.pipeline.publishing import page_of, write_whole
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.views import opened_for
from truceline.publication.bulletin import render
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.retraction import AskedThen


def made_again(path: Path, held: ActHeld, reader: Reader, now_us: int) -> bytes:
    """The bytes of a bulletin made again at its cut. Raises `ActError` for what is no bulletin."""
    act = published(held)
    if act.what != PAGE or not isinstance(act.asked, AskedThen):
        raise ActError(f"{act.number} is no bulletin that can be made again.", "Verify the file: --verify FILE")
    asked = asked_then(act, reader, now_us)
    with opened_for(path, asked) as mission, _as_it_was_dated(mission, asked, held.seq):
        return render(page_of(mission, ask(mission, asked)), act.asked.language, act.asked.short)


def _as_it_was_dated(mission: MissionFile, asked: Asked, size: int) -> AbstractContextManager[None]:
    """A view that all share is dated by nobody."""
    return mission.heads_until(size) if asked.view == "own" else nullcontext()


def shown(
    path: Path, number: str, reader: Reader, now_us: int, verify: Path | None = None, again: Path | None = None
) -> Plain:
    """One publication: its figures as published and as now known.

    verify: which of its issues are these bytes; again: make the first of them again, into this file.
    """
    with opened_for(path, Asked(reader, now_us)) as mission:
        zone = registered(mission).pack.agreement.zone
        one = number_of(mission, reader, number)
        told = listed(path, mission, one, reader, now_us, zone)
        head = {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "cut": mission.cut(mission.size),
        }  # fmt: skip
    as_published, as_known = both_ways(path, one.first, reader, now_us)
    return {
        **head, **told, "as_published": as_published, "as_now_known": as_known,
        "verified": {} if verify is None else _verified(one, verify),
        "again": {} if again is None else _again(path, one, reader, now_us, again),
    }  # fmt: skip


def _verified(one: Numbered, file: Path) -> Plain:
    try:
        digest = sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise ActError(f"{file} cannot be read: {error.strerror}.", "Check the path.") from error
    same = [held.id for held in (one.first, *one.corrections) if published(held).sha256 == digest]
    return {"file": str(file), "sha256": digest, "is": same[-1] if same else "", "latest": same[-1:] == [one.last.id]}


def _again(path: Path, one: Numbered, reader: Reader, now_us: int, out: Path) -> Plain:
    content = made_again(path, one.first, reader, now_us)
    write_whole(out, content)
    act, software = published(one.first), f"truceline {__version__}"
    then = act.asked.software if isinstance(act.asked, AskedThen) else ""
    digest = sha256(content).hexdigest()
    why = "" if then == software else f"It was made by {then}, and this is {software}."
    return {"file": str(out), "sha256": digest, "same": digest == act.sha256, "why": why}
