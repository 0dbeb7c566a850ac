"""A mission that is enciphered as a whole: no word of it on the disk, and everything as with one in clear."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from truceline.errors import MissionError
from truceline.store import ciphered, enciphering, key_file, unlocking
from truceline.store.key_file import Lock, key_path
from truceline.store.mission_file import MissionFile

pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'truceline[encrypted]'")
Chance = Callable[[int], bytes]
WORDS = "six words drawn by lot today"
TOLD = [b"Sarandib bridge", b"forty shells", b"vdc-4711"]
KEY = b"k" * 32
CHILD = """
import sys
from pathlib import Path
from truceline.store import unlocking
from truceline.store.mission_file import MissionFile

class Person:
    def passphrase(self, what):
        return "six words drawn by lot today"

with unlocking.asking(Person()), MissionFile.open(Path(sys.argv[1]), write=True) as mission:
"""


class Person:
    """Somebody who knows one passphrase."""

    def passphrase(self, what: str) -> str:
        return WORDS

    new_passphrase = passphrase


@pytest.fixture(autouse=True)
def person() -> Iterator[None]:
    with unlocking.asking(Person()):
        yield


@pytest.fixture
def sealed(path: Path, chance: Chance) -> Iterator[MissionFile]:
    """A new mission enciphered as a whole, with one row and the file it came from."""
    with MissionFile.create(
        path, exercise=True, origin="example.org/north", seed=b"s" * 32, fingerprint_secret=b"f" * 32,
        lock=Lock(WORDS, chance, KEY),
    ) as made:  # fmt: skip
        told(made, chance)
        yield made


def told(mission: MissionFile, chance: Chance) -> None:
    """Enter a report, with all its words."""
    with mission.pen(0, chance) as pen:
        layout = pen.enter("layout", [("layout", b"where, what, source")], {})
        rows = pen.rows([[("where", TOLD[0]), ("what", TOLD[1]), ("source", TOLD[2])]], layout[1])
        name, salt = pen.blob(b"where,what,source\n" + b",".join(TOLD))
        pen.submission(rows[0][0], [("blob", name.encode()), ("blob_salt", salt)], {})
        pen.insert("agreement", [(rows[0][0], "id", TOLD[0].decode(), "1", "", "")])


def on_the_disk(path: Path) -> dict[str, bytes]:
    """All files of the folder, by their names."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def test_no_word_of_a_report_stands_in_any_file_of_the_folder(sealed: MissionFile, path: Path) -> None:
    files = on_the_disk(path)
    assert {"north.truce", "north.truce-wal", "north.truce-shm", "north.truce.key"} <= set(files)
    assert len(files["north.truce-wal"]) > 8192
    for words in [
        *TOLD,
        b"example.org",
        b"SQLite format",
        b"CREATE TABLE",
        b"s" * 32,
        b"f" * 32,
        KEY,
        KEY.hex().encode(),
    ]:
        assert [name for name, content in files.items() if words in content] == []
    sealed.close()
    for words in [*TOLD, b"example.org", b"SQLite format"]:
        assert [name for name, content in on_the_disk(path).items() if words in content] == []


def test_the_same_words_do_stand_in_a_file_in_clear(mission: MissionFile, path: Path, chance: Chance) -> None:
    """The search above would find them."""
    told(mission, chance)
    files = on_the_disk(path)
    assert all(any(words in content for content in files.values()) for words in TOLD)


def test_it_is_read_written_and_audited_like_one_in_clear(sealed: MissionFile, path: Path, chance: Chance) -> None:
    sealed.close()
    with MissionFile.open(path, write=True) as mission:
        with mission.pen(0, chance) as pen:
            pen.enter("act", [("act", b"a restriction")], {})
        assert mission.size == 4
    with MissionFile.open(path) as mission:
        assert mission.audit() == []
        assert dict(mission.sealed(1)[1])["where"] == TOLD[0]


def test_without_the_passphrase_or_the_key_file_it_is_not_read(sealed: MissionFile, path: Path) -> None:
    sealed.close()
    with unlocking.asking(unlocking._Nobody()), pytest.raises(MissionError, match="is locked under a passphrase"):
        MissionFile.open(path)
    key_path(path).rename(path.with_name("moved"))
    for write in (False, True):
        with pytest.raises(MissionError, match=r"is not a mission file, or north\.truce\.key is not its key file"):
            MissionFile.open(path, write=write)


def test_the_key_file_of_another_mission_does_not_open_it(sealed: MissionFile, path: Path, chance: Chance) -> None:
    sealed.close()
    for key in (b"j" * 32, b""):
        keys = key_file.Keys("exercise/example.org/north", (b"s" * 32).hex(), (b"f" * 32).hex(), key.hex())
        key_file.replace_keys(path, keys, None)
        with pytest.raises(MissionError, match="is not its key file"):
            MissionFile.open(path)


def test_without_the_library_it_says_what_to_install_and_asks_nobody(
    sealed: MissionFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed.close()

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(ciphered, "import_module", absent)
    with (
        unlocking.asking(unlocking._Nobody()),
        pytest.raises(MissionError, match="SQLCipher is not installed") as caught,
    ):
        MissionFile.open(path)
    assert "truceline[encrypted]" in caught.value.mend


def test_a_folder_without_room_for_the_wal_can_still_be_read(sealed: MissionFile, path: Path) -> None:
    sealed.close()
    path.with_name(path.name + "-shm").mkdir()
    with MissionFile.open(path) as mission:
        assert mission.size == 3
        assert mission.audit() == []


def test_a_changed_byte_of_any_page_is_told_as_damage_or_is_of_a_page_that_holds_nothing(
    sealed: MissionFile, path: Path
) -> None:
    dumped = sealed.dump_tables()
    sealed.close()
    content, refused = path.read_bytes(), list[str]()
    pages = range(0, len(content), ciphered.PAGE_BYTES)
    for start in pages:
        changed = bytearray(content)
        changed[start + 77] ^= 1
        path.write_bytes(changed)
        try:
            with MissionFile.open(path) as mission:
                assert (mission.audit(), mission.dump_tables()) == ([], dumped)
        except MissionError as error:
            refused.append(error.message)
    assert all("is damaged" in message or "is not its key file" in message for message in refused)
    assert len(refused) > len(pages) // 3
    print(f"{len(refused)} of {len(pages)} pages were read, and each was refused when one bit of it was changed")


def test_nothing_is_said_on_stderr_by_the_library(
    sealed: MissionFile, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sealed.close()
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(MissionError):
        MissionFile.open(path)
    assert capfd.readouterr() == ("", "")


def test_a_second_writer_is_told_that_another_process_is_writing(
    sealed: MissionFile, path: Path, chance: Chance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.store.opening.WAIT_S", 0.2)
    program = (
        CHILD + "    with mission.pen(0, bytes):\n        print('writing', flush=True)\n        sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"writing\n"
        with (
            MissionFile.open(path, write=True) as mission,
            pytest.raises(MissionError, match="being written by another process"),
            mission.pen(0, chance),
        ):
            pass
        other.communicate()


@pytest.mark.parametrize("delay_ms", [3, 17, 41])
def test_a_mission_killed_while_it_is_written_holds_whole_commands_only(
    sealed: MissionFile, path: Path, delay_ms: int
) -> None:
    sealed.close()
    program = CHILD.replace("import sys", "import os, sys") + (
        "    while True:\n"
        "        with mission.pen(0, os.urandom) as pen:\n"
        "            rows = pen.rows([[('what', b'shelling'), ('where', b'Aleppo')]] * 200, 'ab' * 32)\n"
        "            pen.submission(rows[0][0], [], {})\n"
        "        print(mission.size, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        said = int(writer.stdout.readline())
        time.sleep(delay_ms / 1000)
        os.kill(writer.pid, signal.SIGKILL)
    with MissionFile.open(path, write=True) as after:
        assert after.size >= said
        assert (after.size - 3) % 201 == 0
        assert after.audit() == []


def recast(path: Path, now: bytes | None, then: bytes | None, before_swap: Callable[[], None] = lambda: None) -> None:
    """Put the mission under another key, as `lock` and `unlock` do, and the key into its key file."""
    keys = key_file.read_key_file(path)
    held = key_file.msgspec.structs.replace(keys, database_key=(then or now or b"").hex())
    enciphering.recast(path, now, then, lambda: (before_swap(), key_file.replace_keys(path, held, None))[0])


def test_a_mission_in_clear_is_enciphered_and_deciphered_again(filled: MissionFile, path: Path, chance: Chance) -> None:
    dumped, cut = filled.dump_tables(), filled.cut()
    filled.close()
    for now, then in ((None, KEY), (KEY, None), (None, KEY)):
        recast(path, now, then)
        assert ciphered.is_enciphered(path, anew=True) == (then is not None)
        assert not [name for name in on_the_disk(path) if name.endswith((".new", "-journal"))]
        with MissionFile.open(path, write=True) as mission:
            assert (mission.dump_tables(), mission.cut(), mission.audit()) == (dumped, cut, [])
            assert mission._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert int(mission._connection.execute("PRAGMA page_size").fetchone()[0]) == 8192
            with pytest.raises(Exception, match="never changed"):
                mission._connection.execute("DELETE FROM entry")
            with mission.pen(0, chance) as pen:
                pen.enter("note", [], {})
            dumped, cut = mission.dump_tables(), mission.cut()
    with MissionFile.open(path) as mission:
        assert mission.size == 8


@pytest.mark.parametrize("write", [False, True])
def test_a_mission_that_somebody_has_open_is_not_touched(
    filled: MissionFile, path: Path, write: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    monkeypatch.setattr(enciphering, "WAIT_S", 0.2)
    program = CHILD.replace("write=True", f"write={write}") + "    print('open', flush=True)\n    sys.stdin.read()\n"
    with subprocess.Popen(
        [sys.executable, "-c", program, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        before = path.read_bytes()
        with pytest.raises(MissionError, match="is open in another command"):
            recast(path, None, KEY)
        assert path.read_bytes() == before
        other.communicate()
    recast(path, None, KEY)
    with MissionFile.open(path) as mission:
        assert mission.audit() == []


def test_who_waits_for_the_old_file_does_not_write_into_it(filled: MissionFile, path: Path) -> None:
    """Whatever a waiting process acknowledges is in the file that is in place afterwards."""
    filled.close()
    program = CHILD.replace("import sys", "import os, sys") + (
        "    with mission.pen(0, os.urandom) as pen:\n"
        "        pen.enter('note', [], {})\n"
        "    print('entered', flush=True)\n"
    )
    waiting: list[subprocess.Popen[bytes]] = []

    def somebody_comes() -> None:
        for _ in range(3):
            waiting.append(
                subprocess.Popen(
                    [sys.executable, "-c", program, path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            )
        time.sleep(1.5)  # until they have opened the old file, and wait for its lock

    recast(path, None, KEY, somebody_comes)
    entered = sum(one.communicate()[0].count(b"entered") for one in waiting)
    with MissionFile.open(path) as mission:
        assert mission.size == 5 + entered
        assert mission.audit() == []


@pytest.mark.parametrize("when", ["copied", "key replaced", "swapped"])
@pytest.mark.parametrize("enciphers", [True, False])
def test_a_change_of_cipher_killed_at_any_step_leaves_a_whole_mission(
    filled: MissionFile, path: Path, when: str, enciphers: bool
) -> None:
    filled.close()
    now, then = (None, KEY) if enciphers else (KEY, None)
    if now:
        recast(path, None, KEY)
    child = os.fork()
    if not child:
        kill = lambda: os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
        if when == "swapped":
            ciphered.remember = lambda *_, **__: kill()  # type: ignore[assignment]
        if when == "key replaced":
            key_file.sync_folder = lambda _: kill()  # type: ignore[assignment]
        recast(path, now, then, kill if when == "copied" else lambda: None)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert ciphered.is_enciphered(path, anew=True) == (enciphers == (when == "swapped"))
    with MissionFile.open(path, write=True) as mission:
        assert (mission.size, mission.audit()) == (5, [])
    if when != "swapped":
        recast(path, now, then)
    assert "north.truce.new" not in on_the_disk(path)


def test_a_disk_that_is_full_leaves_the_mission_as_it_was(
    filled: MissionFile, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    before = key_path(path).read_bytes(), sorted(on_the_disk(path))

    def full() -> None:
        raise MissionError("The disk is full.", "")

    with pytest.raises(MissionError, match="full"):
        enciphering.recast(path, None, KEY, full)
    assert (key_path(path).read_bytes(), sorted(on_the_disk(path))) == before
    with MissionFile.open(path, write=True) as mission:
        assert mission.audit() == []
        assert mission._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_number_of_a_file_that_is_gone_does_not_mislead(sealed: MissionFile, path: Path, chance: Chance) -> None:
    sealed.close()
    for wrong in (True, False):
        ciphered.remember(path, enciphered=wrong)
        with MissionFile.open(path) as mission:
            assert mission.size == 3
    recast(path, KEY, None)
    for wrong in (True, False):
        ciphered.remember(path, enciphered=wrong)
        with MissionFile.open(path) as mission:
            assert mission.size == 3


def test_a_reader_does_not_let_go_of_a_writers_locks(sealed: MissionFile, path: Path) -> None:
    """Opening and closing the file beside SQLite would: the second process would then get in."""
    with sealed.pen(0, os.urandom) as pen:
        pen.enter("note", [], {})
        threads = [threading.Thread(target=lambda: MissionFile.open(path).close()) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        program = (
            "import fcntl, sys\n"
            "with open(sys.argv[1], 'rb+') as file:\n"
            "    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 0, 0x40000000)\n"
        )
        ran = subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=False)
        assert b"BlockingIOError" in ran.stderr


def test_a_plain_tool_sees_no_database(sealed: MissionFile, path: Path) -> None:
    sealed.close()
    with sqlite3.connect(path) as raw, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        raw.execute("SELECT * FROM entry")
    raw.close()
