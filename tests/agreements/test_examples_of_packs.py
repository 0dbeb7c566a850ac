"""The packs in the wheel: each reads, and the program says what its worked examples say."""

from collections.abc import Callable, Mapping

import pytest

from truceline.compliance.examples import Given
from truceline.compliance.pack import Pack, check_examples
from truceline.pipeline.packs import find_pack, shipped

Run = Callable[[Given], Mapping[str, object]]


@pytest.mark.parametrize("name", shipped())
def test_the_program_says_what_the_examples_say(name: str, run_of: Callable[[Pack], Run]) -> None:
    pack = find_pack(name)
    assert [str(one) for one in check_examples(pack, run_of(pack))] == []


@pytest.mark.parametrize(("name", "least"), [("example", 10), ("syria-2016", 12)])
def test_a_pack_shows_what_it_means(name: str, least: int) -> None:
    assert len(find_pack(name).examples) >= least


def test_words_of_a_text_are_few_short_and_in_the_language_they_were_quoted_in() -> None:
    quoted = [term for term in find_pack("syria-2016").agreement.terms if term.words]
    assert [(term.id, term.words_language) for term in quoted] == [("T09", "en")]
    assert all(len(term.words or "") < 100 for term in quoted)


def test_all_48_terms_are_there_in_order() -> None:
    assert [term.id for term in find_pack("syria-2016").agreement.terms] == [f"T{n:02}" for n in range(1, 49)]


@pytest.mark.parametrize("name", shipped())
def test_every_actor_body_area_reading_and_clock_has_its_arabic(name: str) -> None:
    agreement = find_pack(name).agreement
    for parts in (agreement.parties, agreement.actors, agreement.bodies, agreement.areas, agreement.area_groups):
        assert [part.id for part in parts if "ar" not in part.name] == []
    for titled in (agreement.instruments, agreement.indicators, agreement.readings, agreement.clocks):
        assert [part.id for part in titled if "ar" not in part.title] == []


def test_no_reading_is_passed_off_as_the_parties() -> None:
    for name in shipped():
        for reading in find_pack(name).agreement.readings:
            assert reading.author == "Truceline project"
            assert reading.note["en"].startswith("Ours, not the parties'.")


def test_neighbouring_governorates_share_their_border_points() -> None:
    geometry = find_pack("syria-2016").geometry
    points = {
        area: {tuple(point) for polygon in polygons for ring in polygon for point in ring.tolist()}
        for area, polygons in geometry.items()
    }
    assert len(points["homs"] & points["hama"]) > 100
    assert points["damascus"] <= points["rural_damascus"]


def test_the_made_up_theatre_can_only_be_an_exercise() -> None:
    assert [name for name in shipped() if find_pack(name).agreement.exercise_only] == ["example"]
