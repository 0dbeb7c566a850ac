"""The registers of acceptances that the co-chairs keep, side by side, at an instant.

A party tells one co-chair, or both, that it accepts; each keeps a register, and attests what stands in the other's.
The two may disagree, and neither overrules the other. Two time lines run beside each other: since when something
holds and was said, in the acts' own words, and when it was entered, by the record. What is said later never alters
what stood in a register before: an act that revises another takes its place from the time it was said.

A register says what was accepted, attested and disputed. It is no list of who is not covered: of a party without an
acceptance it says that none is recorded here, and that only when asked by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from truceline.compliance.parties_named import party_of
from truceline.vocabulary.act import Acceptance, ActHeld, Attestation
from truceline.vocabulary.agreement import Agreement

Status = Literal[
    "accepted_in_every_register", "accepted_and_attested", "accepted_not_attested", "disputed", "attested_unread",
    "withdrawn", "none",
]  # fmt: skip
"""Of a party at an instant. attested_unread: attested by one, of a register whose entry cannot be read here."""
LISTED: tuple[Status, ...] = (
    "accepted_in_every_register", "accepted_and_attested", "accepted_not_attested", "disputed", "attested_unread",
)  # fmt: skip
"""Those of which a list may speak that nobody asked for by name."""
OPEN: tuple[Status, ...] = ("accepted_not_attested", "disputed")
"""Those in which it is open whether the agreement protects the party."""


class Word(Struct, frozen=True):
    """What a co-chair says of an entry of a register, and since when (UTC microseconds)."""

    by: str
    says: str
    at: int
    act: str


class Kept(Struct, frozen=True):
    """What one register holds of a party: its last entry, and the last words on that entry.

    via: the co-chair it was given to; since: since when it holds; said: when the register said so; places: how many
    were declared. `no_entry`: none is held, or can be read here.
    """

    register: str
    state: Literal["accepted", "declined", "withdrawn", "no_entry"]
    via: str = ""
    since: int | None = None
    said: int | None = None
    act: str = ""
    places: int = 0
    words: tuple[Word, ...] = ()

    def attested_by(self) -> set[str]:
        """The co-chairs that attest it; the keeper's own word is not enough."""
        return {word.by for word in self.words if word.says == "attested" and word.by != self.register}


class PartyStanding(Struct, frozen=True):
    """A party in all registers at an instant. missing: whose attestation is; acts: all of it, those replaced too."""

    party: str
    name: str
    status: Status
    kept: tuple[Kept, ...]
    missing: tuple[str, ...]
    acts: tuple[ActHeld, ...]


def co_chairs(agreement: Agreement) -> tuple[str, ...]:
    """Who keeps a register."""
    return tuple(body.id for body in agreement.bodies if body.role == "co_chair")


def registers_at(agreement: Agreement, ever: Sequence[ActHeld], as_of: int) -> list[PartyStanding]:
    """Every party of which an act speaks that holds at that instant. `ever`: every act held, replaced ones too."""
    spoken = [one for one in ever if isinstance(one.act, Acceptance | Attestation) and one.when <= as_of]
    acts = sorted(spoken, key=lambda one: (one.at, one.seq))
    said = {one.seq: one.at for one in ever}
    whom = _whom(agreement, acts)
    by_party: dict[str, list[ActHeld]] = {}
    names: dict[str, str] = {}
    for one in acts:
        if (found := whom(one)) is not None:
            names.setdefault(*found)
            by_party.setdefault(found[0], []).append(one)
    return [
        _standing(co_chairs(agreement), party, names[party], held, in_force_at(held, said, as_of))
        for party, held in sorted(by_party.items())
    ]


def in_force_at(acts: Iterable[ActHeld], said: Mapping[int, int], as_of: int) -> list[ActHeld]:
    """The acts said by that instant that hold at it and that no act said by it replaced, in the order they hold.

    said: when each act was said, by its entry.
    """
    found = [
        one
        for one in acts
        if max(one.at, one.when) <= as_of and (one.replaced_by is None or said.get(one.replaced_by, as_of) > as_of)
    ]
    return sorted(found, key=lambda one: (one.when, one.at, one.seq))


def _standing(
    keepers: Sequence[str], party: str, name: str, acts: Sequence[ActHeld], valid: Sequence[ActHeld]
) -> PartyStanding:
    kept = tuple(_kept(register, valid) for register in keepers)
    accepted = [one for one in kept if one.state == "accepted"]
    has_own = {one.register for one in accepted}
    without = {body for one in accepted for body in keepers if body not in has_own | one.attested_by()}
    missing = tuple(body for body in keepers if body in without)
    return PartyStanding(party, name, _status(kept, accepted, missing), kept, missing, tuple(acts))


def _kept(register: str, valid: Sequence[ActHeld]) -> Kept:
    last = None
    for one in valid:
        if isinstance(one.act, Acceptance) and one.act.by == register:
            last = one
    words: dict[str, Word] = {}
    for one in sorted(valid, key=lambda one: (one.at, one.seq)):
        if isinstance(one.act, Attestation) and _is_of(one.act, one.at, register, last):
            words[one.act.by] = Word(one.act.by, one.act.says, one.at, one.id)
    if last is None or not isinstance(last.act, Acceptance):
        return Kept(register, "no_entry", words=tuple(words.values()))
    act = last.act
    return Kept(
        register, act.says, act.to or act.by, last.when, last.at, last.id, len(act.places), tuple(words.values())
    )


def _is_of(word: Attestation, at: int, register: str, last: ActHeld | None) -> bool:
    """A word counts for the entry it names; one that names party and register, for what held when it was said."""
    if word.of is not None:
        return last is not None and last.id.startswith(word.of)
    return word.register == register and (last is None or at >= last.when)


def _status(kept: Sequence[Kept], accepted: Sequence[Kept], missing: Sequence[str]) -> Status:
    states = {one.state for one in kept}
    if not accepted:
        if any(one.attested_by() for one in kept if one.state == "no_entry"):
            return "attested_unread"
        return "withdrawn" if "withdrawn" in states else "none"
    objected = any(word.says == "objected" for one in accepted for word in one.words)
    if objected or states & {"declined", "withdrawn"}:
        return "disputed"
    if missing:
        return "accepted_not_attested"
    return "accepted_in_every_register" if len(accepted) == len(kept) else "accepted_and_attested"


Whom = Callable[[ActHeld], tuple[str, str] | None]


def _whom(agreement: Agreement, acts: Sequence[ActHeld]) -> Whom:
    """Gives the party an act speaks of; None for an attestation of an entry that cannot be read here."""
    found: Mapping[str, tuple[str, str]] = {
        one.id: party_of(agreement, one.act.party, one.when) for one in acts if isinstance(one.act, Acceptance)
    }

    def whom(one: ActHeld) -> tuple[str, str] | None:
        if isinstance(one.act, Acceptance):
            return found[one.id]
        if not isinstance(one.act, Attestation):
            return None
        if one.act.party is not None:
            return party_of(agreement, one.act.party, one.when)
        of = one.act.of or ""
        return next((party for act, party in found.items() if act.startswith(of)), None)

    return whom
