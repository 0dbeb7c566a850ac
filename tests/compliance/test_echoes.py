"""Reports that repeat others: chains, rings, and what repeats nothing that is held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.compliance.echoes import founders


def found_in(rows, repeats):
    """Who stands for whom, and who repeats nothing held, among rows of one source."""
    keys = [f"s/{row}" if row else "" for row in repeats]
    found, dangling = founders(["s"] * len(rows), list(rows), keys)
    return found.tolist(), dangling.tolist()


@pytest.mark.parametrize(
    ("repeats", "founding", "dangling"),
    [
        ("...", [0, 1, 2], []), (".aa", [0, 0, 0], []), (".ab", [0, 0, 0], []), ("bc.", [2, 2, 2], []),
        ("ba.", [0, 0, 2], []),
        ("bca", [0, 0, 0], []), ("cab", [0, 0, 0], []), (".cb", [0, 1, 1], []), ("a..", [0, 1, 2], []),
        ("z.a", [0, 1, 0], [0]), ("zz.", [0, 0, 2], [0, 1]), ("zyz", [0, 1, 0], [0, 1, 2]), ("zaz", [0, 0, 0], [0, 2]),
        (".zb", [0, 1, 1], [1]), ("bcb", [1, 1, 1], []),
    ],
)  # fmt: skip
def test_the_end_of_a_chain_stands_for_all_and_in_a_ring_the_first_entered(repeats, founding, dangling):
    named = ["" if letter == "." else letter for letter in repeats]
    assert found_in("abc", named) == (founding, dangling)


@given(st.lists(st.integers(-2, 12), max_size=12))
def test_it_is_what_following_step_by_step_gives(targets):
    keys = [str(n) for n in range(len(targets))]
    repeats = ["" if to == -1 else "nothing" if to == -2 else str(to) for to in targets]
    found, dangling = found_in(keys, repeats)
    missing = [n for n, to in enumerate(targets) if to == -2 or to >= len(targets)]
    assert dangling == missing
    for n in missing:  # the others of those that repeat what is not there repeat the first of them
        first = next(other for other in missing if repeats[other] == repeats[n])
        targets[n] = -2 if first == n else first
    for start in range(len(targets)):
        way = [start]
        while (to := targets[way[-1]]) not in (-1, -2) and to < len(targets) and to not in way:
            way.append(to)
        ring = to in way and to >= 0
        assert found[start] == (min(way[way.index(to) :]) if ring else way[-1])


def test_a_key_is_a_source_and_a_row_id_wherever_the_slash_and_means_the_last_row_that_has_it():
    found, dangling = founders(["a/b", "a", "a", "x"], ["c", "b/c", "b/c", "1"], ["", "", "", "a/b/c"])
    assert (found.tolist(), dangling.tolist()) == ([0, 1, 2, 2], [])


def test_an_echo_adds_nothing_to_a_day(evaluated):
    rows = [
        {"area": "river_towns"},
        {"area": "river_towns", "repeats": "ngo/0"},
        {"area": "river_towns", "repeats": "ngo/1"},
    ]
    one = evaluated(rows)
    assert one.incidents.source_row == ["0"]
    assert one.unresolved.repeats == ()


def test_what_repeats_nothing_held_counts_for_itself_and_is_listed(evaluated):
    one = evaluated([{"area": "river_towns", "repeats": "wire/9"}])
    assert len(one.incidents) == 1
    assert one.unresolved.repeats == (("ngo/0", "wire/9"),)


def test_the_report_that_stands_for_all_says_when_and_where(evaluated):
    rows = [{"area": "southern_plain", "when": "2025-03-22", "repeats": "ngo/1"}, {"area": "river_towns"}]
    [between, *_] = evaluated(rows).ledger.indicators
    assert [(cell.area, cell.day) for cell in between.cells if cell.high] == [(1, 19)]


def test_a_source_that_takes_its_report_back_does_not_make_many_incidents_of_those_who_had_it_from_there(evaluated):
    told = [{"area": "river_towns"}, *({"area": "river_towns", "repeats": "ngo/0"} for _ in range(3))]
    assert evaluated(told).incidents.source_row == ["0"]
    without = evaluated([{**row, "repeats": "ngo/gone"} for row in told[1:]])
    assert len(without.incidents) == 1
    assert len(without.unresolved.repeats) == 3
