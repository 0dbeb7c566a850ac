"""What `excluded`, `associated`, `members`, `screen` and `instruments` share: a mission at a cut and an instant."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.compliance.dated_words import DatedWord
from truceline.compliance.standing import EVER
from truceline.pipeline.acts_then import acts_then
from truceline.pipeline.instants import asked_instant, no_later
from truceline.pipeline.missions import open_mission, registered
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso, read_instant

Plain = dict[str, Any]


@dataclass(frozen=True)
class Then:
    """A mission at a cut, as of an instant: the agreement, and the acts known and held before it (or by now)."""

    mission: MissionFile
    size: int
    agreement: Agreement
    as_of: int
    acts: Sequence[ActHeld]

    def heading(self, path: Path, reader: Reader) -> Plain:
        """What every answer says of itself."""
        return {
            "mission": path.name, "exercise": self.mission.exercise, "audience": reader.audience.value,
            "agreement": {"pack": self.agreement.pack, "version": self.agreement.version},
            "as_of": iso(self.as_of, self.agreement.zone), "cut": self.mission.cut(self.size),
        }  # fmt: skip


@contextmanager
def then(path: Path, reader: Reader, *, now_us: int, as_of: str | None, known: str | None) -> Iterator[Then]:
    """The mission as it was known. Raises `AfterTheCut` for an instant that has not come, `MissionError`."""
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        agreement = registered(mission, size).pack.agreement
        at = asked_instant(mission, agreement.zone, now_us=now_us, as_of=as_of, known=known)
        last = at if as_of is None else at - 1
        yield Then(mission, size, agreement, at, acts_then(mission, reader, size, last))


def asked_moment(at: Then, on: str | None) -> int:
    """The moment that is asked about: the start of what `on` names, or the last before the as-of instant.

    Raises `AfterTheCut` for one that comes later than that.
    """
    if on is None:
        return at.as_of - 1
    no_later(on, at.agreement.zone, at.as_of)
    return read_instant(on, at.agreement.zone)


def word_plain(word: DatedWord, zone: str) -> Plain:
    """A word with its author and its time, as plain values; "" where it has no beginning or end."""
    return {
        "by": word.by, "says": word.says, "from": _time(word.start, zone), "to": _time(word.end, zone),
        "said": iso(word.said, zone), "act": word.act,
    }  # fmt: skip


def _time(instant: int, zone: str) -> str:
    return "" if instant in EVER else iso(instant, zone)
