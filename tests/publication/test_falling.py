"""Did violence fall: every comparison with its standing, both answers, and figures that a reader can check."""

import re
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from truceline.publication.bulletin import SHORT, render
from truceline.publication.comparison_words import ANSWERS, CHOICES, CODES, METHODS, PERIODS, sentence
from truceline.publication.falling import cards, overview
from truceline.publication.falling_picture import picture
from truceline.publication.languages import LANGUAGES, words_for
from truceline.publication.names import names_of
from truceline.vocabulary.assessment import Reason
from truceline.vocabulary.comparison import Fell

sys.path.insert(0, str(Path(__file__).parent))

import made_up

WORDS = words_for("en")
PAGE = made_up.page()
NAMES = dict(names_of(PAGE.agreement, WORDS))
VALUES: dict[str, str | int] = {
    "low": "0.30", "high": "0.80", "percent": 25, "least": 7, "days": 14, "period": "window", "ratio": "1.20", "n": 3,
    "constant": 5, "methods": "quasi_poisson, newey_west", "most": 6, "now": "10.8", "eve": 14, "day": "2025-03-18",
    "rate": "0.21", "of": 28, "options": "--eve", "comparison": "two_weeks",
}  # fmt: skip


def text_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def test_a_registered_comparison_and_an_exploratory_one_are_told_apart_wherever_they_are_shown() -> None:
    assert [one.registered for one in PAGE.falling] == [True, False]
    assert re.findall(r'class="badge (\w+)"', overview(PAGE, WORDS)) == ["firm", "loose"]
    first, second = (text_of(cards(PAGE, k, WORDS, NAMES)) for k in (0, 1))
    assert "registered before" in first
    assert "Entered in the record as the comparison Two weeks before and after the start" in first
    assert "exploratory" in second
    assert "The record does not show that they were entered before the window began." in second


def test_the_test_and_the_plain_rule_stand_side_by_side_in_equal_form() -> None:
    views = re.findall(r'<div class="view">(.*?)</div>', cards(PAGE, 0, WORDS, NAMES), re.S)
    assert [text_of(re.search(r'class="by">(.*?)<', view)[1]) for view in views] == ["By the test", "By the plain rule"]
    said = [text_of(re.search(r'class="says">(.*?)<', view)[1]) for view in views]
    assert said == [PAGE.falling[0].tested.answer.replace("_", " "), "not quiet"]


def test_the_ratio_by_hand_is_that_of_the_counts_and_days_beside_it() -> None:
    found = re.search(
        r"By hand, from incidents known to the day: (\d+) in (\d+) days \(([\d.]+) a day\) against (\d+) in (\d+) days"
        r" \(([\d.]+) a day\): ratio (\d+\.\d\d)",
        text_of(cards(PAGE, 0, WORDS, NAMES)),
    )
    assert found is not None
    after, after_days, now, before, before_days, was, ratio = map(float, found.groups())
    assert now == pytest.approx(after / after_days, abs=0.005)
    assert was == pytest.approx(before / before_days, abs=0.005)
    assert ratio == pytest.approx((after / after_days) / (before / before_days), abs=0.005)
    told = PAGE.falling[0].tested
    assert (after, before) == (told.after.dated_to_one_day, told.before.dated_to_one_day)


def test_every_other_choice_of_baseline_and_sources_is_shown() -> None:
    shown = text_of(cards(PAGE, 0, WORDS, NAMES))
    told = PAGE.falling[0].tested
    assert {"with_the_eve", "all_sources", "dated_to_one_day"} <= {one.choice for one in told.choices}
    assert all(CHOICES[one.choice] in shown for one in told.choices)
    assert "The smallest reduction that this window would have shown" in shown
    assert "What would change the answer" in shown


def test_numbers_of_a_comparison_ask_for_the_sources_it_is_decided_on() -> None:
    assert PAGE.panels() == [("hotline", "monitors", "relief-agency")]
    asked = re.findall(r'data-q="([^"]*)"', cards(PAGE, 0, WORDS, NAMES))
    assert asked
    assert all(question.split()[5:] == ["0"] for question in asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_has_a_bar_for_each_day_with_incidents_and_marks_the_periods(language: str) -> None:
    one = PAGE.falling[0]
    drawn = picture(PAGE, 0, one, words_for(language))
    assert drawn.count('<g class="bar"') == sum(high > 0 for high in one.tested.daily.high)
    assert re.findall(r'class="bracket (\w+)"', drawn) == ["baseline", "eve", "window"]
    ends = [tuple(map(float, pair)) for pair in re.findall(r'class="bracket \w+" d="M([\d.]+) .*?H([\d.]+)', drawn)]
    order = sorted(ends, reverse=words_for(language).mirrored)
    assert ends == order, "days run with the writing"


def test_what_cannot_be_compared_yet_is_named() -> None:
    assert "Not compared: second_month." in text_of(overview(PAGE, WORDS))


def test_a_record_without_comparisons_says_so() -> None:
    bare = replace(PAGE, falling=(), awaited=())
    assert "No comparison stands in the record" in overview(bare, WORDS)
    assert "No comparison is meant for this indicator." in cards(bare, 0, WORDS, NAMES)


def test_the_short_form_has_the_first_indicator_and_every_comparison_in_a_line() -> None:
    text = render(PAGE, "en", short=True).decode()
    assert re.findall(r'<section id="(\w+)"', text) == ["answer", *SHORT]
    assert "Short form" in text
    assert text.count('<table class="grid"') == 1
    assert text.count('class="badge') == len(PAGE.falling)
    assert len(text) < len(render(PAGE, "en")) / 1.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_reason_of_a_comparison_has_words_in_every_language(code: str, language: str) -> None:
    said = sentence(Reason(code, VALUES), language)
    assert said.endswith(".")
    assert "{" not in said
    assert "quasi_poisson" not in said
    assert bool(re.search("[\u0600-\u06ff]", said)) == (language == "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_choices_methods_and_periods_have_words_in_every_language(language: str) -> None:
    words = words_for(language)
    assert set(ANSWERS) == set(Fell)
    for messages in (ANSWERS, CHOICES, METHODS, PERIODS):
        assert len({words.plain(message) for message in messages.values()}) == len(messages)


def test_a_comparison_code_without_words_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="no_such_code"):
        sentence(Reason("no_such_code"))
