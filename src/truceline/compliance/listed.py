"""Whether an entry is on a list at an instant, by the versions that were held: a version answers for its own time only.

The version before the instant and the one after it are asked. Both have the entry, listed on the same day: it was on
the list between them. Neither has it: it was not. They differ: it cannot be told. A version that came later answers
nothing of a time before the first that is held, whatever day of listing it names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.designation import ListVersion
from truceline.vocabulary.when import read_instant


@dataclass(frozen=True)
class Version:
    """What was entered of one version of a list, by whomever: several copies of it should say the same."""

    made: int
    copies: tuple[ActHeld, ...]

    def has(self, entry: str) -> int:
        """SURELY if every copy has the entry, NO if none has it."""
        found = [entry in one.act.entries for one in self.copies if isinstance(one.act, ListVersion)]
        return SURELY if all(found) else MAYBE if any(found) else NO

    def days(self, entry: str) -> set[str]:
        """The days of listing that the copies give."""
        return {one.act.entries.get(entry, "") for one in self.copies if isinstance(one.act, ListVersion)}


@dataclass(frozen=True)
class OnList:
    """The answer and the versions it rests on. answer None: no version held answers for that time."""

    answer: int | None
    versions: tuple[Version, ...]


class Versions:
    """The versions of every list, those made by `as_of`."""

    def __init__(self, acts: Iterable[ActHeld], as_of: int) -> None:
        found: dict[str, dict[int, list[ActHeld]]] = {}
        for one in acts:
            if isinstance(one.act, ListVersion) and (made := read_instant(one.act.version)) <= as_of:
                found.setdefault(one.act.list, {}).setdefault(made, []).append(one)
        self._of = {name: _in_order(versions) for name, versions in found.items()}

    def of(self, name: str) -> Sequence[Version]:
        """Those of one list, the oldest first."""
        return self._of.get(name, ())

    def on_list(self, name: str, entry: str, instant: int) -> OnList:
        """Whether the entry was on the list at that instant."""
        versions = self.of(name)
        before = next((one for one in reversed(versions) if one.made <= instant), None)
        after = next((one for one in versions if one.made > instant), None)
        if before is None:
            return OnList(None, (after,) if after else ())
        if after is None:
            return OnList(before.has(entry), (before,))
        return OnList(_between(before, after, entry), (before, after))

    def dates(self) -> set[int]:
        """When versions were made: what is on a list may change then."""
        return {version.made for versions in self._of.values() for version in versions}


def _in_order(versions: dict[int, list[ActHeld]]) -> tuple[Version, ...]:
    return tuple(Version(made, tuple(copies)) for made, copies in sorted(versions.items()))


def _between(before: Version, after: Version, entry: str) -> int:
    answers = {before.has(entry), after.has(entry)}
    if answers == {NO}:
        return NO
    listed_again = before.days(entry) != after.days(entry)
    return SURELY if answers == {SURELY} and not listed_again else MAYBE
