"""What can be wrong with an acceptance or an attestation: who may keep a register, and whose word it needs."""

from collections.abc import Iterator, Sequence

from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation
from truceline.vocabulary.agreement import Agreement


def objections_to_entry(
    act: Acceptance | Attestation, agreement: Agreement, held: Sequence[ActHeld]
) -> Iterator[Objection]:
    """A register is kept by a co-chair, an acceptance is given to one, and one attests it."""
    yield from _no_co_chair("by", act.by, agreement)
    if isinstance(act, Attestation):
        yield from _attested(act, agreement, held)
    elif act.to is not None:
        yield from _no_co_chair("to", act.to, agreement)


def _attested(act: Attestation, agreement: Agreement, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """It names one acceptance, by its id or by party and register; the keeper of a register has nothing to object."""
    if act.of is None and act.party is not None and act.register is not None:
        yield from _no_co_chair("register", act.register, agreement)
        yield from _own_register(act, act.register)
    elif act.of is None or act.party is not None or act.register is not None:
        yield "of", "it names the id of an acceptance, or a party and a register", "Write the one or the other."
    else:
        found = [one.act for one in held if one.id.startswith(act.of) and isinstance(one.act, Acceptance)]
        if len(found) != 1:
            mend = "Give more of the id, as `truceline acts` shows it; or name the party and the register."
            yield "of", f"{act.of!r} names no acceptance in force that can be read here", mend
        else:
            yield from _own_register(act, found[0].by)


def _no_co_chair(field: str, body: str, agreement: Agreement) -> Iterator[Objection]:
    known = [one.id for one in agreement.bodies if one.role == "co_chair"]
    if body not in known:
        yield field, f"{body!r} is no co-chair of this agreement", f"Known: {', '.join(known) or 'none'}."


def _own_register(act: Attestation, register: str) -> Iterator[Objection]:
    if act.by == register and act.says == "objected":
        mend = "Withdraw the acceptance, or revise it."
        yield "says", "the keeper of a register does not object to its own entry", mend
