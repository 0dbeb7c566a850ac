"""A source's own daily count, compared with itself in two periods."""

import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

import truceline.statistics
from truceline.publication import comparison_words, source_words
from truceline.statistics.asked import Asked, Coverage
from truceline.statistics.periods import local_days
from truceline.statistics.tally_series import TallyDays, compare_tally, enough

FIRST = date(2018, 1, 1)
NOBODY = Coverage(np.zeros((0, 0), np.int64), np.zeros((0, 0), np.bool_))


def asked(baseline, window, **more):
    whole = local_days(FIRST, FIRST + timedelta(days=window[1] - 1), "Asia/Damascus", 1 << 62)
    return Asked("vdc:killed", whole, baseline, window, np.ones(1, np.bool_), (), NOBODY, **more)


def counted(counts, silent=(), spread=0):
    best = np.array(counts, np.float64)
    told = np.ones(len(best), np.bool_)
    told[list(silent)] = False
    best[~told] = 0
    return TallyDays(np.maximum(best - spread, 0), best, best + spread, told)


def daily(mean, days, seed=1, k=5):
    return np.random.Generator(np.random.PCG64(seed)).negative_binomial(k, k / (k + mean), days).tolist()


def test_a_count_that_falls_to_a_third_is_reduced():
    told = compare_tally(asked((0, 56), (70, 98)), counted([*daily(40, 70), *daily(12, 28)]))
    assert told.answer == "reduced"
    assert (told.before.days, told.after.days, told.eve_left_out) == (56, 28, 0)
    assert sum(daily(12, 28)) <= told.most


def test_the_ratio_can_be_checked_by_hand():
    counts = [*daily(40, 56), *daily(12, 28)]
    main = compare_tally(asked((0, 42), (56, 84)), counted(counts)).choices[0]
    assert (main.before, main.after) == (sum(counts[:42]), sum(counts[56:]))
    assert main.ratio == round(sum(counts[56:]) / 28 / (sum(counts[:42]) / 42), 3)
    assert main.low < main.ratio < main.high


def test_a_truce_on_paper_while_violence_rises_is_not_reduced():
    """Eastern Ghouta after resolution 2401 of 24 February 2018, in made-up numbers: a truce on paper, and more dead."""
    window = ((date(2018, 2, 24) - FIRST).days, (date(2018, 3, 24) - FIRST).days)
    told = compare_tally(asked((0, 40), window), counted([*daily(15, window[0]), *daily(38, window[1] - window[0])]))
    assert told.answer == "not_reduced"
    assert told.choices[0].ratio > 2
    assert told.reasons[0].code == "reduction_ruled_out"


def test_a_short_window_cannot_tell():
    assert compare_tally(asked((0, 56), (70, 73)), counted(daily(5, 73))).answer == "cannot_tell"


def test_days_of_which_the_source_says_nothing_are_left_out_and_not_nought():
    counts = [*daily(40, 56), *daily(40, 28)]
    told = compare_tally(asked((0, 42), (56, 84)), counted(counts, silent=range(60, 74)))
    assert told.after.days_told == 14
    assert told.choices[0].after_exposure == 14
    assert told.choices[0].ratio == pytest.approx(1, abs=0.35)
    assert values_of(told, "tally_days_not_told") == {"days": 14}


def values_of(told, code):
    return next(reason.values for reason in told.reasons if reason.code == code)


def test_the_eve_is_left_out_and_a_baseline_of_eve_alone_decides_nothing():
    counts = [*daily(10, 42), *daily(60, 14), *daily(12, 28)]
    told = compare_tally(asked((0, 56), (56, 84)), counted(counts))
    assert told.eve_left_out == 14
    assert {choice.choice for choice in told.choices} >= {"deciding", "with_the_eve"}
    only = compare_tally(asked((42, 56), (56, 84)), counted(counts))
    assert only.answer == "cannot_tell"
    assert values_of(only, "baseline_is_eve") == {"days": 14, "least": 7}


def test_lowest_and_highest_figures_and_a_reference_are_choices_of_their_own():
    told = compare_tally(asked((20, 60), (74, 102), reference=(0, 20)), counted(daily(30, 102), spread=3))
    assert {one.choice for one in told.choices} == {"deciding", "reference", "lowest_figures", "highest_figures"}


def test_nothing_counted_before_is_no_ratio():
    told = compare_tally(asked((0, 30), (44, 60)), counted([*([0] * 44), *daily(5, 16)]))
    assert told.choices[0].ratio is None
    assert told.answer == "cannot_tell"


def test_two_days_of_each_period_are_needed():
    days = counted(daily(5, 60), silent=range(44, 60))
    assert not enough(asked((0, 30), (44, 60)), days)
    assert enough(asked((0, 30), (44, 60)), counted(daily(5, 60)))


def test_the_same_seed_has_the_same_answer():
    days = counted([*daily(20, 70), *daily(12, 28)])
    assert compare_tally(asked((0, 56), (70, 98)), days) == compare_tally(asked((0, 56), (70, 98)), days)


def test_every_code_has_words():
    folder = Path(truceline.statistics.__file__).parent
    source = "".join((folder / f"{name}.py").read_text(encoding="utf-8") for name in ("tally_series", "effort"))
    codes = set(re.findall(r'Reason\(\s*"(\w+)"', source)) | set(re.findall(r'Fell\.\w+: "(\w+)"', source))
    assert len(codes) > 10
    assert codes <= source_words.CODES | comparison_words.CODES
