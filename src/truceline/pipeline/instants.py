"""The instant a question is asked about: never after the cut it is asked at, and never after now.

What the agreement says of somebody is answered about what has been. Asked about tomorrow, it would be a
list of who may be struck then; so no command computes it (`docs/explanation/outcomes.md`).
"""

from truceline.errors import AfterTheCut
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.when import iso, read_as_of, read_instant


def asked_instant(
    mission: MissionFile, zone: str, *, now_us: int, as_of: str | None = None, known: str | None = None
) -> int:
    """The instant (UTC microseconds) that is meant: as_of, local to `zone`; without it the newest one there is.

    The newest is now, or the time of the cut `known`: the one it names, or until when no head had more entries. A date
    is asked about as far as it has come. Raises `AfterTheCut` for a later instant, `ValueNotRead` for what is none.
    """
    return no_later(as_of, zone, newest_instant(mission, now_us, known), is_cut=known is not None)


def newest_instant(mission: MissionFile, now_us: int, known: str | None = None) -> int:
    """The newest instant of which the record, known at that cut, can tell anything."""
    at = mission.time_of_cut(known) if known else None
    return now_us if at is None else min(at, now_us)


def no_later(as_of: str | None, zone: str, newest: int, *, is_cut: bool = False) -> int:
    """The same, where the newest instant is known. Raises the same."""
    if as_of is None:
        return newest
    if read_instant(as_of, zone) > newest:
        what = f"comes after the cut, which is of {iso(newest, zone)}" if is_cut else "has not come yet"
        raise AfterTheCut(f"{as_of!r} {what}.", f"Only what has been is told: give a time up to {iso(newest, zone)}.")
    return min(read_as_of(as_of, zone), newest)
