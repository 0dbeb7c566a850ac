"""The steps of a table with their answers, as a mapping."""

from collections.abc import Sequence

from msgspec import Struct

from truceline.errors import ValueNotRead
from truceline.intake.dates import DATE_FORMS
from truceline.intake.mapping_parts import Table
from truceline.intake.proposing.opening import Opened
from truceline.intake.proposing.others import coverage_steps, table_of, tally_steps
from truceline.intake.proposing.reports import report_steps
from truceline.intake.proposing.step import Choice, Step
from truceline.vocabulary.plain_yaml import Plain

STEPS = {"reports": report_steps, "coverage": coverage_steps, "tallies": tally_steps}


class Draft(Struct, frozen=True):
    """What is proposed for a table. why: why it is taken for this one of Truceline's tables.

    zone: where its local times are read, "" for the agreement's.
    """

    table: Table
    why: str
    steps: tuple[Step, ...]
    zone: str = ""


def proposed(opened: Opened, table: Table | None = None, *, dates: str = "", zone: str = "") -> Draft:
    """A draft of the mapping of a table; `dates` answers the question of the order of day and month.

    Raises `ValueNotRead` for an order that is not known.
    """
    if dates and dates not in DATE_FORMS:
        raise ValueNotRead(f"{dates!r} is no order of dates", f"Known are: {', '.join(DATE_FORMS)}.")
    found, why = table_of(opened) if table is None else (table, "as told")
    steps = tuple(_told(step, dates) for step in STEPS[found](opened))
    return Draft(found, why, steps, zone)


def _told(step: Step, dates: str) -> Step:
    """The step with the order of dates as it was told."""
    if not dates or step.field not in ("when", "from", "to"):
        return step
    fitting = [at for at, one in enumerate(step.choices) if one.settings.get("dates") == [dates]]
    if fitting and step.unsettled:
        return Step(step.field, step.explains, step.choices, fitting[0])
    settled = [Choice(one.says, "the order as told", one.fields, {**one.settings, "dates": [dates]}, one.read, one.of,
                      one.notes, one.columns) for one in step.choices]  # fmt: skip
    return Step(step.field, step.explains, tuple(settled), 0 if step.unsettled else step.proposed)


def answers_of(draft: Draft) -> list[int]:
    """The proposals as answers; where only a person can know, what is written until one has said."""
    return [step.unanswered_choice for step in draft.steps]


def chosen(draft: Draft, answers: Sequence[int]) -> list[Choice]:
    """The choices of these answers."""
    return [step.choices[answer] for step, answer in zip(draft.steps, answers, strict=True)]


def mapping_of(draft: Draft, answers: Sequence[int], name: str) -> dict[str, Plain]:
    """The mapping of these answers as plain values, in the order in which it is written."""
    fields: dict[str, Plain] = {}
    settings: dict[str, Plain] = {}
    for choice in chosen(draft, answers):
        fields.update(choice.fields)
        settings.update(choice.settings)
    top: dict[str, Plain] = {"mapping": name, "table": draft.table}
    if draft.zone:
        top["zone"] = draft.zone
    for setting in ("dates", "decimal", "refuse"):
        if setting in settings:
            top[setting] = settings[setting]
    top["fields"] = fields
    if "parts" in settings:
        top["parts"] = settings["parts"]
    return top


def not_used(draft: Draft, answers: Sequence[int], opened: Opened) -> list[str]:
    """The columns of the file that no answer reads: they are kept in the record and say nothing."""
    used = {name for choice in chosen(draft, answers) for name in choice.columns}
    return [cell.strip(" ") for cell in opened.header if cell.strip(" ") and cell.strip(" ") not in used]
