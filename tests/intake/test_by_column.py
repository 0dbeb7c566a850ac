"""Rows read in bulk say what they say row by row; what is not plain is left to the slow way."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.context import ReadContext
from truceline.intake.formats import FORMATS
from truceline.intake.layout import Layout
from truceline.intake.plain_columns import ODD, Moments, degrees
from truceline.intake.raw import RawRow
from truceline.intake.reading import Refused, bulk_reader, read_file, row_reader
from truceline.vocabulary.report import Report
from truceline.vocabulary.when import Interval
from truceline.vocabulary.where import read_degrees

IN_PARTS = [form.name for form in FORMATS if form.parts]
DAMASCUS = ReadContext(
    "Asia/Damascus", (300_000_000, 350_000_000, 380_000_000, 430_000_000), "desk", (1_456_000_000_000_000, None)
)
CONTEXTS = [DAMASCUS, ReadContext("UTC"), ReadContext("Europe/Kyiv", None, "", (0, 1_800_000_000_000_000))]
CELLS = st.sampled_from([
    "", " ", "1", "0", "2", "6", " 2", "-1", "003", "٣", "1e3", "nan", "inf", "1_0", "36.5", "37.25", "-0.0", "95",
    "181", "36.12345678", "36°30'N", "2025-03-04", "2025-03-04T14:05", "2025-03-04 14:05", "2025-03-30T03:30",
    "2016-03-25T00:10",
    "2025-03-04T14:05/2025-03-04T14:20", "2025-03-04T14:20/2025-03-04T14:05", "2025-03-04T24:00",
    "2025-02-30T10:00",
    "2025-03-04T14:05:30", "2025-03-04T14:05Z", "٢٠٢٥-03-04T14:05", "2025-03",
    "2016~",
    "03/04/2025", "2025-03-04/..",
    "night of 4-5 March 2025", "A; B", "A, B", "shelling", "shelling; air_strike", "no kind", "a b", "x\ny", "é",
    "\ufeff1",
    "Armed clash", "en", "not a language", "ngo/1", "acled", "1.5\n2.5", "20037509", "5\u00a0",
])  # fmt: skip


def layout_of(name, header):
    form = next(form for form in FORMATS if form.name == name)
    return Layout(name, form.reader, "utf-8", ",", tuple(header), form.groups(header))


def in_bulk(bulk, rows):
    """The values of each row, or None where it is to be read alone."""
    columns, odd = bulk.read(rows)
    whole = [column if len(column) == len(rows) else list(column) * len(rows) for column in columns]
    return [None if at in odd else tuple([column[at] for column in whole]) for at in range(len(rows))]


def slowly(layout, context, cells):
    noun = row_reader(layout, context)(RawRow(2, tuple(cells)))
    return noun if isinstance(noun, Refused) else noun.row()


@pytest.mark.parametrize("name", IN_PARTS)
def test_the_plain_rows_of_a_form_are_read_in_bulk(samples, name):
    sample = samples[name]
    layout = layout_of(name, sample.header)
    [found] = in_bulk(bulk_reader(layout, CONTEXTS[1]), sample.good)
    assert found == slowly(layout, CONTEXTS[1], sample.good[0])


@pytest.mark.parametrize("name", IN_PARTS)
@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.zone)
def test_a_row_read_in_bulk_says_what_it_says_by_itself(samples, name, context):
    sample = samples[name]
    extra = ["position", "adm_1", "geo_precision", "#date+reported"]
    header = [*sample.header, *[one for one in extra if one not in sample.header]]
    layout = layout_of(name, header)
    good = [*sample.good[0], *[""] * (len(header) - len(sample.header))]
    bulk = bulk_reader(layout, context)
    changes = st.dictionaries(st.integers(0, len(header) - 1), CELLS, max_size=4)
    plain = 0

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.lists(changes, min_size=1, max_size=12))
    def hold(changed):
        nonlocal plain
        rows = [[one.get(at, cell) for at, cell in enumerate(good)] for one in changed]
        for row, found in zip(rows, in_bulk(bulk, rows), strict=True):
            if found is not None:
                plain += 1
                assert found == slowly(layout, context, row)

    hold()
    assert plain > 100


def test_a_row_with_any_fault_or_space_is_left_to_the_slow_way(samples):
    sample = samples["truceline_reports"]
    layout = layout_of("truceline_reports", sample.header)
    assert in_bulk(bulk_reader(layout, DAMASCUS), sample.bad) == [None] * len(sample.bad)
    spaced = [*sample.good[0]]
    spaced[0] = " 1"
    assert in_bulk(bulk_reader(layout, DAMASCUS), [spaced, sample.good[0]])[0] is None


def test_a_table_of_no_rows_has_no_values(samples):
    assert in_bulk(bulk_reader(layout_of("acled", samples["acled"].header), DAMASCUS), []) == []


def test_a_form_that_is_not_in_parts_is_read_row_by_row(samples):
    assert bulk_reader(layout_of("airwars", samples["airwars"].header), DAMASCUS) is None


@given(st.lists(st.from_regex(r"[+-]?[0-9]{1,3}(\.[0-9]{1,9})?", fullmatch=True) | CELLS, min_size=1))
def test_degrees_in_bulk_are_those_of_the_slow_rule_or_odd(column):
    for cell, found in zip(column, degrees(column, 90), strict=True):
        if found == ODD:
            continue
        try:
            slow = read_degrees(cell, "latitude") if cell else None
        except ValueNotRead:
            pytest.fail(f"{cell!r} is read in bulk and refused by itself")
        assert found == slow


@pytest.mark.parametrize("zone", ["Asia/Damascus", "UTC", "Australia/Lord_Howe", "Africa/Monrovia"])
@given(st.datetimes(min_value=datetime(1900, 1, 1), allow_imaginary=True), st.integers(0, 90))
def test_a_minute_in_bulk_is_the_interval_of_its_words(zone, moment, more):
    if not moment.year < 2200:
        return
    first, last = (f"{one:%Y-%m-%dT%H:%M}".rjust(16, "0") for one in (moment, moment + timedelta(minutes=more)))
    for text in (first, f"{first}/{last}"):
        found = Moments(zone).of(text)
        if found is not None:
            when = Interval.from_text(text, zone)
            assert found == (when.start, when.end, when.words, ())


@pytest.mark.parametrize("pattern", ["*.csv", "*.tsv", "*.xlsx"])
def test_real_tables_read_in_bulk_say_what_they_say_row_by_row(data_set, pattern):
    read, plain = 0, 0
    for folder in ("ucdp-ged-ukraine-2014-hxl", "hxl-samples", "api-samples"):
        for path in sorted(data_set(folder).rglob(pattern)):
            try:
                table = read_file(path.name, path.read_bytes())
            except FileNotRead:
                continue  # Which files are no tables is tried elsewhere.
            bulk = bulk_reader(table.layout, DAMASCUS)
            rows = [row for row in table.rows if row.cells is not None]
            if bulk is None or not rows:
                continue
            slow = row_reader(table.layout, DAMASCUS)
            for row, found in zip(rows, in_bulk(bulk, [row.cells for row in rows]), strict=True):
                read += 1
                if found is not None:
                    plain += 1
                    noun = slow(row)
                    assert isinstance(noun, Report)
                    assert found == noun.row()
    print(f"real rows read in bulk, {pattern}: {plain} of {read}")
