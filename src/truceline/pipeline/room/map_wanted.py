"""Which incidents a map or its table shows: by day, kind, side, area, indicator, and what is in view."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np
from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.pipeline.questions import Answer
from truceline.vocabulary.columns import Bools, IncidentColumns
from truceline.vocabulary.texts import Column, coded

Box = tuple[int, int, int, int]
ELSEWHERE = "elsewhere"
UNSAID = "unsaid"
"""Chosen as a kind: of incidents of which no kind was said."""


class Wanted(Struct, frozen=True):
    """Which incidents. "" and None: all of them.

    first, last: days of the ledger by name, both in; an incident is chosen if it may have been on one of them.
    area: an area's id, or `elsewhere`; box: south, west, north, east in 1e-7 degrees, closed, for those with a point.
    counts: an indicator's id, for which they count surely or maybe.
    """

    first: str = ""
    last: str = ""
    kind: str = ""
    side: str = ""
    area: str = ""
    counts: str = ""
    box: Box | None = None


EVERYTHING = Wanted()


def chosen_of(answer: Answer, wanted: Wanted) -> Bools:
    """Which of the incidents are wanted. Raises `ValueNotRead` for a day, area or indicator that the ledger has not."""
    incidents = answer.evaluated.incidents
    chosen = _on_days(answer, wanted)
    if wanted.kind:
        chosen &= _is_among(incidents.kind, lambda text: (text or UNSAID) == wanted.kind)
    if wanted.side:
        chosen &= _has_side(incidents.side_a, wanted.side) | _has_side(incidents.side_b, wanted.side)
    if wanted.area:
        ids = [*answer.evaluated.ledger.areas, ELSEWHERE]
        chosen &= incidents.placed.sets[:, _position(ids, wanted.area, "area")][incidents.placed.of]
    if wanted.counts:
        ids = [one.indicator for one in answer.evaluated.ledger.indicators]
        chosen &= incidents.counts[_position(ids, wanted.counts, "indicator")] > 0
    return chosen & _in_box(incidents, wanted.box) if wanted.box else chosen


def _on_days(answer: Answer, wanted: Wanted) -> Bools:
    incidents, names = answer.evaluated.incidents, [day.name for day in answer.evaluated.ledger.days]
    chosen = np.ones(len(incidents), np.bool_)
    if wanted.first:
        chosen &= incidents.last_day >= _position(names, wanted.first, "day")
    if wanted.last:
        chosen &= incidents.first_day <= _position(names, wanted.last, "day")
    return chosen


def _position(ids: list[str], wanted: str, what: str) -> int:
    if wanted not in ids:
        raise ValueNotRead(f"The ledger has no {what} {wanted[:80]!r}.", "Choose one from the page's list.")
    return ids.index(wanted)


def _in_box(incidents: IncidentColumns, box: Box) -> Bools:
    south, west, north, east = box
    lat, lon = incidents.lat_e7, incidents.lon_e7
    inside: Bools = incidents.has_point & (south <= lat) & (lat <= north) & (west <= lon) & (lon <= east)
    return inside


def _is_among(column: Sequence[str], test: Callable[[str], bool]) -> Bools:
    codes, texts = coded(column)
    answers: Bools = np.array([test(text) for text in texts], np.bool_)[codes] if texts else np.zeros(0, np.bool_)
    return answers


def _has_side(column: Sequence[str], side: str) -> Bools:
    return _is_among(column, lambda text: side in names_in(text))


def said_in(column: Sequence[str]) -> tuple[str, ...]:
    """The texts that stand in a column, each once."""
    return column.said if isinstance(column, Column) else tuple(dict.fromkeys(column))


def names_in(text: str) -> tuple[str, ...]:
    """The names in a column of JSON lists."""
    return msgspec.json.decode(text, type=tuple[str, ...]) if text else ()
