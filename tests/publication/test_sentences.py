"""Every reason has words in every language, and the words bend with their numbers."""

import re
from pathlib import Path

import pytest

from truceline.errors import TrucelineError
from truceline.publication.languages import LANGUAGES, words_for
from truceline.publication.sentences import CODES, SAYINGS, STATES, VERDICTS, said, say, state_word, verdict_word
from truceline.vocabulary.assessment import ClockState, Reason, Verdict

VALUES = {
    "incidents_surely": {"n": 3, "threshold": 0},
    "incidents_maybe": {"low": 0, "high": 4, "threshold": 1},
    "maybe_because_time": {"n": 2},
    "maybe_because_place": {"n": 2},
    "maybe_because_scope": {"n": 2},
    "maybe_because_same": {"n": 2},
    "not_covered": {"sources": 1, "needed": 2, "hours": 12},
    "stopped": {"sources": 1},
    "silent": {"sources": 2},
    "day_not_over": {},
    "covered": {"sources": 3, "needed": 2, "hours": 12},
    "nothing_known": {},
    "run_broken_by": {"n": 1, "threshold": 0},
    "incidents_surely_in_window": {"n": 1, "threshold": 1},
    "broken_in_no_single_day": {"n": 2, "boundary": "16:00Z"},
    "run_quiet": {"days": 7},
    "run_undecided": {"days": 7},
    "run_met_from": {"day": "2025-03-04", "days": 7},
    "reset_on": {"day": "2025-03-04"},
    "lapsed_no_extension": {"end": "2025-03-17T00:00:00+02:00"},
    "extended_until": {"end": "2025-03-17T00:00:00Z", "by": "alpha, beta"},
    "contested_by": {"a": "alpha", "b": "beta"},
    "asserted_by_one": {"by": "alpha", "needs": "beta"},
    "awaits_declaration": {"by": "beta"},
    "awaits_condition": {"condition": "aid"},
    "needs_coverage": {"area": "river_towns", "days": 2},
    "needs_agreement": {"bodies": "alpha, beta"},
    "not_started": {"start": "2025-03-15T00:00:00+02:00"},
    "declared_by": {"by": "alpha"},
    "declared_by_some": {"by": "alpha"},
    "declared_not_met_by": {"by": "alpha"},
    "elapsed": {"days": 3},
    "window_fixed": {},
    "no_figures": {},
}


def test_the_list_of_codes_is_the_list_of_this_test() -> None:
    assert set(VALUES) == CODES


def test_every_code_that_the_compliance_room_gives_has_words() -> None:
    room = Path(__file__).parents[2] / "src" / "truceline" / "compliance"
    given = {code for path in room.glob("*.py") for code in re.findall(r'Reason\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert len(given) > 20
    assert given <= CODES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(VALUES))
def test_every_code_says_its_values_in_every_language(code: str, language: str) -> None:
    sentence = say(Reason(code, VALUES[code]), language)
    assert sentence.endswith(".")
    assert "{" not in sentence
    for value in VALUES[code].values():
        if isinstance(value, int) and "threshold" not in code and value != VALUES[code].get("threshold"):
            assert str(value) in sentence
    if language == "ar":
        assert re.search("[\u0600-\u06ff]", sentence)


@pytest.mark.parametrize("code", sorted(VALUES))
def test_no_two_codes_say_the_same(code: str) -> None:
    others = {say(Reason(other, VALUES[other]), "en") for other in VALUES if other != code}
    assert say(Reason(code, VALUES[code]), "en") not in others


def test_a_code_without_words_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="no_such_code"):
        say(Reason("no_such_code", {}), "en")


def test_english_bends_with_one_and_many() -> None:
    assert say(Reason("incidents_surely", {"n": 1, "threshold": 0}), "en").startswith("1 incident surely")
    assert say(Reason("incidents_surely", {"n": 2, "threshold": 0}), "en").startswith("2 incidents surely")


def test_arabic_has_six_forms_and_uses_them() -> None:
    forms = {say(Reason("silent", {"sources": n}), "ar").replace(str(n), "#") for n in (0, 1, 2, 3, 11, 100)}
    assert len(forms) == 6
    assert "مصدرًا" in say(Reason("silent", {"sources": 11}), "ar")
    assert "مصادر" in say(Reason("silent", {"sources": 103}), "ar")


def test_ids_are_said_by_name_and_instants_as_dates() -> None:
    names = {"alpha": "Co-chair Alpha", "beta": "Co-chair Beta"}
    assert say(Reason("needs_agreement", {"bodies": "alpha, beta"}), "en", names) == (
        "These must agree: Co-chair Alpha, Co-chair Beta."
    )
    assert "4 March 2025" in say(Reason("reset_on", {"day": "2025-03-04"}), "en")
    assert "17 March 2025, 00:00 (UTC+02:00)" in say(Reason("lapsed_no_extension", VALUES["lapsed_no_extension"]), "en")
    assert "1 January 1970, 00:00 UTC" in say(Reason("not_started", {"start": 0}), "en")


def test_a_name_with_direction_overrides_cannot_turn_the_sentence() -> None:
    sentence = said(Reason("declared_by", {"by": "\u202ealpha\u2069"}), words_for("en"))
    assert "\u202e" not in sentence
    assert sentence.count("\u2068") == sentence.count("\u2069") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_state_and_saying_has_a_word(language: str) -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(STATES) == set(ClockState)
    assert len({verdict_word(verdict, language) for verdict in Verdict}) == 3
    assert len({state_word(state, language) for state in ClockState}) == len(ClockState)
    assert all(words_for(language).plain(message) for message in SAYINGS.values())


def test_a_language_without_a_catalogue_is_refused_with_the_languages_there_are() -> None:
    with pytest.raises(TrucelineError, match="'de'") as refused:
        words_for("de")
    assert "en, ar" in refused.value.mend
