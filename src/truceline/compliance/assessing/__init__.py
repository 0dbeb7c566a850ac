"""Assessing: obligations held against what bodies found, body by body and jointly, in columns.

`assess` gives every outcome, `explained` the reasons for one, `Followed` keeps outcomes right while matters come.
"""

from collections.abc import Sequence

from truceline.compliance.areas import Geometry
from truceline.compliance.assessing.assessed import Assessed as Assessed
from truceline.compliance.assessing.assessed import assessed_in, framed
from truceline.compliance.assessing.conditions import Line
from truceline.compliance.assessing.explaining import explained as explained
from truceline.compliance.assessing.following import Followed as Followed
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement, Reading
from truceline.vocabulary.columns import Watch
from truceline.vocabulary.matters import MatterColumns
from truceline.vocabulary.obligation import Obligation


def assess(
    agreement: Agreement,
    geometry: Geometry,
    matters: MatterColumns,
    acts: Sequence[ActHeld],
    watches: Sequence[Watch],
    *,
    periods: Sequence[tuple[int, int]],
    bodies: Sequence[str],
    as_of: int,
    reading: Reading,
    lines: Line,
    obligations: Sequence[Obligation] | None = None,
    replaced: Sequence[ActHeld] = (),
) -> Assessed:
    """Every obligation for everybody it obliges, in each period, as each body holds it and jointly.

    matters: findings and what is only reported. acts: those in force; what was said after `as_of` (UTC microseconds) is
    left out. periods: [start, end), each cut at `as_of`. obligations: without them all of the agreement. replaced:
    claims of territory that a later one revises.
    """
    frame = framed(agreement, geometry, acts, watches, periods, bodies, as_of, reading, lines, obligations, replaced)
    return assessed_in(frame, matters)
