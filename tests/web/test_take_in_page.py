"""Taking in on the page: looked at first, mapped where no form is known, entered once, with every refusal named."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.room.incoming import folder_of, plain_name
from truceline.vocabulary.marking import INTERNAL, Role

NOW = 1_762_000_000_000_000
OURS = (
    b"report_id,source,when,kind,side_a,side_b,area,killed_best,words\n"
    b"n-1,nurse,2025-04-20,shelling,Northern Army,Front of the Plain,river_towns,3,heard it\n"
    b"n-2,nurse,2025-04-31,shelling,Northern Army,Front of the Plain,river_towns,1,no such day\n"
)
THEIRS = "رقم,التاريخ,المكان,القتلى\n1,2025-04-20,عقربا,3\n2,2025-04-21,عقربا,0\n".encode()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    drawn = iter(range(1, 1 << 30))
    path = tmp_path / "mission.truceline"
    init(
        path, "example", reading="strict", exercise=True, now_us=NOW,
        chance=lambda n: next(drawn).to_bytes(n, "big"),
    ).close()  # fmt: skip
    return Door(path, NOW)


def token_of(browser: Any) -> str:
    return re.findall(r'name="_csrf_token" value="([^"]+)"', browser.get("/take-in").text)[0]


def sent(browser: Any, name: str, content: bytes, **fields: str) -> Any:
    files = {"files": (name, content, "text/csv")}
    return browser.post("/take-in/send", data={"_csrf_token": token_of(browser), **fields}, files=files)


def form_of(text: str) -> dict[str, str]:
    """The fields of the form of the first file, as a browser would send them."""
    part = text[text.index('name="token"') :]
    fields = {"token": re.findall(r'name="token" value="([^"]+)"', text)[0]}
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', part, re.S):
        chosen = re.findall(r'value="(\w*)" selected', options) or re.findall(r'value="(\w*)"', options)
        fields[name] = chosen[0]
    return fields


def reports(door: Door) -> int:
    with open_mission(door.mission) as mission:
        return len(mission.rows("report", INTERNAL))


def test_a_file_of_a_known_form_is_looked_at_and_then_entered(door: Door) -> None:
    browser = door.client(Role.DUTY_OFFICER, "alpha")
    text = sent(browser, "calls.csv", OURS).text
    assert "truceline_reports" in text
    assert "heard it" in text
    assert reports(door) == 0
    answer = browser.post("/take-in/enter", data={"_csrf_token": token_of(browser), **form_of(text)})
    assert answer.status_code == 200, answer.text[:500]
    assert "2 rows = 1 new + 0 revised + 1 refused + 0 already held" in answer.text
    assert "2025-04-31" in browser.get("/inbox").text
    assert reports(door) == 1
    assert list(folder_of(door.mission).iterdir()) == []


def test_the_same_file_again_adds_nothing(door: Door) -> None:
    browser = door.client(Role.DUTY_OFFICER, "alpha")
    for held in (0, 2):
        text = sent(browser, "calls.csv", OURS).text
        answer = browser.post("/take-in/enter", data={"_csrf_token": token_of(browser), **form_of(text)})
        assert f"{held} already held" in answer.text
    assert reports(door) == 1


def test_a_table_of_no_known_form_is_mapped_by_choosing_and_shown_as_it_would_be_read(door: Door) -> None:
    browser = door.client(Role.ANALYST)
    text = sent(browser, "جدول.csv", THEIRS, source="committee").text
    assert "Of no known form" in text
    assert "عقربا" in text
    fields = form_of(text) | {"source": "committee"}
    again = browser.post("/take-in/look", data={"_csrf_token": token_of(browser), **fields})
    assert again.status_code == 200, again.text[:500]
    assert "As they would be read" in again.text
    fields = form_of(again.text) | {"source": "committee"}
    answer = browser.post("/take-in/enter", data={"_csrf_token": token_of(browser), **fields})
    assert "2 rows = 2 new" in answer.text, re.findall(r"<main.*</main>", answer.text, re.S)[0][:1500]
    assert reports(door) == 2


def test_the_submission_is_signed_with_the_persons_key(door: Door) -> None:
    browser = door.client(Role.CO_CHAIR, "alpha")
    text = sent(browser, "calls.csv", OURS).text
    browser.post("/take-in/enter", data={"_csrf_token": token_of(browser), **form_of(text)})
    with open_mission(door.mission) as mission:
        assert mission.audit() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200)), ("bomb.xlsx", b"PK\x03\x04" + bytes(40))],
)
def test_what_is_no_table_is_refused_in_a_sentence_that_names_it(door: Door, name: str, content: bytes) -> None:
    answer = sent(door.client(Role.ANALYST), name, content)
    assert answer.status_code == 400, answer.text[:300]
    assert name in answer.text
    assert str(door.mission.parent) not in answer.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\x.csv", "a\0b.csv", "....", "<script>.csv", "x" * 400])
def test_a_files_name_leads_nowhere_else(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert not set(plain) & set('/\\\0<>"|') and not plain.startswith(".")
    assert len(plain) <= 120


@pytest.mark.parametrize("token", ["", "..", "0" * 32, "../mission", "%2e%2e"])
def test_a_token_that_is_none_says_that_the_file_waits_no_longer(door: Door, token: str) -> None:
    browser = door.client(Role.ANALYST)
    answer = browser.post("/take-in/enter", data={"_csrf_token": token_of(browser), "token": token})
    assert answer.status_code == 400
    assert "waits no longer" in answer.text


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR])
def test_who_does_not_work_inside_takes_nothing_in(door: Door, role: Role) -> None:
    assert door.client(role).get("/take-in").status_code == 403
