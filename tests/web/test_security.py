"""What those who mean harm try at the room: forged forms, fixed sessions, other hosts, scripts, climbing paths."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import PASSWORD, Door

from truceline.pipeline.missions import init
from truceline.vocabulary.role import INSIDE, Role
from truceline.web.pages import HANDLERS
from truceline.web.security import HEADERS, MOST_BODY, SESSION
from truceline.web.sessions import FIRST, OPEN_TO

NOW = 1_762_000_000_000_000
SCRIPT = "<script>alert(1)</script>"
ADDRESSES = sorted({path for handler in HANDLERS for path in handler.paths})


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    drawn = iter(range(1, 1 << 30))
    path = tmp_path_factory.mktemp("room") / "valley.truceline"
    init(
        path, "example", reading="strict", exercise=True, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")
    ).close()
    return Door(path, NOW)


def token_in(page: str) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_is_not_signed_in_is_sent_to_sign_in_from_every_address(door: Door, address: str) -> None:
    with door.client() as browser:
        answer = browser.get(address, follow_redirects=False)
    assert answer.status_code in (303, 405)
    assert answer.headers.get("location", "/sign-in").startswith("/sign-in")


@pytest.mark.parametrize("role", sorted(set(Role) - INSIDE))
@pytest.mark.parametrize("address", ADDRESSES)
def test_who_does_not_work_inside_opens_only_what_is_named_for_the_role(door: Door, address: str, role: Role) -> None:
    with door.client(role) as browser:
        answer = browser.get(address, follow_redirects=False)
        if address == "/":
            assert answer.headers["location"] == FIRST[role]
        elif not any(address == one or address.startswith(f"{one}/") for one in OPEN_TO[role]):
            assert answer.status_code in (403, 405)


@pytest.mark.parametrize("address", ["/sign-in", "/", "/assets/room.css", "/nowhere", "/map/incidents.geojson"])
def test_every_answer_says_that_nothing_comes_from_elsewhere(door: Door, address: str) -> None:
    with door.client(Role.ANALYST) as browser:
        answer = browser.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_form_without_this_rooms_token_is_refused(door: Door) -> None:
    with door.client(Role.CO_CHAIR, "alpha") as browser:
        page = browser.get("/sign-in").text
        right = token_in(page)
        for token in ("", right[:-1] + ("1" if right.endswith("0") else "0")):
            sent = {"one": "a", "other": "b", "says": "same", "_csrf_token": token}
            assert browser.post("/inbox/judge", data=sent, follow_redirects=False).status_code == 403


def test_a_session_that_was_there_before_signing_in_is_nobodys_afterwards(door: Door) -> None:
    door.session(Role.ANALYST)
    with door.client() as browser:
        browser.cookies.set(SESSION, "fixed-by-somebody-else")
        page = browser.get("/sign-in").text
        sent = {"name": "nobody", "password": PASSWORD, "code": "000000", "_csrf_token": token_in(page)}
        answer = browser.post("/sign-in/now", data=sent, follow_redirects=False)
        assert answer.status_code == 401
        assert SESSION not in answer.headers.get("set-cookie", "")
        assert browser.get("/", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "path",
    ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets//etc/passwd", "/assets/%00"],
)
def test_no_path_climbs_out_of_the_folder_of_assets(door: Door, path: str) -> None:
    with door.client() as browser:
        answer = browser.get(path, follow_redirects=False)
    assert answer.status_code in (303, 400, 404)
    assert "Litestar" not in answer.text


@pytest.mark.parametrize("address", ["/?as_of=", "/ledger?area=", "/map?kind=", "/inbox?done=", "/sign-in?to="])
def test_a_script_in_an_address_is_shown_and_not_run(door: Door, address: str) -> None:
    with door.client(Role.ANALYST) as browser:
        assert SCRIPT not in browser.get(f"{address}{SCRIPT}").text


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "javascript:1"])
def test_signing_in_never_leads_away(door: Door, to: str) -> None:
    with door.client() as browser:
        page = browser.get("/sign-in", params={"to": to}).text
    assert '<input type="hidden" name="to" value="">' in page


def test_another_host_is_refused(door: Door) -> None:
    with door.client() as browser:
        assert browser.get("/sign-in", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_body_that_is_too_large_is_refused(door: Door) -> None:
    with door.client(Role.CO_CHAIR, "alpha") as browser:
        token = token_in(browser.get("/sign-in").text)
        headers = {"x-csrf-token": token, "content-type": "application/x-www-form-urlencoded"}
        answer = browser.post("/inbox/judge", content=b"a" * (MOST_BODY + 1), headers=headers)
    assert answer.status_code == 413


def test_an_error_tells_nothing_of_this_machine(door: Door) -> None:
    with door.client(Role.ANALYST) as browser:
        for address in ("/?known=x", "/?as_of=never", "/?reading=../../etc", "/ledger?skip=-1", "/map?box=1"):
            answer = browser.get(address)
            assert answer.status_code == 400, address
            assert not re.search(r"Traceback|/home|/usr|site-packages|\.py\b", answer.text)
