"""Names that resolve to nobody stand as they were said; candidates are offered, and none is taken."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.names import Unresolved, unresolved
from truceline.pipeline.take_in import take_in
from truceline.vocabulary.clearance import Marking
from truceline.vocabulary.gazetteer import NamedPlace
from truceline.vocabulary.marking import INTERNAL, Reader, Role

NOW = 1_762_000_000_000_000
CALLS = """report_id,source,when,kind,side_a,side_b,place,killed_best,words
n-1,caller,2025-04-20,shelling,Northern Army,Front of the Plain,حربنفسه,3,سقطت قذائف
n-2,caller,2025-04-21,shelling,River Guards,Front of the Plain,حربنفسه,1,heard it
n-3,caller,2025-04-22,shelling,River Guards,Front of the Plain,Nowhere at all,1,heard it
"""
PLACES = (
    NamedPlace("geonames 1", {"en": "Hirbnafsah", "ar": "حربنفسه"}, 348_850_000, 365_010_000, pcode="SY050306"),
    NamedPlace("geonames 2", {"en": "Aleppo", "ar": "حلب"}, 362_000_000, 371_600_000),
)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    drawn = iter(range(1, 1 << 30))
    path = tmp_path / "mission.truceline"
    chance = lambda n: next(drawn).to_bytes(n, "big")  # noqa: E731
    init(path, "example", reading="strict", exercise=True, now_us=NOW, chance=chance).close()
    (tmp_path / "calls.csv").write_text(CALLS)
    take_in(path, [tmp_path / "calls.csv"], now_us=NOW, chance=chance)
    return Door(path, NOW, chance)


def names(door: Door, reader: Reader = INTERNAL) -> Unresolved:
    return unresolved(door.mission, Asked(reader, NOW), lambda box: PLACES)


def test_a_caller_names_a_place_in_arabic_and_candidates_are_offered_with_p_codes(door: Door) -> None:
    said = names(door).places[0]
    assert (said.words, said.times, said.from_the_right) == ("حربنفسه", 2, True)
    assert next((one.pcode, one.name) for one in said.candidates) == ("SY050306", "حربنفسه")


def test_a_place_that_nothing_resembles_stays_unresolved(door: Door) -> None:
    assert [(one.words, one.candidates) for one in names(door).places[1:]] == [("Nowhere at all", ())]


def test_parties_that_the_agreement_knows_are_not_listed(door: Door) -> None:
    assert [(one.words, one.times) for one in names(door).parties] == [("River Guards", 2)]


def test_a_name_that_a_marking_keeps_from_a_reader_is_neither_told_nor_counted(door: Door) -> None:
    mark = Marking(
        by="alpha", at="2025-11-01T00:00", reports=("caller/n-2", "caller/n-3"), fields=("who", "where"),
        roles=("head_of_cell",), because="A witness would be known by it.",
    )  # fmt: skip
    with open_mission(door.mission, write=True) as mission:
        enter_act(mission, mark, sign=None, now_us=NOW, chance=door.chance)
    kept = names(door, Reader(INTERNAL.audience, role=Role.ANALYST))
    assert kept.parties == ()
    assert [(one.words, one.times) for one in kept.places] == [("حربنفسه", 1)]


def test_the_page_shows_names_in_their_own_direction(door: Door) -> None:
    text = door.client(Role.ANALYST).get("/inbox/names").text
    assert '<bdi dir="rtl">حربنفسه</bdi>' in text
    assert "River Guards" in text


def test_a_refused_row_stands_in_the_inbox_with_its_value_and_its_mend(door: Door, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text(CALLS.replace("n-", "m-").replace("2025-04-22", "2025-04-31"))
    take_in(door.mission, [tmp_path / "more.csv"], now_us=NOW, chance=door.chance)
    text = door.client(Role.ANALYST).get("/inbox").text.partition('id="refused"')[2].partition("</section>")[0]
    assert "2025-04-31" in text
    assert "How to mend it" in text
    assert 'href="/take-in"' in text
