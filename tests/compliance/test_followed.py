"""A ledger that follows what comes and goes says what one made anew says."""

from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance.followed import Followed
from truceline.compliance.ledger import evaluate
from truceline.compliance.question import Question
from truceline.vocabulary.when import read_instant

KEYS = ("", "ngo/a", "ngo/b", "ngo/c", "wire/a", "wire/b", "ngo/z")
WHEN = ("2025-02-20", "2025-03-20", "2025-03-20T10:00", "2025-03", "2025-04-30/2025-05-03", "2025-06-01")
ROW = st.fixed_dictionaries({
    "source": st.sampled_from(["ngo", "wire"]), "source_row": st.sampled_from(["a", "b", "c", ""]),
    "repeats": st.sampled_from(KEYS),
    "when": st.sampled_from(WHEN),
    "area": st.sampled_from(["river_towns", "", "the hills", "whole theatre", "southern_plain"]),
    "side_a": st.sampled_from([("Northern Army",), ("Masked men",), ("River Brigade",)]),
    "kind": st.sampled_from(["shelling", "", "detention"]),
})  # fmt: skip
POINT = st.sampled_from([{}, {"lat": 19.97, "lon": -40.0}, {"lat": 20.12, "lon": -39.98}, {"lat": 25.0, "lon": -40.0}])
ROWS = st.lists(st.tuples(ROW, POINT).map(lambda pair: pair[0] | pair[1]), max_size=5)
STEPS = st.lists(st.tuples(ROWS, st.lists(st.integers(0, 30), max_size=3), st.booleans()), min_size=1, max_size=4)


def said(one):
    """Everything an evaluated question says, as plain values."""
    incidents = one.incidents
    return {
        "cells": [list(indicator.cells) for indicator in one.ledger.indicators],
        "series": [indicator.series for indicator in one.ledger.indicators],
        "days": one.days, "unresolved": one.unresolved, "watches": one.watches,
        "may_be": incidents.may_be.tolist(), "counts": [counts.tolist() for counts in incidents.counts],
        "seq": incidents.seq.tolist(), "row": list(incidents.source_row), "flags": list(incidents.flags),
        "first": incidents.first_day.tolist(), "last": incidents.last_day.tolist(),
    }  # fmt: skip


@pytest.fixture
def question(example):
    agreement = example.agreement
    as_of = read_instant("2025-05-02", agreement.zone)
    return Question.of(agreement, example.geometry, agreement.reading("lenient"), as_of)


def test_after_whatever_came_and_went_it_says_what_a_ledger_made_anew_says(question, columns, watch) -> None:
    numbers = count(1)

    @settings(max_examples=150, deadline=None)
    @given(ROWS, STEPS)
    def hold(first, steps):
        next(numbers)
        held = columns(*first)
        watches = [watch("ngo", "all areas", "2025-03-20", "2025-03-21")]
        followed, entered = Followed(question, held, watches), len(held)
        for rows, gone, look in steps:
            came = columns(*rows)
            came.seq[:] += entered  # no two reports ever have the same seq
            entered += len(came)
            went = {int(held.seq[n % len(held)]) for n in gone} if len(held) else set()
            kept = np.flatnonzero([seq not in went for seq in held.seq.tolist()])
            held = held.take(kept).join(came)

            followed.change(went, came)
            anew = evaluate(question, held, watches)
            assert followed.ledger == anew.ledger
            if look:
                assert said(followed.evaluated()) == said(anew)
        assert said(followed.evaluated()) == said(anew)

    hold()
    print(f"a followed ledger equals one made anew: {next(numbers) - 1} sequences")


def test_coverage_that_comes_changes_what_is_quiet(question, columns, watch) -> None:
    followed = Followed(question, columns(), [])
    watches = [watch("ngo", "all areas", "2025-03-20", "2025-03-21")]
    assert followed.ledger != evaluate(question, columns(), watches).ledger
    followed.change((), columns(), watches)
    assert followed.ledger == evaluate(question, columns(), watches).ledger


def test_a_ledger_that_was_handed_out_stays_as_it_was(question, columns) -> None:
    followed = Followed(question, columns(), [])
    before = followed.ledger
    followed.change((), columns({"area": "river_towns"}))
    assert sum(cell.high for cell in before.indicators[2].cells) == 0
    assert sum(cell.high for cell in followed.ledger.indicators[2].cells) == 1
