"""`enter`: single acts of people and bodies, validated against the act schema, entered word for word."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.accepting import objections_to_entry
from truceline.pipeline.act_rows import act_fields, insert_act
from truceline.pipeline.act_sense import objections_alone
from truceline.pipeline.acts_held import acts_ever, objections_to_revision, replaced, targets
from truceline.pipeline.acts_of_reports import refuse_unknown_reports
from truceline.pipeline.automatic_sense import refuse_programs_without_a_rule
from truceline.pipeline.case_sense import refuse_unsound_cases
from truceline.pipeline.clearance_sense import objections_to_clearance
from truceline.pipeline.exhibit_sense import objections_to_custody, objections_to_exhibit
from truceline.pipeline.finding_sense import objections_to_finding
from truceline.pipeline.foreseen import objections_to
from truceline.pipeline.judgement_sense import refuse_unsound_judgements
from truceline.pipeline.keys import signing_key
from truceline.pipeline.missions import ACT, Registered, acts, registered
from truceline.pipeline.publication_sense import objections_to_publication
from truceline.pipeline.recall_sense import Recalled, report_recalled
from truceline.pipeline.recalls import recalled_by
from truceline.pipeline.superseding import is_own, refuse_foreign, settle_abroad
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance, Pen
from truceline.vocabulary.act import (
    Acceptance,
    Act,
    ActHeld,
    Attestation,
    ComparisonChosen,
    Finding,
    Withdrawal,
    kind_of,
)
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.clearance import Clearance
from truceline.vocabulary.exhibit import Custody, ExhibitEntered
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.plain_yaml import Plain, Written, read_yaml
from truceline.vocabulary.retraction import Published

MOST_BYTES = 1_000_000


class Entered(Struct, frozen=True):
    """One act: its id in the record, and whether it was there already."""

    file: str
    act: str
    by: str
    id: str
    already_held: bool


def enter(
    mission: MissionFile, files: Sequence[Path], *, sign: str | None = None, now_us: int, chance: Chance
) -> list[Entered]:
    """Enter every act of every file, or none of them, each signed with the key named or with the log's own.

    Raises `ActError` naming file and line, `ValueNotRead` for a key that is not known, `MissionError`.
    """
    known = registered(mission)
    held, gone = acts(mission, INTERNAL), replaced(acts_ever(mission, INTERNAL))
    read = [(path, act, words) for path in files for act, words in read_acts(path, known.pack.agreement, held, gone)]
    return _all_or_none(mission, known, read, (*held, *gone), sign=sign, now_us=now_us, chance=chance)


def enter_act(mission: MissionFile, act: Act, *, sign: str | None = None, now_us: int, chance: Chance) -> Entered:
    """Enter an act that a command made: as `enter` does of a file that holds it alone."""
    return enter_acts(mission, [act], sign=sign, now_us=now_us, chance=chance)[0]


def enter_acts(
    mission: MissionFile, said: Sequence[Act], *, sign: str | None = None, now_us: int, chance: Chance
) -> list[Entered]:
    """Enter acts that a command made, all of them or none. Raises as `enter`, naming the field alone."""
    known = registered(mission)
    held, gone = acts(mission, INTERNAL), replaced(acts_ever(mission, INTERNAL))
    for act in said:
        _check_form(act)
        for key, sentence, mend in objections(act, known.pack.agreement, held, gone):
            raise ActError(f"{key}: {sentence}.", mend)
    read = [(Path(), act, msgspec.json.encode(act, order="sorted")) for act in said]
    return _all_or_none(mission, known, read, (*held, *gone), sign=sign, now_us=now_us, chance=chance)


def _check_form(act: Act) -> None:
    """Lengths and patterns are checked when an act is read: one that was made in memory is read once more."""
    try:
        msgspec.convert(msgspec.to_builtins(act), Act)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        sentence = f"{where.rstrip('`').lstrip('.')}: {what}" if where else what
        raise ActError(sentence, "See docs/reference/act.schema.json for the form.") from error


def _all_or_none(
    mission: MissionFile,
    known: Registered,
    read: Sequence[tuple[Path, Act, bytes]],
    ever: Sequence[ActHeld],
    *,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> list[Entered]:
    abroad = [(path, one) for path, act, _ in read for one in targets(act, ever) if not is_own(one)]
    refuse_foreign(mission, abroad)
    refuse_unknown_reports(mission, [(path, act) for path, act, _ in read])
    refuse_unsound_judgements(mission, [(path, act) for path, act, _ in read])
    refuse_programs_without_a_rule(mission, known.pack.agreement, [(path, act) for path, act, _ in read])
    refuse_unsound_cases(mission, [(path, act) for path, act, _ in read])
    said_before = [one.act for one in ever if one.replaced_by is None]
    recalled = [None if act in said_before else report_recalled(mission, path, act) for path, act, _ in read]
    by = None if sign is None else signing_key(mission, sign)
    with mission.pen(now_us, chance, by) as pen:
        began = pen.size
        entered = [_entered(pen, began, told, known, ever, report) for told, report in zip(read, recalled, strict=True)]
        if abroad or any(report is not None and report.entry is None for report in recalled):
            settle_abroad(mission, pen.size)
        return entered


def read_acts(
    path: Path, agreement: Agreement, held: Sequence[ActHeld], gone: Sequence[ActHeld] = ()
) -> Iterator[tuple[Act, bytes]]:
    """The acts of one file (one, or a list), each with its words: the bytes of the file for a file of one act."""
    content = _content(path)
    try:
        written = read_yaml(content, MOST_BYTES)
    except ValueNotRead as error:
        raise ActError(f"{path}, {error.message}", error.mend) from error
    many = written.value if isinstance(written.value, list) else [written.value]
    for n, value in enumerate(many):
        at: tuple[str | int, ...] = (n,) if isinstance(written.value, list) else ()
        act = _act(path, written, at, value)
        for key, sentence, mend in objections(act, agreement, held, gone):
            raise ActError(f"{path}, line {written.line((*at, key))}: {key}: {sentence}", mend)
        yield act, content if len(many) == 1 else msgspec.json.encode(value)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ActError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error


def _act(path: Path, written: Written, at: tuple[str | int, ...], value: Plain) -> Act:
    try:
        return msgspec.convert(value, Act)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$")
        steps = tuple(step for step in where.rstrip("`").split(".") if step)
        line = written.line((*at, *steps))
        raise ActError(f"{path}, line {line}: {what}", "See docs/reference/act.schema.json for the form.") from error


def objections(
    act: Act, agreement: Agreement, held: Sequence[ActHeld], gone: Sequence[ActHeld] = ()
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an act that has the right form: (field, sentence, mend).

    held: the acts in force; gone: those that were replaced or taken back.
    """
    yield from objections_alone(act, agreement)
    yield from objections_to_revision(act, agreement.zone, (*held, *gone))
    if isinstance(act, ComparisonChosen):
        yield from objections_to(act, agreement, held)
    elif isinstance(act, Withdrawal):
        yield from _withdrawn(act, held)
    elif isinstance(act, Acceptance | Attestation):
        yield from objections_to_entry(act, agreement, held)
    elif isinstance(act, Finding):
        yield from objections_to_finding(act, held)
    elif isinstance(act, ExhibitEntered):
        yield from objections_to_exhibit(act, held)
    elif isinstance(act, Custody):
        yield from objections_to_custody(act, held)
    elif isinstance(act, Published):
        yield from objections_to_publication(act, held)
    elif isinstance(act, Clearance):
        yield from objections_to_clearance(act, held)


def _withdrawn(act: Withdrawal, held: Sequence[ActHeld]) -> Iterator[tuple[str, str, str]]:
    found = [one for one in held if one.id.startswith(act.of)]
    if len(found) != 1:
        yield "of", f"{act.of!r} names no act in force", "Give more of the id, as `truceline acts` shows it."
    elif found[0].act.by != act.by:
        yield (
            "by",
            f"the act is {found[0].act.by}'s",
            "Only the body that acted can withdraw; another may act against it.",
        )


class _Older(NamedTuple):
    """What an act takes the place of, or out of force: ids of entries; of those, the own by seq, the others by id."""

    ids: list[str]
    own: list[int]
    abroad: list[str]


def _older(pen: Pen, path: Path, act: Act, ever: Sequence[ActHeld], report: Recalled | None) -> _Older:
    if report is not None:
        return _Older([report.id], *(([], [report.id]) if report.entry is None else ([report.entry], [])))
    if (reinstated := recalled_by(pen, act, path.name)) is not None:
        return _Older(pen.ids([reinstated]), [reinstated], [])
    old = targets(act, ever)
    abroad = [one.id for one in old if not is_own(one)]
    return _Older([one.id for one in old], [one.seq for one in old if is_own(one)], abroad)


def _entered(
    pen: Pen,
    began: int,
    told: tuple[Path, Act, bytes],
    known: Registered,
    ever: Sequence[ActHeld],
    report: Recalled | None,
) -> Entered:
    """Enter one act unless it is in force word for word; what was withdrawn can be said again."""
    path, act, words = told
    content = msgspec.json.encode(act, order="sorted")
    key = pen.row_key("", f"act/{content.decode()}")
    name = kind_of(act)
    at = pen.held([key]).get(key)
    if at is not None and (at[0] >= began or at[0] in {one.seq for one in ever if one.replaced_by is None}):
        return Entered(path.name, name, act.by, pen.ids([at[0]])[0], already_held=True)
    older = _older(pen, path, act, ever, report)
    seq, entry_id = pen.enter(ACT, act_fields(act, words), {"supersedes": older.ids} if older.ids else {})
    pen.hold([(key, seq, key)])
    insert_act(pen, seq, entry_id, act, known.pack.agreement.zone, older.own, older.abroad)
    return Entered(path.name, name, act.by, entry_id, already_held=False)
