"""Who had to watch, held against what they reported: reported, late, silent, stopped, never set up."""

import numpy as np
import pytest

from truceline.compliance.areas import Names
from truceline.compliance.watchers import duties, origins_each
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.columns import Watch
from truceline.vocabulary.obligation import Watcher
from truceline.vocabulary.when import DAY, HOUR

EXAMPLE = find_pack("example").agreement
NAMES = Names.of(EXAMPLE)
AREA = EXAMPLE.areas[0].id
DAYS = np.arange(5) * DAY
PATROL = Watcher("patrol", "patrol", (AREA,), 24)


def _row(start: int, end: int, status: str = "reported", source: str = "patrol", by: str = "") -> tuple[Watch, str]:
    return Watch(source, "", AREA, start * HOUR, end * HOUR, status), by


def _days(*rows: tuple[Watch, str], every: int = 24) -> tuple[str, ...]:
    watcher = Watcher("patrol", "patrol", (AREA,), every)
    return duties([watcher], rows, NAMES, DAYS)[0].days


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ((_row(0, 96),), ("reported",) * 4),
        ((_row(0, 24), _row(36, 96)), ("reported",) * 4),
        ((_row(0, 20), _row(60, 96)), ("late", "silent", "late", "reported")),
        ((_row(0, 24), _row(72, 96)), ("reported", "silent", "silent", "reported")),
        ((_row(0, 96), _row(24, 60, "stopped", by="Valley Guard")), ("reported", "stopped", "stopped", "reported")),
        ((_row(48, 96),), ("never_set_up", "never_set_up", "reported", "reported")),
        ((), ("never_set_up",) * 4),
    ],
)
def test_each_day_of_a_watcher_has_its_state(rows, days):
    assert _days(*rows) == days


def test_silence_within_the_duty_is_no_gap():
    assert _days(_row(0, 1), _row(95, 96), every=96) == ("reported",) * 4


def test_who_stopped_it_how_often_and_for_how_long():
    rows = (_row(0, 96), _row(1, 3, "stopped", by="Valley Guard"), _row(50, 51, "stopped", by="Valley Guard"),
            _row(90, 120, "stopped", by="power cut"))  # fmt: skip
    [duty] = duties([PATROL], rows, NAMES, DAYS)
    assert [(one.by, one.times, one.length // HOUR) for one in duty.stopped] == [
        ("power cut", 1, 6), ("Valley Guard", 2, 3),
    ]  # fmt: skip
    assert (duty.watched.sum() // HOUR, duty.longest_gap // HOUR) == (96 - 9, 6)


def test_a_source_without_a_duty_is_told_beside_those_who_have_one():
    [patrol, ngo] = duties([PATROL], [_row(0, 24, source="ngo")], NAMES, DAYS)
    assert (patrol.source, ngo.source, ngo.watcher) == ("patrol", "ngo", None)
    assert ngo.days == ("reported", "silent", "silent", "silent")


def test_sources_of_one_origin_are_one():
    rows = [(Watch(who, "wire", AREA, 0, DAY, "reported"), "") for who in ("a", "b")]
    assert origins_each(rows, NAMES, DAYS)[0].tolist() == [1, 0, 0, 0]
