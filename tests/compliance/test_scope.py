"""Does an incident count? Between whom, of which kind, with how many killed."""

import pytest

from truceline.compliance.scope import counts_for, killed_bounds
from truceline.compliance.standing import Standing
from truceline.vocabulary.columns import MAYBE, NO, SURELY, UNKNOWN


@pytest.fixture
def counts(example, columns):
    """What one report counts for an indicator, under a reading."""

    def ask(indicator, reading="strict", **said):
        [chosen] = [one for one in example.agreement.indicators if one.id == indicator]
        standing = Standing(example.agreement, example.agreement.reading(reading))
        return int(counts_for(chosen, columns(said), standing)[0])

    return ask


N, S, R, C, X = ("Northern Army",), ("Plain Front",), ("Ridge Men",), ("Civilians",), ("Masked men",)


@pytest.mark.parametrize(
    ("side_a", "side_b", "answer"),
    [
        (N, S, SURELY), (S, N, SURELY), (N, N, NO), (S, S, NO), (N, C, NO), (N, R, NO), (R, S, NO), (N, X, MAYBE),
        (X, X, MAYBE),
        (N, (), MAYBE), ((), (), MAYBE), (R, (), NO), (("Island Guard",), S, NO), (N, (*S, *R), MAYBE),
        ((*N, *S), (*N, *S), MAYBE),
    ],
)  # fmt: skip
def test_between_the_parties_in_either_order(counts, side_a, side_b, answer):
    assert counts("between_parties", side_a=side_a, side_b=side_b) == answer


@pytest.mark.parametrize(
    ("side_a", "side_b", "answer"), [(N, C, SURELY), (C, S, SURELY), (N, S, NO), (R, C, NO), (C, C, NO), (N, X, MAYBE)]
)
def test_attacks_on_civilians_are_by_a_party(counts, side_a, side_b, answer):
    assert counts("attacks_on_civilians", side_a=side_a, side_b=side_b) == answer


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("shelling", SURELY),
        ("", MAYBE),
        ("looting", NO),
        ("undetermined_explosion", NO),
        ("shelling;air_strike", SURELY),
        ("shelling;looting", MAYBE),
        ("looting;protest", NO),
    ],
)
def test_kinds_are_those_of_the_list(counts, kind, answer):
    assert counts("between_parties", kind=kind) == answer
    assert counts("all_incidents", kind=kind) == SURELY


@pytest.mark.parametrize(
    ("low", "best", "high", "answer"),
    [
        (None, None, None, MAYBE), (1, 2, 3, SURELY), (0, 2, 3, MAYBE), (0, 0, 0, NO), (None, 1, None, SURELY),
        (None, 0, None, NO),
        (5, 0, 2, MAYBE), (-1, None, None, NO), (-1, 3, None, MAYBE),
    ],
)  # fmt: skip
def test_lethal_is_sure_only_if_the_lowest_figure_given_is_one(counts, low, best, high, answer):
    assert counts("lethal_incidents", killed_low=low, killed_best=best, killed_high=high) == answer


def test_the_least_of_scope_kind_and_deaths_decides(counts):
    assert counts("between_parties", side_b=X, kind="looting") == NO
    assert counts("between_parties", side_b=X, kind="") == MAYBE


def test_bounds_of_the_killed_are_those_of_the_source_and_not_below_nought(columns):
    low, high = killed_bounds(columns({}, {"killed_best": 4}, {"killed_low": -3, "killed_high": 2}))
    assert (low.tolist(), high.tolist()) == ([0, 4, 0], [UNKNOWN, 4, 2])


def test_each_distinct_interval_of_a_dated_name_is_asked_by_itself(example, columns):
    [between] = [one for one in example.agreement.indicators if one.id == "between_parties"]
    rows = [{"when": f"2025-04-0{day}", "side_b": ("River Brigade",)} for day in (3, 4, 5, 6)]
    standing = Standing(example.agreement, example.agreement.reading("strict"))
    assert counts_for(between, columns(*rows), standing).tolist() == [SURELY, SURELY, MAYBE, MAYBE]
