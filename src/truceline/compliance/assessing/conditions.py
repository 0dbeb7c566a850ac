"""What a matter has to be to count: each condition answers NO, MAYBE or SURELY for each, and the least counts."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from truceline.compliance.areas import Names
from truceline.compliance.assessing.membership import Membership
from truceline.compliance.assessing.placing import AreasOf
from truceline.compliance.kinds.base import RowTest
from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.near import nearer_than
from truceline.compliance.standing import Standing
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.columns import MAYBE, NO, SURELY, Bools, Bytes, Ints
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.possible_kinds import kind_among
from truceline.vocabulary.texts import coded

Line = Mapping[str, DrawnLine]


class _Chosen(dict[object, Bytes]):
    """What was answered of many matters, taken for some of them when it is asked for."""

    def __init__(self, whole: dict[object, Bytes], rows: Ints) -> None:
        super().__init__()
        self._whole, self._rows = whole, rows

    def get(self, key: object, default: Any = None) -> Any:
        """The answer for some, if these or all were asked."""
        if key not in self and key in self._whole:
            self[key] = self._whole[key][self._rows]
        return super().get(key, default)


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
    areas: AreasOf | None = None

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
            asked.append(self.against(test.against))
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

    def against(self, parties: tuple[str, ...]) -> Bytes:
        """One of those hit is of one of the parties."""
        return self._once(("against", parties), lambda: self.hit.were(parties))

    def heard_by(self, body: int) -> Bools:
        """What a body goes by: its own findings, and what is only reported and it has not found on."""
        of = self.matters
        heard = self._once(
            ("heard", body),
            lambda: ((of.body == body) | ((of.body == REPORTED) & ((of.found_on >> body) & 1 == 0))).view(np.int8),
        )
        return heard.view(np.bool_)

    def take(self, rows: Ints) -> "Asked":
        """Some of these matters, with what was answered of them."""
        return Asked(
            self.matters.take(rows), self.ground, self.held[rows], self.did.take(rows), self.hit.take(rows),
            _Chosen(self.kept, rows), None if self.areas is None else self.areas.take(rows),
        )  # fmt: skip

    def _once(self, key: object, work: Callable[[], Bytes]) -> Bytes:
        found = self.kept.get(key)
        if found is None:
            found = self.kept[key] = work()
        return found

    def _coded(self, name: str, column: Sequence[str], wanted: tuple[str, ...]) -> Bytes:
        def answered() -> Bytes:
            codes, texts = coded(column)
            each = np.array([*(kind_among(text, wanted) for text in texts), NO], np.int8)
            found: Bytes = each[codes]
            return found

        return self._once((name, wanted), answered)

    def _inside(self, areas: tuple[str, ...]) -> Bytes:
        if self.areas is None:
            self.areas = AreasOf.made(self.matters, self.ground.names, self.ground.terrain)
        return self.areas.within(wanted_areas(self.ground.names, areas))

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
