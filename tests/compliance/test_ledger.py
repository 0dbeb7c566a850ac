"""A cell with its reasons, and what a question has to bring."""

import msgspec
import pytest

from truceline.compliance.question import Question
from truceline.errors import ReadingError
from truceline.vocabulary.assessment import Verdict

DAY = "2025-03-20"


def cell(one, area="river_towns", day=DAY, indicator=0):
    days = [d.name for d in one.days]
    return one.ledger.indicators[indicator].cells[one.ledger.areas.index(area) * len(days) + days.index(day)]


def codes(found):
    return [reason.code for reason in found.reasons]


def watched(watch):
    return [watch(who, "all areas", DAY, "2025-03-21") for who in ("ngo", "patrol")]


def test_nobody_watched_is_cannot_tell_and_never_quiet(evaluated):
    found = cell(evaluated())
    assert (found.verdict, found.low, found.high, codes(found)) == (Verdict.CANNOT_TELL, 0, 0, ["not_covered"])


def test_watched_and_nothing_reported_is_quiet(evaluated, watch):
    found = cell(evaluated((), watched(watch)))
    assert (found.verdict, codes(found)) == (Verdict.QUIET, ["covered"])


def test_not_quiet_whatever_the_coverage(evaluated, watch):
    row = {"when": f"{DAY}T10:00", "area": "river_towns"}
    for watches in ((), watched(watch)):
        assert cell(evaluated([row], watches)).verdict is Verdict.NOT_QUIET


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"when": "2025-03-20/2025-03-21", "area": "river_towns"}, "maybe_because_time"),
        ({"lat": 20.12, "lon": -39.98}, "maybe_because_place"),
        ({"area": "river_towns", "kind": ""}, "maybe_because_scope"),
        ({"area": "river_towns", "side_b": ("Masked men",)}, "maybe_because_scope"),
    ],
)  # fmt: skip
def test_what_may_have_been_is_cannot_tell_with_the_doubt_named(evaluated, watch, row, code):
    found = cell(evaluated([row], watched(watch)))
    assert (found.verdict, found.low, found.high) == (Verdict.CANNOT_TELL, 0, 1)
    assert code in codes(found)


def test_within_the_threshold_a_day_is_quiet_with_what_happened_said(evaluated, watch):
    found = cell(evaluated([{"area": "river_towns"}], watched(watch), "lenient"))
    assert (found.verdict, found.low, found.high) == (Verdict.QUIET, 1, 1)
    assert "incidents_maybe" in codes(found)


def test_the_series_counts_elsewhere_too(evaluated):
    one = evaluated([{"lat": 25.0, "lon": -40.0}, {"area": "river_towns"}, {"when": "2025-03-20/2025-03-21"}])
    series = one.ledger.indicators[0].series
    day = [d.name for d in one.days].index(DAY)
    assert series[day : day + 2] == ((2, 1), (0, 1))


def test_unresolved_names_and_areas_are_listed_with_how_often(evaluated):
    one = evaluated([{"side_b": ("Masked men", "X")}, {"side_a": ("Masked men",), "area": "the hills"}])
    assert one.unresolved.names == (("Masked men", 2), ("X", 1))
    assert one.unresolved.areas == (("the hills", 1),)


def test_a_contradiction_of_area_and_point_is_flagged(evaluated):
    one = evaluated([{"area": "southern_plain", "lat": 19.97, "lon": -40.0}])
    assert "place_contradicts_area" in one.incidents.flags[0]


@pytest.mark.parametrize(
    "choice", ["day_boundary", "zone", "exclusions", "umbrella", "threshold", "counting", "coverage", "unknown_day"]
)
def test_a_question_with_a_choice_left_open_is_refused_and_the_choice_named(example, choice):
    reading = msgspec.structs.replace(example.agreement.reading("strict"), **{choice: None})
    with pytest.raises(ReadingError, match=f"leaves open: {choice}"):
        Question.of(example.agreement, example.geometry, reading, 0)


def test_without_a_reading_the_choices_are_named(example):
    with pytest.raises(ReadingError) as caught:
        Question.of(example.agreement, example.geometry, None, 0)
    assert "strict, lenient, shifted" in caught.value.mend
