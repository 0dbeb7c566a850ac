"""What the stack of texts says: parties, actors and their names, instruments, terms, areas."""

from collections.abc import Iterator

import msgspec

from truceline.compliance.cross_checks.pointing import (
    Wrong,
    all_known,
    known,
    runs_forward,
    some_known,
    time_read,
    used_once,
    used_once_in,
)
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement, Named
from truceline.vocabulary.designation import LISTS
from truceline.vocabulary.holding import OWN, Policy, contradictions
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.plain_yaml import Path
from truceline.vocabulary.when import read_instant

CIVILIANS = "civilians"
_EVER, _NEVER = -(2**62), 2**62


def texts(agreement: Agreement) -> Iterator[Wrong]:
    """All words have English, and none is empty."""
    yield from _walk(agreement, ())


def _walk(value: object, path: Path) -> Iterator[Wrong]:
    if isinstance(value, Policy):
        return  # its names are sides and bodies, and no words for readers
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            if field.name == "rule" and isinstance(value, Obligation):
                continue  # its shape is its clause kind's
            yield from _walk(getattr(value, field.name), (*path, field.encode_name))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _walk(part, (*path, i))
    elif isinstance(value, dict):
        if not value.get("en"):
            yield path, "has no English (en)"
        yield from (((*path, key), "is empty") for key, words in value.items() if not words.strip())


def ids(agreement: Agreement) -> Iterator[Wrong]:
    """Ids are unique in their list, and there is something to look at."""
    yield from (((name,), "is empty") for name in ("areas", "indicators") if not getattr(agreement, name))
    lists = "parties actors bodies instruments terms areas indicators readings clocks comparisons".split()
    for name in lists:
        yield from used_once(name, [part.id for part in getattr(agreement, name)])
    taken = {area.id for area in agreement.areas}
    yield from used_once("area_groups", [group.id for group in agreement.area_groups], taken)
    yield from (
        (("parties", i, "id"), "is kept for unarmed people")
        for i, party in enumerate(agreement.parties)
        if party.id == CIVILIANS
    )


def actors(agreement: Agreement) -> Iterator[Wrong]:
    """Parties exist and fit the status; names have dates that run forward."""
    parties = {party.id for party in agreement.parties}
    for i, actor in enumerate(agreement.actors):
        if actor.party is not None:
            yield from known(("actors", i, "party"), actor.party, parties, "party")
        if actor.status == "bound" and actor.party is None:
            yield ("actors", i), "is bound and has no party"
        if actor.status in ("third", "civilians") and actor.party is not None:
            yield ("actors", i, "party"), f"has a party and is of status {actor.status}"
        for j, named in enumerate(actor.names):
            yield from runs_forward(("actors", i, "names", j), named.from_, named.to, agreement.zone)


def ambiguous(agreement: Agreement) -> Iterator[Wrong]:
    """A name has to mean one actor at any one instant; case and surrounding spaces do not tell names apart."""
    held: dict[str, list[tuple[int, int, str]]] = {}
    for i, actor in enumerate(agreement.actors):
        for j, named in enumerate(actor.names):
            start, end = _instants(named, agreement.zone)
            others = held.setdefault(named.name.strip().casefold(), [])
            for other_start, other_end, other in others:
                if other != actor.id and start < other_end and other_start < end:
                    yield ("actors", i, "names", j), f"{named.name!r} also names {other!r} at some instant"
            others.append((start, end, actor.id))


def _instants(named: Named, zone: str) -> tuple[int, int]:
    try:
        start = read_instant(named.from_, zone) if named.from_ else _EVER
        return start, read_instant(named.to, zone) if named.to else _NEVER
    except ValueNotRead:
        return _EVER, _NEVER  # said by actors() already


def instruments(agreement: Agreement) -> Iterator[Wrong]:
    """Links and exclusions point to something, and times run forward."""
    ids = {instrument.id for instrument in agreement.instruments}
    actors = {actor.id for actor in agreement.actors}
    for i, instrument in enumerate(agreement.instruments):
        at: Path = ("instruments", i)
        yield from time_read((*at, "dated"), instrument.dated, agreement.zone)
        if instrument.known_from is not None:
            yield from time_read((*at, "known_from"), instrument.known_from, agreement.zone)
        yield from runs_forward(at, instrument.in_force, instrument.until, agreement.zone, "in_force", "until")
        for key in ("recommits", "supersedes"):
            yield from all_known((*at, key), getattr(instrument, key), ids, "instrument")
        for k, wording in enumerate(instrument.wordings):
            yield from known((*at, "wordings", k, "language"), wording.language, set(instrument.languages), "language")
        if instrument.designated is not None:
            yield from known((*at, "designated", "list"), instrument.designated.list, set(LISTS), "list")
        for j, exclusion in enumerate(instrument.exclusions):
            yield from known((*at, "exclusions", j, "actor"), exclusion.actor, actors, "actor")
            yield from runs_forward((*at, "exclusions", j), exclusion.from_, exclusion.to, agreement.zone)


def terms(agreement: Agreement) -> Iterator[Wrong]:
    """Instruments exist, and words come with their language."""
    ids = {instrument.id for instrument in agreement.instruments}
    for i, term in enumerate(agreement.terms):
        at: Path = ("terms", i)
        yield from known((*at, "instrument"), term.instrument, ids, "instrument")
        if term.words is not None and not term.words_language:
            yield (*at, "words"), "has words without words_language"
        if term.words is None and term.words_language is not None:
            yield (*at, "words_language"), "has a language without words"
        yield from used_once_in((*at, "exemptions"), [exemption.id for exemption in term.exemptions])


def areas(agreement: Agreement) -> Iterator[Wrong]:
    """Groups hold areas, and no name means two places."""
    ids = {area.id for area in agreement.areas}
    for i, group in enumerate(agreement.area_groups):
        yield from some_known(("area_groups", i, "areas"), group.areas, ids, "area")
    named: list[tuple[Path, str, tuple[str, ...]]] = [
        (("areas", i), area.id, (*area.name.values(), *area.names, area.code or area.id))
        for i, area in enumerate(agreement.areas)
    ]
    named += [
        (("area_groups", i), group.id, (*group.name.values(), *group.names))
        for i, group in enumerate(agreement.area_groups)
    ]
    held: dict[str, str] = {}
    for at, one, names in named:
        for said in dict.fromkeys(name.strip().casefold() for name in (one, *names)):
            if held.setdefault(said, one) != one:
                yield at, f"the name {said!r} also names {held[said]!r}"


def holders(agreement: Agreement) -> Iterator[Wrong]:
    """The policy of the holders holds by itself, names sides and not `own`, and speaks of bodies of this pack."""
    policy = agreement.holders
    if policy is None:
        return
    at = ("holders",)
    yield from (((*at, name), sentence) for name, sentence in contradictions(policy))
    if policy.own or OWN in policy.named:
        yield (*at, "own" if policy.own else "sides"), f"{OWN!r} is somebody else to each holder; name the side"
    bodies = {body.id for body in agreement.bodies}
    for body, side in policy.speaks.items():
        yield from known((*at, "speaks", body), body, bodies, "body")
        if side not in policy.named:
            yield (*at, "speaks", body), f"{side!r} is no side of holders: {', '.join(policy.named)}"
