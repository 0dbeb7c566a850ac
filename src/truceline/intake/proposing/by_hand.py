"""What a person names instead: a step with another column of the file, read as that field is read."""

from collections.abc import Sequence

import msgspec

from truceline.intake.proposing.coding import MOST_WORDS, kind_choice
from truceline.intake.proposing.columns import Column, columns_of
from truceline.intake.proposing.counting import count_choice, read_said_any
from truceline.intake.proposing.dating import date_choices
from truceline.intake.proposing.naming import source_choice
from truceline.intake.proposing.opening import Opened
from truceline.intake.proposing.placing import pair_choice, position_choice
from truceline.intake.proposing.step import Choice, Step, Table, one_column
from truceline.intake.proposing.words import kind_of

DATES = ("when", "from", "to")


def instead(opened: Opened, step: Step, named: str) -> Step | None:
    """The step with the named column (for where: one, or latitude and longitude with a comma) before its choices.

    None where the file has no such column that can be named, or it cannot be read as this field.
    """
    columns = columns_of(opened.header, opened.tags, opened.sample)
    found = [_find(columns, name) for name in (named, *named.rsplit(",", 1))]
    if step.field in DATES and found[0]:
        fresh = date_choices(Table(opened.name, columns), step.field, found[0])
        return msgspec.structs.replace(fresh, choices=(*fresh.choices, *_without(step, fresh.choices)))
    choice = _pair(found) if step.field == "where" and not found[0] else _choice(step.field, found[0])
    return Step(step.field, step.explains, (choice, *_without(step, (choice,))), 0) if choice else None


def _without(step: Step, fresh: Sequence[Choice]) -> list[Choice]:
    """The choices there were, without those that are offered anew."""
    return [one for one in step.choices if one.says not in [new.says for new in fresh]]


def _find(columns: list[Column], name: str) -> Column | None:
    return next((column for column in columns if column.name.casefold() == name.strip().casefold()), None)


def _pair(found: list[Column | None]) -> Choice | None:
    lat, lon = found[1:] if len(found) == 3 else (None, None)
    return pair_choice(lat, lon) if lat and lon else None


def _choice(field: str, column: Column | None) -> Choice | None:
    if column is None or field in ("totals", "figures"):
        return None
    if field == "where":
        return position_choice(column)
    if field == "kind":
        known = column.many(kind_of)
        return kind_choice(column, "as you say", known) if len(column.values) <= MOST_WORDS else None
    if field == "killed":
        return count_choice({"killed_best": column}) if column.share(read_said_any) else None
    if field == "source":
        return source_choice(column, "as you say", "source")
    return one_column(field, column, "as you say", len(column.filled))
