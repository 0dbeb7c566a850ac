"""Scenario 23: a caller says the name of a place in Arabic to somebody who does not speak it."""

import msgspec
import pytest

from truceline.errors import ValueNotRead
from truceline.vocabulary.gazetteer import Gazetteer, NamedPlace
from truceline.vocabulary.geonames import read_geonames
from truceline.vocabulary.place_name import SaidName

SAID = "حربنفسه"
CALLED_FROM = (349_000_000, 366_000_000)
NOON = 1_456_570_800_000_000


@pytest.fixture
def gazetteer():
    """Made-up points and P-codes for names of this kind; the real gazetteer is in the test below."""
    return Gazetteer.from_rows([
        NamedPlace("g1", {"ar": "حربنفسه", "en": "Harbinafsah"}, 349_100_000, 365_000_000, ("Hirbinifsah",), "XX0501"),
        NamedPlace("g2", {"ar": "خربة نفسة", "en": "Khirbat Nafsah"}, 353_000_000, 360_000_000, (), "XX0302", "west"),
        NamedPlace("g3", {"ar": "تلدو", "en": "Talldaww"}, 348_700_000, 365_300_000, (), "XX0404", "south"),
    ])  # fmt: skip


@pytest.fixture
def said():
    return SaidName(SAID, "ar")


def test_the_words_are_entered_from_the_right_and_kept_in_their_script(said):
    assert (said.words, said.script, said.from_the_right) == (SAID, "Arabic", True)
    kept = msgspec.json.decode(msgspec.json.encode(said), type=SaidName)
    assert kept == said


def test_the_gazetteer_offers_candidates_with_p_codes_and_distances(gazetteer, said):
    first, second = gazetteer.candidates(said.words, near=CALLED_FROM)
    assert (first.place.id, first.place.pcode, first.reason) == ("g1", "XX0501", "the same name")
    assert second.place.id == "g2"
    assert second.score < first.score
    assert 9_000 < first.distance_m < 9_300


def test_one_who_only_heard_it_finds_the_same_place(gazetteer):
    for heard in ("Hirbinifsah", "Herbenafseh", "Хирбнафса"):
        assert gazetteer.candidates(heard)[0].place.id == "g1"


def test_it_may_stay_unresolved(gazetteer, said):
    assert said.place_id is None
    looked_at = said.resolved(None, "operator-3", "The line broke before the district was said.", NOON)
    assert looked_at.place_id is None
    assert looked_at.resolutions[0].because.startswith("The line broke")


def test_transcription_and_translation_are_separate_and_name_who_made_them(said):
    both = said.transcribed("Hirbinifsah", "ar-Latn", "translator-7").translated("ruin of Nafsa", "en", "translator-8")
    assert [(one.text, one.by) for one in both.transcriptions] == [("Hirbinifsah", "translator-7")]
    assert [(one.text, one.by) for one in both.translations] == [("ruin of Nafsa", "translator-8")]
    assert both.words == SAID
    with pytest.raises(ValueNotRead):
        said.transcribed("Hirbinifsah", "ar-Latn", " ")


def test_a_wrong_resolution_is_corrected_without_losing_it_or_the_words(said):
    wrong = said.resolved("g2", "operator-3", "sounds like it", NOON)
    right = wrong.resolved("g1", "analyst-1", "The caller named the district.", NOON + 1)
    assert right.place_id == "g1"
    assert [one.place_id for one in right.resolutions] == ["g2", "g1"]
    assert (right.words, wrong.place_id, said.place_id) == (SAID, "g2", None)
    with pytest.raises(ValueNotRead):
        wrong.resolved("g1", "analyst-1", "", NOON)


@pytest.mark.data
def test_in_the_real_gazetteer_one_place_bears_the_name(test_data):
    syria = Gazetteer.from_rows(read_geonames((test_data / "gazetteer/geonames_syria_cities500.json").read_bytes()))
    for name in (SAID, "Hirbinifsah", "Harbinafsah"):
        assert syria.settled(name).place.names["en"] == "Ḩarbinafsah"
