"""How little seven days can show."""

import pytest

from truceline.statistics.power import rate_bound_of_none, smallest_reduction_known

KNOWN = {
    0.5: (None, 94, 94),
    1: (89, 89, 79),
    2: (80, 74, 67),
    5: (71, 60, 51),
    10: (68, 56, 43),
    30: (65, 53, 39),
}
"""Incidents a day -> percent for k of 1, 2, 5: the guide's own table."""


@pytest.mark.parametrize("a_day", KNOWN)
def test_the_table_of_smallest_reductions_is_reproduced_within_five_points(a_day):
    for k, percent in zip((1, 2, 5), KNOWN[a_day], strict=True):
        found = smallest_reduction_known(a_day, k)
        print(a_day, k, percent, None if found is None else round(100 * found, 1))
        assert (found is None) == (percent is None)
        assert found is None or abs(100 * found - percent) <= 5


def test_no_incident_in_some_days_bounds_the_rate():
    assert [round(rate_bound_of_none(days), 2) for days in (2, 7, 14, 30)] == [1.5, 0.43, 0.21, 0.1]


def test_more_days_show_a_smaller_reduction():
    found = [smallest_reduction_known(5, 2, days) for days in (3, 7, 14, 28)]
    assert found == sorted(found, reverse=True)
