"""Sources side by side on the page: ranges, never sums; effort named; two counts of one thing beside each other."""

import re
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import made_up

from truceline.publication import source_tables
from truceline.publication.bulletin import render
from truceline.publication.figures import low_best_high
from truceline.publication.languages import LANGUAGES, words_for
from truceline.publication.listings import recalled
from truceline.publication.names import names_of
from truceline.publication.source_words import CODES, PLAIN, period_words, sentence, told
from truceline.publication.sources import side_by_side
from truceline.vocabulary.assessment import Reason

WORDS = words_for("en")
PAGE = made_up.page()
NAMES = dict(names_of(PAGE.agreement, WORDS))
BETWEEN = ("2025-03-01", "2025-04-29")


def text_of(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def row_of(markup: str, *words: str) -> str:
    return next(text for row in markup.split("<tr>") if all(word in (text := text_of(row)) for word in words))


SECTION = side_by_side(PAGE, WORDS, NAMES)


def test_what_two_sources_both_have_is_a_range_from_declared_to_the_most_that_could_be() -> None:
    row = row_of(SECTION, "monitors and hotline", "60 50")
    assert "5 – 40 20 – 55 10 – 45" in row
    assert "2 of 9" in row
    assert "0 – ≤ 31" in row_of(SECTION, "monitors and relief-agency")
    assert "≤: too many to be paired off" in text_of(SECTION)
    assert "1 pair of sources has surely nothing in common." in text_of(SECTION)


def test_sources_that_rest_on_one_origin_are_said_to_support_nothing() -> None:
    assert "both rest on wire : no support for one another" in text_of(SECTION)


def test_figures_of_a_source_that_gives_none_are_not_given_and_not_nought() -> None:
    assert "7 – not given – 19 not given – 12 – 30" in row_of(SECTION, "monitors and hotline", "60 50")
    assert text_of(low_best_high(None, None, None, WORDS)) == "not given"
    assert text_of(low_best_high(0, 0, 0, WORDS)) == "0"


def test_an_arrival_is_named_beside_the_rise() -> None:
    shown = text_of(SECTION)
    assert "relief-agency first reports on 3 March 2025 (28 reports in these days)" in shown
    assert "3 March 2025 to 9 March 2025 : reports rise from 60 to 90" in shown


def test_two_counts_of_one_truce_stand_beside_each_other_with_their_difference_and_no_sum() -> None:
    row = row_of(SECTION, "violations", "alpha", "beta")
    assert "120" in row
    assert "40 – not given – 75" in row
    assert "24 / 0" in row
    assert not {"160", "195", "97"} & set(row.split())
    assert "alpha : violations is 12, its parts make 11; neither is mended." in text_of(SECTION)
    assert "4 counts say no period" in text_of(SECTION)


def test_long_tables_are_cut_and_say_how_much_is_left() -> None:
    few = made_up.sources(0, 9 * made_up.DAY)
    many = msgspec.structs.replace(
        few, pairs=few.pairs[:1] * 40, remarks=few.remarks * 20, counts=few.counts * 50, sources=few.sources * 9
    )
    shown = side_by_side(replace(PAGE, sources=many), WORDS, NAMES)
    for left in (
        40 - source_tables.MOST_PAIRS,
        50 - source_tables.MOST_COUNTS,
        27 - source_tables.MOST_SOURCES,
        40 - 8,
    ):
        assert f"{left} more in truceline sources" in text_of(shown)
    assert len(shown) < 60_000


def test_a_mission_without_reports_has_nothing_side_by_side() -> None:
    assert "No source reports in these days." in side_by_side(replace(PAGE, sources=None), WORDS, NAMES)


def test_reports_taken_back_by_their_source_are_counted_by_source() -> None:
    assert "Report ids taken back by their own source: 4 ( hotline 3, wire 1)" in text_of(recalled(PAGE, WORDS))
    assert "No source has taken a report back." in recalled(replace(PAGE, recalled=()), WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_on_effort_is_said_in_every_language(language: str) -> None:
    for code in CODES:
        values = dict.fromkeys(re.findall(r"\{(\w+)\}", PLAIN[code]), 3)
        given = Reason(code, {**values, "day": "2025-03-03", "period": "2025-W10"})
        assert told(given, words_for(language), BETWEEN)
        assert sentence(given, language)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2025-W10", "3 March 2025 to 9 March 2025"),
        ("2025-W09", "1 March 2025 to 2 March 2025"),
        ("2025-04", "1 April 2025 to 29 April 2025"),
        ("2025-03-09", "9 March 2025"),
    ],
)
def test_a_period_is_said_in_dates_cut_off_where_the_span_is(name: str, words: str) -> None:
    assert period_words(WORDS, name, BETWEEN) == words


def test_the_short_form_leaves_the_section_out() -> None:
    assert b'id="sources"' in render(PAGE, "en")
    assert b'id="sources"' not in render(PAGE, "en", short=True)
