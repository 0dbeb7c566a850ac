"""The deciding interval: hand-checked where it can be, and at its edges."""

import numpy as np
import pytest

from truceline.statistics.predicting import Prediction
from truceline.statistics.series import Series
from truceline.statistics.special import negative_binomial_cdf
from truceline.statistics.volatility import Volatility, volatility


def series(counts, first=1):
    return Series.of(np.array(counts, float), np.arange(first, first + len(counts)))


def predicted(before, after):
    return Prediction.of(before, after, volatility(before, after))


def test_without_swing_it_is_the_exact_interval_of_two_poisson_counts():
    """40 events in 2 days against 3,360 in 28: ratio 0.167, 0.12 to 0.23 (the guide's own arithmetic)."""
    prediction = Prediction(np.array([3360.0]), 2 / 28, np.array([1e-9]), 1e9)
    low, high = prediction.limits(np.array([40.0]))
    assert (round(low, 2), round(high, 2)) == (0.12, 0.23)


def test_the_limits_are_where_the_tails_take_two_and_a_half_percent():
    before, after = series([5, 9, 3, 12, 7, 6, 8] * 5), series([4, 2, 5, 3, 1, 6, 2], 40)
    prediction = predicted(before, after)
    low, high = prediction.limits(after.totals)
    assert prediction.below(after.totals, high) == pytest.approx(0.025, abs=1e-6)
    assert prediction.above(after.totals, low) == pytest.approx(0.025, abs=1e-6)


def test_nought_in_the_window_has_an_upper_limit_and_no_lower():
    before, after = series([3, 1, 4, 2, 5, 2, 3] * 4), series([0] * 7, 40)
    low, high = predicted(before, after).limits(after.totals)
    assert low == 0
    assert 0 < high < 1


def test_nought_in_the_baseline_has_no_upper_limit():
    before, after = series([0] * 28), series([1, 0, 2, 1, 0, 3, 1], 40)
    assert predicted(before, after).limits(after.totals)[1] is None


def test_memory_widens_the_interval():
    before, after = series([5, 9, 3, 12, 7, 6, 8] * 5), series([4, 2, 5, 3, 1, 6, 2], 40)
    swing = np.array([0.2])
    widths = []
    for memory in (0.0, 0.4, 0.8):
        low, high = Prediction.of(before, after, Volatility(swing, np.array([memory]))).limits(after.totals)
        widths.append(high / low)
    assert widths == sorted(widths)
    assert widths[-1] > 1.3 * widths[0]


def test_shared_swing_is_the_sum_over_all_pairs_of_days():
    side = Series.of(np.ones((1, 4)), np.array([1, 2, 3, 6]), np.array([1.0, 2.0, 1.0, 3.0]))
    memory = 0.6
    total = sum(
        side.exposure[s] * side.exposure[t] * memory ** abs(int(side.day[s] - side.day[t]))
        for s in range(4)
        for t in range(4)
    )
    shared = Volatility(np.array([0.3]), np.array([memory])).shared(side)
    assert shared[0] == pytest.approx(0.3 * total / 49)


def test_the_largest_count_for_a_fall_is_where_the_interval_leaves_one():
    before = series([8, 12, 9, 11, 10, 7, 13] * 6)
    for total in (20, 30, 40, 50):
        after = series([total - 6, *[1] * 6], 50)
        prediction = predicted(before, after)
        most = prediction.most_for_a_fall()
        assert prediction.limits(np.array([float(most)]))[1] < 1
        assert prediction.limits(np.array([most + 1.0]))[1] >= 1


def test_the_smallest_reduction_is_seen_four_times_in_five():
    before, after = series([8, 12, 9, 11, 10, 7, 13] * 6), series([9, 8, 12, 10, 9, 11, 8], 50)
    prediction = predicted(before, after)
    least, most = prediction.smallest_reduction(), prediction.most_for_a_fall()
    mean = (1 - least) * 70
    size = 1 / (float(prediction.swing[0]) + 1 / 420)
    assert float(negative_binomial_cdf(most, mean, size)) == pytest.approx(0.80, abs=1e-6)


def test_a_rate_too_low_to_show_anything_says_so():
    before, after = series([0, 1, 0, 0, 0, 1, 0] * 4), series([0] * 7, 40)
    prediction = predicted(before, after)
    assert prediction.most_for_a_fall() == -1
    assert prediction.smallest_reduction() is None
