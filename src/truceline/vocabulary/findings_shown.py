"""What findings come to, as it is shown: each body's restated, elements by bodies, and whom they name together.

Instants are UTC microseconds; reports are named by key, SOURCE/REPORT_ID, acts by their ids.
"""

from typing import Literal

from msgspec import Struct

from truceline.vocabulary.finding import Attribution, Holds

Standing = Literal["agreed", "disputed", "one_side", "not_joint"]
"""Of an element. one_side: of the co-chairs only one has held anything; not_joint: none of them has."""


class HeldBy(Struct, frozen=True):
    """What one body holds of an element, under which standard, and who of its members dissents."""

    by: str
    held: Holds
    answer: str
    because: str
    standard: str
    dissents: tuple[str, ...] = ()


class ElementHeld(Struct, frozen=True):
    """One element, with what each body holds of it. `element` is named as the first body wrote it."""

    element: str
    held: tuple[HeldBy, ...]
    standing: Standing


class Attributed(Struct, frozen=True):
    """What the findings in force come to. listed_under: who stands for it, "" for nobody.

    named: everybody that some body holds responsible, with the bodies; it lists nobody.
    """

    level: Attribution
    listed_under: str
    because: str
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


class CandidateShown(Struct, frozen=True):
    """A candidate, with the body's words of confidence."""

    who: str
    confidence: str
    said_by: str
    because: str


class FindingShown(Struct, frozen=True):
    """What one body holds, restated. holds_responsible: "" at every level that names nobody."""

    id: str
    by: str
    at: int
    held: str
    what: str
    when: str
    where: str
    because: str
    standard: str
    standard_in_words: str
    attribution: str
    holds_responsible: str
    scale: str
    candidates: tuple[CandidateShown, ...]
    dissents: tuple[str, ...]
    rests_on: tuple[str, ...]
