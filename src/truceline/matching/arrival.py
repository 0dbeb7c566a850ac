"""One report among many held: its candidates, their scores and the reasons, without looking at all the others.

Held reports stand in order of time (`in_time`), so that whatever may overlap with a new one is a few stretches; the
window's own test decides. What the answer is, `candidates` and `scored` say of the same reports in bulk.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from truceline.matching.candidates import Pairs
from truceline.matching.compared import Compared, Names
from truceline.matching.crowding import CLASSES, Density, _cell
from truceline.matching.explaining import Explained, explained
from truceline.matching.in_time import InTime
from truceline.matching.model import Model, scored, together
from truceline.matching.signals import Scene
from truceline.matching.window import near, too_vague
from truceline.vocabulary.columns import Bools, Ints
from truceline.vocabulary.texts import coded

ROOM = 1_024
"""Room for so many more at least, when there is none."""
CODED = ("source", "name", "kind", "weapon", "sides")
"""Columns whose numbers are those of texts; `origin` has texts that are not kept, and comes as a text."""


@dataclass(frozen=True)
class Found:
    """A report's pairs: positions of the others, rising, and the weight of each; those from the model's `least` on."""

    at: int
    candidates: int
    others: Ints
    weight: Ints
    reasons: tuple[Explained, ...]


class Held:
    """Reports held in memory, to which others come and from which some go, under one model."""

    def __init__(self, reports: Compared, origins: Sequence[str], model: Model) -> None:
        """origins: the text of each report's origin, "" where it names none: its source stands for that."""
        self.model = model
        self._columns = {one.name: getattr(reports, one.name) for one in fields(reports) if one.name != "texts"}
        self._count = len(reports)
        self._texts = Names(*(list(getattr(reports.texts, name)) for name in CODED))
        self._numbers = {name: _numbered(getattr(self._texts, name)) for name in CODED}
        self._origins = _origins(reports, origins)
        self._vague = too_vague(reports, model.window)
        self._there = np.ones(self._count, np.bool_)
        self._density = _Counted(model.density)
        self._order = InTime(reports, np.flatnonzero(~self._vague))
        self._make_room()

    def __len__(self) -> int:
        return self._count

    @property
    def reports(self) -> Compared:
        """All reports, those that went among them."""
        columns: dict[str, Any] = {name: column[: self._count] for name, column in self._columns.items()}
        return Compared(**columns, texts=self._texts)

    @property
    def there(self) -> Bools:
        """Of each report, that it has not gone."""
        return self._there[: self._count]

    def add(self, one: Compared, origin: str) -> int:
        """Take in one report, as it is compared by itself; its position. origin: as in `__init__`."""
        self._make_room()
        at, self._count = self._count, self._count + 1
        for name, column in self._columns.items():
            value = getattr(one, name)[0]
            column[at] = self._number(name, getattr(one.texts, name)[int(value)]) if name in CODED else value
        own = origin or one.texts.source[int(one.source[0])]
        self._columns["origin"][at] = self._origins.setdefault(own, len(self._origins))
        self._columns["repeats"][at] = -1
        self._vague[at], self._there[at] = bool(too_vague(one, self.model.window)[0]), True
        if not self._vague[at]:
            self._order.add(at, int(one.start[0]), int(one.last[0]))
        return at

    def repeat(self, at: int, target: int) -> None:
        """It says that it repeats the report at `target`; -1 for none that is held."""
        self._columns["repeats"][at] = target

    def remove(self, at: int) -> None:
        """A report goes: it is nobody's candidate any more. Who repeats it is to be told something else (`repeat`)."""
        self._there[at] = False
        self._columns["repeats"][at] = -1

    def found(self, at: int) -> Found:
        """The pairs of a report that is held, with their reasons."""
        others = self._near(at)
        declared = self._declared(at)
        every = np.union1d(others, declared)
        scene = self._scene(np.append(every, at))
        new = len(every)
        pairs = Pairs(np.arange(new), np.full(new, new))
        proposed = together(scored(scene, [pairs], self.model))
        reasons = tuple(explained(scene, self.model, one, new) for one in proposed.pairs.one.tolist())
        return Found(at, new, every[proposed.pairs.one], proposed.weight, reasons)

    def explained(self, one: int, other: int) -> Explained:
        """Any two reports in words."""
        return explained(self._scene(np.array([one, other])), self.model, 0, 1)

    def _near(self, at: int) -> Ints:
        """Positions of the candidates, rising."""
        if self._vague[at]:
            return np.zeros(0, np.int64)
        reports = self.reports
        likely = self._order.within(int(reports.start[at]), int(reports.last[at]), self.model.window.time_us)
        likely = likely[self._there[likely] & (likely != at)]
        close: Ints = np.sort(likely[near(reports, likely, np.full(len(likely), at), self.model.window)])
        return close

    def _declared(self, at: int) -> Ints:
        """What it says it repeats, and those who say that they repeat it."""
        repeats = self._columns["repeats"][: self._count]
        named: Ints = np.flatnonzero(repeats == at)
        return np.append(named, repeats[at]) if repeats[at] >= 0 else named

    def _scene(self, at: Ints) -> Scene:
        repeated = self._columns["repeats"][at]  # Two may say that they repeat a third, which is then to be there too.
        few = narrowed(self.reports, np.append(at, np.setdiff1d(repeated[repeated >= 0], at)))
        return Scene.of(few, self._density.around(few))

    def _number(self, name: str, text: Any) -> int:
        numbers, texts = self._numbers[name], getattr(self._texts, name)
        if text not in numbers:
            numbers[text] = len(texts)
            texts.append(text)
        return int(numbers[text])

    def _make_room(self) -> None:
        """Room for one more: where there is none, for an eighth more, in columns of its own."""
        if self._count < len(self._there):
            return
        more = max(self._count // 8, ROOM)
        for name, column in self._columns.items():
            self._columns[name] = np.concatenate([column, np.zeros((more, *column.shape[1:]), column.dtype)])
        self._vague, self._there = (np.append(one, np.zeros(more, np.bool_)) for one in (self._vague, self._there))


class _Counted:
    """A model's densities, of which the part around a few reports is asked."""

    def __init__(self, density: Density) -> None:
        self._whole = density
        self._cells = [np.array(cells, np.int64) for cells in density.cells]

    def around(self, few: Compared) -> Density:
        """The densities of the cells and names that these reports have: for them it counts as the whole does."""
        cells, counts = [], []
        for size in range(CLASSES):
            wanted = np.unique(_cell(few, size))
            at = np.searchsorted(self._cells[size], wanted)
            there = [n for n, cell in zip(at.tolist(), wanted.tolist(), strict=True) if self._is(size, n, cell)]
            cells.append(tuple(self._whole.cells[size][n] for n in there))
            counts.append(tuple(self._whole.counts[size][n] for n in there))
        names = {text: self._whole.names[text] for text in few.texts.name if text in self._whole.names}
        return Density(self._whole.minutes, tuple(cells), tuple(counts), names)

    def _is(self, size: int, at: int, cell: int) -> bool:
        return at < len(self._cells[size]) and int(self._cells[size][at]) == cell


def narrowed(reports: Compared, at: Ints) -> Compared:
    """A few reports with the texts they have and no others, so that nothing is looked up for the texts of all."""
    few = reports.take(at)
    codes: dict[str, Any] = {}
    texts: list[list[Any]] = []
    for name in CODED:
        known, numbers = getattr(reports.texts, name), getattr(few, name)
        used = np.union1d(numbers, np.zeros(1, numbers.dtype)) if len(known) else np.zeros(0, numbers.dtype)
        codes[name] = np.searchsorted(used, numbers).astype(numbers.dtype)
        texts.append([known[code] for code in used.tolist()])
    return replace(few, **codes, texts=Names(*texts))


def _origins(reports: Compared, origins: Sequence[str]) -> dict[str, int]:
    """The number of each origin's text; a source's own where a report names none."""
    codes, texts = coded(origins)
    both, first = np.unique(codes.astype(np.int64) << 32 | reports.source, return_index=True)
    sources = reports.texts.source
    named = (texts[pair >> 32] or sources[pair & 0xFFFFFFFF] for pair in both.tolist())
    return dict(zip(named, reports.origin[first].tolist(), strict=True))


def _numbered(texts: Sequence[Any]) -> dict[Any, int]:
    """The first number of each text."""
    numbers: dict[Any, int] = {}
    for number, text in enumerate(texts):
        numbers.setdefault(text, number)
    return numbers
