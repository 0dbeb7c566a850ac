"""The code lists: every list reads, has both languages, and its crosswalks point where they say."""

import re
from importlib import resources

import pytest

from truceline.vocabulary.codes import LISTS, codes, crosswalk
from truceline.vocabulary.marking import TLP, Audience


@pytest.mark.parametrize("name", LISTS)
def test_a_code_has_a_label_in_both_languages_a_meaning_and_a_standard(name: str) -> None:
    for key, code in codes(name).items():
        assert code.code == key
        assert set(code.label) == {"en", "ar"}
        assert re.search(r"[\u0600-\u06ff]", code.label["ar"])
        assert code.means.endswith(".")
        assert code.standard


@pytest.mark.parametrize("name", LISTS)
def test_no_two_codes_of_a_list_have_one_label(name: str) -> None:
    for language in ("en", "ar"):
        labels = [code.label[language] for code in codes(name).values()]
        assert len(labels) == len(set(labels))


def test_every_file_is_a_list_and_every_list_has_a_file() -> None:
    folder = resources.files("truceline") / "vocabulary" / "code_lists"
    assert sorted(one.name.removesuffix(".yaml") for one in folder.iterdir()) == sorted(LISTS)


def test_a_list_that_is_not_there_is_our_mistake() -> None:
    with pytest.raises(AssertionError, match="code list"):
        codes("../../agreements/example/agreement")


def test_lists_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        codes("weapons")["x"] = None  # type: ignore[index]


def test_ucdp_does_not_say_how_people_died() -> None:
    assert crosswalk("incident_kinds", "ucdp") == {
        "1": ("state_based_violence",),
        "2": ("non_state_violence",),
        "3": ("one_sided_violence",),
    }


def test_acled_shelling_may_be_more_than_one_of_our_kinds() -> None:
    assert crosswalk("incident_kinds", "acled")["Shelling/artillery/missile attack"] == ("shelling", "atgm_fire")


def test_determinations_are_the_five_of_the_field() -> None:
    assert list(codes("determination_categories")) == [
        "not_an_incident",
        "relevant_incident_not_violation",
        "minor_violation",
        "serious_violation",
        "pending",
    ]


def test_markings_are_the_audiences_with_their_traffic_lights() -> None:
    assert list(codes("markings")) == [audience.value for audience in Audience]
    for audience in Audience:
        assert codes("markings")[audience.value].standard.endswith(TLP[audience])


def test_the_kinds_of_the_field_are_there() -> None:
    assert {"shelling", "air_strike", "undetermined_explosion", "monitor_obstruction"} <= set(codes("incident_kinds"))
