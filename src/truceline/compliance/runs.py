"""Runs of days: is a window broken in every placement, quiet in every placement, or can nobody tell?

A placement puts each incident in one of the cells where it may be, or outside the window, or
decides that it does not count. The window is *broken* in a placement if some cell has more
incidents than the threshold. It is broken in every placement exactly if the incidents that surely
count and cannot be outside it cannot be put on its cells with at most `threshold` on each: a
question of flow (Ford and Fulkerson 1956), with incidents of one set of cells taken together.
"""

from collections.abc import Hashable, Mapping, Sequence

Cells = frozenset[Hashable]


def surely_broken(bound: Mapping[Cells, int], capacity: int) -> bool:
    """Whether incidents cannot be placed with at most `capacity` on any cell.

    bound: for each set of cells, how many incidents must be in one of them. An empty set of cells
    can hold nothing, so it must not be given.
    """
    if capacity == 0:
        return any(number > 0 for number in bound.values())
    reachable = frozenset().union(*bound) if bound else frozenset()
    if sum(bound.values()) > capacity * len(reachable):
        return True
    return not _all_placed(list(bound.items()), capacity)


def _all_placed(groups: Sequence[tuple[Cells, int]], capacity: int) -> bool:
    """Augmenting paths from group to group over full cells until all are placed or one cannot be."""
    placed: dict[Hashable, dict[int, int]] = {}
    for number, (_, wanted) in enumerate(groups):
        for _ in range(wanted):
            if not _place(number, groups, placed, capacity):
                return False
    return True


def _place(
    group: int, groups: Sequence[tuple[Cells, int]], placed: dict[Hashable, dict[int, int]], capacity: int
) -> bool:
    """Find room for one more of the group, moving others aside along a shortest path."""
    came: dict[Hashable, tuple[int, Hashable | None]] = {}
    front: list[tuple[int, Hashable | None]] = [(group, None)]
    asked = {group}
    while front:
        mover, from_cell = front.pop(0)
        for cell in groups[mover][0]:
            if cell in came:
                continue
            came[cell] = (mover, from_cell)
            holders = placed.setdefault(cell, {})
            if sum(holders.values()) < capacity:
                _shift(cell, came, placed)
                return True
            for holder in holders:
                if holder not in asked:
                    asked.add(holder)
                    front.append((holder, cell))
    return False


def _shift(
    cell: Hashable, came: Mapping[Hashable, tuple[int, Hashable | None]], placed: dict[Hashable, dict[int, int]]
) -> None:
    """Carry out the moves of the path that ends in the free cell."""
    at: Hashable | None = cell
    while at is not None:
        mover, source = came[at]
        placed[at][mover] = placed[at].get(mover, 0) + 1
        if source is not None:
            placed[source][mover] -= 1
            if placed[source][mover] == 0:
                del placed[source][mover]
        at = source
