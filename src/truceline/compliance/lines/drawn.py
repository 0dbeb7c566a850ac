"""A line as it is drawn: parts of points on the grid of 1e-7 degrees, and how exactly it is drawn."""

from dataclasses import dataclass
from functools import cached_property

from truceline.compliance.lines.chains import Chain
from truceline.vocabulary.columns import Ints


@dataclass(frozen=True, eq=False)
class DrawnLine:
    """A named line. Between two points it runs straight in latitude and longitude (RFC 7946, 3.1.1).

    parts: (n, 2) arrays of lat_e7, lon_e7, at least two points each, in the order they are drawn. precision_m: the
    true line is nowhere farther than that from the drawn one. left, right: the parties on its sides, "" unnamed.
    """

    id: str
    parts: tuple[Ints, ...]
    precision_m: int = 0
    left: str = ""
    right: str = ""

    @cached_property
    def chain(self) -> Chain:
        """Its pieces in space, made when they are first asked for."""
        return Chain.of(self.parts)
