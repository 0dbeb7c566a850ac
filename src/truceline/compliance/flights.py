"""Flights that somebody saw: after the fact, once a declared delay is over, and nobody's where nobody owns up.

Whoever learns of a flight while it is in the air can shoot at it, or warn it: each sighting says how long it waits, and
one that does not say is never shown. A sighting is no finding: it can leave open whether an area closed to flights was
kept, and never says that it was not. That a flight and a blast belong together is for people to hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE
from truceline.vocabulary.conduct import FlightSeen
from truceline.vocabulary.matters import REPORTED, MatterColumns, columns_of
from truceline.vocabulary.position import read_position
from truceline.vocabulary.report import list_text
from truceline.vocabulary.when import HOUR, Interval

OVERFLIGHT, PROHIBITED = "overflight", "prohibited_flight"
"""What a sighting is, and what a body may find that it was: whether an area was closed is for a clause to say."""
_CRAFT = {"fixed_wing": "aircraft_fixed_wing", "helicopter": "helicopter", "uav": "uav_recce", "unknown": ""}


@dataclass(frozen=True)
class Flight:
    """One sighting that may be shown: the act, and [start, end) in UTC microseconds."""

    held: ActHeld
    act: FlightSeen
    start: int
    end: int

    @property
    def owner(self) -> str:
        """Whose it is said to be; "" where nobody says: unknown, and nobody's."""
        return "" if self.act.owner is UNSET else self.act.owner


def flights_of(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> list[Flight]:
    """The sightings said by an instant whose declared delay was over by then, in order of time.

    One whose delay is not over is not there at all: neither shown nor counted.
    """
    return sorted(_shown(acts, agreement, as_of), key=lambda one: (one.start, one.held.id))


def _shown(acts: Sequence[ActHeld], agreement: Agreement, as_of: int) -> Iterator[Flight]:
    for one in acts:
        if isinstance(one.act, FlightSeen) and one.at <= as_of and one.act.delay_hours is not UNSET:
            when = Interval.from_text(one.act.when, agreement.zone)
            if when.end + one.act.delay_hours * HOUR <= as_of:
                yield Flight(one, one.act, when.start, when.end)


def waiting_flights(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> dict[str, str]:
    """The sightings that must not be shown yet, by the id of their act: what a finding says that it is about."""
    shown = {one.held.id for one in flights_of(agreement, acts, as_of)}
    return {
        one.id: f"flight/{one.act.number}" for one in acts if isinstance(one.act, FlightSeen) and one.id not in shown
    }


def flight_matters(agreement: Agreement, acts: Sequence[ActHeld], as_of: int) -> MatterColumns:
    """The sightings as matters that are only reported.

    A finding `about: flight/NUMBER` that is of a flight, or of no kind, is a body's word on one. One of another kind, a
    blast, links the two, and leaves the sighting what it is.
    """
    bodies = {body.id: n for n, body in enumerate(agreement.bodies)}
    found: dict[str, int] = {}
    for one in acts:
        if isinstance(one.act, Finding) and one.at <= as_of and is_of_a_flight(one.act):
            found[one.act.about] = found.get(one.act.about, 0) | 1 << bodies[one.act.by]
    return columns_of([_row(one, found.get(name_of(one), 0)) for one in flights_of(agreement, acts, as_of)])


def name_of(one: Flight) -> str:
    """What a finding on a sighting says that it is about."""
    return f"flight/{one.act.number}"


def is_of_a_flight(act: Finding) -> bool:
    """The finding is of a flight, and not of something that may have to do with one."""
    return act.kind is UNSET or act.kind in (OVERFLIGHT, PROHIBITED)


def _row(one: Flight, found_on: int) -> tuple[object, ...]:
    lat_e7, lon_e7, radius_m, pointed = 0, 0, 0, one.act.place.position is not UNSET
    if one.act.place.position is not UNSET:
        read = read_position(one.act.place.position)
        lat_e7, lon_e7, radius_m = read.lat_e7, read.lon_e7, max(read.radius_m, one.act.place.radius_m)
    area = "" if one.act.place.area is UNSET else one.act.place.area
    by = list_text((one.owner,) if one.owner else ())
    return (
        one.held.id, REPORTED, found_on, MAYBE, one.start, one.end, pointed, lat_e7, lon_e7, radius_m, "", area,
        OVERFLIGHT, _CRAFT[one.act.aircraft], by, MAYBE, "[]", "",
    )  # fmt: skip
