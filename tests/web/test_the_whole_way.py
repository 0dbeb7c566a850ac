"""The whole way as a new user goes it, in a real browser: `truceline demo --two`, and then only what pages offer.

A file is taken in; pairs are proposed and judged; a case is opened; alpha finds, beta finds otherwise; the ledger and
a clock change; what one holder said reaches the other over the link; the audit holds. In English, in Arabic, and with
the keyboard alone. Needs chromium (`CHROMIUM`, else /usr/bin/chromium); skipped where there is none.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

pytest.importorskip("playwright", reason="a browser's driver is not installed")
from pictures import CHROMIUM, browser

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")
CALLS = """report_id,source,when,kind,side_a,side_b,area,killed_best,words
c-1,hotline,2025-04-25T10:05,shelling,Northern Army,Front of the Plain,river_towns,2,Two shells fell by the bridge
c-2,hotline,2025-04-25T10:15,shelling,Northern Army,Front of the Plain,river_towns,2,Shelling at the bridge
c-3,hotline,2025-04-31,shelling,Northern Army,Front of the Plain,river_towns,2,No such day
"""
AS_OF = "as_of=2025-05-03T00:00"
CELL = f"/ledger/cell?area=river_towns&day=2025-04-25&{AS_OF}"


@dataclass
class Rooms:
    """Both rooms: the links that seat one as alpha and as beta."""

    folder: Path
    alpha: str
    beta: str


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    folder = tmp_path_factory.mktemp("whole")
    words = [sys.executable, "-m", "truceline", "demo", "--two", "--no-open", "--port", "0"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, env=env)
    assert process.stdout is not None
    found: dict[str, str] = {}
    for line in process.stdout:
        if said := re.search(r"co-chair (\w+): (http://\S+)", line.decode()):
            found[said.group(1)] = said.group(2)
        if len(found) == 2:
            break
    yield Rooms(folder, found["alpha"], found["beta"])
    process.send_signal(signal.SIGINT)
    process.wait(20)


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    with browser() as found:
        yield found


def seated(chrome: Any, link: str, language: str = "en") -> Any:
    """A page of somebody who has sat down."""
    page = chrome.new_context(viewport={"width": 1280, "height": 900}).new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.asked = asked
    page.goto(link)
    page.wait_for_url("**/")
    page.base = link.partition("/exercise/")[0]
    page.goto(f"{page.base}/?lang={language}")
    return page


def main_text(page: Any) -> str:
    text: str = page.locator("main").inner_text()
    return text


def test_a_new_user_goes_the_whole_way(chrome: Any, rooms: Rooms, tmp_path: Path) -> None:
    alpha = seated(chrome, rooms.alpha)
    assert alpha.get_by_role("heading", name="Today").is_visible()
    alpha.goto(alpha.base + CELL)
    before = main_text(alpha)
    assert "hotline/c-1" not in before

    take_in(alpha, tmp_path)
    alpha.goto(alpha.base + CELL)
    after = main_text(alpha)
    assert figures(after) != figures(before)
    assert after.count("hotline") == before.count("hotline") + 2

    alpha.get_by_role("link", name="Inbox").click()
    alpha.get_by_role("button", name="Propose pairs").click()
    pair = alpha.locator("section.pair").first
    pair.get_by_role("button", name="same").click()
    assert "Entered:" in main_text(alpha)
    pair = alpha.locator("section.pair").first
    pair.get_by_text("Open a case on this").click()
    pair.get_by_label("Title").fill("Shells by the bridge")
    pair.locator("details form").get_by_label("Because").fill("Two calls.")
    pair.get_by_role("button", name="Open the case").click()
    assert "Enter a finding of" in main_text(alpha), main_text(alpha)[:1500]
    case = alpha.url.split("?")[0].rsplit("/", 1)[1]
    find(alpha, "happened", "Two shells fell by the bridge.")
    categorise(alpha, "serious_violation")
    assert "Two shells fell by the bridge." in main_text(alpha)

    beta = seated(chrome, rooms.beta)
    until(beta, f"/cases/{case}", "Two shells fell by the bridge.")
    find(beta, "undetermined", "Nobody has seen a crater.")
    categorise(beta, "not_an_incident")
    until(alpha, f"/cases/{case}", "Nobody has seen a crater.")
    columns = alpha.locator("section", has=alpha.get_by_role("heading", name="What each side found")).locator(".view")
    assert columns.count() == 2
    assert abs(columns.nth(0).bounding_box()["width"] - columns.nth(1).bounding_box()["width"]) < 2

    alpha.goto(alpha.base)
    assert "contested" in main_text(alpha)
    alpha.get_by_role("link", name="Record", exact=True).click()
    assert "cosigned its head" in main_text(alpha)
    alpha.get_by_role("button", name="Audit now").click()
    assert "The record holds." in main_text(alpha)
    assert all(one.startswith((alpha.base, "data:", "blob:")) for one in alpha.asked)


def test_the_same_in_arabic(chrome: Any, rooms: Rooms, tmp_path: Path) -> None:
    page = seated(chrome, rooms.alpha, "ar")
    for address in ("/", "/ledger", "/inbox", "/cases", "/take-in", "/record", "/map", "/link", "/clearing"):
        page.goto(page.base + address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        latin = re.findall(
            r"[A-Za-z]{4,}", page.locator("main h1, main h2, main button, nav.pages").all_inner_texts()[0]
        )
        assert latin == [], (address, latin)
    page.goto(f"{page.base}/take-in")
    file = tmp_path / "calls.csv"
    file.write_text(CALLS.replace("c-", "d-"))
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form button.main").first.click()
    page.locator("section form button.main").last.click()
    assert page.get_by_role("status").count() == 1


def test_the_same_with_the_keyboard_alone(chrome: Any, rooms: Rooms, tmp_path: Path) -> None:
    page = seated(chrome, rooms.beta)
    press(page, "Take in")
    file = tmp_path / "calls.csv"
    file.write_text(CALLS.replace("c-", "k-"))
    page.get_by_label("Files").set_input_files(file)  # the system's own window, which no page can be asked for
    press(page, "Look at them")
    press(page, "Take it in")
    assert "3 rows = 2 new" in main_text(page)
    press(page, "Inbox")
    press(page, "Propose pairs")
    press(page, "Open a case on this", summary=True)
    typed(page, {"text:title": "Shells by night", "text:because": "Two calls."})
    press(page, "Open the case")
    press(page, "Enter a finding of beta", summary=True)
    press_to(page, "radio:held")
    page.keyboard.press("ArrowDown")
    typed(page, {"textarea:what": "Found by keyboard.", "textarea:because": "Nothing was touched."})
    press(page, "Enter the finding")
    assert "Found by keyboard." in main_text(page)
    press(page, "Inbox")
    press(page, "unsure")
    assert "Entered:" in main_text(page)
    press(page, "Record")
    press(page, "Audit now")
    assert "The record holds." in main_text(page)


def figures(text: str) -> list[str]:
    """The first figures of a cell's page: incidents surely and at most."""
    return re.findall(r"\d+", text.partition("Why")[0])[-6:]


def press_to(page: Any, wanted: str, most: int = 120) -> None:
    """Tab until the focus, which is seen, is on what is wanted: by its text, kind, `kind:name` or `link:PATH`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said, kind, name, href, outline = page.evaluate(
            "() => { const one = document.activeElement, style = getComputedStyle(one);"
            " return [one.innerText || '', one.type || one.tagName.toLowerCase(), one.name || '', one.pathname || '',"
            " style.outlineStyle + style.outlineWidth]; }"
        )
        linked = wanted.startswith("link:") and href.startswith(wanted.removeprefix("link:"))
        if linked or wanted in (kind, f"{kind}:{name}") or (":" not in wanted and wanted in said.strip()):
            assert "none" not in outline, wanted
            return
    raise AssertionError(f"{wanted!r} is not reached by Tab")


def press(page: Any, wanted: str, *, summary: bool = False) -> None:
    """Tab to what is wanted and press Enter: a page comes, or, for a summary, what it hides."""
    press_to(page, wanted)
    if summary:
        page.keyboard.press("Enter")
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typed(page: Any, words: dict[str, str]) -> None:
    """Tab to each field, by kind and name, and type."""
    for field, said in words.items():
        press_to(page, field)
        page.keyboard.type(said)


def take_in(page: Any, folder: Path) -> None:
    file = folder / "calls.csv"
    file.write_text(CALLS)
    page.get_by_role("link", name="Take in").click()
    page.get_by_label("Files").set_input_files(file)
    page.get_by_role("button", name="Look at them").click()
    assert "truceline_reports" in main_text(page)
    page.get_by_role("button", name="Take it in").click()
    assert "3 rows = 2 new + 0 revised + 1 refused" in main_text(page)


def find(page: Any, held: str, what: str) -> None:
    page.get_by_text("Enter a finding of").click()
    form = page.locator("form", has=page.get_by_role("button", name="Enter the finding"))
    form.get_by_label(held.replace("_", " "), exact=True).check()
    form.get_by_label("What happened").fill(what)
    form.get_by_label("Because").fill("As the officer on duty wrote down.")
    form.get_by_role("button", name="Enter the finding").click()


def categorise(page: Any, category: str) -> None:
    page.get_by_text("Say what").click()
    form = page.locator("form", has=page.get_by_role("button", name="Enter the category"))
    form.get_by_label("Category").select_option(category)
    form.get_by_label("Because").fill("After talks.")
    form.get_by_role("button", name="Enter the category").click()


def until(page: Any, address: str, words: str, tries: int = 30) -> None:
    """Look again until the words are there: the link carries every few seconds."""
    for _ in range(tries):
        page.goto(page.base + address)
        if words in main_text(page):
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"{words!r} does not come: {main_text(page)[:400]}")
