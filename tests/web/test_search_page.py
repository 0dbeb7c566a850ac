"""Search finds words in any of their spellings, tells nothing of what is withheld, and holds nothing destroyed."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline import word_search
from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.take_in import take_in
from truceline.store import word_index
from truceline.store.searchable import SearchedReports
from truceline.vocabulary.clearance import Marking
from truceline.vocabulary.marking import Role

NOW = 1_762_000_000_000_000
HEAD = "report_id,source,when,kind,side_a,side_b,place,killed_best,words,language\n"
ROWS = HEAD + (
    "n-1,caller,2025-04-01,shelling,Northern Army,Front of the Plain,حربنفسه,3,سقطت قذائف على المدرسة,ar\n"
    "n-2,caller,2025-04-02,shelling,Northern Army,Front of the Plain,Old Mill,1,Shells fell on the old school,en\n"
    "n-3,caller,2025-04-03,shelling,Northern Army,Front of the Plain,Mill Road,1,The school is old,en\n"
    "n-4,watcher,2025-04-04,shelling,River Guards,Front of the Plain,Abu Tayyib,2,The nurse heard it,en\n"
    "n-5,watcher,2025-04-05,shelling,River Guards,Front of the Plain,Ford,2,<script>alert(1)</script> heard,en\n"
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder, drawn = tmp_path_factory.mktemp("search"), iter(range(1, 1 << 30))
    path = folder / "mission.truceline"
    door = Door(path, NOW, lambda n: next(drawn).to_bytes(n, "big"))
    init(path, "example", reading="strict", exercise=True, now_us=NOW, chance=door.chance).close()
    (folder / "rows.csv").write_text(ROWS)
    take_in(path, [folder / "rows.csv"], now_us=NOW, chance=door.chance)
    mark = Marking(
        by="alpha", at="2025-11-01T00:00", reports=("watcher/n-4",), fields=("source", "where", "rest"),
        roles=("head_of_cell",), because="She would be known by it.",
    )  # fmt: skip
    with open_mission(path, write=True) as mission:
        enter_act(mission, mark, sign=None, now_us=NOW, chance=door.chance)
    return door


def told(door: Door, asked: str, role: Role = Role.ANALYST, body: str = "") -> str:
    answer = door.client(role, body).get("/search", params={"q": asked})
    assert answer.status_code == 200, answer.text
    return answer.text


def number(text: str) -> int:
    found = re.search(r"(\d+) reports, newest", text)
    assert found, text
    return int(found[1])


def test_an_arabic_word_is_found_with_its_article_and_in_either_spelling_of_its_end(door: Door) -> None:
    for asked in ("مدرسه", "المدرسة", "مَدْرَسَة"):
        text = told(door, asked)
        assert number(text) == 1
        assert "<mark>المدرسة</mark>" in text


def test_words_in_quotation_marks_stand_one_after_the_other(door: Door) -> None:
    assert number(told(door, "old school")) == 2
    assert number(told(door, '"old school"')) == 1


def test_a_word_finds_words_that_begin_with_it_and_marks_stand_around_them(door: Door) -> None:
    text = told(door, "shell fel")
    assert "<mark>Shells</mark> <mark>fell</mark>" in text
    assert number(told(door, '"shell"')) == 0


def test_a_hit_in_one_field_and_one_in_another_are_both_needed(door: Door) -> None:
    assert number(told(door, "mill school")) == 2
    assert number(told(door, "mill nurse")) == 0


def test_what_is_withheld_from_a_person_is_neither_found_nor_counted_nor_named(door: Door) -> None:
    for asked in ("nurse", '"Abu Tayyib"', "watcher heard", "watcher/n-4", "n-4"):
        kept = told(door, asked)
        assert "Tayyib</" not in kept
        assert "heard it" not in kept
        assert 'aria-label="Of that name"' not in kept
    assert number(told(door, "watcher")) == 1
    assert number(told(door, "River Guards")) == 2
    assert number(told(door, "nurse", Role.HEAD_OF_CELL, "alpha")) == 1
    assert number(told(door, "watcher", Role.HEAD_OF_CELL, "alpha")) == 2


def test_a_report_is_found_by_its_name_its_own_id_and_the_beginning_of_its_entry(door: Door) -> None:
    text = told(door, "caller/n-2")
    assert 'aria-label="Of that name"' in text
    entry = re.findall(r'href="/reports/([0-9a-f]{64})"', text)[0]
    for asked in ("n-2", entry[:12], entry):
        assert 'aria-label="Of that name"' in told(door, asked)


def test_acts_and_terms_of_the_agreement_are_found(door: Door) -> None:
    assert "She would be" in re.sub(r"</?mark>", "", told(door, "she known"))
    assert 'href="/agreement"' in told(door, "alpha")


def test_script_in_a_report_or_in_what_is_asked_stays_text(door: Door) -> None:
    assert "<script>alert" not in told(door, "heard alert")
    assert "<script>" not in told(door, '<script>"') + told(door, '" OR f0:* NEAR(')


def test_too_much_is_refused_and_nothing_asked_shows_nothing(door: Door) -> None:
    browser = door.client(Role.ANALYST)
    assert browser.get("/search", params={"q": "a" * 201}).status_code == 400
    assert browser.get("/search", params={"q": " ".join("abcdefghijklmn")}).status_code == 400
    assert browser.get("/search", params={"q": "a", "skip": "x"}).status_code == 400
    assert 'id="found-head"' not in browser.get("/search").text
    assert number(told(door, "...")) == 0


def test_what_came_since_is_found_and_what_a_source_revised_is_found_as_it_stands(door: Door, tmp_path: Path) -> None:
    assert number(told(door, "ford")) == 1
    (tmp_path / "more.csv").write_text(
        HEAD + "n-5,watcher,2025-04-05,shelling,River Guards,Front of the Plain,Bridge,2,Said anew,en\n"
    )
    take_in(door.mission, [tmp_path / "more.csv"], now_us=NOW, chance=door.chance)
    assert number(told(door, "ford")) == 0
    assert number(told(door, "bridge")) == 1


def test_while_not_all_is_looked_through_the_page_says_that_it_cannot_tell(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_search, "AT_THE_DOOR", 1)
    monkeypatch.setattr(word_search, "Thread", lambda **_: type("None", (), {"start": lambda self: None})())
    monkeypatch.setattr(word_search, "_HELD", {})
    assert "Cannot tell yet" in told(door, "school")


def test_search_is_not_open_to_who_does_not_work_inside(door: Door) -> None:
    for role in (Role.READER, Role.REPORTER, Role.AUDITOR):
        assert door.client(role).get("/search?q=school").status_code == 403


def test_words_that_were_destroyed_are_in_no_index_after_the_next_look(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert number(told(door, "bridge")) == 1
    held = word_search.held_of(door.mission)
    before = held._index
    now = SearchedReports.extent
    monkeypatch.setattr(
        SearchedReports, "extent", lambda reports: now(reports)._replace(made=(now(reports).made[0], 1))
    )
    told(door, "bridge")
    assert held._index is not before


def test_a_beginning_of_too_many_words_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "PATIENCE_S", -1)
    monkeypatch.setattr(word_index, "STEPS", 1)
    text = told(door, "sc")
    assert "too many words begin so" in text
    assert "reports, newest" not in text
