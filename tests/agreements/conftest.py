"""Working a pack's examples straight through the compliance room: rows as columns, without a mission or a database."""

import json
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from truceline.compliance.clocks import standing_of
from truceline.compliance.examples import Given, Row, cells_of
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.pack import Pack
from truceline.compliance.question import Question
from truceline.pipeline.checking import worked
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.columns import UNKNOWN, ReportColumns, Watch
from truceline.vocabulary.when import Interval, read_instant
from truceline.vocabulary.where import read_degrees


def _reports(rows: tuple[Row, ...], zone: str) -> ReportColumns:
    cells = [{"radius_m": "1000", **cells_of(row)} for row in rows]
    when = [Interval.from_text(row["when"], zone) for row in cells]
    n = len(cells)

    def text(column: str) -> list[str]:
        return [row.get(column, "") for row in cells]

    def number(column: str) -> np.ndarray:
        return np.array([int(row[column]) if row.get(column) else UNKNOWN for row in cells], np.int64)

    def degrees(column: str, which: str) -> np.ndarray:
        return np.array([read_degrees(row[column], which) if row.get(column) else 0 for row in cells], np.int64)

    def side(column: str) -> list[str]:
        return [json.dumps([name.strip() for name in words.split(";") if name.strip()]) for words in text(column)]

    return ReportColumns(
        seq=np.arange(n), start=np.array([one.start for one in when], np.int64),
        end=np.array([one.end for one in when], np.int64),
        has_point=np.array([bool(row.get("lat")) for row in cells], np.bool_),
        lat_e7=degrees("lat", "latitude"), lon_e7=degrees("lon", "longitude"), radius_m=number("radius_m"),
        killed_low=number("killed_low"), killed_best=number("killed_best"), killed_high=number("killed_high"),
        submission=np.zeros(n, np.int64), row=np.arange(n), id=[str(i) for i in range(n)], source=text("source"),
        source_row=text("report_id"), repeats=text("repeats"), when_words=text("when"), place=text("place"),
        area=text("area"), kind=text("kind"), side_a=side("side_a"), side_b=side("side_b"), flags=["[]"] * n,
    )  # fmt: skip


def _watches(rows: tuple[Row, ...], zone: str) -> list[Watch]:
    made = []
    for row in map(cells_of, rows):
        end = Interval.from_text(row["to"], zone)
        until = end.start if "T" in row["to"] else end.end
        start = read_instant(row["from"], zone)
        made.append(Watch(row["source"], row.get("origin", ""), row["area"], start, until, row["status"]))
    return made


def _held(n: int, act: Act, zone: str) -> ActHeld:
    when = getattr(act, "when", None) or act.at
    return ActHeld(f"{n:012x}", n, act, read_instant(act.at, zone), read_instant(when, zone))


def _cell(evaluated: Evaluated, given: Given) -> Mapping[str, object]:
    ledger = evaluated.ledger
    [indicator] = [one for one in ledger.indicators if one.indicator == given.indicator]
    for cell in indicator.cells:
        if (ledger.areas[cell.area], ledger.days[cell.day].name) == (given.area, given.day):
            return {"verdict": cell.verdict, "low": cell.low, "high": cell.high, "covered": cell.covered}
    raise AssertionError(f"no cell {given.area} {given.day}")


@pytest.fixture
def run_of() -> Callable[[Pack], Callable[[Given], Mapping[str, object]]]:
    """For a pack, the function that works one of its examples."""

    def of(pack: Pack) -> Callable[[Given], Mapping[str, object]]:
        agreement = pack.agreement
        zone = agreement.zone

        def run(given: Given) -> Mapping[str, object]:
            if given.obligation or given.step:
                return worked(pack, given)  # held against the slow interpreter in tests/compliance
            as_of = read_instant(given.as_of or agreement.period.to or "2100-01-01", zone)
            question = Question.of(agreement, pack.geometry, agreement.reading(given.reading), as_of)
            evaluated = evaluate(question, _reports(given.reports, zone), _watches(given.coverage, zone))
            if given.clock is None:
                return _cell(evaluated, given)
            [clock] = [one for one in agreement.clocks if one.id == given.clock]
            standing = standing_of(clock, evaluated, [_held(n, act, zone) for n, act in enumerate(given.acts)])
            names = ("state", "verdict", "day_low", "day_high")
            return {name: getattr(standing, name) for name in names}

        return run

    return of
