"""world.json: every incident, what surely counts it, and how many were in each cell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from truceline.theatre.ground import degrees
from truceline.theatre.knowable.when import days, instant, span
from truceline.theatre.knowable.who import SURELY, Names, kind_in, lethal
from truceline.theatre.setting import Setting
from truceline.theatre.told import Report, minute_text
from truceline.theatre.world import Incident

Raw = Mapping[str, Any]
Key = tuple[str, str, str]


class Happened:
    """What happened, and who told of it. Reports are those of the files; one may tell of an incident."""

    def __init__(self, setting: Setting, incidents: Sequence[Incident], reports: Sequence[Report]) -> None:
        self.setting, self.incidents = setting, incidents
        self.readings = [one for one in setting.agreement["readings"] if {"exclusions", "day_boundary"} <= set(one)]
        self.told: dict[int, list[str]] = {}
        self.told_truly: set[int] = set()
        for report in reports:
            if report.incident is not None:
                self.told.setdefault(report.incident, []).append(f"{report.source}/{report.id}")
                if report.truthful:
                    self.told_truly.add(report.incident)

    def world(self, seed: int) -> dict[str, Any]:
        """The whole of world.json.

        `surely_in_scope` lists for each reading the indicators that count the incident, were
        everything known; an actor of unconfirmed acceptance is never surely in scope. In the cells
        `incidents` are all of these, `reported` those that a truthful source told of.
        """
        return {
            "seed": seed,
            "incidents": [self._incident(number) for number in range(len(self.incidents))],
            "readings": {reading["id"]: {"cells": self._cells(reading)} for reading in self.readings},
        }

    def _incident(self, number: int) -> dict[str, Any]:
        one = self.incidents[number]
        return {
            "id": f"x{number + 1:06}",
            "when": minute_text(self.setting, one.day, one.minute),
            "area": one.spot.area,
            "place": one.spot.name,
            "lat": degrees(one.point[0]),
            "lon": degrees(one.point[1]),
            "kind": one.kind,
            "side_a": one.side_a,
            "side_b": one.side_b,
            "killed": one.killed,
            "surely_in_scope": self._counted(one),
            "reported_by": self.told.get(number, []),
        }

    def _cells(self, reading: Raw) -> list[dict[str, Any]]:
        agreement, calendar = self.setting.agreement, _Days(self.setting, reading)
        alike = Counter(
            (one.spot.area, calendar.day(one), tuple(self._counted(one)[reading["id"]]), number in self.told_truly)
            for number, one in enumerate(self.incidents)
        )
        happened, reported = Counter[Key](), Counter[Key]()
        for (area, day, indicators, truly), times in alike.items():
            for at in [(indicator, area, day) for indicator in indicators]:
                happened[at] += times
                reported[at] += times * truly
        return [
            {"indicator": at[0], "area": at[1], "day": at[2], "incidents": happened[at], "reported": reported[at]}
            for indicator in agreement["indicators"]
            for at in [(indicator["id"], area, day) for area in self.setting.areas for day in calendar.names]
        ]

    def _counted(self, one: Incident) -> dict[str, list[str]]:
        """The indicators that surely count it, by reading. Alike incidents share one answer."""
        key = (one.day, one.side_a, one.side_b, one.kind, one.killed > 0)
        if key not in self._answers:
            self._answers[key] = {reading["id"]: self._indicators(one, reading["id"]) for reading in self.readings}
        return self._answers[key]

    def _indicators(self, one: Incident, reading: str) -> list[str]:
        row = {"kind": one.kind, "killed_best": str(one.killed)}
        return [
            indicator["id"]
            for indicator in self._in_scope(reading, one.day, one.side_a, one.side_b)
            if kind_in(one.kind, indicator.get("kinds")) == SURELY
            and (indicator.get("lethal") != "true" or lethal(row) == SURELY)
        ]

    def _in_scope(self, reading: str, day: int, side_a: str, side_b: str) -> list[Raw]:
        """The indicators whose parties the two surely are, judged over the whole day: a change within it is unsure."""
        key = (reading, day, side_a, side_b)
        if key not in self._known:
            sides = {"side_a": side_a, "side_b": side_b}
            row = {side: self.setting.actor_names(actor, day, "en")[0] for side, actor in sides.items()}
            when = span(self.setting.day(day), self.setting.zone)
            names, indicators = self._names[reading], self.setting.agreement["indicators"]
            self._known[key] = [one for one in indicators if names.scope(row, one.get("between"), when) == SURELY]
        return self._known[key]

    @cached_property
    def _names(self) -> dict[str, Names]:
        # An umbrella is never a true actor, and an unconfirmed one never surely bound, whatever the reading says.
        unsure = {"umbrella": "undetermined"}
        return {one["id"]: Names(self.setting.agreement, {**one, **unsure}) for one in self.readings}

    @cached_property
    def _known(self) -> dict[tuple[str, int, str, str], list[Raw]]:
        return {}

    @cached_property
    def _answers(self) -> dict[tuple[int, str, str, str, bool], dict[str, list[str]]]:
        return {}


_moment = lru_cache(maxsize=200_000)(instant)


class _Days:
    """The days of one reading, and the day of an incident; "" outside the period."""

    def __init__(self, setting: Setting, reading: Raw) -> None:
        period = setting.agreement["period"]
        self.setting = setting
        self.days = days(period["from"], period["to"], reading["day_boundary"], reading["zone"])
        self.names = [name for name, _, _ in self.days]
        self.starts = [start for _, start, _ in self.days]

    def day(self, one: Incident) -> str:
        moment = _moment(minute_text(self.setting, one.day, one.minute), self.setting.zone)
        at = bisect_right(self.starts, moment) - 1
        return self.names[at] if at >= 0 and moment < self.days[at][2] else ""
