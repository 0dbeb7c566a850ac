"""Changes of level, pooled areas, and who was there in both periods."""

import numpy as np
import pytest

from truceline.statistics.changepoints import changes
from truceline.statistics.panel import panel
from truceline.statistics.pooling import pool


def test_a_clear_fall_is_found_on_its_day():
    chance = np.random.Generator(np.random.PCG64(8))
    counts = np.concatenate([chance.negative_binomial(6, 6 / 18, 40), chance.negative_binomial(6, 6 / 9, 40)])
    [day] = changes(counts.astype(float), 1 / 6)
    assert abs(day - 40) <= 2


def test_a_level_series_seldom_has_a_change():
    chance = np.random.Generator(np.random.PCG64(8))
    found = sum(bool(changes(chance.negative_binomial(5, 5 / 15, 90).astype(float), 1 / 5)) for _ in range(200))
    print(f"false changes: {found / 200:.3f}")
    assert found / 200 <= 0.08


def test_the_partition_is_the_best_of_all_partitions_in_two():
    chance = np.random.Generator(np.random.PCG64(21))
    counts = np.concatenate([chance.poisson(12, 15), chance.poisson(4, 15)]).astype(float)

    def cost(part):
        mean = part.mean()
        return -2 * (part.sum() * np.log(mean) - (part.sum() + len(part) / 0.1) * np.log1p(0.1 * mean))

    best = min(range(5, 26), key=lambda cut: cost(counts[:cut]) + cost(counts[cut:]))
    assert changes(counts, 0.1) == [best]


def test_an_area_that_says_little_is_drawn_to_the_others():
    before, after = np.array([200.0, 180, 220, 2]), np.array([100.0, 85, 115, 4])
    pooled = pool(before, after, 1.0, 0.01)
    assert np.exp(pooled.own[3]) > 1.5
    assert np.exp(pooled.drawn[3]) < 0.8
    assert np.exp(pooled.drawn[0]) == pytest.approx(np.exp(pooled.own[0]), abs=0.05)


def test_areas_that_truly_differ_keep_their_own_ratios():
    before, after = np.array([400.0, 400, 400]), np.array([100.0, 400, 900])
    pooled = pool(before, after, 1.0, 0.001)
    assert pooled.between > 0.3
    assert np.exp(pooled.drawn) == pytest.approx(after / before, rel=0.05)


def test_the_weights_are_dersimonian_and_lairds():
    before, after = np.array([50.0, 60, 70]), np.array([20.0, 60, 40])
    pooled = pool(before, after, 1.0, 0.0)
    y = np.log((after + 0.5) / (before + 0.5))
    v = 1 / (after + 0.5) + 1 / (before + 0.5)
    w = 1 / v
    q = (w * (y - (w * y).sum() / w.sum()) ** 2).sum()
    tau = max((q - 2) / (w.sum() - (w**2).sum() / w.sum()), 0)
    assert pooled.between == pytest.approx(tau)
    assert pooled.common == pytest.approx((y / (v + tau)).sum() / (1 / (v + tau)).sum())


def test_a_camera_that_began_on_the_day_is_not_in_the_panel():
    found = panel({"patrol": (1.0, 1.0), "camera": (0.0, 1.0)}, {"patrol": (5, 2), "camera": (0, 9)}, (40, 14))
    assert (found.constant, found.new, found.lost) == (("patrol",), ("camera",), ())


def test_a_source_that_watched_and_had_nothing_to_report_stays():
    found = panel({"patrol": (1.0, 0.9)}, {"patrol": (50, 0)}, (40, 14))
    assert (found.constant, found.changed) == (("patrol",), False)


def test_a_source_that_never_says_when_it_watched_and_falls_silent_is_lost():
    found = panel({}, {"ngo": (50, 10), "paper": (50, 0), "post": (0, 5)}, (40, 14))
    assert (found.constant, found.lost, found.new) == (("ngo",), ("paper",), ("post",))


def test_a_source_with_few_reports_is_not_lost_for_having_none_in_a_short_window():
    found = panel({}, {"ngo": (50, 10), "paper": (3, 0), "post": (0, 1)}, (40, 14))
    assert found.constant == ("ngo", "paper", "post")
