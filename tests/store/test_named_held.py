"""Names of reports held in a process: the same answers as from the table, whatever is written meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from truceline.store import named_held
from truceline.store.mission_file import MissionFile
from truceline.store.named_reports import ReportNamed
from truceline.store.tables import FIRST_PLACE, column_names
from truceline.vocabulary.marking import INTERNAL

Chance = Callable[[int], bytes]
IDS = ("aaaaaaaaaaaa0001", "bbbbbbbbbbbb0002", "cccccccccccc0003", "dddddddddddd0004")


@pytest.fixture
def held(filled: MissionFile) -> Iterator[MissionFile]:
    """A mission of which names are held, as the room holds them."""
    filled.hold_names()
    yield filled
    named_held._HELD.clear()


def row(seq: int, source_row: str, superseded_by: int | None = None, id: str = "") -> tuple[object, ...]:
    given = {
        "seq": seq,
        "id": id or IDS[seq % 4],
        "source": "patrol",
        "source_row": source_row,
        "superseded_by": superseded_by,
    }
    numbers = {"start_us": 1, "end_us": 2, "radius_m": 0, "submission": 0, "row": seq % 1000}
    empty = dict.fromkeys(("lat_e7", "lon_e7", "killed_low", "killed_best", "killed_high"))
    all_ = {**dict.fromkeys(column_names("report"), ""), **empty, **numbers, **given}
    return tuple(all_[name] for name in column_names("report"))


def told(mission: MissionFile, ids: tuple[str, ...], rows: tuple[str, ...], size: int = 5) -> list[ReportNamed]:
    """What is found with names held; the same is found in the table."""
    found = mission.reports_named(ids, rows, INTERNAL, size=size)
    kept = dict(named_held._HELD)
    named_held._HELD.clear()
    assert found == mission.reports_named(ids, rows, INTERNAL, size=size)
    named_held._HELD.update(kept)
    return found


def test_a_report_is_found_by_the_beginning_of_its_id_and_by_its_sources_own_id(
    held: MissionFile, chance: Chance
) -> None:
    with held.pen(0, chance) as pen:
        pen.insert("report", [row(0, "R1"), row(1, "R2", superseded_by=2), row(2, "R2")])
    assert [one.seq for one in told(held, (IDS[0][:12],), ())] == [0]
    assert [(one.seq, one.superseded_by) for one in told(held, (), ("R2",))] == [(1, 2), (2, None)]
    assert [(one.seq, one.superseded_by) for one in told(held, (), ("R2",), size=2)] == [(1, None)]
    assert told(held, ("ffffffffffff",), ("R9",)) == []


def test_what_came_since_is_found_too(held: MissionFile, chance: Chance) -> None:
    with held.pen(0, chance) as pen:
        pen.insert("report", [row(0, "R1")])
    assert len(told(held, (), ("R1", "R2"))) == 1
    with held.pen(0, chance) as pen:
        pen.insert("report", [row(1, "R2")])
    assert len(told(held, (), ("R1", "R2"))) == 2


def test_reports_of_other_logs_are_found_though_they_are_not_held(held: MissionFile, chance: Chance) -> None:
    with held.pen(0, chance) as pen:
        pen.insert("report", [row(0, "R1"), row(FIRST_PLACE + 3, "R1", id="eeeeeeeeeeee")])
        pen.insert("opened", [(FIRST_PLACE + 3, 1)])
    assert [one.seq for one in told(held, (), ("R1",))] == [0, FIRST_PLACE + 3]
    assert [one.seq for one in told(held, ("eeeeeeeeeeee",), ())] == [FIRST_PLACE + 3]


def test_tables_made_anew_are_read_anew(held: MissionFile, chance: Chance) -> None:
    with held.pen(0, chance) as pen:
        pen.insert("report", [row(0, "R1")])
    assert len(told(held, (), ("R1",))) == 1
    with held.pen(0, chance) as pen:
        pen.clear_read_tables()
        pen.insert("report", [row(0, "R1 bis")])
    assert [one.source_row for one in told(held, (), ("R1", "R1 bis"))] == ["R1 bis"]


def test_a_mission_of_which_nobody_asked_for_it_holds_nothing(tmp_path: Path) -> None:
    assert named_held.named_in(tmp_path / "other.truceline") is None
