"""A watcher's day counts where it kept its duty to report, and only there: held against what `coverage` tells."""

import msgspec
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from truceline.compliance.areas import Names
from truceline.compliance.days import days_of, edges_of
from truceline.compliance.watch_kept import kept_watches
from truceline.compliance.watchers import duties
from truceline.compliance.watching import hours_in, joined, less
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.columns import Watch
from truceline.vocabulary.obligation import Watcher
from truceline.vocabulary.when import DAY, HOUR

WITHOUT = find_pack("example").agreement
READING = WITHOUT.readings[0]
NAMES = Names.of(WITHOUT)
AREA, OTHER = WITHOUT.areas[0].id, WITHOUT.areas[1].id
START = days_of(WITHOUT.period, READING.day_boundary or "00:00", READING.zone or WITHOUT.zone, 1 << 61)[0].start
AS_OF = START + 5 * DAY


def _row(start: int, end: int, status: str = "reported", source: str = "patrol", area: str = AREA) -> Watch:
    return Watch(source, "", area, START + start * HOUR, START + end * HOUR, status)


def _kept(rows, every: int = 24):
    agreement = msgspec.structs.replace(WITHOUT, watchers=(Watcher("patrol", "patrol", (AREA,), every),))
    return agreement, list(kept_watches(agreement, READING, rows, AS_OF))


def _reported(rows) -> list[tuple[int, int]]:
    spans = joined((one.start, one.end) for one in rows if one.status == "reported" and one.source == "patrol")
    return [((start - START) // HOUR, (end - START) // HOUR) for start, end in spans]


def test_a_day_on_which_the_watcher_was_silent_beyond_its_hours_is_not_observed_by_it():
    assert _reported(_kept([_row(0, 20), _row(46, 120)])[1]) == [(48, 120)]
    assert _reported(_kept([_row(0, 22), _row(46, 120)])[1]) == [(0, 22), (46, 120)]  # 24 hours: within its duty


def test_a_day_on_which_it_was_kept_from_watching_beyond_its_hours_is_not_observed_by_it():
    assert _reported(_kept([_row(0, 120), _row(30, 60, "stopped")])[1]) == [(0, 24), (72, 120)]


def test_whoever_has_no_duty_is_counted_as_before():
    rows = [_row(0, 20, source="ngo"), _row(60, 96, source="ngo")]
    assert _kept(rows)[1] == rows
    assert list(kept_watches(WITHOUT, READING, [_row(0, 20)], AS_OF)) == [_row(0, 20)]


def test_what_a_watcher_saw_in_an_area_that_is_not_its_own_counts_as_before():
    assert _kept([_row(0, 20, area=OTHER)])[1] == [_row(0, 20, area=OTHER)]


SPAN = st.tuples(st.integers(-30, 130), st.integers(1, 60), st.sampled_from(["reported", "reported", "stopped"]))


@given(rows=st.lists(SPAN, max_size=8), every=st.integers(1, 72))
def test_the_days_that_count_are_those_that_coverage_tells_as_reported(rows, every):
    given_rows = [_row(start, start + length, status) for start, length, status in rows]
    agreement, kept = _kept(given_rows, every)
    days = days_of(WITHOUT.period, READING.day_boundary or "00:00", READING.zone or WITHOUT.zone, AS_OF)
    edges = np.minimum(edges_of(days), AS_OF)
    [duty] = duties(agreement.watchers, [(one, "") for one in given_rows], NAMES, edges)
    spans = {status: joined((one.start, one.end) for one in kept if one.status == status)
             for status in ("reported", "stopped")}  # fmt: skip
    counted = hours_in(less(spans["reported"], spans["stopped"]), edges)
    told = [hours if state == "reported" else 0 for hours, state in zip(duty.watched, duty.days, strict=True)]
    assert counted.tolist() == told
