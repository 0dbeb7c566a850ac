"""Nothing is answered about an instant that has not been, or that comes after the cut."""

import sys
from types import SimpleNamespace

import pytest

from truceline.errors import AfterTheCut, ValueNotRead
from truceline.pipeline.instants import asked_instant, newest_instant, no_later
from truceline.pipeline.missions import open_mission
from truceline.vocabulary.when import DAY, read_instant

ZONE = "Etc/GMT-2"
NOON, EVENING, NEXT_DAY = ("2025-03-20T12:00", "2025-03-20T20:00", "2025-03-21T12:00")


def us(text: str) -> int:
    return read_instant(text, ZONE)


@pytest.fixture
def kept(desk, monkeypatch):
    """A mission made at noon, with an act entered in the evening; its size before it."""

    def clock(text: str) -> None:
        now = us(text)
        monkeypatch.setattr(sys.modules["truceline.cli.app"], "time", SimpleNamespace(time_ns=lambda: now * 1000))

    clock(NOON)
    desk.init()
    with open_mission(desk.mission) as mission:
        desk.before = mission.size
    clock(EVENING)
    desk.act(
        act="declaration", by="alpha", at="2025-03-20T19:00", clock="seven_quiet_days", says="not_met", because="So."
    )
    clock(NEXT_DAY)
    return desk


def asked(desk, now=NEXT_DAY, **how):
    with open_mission(desk.mission) as mission:
        return asked_instant(mission, ZONE, now_us=us(now), **how)


def test_without_a_time_it_is_now(kept):
    assert asked(kept) == us(NEXT_DAY)


def test_today_is_asked_about_as_far_as_it_has_come(kept):
    assert asked(kept, as_of="2025-03-21") == us(NEXT_DAY)
    assert asked(kept, as_of="2025-03-20") == us("2025-03-21T00:00")


def test_a_time_that_has_not_come_is_refused(kept):
    for later in ("2025-03-21T12:01", "2025-03-22", "2199"):
        with pytest.raises(AfterTheCut, match="has not come yet"):
            asked(kept, as_of=later)


def test_a_cut_named_by_its_size_lasts_until_the_next_entry(kept):
    assert asked(kept, known=str(kept.before)) == us(EVENING)
    assert asked(kept, known=str(kept.before), as_of=NOON) == us(NOON)
    assert asked(kept, known=str(kept.before + 1)) == us(NEXT_DAY)


def test_a_cut_named_by_a_time_ends_then(kept):
    assert asked(kept, known=f"{NOON}+02:00") == us(NOON)
    with pytest.raises(AfterTheCut, match="comes after the cut, which is of 2025-03-20T12:00:00"):
        asked(kept, known=f"{NOON}+02:00", as_of=EVENING)


def test_a_cut_in_the_future_is_now(kept):
    with open_mission(kept.mission) as mission:
        assert newest_instant(mission, us(NEXT_DAY), "2199-01-01T00:00Z") == us(NEXT_DAY)


def test_what_is_no_time_is_refused_as_before(kept):
    with pytest.raises(ValueNotRead):
        asked(kept, as_of="some day")


def test_a_time_is_no_later_than_the_newest_to_the_microsecond():
    assert no_later(NOON, ZONE, us(NOON)) == us(NOON)
    with pytest.raises(AfterTheCut):
        no_later(NOON, ZONE, us(NOON) - 1)
    assert no_later("2025-03-20", ZONE, us(NOON)) == us(NOON) < us("2025-03-20") + DAY


@pytest.mark.parametrize("command", ["ledger", "clocks", "evaluate", "sources", "registers", "measures", "case list"])
@pytest.mark.parametrize("how", [("--as-of", "2025-03-22"), ("--known", f"{NOON}+02:00", "--as-of", EVENING)])
def test_commands_refuse_it(kept, command, how):
    ran = kept.run(*command.split(), kept.mission, *how)
    assert ran.code == 2
    assert "has not come yet" in ran.err or "comes after the cut" in ran.err
