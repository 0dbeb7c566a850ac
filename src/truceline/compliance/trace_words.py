"""The words of a trace: each code's sentence, from its clause kind or from those that all kinds share."""

from collections.abc import Mapping

from truceline.compliance.kinds import KINDS
from truceline.vocabulary.trace import Trace

SHARED: Mapping[str, str] = {
    "rows_counted": "{breaching} matters that surely count and nothing excuses, {excused} excused, {maybe} that may "
    "count, {permitted} that another clause permits; watched on {days} of {of} days.",
    "held_by": "As {body} holds it.",
    "surely_counts": "Surely counted: {found} findings.",
    "may_count": "Left open: {found} findings, and {reported} incidents that are only reported.",
    "open_reported": "{matters} only reported: has this body a finding on it?",
    "open_happened": "Whether it happened is undetermined, of {matters}.",
    "open_kind": "Of what kind it was is open, of {matters}.",
    "open_weapon": "With what weapon is open, of {matters}.",
    "open_against": "Who was hit is open, of {matters}: who was there at that time is no answer by itself.",
    "open_place": "Whether it was there is open, of {matters}.",
    "open_distance": "How far from the line is open, of {matters}.",
    "open_element": "An element that the clause asks for is not held, of {matters}.",
    "open_who": "Who did it is open, of {matters}.",
    "open_when": "Whether it was within the time is open, of {matters}.",
    "excused_by_exemption": "Excused: {found} findings.",
    "permitted_elsewhere": "Permitted by another clause, and neither yields: {found} findings.",
    "co_chairs_differ": "The co-chairs do not hold the same: jointly it is undecided.",
    "jointly": "Every co-chair holds the same.",
    "not_in_force": "The obligation did not bind {party} in this period.",
    "kept_by": "It is in force only while the period runs that {obligation} asks to be extended; see its reasons.",
    "maybe_in_force": "It is open whether the obligation bound {party} in this period.",
}
"""Sentences that no one kind owns."""


def sentence_for(code: str, kind: str) -> str | None:
    """The sentence of a code, with the names of its values in braces; None for a code without one."""
    owned = KINDS[kind].sentences if kind in KINDS else {}
    return owned.get(code) or SHARED.get(code)


def words_of(trace: Trace, kind: str) -> str:
    """What a part of a trace says in English. A code without a sentence is shown as it is, with its values."""
    template = sentence_for(trace.code, kind)
    if template is None:
        values = ", ".join(f"{name} {value}" for name, value in trace.values.items())
        return f"{trace.code}: {values}" if values else trace.code
    return template.format(**trace.values)
