"""Who watched an area in a day, and whether that is enough: step 4 of the rule."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from truceline.theatre.knowable.when import Span, watch
from truceline.theatre.knowable.where import Ground


class Watch:
    """Coverage rows, by area."""

    def __init__(self, rows: Iterable[Mapping[str, str]], ground: Ground, zone: str) -> None:
        self.rows: dict[str, list[tuple[Span, Mapping[str, str]]]] = {area: [] for area in ground.areas}
        for row in rows:
            for area in ground.said(row["area"]):
                self.rows[area].append((watch(row["from"], row["to"], zone), row))

    def covered(self, area: str, start: datetime, end: datetime, minimum: Mapping[str, Any]) -> bool:
        """Enough independent origins each watched the area for long enough in [start, end)."""
        hours = timedelta(hours=int(minimum["hours"]))
        enough = [watched for watched in self._by_origin(area, start, end).values() if measure(watched) >= hours]
        return len(enough) >= int(minimum["sources"])

    def _by_origin(self, area: str, start: datetime, end: datetime) -> dict[str, list[Span]]:
        """For each origin the pieces its sources watched: reported, less what each source was stopped from."""
        here = [
            ((max(first, start), min(last, end)), row)
            for (first, last), row in self.rows[area]
            if first < end and start < last
        ]
        watched: dict[str, list[Span]] = {}
        for piece, row in here:
            if row["status"] != "reported":
                continue
            stopped = [cut for cut, other in here if (other["status"], other["source"]) == ("stopped", row["source"])]
            watched.setdefault(row.get("origin") or row["source"], []).extend(less([piece], stopped))
        return watched


def less(pieces: list[Span], cuts: list[Span]) -> list[Span]:
    """What is left of some pieces of time when others are cut out of them."""
    for first, last in cuts:
        ends = [(start, min(end, first)) for start, end in pieces] + [(max(start, last), end) for start, end in pieces]
        pieces = [(start, end) for start, end in ends if start < end]
    return pieces


def measure(pieces: list[Span]) -> timedelta:
    """The length of the union of some pieces of time."""
    total, reached = timedelta(0), None
    for start, end in sorted(pieces):
        begin = start if reached is None else max(start, reached)
        if end > begin:
            total, reached = total + (end - begin), end
    return total
