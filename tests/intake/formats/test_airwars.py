"""Airwars' incidents: lowest and highest figures, dates that are ranges, and grades that cast doubt."""

import json

import pytest


@pytest.fixture
def read(became, samples):
    made = samples["airwars"]
    row = dict(zip(made.header, made.good[0], strict=True))
    return lambda **cells: became(json.dumps({"total": 1, "cases": [{**row, **cells}]}))[0]


def test_an_incident_is_a_report_without_a_best_figure(read):
    report = read(killed_min=2, killed_max=4)
    assert (report.source, report.source_row, report.kind) == ("airwars", "XX001", "air_strike")
    assert (report.killed_low, report.killed_best, report.killed_high) == (2, None, 4)
    assert report.side_a == ("Northland Military", "Southland Military")
    assert (report.place, report.area, report.radius_m) == ("Mill town", "الوادي", 10_000)


def test_an_incident_of_several_days_is_a_range(read):
    assert read(date_end="2025-03-06").when_words == "2025-03-04/2025-03-06"


@pytest.mark.parametrize(
    ("strike", "kind", "weapon"),
    [(None, "", ""), ("Airstrike and/or Artillery", "", "Airstrike and/or Artillery"), ("Artillery", "shelling", "")],
)
def test_what_the_strike_was_is_not_guessed(read, strike, kind, weapon):
    report = read(strike_type_original=strike)
    assert (report.kind, report.weapon) == (kind, weapon)


@pytest.mark.parametrize(
    ("grade", "flags"), [("متنازع عليه", ("graded_contested",)), ("مستبعدة", ("graded_discounted",)), ("مؤكد", ())]
)
def test_an_incident_that_airwars_doubts_is_flagged(read, grade, flags):
    assert read(evidence_ar=grade).flags == flags


def test_a_figure_that_is_not_there_is_not_nought(read):
    report = read(killed_min=None, killed_max=None)
    assert (report.killed_low, report.killed_high) == (None, None)
