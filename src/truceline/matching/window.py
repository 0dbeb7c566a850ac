"""How near two reports have to be, in time and in place, to be worth comparing: a declared window, and its exact test.

Every test is on whole numbers and of two reports alone, so that the answer for a pair hangs on no other report.
"""

import numpy as np
from msgspec import Struct

from truceline.matching.compared import HALF_ROUND_M, Compared
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.when import DAY, HOUR
from truceline.vocabulary.where import E7, MIN_CM_PER_DEGREE


class Window(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pair is a candidate if both intervals overlap or lie at most `time_us` apart, and both circles touch or lie at
    most `distance_m` apart; where either has no point, if both say one place.

    Apart are the nearest two instants (half-open intervals of whole microseconds: intervals that touch are 1 apart),
    and the nearest two points of the circles. most_span_us, most_radius_m: what is vaguer than that is compared with
    nothing (`too_vague` lists it). within_one_source: rows of one source are compared with one another too; without
    it they are presumed to tell of different incidents.
    """

    time_us: int = HOUR
    distance_m: int = 1_000
    most_span_us: int = 21 * DAY
    most_radius_m: int = 60_000
    within_one_source: bool = False


def apart_us(reports: Compared, one: Ints, other: Ints) -> Ints:
    """Microseconds between the nearest two instants of each pair; 0 or less where the intervals overlap."""
    begins = np.maximum(reports.start[one], reports.start[other])
    apart: Ints = begins - np.minimum(reports.last[one], reports.last[other])
    return apart


def apart_cm2(reports: Compared, one: Ints, other: Ints) -> Ints:
    """The square of a lower bound, in centimetres, of the distance between the points of each pair.

    Plane approximation, as `vocabulary.where.apart_at_least_m`, with the cosine at the point further from the equator:
    too short by at most 1.1 % north to south, and east to west by how far the cosine differs between the two. Nothing
    is near across the 180th meridian.
    """
    north = np.abs(reports.lat[one] - reports.lat[other]) * MIN_CM_PER_DEGREE // E7
    permille = np.minimum(reports.permille[one], reports.permille[other])
    east = np.abs(reports.lon[one] - reports.lon[other]) * permille // 1000 * MIN_CM_PER_DEGREE // E7
    apart: Ints = north * north + east * east
    return apart


def reach_cm(reports: Compared, one: Ints, other: Ints, beyond_m: int) -> Ints:
    """How far apart two points may lie for the circles to be at most `beyond_m` apart, in centimetres."""
    reach: Ints = (np.minimum(reports.radius[one] + reports.radius[other], HALF_ROUND_M) + beyond_m) * 100
    return reach


def near(reports: Compared, one: Ints, other: Ints, window: Window) -> Bools:
    """Pair by pair, the two are candidates under the window."""
    meets = np.flatnonzero(apart_us(reports, one, other) <= window.time_us)
    found = np.zeros(len(one), np.bool_)
    found[meets] = meeting_near(reports, one[meets], other[meets], window)
    return found


def meeting_near(reports: Compared, one: Ints, other: Ints, window: Window) -> Bools:
    """The same of pairs that are known to meet in time, or nearly."""
    found = np.ones(len(one), np.bool_)
    if not window.within_one_source:
        found &= reports.source[one] != reports.source[other]
    at = np.flatnonzero(found)
    found[at] = _near_in_place(reports, one[at], other[at], window)
    return found


def _near_in_place(reports: Compared, one: Ints, other: Ints, window: Window) -> Bools:
    reach = reach_cm(reports, one, other, window.distance_m)
    found: Bools = apart_cm2(reports, one, other) <= reach * reach
    at = np.flatnonzero((reports.radius[one] < 0) | (reports.radius[other] < 0))
    a, b = reports.name[one[at]], reports.name[other[at]]
    found[at] = (a == b) & (a > 0)
    return found


def too_vague(reports: Compared, window: Window) -> Bools:
    """Reports whose time or place is vaguer than the window compares."""
    vague: Bools = (reports.last - reports.start >= window.most_span_us) | (reports.radius > window.most_radius_m)
    return vague
