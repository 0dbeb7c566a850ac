"""Who is asked for a passphrase: once, and never where nobody said whom to ask."""

import threading
from collections.abc import Callable

import pytest

from truceline.errors import MissionError
from truceline.store.locked import Cost, locked
from truceline.store.unlocking import SHORTEST, asking, fit, new_passphrase, opened

WORDS = "six words drawn by lot today"


class Person:
    """Somebody who knows one passphrase, and counts how often he was asked."""

    def __init__(self, says: str = WORDS) -> None:
        self.says = says
        self.asked: list[str] = []

    def passphrase(self, what: str) -> str:
        self.asked.append(what)
        return self.says

    new_passphrase = passphrase


@pytest.fixture
def form(chance: Callable[[int], bytes]) -> bytes:
    return locked(b"the keys", WORDS, chance, Cost(memory_kib=8, passes=1, lanes=1))


def test_nobody_is_asked_unless_a_face_said_whom(form: bytes) -> None:
    with pytest.raises(MissionError, match=r"The key file north\.key is locked under a passphrase") as caught:
        opened(form, "the key file north.key")
    assert "TRUCELINE_PASSPHRASE_FILE" in caught.value.mend
    with pytest.raises(MissionError, match="nobody can be asked"):
        new_passphrase("the mission north")


def test_a_person_is_asked_once_for_one_file(form: bytes) -> None:
    person = Person()
    with asking(person):
        assert [opened(form, "the key file north.key") for _ in range(3)] == [b"the keys"] * 3
    assert person.asked == ["the key file north.key"]
    with pytest.raises(MissionError):
        opened(form, "the key file north.key")


def test_threads_of_a_server_do_not_ask_again(form: bytes) -> None:
    person, found = Person(), list[bytes]()
    with asking(person):
        threads = [threading.Thread(target=lambda: found.append(opened(form, "it"))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (found, person.asked) == ([b"the keys"] * 4, ["it"])


def test_a_wrong_passphrase_is_told_without_it_and_asked_for_again(form: bytes) -> None:
    person = Person("another passphrase altogether")
    with asking(person):
        for _ in range(2):
            with pytest.raises(MissionError, match="was not opened: the passphrase is another one") as caught:
                opened(form, "the key file")
            assert person.says not in str(caught.value)
            assert caught.value.__context__ is None or person.says not in str(caught.value.__context__)
        person.says = WORDS
        assert opened(form, "the key file") == b"the keys"


@pytest.mark.parametrize(
    ("passphrase", "sentence"),
    [
        ("", f"at least {SHORTEST} signs; this one has 0"),
        ("short", "this one has 5"),
        ("a" * 40, "different signs"),
        ("a" * 2_000, "at most"),
        ("line one of it\nline two", "no control characters"),
        ("line one of it\0line two", "no control characters"),
    ],
)
def test_a_passphrase_that_can_be_guessed_is_refused_and_not_repeated(passphrase: str, sentence: str) -> None:
    with pytest.raises(MissionError, match=sentence) as caught:
        fit(passphrase)
    assert not passphrase or passphrase not in str(caught.value)
    assert "words drawn by lot" in caught.value.mend
    with asking(Person(passphrase)), pytest.raises(MissionError, match=sentence):
        new_passphrase("the mission")


def test_words_in_any_script_are_a_passphrase() -> None:
    for words in (WORDS, "خمس كلمات بالقرعة", "correct-horse-battery"):
        assert fit(words) == words
