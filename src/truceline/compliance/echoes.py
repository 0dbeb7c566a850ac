"""Which reports only repeat another one: an echo adds nothing, the report it repeats stands for all."""

from collections.abc import Sequence, Set

import numpy as np

from truceline.vocabulary.columns import Ints
from truceline.vocabulary.texts import chosen, coded

NOTHING = -1
"""What a report repeats that repeats none, or is the first to repeat one that is not in force."""


def founders(source: Sequence[str], source_row: Sequence[str], repeats: Sequence[str]) -> tuple[Ints, Ints]:
    """(founding, dangling) for reports in order of entry.

    A report's key is SOURCE/REPORT_ID, repeats[i] the key of another report or "". Where several have a
    key it means the last of them. founding[i] is the position of the report that stands for report i,
    itself where it repeats none. In a ring the one entered first stands for all; so does it of several that
    repeat one report that is not in force. dangling: the positions of those whose `repeats` names nothing in force.
    """
    targets, dangling = targets_of(source, source_row, repeats)
    return founders_by(targets), dangling


def founders_by(targets: Ints) -> Ints:
    """The founding of what each report repeats, as `targets_of` says it."""
    founding = np.where(targets >= 0, targets, np.arange(len(targets)))
    telling = np.flatnonzero(targets >= 0)
    # Most chains have one step: what is repeated repeats nothing itself.
    for start in telling[targets[founding[telling]] >= 0].tolist():
        _settle(start, founding)
    return founding


def targets_of(source: Sequence[str], source_row: Sequence[str], repeats: Sequence[str]) -> tuple[Ints, Ints]:
    """(targets, dangling): the position of what each report repeats or `NOTHING`; who repeats what is not in force.

    Of several that repeat one report that is not in force, the others repeat the first: a source that takes its
    report back does not make many incidents of those who had it from there. Keys as in `founders`.
    """
    codes, wanted = coded(repeats)
    at = last_with(set(wanted), source, source_row)
    number = {text: n for n, text in enumerate(dict.fromkeys(wanted))}
    missing = np.array([number[text] if text and text not in at else -1 for text in wanted] or [-1], np.int64)[codes]
    dangling = np.flatnonzero(missing >= 0)
    found: Ints = np.array([at.get(text, NOTHING) if text else NOTHING for text in wanted] or [NOTHING], np.int64)[
        codes
    ]
    _, first, which = np.unique(missing[dangling], return_index=True, return_inverse=True)
    leading = dangling[first][which]
    found[dangling] = np.where(leading == dangling, NOTHING, leading)
    return found, dangling


def last_with(keys: Set[str], source: Sequence[str], source_row: Sequence[str]) -> dict[str, int]:
    """The position of the last report that has each of these keys, where one has it."""
    codes, texts = coded(source_row)
    # A source and a row id may themselves hold a slash: any end of a key may be the row id.
    ends = {key[at + 1 :] for key in keys for at, letter in enumerate(key) if letter == "/"}
    named = np.array([text in ends for text in texts], np.bool_)
    positions = np.flatnonzero(named[codes])
    found = {f"{one}/{row}": at for one, row, at in zip(
        chosen(source, positions), chosen(source_row, positions), positions.tolist(), strict=True
    )}  # fmt: skip
    return {key: at for key, at in found.items() if key in keys}


def _settle(start: int, founding: Ints) -> None:
    """Point everything on the way from `start` at the end of the chain, or at the first of a ring."""
    way: list[int] = []
    seen: dict[int, int] = {}
    at = start
    while founding[at] != at and at not in seen:
        seen[at] = len(way)
        way.append(at)
        at = int(founding[at])
    end = min(way[seen[at] :]) if at in seen else at
    for step in way:
        founding[step] = end
    founding[end] = end
