"""What can be wrong with an act by itself, held against the agreement: names that are not in it, times that are none.

Asked of what is to be entered here, and of what another holder has entered: who wrote it may have asked nothing.
"""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from truceline.errors import ValueNotRead
from truceline.pipeline.act_rows import span_of
from truceline.pipeline.acts_held import Objection
from truceline.pipeline.claim_sense import objections_to_claim
from truceline.pipeline.conduct_sense import objections_to_conduct
from truceline.pipeline.designation_sense import objections_to_designation
from truceline.pipeline.foreseen import objections_to
from truceline.vocabulary.act import Act, ComparisonChosen, Coverage, Declaration, Determination, ReadingChosen
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.codes import codes
from truceline.vocabulary.grading import OriginHeld
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.when import Interval


def makes_sense(act: Act, agreement: Agreement) -> bool:
    """An act of another holder can be read by this agreement, whatever else is in force.

    A claim's drawing may be withheld: what is left of it is a word on a line or a zone.
    """
    more = objections_to(act, agreement, ()) if isinstance(act, ComparisonChosen) else ()
    sealed = isinstance(act, Claim) and not act.geometry
    found = [*objections_alone(act, agreement), *more]
    return not [one for one in found if not (sealed and one[0] == "geometry")]


def objections_alone(act: Act, agreement: Agreement) -> Iterator[Objection]:
    """What is wrong with an act that has the right form, whatever else is in force: (field, sentence, mend)."""
    yield from _unknown("by", act.by, [body.id for body in agreement.bodies], "body")
    for field in ("at", "when", "until", "due", "from_", "to"):
        yield from _not_a_time(act, field, agreement.zone)
    if clock := getattr(act, "clock", None):
        yield from _unknown("clock", clock, [clock.id for clock in agreement.clocks], "clock")
    yield from objections_to_designation(act, agreement)
    yield from objections_to_conduct(act, agreement)
    if isinstance(act, Declaration):
        yield from _declared(act, agreement)
    elif isinstance(act, Determination):
        yield from _unknown("category", act.category, list(codes("determination_categories")), "category")
    elif isinstance(act, ReadingChosen):
        yield from _unknown("reading", act.reading, [reading.id for reading in agreement.readings], "reading")
    elif isinstance(act, Coverage):
        yield from _covered(act, agreement)
    elif isinstance(act, OriginHeld):
        yield from _rested(act)
    elif isinstance(act, Claim):
        yield from objections_to_claim(act, agreement)


def _unknown(field: str, value: str, known: Sequence[str], noun: str) -> Iterator[Objection]:
    if value not in known:
        yield field, f"{value!r} is no {noun} of this agreement", f"Known: {', '.join(known)}."


def _not_a_time(act: Act, field: str, zone: str) -> Iterator[Objection]:
    text = getattr(act, field, None)
    if text is None or text is UNSET or (field in ("from_", "to") and not isinstance(act, Coverage)):
        return
    try:
        Interval.from_text(text, zone)
    except ValueNotRead as error:
        yield field.rstrip("_"), error.message, error.mend


def _declared(act: Declaration, agreement: Agreement) -> Iterator[Objection]:
    clock = next((clock for clock in agreement.clocks if clock.id == act.clock), None)
    if clock is None:
        return
    if (act.says == "extended") != (act.until is not None):
        yield "until", "an extension, and only an extension, says until when", "Write until: with a time."
    if act.says == "extended" and clock.extension is None:
        yield "says", f"the clock {clock.id!r} cannot be extended", "Choose another clock."
    if (act.says == "condition_met") != (act.condition is not None):
        yield "condition", "condition_met, and only it, names a condition", "Write condition: with its id."
    elif act.condition is not None:
        yield from _unknown("condition", act.condition, [one.id for one in clock.conditions], "condition of the clock")


def _rested(act: OriginHeld) -> Iterator[Objection]:
    if (act.says == "repeats") != (act.of is not None):
        yield "of", "repeats, and only repeats, names a report", "Write of: with the report that is repeated."
    elif act.of == act.report:
        yield "of", "a report does not repeat itself", "Name the report that is repeated."


def _covered(act: Coverage, agreement: Agreement) -> Iterator[Objection]:
    known = [*(area.id for area in agreement.areas), *(group.id for group in agreement.area_groups)]
    yield from _unknown("area", act.area, known, "area")
    try:
        span_of(act, agreement.zone)
    except ValueNotRead as error:
        yield "to", error.message, error.mend
