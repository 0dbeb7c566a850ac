"""`notices`: what parties said beforehand that they would do, to whom, and who has it. None permits anything."""

from pathlib import Path

from msgspec import UNSET

from truceline.compliance.kinds.notices_given import EVER, NoticeHeld, notices_of
from truceline.pipeline.designated import Plain, then
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import HOUR, iso


def notices_told(
    path: Path, reader: Reader, *, now_us: int, as_of: str | None = None, known: str | None = None
) -> Plain:
    """Every notice given by then, those that are not over first. Positions are not told, only areas."""
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        found = notices_of(at.agreement, at.acts, at.as_of)
        found.sort(key=lambda one: (_state(one, at.as_of) != "given", one.given, one.number))
        return at.heading(path, reader) | {"notices": [_notice(one, at.agreement, at.as_of) for one in found]}


def _state(one: NoticeHeld, as_of: int) -> str:
    if one.withdrawn is not None:
        return "withdrawn"
    return "over" if one.end <= as_of else "given"


def _notice(one: NoticeHeld, agreement: Agreement, as_of: int) -> Plain:
    zone = agreement.zone
    area = one.place.area if one.place is not None and one.place.area is not UNSET else ""
    return {
        "number": one.number, "party": one.party, "by": one.by, "to": one.to, "what": one.what,
        "state": _state(one, as_of), "given": iso(one.given, zone), "from": iso(one.start, zone),
        "until": "" if one.end == EVER else iso(one.end, zone), "hours_before": (one.start - one.given) // HOUR,
        "area": area, "acknowledged": list(one.acknowledged),
        "withdrawn": "" if one.withdrawn is None else iso(one.withdrawn, zone), "acts": list(one.acts),
    }  # fmt: skip
