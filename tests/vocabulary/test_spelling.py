"""One name spelled in many ways: what the keys of the gazetteer do not see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.vocabulary.spelling import alike, folded, parts, reads_from_the_right, script_of, skeleton


@pytest.mark.parametrize(
    "names",
    [
        ("حلب", "حَلَب", "حـلب", "\u200fحلب\u200e", "مدينة حلب"), ("إدلب", "ادلب", "أدلب"), ("الرقة", "الرقه", "رقة"),
        ("مسيسى", "مسيسي", "مسيسی"), ("Al Ḩamīdīyah", "al-Hamidiyah", "HAMIDIYAH", "El Hamidiyah village"),
        ("Ma‘arrat an Nu‘mān", "Maarrat an Numan", "Ma'arrat al-Nu'man"), ("Алёппо", "алеппо"),
        ("ﺍﻟﻌﻤﺎﺭﻧﺔ", "العمارنة"),
    ],
)  # fmt: skip
def test_marks_articles_and_kinds_of_letter_do_not_count(names):
    assert len({folded(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("حربنفسه", "Hirbinifsah", "Harbinafsah", "Ḩarbinafsah", "Хирбнафса"),
        ("معرة النعمان", "Maarrat an Numan", "Ma'arat al-Nu'man"), ("دير الزور", "Deir ez-Zor", "Dayr az Zawr"),
        ("خان شيخون", "Khan Shaykhun", "Khan Sheikhoun"), ("الحسكة", "Al Hasakah", "Hassakeh"),
        ("تلبيسة", "Tallbisah", "Talbiseh"), ("منبج", "Manbij", "Menbij"), ("دوما", "Duma", "Douma"),
    ],
)  # fmt: skip
def test_consonants_meet_across_scripts(names):
    assert len({skeleton(name) for name in names}) == 1


def test_different_places_stay_apart():
    assert len({skeleton(name) for name in ("Homs", "Hama", "Idlib", "Daraa", "Manbij", "Afrin", "Azaz")}) == 7


def test_what_a_text_says_of_a_name_is_taken_off():
    assert parts("Huluk, Aleppo") == ("Huluk",)
    assert parts("Al Ameria (Aleppo)") == ("Al Ameria",)
    assert parts("Tadmur/Palmyra") == ("Tadmur", "Palmyra")
    assert parts("") == parts("(Aleppo)") == ()


def test_a_name_of_nothing_but_an_article_or_a_kind_keeps_it():
    assert folded("Village") == "village"
    assert folded("حي") == "حي"


@pytest.mark.parametrize(
    ("name", "script", "from_the_right"),
    [("حلب", "Arabic", True), ("Алеппо", "Cyrillic", False), ("Aleppo", "Latin", False), ("12", "", False),
     ("\u200e12 حلب", "Arabic", False)],
)  # fmt: skip
def test_scripts_and_their_direction(name, script, from_the_right):
    assert (script_of(name), reads_from_the_right(name)) == (script, from_the_right)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_whole_only_for_the_same(one, other):
    assert alike(one, other) == alike(other, one)
    assert (alike(one, other) == 1_000_000) == (one == other)


@given(st.text(max_size=300))
def test_any_text_has_its_keys(text):
    assert skeleton(text) == "".join(c for c in skeleton(text) if c.isalnum())
    assert folded(folded(text)) is not None
