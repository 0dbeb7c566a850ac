"""`screen`: which entries of a list a name may mean, by the list's own file, and what people decided on the name.

It proposes with scores and reasons; only an act `name` of a body decides.
"""

from pathlib import Path

from truceline.compliance.parties_named import maybe_meant, party_of
from truceline.compliance.standing import span_of
from truceline.errors import ValueNotRead
from truceline.intake.lists.un_sc import PublishedList
from truceline.matching.name_scores import scorer
from truceline.matching.screening import LEAST, Listed, Proposal, screened
from truceline.pipeline.designated import Plain, Then, then
from truceline.pipeline.lists import UN_SC, read_list
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.designation import ListVersion, NameDecided
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso, read_instant


def screen(
    path: Path, reader: Reader, name: str, file: Path, *, now_us: int, list_id: str = UN_SC, persons: bool = False,
    least: int = LEAST, as_of: str | None = None, known: str | None = None,
) -> Plain:  # fmt: skip
    """Proposals and decisions, as plain values. Raises `FileNotRead`, `ValueNotRead`, `MissionError`."""
    if not name.strip():
        raise ValueNotRead("A name is missing.", "Write the name as it was given, in whatever script.")
    published, digest = read_list(file, list_id)
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        asked = names_of(at.agreement, name, at.as_of)
        library = scorer(persons=persons)
        entries = {one.reference: Listed(one.kind, one.spellings()) for one in published.entries}
        found = screened(asked[0], entries, library, least, asked[1:])
        return at.heading(path, reader) | {
            "asked": name, "names": list(asked), "list": list_id, "version": published.made, "digest": digest,
            "held": _is_held(at, digest), "library": library.name if library else "", "least": least,
            "answers_for": _answers_for(at, published),
            "proposals": [_plain(one, published) for one in found],
            "decided": _decided(at, asked),
        }  # fmt: skip


def names_of(agreement: Agreement, name: str, instant: int) -> tuple[str, ...]:
    """The name, and those of the actor that the agreement knows by it, in every script: no name of a later time."""
    meant = maybe_meant(agreement, name) | {party_of(agreement, name, instant)[0]}
    actors = [one for one in agreement.actors if one.id in meant]
    named = [named for one in actors for named in one.names]
    used = [one.name for one in named if span_of(one.from_, one.to, agreement.zone)[0] <= instant]
    return tuple(dict.fromkeys([name.strip(), *used]))


def _is_held(at: Then, digest: str) -> bool:
    return any(isinstance(one.act, ListVersion) and one.act.digest == digest for one in at.acts)


def _answers_for(at: Then, published: PublishedList) -> str:
    """A list made after the as-of instant proposes nothing of that time by itself; the page says so."""
    return iso(read_instant(published.made), at.agreement.zone)


def _plain(one: Proposal, published: PublishedList) -> Plain:
    entry = next(entry for entry in published.entries if entry.reference == one.entry)
    return {
        "entry": one.entry, "kind": entry.kind, "list": entry.list, "listed_on": entry.listed_on,
        "name": entry.names[0] if entry.names else "", "spelling": one.spelling, "score": one.score,
        "reasons": list(one.reasons),
    }  # fmt: skip


def _decided(at: Then, asked: tuple[str, ...]) -> list[Plain]:
    folded = {name.strip().casefold() for name in asked}
    return [
        {"by": one.act.by, "name": one.act.name, "entry": one.act.entry, "says": one.act.says,
         "version": one.act.version, "from": one.act.from_ or "", "to": one.act.to or "",
         "said": iso(one.at, at.agreement.zone), "act": one.id}
        for one in at.acts
        if isinstance(one.act, NameDecided) and one.act.name.strip().casefold() in folded
    ]  # fmt: skip
