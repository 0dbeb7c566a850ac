"""`instruments`: the stack of texts, on two time lines: when each held, and when it was known.

What is missing is shown as missing. An instrument whose existence is sealed is shown to the holders themselves alone.
"""

from pathlib import Path

from truceline.errors import ValueNotRead
from truceline.pipeline.designated import Plain, then
from truceline.vocabulary.agreement import Agreement, Instrument, Wording
from truceline.vocabulary.marking import Audience, Reader
from truceline.vocabulary.when import Interval, iso, read_instant


def instruments(
    path: Path, reader: Reader, instrument: str = "", *, now_us: int, as_of: str | None = None,
    known: str | None = None,
) -> Plain:  # fmt: skip
    """Each text with its effect at the instant, as plain values. Raises `ValueNotRead` for one that is not there."""
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        shown = shown_to(at.agreement, reader)
        if instrument and instrument not in {one.id for one in shown}:
            mend = f"It has: {', '.join(one.id for one in shown)}."
            raise ValueNotRead(f"{instrument!r} is no instrument of this agreement.", mend)
        wanted = [one for one in shown if instrument in ("", one.id)]
        known_ids = {one.id for one in shown}
        return at.heading(path, reader) | {
            "instruments": [_plain(one, shown, known_ids, at.agreement, at.as_of - 1) for one in wanted],
        }  # fmt: skip


def shown_to(agreement: Agreement, reader: Reader) -> list[Instrument]:
    """The instruments whose existence the reader may know of."""
    return [one for one in agreement.instruments if not one.sealed or reader.audience is Audience.INTERNAL]


def _plain(one: Instrument, shown: list[Instrument], known_ids: set[str], agreement: Agreement, as_of: int) -> Plain:
    zone = agreement.zone
    by = [later.id for later in shown if one.id in later.supersedes and _begins(later, zone, as_of)]
    known_from = one.known_from or ("" if one.publicity in ("secret", "published_later") else one.dated)
    return {
        "instrument": one.id, "title": one.title["en"], "dated": one.dated, "publicity": one.publicity,
        "sealed": one.sealed, "missing": one.missing, "languages": list(one.languages),
        "wordings": [_wording(text) for text in one.wordings],
        "effect": _effect(one, bool(by), zone, as_of), "in_force": _time(one.in_force, zone),
        "until": _time(one.until, zone), "known_from": known_from,
        "known": bool(known_from) and read_instant(known_from, zone) <= as_of,
        "recommits": [of for of in one.recommits if of in known_ids],
        "recommitted_by": [later.id for later in shown if one.id in later.recommits and _made(later, zone, as_of)],
        "supersedes": [of for of in one.supersedes if of in known_ids], "superseded_by": by,
        "terms": [term.id for term in agreement.terms if term.instrument == one.id],
        "source": one.cited.source, "tag": one.cited.tag, "note": one.cited.note,
    }  # fmt: skip


def _wording(text: Wording) -> Plain:
    return {
        "language": text.language, "version": text.version, "missing": text.missing,
        "translated_from": text.translated_from or "", "source": text.cited.source,
    }  # fmt: skip


def _made(one: Instrument, zone: str, as_of: int) -> bool:
    return Interval.from_text(one.dated, zone).start <= as_of


def _begins(one: Instrument, zone: str, as_of: int) -> bool:
    return one.in_force is not None and read_instant(one.in_force, zone) <= as_of


def _effect(one: Instrument, superseded: bool, zone: str, as_of: int) -> str:
    """Where it stands: not_made, no_effect_of_its_own, not_yet_in_force, in_force, superseded, ended."""
    if not _made(one, zone, as_of):
        return "not_made"
    if one.in_force is None:
        return "no_effect_of_its_own"
    if not _begins(one, zone, as_of):
        return "not_yet_in_force"
    if one.until is not None and read_instant(one.until, zone) <= as_of:
        return "ended"
    return "superseded" if superseded else "in_force"


def _time(text: str | None, zone: str) -> str:
    return "" if text is None else iso(read_instant(text, zone), zone)
