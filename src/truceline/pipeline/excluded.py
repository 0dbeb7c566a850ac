"""`excluded`: whether each instrument excludes the one so named at a time, with the reasons. Of nobody else."""

from pathlib import Path

from truceline.compliance.dated_words import hearers
from truceline.compliance.excluding import Excluded, Exclusions
from truceline.compliance.parties_named import party_of
from truceline.errors import ValueNotRead
from truceline.pipeline.designated import Plain, Then, asked_moment, then, word_plain
from truceline.pipeline.exclusion_words import in_words
from truceline.vocabulary.agreement import Instrument
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.trace import Trace
from truceline.vocabulary.when import iso


def excluded(
    path: Path, reader: Reader, actor: str, *, now_us: int, instrument: str = "", on: str | None = None,
    as_of: str | None = None, known: str | None = None,
) -> Plain:  # fmt: skip
    """Per instrument: excluded, not excluded, disputed or unknown on that day, as known by `as_of`, at a cut.

    Raises `ValueNotRead` for an instrument that is not there, `AfterTheCut` for a time that has not come.
    """
    if not actor.strip():
        raise ValueNotRead("Exclusions are told of one actor at a time.", "Name it: no list of all is made.")
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        instant = asked_moment(at, on)
        asked = _asked(at, instrument)
        exclusions = Exclusions(at.agreement, at.acts, at.as_of)
        found, name = party_of(at.agreement, actor, instant)
        zone = at.agreement.zone
        return at.heading(path, reader) | {
            "on": iso(instant, zone), "asked": actor, "actor": found, "name": name,
            "instruments": [_plain(at, exclusions, actor, one, instant) for one in asked],
            "words": [
                {"kind": kind, "of": of} | word_plain(word, zone) for kind, of, word in exclusions.words(actor, instant)
            ],
        }  # fmt: skip


def _asked(at: Then, instrument: str) -> list[Instrument]:
    known = at.agreement.instruments
    if instrument and instrument not in {one.id for one in known}:
        mend = f"It has: {', '.join(one.id for one in known)}."
        raise ValueNotRead(f"{instrument!r} is no instrument of this agreement.", mend)
    return [one for one in known if instrument in ("", one.id)]


def _plain(at: Then, exclusions: Exclusions, actor: str, one: Instrument, instant: int) -> Plain:
    held = exclusions.held(actor, one.id, instant)
    each = {body: exclusions.held(actor, one.id, instant, body) for body in hearers(at.agreement, None)}
    return {
        "instrument": one.id, "title": one.title["en"], "answer": held.answer,
        "by": {body: own.answer for body, own in each.items()}, "reasons": _reasons(held),
    }  # fmt: skip


def _reasons(held: Excluded) -> list[Plain]:
    return [
        {"code": one.code, "says": in_words(one), "acts": list(one.acts)} for top in held.grounds for one in _flat(top)
    ]


def _flat(trace: Trace) -> list[Trace]:
    return [trace, *(one for part in trace.parts for one in _flat(part))]
