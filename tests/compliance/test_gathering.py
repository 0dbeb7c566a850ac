"""Which reports found one incident once people judged them: whatever the order, and never with a *different* inside."""

from itertools import combinations, count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance.echoes import founders
from truceline.compliance.gathering import Tied, gathered

SIX = ["a", "b", "c", "d", "e", "f"]
PAIRS = st.sampled_from([(one, other) for one in range(6) for other in range(6) if one != other])
JUDGED = st.lists(st.tuples(PAIRS, st.sampled_from(["same", "different"])), max_size=6)
REPEATS = st.lists(st.sampled_from(["", *(f"s{n}/{row}" for n, row in enumerate(SIX))]), min_size=6, max_size=6)


@pytest.fixture
def told(columns):
    """Six reports of six sources, each repeating what is said."""

    def made(repeats=("",) * 6):
        return columns(
            *({"source": f"s{n}", "source_row": row, "repeats": of} for n, (row, of) in enumerate(zip(SIX, repeats)))  # noqa: B905
        )

    return made


def tied(judged, maybe=()):
    same, different = (
        tuple(pair for pair, word in judged if word == wanted) for wanted in ("same", "different")
    )  # a pair that is judged both ways contradicts itself
    return Tied(same, different, maybe)


def incidents(found):
    of = found.founding.tolist()
    return sorted(tuple(at for at in range(6) if of[at] == first) for first in set(of))


def slowly(repeats, judged):
    """The same by the words of the rule: components of *same* without those that contradict themselves, then echoes."""
    same, different = tied(judged)[:2]
    groups = [{n} for n in range(6)]

    def of(n):
        return next(group for group in groups if n in group)

    def join(one, other):
        a, b = of(one), of(other)
        if a is not b:
            groups.remove(b)
            a |= b

    for pair in same:
        join(*pair)
    torn = [set(group) for group in groups if any(set(pair) <= group for pair in different)]
    groups = [group for group in groups if group not in torn] + [{n} for group in torn for n in group]
    keys = {f"s{n}/{row}": n for n, row in enumerate(SIX)}
    for n in range(6):
        if (at := keys.get(repeats[n])) is not None and at != n:
            both = of(n) | of(at)
            if not any(set(pair) <= both for pair in different):
                join(n, at)
    return sorted(tuple(sorted(group)) for group in groups), sorted(tuple(sorted(group)) for group in torn)


def test_it_is_what_the_rule_says_and_the_order_of_judgements_does_not_matter(told):
    numbers = count(1)

    @settings(max_examples=120, deadline=None)
    @given(REPEATS, JUDGED, st.randoms(use_true_random=False))
    def hold(repeats, judged, draw):
        next(numbers)
        found = gathered(told(repeats), tied(judged))
        shuffled = list(judged)
        draw.shuffle(shuffled)
        again = gathered(told(repeats), tied([(pair[::-1], word) for pair, word in shuffled]))
        assert incidents(found) == incidents(again)
        assert (found.several, found.unsettled, found.torn) == (again.several, again.unsettled, again.torn)
        assert (incidents(found), sorted(found.torn)) == slowly(repeats, judged)

    hold()
    print(f"gathered as the rule says: {next(numbers) - 1} cases")


def test_no_incident_holds_a_pair_that_is_judged_different(told):
    @settings(max_examples=80, deadline=None)
    @given(REPEATS, JUDGED)
    def hold(repeats, judged):
        found = gathered(told(repeats), tied(judged))
        for one, other in tied(judged).different:
            assert found.founding[one] != found.founding[other]

    hold()


def test_judgements_taken_away_leave_what_was_before(told):
    @settings(max_examples=30, deadline=None)
    @given(REPEATS)
    def hold(repeats):
        reports = told(repeats)
        assert gathered(reports).founding.tolist() == gathered(reports, Tied()).founding.tolist()
        plain, dangling = founders(reports.source, reports.source_row, reports.repeats)
        assert gathered(reports).founding.tolist() == plain.tolist()
        assert gathered(reports).dangling.tolist() == dangling.tolist()

    hold()


def test_same_chains_through_a_third_report(told):
    found = gathered(told(), tied([((0, 1), "same"), ((1, 2), "same")]))
    assert (incidents(found)[0], found.several) == ((0, 1, 2), ((0, 1, 2),))


def test_a_chain_that_contradicts_itself_is_open_and_joins_nothing(told):
    found = gathered(told(), tied([((0, 1), "same"), ((1, 2), "same"), ((0, 2), "different")]))
    assert incidents(found) == [(n,) for n in range(6)]
    assert (found.torn, found.unsettled) == (((0, 1, 2),), ((0, 1, 2),))


def test_an_echo_that_is_judged_different_counts_by_itself(told):
    repeats = ("", "s0/a", "", "", "", "")
    assert incidents(gathered(told(repeats)))[0] == (0, 1)
    assert incidents(gathered(told(repeats), tied([((0, 1), "different")])))[:2] == [(0,), (1,)]


def test_an_echo_of_a_judged_report_adds_nothing(told):
    found = gathered(told(("", "", "s0/a", "", "", "")), tied([((0, 1), "same")]))
    assert (incidents(found)[0], found.several) == ((0, 1, 2), ((0, 1),))


def test_open_groups_are_of_incidents_and_those_that_share_one_are_one_group(told):
    found = gathered(told(), Tied(same=((0, 1),), maybe=((1, 2), (0, 3), (4, 4))))
    assert found.unsettled == ((0, 2, 3),)


def test_reports_that_are_not_in_force_change_nothing(told):
    reports = told().take(np.arange(3))
    found = gathered(reports, Tied(((0, 5), (0, 1)), ((2, 5),), ((1, 5), (2, 4, 5))))
    assert (found.several, found.unsettled) == (((0, 1),), ())


@pytest.mark.parametrize("pair", list(combinations(range(3), 2)))
def test_a_pair_judged_both_ways_is_torn(told, pair):
    found = gathered(told(), tied([(pair, "same"), (pair[::-1], "different")]))
    assert (found.torn, found.several) == ((pair,), ())
