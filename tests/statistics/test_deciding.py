"""From interval and circumstances to the answer."""

from dataclasses import replace

import pytest

from truceline.statistics.deciding import Circumstances, answer_of, decide
from truceline.vocabulary.comparison import Choice, Fell

GOOD = Circumstances(
    baseline_days=42, eve_days=14, eve_left_out=0, eve_only=False, declared=(True, True), sources_changed=0,
    constant_sources=3, worth=0.25,
)  # fmt: skip


def choice(name, ratio, low, high):
    return Choice(name, 100, 42, 20, 14, ratio, low, high, decide(low, high, 0.25))


def choices(*more, deciding=("deciding", 0.5, 0.3, 0.8)):
    given = {one.choice: one for one in more}
    usual = [choice(*deciding), choice("per_exposure", *deciding[1:]), choice("doubtful_before", *deciding[1:]),
             choice("doubtful_after", *deciding[1:])]  # fmt: skip
    return [given.get(one.choice, one) for one in usual]


def codes(reasons):
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    ("low", "high", "answer"),
    [(0.3, 0.999, "reduced"), (0.3, 1.0, "cannot_tell"), (0.76, 1.4, "not_reduced"), (0.75, 1.4, "cannot_tell"),
     (1.2, 3.0, "not_reduced"), (0.8, 0.95, "reduced"), (0.0, None, "cannot_tell")],
)  # fmt: skip
def test_the_interval_decides(low, high, answer):
    assert decide(low, high, 0.25) == answer


def test_a_fall_that_every_choice_bears_is_a_reduction():
    answer, reasons = answer_of(choices(), GOOD)
    assert answer is Fell.REDUCED
    assert codes(reasons) == ["whole_interval_below_one"]


def test_a_baseline_that_is_only_the_eve_decides_nothing():
    answer, reasons = answer_of(choices(), replace(GOOD, eve_only=True))
    assert answer is Fell.CANNOT_TELL
    assert "baseline_is_eve" in codes(reasons)


@pytest.mark.parametrize("declared", [(True, False), (False, True)])
def test_coverage_of_one_period_alone_decides_nothing(declared):
    answer, reasons = answer_of(choices(), replace(GOOD, declared=declared))
    assert answer is Fell.CANNOT_TELL
    assert "coverage_in_one_period" in codes(reasons)


def test_without_any_coverage_the_answer_is_of_what_was_reported_and_says_so():
    told = [one for one in choices() if one.choice != "per_exposure"]
    answer, reasons = answer_of(told, replace(GOOD, declared=(False, False)))
    assert answer is Fell.REDUCED
    assert "coverage_unknown" in codes(reasons)


def test_a_fall_that_is_a_fall_of_watching_is_none():
    answer, reasons = answer_of(choices(choice("per_exposure", 1.1, 0.8, 1.5)), GOOD)
    assert answer is Fell.CANNOT_TELL
    assert "exposure_disagrees" in codes(reasons)


def test_doubtful_incidents_that_would_undo_the_fall_leave_it_open():
    answer, reasons = answer_of(choices(choice("doubtful_after", 1.3, 0.8, 2.0)), GOOD)
    assert answer is Fell.CANNOT_TELL
    assert "doubtful_incidents_could_undo" in codes(reasons)


def test_no_constant_source_decides_nothing():
    answer, reasons = answer_of(choices(), replace(GOOD, sources_changed=2, constant_sources=0))
    assert answer is Fell.CANNOT_TELL
    assert "no_constant_source" in codes(reasons)
