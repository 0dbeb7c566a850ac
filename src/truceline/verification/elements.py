"""Findings element by element: what each body holds of an air attack, of a type of munition, of intent, each by itself.

Bodies stand beside each other in the order of the agreement, none before another; an element is agreed only where
every co-chair holds the same of it.
"""

from collections.abc import Sequence

from msgspec import UNSET

from truceline.vocabulary.act import Finding
from truceline.vocabulary.finding import Element, Holds
from truceline.vocabulary.findings_shown import ElementHeld, HeldBy, Standing

SAYS: dict[Holds, str] = {
    "yes": "yes", "no": "no", "undetermined": "undetermined", "no_evidence": "no evidence to conclude",
}  # fmt: skip


def element_by_element(findings: Sequence[Finding], co_chairs: Sequence[str]) -> list[ElementHeld]:
    """Every element that some finding holds, in the order in which they are first named; the findings one a body."""
    names: dict[str, str] = {}
    held: dict[str, list[HeldBy]] = {}
    for finding in findings:
        for one in finding.elements or ():
            key = _key(one.element)
            names.setdefault(key, one.element)
            held.setdefault(key, []).append(_held(finding, one))
    return [ElementHeld(names[key], tuple(said), _standing(said, co_chairs)) for key, said in held.items()]


def repeated(elements: Sequence[Element]) -> list[str]:
    """Elements that one finding names twice, whatever their case and spaces."""
    keys = [_key(one.element) for one in elements]
    return sorted({key for key in keys if keys.count(key) > 1})


def _held(finding: Finding, one: Element) -> HeldBy:
    standard = one.standard or finding.standard or ""
    dissents = tuple(
        f"{dissent.by}: {dissent.because}"
        for dissent in finding.dissents or ()
        if dissent.element is not UNSET and _key(str(dissent.element)) == _key(one.element)
    )
    return HeldBy(finding.by, one.held, one.answer or "", one.because, standard, dissents)


def _standing(said: Sequence[HeldBy], co_chairs: Sequence[str]) -> Standing:
    """Agreed where every co-chair holds the same, with the same answer."""
    theirs = [(one.held, _key(one.answer)) for one in said if one.by in co_chairs]
    if not theirs:
        return "not_joint"
    if len(theirs) < len(co_chairs):
        return "one_side"
    return "agreed" if len(set(theirs)) == 1 else "disputed"


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
