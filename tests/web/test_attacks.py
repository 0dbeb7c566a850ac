"""What those who mean harm try at a room that answers: guessing, dripping requests, scripts stored in every word."""

import os
import socket
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import PASSWORD, Door

from truceline.errors import NotAccepted
from truceline.pipeline.listings import refusals_listed
from truceline.pipeline.missions import init
from truceline.pipeline.questions import Asked
from truceline.pipeline.room.judged import propose
from truceline.pipeline.room.listed import Filter, reports_page
from truceline.pipeline.room.said import open_as
from truceline.pipeline.take_in import take_in
from truceline.vocabulary.marking import INTERNAL, Role
from truceline.vocabulary.role import Person
from truceline.web import patience
from truceline.web.serving import Served
from truceline.web.throttle import MOST, Throttle

SCRIPT = '"><img src=x onerror="window.ran=1"><script>window.ran=1</script>'
SECOND = 1_000_000


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    """A mission in which every word that a source can choose holds a script."""
    path = tmp_path / "valley.truceline"
    given = {"now_us": time.time_ns() // 1000, "chance": os.urandom}
    init(path, "example", reading="strict", exercise=True, **given).close()
    named = ("report_id", "source", "when", "kind", "side_a", "side_b", "place", "area", "words", "weapon")
    rows = [
        (
            f"r{n}{SCRIPT}",
            f"wire{n}",
            "2025-04-20T10:00",
            "shelling",
            SCRIPT,
            SCRIPT,
            SCRIPT,
            SCRIPT,
            SCRIPT,
            SCRIPT,
        )
        for n in range(3)
    ]
    rows.append((SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT, SCRIPT))
    file = tmp_path / "calls.csv"
    lines = [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in (named, *rows)]
    file.write_text("\n".join(lines) + "\n")
    take_in(path, [file], **given)
    assert refusals_listed(path, INTERNAL)
    propose(path, **given)
    held = reports_page(path, Asked(INTERNAL, given["now_us"]), Filter()).reports
    person = Person("a", Role.CO_CHAIR, "alpha")
    open_as(path, person, tuple(one.id for one in held[:2]), SCRIPT, SCRIPT, **given)
    return path


def test_no_script_that_a_source_wrote_runs_on_any_page(mission: Path) -> None:
    pytest.importorskip("playwright", reason="a browser's driver is not installed")
    from pictures import CHROMIUM, INSIDE, browser, opened

    from truceline.web.security import SESSION

    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    now_us = time.time_ns() // 1000
    report = reports_page(mission, Asked(INTERNAL, now_us), Filter()).reports[0].id
    with opened(mission) as (address, door), browser() as chrome:
        page = chrome.new_page()
        page.context.add_cookies([{"name": SESSION, "value": door.session(Role.CO_CHAIR, "alpha"), "url": address}])
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text))
        page.on("dialog", lambda one: said.append(f"Refused dialog {one.message}"))
        page.goto(f"{address}/cases")
        case = page.locator("main a[href*='/cases/']").first.inner_text()
        for path in (
            *INSIDE.values(),
            f"/search?q={SCRIPT}",
            f"/reports?source={SCRIPT}",
            f"/agreement?outcome={SCRIPT}",
        ):
            page.goto(address + path.format(case=case, report=report))
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.ran") is None, path
            assert page.locator("main img[src='x'], main script").count() == 0, path
        assert [one for one in said if "Refused" in one] == []


def test_a_table_that_is_taken_away_holds_no_formula(mission: Path) -> None:
    now_us = time.time_ns() // 1000
    file = mission.with_name("more.csv")
    head = "report_id,source,when,kind,side_a,side_b,place,words"
    file.write_text(f'{head}\n"=cmd()",wire,2025-04-20T10:00,shelling,-a,=b,"+SUM(1)","@SUM(A1)"\n')
    take_in(mission, [file], now_us=now_us, chance=os.urandom)
    content = Door(mission, now_us).client(Role.ANALYST).get("/reports.csv").text
    cells = [cell for line in content.splitlines() for cell in line.split(",")]
    assert any("SUM(A1)" in cell for cell in cells)
    assert not any(cell.lstrip('"').startswith(("=", "+", "@", "-a")) for cell in cells)


def test_who_guesses_from_one_address_waits_whatever_the_names(tmp_path: Path) -> None:
    path = tmp_path / "valley.truceline"
    init(path, "example", reading="strict", exercise=True, now_us=SECOND, chance=os.urandom).close()
    browser = Door(path, 1_762_000_000_000_000).client()
    page = browser.get("/sign-in").text
    token = page.partition('name="_csrf_token" value="')[2].partition('"')[0]
    sent = {"password": PASSWORD, "code": "000000", "_csrf_token": token}
    answers = [browser.post("/sign-in/now", data={**sent, "name": f"n{n}"}).text for n in range(MOST + 1)]
    assert "too many tries" not in answers[MOST - 1]
    assert "too many tries" in answers[MOST]


def test_tries_come_back_as_time_goes() -> None:
    tries = Throttle(most=2, while_us=10 * SECOND)
    tries.took("a", 0), tries.took("a", 0), tries.took("b", 0)
    with pytest.raises(NotAccepted):
        tries.took("a", 1)
    tries.took("a", 6 * SECOND)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The port of a room whose patience is short."""
    path = tmp_path / "valley.truceline"
    init(path, "example", reading="strict", exercise=True, now_us=SECOND, chance=os.urandom).close()
    for name, seconds in (("LOOK_S", 0.2), ("HEAD_S", 1.5), ("BODY_S", 1.5)):
        monkeypatch.setattr(patience, name, seconds)
    served = Served(path, "127.0.0.1", 0)
    threading.Thread(target=served.answer, args=(lambda: time.time_ns() // 1000, os.urandom), daemon=True).start()
    return served.port


@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-a: ",
        b"POST /sign-in/now HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 9999\r\n\r\na",
    ],
)
def test_requests_that_come_drop_by_drop_keep_nobody_out_and_are_closed(room: int, begun: bytes) -> None:
    address = f"http://127.0.0.1:{room}/sign-in"
    assert asked(address) == 200
    slow = [socket.create_connection(("127.0.0.1", room)) for _ in range(100)]
    for one in slow:
        one.sendall(begun)
    assert asked(address) == 200
    for one in slow:
        one.settimeout(10)
        while one.recv(4096):
            pass
        one.close()
    assert asked(address) == 200


def asked(address: str) -> int:
    """The status of an address, which may not answer at once."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return int(answer.status)
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the room does not answer")
