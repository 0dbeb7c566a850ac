"""What a pack's shape cannot say: that every name in it points to something, and that its times run forward.

Each check yields (path, message); `pack.py` finds the line of the path. Nothing here decides what
the text means; it refuses only a pack that contradicts itself or that would execute what nobody has read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement, Clock, FindingReset, Named, Reading
from truceline.vocabulary.codes import codes
from truceline.vocabulary.plain_yaml import Path
from truceline.vocabulary.when import read_instant, zone_of

Wrong = tuple[Path, str]
CIVILIANS = "civilians"
_EVER, _NEVER = -(2**62), 2**62


def contradictions(agreement: Agreement) -> list[Wrong]:
    """Everything that is wrong with the pack beyond its shape, in the order of the checks."""
    zone_wrong = list(_zone(("zone",), agreement.zone))
    if zone_wrong:
        return zone_wrong
    return [wrong for check in _CHECKS for wrong in check(agreement)]


def _texts(agreement: Agreement) -> Iterator[Wrong]:
    yield from _walk(agreement, ())


def _walk(value: object, path: Path) -> Iterator[Wrong]:
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            yield from _walk(getattr(value, field.name), (*path, field.encode_name))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _walk(part, (*path, i))
    elif isinstance(value, dict):
        if not value.get("en"):
            yield path, "has no English (en)"
        yield from (((*path, key), "is empty") for key, words in value.items() if not words.strip())


def _ids(agreement: Agreement) -> Iterator[Wrong]:
    lists = "parties actors bodies instruments terms areas indicators readings clocks comparisons".split()
    for name in lists:
        yield from _twice(name, [part.id for part in getattr(agreement, name)])
    ids = [area.id for area in agreement.areas]
    yield from _twice("area_groups", [group.id for group in agreement.area_groups], set(ids))
    yield from (
        (("parties", i, "id"), "is kept for unarmed people")
        for i, party in enumerate(agreement.parties)
        if party.id == CIVILIANS
    )


def _twice(name: str, ids: list[str], taken: set[str] | None = None) -> Iterator[Wrong]:
    seen = set(taken or ())
    for i, one in enumerate(ids):
        if one in seen:
            yield (name, i, "id"), f"{one!r} is used twice"
        seen.add(one)


def _period(agreement: Agreement) -> Iterator[Wrong]:
    period = agreement.period
    for key, text in (("from", period.from_), ("to", period.to)):
        if text is not None:
            yield from _local_day(("period", key), text)
    if period.to is not None and period.to <= period.from_:
        yield ("period", "to"), "is not after from"
    for i, comparison in enumerate(agreement.comparisons):
        for key in ("before", "after"):
            pair = getattr(comparison, key)
            found = [wrong for j in (0, 1) for wrong in _local_day(("comparisons", i, key, j), pair[j])]
            yield from found
            if not found and pair[1] <= pair[0]:
                yield ("comparisons", i, key), "ends before it begins"


def _actors(agreement: Agreement) -> Iterator[Wrong]:
    parties = {party.id for party in agreement.parties}
    for i, actor in enumerate(agreement.actors):
        if actor.party is not None:
            yield from _known(("actors", i, "party"), actor.party, parties, "party")
        if actor.status == "bound" and actor.party is None:
            yield ("actors", i), "is bound and has no party"
        if actor.status in ("third", "civilians") and actor.party is not None:
            yield ("actors", i, "party"), f"has a party and is of status {actor.status}"
        for j, named in enumerate(actor.names):
            yield from _span(("actors", i, "names", j), named.from_, named.to, agreement.zone)


def _ambiguous(agreement: Agreement) -> Iterator[Wrong]:
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
        return _EVER, _NEVER  # said by _actors already


def _instruments(agreement: Agreement) -> Iterator[Wrong]:
    ids = {instrument.id for instrument in agreement.instruments}
    actors = {actor.id for actor in agreement.actors}
    for i, instrument in enumerate(agreement.instruments):
        at: Path = ("instruments", i)
        yield from _time((*at, "dated"), instrument.dated, agreement.zone)
        yield from _span(at, instrument.in_force, instrument.until, agreement.zone, "in_force", "until")
        for key in ("recommits", "supersedes"):
            yield from _all_known((*at, key), getattr(instrument, key), ids, "instrument")
        for j, exclusion in enumerate(instrument.exclusions):
            yield from _known((*at, "exclusions", j, "actor"), exclusion.actor, actors, "actor")
            yield from _span((*at, "exclusions", j), exclusion.from_, exclusion.to, agreement.zone)


def _terms(agreement: Agreement) -> Iterator[Wrong]:
    ids = {instrument.id for instrument in agreement.instruments}
    for i, term in enumerate(agreement.terms):
        at: Path = ("terms", i)
        yield from _known((*at, "instrument"), term.instrument, ids, "instrument")
        if term.words is not None and not term.words_language:
            yield (*at, "words"), "has words without words_language"
        if term.words is None and term.words_language is not None:
            yield (*at, "words_language"), "has a language without words"
        yield from _twice_in((*at, "exemptions"), [exemption.id for exemption in term.exemptions])


def _areas(agreement: Agreement) -> Iterator[Wrong]:
    ids = {area.id for area in agreement.areas}
    for i, group in enumerate(agreement.area_groups):
        yield from _some_known(("area_groups", i, "areas"), group.areas, ids, "area")
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


def _indicators(agreement: Agreement) -> Iterator[Wrong]:
    parties = {party.id for party in agreement.parties}
    kinds = set(codes("incident_kinds"))
    for i, indicator in enumerate(agreement.indicators):
        at: Path = ("indicators", i)
        yield from _executed((*at, "terms"), indicator.terms, agreement)
        if indicator.between is not None:
            yield from _some_known((*at, "between", 0), indicator.between[0], parties, "party")
            yield from _some_known((*at, "between", 1), indicator.between[1], parties | {CIVILIANS}, "party")
        if indicator.kinds is not None:
            yield from _some_known((*at, "kinds"), indicator.kinds, kinds, "incident kind")


def _readings(agreement: Agreement) -> Iterator[Wrong]:
    ids = {instrument.id for instrument in agreement.instruments}
    for i, reading in enumerate(agreement.readings):
        at: Path = ("readings", i)
        yield from _time((*at, "dated"), reading.dated, agreement.zone)
        if reading.zone is not None:
            yield from _zone((*at, "zone"), reading.zone)
        if reading.exclusions is not None:
            yield from _known((*at, "exclusions"), reading.exclusions, ids, "instrument")


def _clocks(agreement: Agreement) -> Iterator[Wrong]:
    for i, clock in enumerate(agreement.clocks):
        at: Path = ("clocks", i)
        yield from _time((*at, "start"), clock.start, agreement.zone)
        if (clock.days is None) == (clock.hours is None):
            yield at, "needs exactly one of days and hours"
        if clock.cited.tag == "recalled":
            yield (*at, "cited", "tag"), "a recalled clock is not executed until it is confirmed"
        yield from _executed((*at, "terms"), clock.terms, agreement)
        yield from _clock_ids(at, clock, agreement)
        yield from _clock_bodies(at, clock, {body.id for body in agreement.bodies})


def _clock_ids(at: Path, clock: Clock, agreement: Agreement) -> Iterator[Wrong]:
    indicators = {indicator.id for indicator in agreement.indicators}
    yield from _known((*at, "indicator"), clock.indicator, indicators, "indicator")
    yield from _some_known((*at, "areas"), clock.areas, {area.id for area in agreement.areas}, "area")
    if clock.instrument is not None:
        ids = {instrument.id for instrument in agreement.instruments}
        yield from _known((*at, "instrument"), clock.instrument, ids, "instrument")


def _clock_bodies(at: Path, clock: Clock, bodies: set[str]) -> Iterator[Wrong]:
    yield from _some_known((*at, "deciders"), clock.deciders, bodies, "body")
    if clock.extension is not None:
        yield from _some_known((*at, "extension", "by"), clock.extension.by, bodies, "body")
    if isinstance(clock.reset, FindingReset):
        categories = set(codes("determination_categories"))
        yield from _known((*at, "reset", "category"), clock.reset.category, categories, "determination category")
        yield from _some_known((*at, "reset", "agreed_by"), clock.reset.agreed_by, bodies, "body")
    for j, condition in enumerate(clock.conditions):
        yield from _some_known((*at, "conditions", j, "by"), condition.by, bodies, "body")
    yield from _twice_in((*at, "conditions"), [condition.id for condition in clock.conditions])


_CHECKS: tuple[Callable[[Agreement], Iterable[Wrong]], ...] = (
    _texts,
    _ids,
    _period,
    _actors,
    _ambiguous,
    _instruments,
    _terms,
    _areas,
    _indicators,
    _readings,
    _clocks,
)


def left_open(reading: Reading) -> tuple[str, ...]:
    """The choices this reading leaves out; a ledger that needs one of them will refuse and name it."""
    choices = "day_boundary zone exclusions umbrella threshold counting coverage unknown_day".split()
    return tuple(choice for choice in choices if getattr(reading, choice) is None)


# --- small questions, asked everywhere ---------------------------------------------------------


def _known(path: Path, one: str, ids: Iterable[str], what: str) -> Iterator[Wrong]:
    if one not in ids:
        yield path, f"{one!r} is no {what} of this pack" if what != "incident kind" else f"{one!r} is no {what}"


def _all_known(path: Path, many: Iterable[str], ids: Iterable[str], what: str) -> Iterator[Wrong]:
    for i, one in enumerate(many):
        yield from _known((*path, i), one, ids, what)
    for one, times in Counter(many).items():
        if times > 1:
            yield path, f"{one!r} is named twice"


def _some_known(path: Path, many: tuple[str, ...], ids: Iterable[str], what: str) -> Iterator[Wrong]:
    if not many:
        yield path, f"names no {what}"
    yield from _all_known(path, many, ids, what)


def _executed(path: Path, terms: tuple[str, ...], agreement: Agreement) -> Iterator[Wrong]:
    tags = {term.id: term.cited.tag for term in agreement.terms}
    yield from _all_known(path, terms, tags, "term")
    for i, term in enumerate(terms):
        if tags.get(term) == "recalled":
            yield (*path, i), f"{term!r} is recalled and is not executed until it is confirmed"


def _twice_in(path: Path, ids: list[str]) -> Iterator[Wrong]:
    yield from (((*path, i, "id"), f"{one!r} is used twice") for i, one in enumerate(ids) if one in ids[:i])


def _zone(path: Path, name: str) -> Iterator[Wrong]:
    try:
        zone_of(name)
    except ValueNotRead as error:
        yield path, error.message


def _time(path: Path, text: str, zone: str) -> Iterator[Wrong]:
    try:
        read_instant(text, zone)
    except ValueNotRead as error:
        yield path, f"{error.message}. {error.mend}"


def _local_day(path: Path, text: str) -> Iterator[Wrong]:
    try:
        written = date.fromisoformat(text).isoformat()
    except ValueError:
        written = ""
    if written != text:
        yield path, f"{text!r} is no local day; write YYYY-MM-DD"


def _span(
    path: Path, start: str | None, end: str | None, zone: str, start_key: str = "from", end_key: str = "to"
) -> Iterator[Wrong]:
    found: list[Wrong] = []
    for key, text in ((start_key, start), (end_key, end)):
        if text is not None:
            found += _time((*path, key), text, zone)
    yield from found
    if start and end and not found and read_instant(end, zone) <= read_instant(start, zone):
        yield (*path, end_key), f"{end!r} is not after {start!r}"
