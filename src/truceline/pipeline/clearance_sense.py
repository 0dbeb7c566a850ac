"""What can be wrong with a marking or a clearance when it is entered: (field, sentence, mend)."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.clearance import OF_THE_SOURCE, Clearance
from truceline.vocabulary.marking import Audience


def objections_to_clearance(act: Clearance, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """To nobody outside, of nothing, of a place without a cell, or of a source that was not asked."""
    if act.to is Audience.INTERNAL:
        yield "to", "what is internal needs no clearance", "Name co_chairs, task_force, council or public."
    if not act.reports and not act.acts:
        yield "reports", "nothing is cleared", "Name reports:, or acts:."
    if ("where" in act.fields) != (act.cell_m is not UNSET):
        yield "cell_m", "where, and only where, needs a cell", "Write cell_m: in metres, or 0 for the place as said."
    told = sorted(OF_THE_SOURCE.intersection(act.fields))
    if told and act.consent == "not_needed":
        yield "consent", f"{' and '.join(told)} may tell who the source is", "Ask the source: given, or withheld."
    for name in act.acts:
        if sum(one.id.startswith(name) for one in held) != 1:
            yield "acts", f"{name!r} names no act in force", "Give more of the id, as `truceline acts` shows it."
