"""Steps of an agreement: what waits for what, where each stands, and how far it is carried out."""

from truceline.compliance.steps.standing import StepStanding, stand
from truceline.compliance.steps.states import PartyStanding, StepState

__all__ = ["PartyStanding", "StepStanding", "StepState", "stand"]
