"""The head of a cell invites, sees who is signed in, and ends accounts; everybody ends sessions of their own."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import PASSWORD, Door

from truceline.errors import NotAccepted, ValueNotRead
from truceline.pipeline.accounts import _codes as codes
from truceline.pipeline.accounts import accept, invite, invited, person_of, sign_in
from truceline.pipeline.missions import init
from truceline.pipeline.sessions import end_account, sessions_of
from truceline.vocabulary.role import INVITES, Person, Role
from truceline.web.security import SESSION

NOW = 1_762_000_000_000_000
SECOND, HOUR = 1_000_000, 3_600_000_000
PAGES = {"/people/invite", "/people/end", "/people/withdraw"}


@pytest.fixture
def door(tmp_path: Path) -> Door:
    path = tmp_path / "valley.truceline"
    init(path, "example", reading="strict", exercise=True, now_us=NOW, chance=os.urandom).close()
    return Door(path, NOW)


def send(door: Door, who: Role, address: str, /, **fields: str) -> Any:
    client = door.client(who)
    token = re.findall(r'name="_csrf_token" value="([^"]+)"', client.get("/sessions").text)[0]
    return client.post(address, data={"_csrf_token": token, **fields}, follow_redirects=False)


def again(door: Door, name: str) -> str:
    """Another session of somebody who was invited by the test, half a minute later."""
    then = NOW + 60 * SECOND
    return sign_in(
        door.mission, name, PASSWORD, codes(door._secret).generate(then // SECOND).decode(), now_us=then,
        chance=os.urandom,
    )  # fmt: skip


@pytest.mark.parametrize("role", sorted(set(Role) - INVITES))
def test_who_does_not_invite_neither_sees_nor_ends_accounts(door: Door, role: Role) -> None:
    door.session(Role.HEAD_OF_CELL)
    assert door.client(role).get("/people", follow_redirects=False).status_code == 403
    for address in PAGES:
        answer = send(door, role, address, name="person 1", role="analyst")
        assert answer.status_code == 403, address
    assert person_of(door.mission, door.session(Role.HEAD_OF_CELL), NOW) is not None


@pytest.mark.parametrize("role", sorted(INVITES))
def test_the_link_of_an_invitation_is_shown_once_and_makes_one_account(door: Door, role: Role) -> None:
    door.session(role, "beta")
    page = send(door, role, "/people/invite", name="desk 2", role="analyst", body="beta").text
    [token] = re.findall(r'id="made">[^<]*/invitation/([\w-]+)<', page)
    later = door.client(role).get("/people").text
    assert token not in later
    assert "desk 2" in later
    held = invited(door.mission, token, NOW)
    assert (held.name, held.role, held.body) == ("desk 2", Role.ANALYST, "beta")
    code = codes(held.secret).generate(NOW // SECOND).decode()
    accept(door.mission, token, PASSWORD, code, now_us=NOW, chance=os.urandom)
    with pytest.raises(NotAccepted):
        invited(door.mission, token, NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "", "role": "analyst"}, {"name": "a", "role": "emperor"}, {"name": "a\nb", "role": "analyst"},
        {"name": "a", "role": "reader"},
        {"name": "a", "role": "analyst", "audience": "public"}, {"name": "person 1", "role": "analyst"},
    ],
)  # fmt: skip
def test_an_invitation_that_does_not_do_is_refused_with_its_mend(door: Door, fields: dict[str, str]) -> None:
    assert send(door, Role.HEAD_OF_CELL, "/people/invite", **fields).status_code == 400


@pytest.mark.parametrize(
    ("role", "body"), [("co_chair", ""), ("co_chair", "beta"), ("analyst", "alpha"), ("analyst", "x")]
)
def test_nobody_invites_above_themselves_or_for_another_body(door: Door, role: str, body: str) -> None:
    door.session(Role.HEAD_OF_CELL, "beta")
    answer = send(door, Role.HEAD_OF_CELL, "/people/invite", name="a", role=role, body=body)
    assert answer.status_code == 403
    assert "invitation/" not in answer.text


def test_a_head_of_cell_ends_neither_a_co_chair_nor_the_other_side(door: Door) -> None:
    door.session(Role.HEAD_OF_CELL, "beta")
    sessions = [door.session(Role.CO_CHAIR, "beta"), door.session(Role.ANALYST, "alpha")]
    for name, session in zip(("person 2", "person 3"), sessions, strict=True):
        assert send(door, Role.HEAD_OF_CELL, "/people/end", name=name).status_code == 403
        [one] = sessions_of(door.mission, name, NOW)
        assert send(door, Role.HEAD_OF_CELL, "/sessions/end", number=str(one.number)).status_code == 403
        assert person_of(door.mission, session, NOW) is not None
    invite(door.mission, "chair", Role.CO_CHAIR, by="", body="alpha", now_us=NOW, chance=os.urandom)
    assert send(door, Role.HEAD_OF_CELL, "/people/withdraw", name="chair").status_code == 403


def test_an_invitation_taken_back_makes_no_account(door: Door) -> None:
    token = invite(door.mission, "desk 2", Role.ANALYST, by="", now_us=NOW, chance=os.urandom)
    assert send(door, Role.HEAD_OF_CELL, "/people/withdraw", name="desk 2").status_code == 303
    with pytest.raises(NotAccepted):
        invited(door.mission, token, NOW)
    assert send(door, Role.HEAD_OF_CELL, "/people/withdraw", name="desk 2").status_code == 400


def test_an_account_that_is_ended_is_out_at_once(door: Door) -> None:
    session = door.session(Role.ANALYST)
    assert send(door, Role.HEAD_OF_CELL, "/people/end", name="person 1").status_code == 303
    assert person_of(door.mission, session, NOW) is None
    assert door.client(Role.ANALYST).get("/", follow_redirects=False).headers["location"].startswith("/sign-in")


def test_the_last_who_invites_is_not_ended_on_the_page(door: Door) -> None:
    assert send(door, Role.HEAD_OF_CELL, "/people/end", name="person 1").status_code == 400
    door.session(Role.CO_CHAIR)
    assert send(door, Role.CO_CHAIR, "/people/end", name="person 1").status_code == 303
    with pytest.raises(ValueNotRead):
        end_account(door.mission, Person("person 2", Role.CO_CHAIR), "person 2", NOW)


def test_everybody_sees_their_own_sessions_and_ends_all_others(door: Door) -> None:
    for role in (Role.HEAD_OF_CELL, Role.READER):
        first = door.session(role)
        person = person_of(door.mission, first, NOW)
        assert person
        other = again(door, person.name)
        page = door.client(role).get("/sessions").text
        assert page.count("data-item") == 2
        assert first not in page
        assert send(door, role, "/sessions/end-others").status_code == 303
        assert person_of(door.mission, other, NOW) is None
        assert person_of(door.mission, first, NOW) is not None


def test_nobody_ends_a_session_of_another_but_who_invites(door: Door) -> None:
    session = door.session(Role.ANALYST)
    [one] = sessions_of(door.mission, "person 1", NOW)
    assert send(door, Role.READER, "/sessions/end", number=str(one.number)).status_code == 400
    assert send(door, Role.READER, "/sessions/end", number="x").status_code == 400
    assert person_of(door.mission, session, NOW) is not None
    answer = send(door, Role.HEAD_OF_CELL, "/sessions/end", number=str(one.number), to="people")
    assert answer.headers["location"] == "/people"
    assert person_of(door.mission, session, NOW) is None


def test_a_session_that_was_idle_too_long_is_not_listed(door: Door) -> None:
    door.session(Role.ANALYST)
    assert sessions_of(door.mission, "", NOW + HOUR)
    assert not sessions_of(door.mission, "", NOW + 13 * HOUR)


def test_no_page_of_people_says_a_secret(door: Door) -> None:
    session = door.session(Role.HEAD_OF_CELL)
    page = door.client(Role.HEAD_OF_CELL).get("/people").text
    assert session not in page
    assert "argon2" not in page
    assert door.client(Role.HEAD_OF_CELL).cookies.get(SESSION) == session


def test_a_name_that_is_a_script_is_shown_and_not_run(door: Door) -> None:
    name = '"><script>alert(1)</script>'
    page = send(door, Role.HEAD_OF_CELL, "/people/invite", name=name, role="analyst").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
