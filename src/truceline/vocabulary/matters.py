"""What is held against clauses, as columns: findings of bodies, and incidents nobody has found on yet."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from truceline.vocabulary.columns import Bools, Bytes, Ints
from truceline.vocabulary.texts import chosen, joined

REPORTED = -1
"""Of `body`: no body has found on it; it is only reported."""


@dataclass(frozen=True)
class MatterColumns:
    """One row for each finding of each body, and one for each incident (`body` REPORTED).

    id: the finding's act, or the incident's founding report. body: the position of the body in the agreement, or
    REPORTED. found_on: of an incident, the bodies that have a finding on it, as bits (1 << position): for these their
    finding counts and the bare incident does not. held: SURELY happened, MAYBE (undetermined, or only reported), NO.
    [start, end): UTC microseconds. lat_e7, lon_e7 count only where has_point. area: as said. kind: a code, or several
    (`possible_kinds`). by: names of who did it, a JSON array; by_held: SURELY where a body attributes it to them, MAYBE
    where they only may have (each of them, or somebody else). against: names of who was hit, a JSON array, [] unknown.
    elements: a JSON object, element -> held, "" for none.
    """

    id: Sequence[str]
    body: Ints
    found_on: Ints
    held: Bytes
    start: Ints
    end: Ints
    has_point: Bools
    lat_e7: Ints
    lon_e7: Ints
    radius_m: Ints
    place: Sequence[str]
    area: Sequence[str]
    kind: Sequence[str]
    weapon: Sequence[str]
    by: Sequence[str]
    by_held: Bytes
    against: Sequence[str]
    elements: Sequence[str]

    def __len__(self) -> int:
        return len(self.body)

    def take(self, at: Ints) -> Self:
        """The rows at these positions."""

        def at_rows(of: Any) -> Any:
            return of[at] if isinstance(of, np.ndarray) else chosen(of, at)

        return type(self)(**{one.name: at_rows(getattr(self, one.name)) for one in fields(self)})

    def join(self, other: Self) -> Self:
        """These rows, then others."""
        both = {one.name: (getattr(self, one.name), getattr(other, one.name)) for one in fields(self)}
        made: dict[str, Any] = {
            name: np.concatenate(two) if isinstance(two[0], np.ndarray) else joined(*two) for name, two in both.items()
        }
        return type(self)(**made)


def columns_of(rows: Sequence[tuple[object, ...]]) -> MatterColumns:
    """Rows of matters, in the order of the columns, as columns."""
    names = MatterColumns.__dataclass_fields__
    whole = {name: [row[n] for row in rows] for n, name in enumerate(names)}
    numbers = {"held": np.int8, "by_held": np.int8, "has_point": np.bool_}
    texts = {"id", "place", "area", "kind", "weapon", "by", "against", "elements"}
    return MatterColumns(
        **{
            name: values if name in texts else np.array(values, numbers.get(name, np.int64))  # type: ignore[arg-type]
            for name, values in whole.items()
        }
    )
