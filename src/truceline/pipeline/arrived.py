"""What is said of a report that comes while a mission's matching is held open."""

from typing import Literal

from msgspec import Struct

from truceline.matching.explaining import Explained

How = Literal["nothing", "what_changed", "all"]


class Proposal(Struct, frozen=True):
    """Another report that may tell of the same incident, and why."""

    seq: int
    id: str
    explained: Explained


class Arrived(Struct, frozen=True):
    """A report that came: how many it was compared with, what is proposed, the heaviest first, and its group's seqs."""

    seq: int
    id: str
    candidates: int
    proposals: tuple[Proposal, ...]
    group: tuple[int, ...]


class Followed(Struct, frozen=True):
    """How the matching came up to the mission's size, and the reports that came; none where all was made anew."""

    how: How
    arrived: tuple[Arrived, ...]
