"""What a claimed line or zone says of places that are known only so well."""

from dataclasses import dataclass

import numpy as np

from truceline.compliance.areas import circles_in
from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.near import distances
from truceline.compliance.lines.sides import ON_IT, UNDETERMINED, Side, Sides, sides_of
from truceline.compliance.territory.claims import Version
from truceline.compliance.territory.shapes import Shape
from truceline.vocabulary.columns import Ints

INSIDE, OUTSIDE = 3, 4


@dataclass(frozen=True, eq=False)
class Placings:
    """Of many places, what one version says: codes of `sides`, INSIDE or OUTSIDE, and distances to the border."""

    found: Sides
    line: DrawnLine

    def one(self, at: int) -> Side:
        """One of them."""
        code, least, most = (int(one[at]) for one in (self.found.side, self.found.least_m, self.found.most_m))
        if code in (INSIDE, OUTSIDE):
            return Side("inside" if code == INSIDE else "outside", least, most)
        return self.found.one(at, self.line)


def answer_of(version: Version, lat_e7: int, lon_e7: int, radius_m: int) -> Side:
    """Of a line: left, right, undetermined. Of a zone: inside, outside, undetermined. With distances to its border."""
    return answers_of(version, np.array([lat_e7]), np.array([lon_e7]), np.array([radius_m])).one(0)


def answers_of(version: Version, lat_e7: Ints, lon_e7: Ints, radius_m: Ints) -> Placings:
    """The same of many places."""
    assert version.shape is not None
    act = version.act
    line = version.shape.drawn(act.precision_m, act.left or "", act.right or "")
    if not version.shape.is_zone:
        return Placings(sides_of(lat_e7, lon_e7, radius_m, line), line)
    return Placings(_inside(version.shape, lat_e7, lon_e7, radius_m, line), line)


def _inside(shape: Shape, lat_e7: Ints, lon_e7: Ints, radius_m: Ints, border: DrawnLine) -> Sides:
    least, most = distances(lat_e7, lon_e7, border)
    points = np.column_stack([lat_e7, lon_e7, np.zeros_like(lat_e7)])
    within = np.any([circles_in(points, polygon)[0] for polygon in shape.polygons], axis=0)
    too_near = least <= radius_m + border.precision_m
    side = np.where(within, INSIDE, OUTSIDE).astype(np.int8)
    side[too_near] = UNDETERMINED
    return Sides(side, least, most, too_near, np.full(len(side), ON_IT, np.int8))
