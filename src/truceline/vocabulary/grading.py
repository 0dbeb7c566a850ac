"""Gradings of sources and reports, and what a body holds a report's origin to be: Admiralty scale, the two apart.

NATO AJP-2.1 and STANAG 2511: reliability of the source A to F, credibility of what it says 1 to 6, each for itself.
"""

from typing import Literal

from msgspec import UNSET, Struct

from truceline.vocabulary.act_parts import Body, ReportRef, Revises, Short, Words


class Reliability(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="reliability"):
    """How far a body holds a source to be reliable: A completely, ... E not, F cannot be judged."""

    by: Body
    at: Short
    source: Short
    grade: Literal["A", "B", "C", "D", "E", "F"]
    because: Words
    revises: Revises = UNSET


class Credibility(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="credibility"):
    """How credible a body holds a report to be: 1 confirmed by others, ... 5 improbable, 6 cannot be judged."""

    by: Body
    at: Short
    report: ReportRef
    grade: Literal["1", "2", "3", "4", "5", "6"]
    because: Words
    revises: Revises = UNSET


class OriginHeld(Struct, frozen=True, forbid_unknown_fields=True, tag_field="act", tag="origin"):
    """What a body holds of where a report comes from: it repeats another, or it rests on what its source saw itself."""

    by: Body
    at: Short
    report: ReportRef
    says: Literal["repeats", "independent"]
    because: Words
    of: ReportRef | None = None
    access: Literal["eyewitness", "second_hand", "derived", "unknown"] = "unknown"
    revises: Revises = UNSET
