"""The textbook methods against statsmodels, where it is installed."""

import numpy as np
import pytest

from truceline.statistics.methods import (
    block_bootstrap,
    fixed_b,
    negative_binomial,
    newey_west,
    newey_west_variance,
    quasi_poisson,
)
from truceline.statistics.nb2 import fit
from truceline.statistics.series import Series


@pytest.fixture
def sides():
    chance = np.random.Generator(np.random.PCG64(11))
    before = chance.negative_binomial(4, 4 / 14, 57)
    after = chance.negative_binomial(4, 4 / 10, 20)
    return Series.of(before, np.arange(57)), Series.of(after, np.arange(57, 77))


@pytest.fixture
def design(sides):
    numpy_counts = np.concatenate([side.counts[0] for side in sides])
    period = np.repeat([0.0, 1.0], [57, 20])
    return numpy_counts, np.column_stack([np.ones(77), period])


def generator():
    return np.random.Generator(np.random.PCG64(1))


def test_quasi_poisson_is_that_of_statsmodels(sides, design):
    sm = pytest.importorskip("statsmodels.api")
    found = sm.GLM(design[0], design[1], family=sm.families.Poisson()).fit(scale="X2")
    ours = quasi_poisson(*sides)
    assert np.log([ours.low, ours.high]) == pytest.approx(found.conf_int()[1], abs=1e-6)
    assert ours.note["dispersion"] == pytest.approx(found.scale, abs=1e-6)


def test_negative_binomial_is_that_of_statsmodels(sides, design):
    """Ratio and dispersion to 1e-3; limits to 2 %: ours have the expected information, theirs the observed."""
    sm = pytest.importorskip("statsmodels.api")
    found = sm.NegativeBinomial(design[0], design[1]).fit(disp=0)
    fitted = fit(*sides)
    ours = negative_binomial(*sides, fitted)
    assert fitted.alpha == pytest.approx(found.params[2], rel=1e-3)
    assert np.log(ours.ratio) == pytest.approx(found.params[1], abs=1e-3)
    assert np.log([ours.low, ours.high]) == pytest.approx(found.conf_int()[1], rel=0.02)


def test_newey_west_is_that_of_statsmodels(sides, design):
    sm = pytest.importorskip("statsmodels.api")
    model = sm.GLM(design[0], design[1], family=sm.families.Poisson())
    for bandwidth in (1, 4, 12):
        how = {"maxlags": bandwidth - 1, "use_correction": False}
        found = model.fit(cov_type="HAC", cov_kwds=how)
        assert np.sqrt(newey_west_variance(*sides, bandwidth)) == pytest.approx(found.bse[1], rel=1e-6)


def test_a_gap_between_the_periods_cuts_their_covariance(sides):
    before, after = sides
    later = Series(after.counts, after.exposure, after.day + 500)
    joined, apart = newey_west_variance(before, after, 12), newey_west_variance(before, later, 12)
    one, other = ((side.middle() - side.expected[0]) / side.middle().sum() for side in sides)
    own = sum(
        float(x @ x) + 2 * sum((1 - lag / 12) * float(x[lag:] @ x[:-lag]) for lag in range(1, min(12, len(x))))
        for x in (one, other)
    )
    assert apart == pytest.approx(own)
    assert joined != pytest.approx(own)


def test_fixed_b_critical_values_are_the_published_ones():
    """Kiefer and Vogelsang (2005), Bartlett, 97.5 %: 1.96 as b goes to nought, 4.81 at b = 1."""
    assert fixed_b(0.0) == pytest.approx(1.96)
    assert fixed_b(1.0) == pytest.approx(4.813, abs=0.01)


def test_the_bootstrap_draws_the_same_with_the_same_seed_and_holds_the_ratio(sides):
    one, other = (block_bootstrap(*sides, generator(), 499) for _ in range(2))
    assert one == other
    assert one.low < one.ratio < one.high


def test_nothing_in_the_window_has_no_wald_interval(sides):
    nothing = Series.of(np.zeros(7), np.arange(80, 87))
    for method in (quasi_poisson, newey_west):
        found = method(sides[0], nothing)
        assert (found.ratio, found.low, found.high) == (0, None, None)


def test_the_interval_of_the_dispersion_holds_the_truth_nineteen_times_in_twenty():
    chance = np.random.Generator(np.random.PCG64(2))
    held = 0
    for _ in range(200):
        before, after = chance.negative_binomial(3, 3 / 13, 60), chance.negative_binomial(3, 3 / 8, 30)
        fitted = fit(Series.of(before, np.arange(60)), Series.of(after, np.arange(60, 90)))
        held += fitted.low <= 1 / 3 <= fitted.high
    print(f"coverage of the dispersion's interval: {held / 200:.3f}")
    assert 0.91 <= held / 200 <= 0.99


def test_counts_no_wilder_than_poisson_have_no_dispersion():
    even = np.array([5.0, 4, 6, 5, 5, 4, 6] * 4)
    fitted = fit(Series.of(even, np.arange(28)), Series.of(even[:7], np.arange(28, 35)))
    assert (fitted.alpha, fitted.low) == (0, 0)


def test_uneven_exposure_is_weighed_as_the_likelihood_asks():
    sm = pytest.importorskip("statsmodels.api")
    chance = np.random.Generator(np.random.PCG64(4))
    exposure = chance.uniform(0.5, 3, 60)
    y = chance.negative_binomial(3, 3 / (3 + 5 * exposure))
    period = np.repeat([0.0, 1.0], [40, 20])
    found = sm.NegativeBinomial(y, np.column_stack([np.ones(60), period]), exposure=exposure).fit(disp=0)
    before = Series.of(y[:40], np.arange(40), exposure[:40])
    after = Series.of(y[40:], np.arange(40, 60), exposure[40:])
    fitted = fit(before, after)
    assert fitted.alpha == pytest.approx(found.params[2], rel=1e-3)
    assert np.log(fitted.rates[1] / fitted.rates[0]) == pytest.approx(found.params[1], abs=1e-3)
