"""`steps --svg`: what waits for what as a picture, in a file of its own."""

from pathlib import Path

from truceline.compliance.steps.graph import columns, waits_for
from truceline.pipeline.publishing import reader_for, write_whole
from truceline.pipeline.questions import Asked
from truceline.pipeline.steps_told import StepsStanding, steps_standing
from truceline.pipeline.views import opened_for
from truceline.publication.languages import words_for
from truceline.publication.steps_picture import StepDrawn, foot, picture
from truceline.vocabulary.marking import TLP
from truceline.vocabulary.when import iso


def steps_drawn(path: Path, asked: Asked, out: Path, audience: str | None, language: str) -> int:
    """Write the picture of all steps; its size in bytes. Raises `NotReleased` for an audience that is not admitted."""
    reader = reader_for(audience)
    words = words_for(language)
    with opened_for(path, asked) as mission:
        size = mission.resolve_cut(asked.known) if asked.known and asked.view == "own" else mission.size
        at = steps_standing(mission, asked, size)
        cut = ", ".join(f"{origin} {entries}:{str(root)[:16]}" for origin, (entries, root) in mission.cut(size).items())
        below = foot(iso(at.as_of, at.agreement.zone), cut, TLP[reader.audience], words, exercise=mission.exercise)
        content = picture(drawn(at), words, at.agreement.title, below).encode()
    write_whole(out, content)
    return len(content)


def drawn(at: StepsStanding) -> list[StepDrawn]:
    """The steps of a mission as the picture takes them."""
    names = {party.id: party.name for party in at.agreement.parties}
    names |= {body.id: body.name for body in at.agreement.bodies}
    column = columns(at.agreement.steps)
    return [
        StepDrawn(
            one.id, one.title, tuple(names[name] for name in one.obliged), at.jointly[one.id].state.value,
            column[one.id], waits_for(one), overdue=at.jointly[one.id].overdue, contested=at.jointly[one.id].contested,
        )
        for one in at.agreement.steps
    ]  # fmt: skip
