"""Codes of agreements that pages show as words: outcomes, kinds of obligation, states of steps, texts and lines."""

from truceline.compliance.kinds import KINDS
from truceline.compliance.steps.states import StepState
from truceline.publication.traces import OUTCOMES
from truceline.vocabulary.territory import AREA_KINDS, CLAIM_STATES

_EFFECTS = ("not made", "no effect of its own", "not yet in force", "ended", "superseded", "in force")
_TAGS = ("stated", "cited", "recalled", "inferred", "invented")
_REGISTERS = ("accepted", "declined", "withdrawn", "no entry")
_EXCLUSIONS = ("excluded", "not excluded", "disputed", "unknown")
_SIDES = ("line", "zone", "none", "left", "right", "inside", "outside")

OF_AGREEMENTS = tuple(
    sorted(
        {
            *(one.replace("_", " ") for one in (*OUTCOMES, *KINDS, *StepState, *CLAIM_STATES, *AREA_KINDS)),
            *_EFFECTS, *_TAGS, *_REGISTERS, *_EXCLUSIONS, *_SIDES,
        }
    )
)  # fmt: skip
"""All of them, with spaces for underscores, each once."""
