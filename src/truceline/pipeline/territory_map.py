"""`territory map`: the claims that hold at a time as GeoJSON, each feature with whose it is and which version."""

from pathlib import Path

import msgspec

from truceline.compliance.territory.claims import Held, is_listed
from truceline.compliance.territory.shapes import written
from truceline.pipeline.publishing import write_whole
from truceline.pipeline.questions import Asked, View
from truceline.pipeline.territory import At, claims_at
from truceline.pipeline.views import opened_for
from truceline.publication.geojson import escaped
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import iso


def write_map(
    path: Path,
    out: Path,
    reader: Reader,
    *,
    now_us: int,
    number: str = "",
    as_of: str | None = None,
    known: str | None = None,
    view: View = "own",
) -> tuple[int, int]:
    """Write the drawings that hold at a time, of one number or of all that lists name. Gives bytes and features.

    An excluded group's area is left out unless its number is asked for. Raises as `territory`.
    """
    with opened_for(path, Asked(reader, now_us, as_of, known, view=view)) as mission:
        at = claims_at(mission, reader, now_us=now_us, as_of=as_of, known=known, view=view)
        chosen = [one for one in at.now.values() if _is_wanted(one, number)]
        head = {
            "type": "FeatureCollection", "name": "territory", "audience": reader.audience.value,
            "view": view, "exercise": mission.exercise, "as_of": iso(at.instant, at.agreement.zone),
            "cut": mission.cut(at.size),
        }  # fmt: skip
        exercise = mission.exercise
    features = b",\n".join(escaped(_feature(one, at, exercise=exercise)) for one in chosen)
    content = b'%s,"features":[\n%s\n]}\n' % (escaped(head)[:-1], features)
    write_whole(out, content)
    return len(content), len(chosen)


def _is_wanted(one: Held, number: str) -> bool:
    return one.drawing.act.number == number if number else is_listed(one.drawing)


def _feature(one: Held, at: At, *, exercise: bool) -> dict[str, object]:
    act, zone = one.drawing.act, at.agreement.zone
    assert one.drawing.shape is not None
    said = {
        "number": act.number, "claimant": act.claimant, "by": act.by, "state": one.state, "version": one.drawing.id,
        "from": iso(one.drawing.start, zone), "to": iso(one.drawing.end, zone) if act.to else None,
        "said": iso(one.drawing.said, zone), "precision_m": act.precision_m, "kind": act.kind or "line",
        "left": act.left or "", "right": act.right or "", "source": act.source or "", "exercise": exercise,
    }  # fmt: skip
    drawn = msgspec.Raw(written(one.drawing.shape).encode())
    return {"type": "Feature", "id": one.drawing.id, "geometry": drawn, "properties": said}
