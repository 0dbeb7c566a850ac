"""Groups that grow by pairs, and know whom they must not hold together."""

from collections.abc import Iterable


class Joining:
    """Numbers in groups, each alone at first. different: pairs that a guarded join keeps apart."""

    def __init__(self, different: Iterable[tuple[int, int]]) -> None:
        self._first: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._apart: dict[int, list[int]] = {}
        for one, other in different:
            self._apart.setdefault(one, []).append(other)
            self._apart.setdefault(other, []).append(one)

    def of(self, one: int) -> int:
        """The number by which one's group is known at present."""
        return self._first.get(one, one)

    def join(self, one: int, other: int, *, guarded: bool = False) -> None:
        """Put the groups of two together; guarded: unless two of them are to stay apart."""
        a, b = self.of(one), self.of(other)
        if a == b or (guarded and self._opposed(a, b)):
            return
        if len(self._in(a)) < len(self._in(b)):
            a, b = b, a
        moved = self._in(b)
        self._members.setdefault(a, [a]).extend(moved)
        self._first |= dict.fromkeys(moved, a)
        self._members.pop(b, None)

    def groups(self, among: Iterable[int]) -> list[list[int]]:
        """The groups of these, each rising, in the order of their first."""
        found: dict[int, list[int]] = {}
        for one in sorted(among):
            found.setdefault(self.of(one), []).append(one)
        return list(found.values())

    def _in(self, group: int) -> list[int]:
        return self._members.get(group, [group])

    def _opposed(self, a: int, b: int) -> bool:
        if len(self._in(a)) > len(self._in(b)):
            a, b = b, a
        return any(self.of(foe) == b for one in self._in(a) for foe in self._apart.get(one, ()))
