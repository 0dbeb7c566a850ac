"""What can be wrong with a finding when it is entered: (field, sentence, mend). Asked of new findings alone."""

from collections.abc import Iterator, Sequence

from truceline.pipeline.acts_held import Objection
from truceline.pipeline.exhibit_sense import objections_to_case
from truceline.verification.elements import repeated
from truceline.verification.standards import NAMES_SOMEBODY
from truceline.vocabulary.act import ActHeld, Finding, revised_by


def objections_to_finding(act: Finding, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """A level that names nobody with a name beside it; elements named twice; a case found on before."""
    yield from objections_to_case(act.case, held)
    if act.attributed_to and act.attribution not in NAMES_SOMEBODY:
        mend = "Name them under candidates:, or give the level at which the body holds them responsible."
        yield "attributed_to", f"a finding that is {act.attribution} holds nobody responsible", mend
    if act.attribution is not None and act.attribution in NAMES_SOMEBODY and not act.attributed_to:
        yield "attribution", f"{act.attribution} names somebody", "Write attributed_to:, or undetermined."
    for name in repeated(act.elements or ()):
        yield "elements", f"the element {name!r} is held twice", "Hold each element once."
    yield from _dissents(act)
    yield from _found_before(act, held)


def _dissents(act: Finding) -> Iterator[Objection]:
    known = {one.element for one in act.elements or ()}
    for one in act.dissents or ():
        if one.element and one.element not in known:
            yield "dissents", f"{one.element!r} is no element of the finding", f"Known: {', '.join(sorted(known))}."


def _found_before(act: Finding, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """A body has one finding on a case: a second one takes the place of the first, and says so."""
    if not act.case:
        return
    taken = revised_by(act)
    for one in held:
        same = isinstance(one.act, Finding) and (one.act.by, one.act.case) == (act.by, act.case)
        if same and one.act != act and not (taken and one.id.startswith(taken)):
            mend = f"Add to it: revises: [{one.id[:16]}]"
            yield "case", f"{act.by} has a finding on {act.case} in force, {one.id[:12]}", mend
