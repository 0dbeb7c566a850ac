"""What can be wrong with an exhibit, or a step of its custody, when it is entered: (field, sentence, mend)."""

import base64
import binascii
from collections.abc import Iterator, Sequence

from msgspec import UNSET

from truceline.errors import ActError
from truceline.pipeline.acts_held import Objection
from truceline.verification.custody import PASSES_ON
from truceline.verification.time_stamp import TimeStamp, read_reply
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.case import CaseOpened
from truceline.vocabulary.exhibit import Custody, ExhibitEntered


def objections_to_exhibit(act: ExhibitEntered, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """An exhibit that belongs to nothing known, a salt without its word, a time-stamp over another file."""
    yield from objections_to_case(act.case, held)
    if act.case is None and act.report is None:
        yield "case", "the exhibit supports or contradicts nothing", "Name a case or a report."
    if (act.salt is not None) != (act.salted is not UNSET):
        yield "salted", "salt and salted: true go together", "Give both or neither."
    if act.original_of is not None:
        yield from _one_exhibit("original_of", act.original_of, held)
    if act.timestamp is not None:
        yield from _stamped(act)


def objections_to_custody(act: Custody, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """A step for no known exhibit, or one that passes it on to nobody."""
    yield from _one_exhibit("of", act.of, held)
    if (act.did in PASSES_ON) != (act.to is not None):
        yield "to", "handed_over and returned, and only they, say to whom", "Write to: with who got it."


def objections_to_case(handle: object, held: Sequence[ActHeld]) -> Iterator[Objection]:
    """A handle of no case that is held here; none is named where it is not text."""
    if isinstance(handle, str) and handle not in {one.act.handle for one in held if isinstance(one.act, CaseOpened)}:
        yield "case", f"{handle!r} is no case of this mission", "See `truceline case list`, or name a report."


def stamp_of(act: ExhibitEntered) -> TimeStamp | None:
    """What an exhibit's time-stamp says, its signature not checked. Raises `ActError` for what is none."""
    return None if act.timestamp is None else read_reply(reply_of(act.timestamp))


def reply_of(text: str) -> bytes:
    """The bytes of a reply kept as Base64. Raises `ActError`."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ActError("The time-stamp is not written in Base64.", "Enter it by `exhibit add --timestamp`.") from error


def _one_exhibit(field: str, name: str, held: Sequence[ActHeld]) -> Iterator[Objection]:
    found = [one for one in held if one.id.startswith(name) and isinstance(one.act, ExhibitEntered)]
    if len(found) != 1:
        which = "several exhibits" if found else "no exhibit in force"
        yield field, f"{name!r} names {which}", "Give more of the id, as `truceline exhibit show` prints it."


def _stamped(act: ExhibitEntered) -> Iterator[Objection]:
    """A reply that can be read, over this file: where its fingerprint is plain SHA-256 the two are the same."""
    try:
        stamp = stamp_of(act)
    except ActError as error:
        yield "timestamp", error.message.rstrip("."), error.mend
        return
    if stamp is not None and act.salt is None and stamp.hashed == "sha256" and stamp.digest != act.sha256:
        yield "timestamp", "the time-stamp was made over another file", "Give the reply for this file."
