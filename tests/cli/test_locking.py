"""Locking a mission: passphrases come from a file or the terminal, and stand nowhere else."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.store import key_file
from truceline.store.locked import Cost, locked

ONE, OTHER = "six words drawn by lot today", "another passphrase of the same holder"
QUICK = Cost(memory_kib=8, passes=1, lanes=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch the passphrases at little cost: what it costs is tested where it is done."""
    monkeypatch.setattr(key_file, "locked", lambda *given: locked(*given, cost=QUICK))


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a passphrase into the file that the environment names; the file."""

    def put(passphrase: str) -> Path:
        path = tmp_path / "passphrase"
        path.touch(mode=0o600)
        path.write_text(passphrase + "\n")
        monkeypatch.setenv("TRUCELINE_PASSPHRASE_FILE", str(path))
        return path

    return put


def new_file(desk: Any, passphrase: str) -> Path:
    """A file with a new passphrase."""
    path = desk.file("new-passphrase", passphrase)
    path.chmod(0o600)
    return path


@pytest.fixture
def whole(desk: Any, says: Callable[[str], Path]) -> Any:
    """A desk whose mission is enciphered as a whole."""
    pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'truceline[encrypted]'")
    says(ONE)
    ran = desk.run(
        "init", desk.mission, "--agreement", "example", "--exercise", "--reading", "strict", "--whole", "--json"
    )
    assert (ran.json()["locked"], ran.json()["whole"]) == (True, True)
    return desk


def words_on_the_disk(desk: Any, words: bytes) -> list[str]:
    """The mission's own files in which these words stand."""
    return sorted(one.name for one in desk.folder.glob("mission.truceline*") if words in one.read_bytes())


def test_a_mission_is_locked_used_and_unlocked(desk, says, monkeypatch):
    desk.init()
    desk.reports({"when": "2025-03-20T10:00", "area": "river_towns", "killed_best": 2})
    answered = desk.told("evaluate", "--as-of", "2025-04-01")
    plain = key_file.key_path(desk.mission).read_bytes()
    says(ONE)
    told = desk.told("lock")
    assert told == {"mission": str(desk.mission), "key_file": f"{desk.mission}.key", "locked": True, "whole": False}
    monkeypatch.delenv("TRUCELINE_PASSPHRASE_FILE")
    assert desk.told("evaluate", "--as-of", "2025-04-01") == answered  # reading needs no key
    refused = desk.run("enter", desk.mission, desk.file("act.yaml", ""))
    assert refused.code == 2
    assert "needs a passphrase, and there is no terminal to ask at" in refused.err
    says(ONE)
    desk.reports({"when": "2025-03-21T10:00", "area": "river_towns"})
    assert desk.told("unlock")["locked"] is False
    assert key_file.key_path(desk.mission).read_bytes() == plain
    again = desk.run("unlock", desk.mission)
    assert (again.code, again.err.startswith("truceline: ")) == (2, True)
    assert "is not locked" in again.err


def test_the_passphrase_is_changed_with_the_old_one_and_a_new_one(desk, says):
    desk.init()
    says(ONE)
    assert desk.run("lock", desk.mission).code == 0
    new = new_file(desk, OTHER)
    assert "under the new passphrase" in desk.printed("lock", "--passphrase-file", new)
    wrong = desk.run("unlock", desk.mission)
    assert wrong.code == 2
    assert "the passphrase is another one, or the file was changed" in wrong.err
    says(OTHER)
    assert desk.run("unlock", desk.mission).code == 0


def test_everything_is_done_with_a_mission_enciphered_as_a_whole(whole):
    whole.reports(
        {"when": "2025-03-20T10:00", "area": "river_towns", "killed_best": 2, "words": "Sarandib bridge was shelled"}
    )
    whole.watched("2025-03-15", "2025-03-20")
    whole.act(
        act="declaration", by="alpha", at="2025-03-20T10:00", clock="seven_quiet_days", says="not_met", because="So."
    )
    assert words_on_the_disk(whole, b"Sarandib") == []
    assert words_on_the_disk(whole, b"SQLite format") == []
    assert whole.told("audit")["faults"] == []
    assert whole.told("rebuild")["same"] is True
    assert whole.cell("lethal_incidents", "river_towns", "2025-03-20")["verdict"] == "not_quiet"
    assert "EXERCISE" in whole.bulletin().upper()
    assert len(whole.told("acts")["acts"]) == 1
    assert whole.run("log", "head", whole.mission).code == 0
    assert words_on_the_disk(whole, b"Sarandib") == []


def test_an_enciphered_mission_answers_as_the_same_one_in_clear(whole):
    whole.reports({"when": "2025-03-20T10:00", "area": "river_towns", "killed_best": 2})
    asked = [("evaluate", "--as-of", "2025-04-01"), ("ledger", "--as-of", "2025-04-01"), ("acts",), ("log head",)]
    sealed = [whole.run(*one[0].split(), whole.mission, *one[1:], "--json").out for one in asked]
    assert whole.told("unlock") == {
        "mission": str(whole.mission), "key_file": f"{whole.mission}.key", "locked": False, "whole": False,
    }  # fmt: skip
    assert [whole.run(*one[0].split(), whole.mission, *one[1:], "--json").out for one in asked] == sealed
    assert whole.told("lock", "--whole")["whole"] is True
    assert [whole.run(*one[0].split(), whole.mission, *one[1:], "--json").out for one in asked] == sealed
    new = new_file(whole, OTHER)
    assert whole.told("lock", "--passphrase-file", new)["whole"] is True  # a new passphrase leaves it enciphered


def test_two_holders_exchange_what_they_keep_enciphered(whole, office):
    other = office.Desk(whole.folder / "other")
    other.folder.mkdir()
    ran = other.run("init", other.mission, "--agreement", "example", "--exercise", "--reading", "strict", "--whole")
    assert ran.code == 0, ran.err
    whole.reports({"when": "2025-03-20T10:00", "area": "river_towns", "words": "Sarandib bridge was shelled"})
    key = whole.run("log", "head", whole.mission, "--json").json()["key"]
    ran = other.run("exchange", "add", other.mission, "north", "--key", key)
    assert ran.code == 0, ran.err
    bundle = whole.folder / "bundle"
    ran = whole.run("exchange", "bundle", whole.mission, bundle)
    assert ran.code == 0, ran.err
    ran = other.run("exchange", "accept", other.mission, bundle)
    assert ran.code == 0, ran.err
    assert other.told("audit")["faults"] == []


def test_the_terminal_is_asked_twice_for_a_new_passphrase_and_shows_nothing(desk, office, monkeypatch):
    desk.init()
    asked, answers = list[str](), [ONE, OTHER, ONE, ONE, ONE, OTHER, OTHER]

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return answers[len(asked) - 1]

    monkeypatch.setattr("truceline.cli.passphrase.getpass", typed)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    differ = desk.run("lock", desk.mission)
    assert (differ.code, "are not the same" in differ.err) == (2, True)
    assert desk.run("lock", desk.mission).code == 0
    changed = desk.run("lock", desk.mission)
    assert changed.code == 0
    assert [one.partition(" of ")[0] for one in asked] == [
        "New passphrase", "The same again: ", "New passphrase", "The same again: ", "Passphrase", "New passphrase",
        "The same again: ",
    ]  # fmt: skip
    assert ONE not in changed.out + changed.err


def test_a_passphrase_stands_in_no_message_and_no_file(desk, says):
    desk.init()
    shown = ""
    for passphrase in ("too short", "a" * 30, ONE, OTHER):
        says(passphrase)
        ran = desk.run("lock", desk.mission)
        shown += ran.out + ran.err
    says(OTHER)
    shown += desk.run("unlock", desk.mission).err
    assert not [one for one in ("too short", "a" * 30, ONE, OTHER) if one in shown]
    assert words_on_the_disk(desk, ONE.encode()) == []
    assert "at least 15 signs; this one has 9" in shown


@pytest.mark.parametrize(
    ("content", "mode", "sentence"),
    [
        (b"six words drawn by lot today", 0o644, "can be read by others than you"),
        (b"", 0o600, "does not hold one line of text"),
        (b"six words drawn\nby lot today", 0o600, "does not hold one line of text"),
        (b"\xff\xfe six words drawn", 0o600, "does not hold one line of text"),
        (b"a" * 5_000, 0o600, "does not hold one line of text"),
        (None, 0o600, "cannot be read"),
    ],
)
def test_a_file_that_is_not_fit_for_a_passphrase_is_refused(desk, monkeypatch, content, mode, sentence):
    desk.init()
    path = desk.folder / "passphrase"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    monkeypatch.setenv("TRUCELINE_PASSPHRASE_FILE", str(path))
    for more in ([], ["--passphrase-file", path]):
        ran = desk.run("lock", desk.mission, *more)
        assert (ran.code, sentence in ran.err) == (2, True), ran.err
        assert "six words" not in ran.err


def test_no_command_takes_a_passphrase_as_a_word(office):
    for command in ("lock", "unlock", "init"):
        out = office.truceline(command, "--help").out
        assert "--passphrase " not in out
        assert "--password" not in out
    assert "TRUCELINE_PASSPHRASE" not in os.environ


def test_a_mission_made_locked_never_had_its_key_in_clear(desk, says, monkeypatch):
    says(ONE)
    written = list[bytes]()
    plain = key_file.write_new
    monkeypatch.setattr(key_file, "write_new", lambda path, content: (written.append(content), plain(path, content)))
    ran = desk.run("init", desk.mission, "--agreement", "example", "--exercise", "--locked")
    assert ran.code == 0, ran.err
    assert "under your passphrase" in ran.out
    assert len(written) == 1
    assert key_file.is_locked(written[0])


def test_an_init_whose_passphrase_is_refused_leaves_nothing(desk, says):
    says("too short")
    ran = desk.run("init", desk.mission, "--agreement", "example", "--exercise", "--whole")
    assert ran.code == 2
    assert list(desk.folder.glob("mission*")) == []


def test_without_the_library_whole_says_what_to_install(desk, says, monkeypatch):
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("truceline.store.ciphered.import_module", absent)
    says(ONE)
    for words in (["init", desk.mission, "--agreement", "example", "--exercise", "--whole"], ["lock", "--whole"]):
        if words[0] == "lock":
            desk.init()
            words.insert(1, desk.mission)
        ran = desk.run(*words)
        assert ran.code == 2
        assert "pip install 'truceline[encrypted]'" in ran.err
    assert desk.run("lock", desk.mission).code == 0
