"""A mission of format 2 or 3 is brought up to format 4, whole or not at all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from truceline.errors import MissionError, RecordBroken
from truceline.store import nodes
from truceline.store.mission_file import MissionFile
from truceline.store.opening import FORMAT_VERSION
from truceline.store.upgrading import upgrade

Chance = Callable[[int], bytes]
NEW = ("node", "given", "destruction", "key_entry", "release", "opened", "revision", "model")
"""The tables that format 2 did not have."""
OLD_GUARD = "CREATE TRIGGER payload_no_update BEFORE UPDATE ON payload BEGIN SELECT RAISE(ABORT, 'no'); END"
NOON_US = 1_456_574_400_000_000


@pytest.fixture
def of_format_2(mission: MissionFile, path: Path, chance: Chance) -> Path:
    """A mission with 601 entries, as format 2 kept it."""
    with mission.pen(NOON_US, chance) as pen:
        layout = pen.enter("layout", [("layout", b"one")], {})
        rows = pen.rows([[("one", b"%d" % n)] for n in range(599)], layout[1])
        pen.submission(rows[0][0], [("file", b"rows")], {})
    mission.close()
    with closing(sqlite3.connect(path)) as raw:
        for table in NEW:
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DROP INDEX head_dated")
        raw.execute("DROP TRIGGER payload_no_update")
        raw.execute(OLD_GUARD)
        raw.execute("PRAGMA user_version=2")
    return path


def schema(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as raw:
        return set(raw.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL"))


def test_a_mission_of_format_2_says_how_it_is_opened(of_format_2: Path) -> None:
    for write in (False, True):
        with pytest.raises(MissionError, match="format 2") as refused:
            MissionFile.open(of_format_2, write=write)
        assert "truceline upgrade" in refused.value.mend


def test_it_is_brought_up_with_everything_a_new_one_has(of_format_2: Path, tmp_path: Path, chance: Chance) -> None:
    done = upgrade(of_format_2)
    assert (done.before, done.entries, done.nodes) == (2, 601, 2)
    new = {"origin": "example.org/new", "seed": b"n" * 32, "fingerprint_secret": b"f" * 32}
    with MissionFile.create(tmp_path / "new", exercise=True, **new):
        pass
    assert schema(of_format_2) == schema(tmp_path / "new")
    with MissionFile.open(of_format_2, write=True) as mission:
        assert mission.audit() == []
        with mission.pen(NOON_US, chance) as pen:
            pen.enter("act", [("act", b"restriction")], {})
        assert mission.audit() == []


def test_a_mission_of_this_format_stays_as_it_is(filled: MissionFile, path: Path) -> None:
    filled.close()
    before = path.read_bytes()
    assert upgrade(path).before == FORMAT_VERSION
    assert path.read_bytes() == before


def test_an_upgrade_that_is_interrupted_leaves_the_old_file(of_format_2: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema(of_format_2)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(nodes, "fill", stopped)
    with pytest.raises(KeyboardInterrupt):
        upgrade(of_format_2)
    monkeypatch.undo()
    assert schema(of_format_2) == before
    assert upgrade(of_format_2).before == 2


def test_a_record_that_does_not_end_where_it_says_is_not_brought_up(of_format_2: Path) -> None:
    with closing(sqlite3.connect(of_format_2)) as raw:
        raw.execute("DROP TRIGGER entry_no_update")
        raw.execute("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 7")
        raw.commit()
    before = schema(of_format_2)
    with pytest.raises(RecordBroken, match="nothing was changed"):
        upgrade(of_format_2)
    assert schema(of_format_2) == before


def test_what_is_no_mission_or_of_another_format_is_refused(of_format_2: Path, tmp_path: Path) -> None:
    with pytest.raises(MissionError, match="not there"):
        upgrade(tmp_path / "nothing")
    for version, sentence in ((1, "unknown format 1"), (9, "newer Truceline")):
        with closing(sqlite3.connect(of_format_2)) as raw:
            raw.execute(f"PRAGMA user_version={version}")
        with pytest.raises(MissionError, match=sentence):
            upgrade(of_format_2)
    with closing(sqlite3.connect(of_format_2)) as raw:
        raw.execute("PRAGMA user_version=2")
        raw.execute("CREATE TABLE node(a)")
    with pytest.raises(MissionError, match="no Truceline of its format"):
        upgrade(of_format_2)


def test_a_mission_of_format_3_is_given_the_table_of_models_and_nothing_else(
    mission: MissionFile, path: Path, tmp_path: Path
) -> None:
    mission.close()
    whole = schema(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE model")
        raw.execute("PRAGMA user_version=3")
    done = upgrade(path)
    assert (done.before, schema(path)) == (3, whole)
    with MissionFile.open(path) as opened:
        assert not opened.audit()
