"""Whom a register means by a name: an actor or a party of the pack, at a time, or nobody that the pack knows."""

from truceline.compliance.standing import folded, span_of
from truceline.vocabulary.agreement import Actor, Agreement, Text


def party_of(agreement: Agreement, text: str, instant: int) -> tuple[str, str]:
    """The id and the English name of whom the text names then; the text itself where it names nobody, or several.

    An id is meant first, then a name that an actor goes by at that instant, then a title. That one group goes by a
    new name is never inferred: the pack says it, or the two stay apart.
    """
    asked = folded(text)
    known = _titles(agreement)
    titled = _titled(agreement, asked)
    ids = {asked} & set(known)
    ids = ids or {one.id for one in agreement.actors if _goes_by(one, asked, instant, agreement.zone)}
    ids = ids or titled - {one.id for one in agreement.actors if asked in _names(one)}
    if len(ids) == 1:
        [found] = ids
        return found, known[found]["en"]
    return asked, text.strip()


def maybe_meant(agreement: Agreement, text: str) -> set[str]:
    """All whom a name may mean that somebody asks for, at whatever time it was theirs, as `party_of` names them."""
    asked = folded(text)
    return {asked, *_titled(agreement, asked), *(one.id for one in agreement.actors if asked in _names(one))}


def _titles(agreement: Agreement) -> dict[str, Text]:
    """The titles of parties and actors by id."""
    return {one.id: one.name for one in agreement.parties} | {one.id: one.name for one in agreement.actors}


def _titled(agreement: Agreement, asked: str) -> set[str]:
    return {one for one, title in _titles(agreement).items() if asked in map(folded, title.values())}


def _names(actor: Actor) -> set[str]:
    return {folded(named.name) for named in actor.names}


def _goes_by(actor: Actor, asked: str, instant: int, zone: str) -> bool:
    spans = (span_of(named.from_, named.to, zone) for named in actor.names if folded(named.name) == asked)
    return any(start <= instant < stop for start, stop in spans)
