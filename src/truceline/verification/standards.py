"""Whom findings hold responsible together: never more than every co-chair says, and nobody who is only a candidate.

A party stands for something done only where it admits it, or where every co-chair holds it responsible and no other
finding names another. What one side says alone stays with its author; a candidate stands for nothing.
"""

from collections.abc import Sequence

from truceline.vocabulary.act import Finding
from truceline.vocabulary.codes import codes
from truceline.vocabulary.finding import Attribution
from truceline.vocabulary.findings_shown import Attributed

NAMES_SOMEBODY: frozenset[Attribution | None] = frozenset(
    {None, "admitted", "agreed_joint", "single_side_a", "single_side_b"}
)
"""Levels at which a finding may hold somebody responsible; at the others it says that it does not."""


def attributed(findings: Sequence[Finding], co_chairs: Sequence[str]) -> Attributed:
    """Whom the findings on one matter hold responsible together; the last of each body, in any order.

    1. admitted by whoever did it, or found so by every co-chair   2. one and the same for every co-chair
    3. two are named: contested   4. one side alone   5. nobody is named: the level that all give, or undetermined
    """
    named: dict[str, list[str]] = {}
    for one in findings:
        if who := held_responsible(one):
            named.setdefault(who, []).append(one.by)
    listed = tuple((who, tuple(sorted(by))) for who, by in sorted(named.items()))
    if len(named) > 1:
        return Attributed("contested", "", f"{len(named)} are named: {_each(listed)}; nobody is listed.", listed)
    if not named:
        return _nobody(findings)
    [(who, by)] = listed
    if _admits(who, findings, co_chairs):
        return Attributed("admitted", who, f"{who} admits it.", listed)
    doubting = sorted({one.by for one in findings if one.by not in by and one.attribution is not None})
    if co_chairs and set(co_chairs) <= set(by) and not doubting:
        return Attributed("agreed_joint", who, f"Every co-chair holds {who} responsible.", listed)
    level = _side(by, co_chairs)
    return Attributed(level, "", f"{_each(listed)} alone; it is no joint word, and nobody is listed.", listed)


def held_responsible(finding: Finding) -> str:
    """Whom a finding itself holds responsible: "" where it holds nobody, or holds that nothing happened."""
    if finding.held == "did_not_happen" or finding.attribution not in NAMES_SOMEBODY:
        return ""
    return finding.attributed_to or ""


def standard_in_words(standard: str | None) -> str:
    """A standard of proof as a reader says it: the label of a code, or the body's own words; "" where none is given."""
    known = codes("standards_of_proof").get(standard or "")
    return known.label["en"] if known else standard or ""


def _admits(who: str, findings: Sequence[Finding], co_chairs: Sequence[str]) -> bool:
    by = {one.by for one in findings if one.attribution == "admitted" and one.attributed_to == who}
    return who in by or bool(co_chairs and set(co_chairs) <= by)


def _nobody(findings: Sequence[Finding]) -> Attributed:
    levels = {one.attribution for one in findings if one.attribution is not None}
    level = levels.pop() if len(levels) == 1 else None
    if level is None or level in NAMES_SOMEBODY:
        level = "undetermined"
    if not findings:
        return Attributed(level, "", "No body has found on it.")
    return Attributed(level, "", "No finding in force names who did it.")


def _side(by: Sequence[str], co_chairs: Sequence[str]) -> Attribution:
    """Whose word it is, where it is one co-chair's; of anybody else it leaves open who did it."""
    sides: tuple[Attribution, Attribution] = ("single_side_a", "single_side_b")
    speaking = [side for side, body in zip(sides, co_chairs, strict=False) if body in by]
    return speaking[0] if len(speaking) == 1 else "contested" if speaking else "undetermined"


def _each(listed: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    return "; ".join(f"{who} by {' and '.join(by)}" for who, by in listed)
