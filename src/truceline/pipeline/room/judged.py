"""Judging a pair in the room: the same verb as `judge`, signed with the person's own key."""

from pathlib import Path

from truceline.pipeline.judging import judge, take_back
from truceline.pipeline.matching import Wanted, match
from truceline.pipeline.missions import open_mission
from truceline.pipeline.spoken_acts import spoken_now
from truceline.store.pen import Chance
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.role import Person


def propose(path: Path, *, now_us: int, chance: Chance) -> None:
    """Estimate a model where none is in force and enter it, as `match` does: it proposes pairs, and judges none."""
    match(path, Wanted(), INTERNAL, now_us=now_us, chance=chance)


def judge_as(
    path: Path, person: Person, pair: tuple[str, str], says: str, because: str, *, now_us: int, chance: Chance
) -> str:  # fmt: skip
    """Enter the word of the person's body on two reports; the id of the act. Raises as `judge`."""
    with open_mission(path, write=True) as mission:
        words = spoken_now(mission, person.body, because, now_us)
        entered = judge(
            mission, pair, says, by=person.body, at=words.at, because=because, sign=person.key or None,  # type: ignore[arg-type]
            now_us=now_us, chance=chance,
        )  # fmt: skip
    return entered.id


def undo_as(path: Path, person: Person, act: str, because: str, *, now_us: int, chance: Chance) -> None:
    """Take back a word of the person's body; what it held before counts again. Raises as `judge --undo`."""
    with open_mission(path, write=True) as mission:
        words = spoken_now(mission, person.body, because, now_us)
        take_back(
            mission, act, by=person.body, at=words.at, because=because, sign=person.key or None, now_us=now_us,
            chance=chance,
        )  # fmt: skip
