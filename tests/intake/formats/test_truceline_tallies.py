"""Truceline's own table of tallies."""

import pytest

from truceline.intake.formats.truceline_tallies import FORMAT
from truceline.intake.reading import Refused

HEADER = "tally_id,source,area,from,to,of,best,low,high,method,words,language".split(",")
ROW = "1,un,nationwide,2025-03-01,2025-03-12,violations,302,,,counted,said so,en".split(",")


def test_the_format_keeps_the_contract(contract, context):
    contract.check_format(FORMAT, HEADER, [ROW, [*ROW[:6], "many", *ROW[7:]]], context)


def test_one_row_is_one_tally(became, contract):
    ((tally,),) = became(contract.as_csv(HEADER, [ROW]))
    assert (tally.of, tally.low, tally.best, tally.high, tally.method) == ("violations", None, 302, None, "counted")
    assert tally.figure().bounds() == (302, 302)


@pytest.mark.parametrize("figure", ["302.5", "3 02", "three hundred"])
def test_a_figure_that_is_no_whole_number_refuses_the_row(became, contract, figure):
    (refused,) = became(contract.as_csv(HEADER, [[*ROW[:6], figure, *ROW[7:]]]))
    assert isinstance(refused, Refused)
    assert refused.faults[0].column == "best"


def test_a_figure_that_is_not_given_is_not_nought(became, contract):
    ((tally,),) = became(contract.as_csv(HEADER, [[*ROW[:6], "", *ROW[7:]]]))
    assert tally.best is None
