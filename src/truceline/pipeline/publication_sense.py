"""What can be wrong with an act that says what was published: its number, and what it corrects."""

from collections.abc import Iterator, Sequence

from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.act import ActHeld, revised_by
from truceline.vocabulary.retraction import Published


def objections_to_publication(act: Published, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """A number is given once; a correction has the number of what it corrects."""
    out = [(one.id, one.act) for one in held if isinstance(one.act, Published)]
    if act.corrects is None:
        revised = revised_by(act)
        taken = [
            said for entry, said in out if said.number == act.number and not (revised and entry.startswith(revised))
        ]
        if taken and act not in taken:
            yield "number", f"{act.number!r} went out already", "Give another, or say which publication it corrects."
        return
    found = [said for entry, said in out if entry.startswith(act.corrects)]
    if len(found) != 1:
        yield "corrects", f"{act.corrects!r} names no publication", "See: truceline publications MISSION"
    elif found[0].number != act.number:
        yield "number", f"what it corrects has the number {found[0].number!r}", "A correction keeps the number."
