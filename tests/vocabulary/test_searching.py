"""What is searched for, compared as it was meant and not as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import ValueNotRead
from truceline.vocabulary.searching import MOST_ASKED, fits, pieces, terms_of, words_of


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("قريه", "في القرية"), ("احمد", "أحمد"), ("٣ قتلى", "3 قتلى"), ("MÜNSTER", "Munster"), ("dont", "don't"),
        ("алеппо", "Алеппо"), ("shel", "Shelling"), ('"two words"', "these two words"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_another_spelling(asked: str, text: str) -> None:
    assert fits(terms_of(asked), [text])


@pytest.mark.parametrize(
    ("asked", "text"), [('"two words"', "words two"), ('"shel"', "shelling"), ("s", "shelling"), ("ab cd", "ab")]
)
def test_what_is_not_said_is_not_found(asked: str, text: str) -> None:
    assert not fits(terms_of(asked), [text])


def test_words_of_two_fields_are_not_one_after_the_other() -> None:
    assert not fits(terms_of('"old mill"'), ["old", "mill"])
    assert fits(terms_of("old mill"), ["old", "mill"])


def test_what_was_found_stands_apart_and_nothing_is_lost_before_or_after() -> None:
    parted = pieces("Shells fell on the mill.", terms_of("fell mill"))
    assert "".join(one.text for one in parted) == "Shells fell on the mill."
    assert [one.text for one in parted if one.found] == ["fell", "mill"]


def test_too_much_is_refused() -> None:
    with pytest.raises(ValueNotRead, match="too long"):
        terms_of("a" * (MOST_ASKED + 1))
    with pytest.raises(ValueNotRead, match="too many"):
        terms_of(" ".join("abcdefghijklm"))


@given(st.text(max_size=MOST_ASKED))
def test_any_text_is_asked_and_shown_without_an_error(text: str) -> None:
    terms = terms_of(text) if len(text.split()) < 3 and text.count('"') < 3 else ()
    shown = "".join(one.text for one in pieces(text, terms)).strip("…")
    assert shown in text or "…" in text
    assert all(words_of(word) for term in terms for word in term.words)


@given(st.text(min_size=1, max_size=60).filter(lambda text: '"' not in text and bool(words_of(text))))
def test_a_text_is_found_by_itself_in_quotation_marks(text: str) -> None:
    assert fits(terms_of(f'"{text}"'), [text])
