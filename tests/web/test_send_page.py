"""A reporter sends one report by form: it is entered without their name, and they see nothing of others."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.missions import init, open_mission
from truceline.vocabulary.marking import INTERNAL, Role

NOW = 1_762_000_000_000_000


@pytest.fixture
def door(tmp_path: Path) -> Door:
    path = tmp_path / "valley.truceline"
    init(path, "example", reading="strict", exercise=True, now_us=NOW, chance=os.urandom).close()
    return Door(path, NOW)


def sent(door: Door, role: Role = Role.REPORTER, **said: str) -> str:
    browser = door.client(role)
    page = browser.get("/send")
    token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]
    return str(browser.post("/send/now", data={"_csrf_token": token, **said}).text)


def held(door: Door) -> list[tuple[object, ...]]:
    with open_mission(door.mission) as mission:
        return list(mission.rows("report", INTERNAL))


def test_a_report_is_entered_in_its_own_script_and_without_the_name_of_who_sent_it(door: Door) -> None:
    answer = sent(door, when="2025-04-20T14:05", place="حربنفسه", words="سقطت قذائف")
    assert "Its number is" in answer
    assert len(held(door)) == 1
    assert "سقطت قذائف" in held(door)[0]
    assert not any("person 1" in str(value) for value in held(door)[0])


def test_what_cannot_be_read_is_refused_with_the_mend_and_stands_in_the_form_again(door: Door) -> None:
    answer = sent(door, when="2025-04-31", words="Two shells.")
    assert "could not be read" in answer
    assert 'value="2025-04-31"' in answer
    assert held(door) == []


def test_a_report_that_says_nothing_is_not_entered(door: Door) -> None:
    assert "says nothing" in sent(door, when="2025-04-20")


def test_a_reporter_begins_there_and_opens_nothing_else(door: Door) -> None:
    browser = door.client(Role.REPORTER)
    assert browser.get("/", follow_redirects=False).headers["location"] == "/send"
    assert browser.get("/reports").status_code == 403


def test_an_analyst_sends_nothing(door: Door) -> None:
    assert door.client(Role.ANALYST).get("/send").status_code == 403
