"""Withdrawal rings: from a date on, weapons of a class no nearer to a line than so far, each side from its own line."""

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind, Near, RowTest
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.compliance.lines.reasons import SENTENCES
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import read_as_of, read_instant

WHOLE_EARTH_M = 20_004_000


class Ring(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A stage of a withdrawal: weapons of these classes at least `distance_m` from the line that is each party's.

    weapons: codes; without them any. lines: party -> a line of the pack; a party without one is not bound by this ring.
    from_: when it has to begin. complete_by: when it has to be complete, a date is its end; only from then on does
    what is seen nearer count. to: until when the ring holds, excluded.
    """

    distance_m: int
    lines: dict[Id, Id]
    complete_by: str
    weapons: tuple[Id, ...] | None = None
    from_: str | None = None
    to: str | None = None


class Withdrawn(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: what was seen, `weapons_in_zone` for one. rings: stages and classes, each with its lines and dates."""

    kinds: tuple[Id, ...]
    rings: tuple[Ring, ...]


def tests(rule: Withdrawn, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """For each ring and party one: nearer to that party's line, once the ring has to be complete."""
    inside = obligation.areas or None
    return tuple(
        RowTest(
            rule.kinds, ring.weapons, parties=(party,), inside=inside, near=Near(line, ring.distance_m),
            start=read_as_of(ring.complete_by, agreement.zone),
            end=read_as_of(ring.to, agreement.zone) if ring.to else None,
        )
        for ring in rule.rings
        for party, line in ring.lines.items()
    )  # fmt: skip


def judge(rule: Withdrawn, before: Before) -> Judged:
    """By what was seen inside the rings; not in force for whom no ring has to be complete yet.

    The trace names each ring of the party: its distance, the line and the date from which it counts.
    """
    rings = [ring for ring in rule.rings if before.party in ring.lines]
    zone = before.agreement.zone
    running = [ring for ring in rings if read_as_of(ring.complete_by, zone) < min(before.end, before.as_of)]
    parts = tuple(_told(ring, before) for ring in rings)
    if not running:
        return Judged(Outcome.NOT_IN_FORCE, Trace("no_ring_complete_yet", {"rings": len(rings)}, None, parts))
    judged = judge_by_rows(rule, before)
    found = judged.trace
    trace = Trace(found.code, found.values, found.outcome, (*parts, *found.parts), found.acts, found.reports)
    return Judged(judged.outcome, trace)


def _told(ring: Ring, before: Before) -> Trace:
    values: dict[str, str | int] = {
        "distance_m": ring.distance_m, "line": ring.lines[before.party], "complete_by": ring.complete_by,
        "weapons": ", ".join(ring.weapons) if ring.weapons else "any",
    }  # fmt: skip
    return Trace("ring", values)


def wrong(rule: Withdrawn, obligation: Obligation, agreement: Agreement) -> list[str]:
    """Lines and parties that are not there, distances that are none, dates that do not run forward."""
    lines = {line.id for line in agreement.lines}
    found = [] if rule.rings else ["a withdrawal needs at least one ring"]
    for n, ring in enumerate(rule.rings):
        at = f"rings[{n}]"
        found += [f"{at}: {line!r} is no line of this agreement" for line in ring.lines.values() if line not in lines]
        found += [f"{at}: {one!r} is not obliged" for one in ring.lines if one not in obligation.obliged]
        if not 1 <= ring.distance_m <= WHOLE_EARTH_M:
            found.append(f"{at}: a distance of {ring.distance_m} m is none")
        found += [f"{at}: {sentence}" for sentence in _dates(ring, agreement.zone)]
    return found


def _dates(ring: Ring, zone: str) -> list[str]:
    try:
        complete = read_as_of(ring.complete_by, zone)
        if ring.from_ and read_instant(ring.from_, zone) > complete:
            return ["it has to be complete before it has to begin"]
        if ring.to and read_as_of(ring.to, zone) <= complete:
            return ["it ends before it has to be complete"]
    except ValueNotRead as error:
        return [error.message]
    return []


WITHDRAWAL = ClauseKind(
    "withdrawal", "Weapons of a class no nearer to a line than so far, from a date on.", Withdrawn, tests, judge, wrong,
    sentences={
        **SENTENCES,
        "ring": "Weapons ({weapons}) no nearer than {distance_m} m to {line}, complete by {complete_by}; what was seen "
        "before that does not count.",
        "no_ring_complete_yet": "Of {rings} rings that bind this party, none had to be complete in this period.",
    },
)  # fmt: skip
