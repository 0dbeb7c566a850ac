"""Several possible kinds of one report: "shelling;atgm_fire", where the source's words leave both open.

One text, so that it stands in one column; "" is any kind at all. The kinds come in the order of the code
list, each once.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from truceline.vocabulary.codes import codes
from truceline.vocabulary.columns import MAYBE, NO, SURELY

BETWEEN = ";"


@lru_cache(maxsize=4096)
def possible_kinds(text: str) -> tuple[str, ...]:
    """The kinds that a text names: () where any is possible."""
    return tuple([kind for part in text.split(BETWEEN) if (kind := part.strip(" "))])


def kinds_text(kinds: Iterable[str]) -> str:
    """Possible kinds as one text; codes that are not in the list come last, as they came."""
    known = list(codes("incident_kinds"))
    named = list(dict.fromkeys(kinds))
    return BETWEEN.join(sorted(named, key=lambda kind: known.index(kind) if kind in known else len(known)))


def kind_among(text: str, wanted: Collection[str]) -> int:
    """SURELY if every possible kind is wanted, NO if none is, else MAYBE; of any kind at all MAYBE."""
    possible = possible_kinds(text)
    found = sum(kind in wanted for kind in possible)
    if not possible or 0 < found < len(possible):
        return MAYBE
    return SURELY if found else NO
