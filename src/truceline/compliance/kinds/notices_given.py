"""Notices as one body holds them: whose, of what, for when, since when; and whether one covers a matter."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import UNSET

from truceline.compliance.kinds.by_body import is_of, trusted
from truceline.compliance.standing import folded
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.conduct import Notice, PlaceHeld
from truceline.vocabulary.when import read_as_of, read_instant

EVER = 1 << 62


@dataclass(frozen=True)
class NoticeHeld:
    """One notice, by its number. given, [start, end): UTC microseconds. acknowledged: by these bodies.

    withdrawn: from when on it is taken back, None while it stands. acts: all that was said of it.
    """

    number: str
    by: str
    party: str
    what: str
    given: int
    start: int
    end: int
    to: str
    place: PlaceHeld | None
    acknowledged: tuple[str, ...]
    withdrawn: int | None
    acts: tuple[str, ...]


def notices_of(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> list[NoticeHeld]:
    """Every notice given by `as_of`, one for each number and body that entered it, in the order they were given."""
    said = sorted((one for one in acts if isinstance(one.act, Notice) and one.at <= as_of), key=lambda o: (o.at, o.seq))
    found = [
        _notice(one, one.act, said, agreement.zone)
        for one in said
        if isinstance(one.act, Notice) and one.act.says == "given"
    ]
    return sorted(found, key=lambda one: (one.given, one.number, one.acts))


def _notice(first: ActHeld, act: Notice, said: Sequence[ActHeld], zone: str) -> NoticeHeld:
    later = [one for one in said if isinstance(one.act, Notice) and one.act.number == act.number]
    back = [one.at for one in later if _says(one, "withdrawn") and one.act.by == act.by and one.at >= first.at]
    seen = tuple(dict.fromkeys(one.act.by for one in later if _says(one, "acknowledged")))
    return NoticeHeld(
        act.number, act.by, act.party, "" if act.what is UNSET else act.what, first.at,
        first.at if act.start is UNSET else read_instant(act.start, zone),
        EVER if act.end is UNSET else read_as_of(act.end, zone),
        "" if act.to_body is UNSET else act.to_body, None if act.place is UNSET else act.place,
        seen, min(back, default=None), (first.id, *(one.id for one in later if not _says(one, "given"))),
    )  # fmt: skip


def _says(one: ActHeld, word: str) -> bool:
    return isinstance(one.act, Notice) and one.act.says == word


def covers(
    notice: NoticeHeld, agreement: Agreement, finding: Finding, span: tuple[int, int], *, party: str, body: str,
    before_us: int, to: Sequence[str],
) -> int:  # fmt: skip
    """Whether a notice was given of what was found: by the party, of that kind, there and then, early enough, to them.

    before_us: how long before the start. As `body` holds it: what the party alone, or another, entered is a claim.
    """
    answers = [
        is_of(agreement, notice.party, party, notice.given), _what(notice, finding), _then(notice, span, before_us),
        _where(notice.place, finding), _to(notice, to), _believed(notice, agreement, body),
    ]  # fmt: skip
    return min(answers)


def _what(notice: NoticeHeld, finding: Finding) -> int:
    if not notice.what or finding.kind is UNSET:
        return MAYBE
    return SURELY if notice.what == finding.kind else NO


def _then(notice: NoticeHeld, span: tuple[int, int], before_us: int) -> int:
    """Inside the notice's time, and the notice so long before; taken back before it began, it covers nothing."""
    start, end = span
    if notice.withdrawn is not None and notice.withdrawn <= start:
        return NO
    if end <= notice.start or notice.end <= start or end - 1 < notice.given + before_us:
        return NO
    inside = notice.start <= start and end <= notice.end and notice.given + before_us <= start
    return SURELY if inside and notice.withdrawn is None else MAYBE


def _where(noticed: PlaceHeld | None, finding: Finding) -> int:
    """A notice without a place is of any. The same area, or the same position, is the same place; else it is open."""
    if noticed is None:
        return SURELY
    if finding.place is UNSET:
        return MAYBE
    pairs = [(noticed.area, finding.place.area), (noticed.position, finding.place.position)]
    same = [folded(one) == folded(two) for one, two in pairs if one is not UNSET and two is not UNSET]
    return SURELY if same and all(same) else MAYBE


def _to(notice: NoticeHeld, to: Sequence[str]) -> int:
    if not to or notice.to in to or set(notice.acknowledged) & set(to):
        return SURELY
    return NO if notice.to else MAYBE


def _believed(notice: NoticeHeld, agreement: Agreement, body: str) -> int:
    believed = trusted(agreement, body)
    return SURELY if notice.by in believed or set(notice.acknowledged) & believed else MAYBE
