"""The key file of a mission: in clear or under a passphrase, and whole at any instant."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from truceline.errors import MissionError
from truceline.store import key_file, unlocking
from truceline.store.key_file import Keys, Lock, key_path, read_key_file, read_keys, replace_keys, under_passphrase
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]
WORDS = "six words drawn by lot today"
ORIGIN = "exercise/example.org/north"


class Person:
    """Somebody who knows one passphrase."""

    def passphrase(self, what: str) -> str:
        return WORDS

    new_passphrase = passphrase


@pytest.fixture
def person() -> Iterator[None]:
    with unlocking.asking(Person()):
        yield


@pytest.fixture
def lock(chance: Chance) -> Lock:
    return Lock(WORDS, chance)


@pytest.fixture
def closed(path: Path, lock: Lock) -> Path:
    """A mission whose key file lies under a passphrase from the beginning."""
    with MissionFile.create(
        path, exercise=True, origin="example.org/north", seed=b"s" * 32, fingerprint_secret=b"f" * 32, lock=lock
    ):
        return path


def test_a_key_file_under_a_passphrase_tells_nothing(closed: Path) -> None:
    content = key_path(closed).read_bytes()
    assert stat.S_IMODE(key_path(closed).stat().st_mode) == 0o600
    assert under_passphrase(closed)
    for secret in (b"s" * 32, b"f" * 32):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert b"example.org" not in content


def test_a_mission_with_a_locked_key_is_read_by_anybody_and_written_with_the_passphrase(
    closed: Path, chance: Chance
) -> None:
    with MissionFile.open(closed) as mission:
        assert mission.audit() == []
    with pytest.raises(MissionError, match="locked under a passphrase"):
        MissionFile.open(closed, write=True)
    with unlocking.asking(Person()), MissionFile.open(closed, write=True) as mission:
        with mission.pen(0, chance) as pen:
            pen.enter("note", [], {})
        assert mission.size == 1


@pytest.mark.usefixtures("person")
def test_a_passphrase_is_put_on_changed_and_taken_off(filled: MissionFile, path: Path, lock: Lock) -> None:
    filled.close()
    plain = key_path(path).read_bytes()
    keys = read_key_file(path)
    for held, locked in ((lock, True), (lock, True), (None, False)):
        before = key_path(path).read_bytes()
        replace_keys(path, keys, held)
        assert under_passphrase(path) == locked
        assert key_path(path).read_bytes() != before
        assert stat.S_IMODE(key_path(path).stat().st_mode) == 0o600
        assert read_keys(path, ORIGIN) == (b"s" * 32, b"f" * 32)
    assert key_path(path).read_bytes() == plain


def test_a_replacement_that_fails_leaves_the_old_key_file(
    filled: MissionFile, path: Path, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.close()
    before = key_path(path).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file.os, "fsync", full)
    with pytest.raises(MissionError, match="cannot be replaced: No space left on device"):
        replace_keys(path, read_key_file(path), lock)
    assert key_path(path).read_bytes() == before
    monkeypatch.undo()
    replace_keys(path, read_key_file(path), lock)  # what the failed one left is no hindrance
    assert [one.name for one in path.parent.glob("*.key*")] == ["north.truce.key"]


@pytest.mark.usefixtures("person")
def test_a_locked_key_file_that_was_changed_is_refused(closed: Path) -> None:
    content = key_path(closed).read_text()
    for changed in (content.replace('"passes": 3', '"passes": 2'), content.replace('"sealed": "', '"sealed": "00')):
        assert changed != content
        key_path(closed).write_text(changed)
        with pytest.raises(MissionError, match="the passphrase is another one, or the file was changed"):
            MissionFile.open(closed, write=True)


@pytest.mark.parametrize(
    "content",
    ["{}", '{"origin": "a", "seed": "73", "fingerprint_secret": "66"}', "[]", "", '{"origin": "o", "seed": "zz"}'],
)
def test_what_is_no_key_file_is_refused_without_repeating_it(path: Path, mission: MissionFile, content: str) -> None:
    key_path(path).write_text(content)
    with pytest.raises(MissionError, match="is not a key file") as caught:
        read_key_file(path)
    assert caught.value.__suppress_context__
    key_path(path).write_text('{"origin": "a", "seed": "' + "73" * 32 + '", "fingerprint_secret": "66zz"}')
    with pytest.raises(MissionError) as caught:
        read_key_file(path)
    assert "7373" not in str(caught.value)


def test_keys_and_locks_do_not_show_themselves(lock: Lock) -> None:
    keys = Keys(ORIGIN, "73" * 32, "66" * 32, "64" * 32)
    shown = f"{keys!r} {keys} {lock!r} {lock}"
    assert not [secret for secret in ("7373", "6666", "6464", WORDS) if secret in shown]
