"""What a finding is made of: elements held one by one, candidates with the body's own words of confidence, dissents."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from truceline.vocabulary.act_parts import Short, Words

Holds = Literal["yes", "no", "undetermined", "no_evidence"]
"""Of an element. no_evidence: there was none to conclude on, which says neither yes nor no."""
Attribution = Literal[
    "admitted", "agreed_joint", "single_side_a", "single_side_b", "capability_class_only", "contested",
    "undetermined", "not_attributable",
]  # fmt: skip
"""The level at which somebody is held responsible; the code list `attribution_levels` says what each means."""


class Element(Struct, frozen=True, forbid_unknown_fields=True):
    """One element of what is said to have happened (an air attack; deliberate; ...), held by itself.

    answer: more than the one word, such as a number or a type. standard: where it is not the finding's.
    """

    element: Short
    held: Holds
    because: Words
    answer: Short | UnsetType = UNSET
    standard: Short | UnsetType = UNSET


class Candidate(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who could have done it, or has been named. A candidate is held responsible for nothing.

    confidence: the body's words, such as "highly unlikely"; the finding's `scale` names whose words they are.
    said_by: who named the candidate, where it was not the body.
    """

    who: Short
    because: Words
    confidence: Short | UnsetType = UNSET
    said_by: Short | UnsetType = UNSET


class Dissent(Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the body that does not share a finding, or an element of it, and why."""

    by: Short
    because: Words
    element: Short | UnsetType = UNSET


Elements = Annotated[tuple[Element, ...], Meta(max_length=100)]
Candidates = Annotated[tuple[Candidate, ...], Meta(max_length=100)]
Dissents = Annotated[tuple[Dissent, ...], Meta(max_length=100)]
