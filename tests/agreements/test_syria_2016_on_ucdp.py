"""The pack syria-2016 over UCDP's events of 2016: who is surely between the parties, and the two September readings."""

import csv
import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from truceline.compliance.clocks import clocks_of
from truceline.compliance.ledger import Evaluated, evaluate
from truceline.compliance.question import Question
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.assessment import Verdict
from truceline.vocabulary.columns import SURELY, ReportColumns
from truceline.vocabulary.when import DAY, local_midnight, moment, read_instant, zone_of
from truceline.vocabulary.where import read_degrees

DAMASCUS = "Asia/Damascus"
INSURGENTS = "11973"
KIND = {"1": "state_based_violence", "2": "non_state_violence", "3": "one_sided_violence"}
RADIUS_M = {"1": 1_000, "2": 25_000, "3": 50_000, "4": 150_000}

pytestmark = pytest.mark.data


@cache
def _rows(data: Path) -> list[dict[str, str]]:
    with (data / "ucdp-ged-syria-2016" / "ged_syria_2016.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ints(values: Sequence[int]) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def _reports(rows: list[dict[str, str]]) -> ReportColumns:
    zone = zone_of(DAMASCUS)
    n = len(rows)
    placed = [row["where_prec"] in RADIUS_M for row in rows]
    sides = [[json.dumps(row[side].split(", ")) for row in rows] for side in ("side_a", "side_b")]
    return ReportColumns(
        seq=np.arange(n),
        start=_ints([local_midnight(date.fromisoformat(row["date_start"]), zone) for row in rows]),
        end=_ints([local_midnight(date.fromisoformat(row["date_end"]) + timedelta(days=1), zone) for row in rows]),
        has_point=np.array(placed),
        lat_e7=_ints([read_degrees(row["latitude"], "latitude") for row in rows]),
        lon_e7=_ints([read_degrees(row["longitude"], "longitude") for row in rows]),
        radius_m=_ints([RADIUS_M.get(row["where_prec"], 0) for row in rows]),
        killed_low=_ints([int(row["low"]) for row in rows]),
        killed_best=_ints([int(row["best"]) for row in rows]),
        killed_high=_ints([int(row["high"]) for row in rows]),
        submission=np.zeros(n, np.int64),
        row=np.arange(n),
        id=[row["id"] for row in rows],
        source=["ucdp"] * n,
        source_row=[row["id"] for row in rows],
        repeats=[""] * n,
        when_words=[row["date_start"] for row in rows],
        place=[row["where_coordinates"] for row in rows],
        area=[row["adm_1"] if place else "" for row, place in zip(rows, placed, strict=True)],
        kind=[KIND[row["type_of_violence"]] for row in rows],
        side_a=sides[0],
        side_b=sides[1],
        flags=["[]"] * n,
    )  # fmt: skip


@cache
def _evaluated(data: Path, reading: str, as_of: str) -> Evaluated:
    pack = find_pack("syria-2016")
    chosen = pack.agreement.reading(reading)
    question = Question.of(pack.agreement, pack.geometry, chosen, read_instant(as_of, DAMASCUS))
    return evaluate(question, _reports(_rows(data)), ())


def _surely_between(data: Path, reading: str) -> set[str]:
    evaluated = _evaluated(data, reading, "2017-02-01")
    at = [indicator.id for indicator in evaluated.question.agreement.indicators].index("between_parties")
    counts = evaluated.incidents.counts[at]
    return {one for one, answer in zip(evaluated.incidents.id, counts, strict=True) if answer == SURELY}


@pytest.mark.parametrize("reading", ["strict", "lenient"])
def test_surely_between_the_parties_is_exactly_government_against_unnamed_insurgents(
    test_data: Path, reading: str
) -> None:
    exact = {row["id"]: row["dyad_new_id"] for row in _rows(test_data) if row["date_prec"] == "1"}
    surely = {one for one in _surely_between(test_data, reading) if one in exact}
    assert {exact[one] for one in surely} == {INSURGENTS}
    assert surely == {one for one, dyad in exact.items() if dyad == INSURGENTS}


@pytest.mark.parametrize(
    ("first", "last", "events"),
    [
        ("2016-01-01", "2016-02-26", 648),
        ("2016-02-13", "2016-02-26", 138),
        ("2016-02-27", "2016-03-11", 82),
        ("2016-08-29", "2016-09-11", 152),
        ("2016-09-12", "2016-09-18", 51),
    ],
)
def test_events_of_one_day_between_the_parties_by_window(test_data: Path, first: str, last: str, events: int) -> None:
    surely = _surely_between(test_data, "strict")
    found = [
        row
        for row in _rows(test_data)
        if row["id"] in surely and row["date_prec"] == "1" and first <= row["date_start"] <= last
    ]
    assert len(found) == events


@pytest.mark.parametrize("reading", ["strict", "lenient"])
def test_seven_days_from_day_d_were_not_quiet_under_either_reading(test_data: Path, reading: str) -> None:
    evaluated = _evaluated(test_data, reading, "2016-09-19T19:00")
    [standing] = [one for one in clocks_of(evaluated, ()) if one.clock == "seven_days_from_day_d"]
    assert standing.verdict is Verdict.NOT_QUIET
    assert moment(standing.start).isoformat() == "2016-09-12T16:00:00+00:00"
    assert standing.end == standing.start + 7 * DAY


def test_the_february_truce_begins_on_the_26th_in_utc() -> None:
    agreement = find_pack("syria-2016").agreement
    [clock] = [one for one in agreement.clocks if one.id == "february_truce"]
    assert moment(read_instant(clock.start, agreement.zone)).isoformat() == "2016-02-26T22:00:00+00:00"


def test_names_that_ucdp_writes_resolve_but_for_the_obscure_ones(test_data: Path) -> None:
    unresolved = {name for name, _ in _evaluated(test_data, "strict", "2017-02-01").unresolved.names}
    assert unresolved == {
        "PFLP-GC", "PLO", "NSA", "PKK", "Tahrir al- Sham Army", "Sons of Yarmouk Movement", "Shohadaa al-Yarmouk",
        "Ajnad al-Kavkaz", "ETIM", "Tel Khamis Brigades", "Syrian National Coalition", "Jaysh al-Asha’er",
    }  # fmt: skip


def test_all_governorates_that_ucdp_writes_are_known(test_data: Path) -> None:
    areas = {name for name, _ in _evaluated(test_data, "strict", "2017-02-01").unresolved.areas}
    assert areas == set()
