"""The inbox worked with letters of the keyboard, in a real browser; and they do nothing until they are switched on.

Needs chromium (`CHROMIUM`, else /usr/bin/chromium); skipped where there is none.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

pytest.importorskip("playwright", reason="a browser's driver is not installed")
from pictures import CHROMIUM, OVER_THE_EDGE, browser, failed_in, opened

from truceline.pipeline.demo import demo
from truceline.pipeline.missions import acts, open_mission
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import INTERNAL, Role
from truceline.web.security import SESSION

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")


class Desk:
    """A room that is open, and somebody of alpha at its inbox."""

    def __init__(self, mission: Path, address: str, session: str, chrome: Any) -> None:
        self.mission, self.address, self._session, self._chrome = mission, address, session, chrome

    def page(self, *, letters: bool, language: str = "en", width: int = 1280, theme: str = "light") -> Any:
        context = self._chrome.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
        looks = f"{'on' if letters else 'off'}.system.100"
        for name, value in ((SESSION, self._session), ("looks", looks), ("lang", language)):
            context.add_cookies([{"name": name, "value": value, "url": self.address}])
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda one: page.troubles.append(one.text))
        page.goto(f"{self.address}/inbox")
        return page

    def judged(self) -> list[Judgement]:
        with open_mission(self.mission) as mission:
            said = [one.act for one in acts(mission, INTERNAL)]
        return [one for one in said if isinstance(one, Judgement) and one.by == "alpha"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("keys") / "played"
    drawn = iter(range(1, 1 << 30))
    mission = Path(demo(folder, now_us=time.time_ns() // 1000, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)
    with opened(mission) as (address, door), browser() as chrome:
        yield Desk(mission, address, door.session(Role.DUTY_OFFICER, "alpha"), chrome)


def focused(page: Any) -> str:
    found: str = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.tagName")
    return found


def pressed(page: Any, key: str) -> None:
    """Press a key that sends a form, and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_letters_do_nothing_until_they_are_switched_on(desk: Desk) -> None:
    page = desk.page(letters=False)
    before = desk.judged()
    for key in "jsdu?gc":
        page.keyboard.press(key)
    assert page.url.endswith("/inbox")
    assert page.locator("dialog").count() == 0
    assert desk.judged() == before


def test_pairs_are_gone_through_and_judged_by_letters_and_the_last_word_is_taken_back(desk: Desk) -> None:
    page = desk.page(letters=True)
    if page.get_by_role("button", name="Propose pairs").count():
        page.get_by_role("button", name="Propose pairs").click()
    before, pairs = len(desk.judged()), page.locator("section.pair")
    first, second = (pairs.nth(n).get_attribute("aria-label") for n in (0, 1))
    page.keyboard.press("j")
    assert focused(page) == first
    page.keyboard.press("j")
    assert focused(page) == second
    assert second in page.locator("#keys-live").inner_text()
    page.keyboard.press("k")
    assert focused(page) == first
    pressed(page, "d")
    assert [one.says for one in desk.judged()[before:]] == ["different"]
    assert focused(page) == second, "one goes on where the next pair is"
    pressed(page, "z")
    assert len(desk.judged()) == before
    assert page.locator("section.pair").first.get_attribute("aria-label") == first
    assert page.troubles == []


def test_nothing_is_pressed_while_a_reason_is_written(desk: Desk) -> None:
    page = desk.page(letters=True)
    before = len(desk.judged())
    page.locator("section.pair").first.get_by_label("Because").first.fill("")
    page.keyboard.type("seen as used")
    assert page.locator("section.pair input[name=because]").first.input_value() == "seen as used"
    assert len(desk.judged()) == before


def test_pages_are_gone_to_and_the_keys_are_listed_by_keyboard(desk: Desk) -> None:
    page = desk.page(letters=True)
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    assert failed_in(page) == []
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    page.keyboard.press("g")
    pressed(page, "c")
    assert "/cases" in page.url


@pytest.mark.parametrize(
    ("language", "width", "theme"), [("en", 1280, "light"), ("ar", 1280, "dark"), ("ar", 360, "light")]
)
@pytest.mark.parametrize("address", ["/settings", "/inbox"])
def test_axe_finds_nothing_on_the_pages_of_the_keyboard(
    desk: Desk, address: str, language: str, width: int, theme: str
) -> None:
    page = desk.page(letters=True, language=language, width=width, theme=theme)
    page.goto(desk.address + address)
    assert failed_in(page) == []
    assert page.evaluate(OVER_THE_EDGE) == []


def test_what_is_chosen_on_settings_holds_on_every_page(desk: Desk) -> None:
    page = desk.page(letters=False)
    page.goto(f"{desk.address}/settings")
    page.get_by_label("Single letters").check()
    page.get_by_label("dark", exact=True).check()
    page.get_by_label("130 %").check()
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{desk.address}/cases")
    html = page.locator("html")
    assert (html.get_attribute("data-theme"), html.get_attribute("data-size")) == ("dark", "130")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20.8px"
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()


def test_a_cookie_that_holds_anything_else_says_nothing(desk: Desk) -> None:
    page = desk.page(letters=False)
    page.context.add_cookies([{"name": "looks", "value": "on.<b>.900", "url": desk.address}])
    page.goto(f"{desk.address}/cases")
    assert page.locator("html").get_attribute("data-theme") is None
    assert page.locator("html").get_attribute("data-size") is None
