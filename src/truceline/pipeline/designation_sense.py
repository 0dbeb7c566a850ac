"""What can be wrong with acts on lists, names, exclusions, associations and memberships: (field, sentence, mend)."""

from collections.abc import Iterator

from truceline.compliance.standing import folded
from truceline.errors import ValueNotRead
from truceline.pipeline.acts_held import Objection
from truceline.vocabulary.act import Act
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.designation import LISTS, Association, ExclusionHeld, ListVersion, Membership, NameDecided
from truceline.vocabulary.when import read_as_of, read_instant

Designating = NameDecided | ExclusionHeld | Association | Membership


def objections_to_designation(act: Act, agreement: Agreement) -> Iterator[Objection]:
    """Unknown instruments, times that are none or the wrong way round, decisions that reach back."""
    if isinstance(act, ListVersion | NameDecided) and act.list not in LISTS:
        yield "list", f"{act.list!r} is no list that is read", f"Known: {', '.join(LISTS)}."
    if isinstance(act, ListVersion):
        yield from _version(act, agreement)
    if not isinstance(act, Designating):
        return
    yield from _span(act, agreement.zone)
    if isinstance(act, NameDecided):
        yield from _by_version(act, agreement.zone)
    elif isinstance(act, ExclusionHeld):
        yield from _exclusion(act, agreement)
    elif isinstance(act, Association) and folded(act.force) == folded(act.of):
        yield "of", "a force is not associated with itself", "Name the one whose force it is."


def _span(act: Designating, zone: str) -> Iterator[Objection]:
    times: dict[str, int] = {}
    for field, text, read in (("from", act.from_, read_instant), ("to", act.to, read_as_of)):
        try:
            times |= {field: read(text, zone)} if text else {}
        except ValueNotRead as error:
            yield field, error.message, error.mend
    if len(times) == 2 and times["to"] <= times["from"]:
        yield "to", "it ends before it begins", "Write the earlier time under from:."


def _by_version(act: NameDecided, zone: str) -> Iterator[Objection]:
    try:
        if read_instant(act.version) > read_as_of(act.at, zone):
            mend = "A decision rests on a version that is there: name that one, or say when it was decided."
            yield "version", "the version was made after the decision", mend
    except ValueNotRead as error:
        yield "version", error.message, error.mend


def _exclusion(act: ExclusionHeld, agreement: Agreement) -> Iterator[Objection]:
    known = [one.id for one in agreement.instruments]
    if act.instrument not in known:
        sentence = f"{act.instrument!r} is no instrument of this agreement"
        yield "instrument", sentence, f"Known: {', '.join(known)}."
    try:
        back = (
            act.persistent
            and act.from_
            and read_instant(act.from_, agreement.zone) < read_instant(act.at, agreement.zone)
        )
    except ValueNotRead:
        return  # a time that cannot be read has its own objection
    if back:
        mend = "Write from: with the time of the decision, or a later one; or leave it out."
        yield "from", "an exclusion for persistent non-compliance holds from its decision on only", mend


def _version(act: ListVersion, agreement: Agreement) -> Iterator[Objection]:
    try:
        if read_instant(act.version) > read_as_of(act.at, agreement.zone):
            yield "at", "the version was made after it is said to be here", "Write when it was entered."
    except ValueNotRead as error:
        yield "version", error.message, error.mend
    if not act.entries:
        yield "entries", "a list without an entry answers nothing", "Take the file as published."
