"""How far a step is carried out, 0 to 3, as each body holds it, with the acts that say so.

0 not begun, 1 minimal, 2 intermediate, 3 full: the scale of the Peace Accords Matrix (Kroc Institute for International
Peace Studies, University of Notre Dame). A body that gives no level leaves bounds: done is 3, begun is 1, in part and
resumed 1 to 2, suspended and not done 0 to 2; what is discharged has none. The whole is the sum over steps, in percent
of three each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.compliance.kinds.by_body import bodies_of, trusted
from truceline.compliance.steps.words import Word, words_on
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Step

FULL = 3
BOUNDS = {
    "done": (3, 3), "partly": (1, 2), "begun": (1, 1), "resumed": (1, 2), "suspended": (0, 2), "not_done": (0, 2),
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    """What one body holds: the lowest and the highest level, and the words it rests on."""

    low: int
    high: int
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Carried:
    """How far all steps are carried out as one body holds it: percent, rounded down, over those that it rates."""

    rated: int
    of: int
    low_percent: int | None
    high_percent: int | None


def levels_of(agreement: Agreement, acts: Sequence[ActHeld], step: Step, as_of: int) -> dict[str, Level]:
    """The level of a step by body, of every body that has spoken and of those whose word decides; of several who owe
    it, the least. What a secretariat or an observer writes down counts for those whose word decides too."""
    rated: dict[str, list[Level]] = {}
    for party in step.obliged:
        words = words_on(agreement, acts, step.id, party, as_of)
        for body in sorted({word.by for word in words} | {*bodies_of(agreement)}):
            if (level := _level(_believed(agreement, words, body, party))) is not None:
                rated.setdefault(body, []).append(level)
    return {body: _least(levels, len(step.obliged)) for body, levels in sorted(rated.items())}


def _believed(agreement: Agreement, words: Sequence[Word], body: str, party: str) -> list[Word]:
    """The words that make a body's level: as in `words.view_of`; of itself, without any, its own, which is a claim."""
    believed = trusted(agreement, body) - {party}
    return [word for word in words if word.by in believed] or [word for word in words if word.by == body]


def _level(words: list[Word]) -> Level | None:
    bounds = [(word.level, word.level) if word.level is not None else BOUNDS.get(word.says) for word in words]
    known = [one for one in bounds if one is not None]
    if not known:
        return None
    return Level(min(low for low, _ in known), max(high for _, high in known), tuple(words))


def _least(levels: list[Level], of: int) -> Level:
    """The least of all who owe it; of one that the body says nothing of, everything from none to full is possible."""
    words = tuple(word for one in levels for word in one.words)
    low = min(one.low for one in levels) if len(levels) == of else 0
    return Level(low, min(one.high for one in levels), words)


def carried(levels: Iterable[dict[str, Level]], body: str, of: int) -> Carried:
    """The whole as one body holds it, over the steps it rates, of so many."""
    rated = [step[body] for step in levels if body in step]
    if not rated:
        return Carried(0, of, None, None)
    most = FULL * len(rated)
    return Carried(
        len(rated), of, 100 * sum(one.low for one in rated) // most, 100 * sum(one.high for one in rated) // most
    )
