"""Two periods side by side: what is surely in them, what may be, what is dated to one day."""

import pytest

from truceline.compliance.comparisons import compare


@pytest.fixture
def compared(evaluated):
    """The comparison of two weeks before and after the start, for an indicator."""

    def ask(rows, indicator="between_parties", comparison="two_weeks", reading="strict"):
        found = compare(evaluated(rows, reading=reading))
        [one] = [c for c in found if (c.comparison, c.indicator) == (comparison, indicator)]
        return one

    return ask


def numbers(period):
    return period.dated_to_one_day, period.surely, period.maybe


@pytest.mark.parametrize(
    ("when", "before", "after"),
    [
        ("2025-03-14", (1, 1, 0), (0, 0, 0)), ("2025-03-15", (0, 0, 0), (1, 1, 0)),
        ("2025-03-14T23:59", (1, 1, 0), (0, 0, 0)),
        ("night of 14-15 March 2025", (0, 0, 1), (0, 0, 1)), ("2025-03-16/2025-03-17", (0, 0, 0), (0, 1, 0)),
        ("2025-03", (0, 0, 1), (0, 0, 1)), ("2025-02-28/2025-03-01", (0, 0, 1), (0, 0, 0)),
        ("2025-03-29", (0, 0, 0), (0, 0, 0)),
    ],
)  # fmt: skip
def test_an_incident_is_surely_in_a_period_that_holds_all_of_it(compared, when, before, after):
    one = compared([{"when": when, "area": "river_towns"}])
    assert (numbers(one.before), numbers(one.after)) == (before, after)


def test_scope_decides_what_is_counted(compared):
    rows = [{"when": "2025-03-20", "side_b": (side,)} for side in ("Plain Front", "Ridge Men", "Masked men")]
    assert numbers(compared(rows).after) == (1, 1, 1)
    assert numbers(compared(rows, "all_incidents").after) == (3, 3, 0)


def test_days_are_local_days_whatever_the_readings_boundary(compared):
    rows = [{"when": "2025-03-14T23:00"}]
    assert numbers(compared(rows, reading="shifted").before) == numbers(compared(rows).before) == (1, 1, 0)


def test_deaths_are_summed_over_what_is_surely_in_it_and_unknown_figures_left_out(compared):
    rows = [
        {"when": "2025-03-20", "killed_low": 1, "killed_best": 2, "killed_high": 4}, {"when": "2025-03-20",
        "killed_best": 3},
        {"when": "2025-03", "killed_best": 50},
    ]  # fmt: skip
    after = compared(rows).after
    assert (after.killed_low, after.killed_best, after.killed_high) == (1, 5, 4)


def test_a_period_has_its_number_of_days(compared):
    one = compared([], comparison="without_the_eve")
    assert (one.before.days, one.after.days) == (11, 47)
