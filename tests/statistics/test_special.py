"""The special functions against SciPy, where it is installed, and against numbers from tables."""

import numpy as np
import pytest

from truceline.statistics.special import chi_square_quantile, incomplete_beta, negative_binomial_cdf, normal_quantile


def test_incomplete_beta_agrees_with_scipy_over_nine_orders_of_magnitude():
    special = pytest.importorskip("scipy.special")
    chance = np.random.Generator(np.random.PCG64(3))
    a, b = 10 ** chance.uniform(-2, 5, 1000), 10 ** chance.uniform(-1, 5, 1000)
    x = np.clip(a / (a + b) * chance.uniform(0.8, 1.2, 1000), 0, 1)
    assert np.abs(incomplete_beta(a, b, x) - special.betainc(a, b, x)).max() < 1e-9


def test_incomplete_beta_is_nought_and_one_at_its_ends_and_symmetric():
    assert incomplete_beta(2.0, 3.0, [0.0, 1.0]).tolist() == [0.0, 1.0]
    assert float(incomplete_beta(2.0, 3.0, 0.3)) == pytest.approx(1 - float(incomplete_beta(3.0, 2.0, 0.7)))
    assert float(incomplete_beta(2.0, 3.0, 0.3)) == pytest.approx(0.3483)


def test_negative_binomial_tails_agree_with_the_sum_of_their_terms():
    size, mean = 2.5, 4.0
    terms, p = [], (size / (size + mean)) ** size
    for n in range(8):
        terms.append(p)
        p *= (size + n) / (n + 1) * mean / (size + mean)
    assert float(negative_binomial_cdf(7, mean, size)) == pytest.approx(sum(terms), abs=1e-12)
    assert float(negative_binomial_cdf(-1, mean, size)) == 0


def test_quantiles_are_those_of_the_tables():
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=1e-6)
    assert chi_square_quantile(0.95, 10) == pytest.approx(18.307, rel=0.01)
    assert chi_square_quantile(0.05, 10) == pytest.approx(3.940, rel=0.01)
