"""Reports put into groups by their words: the heaviest pairs first, and no two reports of one source in a group.

Two groups are joined only where all pairs across them together speak for it: the mean of their weights is tested, so
that what is alike in pairs does not chain (average linkage; Sokal and Michener 1958).
"""

from collections.abc import Sequence

from truceline.matching.wording import Wording

MOST_ACROSS = 400
"""Pairs across two groups that are tested; larger groups are joined no more."""


def groups_of(wording: Wording, least: int = 0) -> list[list[int]]:
    """The groups, each with its positions rising, in order of their first. least: what a pair and a mean must weigh."""
    group: dict[int, list[int]] = {at: [at] for at in range(len(wording))}
    refused: set[tuple[int, int, int]] = set()
    rank = wording.rows.rank.tolist()
    order = sorted(wording.proposals(least), key=lambda found: (-found[2], *sorted((rank[found[0]], rank[found[1]]))))
    for one, other, _ in order:
        here, there = group[one], group[other]
        key = (here[0], there[0], len(here) + len(there))
        if here is there or key in refused:
            continue
        if not _speak_for_it(wording, here, there, least):
            refused.add(key)
            continue
        joined = sorted(here + there)
        group.update(dict.fromkeys(joined, joined))
    return [members for at, members in sorted(group.items()) if members[0] == at]


def _speak_for_it(wording: Wording, here: Sequence[int], there: Sequence[int], least: int) -> bool:
    sources = [{wording.said[at].told.source for at in part} for part in (here, there)]
    across = len(here) * len(there)
    if not sources[0].isdisjoint(sources[1]) or across > MOST_ACROSS:
        return False
    return sum(wording.pair_weight(one, other) for one in here for other in there) >= least * across
