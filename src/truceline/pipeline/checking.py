"""`check`: read a pack, check it, and work its examples by the very rooms a mission uses, without a mission."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from truceline.compliance.clocks import standing_of
from truceline.compliance.examples import COVERAGE_COLUMNS, REPORT_COLUMNS, Given, Row, cells_of
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.pack import Pack, check_examples, notes
from truceline.compliance.question import Question
from truceline.compliance.steps import stand
from truceline.compliance.terms_run import TermsRun, terms_run
from truceline.errors import PackError
from truceline.intake.reading import Refused, read_file, read_rows
from truceline.pipeline.checking_outcomes import outcome_of
from truceline.pipeline.entering import objections
from truceline.pipeline.packs import find_pack
from truceline.pipeline.reading_rows import read_context
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.columns import UNKNOWN, ReportColumns, Watch
from truceline.vocabulary.coverage import Coverage
from truceline.vocabulary.report import Report, list_text
from truceline.vocabulary.when import read_as_of, read_instant

LATE = "2199-01-01"
"""The as-of instant of an example that gives none: everything has been."""


class ExampleDisagrees(Struct, frozen=True):
    """An example on which the program says something else than the pack."""

    example: str
    expected: str
    got: str


class Checked(Struct, frozen=True):
    """What `check` says of a pack that can be read."""

    pack: str
    version: str
    digest: str
    examples: int
    notes: tuple[str, ...]
    disagreements: tuple[ExampleDisagrees, ...]
    terms: TermsRun | None = None


def check_pack(name: str, *, coverage: bool = False) -> Checked:
    """Read, check and work a pack's examples. Raises `PackError` with every fault, its file and line.

    coverage: which of its terms run, by what, shown by which examples, and which do not run and why.
    """
    pack = find_pack(name)
    wrong = check_examples(pack, lambda given: worked(pack, given))
    disagreements = tuple(
        ExampleDisagrees(one.example, f"{one.field} {one.expected}", f"{one.field} {one.said}") for one in wrong
    )
    agreement = pack.agreement
    terms = terms_run(agreement, pack.examples) if coverage else None
    told = notes(agreement)
    return Checked(agreement.pack, agreement.version, pack.digest, len(pack.examples), told, disagreements, terms)


def worked(pack: Pack, given: Given) -> Mapping[str, object]:
    """What the program says of an example: of a cell, a clock, an obligation or a step."""
    agreement = pack.agreement
    as_of = read_as_of(given.as_of or LATE, agreement.zone)
    question = Question.of(agreement, pack.geometry, agreement.reading(given.reading), as_of)
    reports = [read for read in _read(pack, given.reports, REPORT_COLUMNS) if isinstance(read, Report)]
    covered = [read for read in _read(pack, given.coverage, COVERAGE_COLUMNS) if isinstance(read, Coverage)]
    watched = [_watch(one) for one in covered]
    if given.step is not None:
        return {"state": stand(agreement, _acts(given, pack), as_of, given.body)[given.step].state.value}
    if given.obligation is not None:
        weapons = [report.weapon for report in reports]
        held = (columns_of(reports), weapons, _acts(given, pack), watched)
        return {"outcome": outcome_of(pack, given, *held, as_of)}
    evaluated = evaluate(question, columns_of(reports), watched)
    if given.clock is not None:
        return _clock(evaluated, given, pack)
    return _cell(evaluated, given)


def _cell(evaluated: Evaluated, given: Given) -> dict[str, object]:
    agreement, ledger = evaluated.question.agreement, evaluated.ledger
    indicator = [one.id for one in agreement.indicators].index(given.indicator or "")
    area = ledger.areas.index(given.area or "")
    day = [one.name for one in ledger.days].index(given.day or "")
    cell = ledger.indicators[indicator].cells[area * len(ledger.days) + day]
    return {"verdict": cell.verdict, "low": cell.low, "high": cell.high, "covered": cell.covered}


def _clock(evaluated: Evaluated, given: Given, pack: Pack) -> dict[str, object]:
    clock = next(clock for clock in pack.agreement.clocks if clock.id == given.clock)
    standing = standing_of(clock, evaluated, _acts(given, pack))
    days = {"day_low": standing.day_low, "day_high": standing.day_high}
    return {"verdict": standing.verdict, "state": standing.state, **days}


def _acts(given: Given, pack: Pack) -> list[ActHeld]:
    held: list[ActHeld] = []
    for n, plain in enumerate(given.acts):
        act: Act = msgspec.convert(plain, Act)
        for field, sentence, mend in objections(act, pack.agreement, held):
            raise PackError(f"examples.yaml: act {n + 1}: {field}: {sentence}", mend)
        at = read_instant(act.at, pack.agreement.zone)
        when = getattr(act, "when", None)
        held.append(ActHeld(act_id(n), n, act, at, read_instant(when, pack.agreement.zone) if when else at))
    return held


def act_id(n: int) -> str:
    """How acts of an example name one another: by their place, twelve digits, the first `000000000001`."""
    return f"{n + 1:012x}".ljust(64, "0")


def _read(pack: Pack, rows: Sequence[Row], columns: Sequence[str]) -> list[object]:
    """The rows read as a file of the native table would be. Raises `PackError` for a row that is refused."""
    written = io.StringIO()
    table = csv.DictWriter(written, columns, restval="")
    table.writeheader()
    table.writerows(cells_of(row) for row in rows)
    found: list[object] = []
    for _, read in read_rows(read_file("examples.yaml", written.getvalue().encode()), read_context(pack, "")):
        if isinstance(read, Refused):
            fault = read.faults[0]
            raise PackError(f"examples.yaml: {fault.column}: {fault.reason}", fault.mend)
        found.append(read)
    return found


def _watch(row: Coverage) -> Watch:
    return Watch(row.source, row.origin, row.area, row.start_us, row.end_us, row.status)


def columns_of(reports: Sequence[Report]) -> ReportColumns:
    """Reports as columns, in their order, numbered from 0."""
    n = len(reports)

    def ints(name: str) -> Any:
        values = (getattr(report, name) for report in reports)
        return np.fromiter((UNKNOWN if value is None else value for value in values), np.int64, n)

    def words(name: str) -> list[str]:
        return [getattr(report, name) for report in reports]

    def lists(name: str) -> list[str]:
        return [list_text(getattr(report, name)) for report in reports]

    pointed = np.fromiter((report.lat_e7 is not None for report in reports), np.bool_, n)
    return ReportColumns(
        seq=np.arange(n, dtype=np.int64), start=ints("start_us"), end=ints("end_us"), has_point=pointed,
        lat_e7=np.where(pointed, ints("lat_e7"), 0), lon_e7=np.where(pointed, ints("lon_e7"), 0),
        radius_m=ints("radius_m"), killed_low=ints("killed_low"), killed_best=ints("killed_best"),
        killed_high=ints("killed_high"), submission=np.zeros(n, np.int64), row=np.arange(n, dtype=np.int64),
        id=[f"{i:064x}" for i in range(n)], source=words("source"), source_row=words("source_row"),
        repeats=words("repeats"), when_words=words("when_words"), place=words("place"), area=words("area"),
        kind=words("kind"), side_a=lists("side_a"), side_b=lists("side_b"), flags=lists("flags"),
    )  # fmt: skip
