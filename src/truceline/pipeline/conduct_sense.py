"""What can be wrong with acts on access, notices and performances by themselves: (field, sentence, mend)."""

from collections.abc import Iterator

from msgspec import UNSET

from truceline.compliance.kinds.access_requests import names_of_areas
from truceline.compliance.standing import folded
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.act import Act
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.codes import codes
from truceline.vocabulary.conduct import AccessStep, FlightSeen, Notice, Performance, PlaceHeld
from truceline.vocabulary.position import read_position
from truceline.vocabulary.when import Interval, read_as_of, read_instant

WITH_PEOPLE = ("asked", "approved", "departed", "delivered")
"""Steps at which people are counted: asked for, approved, set out for, reached."""


def objections_to_conduct(act: Act, agreement: Agreement) -> Iterator[Objection]:
    """Parties, areas, codes, obligations and steps that are not there, and times that cannot be."""
    if isinstance(act, AccessStep):
        yield from _access(act, agreement)
    elif isinstance(act, Notice):
        yield from _notice(act, agreement)
    elif isinstance(act, Performance):
        yield from _performance(act, agreement)
    elif isinstance(act, FlightSeen):
        yield from _flight(act, agreement)


def _flight(act: FlightSeen, agreement: Agreement) -> Iterator[Objection]:
    if act.delay_hours is UNSET:
        mend = "Write delay_hours: the hours after which it may be shown; 0 for at once."
        yield "delay_hours", "a flight is shown only after a delay, and this one declares none", mend
    if act.place.position is UNSET and act.place.area is UNSET:
        yield "place", "a flight is seen somewhere", "Write place: with an area, or a position and a radius_m."
    yield from _place(act.place, agreement)
    try:
        if Interval.from_text(act.when, agreement.zone).start > read_instant(act.at, agreement.zone):
            yield "when", "it was seen after it was told", "Write when it was seen, and when it was told."
    except ValueNotRead as error:
        yield "when", error.message, error.mend


def _access(act: AccessStep, agreement: Agreement) -> Iterator[Objection]:
    yield from _before_it_happened(act, agreement.zone)
    if act.party is not UNSET:
        yield from _unknown_party("party", act.party, agreement)
    if act.area is not UNSET:
        yield from _unknown_area("area", act.area, agreement)
    if act.category is not UNSET:
        yield from _no_kind("category", act.category)
    if act.people is not UNSET and act.says not in WITH_PEOPLE:
        mend = f"People are counted where it is {', '.join(WITH_PEOPLE)}."
        yield "people", f"nobody is counted at {act.says!r}", mend


def _notice(act: Notice, agreement: Agreement) -> Iterator[Objection]:
    yield from _unknown_party("party", act.party, agreement)
    if act.to_body is not UNSET:
        known = [body.id for body in agreement.bodies]
        if act.to_body not in known:
            yield "to_body", f"{act.to_body!r} is no body of this agreement", f"Known: {', '.join(known)}."
    if act.what is not UNSET:
        yield from _no_kind("what", act.what)
    if act.place is not UNSET:
        yield from _place(act.place, agreement)
    if act.says != "given":
        return
    for field in ("what", "start"):
        if getattr(act, field) is UNSET:
            yield field, "a notice says what will be done, and from when", f"Write {field}:."
    yield from _span(act, agreement.zone)


def _span(act: Notice, zone: str) -> Iterator[Objection]:
    times: dict[str, int] = {}
    for field, text, read in (("start", act.start, read_instant), ("end", act.end, read_as_of)):
        try:
            times |= {field: read(text, zone)} if text is not UNSET else {}
        except ValueNotRead as error:
            yield field, error.message, error.mend
    if len(times) == 2 and times["end"] <= times["start"]:
        yield "end", "it ends before it begins", "Write the earlier time under start:."


def _performance(act: Performance, agreement: Agreement) -> Iterator[Objection]:
    owed = {one.id: one.obliged for one in agreement.obligations} | {one.id: one.obliged for one in agreement.steps}
    if act.about not in owed:
        mend = f"Known: {', '.join(sorted(owed)) or 'none; this agreement runs no obligation'}."
        yield "about", f"{act.about!r} is no obligation and no step of this agreement", mend
        return
    followed = [name for one in agreement.obligations if one.id == act.about for name in one.rule.get("who", ())]
    yield from _unknown_party("party", act.party, agreement, *followed)
    if act.says in ("done", "partly", "begun"):
        yield from _before_it_happened(act, agreement.zone)


def _before_it_happened(act: AccessStep | Performance, zone: str) -> Iterator[Objection]:
    """What is said to have happened had happened when it was said."""
    if act.when is None:
        return
    try:
        if read_instant(act.when, zone) > read_as_of(act.at, zone):
            yield (
                "when",
                "it is said to have happened after it was said",
                "Write when it happened; at: is when it was said.",
            )
    except ValueNotRead:
        return  # a time that cannot be read has its own objection


def _unknown_party(field: str, name: str, agreement: Agreement, *more: str) -> Iterator[Objection]:
    titled = [(one.id, one.name) for one in agreement.parties] + [(one.id, one.name) for one in agreement.actors]
    titled += [(one.id, one.name) for one in agreement.bodies]
    names = [*more, *(named.name for actor in agreement.actors for named in actor.names)]
    known = {folded(text) for one, title in titled for text in (one, *title.values())} | set(map(folded, names))
    if folded(name) not in known:
        ids = [one.id for one in agreement.parties] + [one.id for one in agreement.bodies]
        yield field, f"{name!r} is no party, actor or body of this agreement", f"Known: {', '.join(ids)}, and actors."


def _unknown_area(field: str, name: str, agreement: Agreement) -> Iterator[Objection]:
    ids = [*(area.id for area in agreement.areas), *(group.id for group in agreement.area_groups)]
    if folded(name) not in names_of_areas(agreement, ids):
        yield field, f"{name!r} is no area of this agreement", f"Known: {', '.join(ids)}."


def _no_kind(field: str, code: str) -> Iterator[Objection]:
    if code not in codes("incident_kinds"):
        yield field, f"{code!r} is no incident kind", "The kinds are in vocabulary/code_lists/incident_kinds.yaml."


def _place(place: PlaceHeld, agreement: Agreement) -> Iterator[Objection]:
    if place.area is not UNSET:
        yield from _unknown_area("place", place.area, agreement)
    if place.position is not UNSET:
        try:
            read_position(place.position)
        except ValueNotRead as error:
            yield "place", error.message, error.mend
