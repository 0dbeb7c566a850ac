"""Acts that were ever held, with what replaced them; and what a new act may put itself in the place of."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from truceline.errors import ValueNotRead
from truceline.pipeline.missions import ACT, StoredAct
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.act import Act, ActHeld, Withdrawal, kind_of, revised_by
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import read_instant

Objection = tuple[str, str, str]
"""The field, what is wrong with it, and the mend."""


def acts_ever(mission: MissionFile, reader: Reader, size: int | None = None) -> list[ActHeld]:
    """Every act that the record had at that size, in order of entry, those no longer in force among them."""
    found: dict[str, ActHeld] = {}
    for seq, entry_id, _, _, _, at_us, content, by in mission.rows_ever(ACT, reader, size=size):
        held = msgspec.json.decode(content, type=StoredAct)
        found[entry_id] = ActHeld(entry_id, seq, held.act, at_us, held.when_us, by)
    return list(found.values())


def replaced(acts: Sequence[ActHeld]) -> list[ActHeld]:
    """Those of the acts ever held that another took the place of, or took back."""
    return [one for one in acts if one.replaced_by is not None]


def targets(act: Act, ever: Sequence[ActHeld]) -> list[ActHeld]:
    """The acts that an act takes back or takes the place of."""
    if isinstance(act, Withdrawal):
        return [one for one in ever if one.replaced_by is None and one.id.startswith(act.of)]
    named = revised_by(act)
    return [one for one in ever if named and one.id.startswith(named)]


def objections_to_revision(act: Act, zone: str, ever: Sequence[ActHeld]) -> Iterator[Objection]:
    """What is wrong with what an act says it revises: unknown, another body's, of another kind, or replaced before.

    An act that was replaced in another log, by another device, can be revised here too: the two are then rivals, and
    a third that revises both settles it.
    """
    for name in revised_by(act):
        found = [one for one in ever if one.id.startswith(name)]
        if len(found) != 1:
            which = "several acts" if found else "no act of this record"
            yield "revises", f"{name!r} names {which}", "Give more of the id, as `truceline acts` shows it."
        else:
            yield from _revised(act, zone, found[0], ever)


def _revised(act: Act, zone: str, old: ActHeld, ever: Sequence[ActHeld]) -> Iterator[Objection]:
    if old.act.by != act.by:
        mend = "Only the body that acted can revise it; another enters an act of its own."
        yield "revises", f"the act {old.id[:12]} is {old.act.by}'s", mend
    if type(old.act) is not type(act):
        mend = f"Withdraw that {kind_of(old.act)}, and enter this {kind_of(act)} by itself."
        yield "revises", f"the act {old.id[:12]} is a {kind_of(old.act)}, not a {kind_of(act)}", mend
    with suppress(ValueNotRead):  # a time that cannot be read has its own objection
        if read_instant(act.at, zone) < old.at:
            yield "at", f"the act {old.id[:12]}, which it revises, was said later", "Write when the revision was said."
    newer = next((one for one in ever if one.seq == old.replaced_by), None)
    if newer is not None and newer.act != act and log_at(newer.seq) == OWN_LOG:
        kind = "taken back" if isinstance(newer.act, Withdrawal) else "replaced"
        mend = "Enter this act by itself." if kind == "taken back" else f"Revise {newer.id[:12]}."
        yield "revises", f"the act {old.id[:12]} was {kind} already, by {newer.id[:12]}", mend
