"""What is executed: the period, indicators, readings, clocks and comparisons."""

from collections.abc import Iterator

from truceline.compliance.cross_checks.pointing import (
    Wrong,
    all_known,
    day_read,
    executed,
    known,
    some_known,
    time_read,
    used_once_in,
    zone_known,
)
from truceline.compliance.cross_checks.stack import CIVILIANS
from truceline.vocabulary.agreement import Agreement, Clock, FindingReset, Reading
from truceline.vocabulary.codes import codes
from truceline.vocabulary.plain_yaml import Path


def period(agreement: Agreement) -> Iterator[Wrong]:
    """The period and the comparisons are whole local days that run forward."""
    period = agreement.period
    for key, text in (("from", period.from_), ("to", period.to)):
        if text is not None:
            yield from day_read(("period", key), text)
    if period.to is not None and period.to <= period.from_:
        yield ("period", "to"), "is not after from"
    indicators = {one.id for one in agreement.indicators}
    for i, comparison in enumerate(agreement.comparisons):
        yield from all_known(("comparisons", i, "indicators"), comparison.indicators, indicators, "indicator")
        for key in ("before", "after", "reference"):
            pair = getattr(comparison, key)
            if pair is None:
                continue
            found = [wrong for j in (0, 1) for wrong in day_read(("comparisons", i, key, j), pair[j])]
            yield from found
            if not found and pair[1] <= pair[0]:
                yield ("comparisons", i, key), "ends before it begins"


def indicators(agreement: Agreement) -> Iterator[Wrong]:
    """Terms, parties and incident kinds exist, and no term that it executes is only recalled."""
    parties = {party.id for party in agreement.parties}
    kinds = set(codes("incident_kinds"))
    for i, indicator in enumerate(agreement.indicators):
        at: Path = ("indicators", i)
        yield from executed((*at, "terms"), indicator.terms, agreement)
        if indicator.between is not None:
            yield from some_known((*at, "between", 0), indicator.between[0], parties, "party")
            yield from some_known((*at, "between", 1), indicator.between[1], parties | {CIVILIANS}, "party")
        if indicator.kinds is not None:
            yield from some_known((*at, "kinds"), indicator.kinds, kinds, "incident kind")


def readings(agreement: Agreement) -> Iterator[Wrong]:
    """Dates, zones and the instrument of the exclusions exist."""
    ids = {instrument.id for instrument in agreement.instruments}
    for i, reading in enumerate(agreement.readings):
        at: Path = ("readings", i)
        yield from time_read((*at, "dated"), reading.dated, agreement.zone)
        if reading.zone is not None:
            yield from zone_known((*at, "zone"), reading.zone)
        if reading.exclusions is not None:
            yield from known((*at, "exclusions"), reading.exclusions, ids, "instrument")


def clocks(agreement: Agreement) -> Iterator[Wrong]:
    """A clock has one measure, and all that it names exists."""
    for i, clock in enumerate(agreement.clocks):
        at: Path = ("clocks", i)
        yield from time_read((*at, "start"), clock.start, agreement.zone)
        if (clock.days is None) == (clock.hours is None):
            yield at, "needs exactly one of days and hours"
        if clock.extension is not None and clock.hours is None:
            yield (*at, "extension"), "only a period of hours can be extended"
        if clock.cited.tag == "recalled":
            yield (*at, "cited", "tag"), "a recalled clock is not executed until it is confirmed"
        yield from executed((*at, "terms"), clock.terms, agreement)
        yield from _clock_ids(at, clock, agreement)
        yield from _clock_bodies(at, clock, {body.id for body in agreement.bodies})


def _clock_ids(at: Path, clock: Clock, agreement: Agreement) -> Iterator[Wrong]:
    indicators = {indicator.id for indicator in agreement.indicators}
    yield from known((*at, "indicator"), clock.indicator, indicators, "indicator")
    yield from some_known((*at, "areas"), clock.areas, {area.id for area in agreement.areas}, "area")
    if clock.instrument is not None:
        ids = {instrument.id for instrument in agreement.instruments}
        yield from known((*at, "instrument"), clock.instrument, ids, "instrument")


def _clock_bodies(at: Path, clock: Clock, bodies: set[str]) -> Iterator[Wrong]:
    yield from some_known((*at, "deciders"), clock.deciders, bodies, "body")
    if clock.extension is not None:
        yield from some_known((*at, "extension", "by"), clock.extension.by, bodies, "body")
    if isinstance(clock.reset, FindingReset):
        categories = set(codes("determination_categories"))
        yield from known((*at, "reset", "category"), clock.reset.category, categories, "determination category")
        yield from some_known((*at, "reset", "agreed_by"), clock.reset.agreed_by, bodies, "body")
    for j, condition in enumerate(clock.conditions):
        yield from some_known((*at, "conditions", j, "by"), condition.by, bodies, "body")
    yield from used_once_in((*at, "conditions"), [condition.id for condition in clock.conditions])


def left_open(reading: Reading) -> tuple[str, ...]:
    """The choices this reading leaves out; a ledger that needs one of them will refuse and name it."""
    choices = "day_boundary zone exclusions umbrella threshold counting coverage unknown_day".split()
    return tuple(choice for choice in choices if getattr(reading, choice) is None)
