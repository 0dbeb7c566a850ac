"""Tokens: made on a page and shown once; no more than their person; for reading alone unless it was said otherwise."""

import re
import sqlite3
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from callers import person, program, token_of
from visitors import Door

from truceline.errors import ValueNotRead
from truceline.pipeline.accounts import end
from truceline.pipeline.missions import acts, open_mission
from truceline.pipeline.tokens import MOST_TOKENS, end_token, make_token, person_with, tokens_of
from truceline.store.accounts import accounts_of, path_of
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.role import Role

DAY_US = 86_400_000_000
SAID = {"act": "finding", "by": "alpha", "at": "2025-05-04T10:00", "about": "a matter", "held": "undetermined",
        "what": "Nobody was there to see it.", "because": "No report says more."}  # fmt: skip


def field_of(page: str) -> str:
    return re.findall(r'name="_csrf_token" value="([^"]+)"', page)[0]


def made_on_the_page(door: Door, role: Role = Role.ANALYST, **fields: str) -> str:
    client = door.client(role, "alpha" if role is Role.ANALYST else "")
    sent = {"_csrf_token": field_of(client.get("/tokens").text), "label": "the map program", "days": "30", **fields}
    return str(client.post("/tokens/make", data=sent).text)


def test_a_token_is_shown_once_and_then_asks_in_the_persons_name(door: Door) -> None:
    page = made_on_the_page(door)
    [token] = re.findall(r'id="made">([0-9a-f]{64})<', page)
    later = door.client(Role.ANALYST, "alpha").get("/tokens").text
    assert "the map program" in later
    assert token not in later
    client = program(door)
    client.headers["authorization"] = f"Bearer {token}"
    assert client.get("/api/mission").status_code == 200


def test_the_accounts_hold_its_digest_alone(door: Door) -> None:
    token = token_of(door, Role.ANALYST)
    held = sqlite3.connect(path_of(door.mission))
    written = "\n".join(held.iterdump())
    held.close()
    assert token not in written
    assert bytes.fromhex(token) not in path_of(door.mission).read_bytes()


def test_who_reads_with_a_token_enters_nothing_with_it(door: Door) -> None:
    reads = program(door, Role.ANALYST)
    assert reads.get("/api/mission").status_code == 200
    answer = reads.post("/api/acts", json=SAID)
    assert answer.status_code == 401
    assert answer.json()["mend"]
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_act_is_entered_in_the_name_of_the_persons_body_signed_with_the_persons_key(door: Door) -> None:
    writes = program(door, Role.ANALYST, writes=True)
    answer = writes.post("/api/acts", json=SAID)
    assert answer.status_code == 201, answer.text
    with open_mission(door.mission) as mission:
        [held] = [one for one in acts(mission, INTERNAL) if one.id == answer.json()["id"]]
    assert (held.act.by, held.act.what) == ("alpha", SAID["what"])
    assert writes.post("/api/acts", json=SAID).json()["already_held"] is True


def test_nobody_speaks_for_another_body(door: Door) -> None:
    writes = program(door, Role.ANALYST, writes=True)
    assert writes.post("/api/acts", json={**SAID, "by": "bravo"}).status_code == 403


def test_who_may_not_clear_on_the_page_may_not_by_a_program(door: Door) -> None:
    analyst, duty = program(door, Role.ANALYST, writes=True), program(door, Role.DUTY_OFFICER, writes=True)
    [report] = analyst.get("/api/reports", params={"limit": 1}).json()["reports"]
    words = {"by": "alpha", "at": "2025-05-04T10:00", "because": "It is asked for.", "fields": ["what"]}
    narrows = {"act": "marking", "reports": [report["name"]], "roles": ["co_chair"], **words}
    clears = {"act": "clearance", "reports": [report["name"]], "to": "council", **words}
    assert [analyst.post("/api/acts", json=one).status_code for one in (narrows, clears)] == [403, 403]
    entered = duty.post("/api/acts", json=narrows)
    assert entered.status_code == 201, entered.text
    opens = {"act": "withdrawal", "of": entered.json()["id"], "by": "alpha", "at": words["at"], "because": "No."}
    assert analyst.post("/api/acts", json=opens).status_code == 403
    assert duty.post("/api/acts", json=opens).status_code == 201


def test_a_pair_is_judged_by_a_program(door: Door) -> None:
    writes = program(door, Role.ANALYST, writes=True)
    one, other = [report["id"] for report in writes.get("/api/reports", params={"limit": 2}).json()["reports"]]
    said = {"one": one, "other": other, "says": "different", "because": "Two villages."}
    answer = writes.post("/api/pairs/judgement", json=said)
    assert answer.status_code == 201, answer.text
    assert len(answer.json()["act"]) == 64
    assert writes.post("/api/pairs/judgement", json={**said, "says": "perhaps"}).status_code == 400


def test_the_cookie_of_a_browser_enters_nothing_by_the_api(door: Door) -> None:
    client = door.client(Role.ANALYST, "alpha")
    assert client.get("/api/mission").status_code == 200
    assert client.post("/api/acts", json=SAID).status_code == 401


def test_a_request_with_a_token_is_never_answered_for_the_cookie(door: Door) -> None:
    client = door.client(Role.ANALYST, "alpha")
    for written in ("Bearer " + "0" * 64, "Bearer ", "bearer", "bearer x", "Bearer \\", "BEARER " + "z" * 64):
        client.headers["authorization"] = written
        assert client.get("/api/mission").status_code == 401, written


def test_a_token_ends_at_its_day_by_hand_and_with_its_person(door: Door) -> None:
    one = person(door, Role.ANALYST)
    first, second = token_of(door, Role.ANALYST, days=1), token_of(door, Role.ANALYST)
    assert person_with(door.mission, first, "read", door.now_us + DAY_US - 1) == one
    assert person_with(door.mission, first, "read", door.now_us + DAY_US) is None
    end_token(door.mission, one, tokens_of(door.mission, one)[-1].number, door.now_us)
    assert person_with(door.mission, first, "read", door.now_us) is None
    assert person_with(door.mission, second, "read", door.now_us) == one
    end(door.mission, one.name, door.now_us)
    assert person_with(door.mission, second, "read", door.now_us) is None


def test_nobody_ends_or_sees_the_token_of_another(door: Door) -> None:
    token_of(door, Role.ANALYST)
    other = person(door, Role.DUTY_OFFICER)
    [number] = [one.number for one in tokens_of(door.mission, person(door, Role.ANALYST))]
    assert tokens_of(door.mission, other) == []
    with pytest.raises(ValueNotRead):
        end_token(door.mission, other, number, door.now_us)


def test_a_token_of_somebody_outside_opens_what_they_may_open_and_no_more(door: Door) -> None:
    reader, auditor = program(door, Role.READER), program(door, Role.AUDITOR)
    assert [reader.get(one).status_code for one in ("/api/released", "/api/reports", "/api/record")] == [200, 403, 403]
    assert [auditor.get(one).status_code for one in ("/api/record", "/api/reports")] == [200, 403]


def test_a_program_of_somebody_who_speaks_for_nobody_gets_no_token_that_writes(door: Door) -> None:
    page = made_on_the_page(door, Role.AUDITOR, writes="on")
    assert 'id="made"' in page
    assert [one.writes for one in tokens_of(door.mission, person(door, Role.AUDITOR))] == [False]


@pytest.mark.parametrize("wrong", [{"label": " "}, {"days": "0"}, {"days": "366"}, {"days": "-1"}, {"label": "x" * 61}])
def test_a_token_without_a_purpose_or_an_end_is_not_made(door: Door, wrong: dict[str, str]) -> None:
    assert 'id="made"' not in made_on_the_page(door, **wrong)
    assert tokens_of(door.mission, person(door, Role.ANALYST)) == []


def test_nobody_holds_more_than_twenty_tokens_at_once(door: Door) -> None:
    one = person(door, Role.ANALYST)
    for _ in range(MOST_TOKENS):
        token_of(door, Role.ANALYST)
    with pytest.raises(ValueNotRead, match="20 tokens"):
        make_token(door.mission, one, "more", writes=False, days=1, now_us=door.now_us, chance=door.chance)


def test_accounts_from_before_there_were_tokens_are_still_read(door: Door) -> None:
    one = person(door, Role.ANALYST)
    held = sqlite3.connect(path_of(door.mission))
    held.executescript("DROP TABLE token; PRAGMA user_version=1")
    held.close()
    assert person_with(door.mission, token_of(door, Role.ANALYST), "read", door.now_us) == one
    with accounts_of(door.mission) as accounts:
        assert accounts.one("SELECT count(*) AS n FROM token") == {"n": 1}
