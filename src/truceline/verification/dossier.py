"""The parts of a dossier that are worked out: where, who could have seen it, figures by source, what is missing.

Nothing is added up across sources and nothing is decided: low is the least low and high the greatest high of what
sources gave, a disagreement of places is shown pair by pair, and silence of somebody who watched is stated.
"""

from collections.abc import Sequence
from itertools import combinations

from truceline.vocabulary.dossier import (
    Casualties,
    Figure,
    Geolocation,
    GradeProposed,
    Moment,
    Pair,
    Seen,
    Told,
    Watched,
    Weighs,
)
from truceline.vocabulary.exhibits_shown import ExhibitShown
from truceline.vocabulary.findings_shown import ElementHeld, FindingShown
from truceline.vocabulary.where import Place, apart_at_least_m, lon_permille

_ACCESS = {
    "eyewitness": "an eyewitness", "second_hand": "second hand", "derived": "derived from others",
    "unknown": "access not known",
}  # fmt: skip
MOST_PAIRS = 500
"""Pairs of points listed; of a wire story with a hundred outlets there are thousands."""


def geolocation(reports: Sequence[Told], areas: Sequence[str], elsewhere: bool) -> Geolocation:
    """Points held against one another; areas: in which some report may place it. Distances are lower bounds."""
    points = [one for one in reports if one.lat_e7 is not None]
    pairs = tuple(_pair(one, other) for one, other in combinations(points, 2))
    without = tuple(one.report for one in reports if one.lat_e7 is None)
    if not points:
        return Geolocation("no_point", tuple(areas), elsewhere, (), without)
    state = "one_point" if not pairs else "one_place" if all(one.touch for one in pairs) else "several_places"
    return Geolocation(state, tuple(areas), elsewhere, pairs[:MOST_PAIRS], without)  # type: ignore[arg-type]


def _pair(one: Told, other: Told) -> Pair:
    first, second = (Place(told.lat_e7, told.lon_e7, told.radius_m) for told in (one, other))
    assert one.lat_e7 is not None and other.lat_e7 is not None
    apart = apart_at_least_m(first, second, lon_permille(max(abs(one.lat_e7), abs(other.lat_e7))))
    return Pair(one.report, other.report, apart, apart <= one.radius_m + other.radius_m)


def seen_by(rows: Sequence[Watched]) -> Seen:
    """Could anyone have seen it: who watched there and then, who of them told nothing, who was stopped."""
    watching = sorted({one.source for one in rows if one.status == "reported"})
    told = {one.source for one in rows if one.told}
    stopped = sorted({one.source for one in rows if one.status == "stopped"})
    state = "watched" if watching else "stopped" if stopped else "not_known"
    silent = tuple(one for one in watching if one not in told)
    return Seen(state, tuple(watching), silent, tuple(stopped), tuple(rows))  # type: ignore[arg-type]


def casualties(reports: Sequence[Told]) -> Casualties:
    """Figures source by source, never added; the range over all of them is what they give, and no estimate."""
    figures = tuple(
        Figure(one.report, one.source, one.origin, one.access, *one.killed)
        for one in reports
        if any(number is not None for number in one.killed)
    )
    given = [[number for number in one.killed if number is not None] for one in reports]
    lows, highs = [min(numbers) for numbers in given if numbers], [max(numbers) for numbers in given if numbers]
    none_given = tuple(one.report for one, numbers in zip(reports, given, strict=True) if not numbers)
    return Casualties(figures, min(lows, default=None), max(highs, default=None), none_given)


def weighed(
    reports: Sequence[Told], exhibits: Sequence[ExhibitShown], findings: Sequence[FindingShown]
) -> tuple[Weighs, ...]:
    """What speaks for it, then what speaks against it; reports of one origin once, the others as its echoes."""
    made: list[Weighs] = []
    for origin in dict.fromkeys(one.origin for one in reports):
        first, *others = [one for one in reports if one.origin == origin]
        echoes = f"; {len(others)} more of the same origin" if others else ""
        made.append(Weighs("for", "report", first.report, first.source, f"{_ACCESS[first.access]}{echoes}"))
    for exhibit in exhibits:
        if exhibit.shows == "for":
            made.append(Weighs("for", "exhibit", exhibit.id, exhibit.by, exhibit.title))
        elif exhibit.shows == "against":
            made.append(Weighs("against", "exhibit", exhibit.id, exhibit.by, exhibit.title))
    for finding in findings:
        if finding.held == "happened":
            admits = finding.attribution == "admitted"
            made.append(Weighs("for", "admission" if admits else "finding", finding.id, finding.by, finding.what))
        elif finding.held == "did_not_happen":
            made.append(Weighs("against", "finding", finding.id, finding.by, finding.what))
    return tuple(sorted(made, key=lambda one: one.way == "against"))


def in_order(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """A chronology: by when it began, then by when it ended; at one instant what was entered before what was done."""
    first = {"report": 0, "case": 1, "exhibit": 2}
    return tuple(sorted(moments, key=lambda one: (one.start, one.end, first.get(one.what, 3), one.ref)))


def missing(
    reports: Sequence[Told],
    grade: GradeProposed,
    where: Geolocation,
    seen: Seen,
    exhibits: Sequence[ExhibitShown],
    silent_bodies: Sequence[str],
    elements: Sequence[ElementHeld],
    *,
    torn: bool = False,
) -> tuple[str, ...]:
    """What a reader should know that it is not there, one sentence each."""
    found = ["Judgements of these reports contradict one another: see `truceline pairs`."] if torn else []
    if not grade.eyewitnesses:
        found.append("No report is known to come from an eyewitness.")
    if grade.independent_high < 2:
        found.append("No second independent source.")
    if grade.independent_low != grade.independent_high:
        found.append("It is open whether some reports rest on one origin: see `truceline origins`.")
    if where.state == "no_point":
        found.append("No report gives a point.")
    if where.state == "several_places":
        found.append("The points do not all agree: see the pairs.")
    if seen.state != "watched":
        found.append("Nobody is known to have watched there and then.")
    if not any(number is not None for one in reports for number in one.killed):
        found.append("No report gives a number of killed.")
    if not exhibits:
        found.append("No exhibit.")
    found += [f"Exhibit {one.id[:12]}: its chain of custody is {_chain(one.state)}." for one in exhibits
              if one.state != "whole"]  # fmt: skip
    found += [f"{body} has not found on it." for body in silent_bodies]
    found += [f"{one.element}: {_open(one)}." for one in elements if one.standing != "agreed"]
    return tuple(found)


def _chain(state: str) -> str:
    return {"gap": "not whole", "altered": "broken: another fingerprint was measured", "not_told": "not told"}[state]


def _open(element: ElementHeld) -> str:
    return {
        "disputed": "the co-chairs hold different things", "one_side": "only one co-chair has held anything",
        "not_joint": "no co-chair has held anything", "agreed": "agreed",
    }[element.standing]  # fmt: skip
