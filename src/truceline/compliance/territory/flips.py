"""What a new version of a claim changes for places that were looked at before: listed for people, and nothing else."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from truceline.compliance.lines.sides import Side
from truceline.compliance.territory.claims import Version
from truceline.compliance.territory.placing import answers_of
from truceline.vocabulary.matters import REPORTED, MatterColumns


class Flip(Struct, frozen=True):
    """A finding (by `body`), or an incident (body ""), whose test is another in the new version."""

    id: str
    body: str
    start: int
    before: Side
    after: Side


def flips(old: Version, new: Version, matters: MatterColumns, bodies: Sequence[str]) -> list[Flip]:
    """The matters with a point, begun while the new version is said to hold, whose side or zone is another in it."""
    at = np.flatnonzero(matters.has_point & (matters.start >= new.start) & (matters.start < new.end))
    places = matters.lat_e7[at], matters.lon_e7[at], matters.radius_m[at]
    before, after = answers_of(old, *places), answers_of(new, *places)
    renamed = (old.act.left, old.act.right) != (new.act.left, new.act.right)
    found = []
    for n in np.flatnonzero((before.found.side != after.found.side) | renamed).tolist():
        row, was, is_now = int(at[n]), before.one(n), after.one(n)
        if (was.side, was.toward) != (is_now.side, is_now.toward):
            body = int(matters.body[row])
            found.append(
                Flip(matters.id[row], "" if body == REPORTED else bodies[body], int(matters.start[row]), was, is_now)
            )
    return found
