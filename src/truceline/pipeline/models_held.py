"""The model by which a mission's reports are matched: an entry of the record, in force until another takes its place.

The entry's payload holds who asked for it and why, what it was estimated from, and the model itself as JSON of whole
numbers with sorted names: weights and densities are frozen in it, and nothing but another entry estimates them anew.
An entry without a model takes the one before it out of force.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import msgspec
from msgspec import Struct

from truceline import __version__
from truceline.errors import MissionError, RecordBroken
from truceline.matching.explaining import REASONS
from truceline.matching.model import Model, cells_of
from truceline.record.canonical import canonical
from truceline.record.commit import Field
from truceline.record.plain_json import read_json
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance, Pen
from truceline.vocabulary.marking import Reader

MODEL = "model"
MOST_MODEL_BYTES = 64 * 1024 * 1024
"""Of a larger model densities would have to be left out; a million reports make some ten megabytes."""
SOFTWARE = f"truceline {__version__}"
SIGNALS_DIGEST = sha256(canonical({name: list(reasons) for name, reasons in REASONS.items()})).hexdigest()[:16]
"""Of the signals with all their reasons: a model made for others would weigh what it does not mean."""

NO_MODEL = "No model is in force.", "`truceline match MISSION` has one estimated and enters it."


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """What an entry says beside the model: the body, its reasons, and what it was estimated from.

    signals: what the weights are weights of (`SIGNALS_DIGEST`). size: the size of the record; labelled: pairs that
    people had judged, where it learned from them; seed: what drew the pairs that were looked at.
    """

    by: str
    because: str
    software: str = SOFTWARE
    signals: str = SIGNALS_DIGEST
    size: int = 0
    reports: int = 0
    labelled: int = 0
    seed: int = 0


class ModelHeld(Struct, frozen=True):
    """A model in force: its entry, what the entry says of it, and the model."""

    id: str
    seq: int
    about: About
    model: Model


def enter_model(pen: Pen, about: About, model: Model | None) -> str:
    """Enter a model, or with None take the one in force out of it; the id of the entry. Raises `RecordBroken`."""
    content = b"" if model is None else msgspec.json.encode(model, order="sorted")
    if len(content) > MOST_MODEL_BYTES:
        mend = "Match a part of the reports, or tell the makers."
        raise RecordBroken(f"The model would have {len(content):,} bytes, of {MOST_MODEL_BYTES:,} at most.", mend)
    fields = [("about", canonical(msgspec.to_builtins(about))), (MODEL, content)]
    seq, entry_id = pen.enter(MODEL, fields, {})
    pen.insert(MODEL, [model_row(seq, entry_id, fields)])
    return entry_id


def model_row(seq: int, entry_id: str, fields: Sequence[Field]) -> tuple[object, ...]:
    """The entry's row of the read table; of one whose fields were destroyed nothing is in force any more."""
    by_name = dict(fields)
    about = read_json(by_name.get("about") or b"{}", dict[str, Any])
    content = by_name.get(MODEL, b"")
    digest = sha256(content).hexdigest() if content else ""
    return (seq, entry_id, about.get("by", ""), about.get("because", ""), about.get("reports", 0), digest)


def entry_in_force(mission: MissionFile, reader: Reader, size: int | None = None) -> tuple[int, str] | None:
    """Seq and id of the entry whose model is in force at that size; None without one."""
    rows = mission.rows(MODEL, reader, size=size)
    if not rows or not rows[-1][-1]:
        return None
    return int(rows[-1][0]), str(rows[-1][1])


def model_in_force(mission: MissionFile, reader: Reader, size: int | None = None) -> ModelHeld | None:
    """The model in force at that size. Raises `MissionError` for one that this Truceline cannot apply."""
    found = entry_in_force(mission, reader, size)
    if found is None:
        return None
    _, _, _, fields = next(mission.payloads(found[0], found[0] + 1))
    by_name = dict(fields)
    try:
        about, model = read_json(by_name["about"], About), read_json(by_name[MODEL], Model)
    except (KeyError, ValueError) as error:
        raise _not_applied(found[1], str(error)) from error
    if about.signals != SIGNALS_DIGEST or any(len(one.weights) != cells_of(one.signals) for one in model.tables):
        raise _not_applied(found[1], f"{about.software} made it for other signals than this one has")
    return ModelHeld(found[1], found[0], about, model)


def _not_applied(entry_id: str, why: str) -> MissionError:
    mend = "Have another one estimated: truceline match MISSION --again"
    return MissionError(f"The model of entry {entry_id[:12]} cannot be applied: {why}.", mend)


def withdraw_model(mission: MissionFile, about: About, *, now_us: int, chance: Chance) -> str:
    """Take the model in force out of it, by an entry; the entry's id."""
    with mission.pen(now_us, chance) as pen:
        return enter_model(pen, about, None)
