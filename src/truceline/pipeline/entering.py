"""`enter`: single acts of people and bodies, validated against the act schema, entered word for word."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from truceline.errors import ActError, ValueNotRead
from truceline.pipeline.foreseen import objections_to
from truceline.pipeline.missions import ACT, Registered, StoredAct, acts, registered
from truceline.pipeline.recalls import recalled_by, reinstate, take_back
from truceline.record.commit import Field
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance, Pen
from truceline.vocabulary.act import (
    Act,
    ActHeld,
    ComparisonChosen,
    Coverage,
    Declaration,
    Determination,
    ReadingChosen,
    Reinstatement,
    Withdrawal,
)
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.codes import codes
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.plain_yaml import Plain, Written, read_yaml
from truceline.vocabulary.when import DAY, Interval, read_instant

MOST_BYTES = 1_000_000
WHO = ("act", "by", "at")
"""Fields of an act that may be released without its matter."""


class Entered(Struct, frozen=True):
    """One act: its id in the record, and whether it was there already."""

    file: str
    act: str
    by: str
    id: str
    already_held: bool


def enter(mission: MissionFile, files: Sequence[Path], *, now_us: int, chance: Chance) -> list[Entered]:
    """Enter every act of every file, or none of them. Raises `ActError` naming file and line."""
    known = registered(mission)
    held = acts(mission, INTERNAL)
    read = [(path, act, words) for path in files for act, words in read_acts(path, known.pack.agreement, held)]
    with mission.pen(now_us, chance) as pen:
        began = pen.size
        return [_entered(pen, began, path, act, words, known, held) for path, act, words in read]


def read_acts(path: Path, agreement: Agreement, held: Sequence[ActHeld]) -> Iterator[tuple[Act, bytes]]:
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
        for key, sentence, mend in objections(act, agreement, held):
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


def objections(act: Act, agreement: Agreement, held: Sequence[ActHeld]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with an act that has the right form: (field, sentence, mend)."""
    yield from _unknown("by", act.by, [body.id for body in agreement.bodies], "body")
    for field in ("at", "when", "until", "from_", "to"):
        yield from _not_a_time(act, field, agreement.zone)
    if clock := getattr(act, "clock", None):
        yield from _unknown("clock", clock, [clock.id for clock in agreement.clocks], "clock")
    if isinstance(act, Declaration):
        yield from _declared(act, agreement)
    elif isinstance(act, Determination):
        yield from _unknown("category", act.category, list(codes("determination_categories")), "category")
    elif isinstance(act, ReadingChosen):
        yield from _unknown("reading", act.reading, [reading.id for reading in agreement.readings], "reading")
    elif isinstance(act, ComparisonChosen):
        yield from objections_to(act, agreement, held)
    elif isinstance(act, Withdrawal):
        yield from _withdrawn(act, held)
    elif isinstance(act, Coverage):
        yield from _covered(act, agreement)


def _unknown(field: str, value: str, known: Sequence[str], noun: str) -> Iterator[tuple[str, str, str]]:
    if value not in known:
        yield field, f"{value!r} is no {noun} of this agreement", f"Known: {', '.join(known)}."


def _not_a_time(act: Act, field: str, zone: str) -> Iterator[tuple[str, str, str]]:
    text = getattr(act, field, None)
    if text is None or (field in ("from_", "to") and not isinstance(act, Coverage)):
        return
    try:
        Interval.from_text(text, zone)
    except ValueNotRead as error:
        yield field.rstrip("_"), error.message, error.mend


def _declared(act: Declaration, agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    clock = next((clock for clock in agreement.clocks if clock.id == act.clock), None)
    if clock is None:
        return
    if (act.says == "extended") != (act.until is not None):
        yield "until", "an extension, and only an extension, says until when", "Write until: with a time."
    if act.says == "extended" and clock.extension is None:
        yield "says", f"the clock {clock.id!r} cannot be extended", "Choose another clock."
    if (act.says == "condition_met") != (act.condition is not None):
        yield "condition", "condition_met, and only it, names a condition", "Write condition: with its id."
    elif act.condition is not None:
        yield from _unknown("condition", act.condition, [one.id for one in clock.conditions], "condition of the clock")


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


def _covered(act: Coverage, agreement: Agreement) -> Iterator[tuple[str, str, str]]:
    known = [*(area.id for area in agreement.areas), *(group.id for group in agreement.area_groups)]
    yield from _unknown("area", act.area, known, "area")
    try:
        span_of(act, agreement.zone)
    except ValueNotRead as error:
        yield "to", error.message, error.mend


def span_of(act: Coverage, zone: str) -> tuple[int, int]:
    """[from, to) of a coverage act; a date in `to` is the end of that day. Raises `ValueNotRead`."""
    start, end = Interval.from_text(act.from_, zone), Interval.from_text(act.to, zone)
    whole_days = end.end - end.start > DAY // 2
    span = Interval(start.start, end.end if whole_days else end.start, f"{act.from_}/{act.to}", zone)
    return span.start, span.end


def _entered(
    pen: Pen, began: int, path: Path, act: Act, words: bytes, known: Registered, held: Sequence[ActHeld]
) -> Entered:
    """Enter one act unless it is in force word for word; what was withdrawn can be said again."""
    content = msgspec.json.encode(act, order="sorted")
    key = pen.row_key("", f"act/{content.decode()}")
    name = type(act).__struct_config__.tag
    at = pen.held([key]).get(key)
    if at is not None and (at[0] >= began or at[0] in {one.seq for one in held}):
        return Entered(path.name, str(name), act.by, pen.ids([at[0]])[0], already_held=True)
    targets = _targets(act, held)
    recall = recalled_by(pen, act, path.name)
    older = [target.id for target in targets] if recall is None else pen.ids([recall])
    links: dict[str, Any] = {"supersedes": older} if older else {}
    seq, entry_id = pen.enter(ACT, act_fields(act, words), links)
    pen.hold([(key, seq, key)])
    insert_act(pen, seq, entry_id, act, known.pack.agreement.zone, [target.seq for target in targets])
    return Entered(path.name, str(name), act.by, entry_id, already_held=False)


def _targets(act: Act, held: Sequence[ActHeld]) -> list[ActHeld]:
    return [one for one in held if one.id.startswith(act.of)] if isinstance(act, Withdrawal) else []


def act_fields(act: Act, words: bytes) -> list[Field]:
    """The payload of an act: who and when, the matter, the reasons, and the words as they were written."""
    plain: dict[str, Any] = msgspec.to_builtins(act)
    who = {name: plain[name] for name in WHO}
    matter = {name: value for name, value in plain.items() if name not in (*WHO, "because")}
    encode = msgspec.json.Encoder(order="sorted").encode
    return [("who", encode(who)), ("matter", encode(matter)), ("because", encode(plain["because"])), ("words", words)]


def act_of(fields: Sequence[Field]) -> Act:
    """The act that an entry's payload holds."""
    by_name = dict(fields)
    plain = msgspec.json.decode(by_name["who"]) | msgspec.json.decode(by_name["matter"])
    plain["because"] = msgspec.json.decode(by_name["because"])
    return msgspec.convert(plain, Act)  # type: ignore[no-any-return]


def insert_act(pen: Pen, seq: int, entry_id: str, act: Act, zone: str, supersedes: Sequence[int]) -> None:
    """Put an act into the read tables, and what it supersedes out of force."""
    at = read_instant(act.at, zone)
    when = getattr(act, "when", None)
    stored = StoredAct(act, read_instant(when, zone) if when else at)
    named = (getattr(act, field, None) for field in ("about", "clock", "comparison", "of"))
    about = next((text for text in named if text), "")
    name = str(type(act).__struct_config__.tag)
    content = msgspec.json.encode(stored, order="sorted").decode()
    pen.insert(ACT, [(seq, entry_id, name, act.by, about, at, content, None)])
    if supersedes:
        for table in (ACT, "coverage"):
            pen.supersede(table, supersedes, seq)
    if isinstance(act, Withdrawal):
        take_back(pen, supersedes, seq)
    if isinstance(act, Reinstatement):
        reinstate(pen, act, seq)
    if isinstance(act, Coverage):
        pen.insert("coverage", [_coverage_row(seq, entry_id, act, zone)])


def _coverage_row(seq: int, entry_id: str, act: Coverage, zone: str) -> tuple[object, ...]:
    start, end = span_of(act, zone)
    return (
        seq, entry_id, act.source, f"act/{entry_id[:16]}", act.origin, act.area, start, end,
        act.status, act.stopped_by, act.because, "[]", seq, 0, None,
    )  # fmt: skip
