"""How alike two names are, in thousandths, by rigour (MIT; an extra): names known under one sign in many scripts, kinds
of organisation, initials, and for the rest edits that a slip or another transliteration explains.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Protocol

from msgspec import Struct

WHOLE = 1_000
_SIGNS = {"ORGCLS": (0.8, 0.6), "INITIAL": (0.5, 0.5), "NICK": (0.8, 0.8), "NAME": (0.9, 1.0), "PHONETIC": (0.7, 0.8)}
"""Score and weight of what is alike by a sign alone, not letter by letter: after nomenklatura's logic-v2."""
_EXTRA, _EXTRA_OF_ENTRY = 0.8, 0.35
"""The weight of a word that only the name asked for has, and of one that only the entry's has."""


class Likeness(Struct, frozen=True):
    """In thousandths, with the pairs of words it comes from: `a = b` by a sign or letter by letter, `a ~ b` nearly."""

    score: int
    pairs: tuple[str, ...]


class Scorer(Protocol):
    """Compares one name with many, all of persons or all of organisations."""

    name: str

    def scores(self, asked: str, others: Sequence[str], kind: str) -> list[Likeness]:
        """How alike each of the others, of that kind, is."""


def scorer(*, persons: bool = False) -> Scorer | None:
    """The library's, or None where the extra is not installed.

    persons: with the signs of persons' names (محمد and Mohammed are one), which take ten seconds and more to load.
    """
    try:
        import rigour.names
    except ImportError:
        return None
    return _Rigour(rigour.names, persons)


class _Rigour:
    def __init__(self, names: Any, persons: bool) -> None:
        self.name = f"rigour {version('rigour')}"
        self._names = names
        self._tags = {"person": (names.NameTypeTag.PER, persons), "organisation": (names.NameTypeTag.ORG, True)}
        self._known: dict[tuple[str, str], Any] = {}

    def scores(self, asked: str, others: Sequence[str], kind: str) -> list[Likeness]:
        ours = self._read(asked, kind)
        return [self._likeness(ours, self._read(other, kind)) for other in others]

    def _read(self, text: str, kind: str) -> Any:
        """The name, read as that of a person or an organisation; None for what holds no letter."""
        if (text, kind) not in self._known:
            tag, signs = self._tags[kind]
            read = self._names.analyze_names(tag, [text], symbols=signs)
            self._known[text, kind] = min(read, key=lambda one: str(one.form), default=None)
        return self._known[text, kind]

    def _likeness(self, asked: Any, other: Any) -> Likeness:
        if asked is None or other is None:
            return _NONE
        return max((self._of(asked, other, signs) for signs in self._names.pair_symbols(asked, other)), key=_score,
                   default=_NONE)  # fmt: skip

    def _of(self, asked: Any, other: Any, signs: Sequence[Any]) -> Likeness:
        found = [(one, *_by_sign(one)) for one in signs]
        used = {part for one in signs for part in (*one.qps, *one.rps)}
        rest, other_rest = ([part for part in name.parts if part not in used] for name in (asked, other))
        if asked.tag == self._names.NameTypeTag.PER:
            rest, other_rest = self._names.align_person_name_order(rest, other_rest)
        found += [(one, one.score, _weight(one)) for one in self._names.compare_parts(rest, other_rest)]
        total = sum(weight for _, _, weight in found)
        score = sum(score * weight for _, score, weight in found) / total if total else 0.0
        return Likeness(round(score * WHOLE), tuple(_told(one, score) for one, score, _ in found))


_NONE = Likeness(0, ())


def _score(one: Likeness) -> int:
    return one.score


def _by_sign(one: Any) -> tuple[float, float]:
    score, weight = _SIGNS.get(one.symbol.category.value, (1.0, 1.0))
    return (1.0 if one.qstr == one.rstr else score), weight


def _weight(one: Any) -> float:
    """What only one side has weighs less, above all on the side of the list, whose entries spell names out."""
    if not one.qps:
        return _EXTRA_OF_ENTRY * len(one.rps)
    return _EXTRA * len(one.qps) if not one.rps else float(max(len(one.qps), len(one.rps)))


def _told(one: Any, score: float) -> str:
    if not one.qps or not one.rps:
        return f"+ {one.rstr}" if one.rps else f"- {one.qstr}"
    return (
        f"{one.qstr} {'=' if one.qstr == one.rstr or one.symbol is not None else '~' if score > 0 else '≠'} {one.rstr}"
    )
