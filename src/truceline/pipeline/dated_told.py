"""`members` and `associated`: who belongs to a body, and whose force a force is, on a day and by whose word."""

from collections.abc import Callable, Sequence
from pathlib import Path

from truceline.compliance.dated_standings import DatedStanding, associations
from truceline.compliance.dated_standings import members as members_of
from truceline.pipeline.designated import Plain, Then, asked_moment, then, word_plain
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

Standings = Callable[[Then, int], Sequence[DatedStanding]]


def members(
    path: Path, reader: Reader, body: str, *, now_us: int, on: str | None = None, as_of: str | None = None,
    known: str | None = None,
) -> Plain:  # fmt: skip
    """The members of a body on a day, as known by `as_of`, at a cut."""

    def found(at: Then, instant: int) -> Sequence[DatedStanding]:
        return members_of(at.agreement, at.acts, body, instant, at.as_of)

    return _told(path, reader, body, found, now_us=now_us, on=on, as_of=as_of, known=known)


def associated(
    path: Path, reader: Reader, force: str, *, now_us: int, on: str | None = None, as_of: str | None = None,
    known: str | None = None,
) -> Plain:  # fmt: skip
    """Whose force the one so named is said to be. Being near somebody is no association."""

    def found(at: Then, instant: int) -> Sequence[DatedStanding]:
        return associations(at.agreement, at.acts, force, instant, at.as_of)

    return _told(path, reader, force, found, now_us=now_us, on=on, as_of=as_of, known=known)


def _told(
    path: Path, reader: Reader, asked: str, found: Standings, *, now_us: int, on: str | None, as_of: str | None,
    known: str | None,
) -> Plain:  # fmt: skip
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        zone = at.agreement.zone
        instant = asked_moment(at, on)
        return at.heading(path, reader) | {
            "on": iso(instant, zone), "asked": asked,
            "said": [_plain(one, zone) for one in found(at, instant)],
        }  # fmt: skip


def _plain(one: DatedStanding, zone: str) -> Plain:
    words = [word_plain(word, zone) for word in one.words]
    return {"name": one.name, "says": one.says, "by": one.by, "words": words}
