"""Which entries a name may mean: proposed with a score and reasons, in several scripts, never decided."""

from pathlib import Path

import pytest

from truceline.intake.lists.un_sc import read_un_list
from truceline.matching.name_scores import scorer
from truceline.matching.screening import LEAST, SAME_CONSONANTS, Listed, screened

ENTRIES = {
    "X.1": Listed("organisation", ("Jabhat Fateh Al-Sham", "جبهة فتح الشام")),
    "X.2": Listed("organisation", ("Harbour Trading Company Limited",)),
    "X.3": Listed("person", ("Muhammad al-Kadari",)),
}


def test_the_same_name_but_for_case_and_articles():
    [found] = screened("jabhat fateh ash-sham", ENTRIES, None)
    assert (found.entry, found.score) == ("X.1", 1000)
    assert "but for case, marks and articles" in found.reasons[0]


def test_the_same_consonants_in_another_script():
    [found] = screened("Мухаммад Кадари", ENTRIES, None)
    assert (found.entry, found.score) == ("X.3", SAME_CONSONANTS)


def test_another_name_of_the_same_group_is_looked_for_too():
    assert screened("Conquest Front", ENTRIES, None) == []
    [found] = screened("Conquest Front", ENTRIES, None, others=["جبهة فتح الشام"])
    assert found.entry == "X.1"


def test_without_the_library_nothing_else_is_proposed():
    assert screened("Jabhat Fath as-Shams", ENTRIES, None) == []


class TestWithTheLibrary:
    @pytest.fixture(autouse=True)
    def installed(self):
        pytest.importorskip("rigour")

    def test_a_slip_and_a_kind_of_company(self):
        [found] = screened("Harbor Trading Co. Ltd", ENTRIES, scorer())
        assert found.entry == "X.2"
        assert LEAST <= found.score < 1000
        assert found.reasons[0].startswith("words: ")

    def test_a_name_that_is_not_on_the_list(self):
        assert screened("Ahrar al-Sham", ENTRIES, scorer()) == []

    def test_an_empty_name_means_nobody(self):
        assert screened("!", ENTRIES, scorer()) == []


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("Jabhat Fateh al-Sham", "QDe.137"), ("جبهة فتح الشام", "QDe.137"), ("Nusra Front", "QDe.137"),
        ("جبهة النصرة لأهل الشام", "QDe.137"), ("Islamic State of Iraq and the Levant", "QDe.115"),
        ("Hayat Tahrir al-Sham", "QDe.137"),
    ],
)  # fmt: skip
def test_names_of_the_list_of_2026_are_found(name: str, entry: str, test_data: Path):
    if " of " in name:
        pytest.importorskip("rigour", reason="a long name is told from others with the extra screening")
    found = screened(name, listed(test_data), scorer())
    assert found[0].entry == entry


@pytest.mark.data
def test_groups_that_are_not_on_it_are_not_proposed(test_data: Path):
    for name in ("Ahrar al-Sham", "Free Syrian Army", "Southern Front", "جيش الإسلام"):
        assert [one.entry for one in screened(name, listed(test_data), scorer()) if one.score >= 900] == []


def listed(test_data: Path) -> dict[str, Listed]:
    content = (test_data / "sanctions-lists" / "UN_consolidated.xml").read_bytes()
    return {one.reference: Listed(one.kind, one.spellings()) for one in read_un_list("list", [content]).entries}
