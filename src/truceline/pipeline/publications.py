"""`publications`: what went out, at which cut and to whom; what of it rests on reports that no longer count.

As published: the question of a page asked again at its cut. As now known: the same question asked of all that is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from truceline.errors import ActError, ReadingError, RecordBroken, ValueNotRead
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.pipeline.report_refs import known as known_reports
from truceline.pipeline.told_figures import Figures, differing, figures
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.retraction import AskedThen, Published, RecallHeld
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
PAGE: Literal["bulletin"] = "bulletin"


@dataclass(frozen=True)
class Numbered:
    """Everything that went out under one number: the first, then its corrections in the order of their saying."""

    number: str
    first: ActHeld
    corrections: tuple[ActHeld, ...]

    @property
    def last(self) -> ActHeld:
        """What went out last."""
        return self.corrections[-1] if self.corrections else self.first

    @property
    def recipients(self) -> list[str]:
        """Whoever was ever given any of it, in that order."""
        return list(dict.fromkeys(who for one in (self.first, *self.corrections) for who in published(one).to))

    @property
    def outstanding(self) -> list[str]:
        """Who was given an earlier one and not the last."""
        return [who for who in self.recipients if who not in published(self.last).to]


def published(held: ActHeld) -> Published:
    """The act itself."""
    assert isinstance(held.act, Published)
    return held.act


def numbered(mission: MissionFile, reader: Reader) -> list[Numbered]:
    """What went out, by number, in the order in which it first did."""
    said = [one for one in acts_that_count(mission, reader, mission.size) if isinstance(one.act, Published)]
    firsts = [one for one in said if published(one).corrects is None]
    corrections: dict[str, list[ActHeld]] = {}
    for one in sorted(said, key=lambda one: (one.at, one.seq)):
        if published(one).corrects is not None:
            corrections.setdefault(published(one).number, []).append(one)
    return [Numbered(published(one).number, one, tuple(corrections.get(published(one).number, ()))) for one in firsts]


def number_of(mission: MissionFile, reader: Reader, number: str) -> Numbered:
    """The publication of that number. Raises `ValueNotRead`."""
    found = [one for one in numbered(mission, reader) if one.number == number]
    if not found:
        raise ValueNotRead(f"{number!r} is the number of no publication.", "See: truceline publications MISSION")
    return found[0]


def publications(path: Path, reader: Reader, now_us: int) -> Plain:
    """The list as plain values, with what each rests on that no longer counts, and what differs now."""
    with opened_for(path, Asked(reader, now_us)) as mission:
        zone = registered(mission).pack.agreement.zone
        rows = [listed(path, mission, one, reader, now_us, zone) for one in numbered(mission, reader)]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "cut": mission.cut(mission.size), "publications": rows,
        }  # fmt: skip


def listed(path: Path, mission: MissionFile, one: Numbered, reader: Reader, now_us: int, zone: str) -> Plain:
    """Everything that went out under a number, what of it has gone, and what differs now."""
    gone = gone_since(mission, reader, published(one.last).known)
    differ = changed(path, one.last, reader, now_us) if gone else []
    return {
        **plainly(one.first, zone), "corrections": [plainly(held, zone) for held in one.corrections],
        "affected": bool(differ), "gone": gone, "figures": differ, "recipients": one.recipients,
        "outstanding": one.recipients if differ else one.outstanding,
    }  # fmt: skip


def plainly(held: ActHeld, zone: str) -> Plain:
    """One thing that went out."""
    act = published(held)
    asked = act.asked if isinstance(act.asked, AskedThen) else None
    return {
        "number": act.number, "what": act.what, "id": held.id, "by": act.by, "at": iso(held.at, zone),
        "sha256": act.sha256, "known": act.known, "because": act.because, "to": list(act.to),
        "as_of": asked.as_of if asked else "", "reading": asked.reading if asked else "",
    }  # fmt: skip


def gone_since(mission: MissionFile, reader: Reader, known: str) -> list[Plain]:
    """The reports that counted at a cut and no longer do as they stood then: recalled, or revised; with who and why."""
    try:
        size = mission.resolve_cut(known)
    except (ValueNotRead, RecordBroken):
        return []
    then, now = (mission.numbers("report", ["seq"], reader, size=at, absent=0)["seq"] for at in (size, mission.size))
    places = np.flatnonzero(~np.isin(then, now))
    if not len(places):
        return []
    ids = mission.texts("report", ["id"], reader, size=size)["id"]
    return _gone(mission, reader, [ids[at] for at in places.tolist()])


def _gone(mission: MissionFile, reader: Reader, ids: Sequence[str]) -> list[Plain]:
    held = known_reports(mission, reader, ids)
    said = {
        known.key: one
        for one in acts_that_count(mission, reader, mission.size)
        if isinstance(one.act, RecallHeld)
        for known in known_reports(mission, reader, [one.act.of]).values()
    }
    made = []
    for entry in ids:
        now = held.get(entry)
        if now is None or (now.in_force and now.id == entry):
            continue
        by = None if now.in_force else said.get(now.key)
        made.append({
            "report": now.key, "id": entry, "how": "revised" if now.in_force else "recalled",
            "by": by.act.by if by else "", "because": by.act.because if by else "",
            "asked_by": by.act.asked_by if by and isinstance(by.act, RecallHeld) else "source",
        })  # fmt: skip
    return made


def changed(path: Path, held: ActHeld, reader: Reader, now_us: int) -> list[dict[str, str]]:
    """The figures of a publication that are others now; none where it did not say what it was asked."""
    then, now = both_ways(path, held, reader, now_us)
    return differing(then, now, ("published", "now"))


def both_ways(path: Path, held: ActHeld, reader: Reader, now_us: int) -> tuple[Figures, Figures]:
    """The figures of a publication as it gave them, and as they are now known; none where its cut is another log's."""
    act = published(held)
    if not isinstance(act.asked, AskedThen):
        return {}, {}
    asked = asked_then(act, reader, now_us)
    try:
        return figures(answer_to(path, asked)), figures(answer_to(path, replace(asked, known=None)))
    except (ValueNotRead, RecordBroken, ReadingError):
        return {}, {}


def asked_then(act: Published, reader: Reader, now_us: int) -> Asked:
    """What a publication was asked, at its cut."""
    if not isinstance(act.asked, AskedThen):
        raise ActError(f"{act.number} does not say what it was asked.", "Only what `bulletin --record` entered does.")
    return Asked(reader, now_us, act.asked.as_of, act.known, act.asked.reading, act.asked.view)


def answer_to(path: Path, asked: Asked) -> Answer:
    """The answer, in the view that was asked."""
    with opened_for(path, asked) as mission:
        return ask(mission, asked)
