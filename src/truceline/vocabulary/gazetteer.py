"""A gazetteer of the theatre: which places a name may mean, how sure, and how far from where one expects it.

It proposes and never decides: a name may stay unresolved. Scores are in millionths and come from the
name alone; distances are beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from truceline.errors import ValueNotRead
from truceline.vocabulary.spelling import alike, folded, parts, script_of, skeleton
from truceline.vocabulary.where import Place, apart_at_least_m, lon_permille

SAME, SAME_BUT_MARKS = 1_000_000, 970_000
ANOTHER_SCRIPT = 860_000
"""Below `SURE`: that the consonants meet across scripts is a hint, since neither writes what the other does."""
MOST_CANDIDATES = 10
SURE, APART, NEAR_M = 920_000, 60_000, 5_000
"""What `settled` asks: so high a score, so far above any other place, unless that is as near as this. Ours."""
LEAST = 600_000
"""A lower score is no candidate. Ours: below it, names of three letters resemble each other by chance."""


class NamedPlace(msgspec.Struct, frozen=True):
    """A place: its names by language (BCP 47), other spellings, its P-code, its point (1e-7 degrees), its area."""

    id: str
    names: dict[str, str]
    lat_e7: int
    lon_e7: int
    variants: tuple[str, ...] = ()
    pcode: str = ""
    area: str = ""

    def spellings(self) -> tuple[str, ...]:
        """Every name and variant, each once."""
        return tuple(dict.fromkeys((*self.names.values(), *self.variants)))


class Candidate(msgspec.Struct, frozen=True):
    """A place the name may mean: the spelling that fits best, the score in millionths, why, and the distance.

    `distance_m` is a lower bound, too short by 1.1 % at most north to south; None where nothing was near.
    """

    place: NamedPlace
    name: str
    score: int
    reason: str
    distance_m: int | None = None


class Gazetteer:
    """Places and the keys of their names. Make it with `from_rows`."""

    def __init__(self, places: Sequence[NamedPlace]) -> None:
        self.places = tuple(places)
        self._spellings = [(n, name) for n, place in enumerate(self.places) for name in place.spellings()]
        self._folded: dict[str, list[int]] = defaultdict(list)
        self._skeletons: dict[str, list[int]] = defaultdict(list)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        self._keys = [(folded(name), skeleton(name)) for _, name in self._spellings]
        for at, (fold, bones) in enumerate(self._keys):
            self._folded[fold].append(at)
            self._skeletons[bones].append(at)
        for bones in self._skeletons:
            for pair in _pairs(bones):
                self._pairs[pair].append(bones)

    @classmethod
    def from_rows(cls, rows: Iterable[NamedPlace]) -> "Gazetteer":
        """A gazetteer of these places. Raises `ValueNotRead` where two have one id."""
        places = sorted(rows, key=lambda place: place.id)
        twice = [one.id for one, other in pairwise(places) if one.id == other.id]
        if twice:
            raise ValueNotRead(f"the gazetteer has {twice[0]!r} twice", "Give every place its own id.")
        return cls(places)

    def by_id(self, place_id: str) -> NamedPlace | None:
        """The place of that id."""
        return next((place for place in self.places if place.id == place_id), None)

    def candidates(
        self, name: str, near: tuple[int, int] | None = None, most: int = MOST_CANDIDATES
    ) -> list[Candidate]:
        """The places the name may mean, best first; an empty list where none resembles it.

        By score, then by id. With `near` (latitude, longitude in 1e-7 degrees) scores within 50,000 of each
        other count alike and the nearest comes first.
        """
        found = list(self._best(name))
        if near is not None:
            found = [msgspec.structs.replace(one, distance_m=apart_m(one.place, near)) for one in found]
        found.sort(key=lambda one: _rank(one, near is not None))
        return found[:most]

    def settled(self, name: str, near: tuple[int, int] | None = None) -> Candidate | None:
        """The one candidate that leaves no doubt by its name, None (unresolved) otherwise; a person decides.

        Its score is at least `SURE`, and every other place scores `APART` less or lies within `NEAR_M`
        of it. With `near`, only candidates within 50 km of it count.
        """
        found = self.candidates(name, near)
        if near is not None:
            found = [one for one in found if one.distance_m is not None and one.distance_m <= 50_000]
        found.sort(key=lambda one: (-one.score, one.distance_m or 0, one.place.id))
        if not found or found[0].score < SURE:
            return None
        best = found[0]
        rivals = [one for one in found[1:] if one.score > best.score - APART]
        return best if all(apart_m(one.place, _point(best.place)) <= NEAR_M for one in rivals) else None

    def _best(self, name: str) -> Iterable[Candidate]:
        best: dict[int, Candidate] = {}
        for said in parts(name):
            asked = _Asked(said, folded(said), skeleton(said), script_of(said))
            for at in self._worth_comparing(asked):
                number, spelling = self._spellings[at]
                score, reason = self._compare(asked, at)
                if score >= LEAST and (number not in best or best[number].score < score):
                    best[number] = Candidate(self.places[number], spelling, score, reason)
        return best.values()

    def _worth_comparing(self, asked: "_Asked") -> set[int]:
        """Spellings of one key with the name, and those whose consonants share half of their neighbouring pairs."""
        pairs = _pairs(asked.bones)
        shared = Counter(other for pair in pairs for other in self._pairs.get(pair, ()))
        near = [other for other, many in shared.items() if 2 * many >= max(len(pairs), len(other) + 1)]
        return {
            *self._folded.get(asked.fold, ()),
            *(at for other in (*near, asked.bones) if other for at in self._skeletons.get(other, ())),
        }

    def _compare(self, asked: "_Asked", at: int) -> tuple[int, str]:
        spelling, (fold, bones) = self._spellings[at][1], self._keys[at]
        if asked.said == spelling:
            return SAME, "the same name"
        if asked.fold == fold:
            return SAME_BUT_MARKS, "the same but for marks, articles, kinds of alif, hamza and yeh"
        one_script = asked.script == script_of(spelling)
        letters = alike(asked.fold, fold) if one_script else 0
        if asked.bones == bones:
            return _same_bones(bones, letters, one_script)
        near_bones = alike(asked.bones, bones) if min(len(asked.bones), len(bones)) >= 4 else 0
        by_letters, by_bones = letters * 85 // 100, near_bones * 75 // 100
        if by_letters >= by_bones:
            return by_letters, f"{letters // 10_000} % of the letters are the same"
        return by_bones, f"{near_bones // 10_000} % of the consonants are the same"


class _Asked(NamedTuple):
    said: str
    fold: str
    bones: str
    script: str


def _same_bones(bones: str, letters: int, one_script: bool) -> tuple[int, str]:
    """Consonants alone say little where there are one or two of them."""
    short = 250_000 if len(bones) < 3 else 0
    if one_script:
        return 800_000 + letters * 15 // 100 - short, "the same consonants, other vowels"
    return ANOTHER_SCRIPT - short, "the same consonants in another script"


def _rank(one: Candidate, by_distance: bool) -> tuple[int, int, int, str]:
    band = -((one.score + 25_000) // 50_000) if by_distance else 0
    return band, one.distance_m or 0, -one.score, one.place.id


def _pairs(bones: str) -> set[str]:
    """Neighbouring letters, with the beginning and the end of the name as letters of their own."""
    edged = f"^{bones}$"
    return {edged[n : n + 2] for n in range(len(edged) - 1)}


def _point(place: NamedPlace) -> tuple[int, int]:
    return place.lat_e7, place.lon_e7


def apart_m(place: NamedPlace, near: tuple[int, int]) -> int:
    """A lower bound in metres of the distance of a place from a point (1e-7 degrees)."""
    here, there = Place(place.lat_e7, place.lon_e7), Place(*near)
    return apart_at_least_m(here, there, lon_permille(max(abs(place.lat_e7), abs(near[0]))))
