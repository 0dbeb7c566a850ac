"""Why a matter is or is not inside a ring: how far it is from the line, on which side, and how well both are known."""

from collections.abc import Mapping, Sequence

from truceline.compliance.lines.drawn import DrawnLine
from truceline.compliance.lines.sides import sides_of
from truceline.vocabulary.columns import Ints
from truceline.vocabulary.matters import REPORTED, MatterColumns
from truceline.vocabulary.trace import Trace

MOST_TOLD = 20
SENTENCES = {
    "distance": "{matter}: {least_m} to {most_m} m from {line} as drawn, {lies} of it ({side}); the place is known to "
    "{radius_m} m, the line to {precision_m} m, and the ring is {distance_m} m.",
    "distance_unknown": "{matter}: it has no point, so nothing can be said of its distance from {line}.",
}


def distance_reasons(
    matters: MatterColumns, rows: Ints, rings: Sequence[tuple[str, int]], lines: Mapping[str, DrawnLine]
) -> tuple[Trace, ...]:
    """For the first `MOST_TOLD` of these matters and each (line, distance in metres): the distances that decided.

    The least and the most are of the point itself; the radius and the precision are told beside them.
    """
    some = rows[:MOST_TOLD]
    places = matters.lat_e7[some], matters.lon_e7[some], matters.radius_m[some]
    told = []
    for name, distance in dict.fromkeys(rings):
        line = lines[name]
        found = sides_of(*places, line)
        for n, row in enumerate(some.tolist()):
            name_of = matters.id[row]
            acts, reports = ((), (name_of,)) if matters.body[row] == REPORTED else ((name_of,), ())
            named: dict[str, str | int] = {"matter": name_of[:12], "line": name}
            if not matters.has_point[row]:
                told.append(Trace("distance_unknown", named, acts=acts, reports=reports))
                continue
            side = found.one(n, line)
            values: dict[str, str | int] = {
                **named, "least_m": side.least_m, "most_m": side.most_m, "side": side.toward or side.side,
                "lies": side.lies or "on it", "radius_m": int(matters.radius_m[row]), "distance_m": distance,
                "precision_m": line.precision_m,
            }  # fmt: skip
            told.append(Trace("distance", values, acts=acts, reports=reports))
    return tuple(told)
