"""Which outcome follows from what counts: every combination there is, against the slow reader."""

from itertools import product
from typing import Any

from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement


def before(agreement: Agreement, rows: Rows, certain: int, days: int) -> Before:
    any_: Any = None
    return Before(agreement, any_, "north", "alpha", 0, 1, 1, (), rows, Watched(days, 2), certain)


def test_every_combination_of_matters_gives_what_the_slow_reader_says(drawing, example):
    slow, _ = drawing
    said = set()
    for *counts, certain, days in product((0, 1, 3), (0, 1), (0, 2), (0, 1), (0, 1, 2), (0, 1, 2)):
        rows = Rows(*counts)
        judged = judge_by_rows(None, before(example.agreement, rows, certain, days))
        expected = slow.follows(slow.Tally(*counts), certain, days == 2)
        assert judged.outcome == expected == judged.trace.outcome
        said.add(expected)
    assert len(said) == 7


def test_more_findings_never_make_a_breach_less(example):
    order = ["complied", "not_observed", "excused", "undecided", "breached"]
    for breaching, excused, maybe in product((0, 1, 2), repeat=3):
        for days in (0, 2):
            one = judge_by_rows(None, before(example.agreement, Rows(breaching, excused, maybe), 2, days)).outcome
            more = judge_by_rows(None, before(example.agreement, Rows(breaching + 1, excused, maybe), 2, days)).outcome
            assert order.index(one) <= order.index(more) == 4


def test_what_may_bind_is_never_a_breach(example):
    for breaching, excused, maybe in product((0, 1, 2), repeat=3):
        judged = judge_by_rows(None, before(example.agreement, Rows(breaching, excused, maybe), 1, 2))
        assert judged.outcome != "breached"
