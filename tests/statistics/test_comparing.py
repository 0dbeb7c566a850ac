"""The whole comparison on made-up incidents, and on UCDP's Syria."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import truceline.statistics
from truceline.publication.comparison_words import CHOICES, CODES, METHODS, sentence
from truceline.statistics.asked import Coverage
from truceline.statistics.comparing import compare_periods

BASELINE = (date(2018, 1, 1), date(2018, 2, 9))
WINDOW = (date(2018, 2, 24), date(2018, 3, 9))
NEW_YEAR = date(2016, 1, 1)


@pytest.fixture
def told(incidents, rows_of, asked):
    """A comparison: means a day before and in the window, with a fixed seed; more goes to `asked` or rows."""

    def compare(before, after, extra=(), k=4, **more):
        chance = np.random.Generator(np.random.PCG64(40))
        rows = rows_of(BASELINE[0], chance.negative_binomial(k, k / (k + before), 40))
        rows += rows_of(WINDOW[0], chance.negative_binomial(k, k / (k + after), 14)) if after else []
        columns = incidents([*rows, *extra])
        return compare_periods(asked(BASELINE, WINDOW, **more), columns, columns.counts[0])

    return compare


def by_choice(found):
    return {choice.choice: choice for choice in found.choices}


def codes(reasons):
    return [reason.code for reason in reasons]


def test_a_truce_on_paper_with_violence_rising_is_not_reduced(told):
    """24 February 2018: a cessation for thirty days was asked for, and the bombing went on."""
    found = told(10, 22)
    assert found.answer == "not_reduced"
    assert found.choices[0].ratio > 1.5


def test_a_truce_that_holds_is_reduced_and_says_what_would_undo_it(told):
    found = told(12, 2)
    assert found.answer == "reduced"
    assert "more_would_undo" in codes(found.settles)


def test_a_small_fall_in_two_weeks_cannot_be_told_from_none(told):
    found = told(10, 8)
    assert found.answer == "cannot_tell"
    assert {"fewer_would_show", "days_would_settle"} <= set(codes(found.settles))
    assert found.smallest_reduction > 0.3


def test_no_incident_at_all_has_an_upper_limit_and_bounds_the_rate(told):
    origins = np.full((2, 68), 2)
    watched = Coverage(origins, origins > 0, {"ngo": np.ones(68, np.bool_)}, (True, True))
    found = told(6, 0, coverage=watched)
    assert found.answer == "reduced"
    assert (found.choices[0].ratio, found.choices[0].low) == (0, 0)
    assert found.rate_bound_of_none == pytest.approx(0.214)
    assert "no_incident_after" in codes(found.reasons)


def test_silence_of_the_only_source_is_no_peace_where_it_does_not_say_that_it_watched(told):
    found = told(6, 0)
    assert found.answer == "cannot_tell"
    assert "no_constant_source" in codes(found.reasons)


def test_no_incident_before_leaves_nothing_to_compare_with(told, incidents, rows_of, asked):
    columns = incidents(rows_of(WINDOW[0], [3] * 14))
    found = compare_periods(asked(BASELINE, WINDOW), columns, columns.counts[0])
    assert found.answer == "cannot_tell"
    assert "no_incident_before" in codes(found.reasons)


def test_no_incident_anywhere_cannot_be_told(incidents, asked):
    columns = incidents([])
    found = compare_periods(asked(BASELINE, WINDOW), columns, np.zeros(0, np.int8))
    assert found.answer == "cannot_tell"


def test_incidents_of_an_unknown_month_are_bounded_on_both_sides(told):
    doubtful = [{"day": date(2018, 2, 1), "days": 40}] * 300
    found = by_choice(told(12, 3, doubtful))
    assert found["doubtful_before"].ratio < found["deciding"].ratio < found["doubtful_after"].ratio
    assert found["doubtful_after"].ratio >= 1
    whole = told(12, 3, doubtful)
    assert whole.answer == "cannot_tell"
    assert whole.draws == 20


def test_imputation_widens_the_interval_and_the_same_seed_gives_the_same(told):
    doubtful = [{"day": date(2018, 2, 1), "days": 40}] * 100
    one, other = told(12, 3, doubtful), told(12, 3, doubtful)
    assert one == other
    assert told(12, 3, doubtful, seed=2).choices[0] != one.choices[0]


def test_the_eve_is_left_out_and_shown_beside(incidents, rows_of, asked):
    chance = np.random.Generator(np.random.PCG64(3))
    rows = [*rows_of(date(2018, 1, 1), chance.poisson(5, 40)), *rows_of(date(2018, 2, 10), chance.poisson(25, 14)),
            *rows_of(WINDOW[0], chance.poisson(5, 14))]  # fmt: skip
    columns = incidents(rows)
    found = compare_periods(asked((date(2018, 1, 1), date(2018, 2, 23)), WINDOW), columns, columns.counts[0])
    told = by_choice(found)
    assert found.eve_left_out == 14
    assert found.answer != "reduced"
    assert told["with_the_eve"].ratio < 0.6 < 0.8 < told["deciding"].ratio


def test_days_nobody_watched_are_left_out_of_the_rate_by_exposure(incidents, rows_of, asked):
    """Half of the window nobody watches, and nothing is reported there: the fall is one of watching."""
    chance = np.random.Generator(np.random.PCG64(6))
    rows = rows_of(BASELINE[0], chance.poisson(10, 40)) + rows_of(WINDOW[0], [*chance.poisson(10, 5), *[0] * 9])
    columns = incidents(rows)
    origins = np.zeros((2, 68), np.int64)
    origins[0, :40] = 2
    origins[0, 54:59] = 2
    found = compare_periods(
        asked(BASELINE, WINDOW, coverage=Coverage(origins, origins > 0, {}, (True, True))), columns, columns.counts[0]
    )
    told = by_choice(found)
    assert told["deciding"].answer == "reduced"
    assert told["per_exposure"].ratio == pytest.approx(1, abs=0.2)
    assert (found.answer, found.after.source_area_days) == ("cannot_tell", 10)
    assert "exposure_disagrees" in codes(found.reasons)


def test_inside_and_elsewhere_are_told_apart(incidents, rows_of, asked):
    chance = np.random.Generator(np.random.PCG64(7))
    rows = rows_of(BASELINE[0], chance.poisson(10, 40)) + rows_of(WINDOW[0], chance.poisson(2, 14))
    rows += rows_of(BASELINE[0], chance.poisson(3, 40), may=(2,)) + rows_of(WINDOW[0], chance.poisson(9, 14), may=(2,))
    columns = incidents(rows)
    told = by_choice(compare_periods(asked(BASELINE, WINDOW), columns, columns.counts[0]))
    assert (told["inside"].answer, told["elsewhere"].answer) == ("reduced", "not_reduced")


def test_an_area_at_a_time_is_pooled(incidents, rows_of, asked):
    chance = np.random.Generator(np.random.PCG64(7))
    rows = rows_of(BASELINE[0], chance.poisson(10, 40)) + rows_of(WINDOW[0], chance.poisson(5, 14))
    rows += rows_of(BASELINE[0], chance.poisson(8, 40), may=(1,)) + rows_of(WINDOW[0], chance.poisson(4, 14), may=(1,))
    columns = incidents(rows)
    pooling = compare_periods(asked(BASELINE, WINDOW), columns, columns.counts[0]).pooling
    assert [one.area for one in pooling.areas] == ["area_0", "area_1"]
    assert all(one.ratio == pytest.approx(0.5, abs=0.12) for one in pooling.areas)


def test_every_code_choice_and_method_has_words(told):
    folder = Path(truceline.statistics.__file__).parent
    source = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in ("deciding", "beside"))
    source += (folder.parent / "pipeline" / "foreseen.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', source)) | set(re.findall(r'Fell\.\w+: "(\w+)"', source))
    assert codes <= CODES
    found = told(10, 8)
    assert all(sentence(reason) for reason in (*found.reasons, *found.settles))
    assert {choice.choice for choice in found.choices} <= set(CHOICES)
    assert {method.method for method in found.methods} == set(METHODS)


@pytest.mark.data
@pytest.mark.parametrize(
    ("baseline", "window", "counts", "ratio", "answer"),
    [
        (("01-01", "02-12"), ("02-27", "03-11"), (510, 82), 0.494, "reduced"),
        (("01-01", "02-12"), ("02-27", "04-21"), (510, 429), 0.658, "reduced"),
        (("04-22", "08-28"), ("09-12", "09-18"), (1224, 51), 0.768, "cannot_tell"),
        (("02-13", "02-26"), ("02-27", "03-11"), (138, 82), 0.594, "cannot_tell"),
        (("08-29", "09-11"), ("09-12", "09-18"), (152, 51), 0.671, "cannot_tell"),
    ],
)
def test_ucdp_around_the_truces_of_2016_can_be_checked_by_hand(
    syria, incidents, rows_of, asked, baseline, window, counts, ratio, answer
):
    columns = incidents(rows_of(NEW_YEAR, syria))
    periods = (tuple(date.fromisoformat(f"2016-{day}") for day in pair) for pair in (baseline, window))
    found = compare_periods(asked(*periods), columns, columns.counts[0])
    main = found.choices[0]
    print(baseline, window, counts, main.ratio, main.low, main.high, found.answer, found.smallest_reduction)
    assert (main.before, main.after) == counts
    assert main.ratio == pytest.approx(ratio, abs=0.0011)
    assert found.answer == answer
