"""Forms whose rows are totals: the VDC's days and published bulletins. Parts stand beside one another, never added."""

import json

import pytest
from msgspec.structs import replace

from truceline.intake.formats.bulletin_chains import running_totals, told_twice
from truceline.intake.reading import Refused
from truceline.vocabulary.when import DAY, Interval


def day(samples, by, **cells):
    made = samples[f"vdc_daily_{by}"]
    return [made.header, [{**dict(zip(made.header, made.good[0], strict=True)), **cells}[name] for name in made.header]]


def test_a_day_of_the_vdc_is_a_tally_a_governorate(became, contract, samples):
    (tallies,) = became(contract.as_csv(*[(rows := day(samples, "governorate", Homs="3"))[0], rows[1:]]))
    assert len(tallies) == 14
    assert {tally.of for tally in tallies} == {"killed"}
    assert next(tally for tally in tallies if tally.area == "Homs").best == 3
    assert {tally.end_us - tally.start_us for tally in tallies} == {DAY}


def test_causes_are_another_view_of_the_same_dead(became, contract, samples):
    rows = day(samples, "cause", Shelling="5.0")
    (tallies,) = became(contract.as_csv(rows[0], rows[1:]))
    assert {tally.area for tally in tallies} == {"Syria"}
    assert [(tally.of, tally.best) for tally in tallies if tally.best] == [("killed: Shelling", 5)]
    assert tallies[0].source_row == "cause/2025-03-04"


@pytest.mark.parametrize("figure", ["2.5", "2.", "two", "-", "1e3"])
def test_what_is_no_whole_number_refuses_the_day(became, contract, samples, figure):
    rows = day(samples, "governorate", Homs=figure)
    (refused,) = became(contract.as_csv(rows[0], rows[1:]))
    assert [fault.column for fault in refused.faults] == ["Homs"]


# --- bulletins ----------------------------------------------------------------------------------

BULLETIN = {
    "id": "b-1", "ceasefire": "northland-truce-2025-03-01", "reporter": "Mill Watch", "language": "en",
    "issued": "2025-03-05", "period_start": "2025-03-04", "period_end": "2025-03-04", "excerpt": "As printed.",
}  # fmt: skip


@pytest.fixture
def read(became):
    return lambda **fields: became(json.dumps([{**BULLETIN, **fields}]))[0]


def test_every_figure_of_a_bulletin_is_a_tally(read):
    tallies = read(violations=7, cumulative=20, by_place={"Mill": 4, "Hill": 3}, by_actor={"the Front": 7}, wounded=2)
    assert {(tally.area, tally.of, tally.best) for tally in tallies} == {
        ("", "violations", 7), ("Mill", "violations", 4), ("Hill", "violations", 3),
        ("", "violations: the Front", 7), ("", "violations so far", 20), ("", "wounded", 2),
    }  # fmt: skip
    assert {tally.source for tally in tallies} == {"mill-watch"}
    assert {tally.flags for tally in tallies} == {()}
    so_far = next(tally for tally in tallies if tally.of == "violations so far")
    assert so_far.start_us == Interval.from_text("2025-03-01", "Etc/GMT-2").start


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"violations": 9, "by_place": {"Mill": 4, "Hill": 3}}, "places_do_not_reach_total"),
        ({"violations": 5, "by_place": {"Mill": 4, "Hill": 3}}, "places_exceed_total"),
        ({"violations": 9, "by_kind": {"combat": 4}}, "kinds_do_not_reach_total"),
        ({"violations": 9, "cumulative": 8}, "cumulative_below_period"),
        ({"weapons": {"north": 1, "south": 2, "total": 5}}, "weapons_do_not_reach_total"),
        ({"excerpt": "Over 400,000 violations. (...) The mission recorded almost 400,000."}, "over_and_almost"),
    ],
)
def test_what_a_bulletin_says_against_itself_is_flagged_and_kept(read, fields, flag):
    tallies = read(**fields)
    assert all(flag in tally.flags for tally in tallies)
    given = [number for value in fields.values() for number in (value.values() if isinstance(value, dict) else [value])]
    assert {tally.best for tally in tallies} <= {None, *given}


def test_a_figure_that_is_only_a_bound_is_the_lowest_too(read):
    (tally,) = read(violations=16_000, violations_is="over")
    assert (tally.low, tally.best, tally.high) == (16_000, 16_000, None)


@pytest.mark.parametrize(
    ("fields", "first", "last", "flags"),
    [
        ({}, "2025-03-04", "2025-03-04", ()),
        (
            {"period_start": None, "period_end": None, "period_hours": 24},
            "2025-03-04",
            "2025-03-05",
            ("period_widened",),
        ),
        ({"period_end": None}, "2025-03-04", "2025-03-05", ("period_widened",)),
        ({"period_start": None, "period_end": None, "issued": None}, "1900", "2200-12-31", ("period_not_said",)),
    ],
)
def test_when_a_bulletin_speaks_of_is_as_wide_as_it_leaves_it(read, fields, first, last, flags):
    (tally,) = read(violations=1, **fields)
    wanted = Interval.from_text(f"{first}/{last}", "Etc/GMT-2")
    assert (tally.start_us, tally.end_us, tally.flags) == (wanted.start, wanted.end, flags)


def test_a_bulletin_without_any_figure_is_kept_as_a_tally_of_none(read):
    (tally,) = read(change_percent=-75)
    assert tally.best is None


def test_other_periods_that_a_bulletin_names_are_tallies_of_their_own(read):
    tallies = read(violations=9, also=[{"period_start": "2025-02-01", "period_end": "2025-02-07", "violations": 4}])
    assert [tally.best for tally in tallies] == [9, 4]
    assert isinstance(read(violations=9, also=[{"violations": 4}]), Refused)


def test_a_reporter_without_a_letter_to_name_it_by_is_refused_or_named_with_the_file(became, context):
    content = json.dumps([{**BULLETIN, "reporter": "لجان التنسيق", "violations": 7}])
    (refused,) = became(content)
    assert [fault.column for fault in refused.faults] == ["reporter"]
    (tallies,) = became(content, context=replace(context, default_source="committees"))
    assert {tally.source for tally in tallies} == {"committees"}


def test_running_totals_that_do_not_follow_are_found(became):
    days = [
        {"id": "a", "period_start": "2025-03-02", "period_end": "2025-03-02", "violations": 5, "cumulative": 5},
        {"id": "b", "period_start": "2025-03-03", "period_end": "2025-03-03", "violations": 4, "cumulative": 9},
        {"id": "c", "period_start": "2025-03-04", "period_end": "2025-03-04", "violations": 4, "cumulative": 8},
    ]
    tallies = [tally for row in became(json.dumps([{**BULLETIN, **day} for day in days])) for tally in row]
    assert [(chain.later, chain.follows, chain.printed) for chain in running_totals(tallies)] == [
        ("b", 9, 9),
        ("c", 13, 8),
    ]


def test_a_period_told_twice_unlike_is_found(became):
    when = {"period_start": None, "period_end": None}
    days = [
        {**when, "id": "a", "as_of": "2025-03-03T19:30", "by_place": {"North": 3}},
        {**when, "id": "b", "as_of": "2025-03-04T19:30", "by_place": {"North": 1}, "previous": {"North": 2}},
    ]
    tallies = [tally for row in became(json.dumps([{**BULLETIN, **day} for day in days])) for tally in row]
    (chain,) = told_twice(tallies)
    assert (chain.earlier, chain.later, chain.area, chain.follows, chain.printed) == ("a", "b", "North", 3, 2)
