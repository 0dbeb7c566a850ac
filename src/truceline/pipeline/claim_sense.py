"""What can be wrong with a claim of a line or a zone by itself: (field, sentence, mend)."""

from collections.abc import Iterator

from truceline.compliance.territory.shapes import Shape, read_shape
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.territory import AREA_KINDS, Claim
from truceline.vocabulary.when import read_as_of, read_instant


def objections_to_claim(act: Claim, agreement: Agreement) -> Iterator[Objection]:
    """Parties and bodies that are not there, a drawing that is missing or no line and no surface, wrong times."""
    parties = [party.id for party in agreement.parties]
    known = [*parties, *(body.id for body in agreement.bodies)]
    if act.claimant not in known:
        yield "claimant", f"{act.claimant!r} is no party and no body of this agreement", f"Known: {', '.join(known)}."
    for field in ("left", "right"):
        if (side := getattr(act, field)) and side not in parties:
            yield field, f"{side!r} is no party of this agreement", f"Known: {', '.join(parties)}."
    if act.kind and act.kind not in AREA_KINDS:
        yield "kind", f"{act.kind!r} is no kind of area", f"Known: {', '.join(AREA_KINDS)}."
    yield from _times(act, agreement.zone)
    yield from _drawing(act)


def _times(act: Claim, zone: str) -> Iterator[Objection]:
    times: dict[str, int] = {}
    for field, text, read in (("from", act.from_, read_instant), ("to", act.to, read_as_of)):
        try:
            times |= {field: read(text, zone)} if text else {}
        except ValueNotRead as error:
            yield field, error.message, error.mend
    if len(times) == 2 and times["to"] <= times["from"]:
        yield "to", "it ends before it begins", "Write the earlier time under from:."


def _drawing(act: Claim) -> Iterator[Objection]:
    if not act.geometry:
        if act.says == "claimed":
            yield "geometry", "a claim is drawn", "Give a GeoJSON geometry, or use `truceline territory add`."
        return
    if act.says == "withdrawn":
        yield "geometry", "what is withdrawn is not drawn anew", "Leave it out."
    try:
        shape = read_shape(act.geometry)
    except ValueNotRead as error:
        yield "geometry", error.message, error.mend
        return
    yield from _fits(act, shape)


def _fits(act: Claim, shape: Shape) -> Iterator[Objection]:
    if shape.is_zone and (act.left or act.right):
        yield "left", "a surface has no left and no right", "Leave out left: and right:."
    if not shape.is_zone and act.kind:
        yield "kind", "a line is no area", "Leave out kind:."
