"""What of each report is compared, as columns of whole numbers: texts are coded once, however many rows have them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import msgspec
import numpy as np
from numpy.typing import NDArray

from truceline.matching.ngrams import Signatures, signatures
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns
from truceline.vocabulary.spelling import folded, parts, skeleton
from truceline.vocabulary.texts import Numbered, coded
from truceline.vocabulary.where import COS_PERMILLE, E7

HALF_ROUND_M = 20_003_932
"""Half the way round the Earth: no radius is larger."""
LEAST_CONSONANTS = 3
"""A name of fewer consonants is compared within its own script only."""

Codes = NDArray[np.int32]
Sides = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Compared:
    """Reports as they are compared, in the order they came.

    start, last: the first and the last microsecond in which it may have happened (UTC). radius: metres, -1 without a
    point; lat, lon: 1e-7 degrees. permille: what a degree of longitude is at least worth there. name: the place as it
    is spelled in no script in particular, 0 where none is said; kind, weapon and sides likewise: numbers of the texts
    in `texts`. low, high: people killed, `UNKNOWN` where none is given. origin: the independent source. repeats: the
    position of the report that it says it repeats, -1 for none. told: the n-grams of its words.
    """

    start: Ints
    last: Ints
    radius: Ints
    lat: Ints
    lon: Ints
    permille: Ints
    source: Codes
    origin: Codes
    name: Codes
    kind: Codes
    weapon: Codes
    sides: Codes
    low: Ints
    high: Ints
    repeats: Ints
    told: Signatures
    texts: "Names"

    def __len__(self) -> int:
        return len(self.start)

    def take(self, at: Ints) -> Self:
        """The reports at these positions; what they repeat is kept where it is among them."""
        where = np.full(len(self) + 1, -1)
        where[at] = np.arange(len(at))
        made: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "texts"}
        made = {name: column[at] for name, column in made.items()}
        return type(self)(**made | {"repeats": where[made["repeats"]], "texts": self.texts})


@dataclass(frozen=True)
class Names:
    """The texts of the codes; code 0 is nothing said."""

    source: list[str]
    name: list[str]
    kind: list[str]
    weapon: list[str]
    sides: list[Sides]


def compared(
    reports: ReportColumns,
    *,
    weapon: Sequence[str] | None = None,
    words: Sequence[str] | None = None,
    origin: Sequence[str] | None = None,
) -> Compared:
    """The columns to compare. Without a column of weapons, words or origins nothing is said of them."""
    sources, source = _numbered(reports.source)
    names, name = _keyed(reports.place, place_key)
    areas, area = _keyed(reports.area, lambda text: f"area {place_key(text)}" if text.strip() else "")
    kinds, kind = _keyed(reports.kind, str.strip)
    weapons, weapon_code = _keyed([""] * len(reports) if weapon is None else weapon, str.strip)
    both, sides = _sides(reports)
    low, high = _killed(reports)
    pointed = reports.has_point
    named = np.where(name > 0, name, np.where(area > 0, area + len(names), 0)).astype(np.int32)
    named = np.where(name > 0, name, np.where(area > 0, area + len(names), 0)).astype(np.int32)
    degrees = np.where(pointed, -(-np.abs(reports.lat_e7) // E7), 0)
    return Compared(
        reports.start, np.maximum(reports.end - 1, reports.start),
        np.where(pointed, np.minimum(reports.radius_m, HALF_ROUND_M), -1),
        np.where(pointed, reports.lat_e7, 0), np.where(pointed, reports.lon_e7, 0),
        np.array(COS_PERMILLE, np.int64)[degrees],
        source, _origins(reports.source, origin), named,
        kind, weapon_code, sides, low, high, _repeated(reports),
        signatures([""] * len(reports) if words is None else words),
        Names(sources, [*names, *areas], kinds, weapons, both),
    )  # fmt: skip


def place_key(text: str) -> str:
    """What stays the same of a place name across spellings and scripts; "" where nothing is said."""
    own = (parts(text) or ("",))[0]
    across = skeleton(own)
    return across if len(across) >= LEAST_CONSONANTS else folded(own)


def _numbered(column: Sequence[str]) -> tuple[list[str], Codes]:
    """The texts of a column each once, and the number of each row's."""
    codes, texts = coded(column)
    numbered = Numbered()
    of = numbered.codes(texts, len(texts))
    return list(numbered), of[codes] if len(of) else np.zeros(len(codes), np.int32)


def _keyed(column: Sequence[str], key: Any) -> tuple[list[str], Codes]:
    """The same by a key of the text; number 0 is the empty key."""
    codes, texts = coded(column)
    numbered = Numbered({"": 0})
    of = numbered.codes(map(key, texts), len(texts))
    return list(numbered), of[codes] if len(of) else np.zeros(len(codes), np.int32)


def _sides(reports: ReportColumns) -> tuple[list[Sides], Codes]:
    """Pairs of sides without order, each side a set of names across spellings; number 0 is none said."""
    one, texts = coded(reports.side_a)
    other, more = coded(reports.side_b)
    read = [[_actors(text) for text in column] for column in (texts, more)]
    found, back = np.unique(one.astype(np.int64) * max(len(more), 1) + other, return_inverse=True)
    numbered: dict[Sides, int] = {(frozenset(), frozenset()): 0}
    of = []
    for pair in found.tolist():
        a, b = read[0][pair // max(len(more), 1)], read[1][pair % max(len(more), 1)]
        both = (a, b) if sorted(a) <= sorted(b) else (b, a)
        of.append(numbered.setdefault(both, len(numbered)))
    return list(numbered), np.array([*of, 0], np.int32)[back.ravel()]


def _actors(text: str) -> frozenset[str]:
    named: list[str] = msgspec.json.decode(text, type=list[str]) if text else []
    return frozenset(key for name in named if (key := place_key(name)))


def _killed(reports: ReportColumns) -> tuple[Ints, Ints]:
    """The lowest and the highest figure given, in whatever column: what is impossible is widened, not mended."""
    given = np.stack([reports.killed_low, reports.killed_best, reports.killed_high])
    none = given == UNKNOWN
    low = np.where(none, -UNKNOWN, given).min(axis=0)
    high = np.where(none, UNKNOWN, given).max(axis=0)
    return np.where(high == UNKNOWN, UNKNOWN, low), high


def _origins(source: Sequence[str], origin: Sequence[str] | None) -> Codes:
    """The independent source of each report, in one numbering for all."""
    if origin is None:
        return _numbered(source)[1]
    return _numbered([of or own for of, own in zip(origin, source, strict=True)])[1]


def _repeated(reports: ReportColumns) -> Ints:
    """The position of what each report says it repeats: the last of that key, -1 where none is held, or itself."""
    codes, wanted = coded(reports.repeats)
    asked = {text for text in wanted if text}
    rows = {key[at + 1 :] for key in asked for at, letter in enumerate(key) if letter == "/"}
    at: dict[str, int] = {}
    if asked:
        of, texts = coded(reports.source_row)
        named = np.array([text in rows for text in texts], np.bool_)
        for position in np.flatnonzero(named[of]).tolist():
            at[f"{reports.source[position]}/{reports.source_row[position]}"] = position
    found = np.array([*(at.get(text, -1) if text else -1 for text in wanted), -1], np.int64)[codes]
    return np.where(found == np.arange(len(found)), -1, found)
