"""Whether a pack's examples ask about something that is there: a cell of the ledger, a clock, an obligation, a step."""

from collections.abc import Iterator

from truceline.compliance.cross_checks.pointing import Wrong, all_known, day_read, runs_forward, time_read
from truceline.compliance.examples import Example, Given
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.plain_yaml import Path
from truceline.vocabulary.when import read_instant


def unknown(examples: tuple[Example, ...], agreement: Agreement) -> Iterator[Wrong]:
    """Ids that are not in the pack, and days that no ledger of it has."""
    for i, example in enumerate(examples):
        at: Path = (i, "given")
        found = [*_ids(at, example.given, agreement), *_times(at, example.given, agreement)]
        yield from found or _day(at, example.given, agreement)
        yield from all_known((i, "terms"), example.terms, [term.id for term in agreement.terms], "term")


def _ids(at: Path, given: Given, agreement: Agreement) -> Iterator[Wrong]:
    for key, parts in (
        ("reading", agreement.readings),
        ("indicator", agreement.indicators),
        ("area", agreement.areas),
        ("clock", agreement.clocks),
        ("obligation", agreement.obligations),
        ("step", agreement.steps),
        ("body", agreement.bodies),
    ):
        asked = getattr(given, key)
        if asked is not None and asked not in {part.id for part in parts}:
            yield (*at, key), f"{asked!r} is no {key} of this pack"
    asked_of = next((one.obliged for one in agreement.obligations if one.id == given.obligation), None)
    if given.party is not None and asked_of is not None and given.party not in asked_of:
        yield (*at, "party"), f"{given.party!r} is not obliged by {given.obligation!r}"


def _times(at: Path, given: Given, agreement: Agreement) -> Iterator[Wrong]:
    if given.as_of is not None:
        yield from time_read((*at, "as_of"), given.as_of, agreement.zone)
    if given.day is not None:
        yield from day_read((*at, "day"), given.day)
    if given.from_ is not None or given.to is not None:
        yield from runs_forward(at, given.from_, given.to, agreement.zone)


def _day(at: Path, given: Given, agreement: Agreement) -> Iterator[Wrong]:
    """The day lies in the period and begins before the as-of instant."""
    reading = agreement.reading(given.reading)
    if given.day is None or reading is None:
        return
    period = agreement.period
    if given.day < period.from_ or (period.to is not None and given.day >= period.to):
        yield (*at, "day"), f"{given.day!r} is not in the period of this pack"
    elif given.as_of is not None and reading.day_boundary is not None:
        begins = read_instant(f"{given.day}T{reading.day_boundary}", reading.zone or agreement.zone)
        if begins >= read_instant(given.as_of, agreement.zone):
            yield (*at, "day"), f"{given.day!r} has not begun at {given.as_of}"
