"""The acts that were known and held at an instant, by a cut: what designations, memberships and reports due rest on."""

from truceline.compliance.registers import in_force_at
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.joint_acts import spoken_for
from truceline.pipeline.superseding import is_own
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.marking import Reader


def acts_then(mission: MissionFile, reader: Reader, size: int, as_of: int) -> list[ActHeld]:
    """Those said by that instant, in a log that may say them, and replaced by no act said by it."""
    ever = acts_ever(mission, reader, size)
    spoken = ever if all(is_own(one) for one in ever) else spoken_for(mission, ever)
    return in_force_at(spoken, {one.seq: one.at for one in ever}, as_of)
