"""What a matter has to be to count: each condition answers NO, MAYBE or SURELY for each, and the least counts."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from truceline.compliance.areas import Names, placed_in
from truceline.compliance.assessing.membership import Membership
from truceline.compliance.kinds.base import RowTest
from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.near import nearer_than
from truceline.compliance.standing import Standing
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, Ints, Placed
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.possible_kinds import kind_among
from truceline.vocabulary.texts import coded

Line = Mapping[str, DrawnLine]


@dataclass(frozen=True)
class Ground:
    """What places matters: the pack's areas and lines, and who is who."""

    names: Names
    terrain: Terrain
    standing: Standing
    bodies: Mapping[str, str]
    lines: Line


@dataclass
class Asked:
    """Matters ready to be asked; whatever was answered once is kept."""

    matters: MatterColumns
    ground: Ground
    held: Bytes
    did: Membership
    hit: Membership
    kept: dict[object, Bytes] = field(default_factory=dict)
    placed: Placed | None = None
    _by_area: Bools = field(default_factory=lambda: np.zeros((0, 0), np.bool_))
    _areas_each: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    @classmethod
    def of(cls, matters: MatterColumns, ground: Ground) -> "Asked":
        """What is only reported may have happened; a finding has its own word."""
        held = np.where(matters.body == REPORTED, np.minimum(matters.held, MAYBE), matters.held).astype(np.int8)
        did = Membership(ground.standing, ground.bodies, matters.by, matters.start, matters.end)
        hit = Membership(ground.standing, ground.bodies, matters.against, matters.start, matters.end)
        return cls(matters, ground, held, did, hit)

    def meets(self, test: RowTest) -> Bytes:
        """All that a test asks but who did it and when."""
        return self._once(test, lambda: self._met(test))

    def _met(self, test: RowTest) -> Bytes:
        asked: list[Bytes] = [self.held]
        if test.kinds is not None:
            asked.append(self._coded("kind", self.matters.kind, test.kinds))
        if test.weapons is not None:
            asked.append(self._coded("weapon", self.matters.weapon, test.weapons))
        if test.against is not None:
            against = test.against
            asked.append(self._once(("against", against), lambda: self.hit.were(against)))
        if test.inside is not None:
            areas = test.inside
            asked.append(self._once(("inside", areas), lambda: self._inside(areas)))
        if test.near is not None:
            asked.append(self._near(test.near.line, test.near.distance_m))
        asked += [self._element(name, held) for name, held in test.elements]
        least: Bytes = np.minimum.reduce(asked)
        return least

    def elements(self, answer: Callable[[Mapping[str, str]], int]) -> Bytes:
        """An answer for what each finding holds of its elements; worked once for each distinct text."""
        codes, texts = coded(self.matters.elements)
        each = np.array([*(answer(json.loads(text) if text else {}) for text in texts), NO], np.int8)
        found: Bytes = each[codes]
        return found

    def _once(self, key: object, work: Callable[[], Bytes]) -> Bytes:
        if key not in self.kept:
            self.kept[key] = work()
        return self.kept[key]

    def _coded(self, name: str, column: Sequence[str], wanted: tuple[str, ...]) -> Bytes:
        def answered() -> Bytes:
            codes, texts = coded(column)
            each = np.array([*(kind_among(text, wanted) for text in texts), NO], np.int8)
            found: Bytes = each[codes]
            return found

        return self._once((name, wanted), answered)

    def _inside(self, areas: tuple[str, ...]) -> Bytes:
        if self.placed is None:
            self.placed = placed_in(self.matters, self.ground.names, self.ground.terrain)[0]
            self._by_area = np.ascontiguousarray(self.placed.sets.T)
            self._areas_each = self.placed.sets.sum(axis=1)
        wanted = np.flatnonzero(wanted_areas(self.ground.names, areas))
        within = self._by_area[wanted].sum(axis=0)
        each = np.where(within == 0, NO, np.where(within < self._areas_each, MAYBE, SURELY)).astype(np.int8)
        found: Bytes = each[self.placed.of]
        return found

    def _near(self, line: str, distance_m: int) -> Bytes:
        def answered() -> Bytes:
            of = self.matters
            found: Bytes = nearer_than(
                of.has_point, of.lat_e7, of.lon_e7, of.radius_m, self.ground.lines[line], distance_m
            )
            return found

        return self._once(("near", line, distance_m), answered)

    def _element(self, name: str, wanted: str) -> Bytes:
        def answer(held: Mapping[str, str]) -> int:
            said = held.get(name, "")
            if said == wanted:
                return SURELY
            return NO if {said, wanted} == {"yes", "no"} else MAYBE

        return self._once(("element", name, wanted), lambda: self.elements(answer))


def wanted_areas(names: Names, areas: Sequence[str]) -> np.ndarray:
    """The areas that these areas and groups are, as a row of all; the pack's check knows each of them."""
    rows = [row for area in areas if (row := names.row(area)) is not None]
    return np.logical_or.reduce(rows) if rows else np.zeros(names.count, np.bool_)
