"""Two bodies count one truce: side by side, with their periods and their difference, and never one number."""

from truceline.statistics.two_counts import two_counts, wholes_and_parts
from truceline.vocabulary.tally import Tally
from truceline.vocabulary.when import DAY


def tally(source, best, first=0, days=1, of="violations", area="", row=None, low=None, high=None):
    row = row or f"{source}-{of}-{first}-{area}"
    return Tally(source, row, area, first * DAY, (first + days) * DAY, of, low, best, high, "bulletin", "", ())


def beside(*tallies):
    return two_counts(tallies, str.casefold)


def test_two_counts_of_one_period_stand_beside_each_other_with_their_difference():
    [one] = beside(tally("ngo", 242, days=7), tally("centre", 302, days=7))
    assert (one.a.source, one.a.best, one.b.source, one.b.best) == ("centre", 302, "ngo", 242)
    assert (one.difference, one.hours_both, one.hours_a, one.hours_b) == (60, 168, 0, 0)


def test_there_is_no_field_for_a_sum_or_a_mean():
    [one] = beside(tally("ngo", 242), tally("centre", 302))
    numbers = {value for value in (one.difference, one.difference_low, one.difference_high) if value is not None}
    assert not numbers & {242 + 302, (242 + 302) // 2}


def test_periods_that_differ_show_the_hours_that_only_one_counts():
    [one] = beside(tally("centre", 302, days=6), tally("ngo", 242, first=1, days=7))
    assert (one.hours_both, one.hours_a, one.hours_b) == (120, 24, 48)


def test_bounds_make_the_difference_a_range():
    [one] = beside(tally("a", 10, low=8, high=12), tally("b", 5, low=5, high=9))
    assert (one.difference_low, one.difference, one.difference_high) == (-1, 5, 7)


def test_other_things_other_areas_other_times_and_the_same_source_stand_beside_nothing():
    assert beside(
        tally("a", 1),
        tally("a", 2, row="again"),
        tally("b", 3, of="killed"),
        tally("b", 4, area="Homs"),
        tally("b", 5, first=1),
    ) == []  # fmt: skip


def test_an_area_under_another_name_is_the_same_area():
    [one] = two_counts([tally("a", 1, area="Lattakia"), tally("b", 2, area="Latakia")], lambda _: "6")
    assert {one.a.best, one.b.best} == {1, 2}


def test_three_bodies_make_three_pairs():
    assert len(beside(tally("a", 1), tally("b", 2), tally("c", 3))) == 3


def test_parts_that_do_not_add_up_are_told_with_both_figures():
    found = wholes_and_parts([
        tally("ngo", 242), tally("ngo", 219, of="violations: combat"), tally("ngo", 32, of="violations: arrests"),
    ])  # fmt: skip
    assert [(one.of, one.whole, one.parts, one.number) for one in found] == [("violations", 242, 251, 2)]


def test_parts_that_add_up_parts_of_another_day_and_parts_of_the_same_row_are_no_mismatch():
    assert wholes_and_parts([
        tally("ngo", 5), tally("ngo", 2, of="violations: combat"), tally("ngo", 3, of="violations: arrests"),
        tally("ngo", 9, first=1), tally("ngo", 1, first=2, of="violations: combat"),
        tally("b", 9, row="bulletin"), tally("b", 4, row="bulletin", of="violations: combat"),
    ]) == []  # fmt: skip
