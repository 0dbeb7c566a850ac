"""The stack of texts on two time lines: when each held, and when it was known. Missing is shown as missing."""

from importlib import resources
from typing import Any

import msgspec
import pytest

from truceline.pipeline.instruments import shown_to
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.marking import INTERNAL, Audience, Reader
from truceline.vocabulary.plain_yaml import read_yaml

PACK = resources.files("truceline") / "agreements" / "syria-2016" / "agreement.yaml"
SECRET = "standard_procedures_2016_03_28"


@pytest.fixture
def stack(desk) -> Any:
    desk.init("syria-2016", reading=None)

    def one(name: str, *options: object) -> Any:
        [found] = desk.told("instruments", name, *options)["instruments"]
        return found

    return one


def test_a_text_held_before_it_was_known(stack):
    then, later = (stack(SECRET, "--as-of", day) for day in ("2016-04-01", "2016-09-28"))
    assert (then["effect"], then["known"], then["known_from"]) == ("in_force", False, "2016-09-27")
    assert (later["effect"], later["known"]) == ("in_force", True)
    assert then["in_force"].startswith("2016-03-28T00:00:00")
    assert then["missing"]


def test_where_each_stands_as_of_a_day(stack):
    assert stack("arrangement_2016_09_09", "--as-of", "2016-09-08")["effect"] == "not_made"
    assert stack("arrangement_2016_09_09", "--as-of", "2016-09-11")["effect"] == "not_yet_in_force"
    assert stack("arrangement_2016_09_09", "--as-of", "2016-09-13")["effect"] == "in_force"
    assert stack("resolution_2268", "--as-of", "2016-09-13")["effect"] == "no_effect_of_its_own"


def test_who_recommitted_to_a_text_by_then(stack):
    assert stack("coh_2016_02_22", "--as-of", "2016-03-01")["recommitted_by"] == ["resolution_2268"]
    assert "statement_2016_05_09" in stack("coh_2016_02_22", "--as-of", "2016-05-10")["recommitted_by"]


def test_what_is_missing_is_printed_as_missing(desk, stack):
    printed = desk.printed("instruments")
    assert "MISSING: its words are not held" in printed
    assert "secret" in printed and "not known before 2016-09-27" in desk.printed("instruments", "--as-of", "2016-06-01")


def test_one_that_is_not_there_is_refused_with_those_that_are(desk, stack):
    ran = desk.run("instruments", desk.mission, "annex_z")
    assert ran.code == 2
    assert "coh_2016_02_22" in ran.err


def test_an_instrument_whose_existence_is_sealed_is_shown_to_the_holders_alone():
    agreement = msgspec.convert(read_yaml(PACK.read_bytes()).value, Agreement)
    sealed = tuple(msgspec.structs.replace(one, sealed=one.id == SECRET) for one in agreement.instruments)
    agreement = msgspec.structs.replace(agreement, instruments=sealed)
    assert SECRET in {one.id for one in shown_to(agreement, INTERNAL)}
    for audience in set(Audience) - {Audience.INTERNAL}:
        assert SECRET not in {one.id for one in shown_to(agreement, Reader(audience))}


def test_each_language_is_a_text_of_its_own_and_a_translation_says_so(desk, stack):
    russian, english = stack(SECRET)["wordings"]
    assert (russian["language"], russian["translated_from"]) == ("ru", "")
    assert (english["language"], english["translated_from"], english["missing"]) == ("en", "ru", True)
    assert "text en, machine translation, translated from ru, NOT HELD WHOLE" in desk.printed("instruments", SECRET)
