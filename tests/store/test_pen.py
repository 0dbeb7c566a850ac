"""Entering: everything of one command, or nothing."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import MissionError
from truceline.record.commit import committed
from truceline.store import tables
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import INTERNAL

Chance = Callable[[int], bytes]
FIELD = [("what", b"shelling")]
MINUTE = 60_000_000
STEPS = st.lists(st.sampled_from(["act", "note", "layout", 0, 1, 3]), max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=4))
def test_whatever_is_entered_audits_clean(tmp_path: Path, chance: Chance, pens: list[list[str | int]]) -> None:
    with MissionFile.create(
        tmp_path / chance(8).hex(), exercise=False, origin="example.org/a", seed=b"s" * 32, fingerprint_secret=b"f" * 32
    ) as mission:
        for number, steps in enumerate(pens):
            with mission.pen(number * 400_000_000, chance) as pen:
                for step in steps:
                    first = pen.size
                    if isinstance(step, str):
                        pen.enter(step, FIELD, {})
                    else:
                        pen.rows([FIELD] * step, "ab" * 32)
                        pen.submission(first, FIELD, {})
        assert mission.audit() == []


def test_entries_come_back_with_their_kind_links_and_fields(filled: MissionFile) -> None:
    found = list(filled.payloads())
    assert [(seq, kind) for seq, kind, _, _ in found] == [
        (0, "layout"), (1, "row"), (2, "row"), (3, "submission"), (4, "act"),
    ]  # fmt: skip
    assert found[1][2] == {"layout": filled.ids()[0]}
    assert found[2][3] == [("source", b"vdc"), ("what", b"shots")]
    assert list(filled.payloads(2, 3)) == found[2:3]
    assert filled.ids(1, 3) == filled.ids()[1:3]


def test_a_revision_names_the_entry_it_supersedes(filled: MissionFile, chance: Chance) -> None:
    old = filled.ids()[1]
    with filled.pen(0, chance) as pen:
        assert pen.ids([2, 1]) == [filled.ids()[2], old]
        (seq, _), _ = pen.rows([FIELD, FIELD], filled.ids()[0], [old, None])
        pen.submission(seq, [], {})
    assert [links.get("supersedes") for _, kind, links, _ in filled.payloads(5) if kind == "row"] == [[old], None]
    assert filled.audit() == []


def test_a_command_that_fails_leaves_nothing_behind(filled: MissionFile, chance: Chance) -> None:
    before = filled.cut(), filled.dump_tables()

    def fail(error: BaseException) -> None:
        with filled.pen(0, chance) as pen:
            pen.submission(pen.rows([FIELD], "ab" * 32)[0][0], [], {})
            pen.blob(b"file")
            pen.hold([(b"k", 5, b"c")])
            raise error

    for error in (ValueError("a bad row"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            fail(error)
    assert (filled.cut(), filled.dump_tables()) == before
    assert filled.audit() == []
    with filled.pen(0, chance) as pen:
        assert pen.held([b"k"]) == {}


def test_rows_without_their_submission_are_our_own_mistake(filled: MissionFile, chance: Chance) -> None:
    with pytest.raises(AssertionError, match="without a submission"), filled.pen(0, chance) as pen:
        pen.rows([FIELD], "ab" * 32)
    with filled.pen(0, chance) as pen:
        for kind in ("row", "submission"):
            with pytest.raises(ValueError, match="not entered alone"):
                pen.enter(kind, [], {})
        with pytest.raises(ValueError, match="do not begin at 4"):
            pen.submission(4, [], {})
        first = pen.rows([FIELD, FIELD], "ab" * 32)[0][0]
        with pytest.raises(ValueError, match="do not begin"):
            pen.submission(first + 1, [], {})
        pen.submission(first, [], {})
        with pytest.raises(ValueError, match="superseded ids"):
            pen.rows([FIELD], "ab" * 32, [])
    assert filled.audit() == []


def test_a_pen_that_enters_nothing_signs_nothing(filled: MissionFile, chance: Chance, path: Path) -> None:
    before = filled.cut()
    with filled.pen(0, chance) as pen:
        pen.hold([(b"k" * 16, 1, b"c" * 16)])
    assert filled.cut() == before
    assert sqlite3.connect(path).execute("SELECT count(*) FROM head").fetchone() == (2,)


def test_heads_are_dated_at_intervals_of_ten_minutes(
    mission: MissionFile, chance: Chance, now_us: int, path: Path
) -> None:
    for minutes in (0, 1, 9, 10, 19, 25, -60):
        with mission.pen(now_us + minutes * MINUTE + 7, chance) as pen:
            pen.enter("note", [], {})
    dated = [row[0] for row in sqlite3.connect(path).execute("SELECT dated_us FROM head ORDER BY size")]
    assert [None if at is None else (at - now_us) // MINUTE for at in dated] == [0, None, None, 10, None, 25, -60]
    assert mission.audit() == []


@pytest.mark.parametrize("table", ["entry", "payload", "blob", "head"])
def test_the_record_refuses_to_be_changed(filled: MissionFile, path: Path, table: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA recursive_triggers=ON")
    column = raw.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {column} = {column}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="The record is never changed"):
            raw.execute(statement)
    assert filled.audit() == []


def test_a_full_disk_enters_nothing_and_says_so(filled: MissionFile, chance: Chance) -> None:
    """The disk is made full for SQLite alone, by its own limit on the number of pages."""
    before = filled.cut()
    pages = filled._connection.execute("PRAGMA page_count").fetchone()[0]
    filled._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(MissionError, match="disk is full"), filled.pen(0, chance) as pen:
        pen.submission(pen.rows([FIELD] * 5000, "ab" * 32)[0][0], [], {})
    filled._connection.execute("PRAGMA max_page_count=1000000")
    assert filled.cut() == before
    assert filled.audit() == []
    with filled.pen(0, chance) as pen:
        pen.enter("note", [], {})


def test_a_kept_file_comes_back_and_its_name_tells_nothing(filled: MissionFile, chance: Chance) -> None:
    with filled.pen(0, chance) as pen:
        one, two = pen.blob(b"the same file"), pen.blob(b"the same file")
        assert one[0] != two[0]
        pen.enter("note", [("blob", one[0].encode()), ("blob_salt", one[1])], {})
        pen.enter("note", [("blob", two[0].encode()), ("blob_salt", two[1])], {})
    assert filled.blob(*one) == filled.blob(*two) == b"the same file"
    assert filled.audit() == []


def test_a_file_larger_than_a_mission_keeps_is_refused(
    filled: MissionFile, chance: Chance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.store.pen.MOST_BLOB_BYTES", 10)
    with pytest.raises(MissionError, match="more than a mission keeps"), filled.pen(0, chance) as pen:
        pen.blob(b"eleven byte")


def test_revised_rows_are_superseded_once_and_the_first_stays(mission: MissionFile, chance: Chance) -> None:
    row = {"start_us": 1, "end_us": 2, "submission": 9, "row": 1}

    def coverage(seq: int) -> tuple[object, ...]:
        return tuple(
            {**row, "seq": seq}.get(name, None if kind == "INTEGER" else "")
            for name, kind in tables.READ_TABLES["coverage"].items()
        )

    with mission.pen(0, chance) as pen:
        for _ in range(9):
            pen.enter("note", [], {})
        pen.insert("coverage", [coverage(seq) for seq in range(4)])
        pen.supersede("coverage", [0, 1], 5)
        pen.supersede("coverage", [1, 2], [6, 7])
    assert [found[-1] for found in mission.rows("coverage", INTERNAL, size=0)] == []
    assert [found[0] for found in mission.rows("coverage", INTERNAL)] == [3]
    assert [found[0] for found in mission.rows("coverage", INTERNAL, size=6)] == [2, 3]
    with mission.pen(0, chance) as pen:
        with pytest.raises(AssertionError):
            pen.supersede("submission", [1], 2)
        with pytest.raises(AssertionError, match="one pen at a time"), mission.pen(0, chance):
            pass
        pen.clear_read_tables()
    assert mission.rows("coverage", INTERNAL) == []


def test_rows_prepared_before_are_entered_as_rows_are(filled: MissionFile, chance: Chance) -> None:
    payloads = [[(name, b"%d" % n) for name in ("a", "b", "c", "d", "e", "f")] for n in range(120)]
    secrets = [bytes([n]) * 32 for n in range(120)]
    ready = [committed(secret, fields) for secret, fields in zip(secrets, payloads, strict=True)]
    with filled.pen(0, chance) as pen:
        first = pen.size
        whole, _ = pen.row_forms("ab" * 32)
        bodies, leaves = whole.entries([row.commitment for row in ready])
        assert pen.prepared_rows(bodies, leaves, secrets, [row.packed for row in ready]) == first
        assert pen.committed_rows(ready[:1], "ab" * 32) == [(first + 120, leaves[0].hex())]
        pen.submission(first, FIELD, {})
    assert filled.audit() == []
    assert [fields for _, kind, _, fields in filled.payloads(first, first + 120) if kind == "row"] == payloads
