"""`flights`: sightings after their declared delay, against the areas closed to flights; by owner, and by nobody.

A sighting, a blast and what somebody holds of the two are three records. Positions are not told, only areas.
"""

from collections.abc import Sequence
from pathlib import Path

from truceline.compliance.areas import Names
from truceline.compliance.assessing.conditions import wanted_areas
from truceline.compliance.closed_skies import closed_to, linked_to, over_areas
from truceline.compliance.flight_efforts import FlightEffort, Sightings, flight_efforts
from truceline.compliance.flights import Flight, flight_matters, flights_of
from truceline.errors import ValueNotRead
from truceline.pipeline.designated import Plain, Then, then
from truceline.pipeline.missions import registered
from truceline.vocabulary.act import Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso

UNATTRIBUTED = "unattributed"
METHOD = (
    "Counts are of sightings, not of aircraft. A flight that nobody owns stays unattributed, and is shared out among "
    "nobody. A closed area is asked about by place and time alone. A duty to have fewer flights is a best effort: "
    "fewer sightings can be fewer flights, or fewer people who looked."
)
LABELS = {NO: "flight", MAYBE: "flight, possibly in a closed area", SURELY: "prohibited flight"}


def flights_told(
    path: Path, reader: Reader, *, now_us: int, as_of: str | None = None, known: str | None = None, area: str = ""
) -> Plain:
    """Every sighting whose delay is over, or those that may have been over one area. Raises `ValueNotRead`."""
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        geometry = registered(at.mission, at.size).pack.geometry
        wanted = _wanted(area, at.agreement)
        flights = flights_of(at.agreement, at.acts, at.as_of)
        matters = flight_matters(at.agreement, at.acts, at.as_of)
        over = over_areas(matters, at.agreement, geometry)
        closed = closed_to(matters, at.agreement, geometry, at.as_of)
        told = [
            _told(at, one, over[n], {rule.obligation: int(rule.answers[n]) for rule in closed})
            for n, one in enumerate(flights) if not area or wanted & set(over[n])
        ]  # fmt: skip
        efforts = [_effort(one, at.agreement.zone) for one in flight_efforts(at.agreement, flights, at.as_of)]
        counts = {"owners": _owners(told), "months": _months(told), "efforts": efforts, "method": METHOD}
        return at.heading(path, reader) | {"flights": told} | counts


def _wanted(area: str, agreement: Agreement) -> set[str]:
    if area and Names.of(agreement).row(area) is None:
        ids = [*(one.id for one in agreement.areas), *(one.id for one in agreement.area_groups)]
        raise ValueNotRead(f"{area!r} is no area of this agreement.", f"Known: {', '.join(ids)}.")
    row = wanted_areas(Names.of(agreement), (area,) if area else ())
    return {one.id for one, is_wanted in zip(agreement.areas, row.tolist(), strict=True) if is_wanted}


def _told(at: Then, one: Flight, over: tuple[str, ...], closed: dict[str, int]) -> Plain:
    zone, act = at.agreement.zone, one.act
    return {
        "number": act.number, "from": iso(one.start, zone), "until": iso(one.end, zone), "area": " or ".join(over),
        "aircraft": act.aircraft, "means": act.means, "source": act.source, "by": act.by,
        "owner": one.owner or UNATTRIBUTED, "mission": act.mission,
        "label": LABELS[max(closed.values(), default=NO)],
        "rules": [rule for rule, answer in closed.items() if answer == SURELY],
        "rules_maybe": [rule for rule, answer in closed.items() if answer == MAYBE],
        "links": [_link(link, act_id) for act_id, link in linked_to(one, at.acts, at.as_of)],
        "because": act.because, "act": one.held.id,
    }  # fmt: skip


def _link(act: Finding, act_id: str) -> Plain:
    rests = list(act.rests_on) if isinstance(act.rests_on, tuple) else []
    return {"by": act.by, "held": act.held, "reports": rests, "because": act.because, "act": act_id}


def _effort(one: FlightEffort, zone: str) -> Plain:
    return {
        "obligation": one.obligation, "terms": list(one.terms), "party": one.party, "aim": one.aim,
        "baseline": _sightings(one.baseline, zone), "since": _sightings(one.since, zone),
    }  # fmt: skip


def _sightings(one: Sightings, zone: str) -> Plain:
    return {
        "from": iso(one.start, zone), "to": iso(one.end, zone), "days": one.days, "owned": one.owned,
        "unattributed": one.unattributed,
    }  # fmt: skip


def _owners(told: Sequence[Plain]) -> list[Plain]:
    """Sightings by owner, the unattributed last, in a row of their own even where there are none."""
    owners = [*sorted({str(one["owner"]) for one in told} - {UNATTRIBUTED}), UNATTRIBUTED]
    return [{"owner": owner, "flights": sum(one["owner"] == owner for one in told)} for owner in owners]


def _months(told: Sequence[Plain]) -> list[Plain]:
    """The same by month of the sighting, with those in an area surely closed."""
    rows = []
    for month in sorted({str(one["from"])[:7] for one in told}):
        here = [one for one in told if str(one["from"])[:7] == month]
        for count in _owners(here):
            closed = sum(one["owner"] == count["owner"] and bool(one["rules"]) for one in here)
            rows.append({"month": month, **count, "prohibited": closed})
    return rows
