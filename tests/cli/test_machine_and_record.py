"""What the machine does not let, and what was done to the file: exit 2, or exit 1 with the entry named."""

import contextlib
import shutil
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from truceline.store import opening

ROW = "report_id,source,when,kind,side_a,side_b\n1,ngo,2025-03-20,shelling,NA,Plain Front\n"


@pytest.fixture
def held(desk):
    """A mission with two reports and an act."""
    desk.init()
    desk.reports({"when": "2025-03-20", "area": "river_towns"}, {"when": "2025-03-21", "area": "river_towns"})
    desk.act(act="declaration", by="alpha", at="2025-03-20T10:00", clock="seven_quiet_days", says="met", because="So.")
    return desk


def tampered(desk, *statements):
    """Do something to the file that Truceline itself would not let anybody do."""
    with contextlib.closing(sqlite3.connect(desk.mission, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for statement in (*(f'DROP TRIGGER "{name}"' for name, _ in guards), *statements, *(sql for _, sql in guards)):
            connection.execute(statement)


def refused(ran, *words):
    assert ran.code == 2, (ran.code, ran.out, ran.err)
    assert ran.err.startswith("truceline: ") and "Traceback" not in ran.err
    assert all(word in ran.err for word in words), ran.err


EVERY = [
    ("ledger", "{m}"), ("clocks", "{m}"), ("evaluate", "{m}"), ("audit", "{m}"), ("rebuild", "{m}"), ("acts", "{m}"),
    ("refusals", "{m}"), ("take-in", "{m}", "{f}"), ("enter", "{m}", "{f}"),
    ("bulletin", "{m}", "--out", "{o}", "--audience", "internal"),
    ("export", "{m}", "--out", "{o}", "--audience", "internal"),
]  # fmt: skip


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
@pytest.mark.parametrize("kind", ["missing", "folder", "text", "empty", "other database", "newer"])
def test_what_is_no_mission_file_of_this_version_is_refused(desk, words, kind):
    path = desk.folder / "m"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("not a mission\n" * 99)
    elif kind == "empty":
        path.touch()
    elif kind == "other database":
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE t(a)")
            connection.commit()
    elif kind == "newer":
        desk.init()
        tampered(desk, "PRAGMA user_version=7")
        path = desk.mission
    file = desk.file("r.csv", ROW)
    out = desk.folder / "out"
    ran = desk.run(*(word.format(m=path, f=file, o=out) for word in words))
    newer = f"newer Truceline (format 7, this one reads {opening.FORMAT_VERSION})"
    refused(ran, str(path), *([newer] if kind == "newer" else []))
    assert not out.exists()


def test_a_mission_is_never_overwritten(held):
    before = held.mission.read_bytes()
    ran = held.run("init", held.mission, "--agreement", "example", "--exercise")
    refused(ran, "already there")
    assert held.mission.read_bytes() == before


def test_a_mission_cannot_be_made_under_a_file_or_in_no_folder(desk):
    file = desk.file("file", "x")
    for place in (file / "m.truceline", desk.folder / "none" / "m.truceline"):
        refused(desk.run("init", place, "--agreement", "example", "--exercise"), str(place))
    assert [path.name for path in desk.folder.iterdir()] == ["file"]


def test_a_key_file_in_the_way_leaves_no_half_mission(desk):
    key = desk.file("mission.truceline.key", "{}")
    refused(desk.run("init", desk.mission, "--agreement", "example", "--exercise"), "key file")
    assert not desk.mission.exists()
    assert key.read_text() == "{}"


@pytest.mark.parametrize("command", ["bulletin", "export"])
def test_an_output_that_cannot_be_written_is_refused_and_leaves_nothing(held, command):
    file = held.file("file", "x")
    for out in (file / "out.html", held.folder / "none" / "out.html"):
        refused(held.run(command, held.mission, "--out", out, "--audience", "internal"), "cannot be written")
    folder = held.folder / "folder"
    folder.mkdir()
    refused(held.run(command, held.mission, "--out", folder, "--audience", "internal"), "cannot be written")
    assert list(folder.iterdir()) == []
    assert not [path for path in held.folder.iterdir() if path.name.startswith(".")]


def test_simulate_and_demo_where_nothing_can_be_made(desk):
    file = desk.file("file", "x")
    for command in (("simulate", "--out", file / "s"), ("demo", "--no-open", "--out", file / "d")):
        refused(desk.run(*command), "file")


def test_without_its_key_a_mission_is_read_and_not_written(held):
    (held.folder / "mission.truceline.key").unlink()
    assert held.run("ledger", held.mission).code == 0
    assert held.run("audit", held.mission).code == 0
    refused(held.run("take-in", held.mission, held.file("r.csv", ROW)), "key")


def test_the_key_of_another_mission_does_not_fit(held, office, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    made = office.Desk(other).init()
    shutil.copy(other / "mission.truceline.key", held.folder / "mission.truceline.key")
    refused(held.run("take-in", held.mission, held.file("r.csv", ROW)), "is the key file of")
    assert made.run("audit", made.mission).code == 0


def test_a_second_process_that_writes_makes_this_one_wait_and_then_say_so(held, monkeypatch):
    monkeypatch.setattr(opening, "WAIT_S", 0.3)
    script = textwrap.dedent(
        """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        print("locked", flush=True)
        sys.stdin.read()
        """
    )
    entries = held.stored("SELECT count(*) FROM entry")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(held.mission)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "locked\n"
        table = held.file("r.csv", ROW)
        for words in (("take-in", held.mission, table), ("rebuild", held.mission)):
            refused(held.run(*words), "being written by another process")
        assert held.run("ledger", held.mission).code == 0  # reading goes on
        other.communicate()
    assert held.stored("SELECT count(*) FROM entry") == entries
    assert held.run("take-in", held.mission, table).code == 0
    assert held.run("audit", held.mission).code == 0


def test_two_processes_at_once_both_get_their_rows_in(held):
    command = [sys.executable, "-c", "from truceline.cli import main; main()", "take-in", str(held.mission)]
    files = [held.file(f"p{n}.csv", ROW.replace("1,ngo", f"{n},p{n}")) for n in range(2)]
    running = [
        subprocess.Popen([*command, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for file in files
    ]
    assert [(process.communicate(), process.returncode)[1] for process in running] == [0, 0]
    assert held.stored("SELECT count(*) FROM report WHERE source IN ('p0', 'p1')") == [(2,)]
    assert held.run("audit", held.mission).code == 0


# --- the record ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        (
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'kind', 'dnik') AS BLOB) WHERE seq = 4",
            4,
        ),
        ("UPDATE payload SET fields = zeroblob(9) WHERE seq = 3", 3),
        ("UPDATE payload SET secret = zeroblob(32) WHERE seq = 4", 4),
        ("UPDATE entry SET leaf = zeroblob(32) WHERE seq = 5", 5),
        ("DELETE FROM entry WHERE seq = 4", 4),
        ("DELETE FROM payload WHERE seq = 4", 4),
    ],
)
def test_an_audit_names_the_entry_that_was_changed(held, statement, entry):
    assert held.run("audit", held.mission).code == 0
    tampered(held, statement)
    ran = held.run("audit", held.mission)
    assert ran.code == 1
    assert f"entry {entry}:" in ran.out
    assert "The record does not hold" in ran.out
    told = held.run("audit", held.mission, "--json")
    assert told.code == 1
    assert entry in [fault["seq"] for fault in told.json()["faults"]]


def test_a_word_changed_in_a_row_is_found(held):
    [(fields,)] = held.stored("SELECT fields FROM payload WHERE seq = 3")
    changed = bytes(fields).replace(b"shelling", b"air_raid")
    assert changed != fields
    tampered(held, f"UPDATE payload SET fields = X'{changed.hex()}' WHERE seq = 3")
    ran = held.run("audit", held.mission)
    assert (ran.code, "entry 3:" in ran.out) == (1, True)


def test_a_cut_off_end_is_found(held):
    tampered(held, "DELETE FROM payload WHERE seq = 6", "DELETE FROM entry WHERE seq = 6")
    assert held.run("audit", held.mission).code == 1


def test_a_kept_file_that_was_changed_is_found(held):
    tampered(held, "UPDATE blob SET bytes = zeroblob(40)")
    assert held.run("audit", held.mission).code == 1


def test_nothing_is_entered_into_a_record_that_was_changed(held):
    tampered(held, "DELETE FROM payload WHERE seq = 6", "DELETE FROM entry WHERE seq = 6")
    refused(held.run("take-in", held.mission, held.file("r.csv", ROW)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report SET killed_best = 99 WHERE seq = 3", "DELETE FROM report WHERE seq = 4", "DELETE FROM act",
        "UPDATE agreement SET reading = 'lenient'", "UPDATE submission SET rows = 7",
    ],
)  # fmt: skip
def test_rebuild_finds_and_mends_a_read_table_that_was_changed(held, statement):
    before = held.told("ledger", "--as-of", "2025-04-01")
    tampered(held, statement)
    assert held.run("audit", held.mission).code == 0  # the record itself holds
    ran = held.run("rebuild", held.mission)
    assert ran.code == 1
    assert "are mended now" in ran.out
    assert held.run("rebuild", held.mission).code == 0
    assert held.told("ledger", "--as-of", "2025-04-01") == before


def test_the_file_itself_refuses_to_be_changed(held):
    with contextlib.closing(sqlite3.connect(held.mission)) as connection:
        for statement in (
            "UPDATE entry SET leaf = zeroblob(32)",
            "DELETE FROM payload",
            "DELETE FROM head",
            "UPDATE blob SET name = 'x'",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


# --- pipes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("ledger", "{m}", "--json"), ("clocks", "{m}"), ("--help",), ("ledger", "{m}")], ids=str
)
def test_a_reader_that_goes_away_is_no_trouble(held, words):
    command = [
        sys.executable,
        "-c",
        "from truceline.cli import main; main()",
        *(word.format(m=held.mission) for word in words),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
    assert complaint == b""
    assert process.returncode == 0 or words == ("--help",)  # the help is printed by a library, which exits 1
