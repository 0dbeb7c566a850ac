"""Findings of one body, asked as acts: whether it happened, of what kind, when, and what is held of an element."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from truceline.compliance.kinds.base import Before
from truceline.compliance.kinds.by_body import is_of
from truceline.compliance.standing import folded
from truceline.errors import ValueNotRead
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.possible_kinds import kind_among
from truceline.vocabulary.when import Interval

NAMES_NOBODY = ("capability_class_only", "contested", "undetermined", "not_attributable")
"""Levels of attribution at which a finding holds nobody responsible."""
_HELD = {"happened": SURELY, "undetermined": MAYBE, "did_not_happen": NO}


def findings_of(before: Before, body: str) -> Iterator[tuple[ActHeld, Finding]]:
    """The findings of one body that were said by `as_of`, none that did not happen."""
    for one in before.acts:
        act = one.act
        if isinstance(act, Finding) and act.by == body and one.at <= before.as_of and is_held(act) != NO:
            yield one, act


def is_held(act: Finding) -> int:
    """Whether it happened, as the body holds it."""
    return _HELD[act.held]


def is_kind(act: Finding, kinds: Sequence[str] | None) -> int:
    """Whether it is of these kinds; MAYBE where the finding does not say its kind. None asks nothing."""
    if kinds is None:
        return SURELY
    return MAYBE if act.kind is UNSET else kind_among(act.kind, kinds)


def done_by(act: Finding, party: str, before: Before, instant: int) -> int:
    """Whether the party did it: SURELY where it or an actor of its own is held responsible, MAYBE as a candidate."""
    named = [] if act.candidates is UNSET else [one.who for one in act.candidates]
    named += [act.attributed_to] if act.attributed_to else []
    of_party = [one for one in named if is_of(before.agreement, one, party, instant) != NO]
    if act.attributed_to and act.attribution not in NAMES_NOBODY:
        return SURELY if act.attributed_to in of_party else NO
    return MAYBE if of_party else NO


def span_of_finding(held: ActHeld, act: Finding, zone: str) -> tuple[int, int]:
    """When it happened, [start, end); without `when`, any time before it was found."""
    if act.when is None:
        return -(1 << 62), held.at
    try:
        read = Interval.from_text(act.when, zone)
    except ValueNotRead:
        return -(1 << 62), held.at
    return read.start, read.end


def within(span: tuple[int, int], start: int, end: int) -> int:
    """Whether a span lies in [start, end)."""
    if span[1] <= start or end <= span[0]:
        return NO
    return SURELY if start <= span[0] and span[1] <= end else MAYBE


def element_held(act: Finding, names: Sequence[str]) -> str | None:
    """What the finding holds of the first of these elements that it speaks of; None of none."""
    held = {} if act.elements is UNSET else {folded(one.element): one.held for one in act.elements}
    return next((held[folded(name)] for name in names if folded(name) in held), None)
