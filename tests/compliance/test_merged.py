"""What several reports of one incident say together, and the range that is left while that is open."""

import json
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.compliance.clocks import clocks_of
from truceline.compliance.gathering import Tied
from truceline.compliance.ledger import evaluate
from truceline.compliance.merged import merged_rows
from truceline.compliance.question import Question
from truceline.vocabulary.columns import UNKNOWN
from truceline.vocabulary.when import read_instant

RIVER, BORDER, ABROAD = {"lat": 19.97, "lon": -40.0}, {"lat": 20.12, "lon": -39.98}, {"lat": 25.0, "lon": -40.0}
WHEN = (
    "2025-03-20T10:00", "2025-03-20", "2025-03-21T10:00", "2025-03-20/2025-03-21", "2025-03-20T06:00/2025-03-20T12:00",
    "2025-03-21/2025-03-22", "2025-03-25",
)  # fmt: skip
ROW = st.fixed_dictionaries({
    "when": st.sampled_from(WHEN),
    "area": st.sampled_from(["river_towns", "", "the hills", "southern_plain"]),
    "side_a": st.sampled_from([("Northern Army",), ("Masked men",), ()]),
    "kind": st.sampled_from(["shelling", "", "detention"]),
    "killed": st.sampled_from([None, (0, 1, 2), (3, 3, 3)]),
})  # fmt: skip
POINT = st.sampled_from([{}, RIVER, BORDER, ABROAD, RIVER | {"radius_m": 30_000}])
ROWS = st.lists(st.tuples(ROW, POINT).map(lambda pair: pair[0] | pair[1]), min_size=2, max_size=3)


@pytest.fixture
def reports(columns):
    """Reports as columns, each of a source of its own."""

    def made(rows):
        told = columns(
            *({"source": f"s{n}", "source_row": str(n), **{k: v for k, v in row.items() if k != "killed"}}
              for n, row in enumerate(rows))
        )  # fmt: skip
        for n, row in enumerate(rows):
            if row.get("killed"):
                told.killed_low[n], told.killed_best[n], told.killed_high[n] = row["killed"]
        return told

    return made


@pytest.fixture(params=["strict", "lenient"])
def question(request, example):
    agreement = example.agreement
    as_of = read_instant("2025-05-02", agreement.zone)
    return Question.of(agreement, example.geometry, agreement.reading(request.param), as_of)


def chained(blocks):
    return Tied(tuple(pair for block in blocks for pair in pairwise(block)))


def partitions(members):
    """All ways of putting these into blocks."""
    if not members:
        yield []
        return
    first, *rest = members
    for blocks in partitions(rest):
        yield [[first], *blocks]
        for n, block in enumerate(blocks):
            yield [*blocks[:n], [first, *block], *blocks[n + 1 :]]


def cells(evaluated):
    return [cell for indicator in evaluated.ledger.indicators for cell in indicator.cells]


def test_the_range_of_an_open_group_holds_all_ways_of_settling_it(question, reports, watch):
    watches = [watch(who, "all areas", "2025-03-15", "2025-03-24", origin=who) for who in ("x", "y")]
    numbers = count(1)

    @settings(max_examples=20, deadline=None)
    @given(ROWS)
    def hold(rows):
        next(numbers)
        told = reports(rows)
        everyone = tuple(range(len(rows)))
        ranged = evaluate(question, told, watches, Tied(maybe=(everyone,)))
        worlds = [evaluate(question, told, watches, chained(blocks)) for blocks in partitions(list(everyone))]
        for one, *others in zip(cells(ranged), *map(cells, worlds), strict=True):
            assert one.low <= min(other.low for other in others)
            assert one.high >= max(other.high for other in others)
            if one.verdict != "cannot_tell":
                assert {other.verdict for other in others} == {one.verdict}
        for clock, *others in zip(clocks_of(ranged, ()), *(clocks_of(world, ()) for world in worlds), strict=True):
            if clock.verdict != "cannot_tell" and question.unknown_day != "breaks":
                assert {other.verdict for other in others} == {clock.verdict}

    hold()
    print(f"a range holds all its worlds: {next(numbers) - 1} groups")


def test_of_two_that_agree_one_is_sure_and_the_other_may_be(question, reports, watch):
    row = {"when": "2025-03-20T10:00", "area": "river_towns"}
    told = reports([row, row, {**row, "when": "2025-03-20"}])
    [cell] = [
        one for one in evaluate(question, told, [], Tied(maybe=((0, 1, 2),))).ledger.indicators[0].cells if one.high
    ]
    assert (cell.low, cell.high) == (1, 3)
    assert "maybe_because_same" in {reason.code for reason in cell.reasons} or cell.verdict == "not_quiet"


def test_a_vague_report_that_may_be_the_same_takes_no_certainty_away(question, reports):
    sharp, vague = {"when": "2025-03-20T10:00", "area": "river_towns"}, {"when": "2025-03", "area": "", "kind": ""}
    ledger = evaluate(question, reports([sharp, vague]), [], Tied(maybe=((0, 1),))).ledger
    assert max(cell.low for cell in ledger.indicators[0].cells) == 1


def merged(told):
    return merged_rows(told, [tuple(range(len(told)))])


def span(told):
    return int(told.start[0]), int(told.end[0])


def test_the_time_is_what_all_share_and_else_from_the_first_to_the_last(reports):
    shared = merged(reports([{"when": "2025-03-20"}, {"when": "2025-03-20T06:00/2025-03-20T12:00"}]))
    assert span(shared) == span(reports([{"when": "2025-03-20T06:00/2025-03-20T12:00"}]))
    apart = merged(reports([{"when": "2025-03-20"}, {"when": "2025-03-22"}]))
    assert span(apart) == span(reports([{"when": "2025-03-20/2025-03-22"}]))


def test_the_place_is_the_sharpest_point_if_the_circles_touch_and_else_a_circle_around_all(reports):
    near = merged(reports([RIVER | {"radius_m": 5_000}, {"lat": 19.99, "lon": -40.0, "radius_m": 300}, {}]))
    assert (int(near.lat_e7[0]), int(near.radius_m[0])) == (199_900_000, 300)
    far = merged(reports([RIVER | {"radius_m": 300}, {"lat": 20.07, "lon": -40.0, "radius_m": 300}]))
    assert int(far.lat_e7[0]) == 199_700_000
    assert 11_100 + 300 <= int(far.radius_m[0]) <= 11_600
    assert not merged(reports([{}, {}])).has_point[0]


def test_of_the_killed_the_least_the_greatest_and_a_best_only_where_all_agree_never_a_sum(reports):
    def killed(*given):
        told = merged(reports([{"killed": one} for one in given]))
        return [int(column[0]) for column in (told.killed_low, told.killed_best, told.killed_high)]

    assert killed((1, 2, 3), (2, 4, 9), None) == [1, UNKNOWN, 9]
    assert killed((1, 2, 3), (2, 2, 9)) == [1, 2, 9]
    assert killed((UNKNOWN, 4, UNKNOWN), (5, UNKNOWN, 6)) == [4, 4, 6]
    assert killed(None, None) == [UNKNOWN] * 3


def test_kinds_and_sides_are_all_that_are_said_and_what_one_leaves_open_the_other_says(reports):
    told = merged(
        reports([{"kind": "shelling", "side_a": ("B",)}, {"kind": "", "side_a": ("A", "B")}, {"kind": "air_strike"}])
    )
    assert set(told.kind[0].split(";")) == {"shelling", "air_strike"}
    assert json.loads(told.side_a[0]) == ["A", "B", "Northern Army"]
    assert json.loads(told.flags[0]) == ["several_reports"]


def test_who_fired_may_be_in_dispute_and_it_counts_all_the_same(question, reports):
    row = {"when": "2025-03-20T10:00", "area": "river_towns"}
    sides = ({"side_a": ("Northern Army",), "side_b": ("Front of the Plain",)},
             {"side_a": ("Front of the Plain",), "side_b": ("Northern Army",)})  # fmt: skip
    told = reports([row | one for one in sides])
    made = evaluate(question, told, [], Tied(same=((0, 1),)))
    assert len(made.incidents) == 1
    assert max(cell.low for cell in made.ledger.indicators[0].cells) == 1
