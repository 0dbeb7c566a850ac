"""Is a place nearer to a line than so many metres? Three answers, for many places at once."""

import numpy as np

from truceline.compliance.lines.chains import CELL_REACH_M, least_way, most_way
from truceline.compliance.lines.drawn import DrawnLine
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, Ints


def nearer_than(
    has_point: Bools, lat_e7: Ints, lon_e7: Ints, radius_m: Ints, line: DrawnLine, distance_m: int
) -> Bytes:
    """For each place: SURELY nearer to the line than `distance_m`, surely not (NO), or MAYBE.

    A place is somewhere within its radius of its point; without a point it is anywhere: MAYBE. The line's precision
    and the errors of measuring count against being sure. Exactly at the distance is not nearer.
    """
    answer = np.full(len(lat_e7), MAYBE, np.int8)
    pointed = np.flatnonzero(has_point)
    if len(pointed) == 0:
        return answer
    lat, lon, slack = lat_e7[pointed], lon_e7[pointed], radius_m[pointed] + line.precision_m
    chord, of = line.chain.around(lat, lon)
    low = _down(least_way(np.maximum(chord - CELL_REACH_M, 0)))[of]
    high = _up(most_way(chord + CELL_REACH_M))[of]
    found = _answered(low - slack, high + slack, distance_m)
    open_ = np.flatnonzero(found == MAYBE)
    least, most = distances(lat[open_], lon[open_], line)
    found[open_] = _answered(least - slack[open_], most + slack[open_], distance_m)
    answer[pointed] = found
    return answer


def distances(lat_e7: Ints, lon_e7: Ints, line: DrawnLine) -> tuple[Ints, Ints]:
    """(least, most) whole metres from each point to the line as it is drawn; the true distance lies between them."""
    chord = line.chain.nearest(lat_e7, lon_e7).chord
    return _down(least_way(chord)), _up(most_way(chord))


def reach(lat_e7: int, lon_e7: int, radius_m: int, line: DrawnLine) -> tuple[int, int]:
    """(least, most) metres that a place may be from the true line: with its radius and the line's precision."""
    least, most = distances(np.array([lat_e7]), np.array([lon_e7]), line)
    slack = radius_m + line.precision_m
    return max(0, int(least[0]) - slack), int(most[0]) + slack


def _answered(least: Ints, most: Ints, distance_m: int) -> Bytes:
    answer = np.full(len(least), MAYBE, np.int8)
    answer[most < distance_m] = SURELY
    answer[least >= distance_m] = NO
    return answer


def _down(metres: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    return np.floor(metres).astype(np.int64)


def _up(metres: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Ints:
    return np.ceil(metres).astype(np.int64)
