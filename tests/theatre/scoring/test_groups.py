"""Pairs and B-cubed, worked by hand and by brute force."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import FileNotRead
from truceline.theatre.scoring import Fit, group_answer, score_groups

TRUTH = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "3"}


def test_a_small_answer_scores_as_worked_by_hand() -> None:
    # Groups {a, b, d} and {c, e} and {f}. Claimed pairs: ab ad bd ce; of them ab belongs together.
    # Real pairs: ab ac bc de. B-cubed precision: a 2/3, b 2/3, d 1/3, c 1/2, e 1/2, f 1; recall: a 2/3, b 2/3,
    # c 1/3, d 1/2, e 1/2, f 1.
    found = score_groups(TRUTH, {"a": "x", "b": "x", "d": "x", "c": "y", "e": "y", "f": "z"})
    assert found.pairwise == Fit(0.25, 0.25, 0.25)
    assert found.b_cubed == Fit(round(11 / 18, 6), round(11 / 18, 6), round(11 / 18, 6))
    assert (found.reports, found.incidents, found.groups) == (6, 3, 3)


def test_the_truth_under_other_names_scores_one() -> None:
    found = score_groups(TRUTH, {report: f"group {incident}" for report, incident in TRUTH.items()})
    assert found.pairwise == found.b_cubed == Fit(1.0, 1.0, 1.0)


def test_every_report_alone_claims_nothing_wrong_and_finds_nothing() -> None:
    found = score_groups(TRUTH, {report: report for report in TRUTH})
    assert found.pairwise == Fit(1.0, 0.0, 0.0)
    assert found.b_cubed.recall == 0.5


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_pairs_are_those_that_counting_them_gives(drawn: list[tuple[int, int]]) -> None:
    truth = {str(at): str(one) for at, (one, _) in enumerate(drawn)}
    answer = {str(at): str(other) for at, (_, other) in enumerate(drawn)}
    pairs = list(combinations(truth, 2))
    claimed = [pair for pair in pairs if answer[pair[0]] == answer[pair[1]]]
    real = [pair for pair in pairs if truth[pair[0]] == truth[pair[1]]]
    right = len(set(claimed) & set(real))
    found = score_groups(truth, answer).pairwise
    assert found.precision == pytest.approx(right / len(claimed) if claimed else 1, abs=1e-6)
    assert found.recall == pytest.approx(right / len(real) if real else 1, abs=1e-6)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a,1\nb,1\n", "lacks 4 of 6 reports, such as c, d, e"),
        ("a,1\nb,1\nc,1\nd,1\ne,1\nf,1\ng,1\n", "has 1 reports that are not in the truth, such as g"),
        ("a,1\na,2\n", "has a report twice: a"),
        ("a,1,2\n", "line 2: 3 cells"),
    ],
)
def test_an_answer_with_other_rows_is_refused_with_the_row(rows: str, told: str) -> None:
    with pytest.raises(FileNotRead, match=told):
        group_answer("mine.csv", f"report,group\n{rows}".encode(), TRUTH)
