"""Versions of claimed lines and zones on both time lines: when each holds, [start, end), and when it was said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from truceline.compliance.territory.shapes import Shape, read_shape
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.territory import CLAIM_STATES, Claim
from truceline.vocabulary.when import read_as_of, read_instant

FOR_EVER = 1 << 62
EXCLUDED_AREA = "excluded_area"
"""The kind of a claim that says where an excluded group is: told by its number only, in no list."""


@dataclass(frozen=True, eq=False)
class Version:
    """One drawing of a line or zone, or one word on it without a drawing (`shape` None).

    [start, end): when it holds, UTC microseconds. said: when it was said. id: its act.
    """

    id: str
    seq: int
    act: Claim
    start: int
    end: int
    said: int
    shape: Shape | None

    @property
    def key(self) -> tuple[str, str]:
        """Which line or zone, and whose claim of it."""
        return self.act.number, self.act.claimant

    def holds(self, instant: int) -> bool:
        """It is said to hold at that instant."""
        return self.start <= instant < self.end


def versions(acts: Iterable[ActHeld], zone: str) -> list[Version]:
    """The claims among acts, in the order they were said."""
    found = [_version(one, one.act, zone) for one in acts if isinstance(one.act, Claim)]
    return sorted(found, key=lambda one: (one.said, one.seq))


def _version(held: ActHeld, act: Claim, zone: str) -> Version:
    start = read_instant(act.from_, zone) if act.from_ else held.at
    end = read_as_of(act.to, zone) if act.to else FOR_EVER
    return Version(held.id, held.seq, act, start, end, held.at, _shape(act.geometry) if act.geometry else None)


@lru_cache(maxsize=256)
def _shape(text: str) -> Shape:
    return read_shape(text)


@dataclass(frozen=True, eq=False)
class Held:
    """A claimant's line or zone at an instant: the drawing that holds then, and the last word on it.

    A word without a drawing (exchanged, agreed, ...) is on the drawing that held when it was said.
    """

    drawing: Version
    word: Version

    @property
    def state(self) -> str:
        """claimed, exchanged, reconciled, agreed or demarcated."""
        return self.word.act.says


def held_at(said: Sequence[Version], instant: int) -> dict[tuple[str, str], Held]:
    """By number and claimant, what holds at an instant: of several drawings the one that was said last.

    A claim that was withdrawn holds no more from when its withdrawal holds; nobody's claim alters another's.
    """
    found: dict[tuple[str, str], Held] = {}
    for one in said:
        if not one.holds(instant):
            continue
        if one.act.says == "withdrawn":
            found.pop(one.key, None)
        elif one.shape is not None:
            found[one.key] = Held(one, one)
        elif (before := found.get(one.key)) is not None:
            found[one.key] = Held(before.drawing, one)
    return dict(sorted(found.items()))


def joint_state(held: Sequence[Held]) -> str:
    """How far a line or zone has come between its claimants: as far as the least of them says."""
    return min((one.state for one in held), key=CLAIM_STATES.index)


def is_listed(one: Version) -> bool:
    """Lists may name it."""
    return one.act.kind != EXCLUDED_AREA


def sealed_numbers(said: Iterable[Version]) -> set[str]:
    """Numbers of which any version is of an excluded group's area: no list names them."""
    return {one.act.number for one in said if not is_listed(one)}
