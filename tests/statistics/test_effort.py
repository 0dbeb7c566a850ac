"""Effort: a rise that is a new source's arrival is said beside the rise, and nothing is corrected."""

import numpy as np
import pytest

from truceline.publication.source_words import sentence
from truceline.statistics.effort import Reported, efforts
from truceline.vocabulary.when import DAY


def reported(counts, days=10, hours=None, first=None, last=None, languages=None):
    """Counts by source over periods of so many days each; first and last day of each source, else the whole span."""
    names = sorted(counts)
    n = len(counts[names[0]])
    edges = [day * days * DAY for day in range(n + 1)]
    starts = [(first or {}).get(name, 0) * DAY for name in names]
    ends = [(last or {}).get(name, n * days - 1) * DAY for name in names]
    return Reported(
        names, np.array([counts[name] for name in names], np.int64), [days] * n, hours or {}, languages or [{}] * n,
        starts, ends, edges, [f"p{period}" for period in range(n)],
        {instant: f"day {instant // DAY}" for instant in {*starts, *ends}},
    )  # fmt: skip


def codes(*given, **more):
    return [reason.code for reason in efforts(reported(*given, **more))[1]]


def test_sources_that_report_alike_throughout_raise_no_remark():
    assert codes({"a": [20, 25], "b": [10, 8]}) == []


def test_a_rise_of_all_sources_is_no_matter_of_effort():
    assert codes({"a": [20, 40], "b": [10, 22]}) == []


def test_a_source_that_first_reports_inside_the_span_is_named_with_its_day_and_the_rise():
    rows, said = efforts(reported({"a": [20, 21], "camera": [0, 30]}, first={"camera": 10}))
    assert [one.code for one in said] == ["source_begins", "rise_with_arrivals"]
    assert sentence(said[0]) == (
        "camera first reports on day 10 (30 reports in these days): a rise from then on may be its arrival."
    )
    assert sentence(said[1]) == (
        "p1: reports rise from 20 to 51, those of the sources there in both from 20 to 21: the rise may be the"
        " arrival of camera."
    )
    assert (rows[1].reports, rows[1].constant_before, rows[1].constant_now, rows[1].constant_sources) == (51, 20, 21, 1)


def test_a_source_that_falls_silent_is_named_beside_the_fall():
    found = codes({"a": [20, 19], "ngo": [30, 0]}, last={"ngo": 9})
    assert found == ["source_ends", "fall_with_silence"]


def test_a_source_that_trebles_is_named():
    [said] = efforts(reported({"a": [20, 21], "b": [6, 19]}))[1]
    assert (said.code, said.values["source"], said.values["before"], said.values["now"]) == (
        "source_trebles",
        "b",
        6,
        19,
    )


def test_few_reports_of_a_source_prove_neither_arrival_nor_silence():
    assert codes({"a": [20, 21], "b": [0, 4]}, first={"b": 10}) == []


def test_a_fall_that_the_constant_sources_show_too_is_not_put_down_to_silence():
    assert "fall_with_silence" not in codes({"a": [60, 20], "ngo": [10, 0]}, last={"ngo": 9})


def test_more_hours_watched_are_said_beside_a_rise():
    found = codes({"a": [20, 40]}, hours={"a": [130, 200]})
    assert found == ["more_hours_watched"]
    assert codes({"a": [40, 20]}, hours={"a": [200, 130]}) == ["fewer_hours_watched"]


def test_periods_of_unlike_length_are_compared_by_the_day():
    told = reported({"a": [10, 30]})
    longer = Reported(**{**vars(told), "days": [10, 30]})
    assert efforts(longer)[1] == ()


def test_hours_are_none_where_nobody_says_them_and_languages_are_counted():
    [row] = efforts(reported({"a": [3]}, languages=[{"ar": 2, "": 1}]))[0]
    assert (row.watched_hours, row.languages, row.constant_now) == (None, {"ar": 2, "": 1}, None)


@pytest.mark.parametrize("n", [0, 1])
def test_a_span_without_sources_or_of_one_period_has_nothing_to_say(n):
    told = reported({"a": [3]})
    empty = Reported(**{**vars(told), "sources": [], "counts": np.zeros((0, 1), np.int64), "first": [], "last": []})
    assert efforts((empty, told)[n])[1] == ()
