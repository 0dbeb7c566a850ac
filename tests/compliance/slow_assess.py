"""The clauses read slowly: one matter, one condition, one possible world at a time, in plain Python.

Written from the rules (docs/explanation/outcomes.md) and not from the engine, which has to give the same
answers in columns. No cleverness here: loops, integers, and the shortest way to say a rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from pyproj import Geod

from truceline.vocabulary.act import Acceptance, ActHeld, Attestation
from truceline.vocabulary.agreement import Actor, Agreement, Reading
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.when import read_instant

NO, MAYBE, SURELY = 0, 1, 2
HOUR = 3_600_000_000
DAY = 24 * HOUR
EVER = (-(1 << 62), 1 << 62)
E7 = 10_000_000
GEOD = Geod(ellps="WGS84")
PIECES = 200
ELSEWHERE = "(elsewhere)"
Box = tuple[int, int, int, int]


JUDGES: dict[str, Any] = {}
"""Kinds that are judged one by one: see slow_kinds.py and slow_dues.py."""
KEPT: list[Any] = []
"""Whether a recommitment keeps an obligation in force at an instant: see slow_dues.py."""


@dataclass(frozen=True)
class Matter:
    """A finding of a body, or an incident that is only reported (`body` None)."""

    id: str
    body: str | None
    start: int
    end: int
    held: int = SURELY
    found_on: frozenset[str] = frozenset()
    point: tuple[int, int, int] | None = None
    area: str = ""
    kind: str = ""
    weapon: str = ""
    by: tuple[str, ...] = ()
    by_held: int = SURELY
    against: tuple[str, ...] = ()
    elements: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""


@dataclass(frozen=True)
class Watch:
    """A source (of an origin) that reported from an area, or was stopped."""

    source: str
    origin: str
    area: str
    start: int
    end: int
    status: str


@dataclass(frozen=True)
class Small:
    """A small mission. boxes: areas as south, west, north, east, sides along the grid. lines: from point to point."""

    agreement: Agreement
    boxes: Mapping[str, Box]
    reading: Reading
    matters: Sequence[Matter]
    acts: Sequence[ActHeld]
    watches: Sequence[Watch]
    periods: Sequence[tuple[int, int]]
    bodies: tuple[str, ...]
    as_of: int
    lines: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)


@dataclass
class Tally:
    """How many matters count how, for one obligation, party, period and body."""

    breaching: int = 0
    excused: int = 0
    maybe: int = 0
    permitted: int = 0


@dataclass(frozen=True)
class Test:
    """What a matter has to be. None asks nothing."""

    kinds: Sequence[str] | None = None
    weapons: Sequence[str] | None = None
    parties: Sequence[str] | None = None
    against: Sequence[str] | None = None
    inside: Sequence[str] | None = None
    near: tuple[str, int] | None = None
    start: int = EVER[0]
    end: int = EVER[1]
    elements: Sequence[tuple[str, str]] = ()


instant_of = cache(read_instant)

# --- time ----------------------------------------------------------------------------------------


def within(start: int, end: int, first: int, stop: int) -> int:
    """[start, end) in [first, stop)."""
    if stop <= first or end <= first or stop <= start:
        return NO
    return SURELY if first <= start and end <= stop else MAYBE


def window(small: Small, one: Obligation) -> tuple[int, int]:
    """When the obligation is in force: its own times, or its instrument's."""
    zone = small.agreement.zone
    instrument = next(i for i in small.agreement.instruments if i.id == one.instrument)
    begins, ends = one.from_ or instrument.in_force, one.to or instrument.until
    return (
        instant_of(begins, zone) if begins else EVER[0],
        instant_of(ends, zone) if ends else EVER[1],
    )


# --- who -----------------------------------------------------------------------------------------


def belongs(small: Small, name: str, start: int, end: int, party: str) -> int:
    """Whether somebody so named is of the party, all the time from start to end; None known by that name: NO."""
    bearing = list(_bearing(small.agreement, name))
    whole = [actor for actor, span in bearing if span[0] <= start and end <= span[1]]
    if whole:
        return _actor_belongs(small, whole[0], start, end, party)
    partly = [actor for actor, span in bearing if span[0] < end and start < span[1]]
    return MAYBE if any(_actor_belongs(small, actor, start, end, party) != NO for actor in partly) else NO


def is_known(small: Small, name: str, start: int, end: int) -> bool:
    """Somebody goes by that name at some time from start to end."""
    return any(span[0] < end and start < span[1] for _, span in _bearing(small.agreement, name))


def _bearing(agreement: Agreement, name: str) -> Iterator[tuple[Actor, tuple[int, int]]]:
    for actor in agreement.actors:
        for named in actor.names:
            if named.name.strip().casefold() == name.strip().casefold():
                yield actor, _span(named.from_, named.to, agreement.zone)


def _span(first: str | None, stop: str | None, zone: str) -> tuple[int, int]:
    return (instant_of(first, zone) if first else EVER[0], instant_of(stop, zone) if stop else EVER[1])


def _actor_belongs(small: Small, actor: Actor, start: int, end: int, party: str) -> int:
    if actor.status == "civilians":
        return SURELY if party == "civilians" else NO
    if actor.status == "third" or actor.party != party:
        return NO
    answer = SURELY if actor.status == "bound" or small.reading.umbrella == "presumed_bound" else MAYBE
    instants = _instants_between(small, actor, start, end)
    outcomes = [_excluded_at(small, actor, instant) for instant in instants]
    if all(outcome == "excluded" for outcome in outcomes):
        return NO
    return MAYBE if any(outcomes) else answer


def _excluded_at(small: Small, actor: Actor, instant: int) -> str:
    """excluded, disputed, or nothing, at an instant, by the instrument whose exclusions the reading takes."""
    found = ""
    for instrument in small.agreement.instruments:
        if instrument.id == small.reading.exclusions:
            for one in instrument.exclusions:
                span = _span(one.from_, one.to, small.agreement.zone)
                if one.actor == actor.id and span[0] <= instant < span[1] and found != "excluded":
                    found = one.outcome
    return found


def _instants_between(small: Small, actor: Actor, start: int, end: int) -> list[int]:
    """One instant of each stretch from start to end in which nothing changes for the actor."""
    changes = {start}
    for instrument in small.agreement.instruments:
        for one in instrument.exclusions:
            changes |= set(_span(one.from_, one.to, small.agreement.zone))
    return sorted(instant for instant in changes if start <= instant < end)


def by_party(small: Small, one: Matter, party: str) -> int:
    """Whether the party did it."""
    answer = max((belongs(small, name, one.start, one.end, party) for name in one.by), default=NO)
    return min(answer, one.by_held)


def hit(small: Small, one: Matter, parties: Sequence[str]) -> int:
    """Whether one of these was hit; somebody unknown may be anybody."""
    if not one.against:
        return MAYBE
    answers = []
    for name in one.against:
        known = is_known(small, name, one.start, one.end)
        answers += [belongs(small, name, one.start, one.end, party) if known else MAYBE for party in parties]
    return max(answers)


# --- where ---------------------------------------------------------------------------------------


def may_be_in(small: Small, one: Matter) -> set[str]:
    """The areas it may have been in, `ELSEWHERE` among them."""
    said = named_areas(small.agreement, one.area)
    touched, clear = _touched(small, one.point) if one.point else (set(), False)
    outside = set() if clear else {ELSEWHERE}
    if said:
        contradicts = len(said) == 1 and one.point is not None and not (touched & said)
        return said | touched | outside if contradicts else said
    if one.point:
        return touched | outside
    return {*small.boxes, ELSEWHERE}


def named_areas(agreement: Agreement, name: str) -> set[str]:
    """The areas that an area or a group of that name means."""
    asked = name.strip().casefold()
    found: set[str] = set()
    for area in agreement.areas:
        if asked and asked in {word.casefold() for word in (area.id, *area.name.values(), *area.names, area.code)}:
            found = {area.id}
    for group in agreement.area_groups:
        if asked and asked in {word.casefold() for word in (group.id, *group.name.values(), *group.names)}:
            found = set(group.areas)
    return found


def _touched(small: Small, point: tuple[int, int, int]) -> tuple[set[str], bool]:
    """The boxes that the circle touches, and whether it lies clear inside one.

    A metre is at least 80 and at most 100 ten-millionths of a degree where the boxes are: the missions are drawn so
    that no answer hangs on which of them it is.
    """
    lat, lon, radius = point
    touched, clear = set(), False
    for name, (south, west, north, east) in small.boxes.items():
        reach = radius * 90 + 300
        inside = south <= lat < north and west <= lon < east
        beside = south - reach < lat < north + reach and west - reach < lon < east + reach
        deep = south + reach < lat < north - reach and west + reach < lon < east - reach
        if inside or beside:
            touched.add(name)
        clear = clear or deep
    return touched, clear


def inside(small: Small, one: Matter, areas: Sequence[str]) -> int:
    """Whether it was in one of these areas."""
    wanted = set().union(*(named_areas(small.agreement, area) for area in areas))
    may = may_be_in(small, one)
    if may <= wanted:
        return SURELY
    return MAYBE if may & wanted else NO


@cache
def metres_to(line: tuple[tuple[int, int], ...], lat: int, lon: int) -> float:
    """The way to a line on the ellipsoid: to the nearest of very many points on it."""
    lats, lons = along(line)
    return float(min(GEOD.inv([lon / E7] * len(lats), [lat / E7] * len(lats), lons, lats)[2]))


@cache
def along(line: tuple[tuple[int, int], ...]) -> tuple[list[float], list[float]]:
    """Very many points on a line, in degrees: straight in latitude and longitude."""
    points = [
        (lat_1 + Fraction(step, PIECES) * (lat_2 - lat_1), lon_1 + Fraction(step, PIECES) * (lon_2 - lon_1))
        for (lat_1, lon_1), (lat_2, lon_2) in pairwise(line)
        for step in range(PIECES + 1)
    ]
    return [float(lat) / E7 for lat, _ in points], [float(lon) / E7 for _, lon in points]


def nearer(small: Small, one: Matter, line: str, distance_m: int) -> int:
    """Whether it was nearer to the line than that, wherever in its circle it was."""
    if one.point is None:
        return MAYBE
    lat, lon, radius = one.point
    precision = next(known.precision_m for known in small.agreement.lines if known.id == line)
    way, slack = metres_to(small.lines[line], lat, lon), radius + precision
    if way + slack < distance_m:
        return SURELY
    return MAYBE if way - slack < distance_m else NO


# --- what ----------------------------------------------------------------------------------------


def among(text: str, wanted: Sequence[str]) -> int:
    """A code, or several between semicolons, among those wanted; none is any."""
    possible = [part.strip() for part in text.split(";") if part.strip()]
    found = [code for code in possible if code in wanted]
    if not possible or 0 < len(found) < len(possible):
        return MAYBE
    return SURELY if found else NO


def element(one: Matter, name: str, wanted: str) -> int:
    """What a finding holds of an element, against what it has to hold."""
    held = one.elements.get(name, "")
    if held == wanted:
        return SURELY
    return NO if {held, wanted} == {"yes", "no"} else MAYBE


# --- a matter against a clause -------------------------------------------------------------------


def tests_of(small: Small, one: Obligation) -> list[Test]:
    """What a matter has to be to count, by the clause's kind."""
    rule: dict[str, Any] = one.rule
    areas = list(one.areas) or None
    if one.kind == "prohibition":
        return [Test(rule.get("kinds"), rule.get("weapons"), against=rule.get("against"), inside=areas)]
    if one.kind in ("freeze", "territory_gain", "notification", "proportionality"):
        return [Test(rule.get("kinds"), rule.get("weapons"), against=rule.get("against"), inside=areas)]
    if one.kind == "zone_rule":
        return [Test(rule.get("kinds"), rule.get("weapons"), inside=rule["inside"])]
    if one.kind == "permission":
        elements = [tuple(pair) for pair in rule.get("elements") or ()]
        asked = Test(rule.get("kinds"), rule.get("weapons"), against=rule.get("against"), inside=areas)
        return [Test(asked.kinds, asked.weapons, None, asked.against, areas, elements=elements)]
    if one.kind == "withdrawal":
        return [
            Test(
                rule.get("kinds"), ring.get("weapons"), (party,), inside=areas, near=(line, ring["distance_m"]),
                start=instant_of(ring["complete_by"], small.agreement.zone),
                end=instant_of(ring["to"], small.agreement.zone) if "to" in ring else EVER[1],
            )
            for ring in rule["rings"]
            for party, line in ring["lines"].items()
        ]  # fmt: skip
    if one.kind == "best_effort":
        return [Test(rule["kinds"])] if "kinds" in rule else []
    if one.kind == "access":
        return [Test(rule["safe_kinds"], inside=rule.get("areas") or areas)] if "safe_kinds" in rule else []
    raise AssertionError(one.kind)


def meets(small: Small, one: Obligation, party: str, matter: Matter, period: tuple[int, int]) -> int:
    """NO, MAYBE or SURELY: the matter counts against the party in the period."""
    return max(
        (_meets(small, one, test, party, matter, period) for test in tests_of(small, one)
         if test.parties is None or party in test.parties),
        default=NO,
    )  # fmt: skip


def _meets(small: Small, one: Obligation, test: Test, party: str, matter: Matter, period: tuple[int, int]) -> int:
    begins, ends = window(small, one)
    first, stop = max(begins, test.start, period[0]), min(ends, test.end, period[1], small.as_of)
    answers = [
        matter.held if matter.body is not None else min(matter.held, MAYBE),
        within(matter.start, matter.end, first, stop),
        by_party(small, matter, party),
        binds(small, one, party, matter.start, matter.end),
        is_kept(small, one, matter.start, matter.end),
    ]
    if test.kinds is not None:
        answers.append(among(matter.kind, test.kinds))
    if test.weapons is not None:
        answers.append(among(matter.weapon, test.weapons))
    if test.against is not None:
        answers.append(hit(small, matter, test.against))
    if test.inside is not None:
        answers.append(inside(small, matter, test.inside))
    if test.near is not None:
        answers.append(nearer(small, matter, *test.near))
    answers += [element(matter, name, wanted) for name, wanted in test.elements]
    return min(answers)


def exempted(one: Obligation, party: str, matter: Matter) -> int:
    """SURELY if an exemption is shown for it, MAYBE if one is begun to be shown and not refused."""
    answer = NO
    for unless in one.unless:
        if unless.by and party not in unless.by:
            continue
        held = [matter.elements.get(f"{unless.id}.{shown.id}", "") for shown in unless.shown]
        if all(word == "yes" for word in held):
            answer = SURELY
        elif any(held) and "no" not in held:
            answer = max(answer, MAYBE)
    return answer


def permitted(small: Small, one: Obligation, party: str, matter: Matter) -> str:
    """What other clauses make of a matter that one forbids: "", maybe, excused or conflict."""
    found = ""
    for other in small.agreement.obligations:
        if other.kind != "permission" or party not in other.obliged or one.id in other.yields_to:
            continue
        answer = meets(small, other, party, matter, EVER)
        if answer == SURELY:
            found = "excused" if other.id in one.yields_to and found != "conflict" else "conflict"
        elif answer == MAYBE and not found:
            found = "maybe"
    return found


# --- what follows --------------------------------------------------------------------------------


def heard(small: Small, body: str) -> list[Matter]:
    """The matters as one body holds them: its own findings, and what is reported that it has not found on."""
    return [
        one
        for one in small.matters
        if one.start < small.as_of and (one.body == body or (one.body is None and body not in one.found_on))
    ]


def tallied(small: Small, one: Obligation, party: str, period: tuple[int, int], body: str) -> Tally:
    """The matters that count, how many of which sort."""
    tally = Tally()
    for sort, _ in sorted_out(small, one, party, period, body):
        setattr(tally, sort, getattr(tally, sort) + 1)
    return tally


def sorted_out(
    small: Small, one: Obligation, party: str, period: tuple[int, int], body: str
) -> list[tuple[str, Matter]]:
    """The matters that count, each breaching, permitted, excused or maybe; in this order."""
    found = []
    for matter in heard(small, body):
        answer = meets(small, one, party, matter, period)
        if answer != NO:
            found.append(("maybe" if answer == MAYBE else sort_of(small, one, party, matter), matter))
    return sorted(found, key=lambda pair: ("breaching", "permitted", "excused", "maybe").index(pair[0]))


def sort_of(small: Small, one: Obligation, party: str, matter: Matter) -> str:
    """Of a matter that surely counts."""
    says = exempted(one, party, matter)
    if says != NO:
        return "excused" if says == SURELY else "maybe"
    return {"": "breaching", "conflict": "permitted"}.get(others := permitted(small, one, party, matter), others)


def binds(small: Small, one: Obligation, party: str, start: int, end: int) -> int:
    """How surely the party is bound from start to end: SURELY or NO if it is so all the time."""
    if one.binds == "named":
        return SURELY
    answers = {accepted(small, party, instant) for instant in _said(small, start, end)}
    return answers.pop() if len(answers) == 1 else MAYBE


def is_kept(small: Small, one: Obligation, start: int, end: int) -> int:
    """Whether it is kept in force from start to end: SURELY or NO if it is so all the time. Hour by hour."""
    answers = {KEPT[0](small, one.id, hour) for hour in range(start, max(end, start + 1), HOUR)}
    return int(answers.pop()) if len(answers) == 1 else MAYBE


def accepted(small: Small, party: str, instant: int) -> int:
    """SURELY if every register holds the acceptance or attests it, MAYBE if only some do or they disagree."""
    kept = register(small, party, instant)
    words = attested(small, party, instant, kept)
    holding = [keeper for keeper, act in kept.items() if act.says == "accepted"]
    if not holding:
        unread = [of for (by, of), word in words.items() if of not in kept and word == "attested" and by != of]
        return MAYBE if unread else NO
    if is_disputed(small, party, instant):
        return MAYBE
    others = [(keeper, of) for of in holding for keeper in _keepers(small) if keeper not in holding]
    return SURELY if all(words.get(pair) == "attested" for pair in others) else MAYBE


def is_disputed(small: Small, party: str, instant: int) -> bool:
    """Some co-chair's register holds an acceptance, and another holds otherwise or a co-chair objects."""
    kept = register(small, party, instant)
    holding = {keeper for keeper, act in kept.items() if act.says == "accepted"}
    words = attested(small, party, instant, kept)
    objected = any(word == "objected" for (_, of), word in words.items() if of in holding)
    return bool(holding) and (objected or len(kept) > len(holding))


def registered(small: Small, party: str, instant: int) -> bool:
    """Some co-chair's register holds an acceptance of the party."""
    return any(act.says == "accepted" for act in register(small, party, instant).values())


def register(small: Small, party: str, instant: int) -> dict[str, Acceptance]:
    """The last entry of each co-chair's register of the party, by the co-chair."""
    return {
        act.by: act for act in _acts_by(small, instant)
        if isinstance(act, Acceptance) and act.party == party and act.by in _keepers(small)
    }  # fmt: skip


def attested(
    small: Small, party: str, instant: int, kept: Mapping[str, Acceptance]
) -> dict[tuple[str, str], str]:  # fmt: skip
    """The last word of each co-chair on each register's entry of the party; what was said before the entry is void."""
    words: dict[tuple[str, str], str] = {}
    for act in _acts_by(small, instant):
        if isinstance(act, Attestation) and act.party == party:
            entry = kept.get(str(act.register))
            if entry is None or instant_of(entry.at) <= instant_of(act.at):
                words[act.by, str(act.register)] = act.says
    return words


def _keepers(small: Small) -> list[str]:
    return [body.id for body in small.agreement.bodies if body.role == "co_chair"]


def _acts_by(small: Small, instant: int) -> list[Any]:
    """The acts said by an instant, in order."""
    return [held.act for held in sorted(small.acts, key=lambda held: (held.at, held.seq)) if held.at <= instant]


def _said(small: Small, start: int, end: int) -> list[int]:
    """One instant of each stretch from start to end in which no act was said."""
    return [start, *sorted({held.at for held in small.acts if start < held.at < end})]


def certain(small: Small, one: Obligation, party: str, period: tuple[int, int]) -> int:
    """How surely the obligation binds the party at some time of the period."""
    begins, ends = window(small, one)
    first, stop = max(begins, period[0]), min(ends, period[1], small.as_of)
    if first >= stop:
        return NO
    named = one.binds == "named"
    instants = {*_said(small, first, stop), *range(first, stop, HOUR)} if is_held(small, one) else {first}
    if not named:
        instants |= {*_said(small, first, stop)}
    return max(
        min(SURELY if named else accepted(small, party, instant), KEPT[0](small, one.id, instant))
        for instant in instants
    )


def is_held(small: Small, one: Obligation) -> bool:
    """Some recommitment keeps it in force."""
    return any(one.id in other.rule.get("holds", ()) for other in small.agreement.obligations)


def watched(small: Small, one: Obligation, period: tuple[int, int]) -> bool:
    """On every day of the period, in every area that the clause is about, enough origins watched long enough."""
    days, of = watched_days(small, one, period)
    return days == of


def watched_days(small: Small, one: Obligation, period: tuple[int, int]) -> tuple[int, int]:
    """The days of the period that were so watched, and all of them; the last may be shorter."""
    stop = min(period[1], small.as_of)
    named = one.rule.get("inside") or one.rule.get("areas") or one.areas
    areas = set().union(*(named_areas(small.agreement, area) for area in named)) or set(small.boxes)
    starts = range(period[0], stop, DAY)
    days = [all(_watched_day(small, area, day, min(day + DAY, stop)) for area in areas) for day in starts]
    return sum(days), len(days)


def _watched_day(small: Small, area: str, start: int, end: int) -> bool:
    minimum = small.reading.coverage
    assert minimum is not None
    least = max(min(minimum.hours * HOUR, end - start), 1)
    origins = {watch.origin or watch.source for watch in small.watches}
    return sum(_watched_for(small, origin, area, start, end) >= least for origin in origins) >= minimum.sources


def _watched_for(small: Small, origin: str, area: str, start: int, end: int) -> int:
    """How long some source of the origin watched the area: hour by hour (all times are whole hours)."""
    total = 0
    for hour in range(start, end, HOUR):
        for source in {watch.source for watch in small.watches if (watch.origin or watch.source) == origin}:
            rows = [
                watch.status for watch in small.watches
                if watch.source == source and watch.start <= hour < watch.end
                and (watch.origin or watch.source) == origin and area in named_areas(small.agreement, watch.area)
            ]  # fmt: skip
            if "reported" in rows and "stopped" not in rows:
                total += HOUR
                break
    return total


def begun(small: Small, one: Obligation, party: str, period: tuple[int, int]) -> bool:
    """Of a withdrawal: some ring of the party has to be complete before the period is over."""
    if one.kind != "withdrawal":
        return True
    due = [ring["complete_by"] for ring in one.rule["rings"] if party in ring["lines"]]
    return any(instant_of(text, small.agreement.zone) < min(period[1], small.as_of) for text in due)


def outcome(small: Small, one: Obligation, party: str, period: tuple[int, int], body: str) -> str:
    """What follows, as one body holds it."""
    bound = certain(small, one, party, period)
    if bound == NO or not begun(small, one, party, period):
        return "not_in_force"
    if one.kind == "permission":
        return "complied"
    if one.kind in JUDGES:
        found: str = JUDGES[one.kind](small, one, party, period, body)
        return "undecided" if found == "breached" and bound == MAYBE else found
    return follows(tallied(small, one, party, period, body), bound, watched(small, one, period))


def follows(tally: Tally, bound: int, is_watched: bool) -> str:
    """The first of the outcomes that holds."""
    if bound == NO:
        return "not_in_force"
    if tally.permitted:
        return "conflict"
    if tally.breaching and bound == SURELY:
        return "breached"
    if tally.maybe or tally.breaching:
        return "undecided"
    if tally.excused:
        return "excused"
    return "complied" if is_watched else "not_observed"


def outcomes(small: Small) -> dict[tuple[str, str, tuple[int, int], str | None], str]:
    """Every obligation, party obliged, period and body; body None: jointly."""
    found: dict[tuple[str, str, tuple[int, int], str | None], str] = {}
    for one in small.agreement.obligations:
        for party in one.obliged:
            for period in small.periods:
                each = [outcome(small, one, party, period, body) for body in small.bodies]
                found |= {(one.id, party, period, body): what for body, what in zip(small.bodies, each, strict=True)}
                found[one.id, party, period, None] = each[0] if len(set(each)) == 1 else "undecided"
    return found
