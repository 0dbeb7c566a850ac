"""A dossier: everything for and against one incident, laid out for a decision. It decides nothing itself.

Instants are UTC microseconds, every pair from/to is half-open; None is what nobody gives. Reports are named by key,
SOURCE/REPORT_ID; acts by their ids.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from truceline.vocabulary.exhibits_shown import ExhibitShown
from truceline.vocabulary.findings_shown import Attributed, ElementHeld, FindingShown


class Told(Struct, frozen=True):
    """One report in force, with the origin it counts as, and what bodies hold of it and of its source.

    maybe: with every proposed tie taken to be one. sides: as its source names them, and no more than that.
    gradings: (what, by, grade).
    """

    report: str
    id: str
    source: str
    when: str
    start: int
    end: int
    kind: str
    weapon: str
    place: str
    area: str
    lat_e7: int | None
    lon_e7: int | None
    radius_m: int
    side_a: tuple[str, ...]
    side_b: tuple[str, ...]
    killed: tuple[int | None, int | None, int | None]
    words: str
    language: str
    origin: str
    maybe: str
    access: str
    doubted: str
    gradings: tuple[tuple[str, str, str], ...] = ()


class Moment(Struct, frozen=True):
    """A line of the chronology: of what was said to happen (report), or of what was done about it."""

    start: int
    end: int
    what: str
    ref: str
    by: str
    says: str


class Pair(Struct, frozen=True):
    """Two reports with points: how far apart they are at least, and whether their circles touch."""

    one: str
    other: str
    apart_m: int
    touch: bool


class Geolocation(Struct, frozen=True):
    """Where the reports place it. areas: in which it may have been by some report; elsewhere: or in none of them."""

    state: Literal["one_place", "several_places", "one_point", "no_point"]
    areas: tuple[str, ...]
    elsewhere: bool
    pairs: tuple[Pair, ...]
    without_point: tuple[str, ...]


class Watched(Struct, frozen=True):
    """A row of coverage at that time and in an area where it may have been; told: this source, or its origin, told."""

    source: str
    origin: str
    area: str
    start: int
    end: int
    status: str
    told: bool


class Seen(Struct, frozen=True):
    """Could anyone have seen it? state: somebody watched; all who could were stopped; or nobody is known to have."""

    state: Literal["watched", "stopped", "not_known"]
    watching: tuple[str, ...]
    silent: tuple[str, ...]
    stopped: tuple[str, ...]
    rows: tuple[Watched, ...]


class GradeProposed(Struct, frozen=True):
    """The grade that is proposed, at the least and at the most, with its rule; and the independent origins counted."""

    grade: str
    at_most: str
    rule: str
    remarks: tuple[str, ...]
    independent_low: int
    independent_high: int
    eyewitnesses: int


class Figure(Struct, frozen=True):
    """What one report gives for the killed: its own figures. origin: as which it counts."""

    report: str
    source: str
    origin: str
    access: str
    low: int | None
    best: int | None
    high: int | None


class Casualties(Struct, frozen=True):
    """Each source's own figures; low is the least low, high the greatest high. Nothing is added."""

    figures: tuple[Figure, ...]
    low: int | None
    high: int | None
    none_given: tuple[str, ...]


class Weighs(Struct, frozen=True):
    """Something that speaks for or against it, and who says so."""

    way: Literal["for", "against"]
    kind: Literal["report", "exhibit", "finding", "admission"]
    ref: str
    by: str
    says: str


class CaseShown(Struct, frozen=True):
    """The case a dossier is of, and where it stands; contested: words of bodies stand against one another."""

    handle: str
    title: str
    procedure: str
    by: str
    at: int
    stage: str
    contested: bool


class Dossier(Struct, frozen=True):
    """Everything for and against. case: None where a report was asked for. absent: reports named that are not in force.

    perhaps: reports that are proposed to be copies of one of these, on which nobody has decided; they count for nothing
    here. incidents: ids of the incidents that the reports make. cut: log origin -> (size, root hex).
    """

    mission: str
    exercise: bool
    audience: str
    agreement: str
    version: str
    zone: str
    cut: Mapping[str, tuple[int, str]]
    asked: str
    case: CaseShown | None
    reports: tuple[Told, ...]
    perhaps: tuple[str, ...]
    absent: tuple[str, ...]
    incidents: tuple[str, ...]
    start: int | None
    end: int | None
    kinds: tuple[str, ...]
    grade: GradeProposed
    weighs: tuple[Weighs, ...]
    chronology: tuple[Moment, ...]
    geolocation: Geolocation
    seen: Seen
    exhibits: tuple[ExhibitShown, ...]
    findings: tuple[FindingShown, ...]
    silent_bodies: tuple[str, ...]
    elements: tuple[ElementHeld, ...]
    attribution: Attributed
    casualties: Casualties
    missing: tuple[str, ...]
