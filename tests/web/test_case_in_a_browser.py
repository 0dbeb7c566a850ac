"""A case in a real browser: exhibits blurred until asked for, each side as much room, nothing that axe finds.

Needs chromium (`CHROMIUM`, else /usr/bin/chromium); skipped where there is none.
"""

import hashlib
import os
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

pytest.importorskip("playwright", reason="a browser's driver is not installed")
from pictures import CHROMIUM, OVER_THE_EDGE, browser, failed_in, opened

from truceline.pipeline.demo import demo
from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import open_mission
from truceline.pipeline.room.said import Found, find_as, open_as
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.marking import INTERNAL, Role
from truceline.vocabulary.role import Person
from truceline.web.security import SESSION

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")


def picture() -> bytes:
    """A grey PNG of two by two."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(b"\0\x80\x80" * 2)
    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


@dataclass
class Desk:
    """A room with one case, on which both sides found and for which a photograph was entered."""

    address: str
    session: str
    chrome: Any
    case: str

    def page(self, language: str = "en", width: int = 1280, theme: str = "light") -> Any:
        context = self.chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        context.add_cookies([{"name": SESSION, "value": self.session, "url": self.address}])
        page = context.new_page()
        page.troubles, page.asked = [], []
        page.on("console", lambda one: page.troubles.append(one.text))
        page.on("request", lambda one: page.asked.append((one.method, one.url)))
        page.goto(f"{self.address}/cases/{self.case}?lang={language}")
        return page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder, now_us = tmp_path_factory.mktemp("case") / "played", time.time_ns() // 1000 - 60_000_000
    mission = Path(demo(folder, now_us=now_us, chance=os.urandom).mission)
    case = opened_case(mission, now_us)
    with opened(mission) as (address, door), browser() as chrome:
        yield Desk(address, door.session(Role.DUTY_OFFICER, "alpha"), chrome, case)


def opened_case(mission: Path, now_us: int) -> str:
    with open_mission(mission) as held:
        refs = tuple(str(row[1]) for row in held.rows("report", INTERNAL)[5:7])
    people = {body: Person(body, Role.CO_CHAIR, body) for body in ("alpha", "beta")}
    case = open_as(mission, people["alpha"], refs, "Shells", "Two calls.", now_us=now_us, chance=os.urandom)
    for body, what in (("alpha", "Three rounds fell."), ("beta", "Nobody can say. " * 30)):
        said = Found("undetermined", what, "As was seen.", "2025-04-25")
        find_as(mission, people[body], case, said, now_us=now_us, chance=os.urandom)
    photo = ExhibitEntered(
        "alpha", "2025-04-26T00:00", hashlib.sha256(picture()).hexdigest(), "Photograph of a crater",
        "Sent by a nurse.", case=case, shows="for",
    )  # fmt: skip
    with open_mission(mission, write=True) as held:
        enter_act(held, photo, sign=None, now_us=now_us, chance=os.urandom)
    return case


def test_a_picture_is_blurred_until_asked_for_and_sent_nowhere(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "crater.png").write_bytes(picture())
    page = desk.page()
    box = page.locator("[data-exhibit]")
    before = len(page.asked)
    box.get_by_label("Look at your copy").set_input_files(tmp_path / "crater.png")
    image = box.get_by_role("img", name="Photograph of a crater")
    image.wait_for()
    assert "It is the file that was entered." in box.inner_text()
    assert "blur" in image.evaluate("one => getComputedStyle(one).filter")
    button = box.get_by_role("button", name="it may be graphic")
    button.press("Enter")
    assert image.evaluate("one => getComputedStyle(one).filter") == "none"
    button.press("Enter")
    assert "blur" in image.evaluate("one => getComputedStyle(one).filter")
    assert {method for method, _ in page.asked[before:]} <= {"GET"}
    assert all(url.startswith((desk.address + "/assets/", "blob:")) for _, url in page.asked[before:])
    assert page.troubles == []


def test_another_file_than_the_one_entered_is_said_to_be_another_and_not_shown(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "crater.png").write_bytes(picture() + b"altered")
    page = desk.page()
    box = page.locator("[data-exhibit]")
    box.get_by_label("Look at your copy").set_input_files(tmp_path / "crater.png")
    box.get_by_text("It is not the file that was entered.").wait_for()
    assert box.locator("img").count() == 0


def test_what_each_side_found_has_the_same_room_and_the_same_type(desk: Desk) -> None:
    views = desk.page().locator("section[aria-labelledby=found] .view")
    assert views.count() == 2
    looks = [
        views.nth(n).evaluate(
            "one => { const box = one.getBoundingClientRect(), style = getComputedStyle(one.querySelector('.says'));"
            " return [Math.round(box.width), Math.round(box.top), style.fontSize, style.fontWeight, style.color]; }"
        )
        for n in (0, 1)
    ]
    assert looks[0] == looks[1]


@pytest.mark.parametrize(
    ("language", "width", "theme"),
    [("en", 1280, "light"), ("en", 360, "dark"), ("ar", 1280, "dark"), ("ar", 360, "light")],
)
@pytest.mark.parametrize("part", ["", "/assessed"])
def test_axe_finds_nothing_and_nothing_runs_over(desk: Desk, part: str, language: str, width: int, theme: str) -> None:
    page = desk.page(language, width, theme)
    if part:
        page.goto(f"{desk.address}/cases/{desk.case}{part}")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    assert failed_in(page) == []
    assert page.evaluate(OVER_THE_EDGE) == []
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/case{part.replace('/', '-')}-{language}-{width}-{theme}.png", full_page=True)
