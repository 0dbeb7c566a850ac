"""On which side of a line a place lies: surely left, surely right (looking along it as drawn), or undetermined."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from msgspec import Struct

from truceline.compliance.lines.chains import Chain, Floats, Nearest, in_space, least_way, most_way
from truceline.compliance.lines.drawn import DrawnLine
from truceline.vocabulary.columns import Bools, Bytes, Ints

UNDETERMINED, LEFT, RIGHT = 0, 1, 2
TOO_NEAR, BEYOND = "too_near", "beyond_the_end"
DIRECTIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west", "")
ON_IT = 8
AT_END = 1e-9
"""So near to an end of a piece its nearest point is that end."""


class Side(Struct, frozen=True):
    """Where a place lies, of a line or of a zone, and how far it is from the drawn border: at least and at most.

    why: of `undetermined`, `too_near` (its radius, with the line's precision, reaches the line) or `beyond_the_end`
    (the line as drawn does not go past it). toward: the party named on that side, "" where none is. lies: in which of
    eight directions the point lies from the nearest point of the line, whatever its radius; "" on the line itself.
    """

    side: Literal["left", "right", "inside", "outside", "undetermined"]
    least_m: int
    most_m: int
    toward: str = ""
    why: str = ""
    lies: str = ""


@dataclass(frozen=True, eq=False)
class Sides:
    """Of many places: UNDETERMINED, LEFT or RIGHT; metres at least and at most; whether the line is too near.

    lies: positions in `DIRECTIONS`.
    """

    side: Bytes
    least_m: Ints
    most_m: Ints
    too_near: Bools
    lies: Bytes

    def one(self, at: int, line: DrawnLine) -> Side:
        """One of them, with the party on that side."""
        least, most, lies = int(self.least_m[at]), int(self.most_m[at]), DIRECTIONS[self.lies[at]]
        if self.side[at] == UNDETERMINED:
            return Side("undetermined", least, most, why=TOO_NEAR if self.too_near[at] else BEYOND, lies=lies)
        if self.side[at] == LEFT:
            return Side("left", least, most, line.left, lies=lies)
        return Side("right", least, most, line.right, lies=lies)


def side_of(lat_e7: int, lon_e7: int, radius_m: int, line: DrawnLine) -> Side:
    """The side of a line that everything within the radius of a point lies on."""
    return sides_of(np.array([lat_e7]), np.array([lon_e7]), np.array([radius_m]), line).one(0, line)


def sides_of(lat_e7: Ints, lon_e7: Ints, radius_m: Ints, line: DrawnLine) -> Sides:
    """The same for many places.

    Sure only if no point of the circle may be on the line or beyond it, and none has an end of the line as its nearest
    point: past its end a line has no sides.
    """
    places, found = in_space(lat_e7, lon_e7), line.chain.nearest(lat_e7, lon_e7)
    least = np.floor(least_way(found.chord)).astype(np.int64)
    most = np.ceil(most_way(found.chord)).astype(np.int64)
    slack = radius_m + line.precision_m
    too_near = least <= slack
    side = _by_piece(places, found.piece, found.at, line.chain)
    side[too_near | (_nearest_end(places, line) <= most + 2 * slack)] = UNDETERMINED
    return Sides(side, least, most, too_near, directions(places, found, line.chain))


def directions(places: Floats, found: Nearest, chain: Chain) -> Bytes:
    """In which of `DIRECTIONS` each place lies from the nearest point of a line."""
    foot = chain.start[found.piece] + found.at[:, None] * chain.way[found.piece]
    up = places / np.sqrt((places**2).sum(axis=1))[:, None]
    east = np.cross(np.array([0.0, 0.0, 1.0]), up)
    east /= np.maximum(np.sqrt((east**2).sum(axis=1)), 1e-12)[:, None]
    away = places - foot
    turn = np.arctan2((away * east).sum(axis=1), (away * np.cross(up, east)).sum(axis=1))
    lies: Bytes = (np.round(turn / (np.pi / 4)).astype(np.int8) % 8).astype(np.int8)
    lies[found.chord < 1] = ON_IT
    return lies


def _nearest_end(places: Floats, line: DrawnLine) -> Floats:
    """The least distance to an open end of a part, in metres."""
    nearest: Floats = np.full(len(places), np.inf)
    for part in line.parts:
        if np.array_equal(part[0], part[-1]):
            continue
        for end in in_space(part[[0, -1], 0], part[[0, -1], 1]):
            nearest = np.minimum(nearest, least_way(np.sqrt(((places - end) ** 2).sum(axis=1))))
    return nearest


def _by_piece(places: Floats, piece: Ints, at: Floats, chain: Chain) -> Bytes:
    """By the nearest piece. Where its end is nearest, the next decides with it: on the outside of the turn."""
    before, after = _neighbours(chain)
    first = np.where(at < AT_END, before[piece], piece)
    second = np.where(at > 1 - AT_END, after[piece], piece)
    ends = chain.start + chain.way
    left_1, left_2 = (_turn(chain.start[one], ends[one], places) > 0 for one in (first, second))
    outside = _turn(chain.start[first], ends[first], ends[second]) < 0
    is_left = np.where(left_1 == left_2, left_1, outside)
    side: Bytes = np.where(is_left, LEFT, RIGHT).astype(np.int8)
    side[(first < 0) | (second < 0)] = UNDETERMINED
    return side


def _neighbours(chain: Chain) -> tuple[Ints, Ints]:
    """The piece before and after each, around a closed part; -1 where there is none."""
    many = np.arange(len(chain.start))
    before, after = many - 1, many + 1
    for part in np.unique(chain.part):
        first, last = (int(one) for one in np.flatnonzero(chain.part == part)[[0, -1]])
        gap = np.abs(chain.start[last] + chain.way[last] - chain.start[first]).max()
        before[first], after[last] = (last, first) if gap < 1e-6 else (-1, -1)
    return before, after


def _turn(start: Floats, end: Floats, place: Floats) -> Floats:
    """Above 0 where a place lies left of the way from start to end, seen from above."""
    turn: Floats = (np.cross(start, end) * place).sum(axis=1)
    return turn
