"""An act as the payload of an entry, and as rows of the read tables."""

from collections.abc import Sequence
from typing import Any

import msgspec

from truceline.pipeline.missions import ACT, StoredAct
from truceline.pipeline.recalls import recall, reinstate, take_back
from truceline.record.commit import Field
from truceline.record.plain_json import read_json
from truceline.store.pen import Pen
from truceline.vocabulary.act import Act, Coverage, Reinstatement, Withdrawal, kind_of
from truceline.vocabulary.clearance import Clearance
from truceline.vocabulary.counts_released import CountsReleased
from truceline.vocabulary.grading import Reliability
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.retraction import RecallHeld
from truceline.vocabulary.when import DAY, Interval, read_instant

WHO = ("act", "by", "at")
"""Fields of an act that may be released without its matter."""
PLACES, SALT, GEOMETRY = "places", "salt", "geometry"
APART = (PLACES, SALT, GEOMETRY)
"""Fields that stay sealed where the matter of an acceptance, an exhibit or a claim is released."""
_ABOUT = (
    "about", "clock", "comparison", "handle", "case", "report", "of", "number", "party", "name", "actor", "force",
    "body", "list",
)  # fmt: skip
"""What an act is of: the first of these that it has."""


def act_fields(act: Act, words: bytes) -> list[Field]:
    """The payload of an act: who and when, the matter, the reasons, and the words as they were written."""
    plain: dict[str, Any] = msgspec.to_builtins(act)
    who = {name: plain[name] for name in WHO}
    apart = [(name, plain.pop(name)) for name in APART if plain.get(name) is not None]
    matter = {name: value for name, value in plain.items() if name not in (*WHO, "because")}
    encode = msgspec.json.Encoder(order="sorted").encode
    parts = [("who", who), ("matter", matter), ("because", plain["because"]), *apart]
    return [*((name, encode(value)) for name, value in parts), ("words", words)]


def act_of(fields: Sequence[Field]) -> Act:
    """The act that an entry's payload holds."""
    by_name = dict(fields)
    plain = read_json(by_name["who"]) | read_json(by_name["matter"])
    plain |= {name: read_json(by_name[name]) for name in ("because", *APART) if by_name.get(name)}
    return msgspec.convert(plain, Act)  # type: ignore[no-any-return]


def insert_act(
    pen: Pen, seq: int, entry_id: str, act: Act, zone: str, supersedes: Sequence[int], abroad: Sequence[str] = ()
) -> None:
    """Put an act into the read tables, and what it supersedes out of force.

    abroad: ids of acts of other logs that it supersedes; they are noted, and put out of force by `settle_abroad`.
    """
    pen.insert(ACT, [act_row(seq, entry_id, act, zone)])
    pen.insert("revision", [(seq, part, one) for part, one in enumerate(abroad)])
    if supersedes:
        for table in (ACT, "coverage"):
            pen.supersede(table, supersedes, seq)
    if isinstance(act, Withdrawal):
        take_back(pen, supersedes, seq)
    if isinstance(act, RecallHeld):
        recall(pen, supersedes, (seq, entry_id, read_instant(act.at, zone), act.because))
    if isinstance(act, Reinstatement):
        reinstate(pen, act, seq)
    if isinstance(act, Coverage):
        pen.insert("coverage", [coverage_row(seq, entry_id, act, zone)])


def act_row(seq: int, entry_id: str, act: Act, zone: str) -> tuple[object, ...]:
    """An act as a row of the read table."""
    at = read_instant(act.at, zone)
    when = getattr(act, "when", None)
    stored = StoredAct(act, read_instant(when, zone) if when else at)
    named = (getattr(act, field, None) for field in _ABOUT)
    about = act.source if isinstance(act, Reliability) else next((text for text in named if text), "")
    if isinstance(act, Judgement):
        about = " ".join(act.reports)
    if isinstance(act, Clearance | CountsReleased):
        about = act.to.value
    return (seq, entry_id, kind_of(act), act.by, about, at, msgspec.json.encode(stored, order="sorted").decode(), None)


def coverage_row(seq: int, entry_id: str, act: Coverage, zone: str) -> tuple[object, ...]:
    """What an act says of coverage, as a row of that read table."""
    start, end = span_of(act, zone)
    return (
        seq, entry_id, act.source, f"act/{entry_id[:16]}", act.origin, act.area, start, end,
        act.status, act.stopped_by, act.because, "[]", seq, 0, None,
    )  # fmt: skip


def span_of(act: Coverage, zone: str) -> tuple[int, int]:
    """[from, to) of a coverage act; a date in `to` is the end of that day. Raises `ValueNotRead`."""
    start, end = Interval.from_text(act.from_, zone), Interval.from_text(act.to, zone)
    whole_days = end.end - end.start > DAY // 2
    span = Interval(start.start, end.end if whole_days else end.start, f"{act.from_}/{act.to}", zone)
    return span.start, span.end
