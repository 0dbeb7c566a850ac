"""The map in a real browser, under the room's own policy: it is drawn, played, opened, filtered, and found again."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from litestar.di import Provide
from litestar.static_files import create_static_files_router

from truceline.pipeline.demo import demo
from truceline.vocabulary.role import Person, Role
from truceline.web.pages.map import BASE, HANDLERS
from truceline.web.room import Room
from truceline.web.security import HEADERS

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = which("chromium")
pytestmark = [pytest.mark.long, pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")]

NOW = 1_762_000_000_000_000
ARGS = (
    "--no-sandbox --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    " --use-angle=swiftshader --enable-unsafe-swiftshader"
).split()
ANALYST = Person("ada", Role.ANALYST)
DRAWN = "Boolean(window.truceMap && truceMap.loaded() && document.getElementById('map-note').textContent)"
SHOWN = "Number(document.getElementById('map-note').textContent.match(/\\d+/)[0])"


def chance(number: int) -> bytes:
    return bytes(number)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    drawn = iter(range(1, 1 << 30))
    folder = tmp_path_factory.mktemp("browser") / "played"
    mission = Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)
    room = Room(mission, lambda: NOW, chance)
    given = {
        "room": Provide(lambda: room, sync_to_thread=False),
        "person": Provide(lambda: ANALYST, sync_to_thread=False),
    }
    assets = create_static_files_router("/assets", [str(BASE.parents[1])])
    app = Litestar([*HANDLERS, assets], dependencies=given, after_request=with_policy)
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True).start()
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True


def with_policy(response: Any) -> Any:
    response.headers.update(HEADERS)
    return response


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playing:
        opened = playing.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens the map with a query and waits until it is drawn; nothing may fail, and nothing leaves the machine."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")

    def opened(query: str = "") -> Any:
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda one: None if one.url.startswith((address, "blob:")) else wrong.append(one.url))
        page.goto(f"{address}/map?as_of=2025-05-03T00:00&{query}")
        until(page, DRAWN)
        return page

    yield opened
    context.close()
    assert [one for one in wrong if "favicon" not in one and "mark.svg" not in one and "GPU" not in one] == []


def until(page: Any, condition: str, seconds: float = 40) -> None:
    """Wait until a condition holds in the page; the policy forbids what the driver's own waiting evaluates."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if page.evaluate(f"() => {condition}"):
            return
        time.sleep(0.2)
    raise AssertionError(
        f"never so: {condition}; {page.evaluate('() => document.getElementById(`map-note`).textContent')}"
    )


def test_the_map_draws_what_the_table_counts_and_a_day_shows_fewer(visit: Callable[..., Any]) -> None:
    page = visit()
    everything = page.evaluate(f"() => {SHOWN}")
    assert everything > 100
    page.locator("#map-day").fill("12")
    until(page, f"{SHOWN} < {everything}")
    until(page, "location.search.includes('day=2025-03-13')")
    page.locator("#map-play").press("Enter")
    until(page, "document.getElementById('map-day').value > 13")
    page.locator("#map-play").press("Enter")


def test_a_filter_alters_map_table_and_address_and_the_address_gives_it_back(visit: Callable[..., Any]) -> None:
    page = visit()
    page.locator("select[name=kind]").select_option("shelling")
    until(page, "location.search.includes('kind=shelling')")
    chosen = page.evaluate(f"() => {SHOWN}")
    rows = page.locator("#map-table tbody tr").count()
    page.locator("[data-layer=circles]").uncheck()
    found = visit(page.evaluate("() => location.search.slice(1)"))
    assert found.evaluate(f"() => {SHOWN}") == chosen
    assert found.locator("#map-table tbody tr").count() == rows
    assert not found.locator("[data-layer=circles]").is_checked()
    assert found.evaluate("() => truceMap.getLayoutProperty('circle-edge', 'visibility')") == "none"


def test_a_row_of_the_table_is_found_on_the_map_by_keyboard_alone(visit: Callable[..., Any]) -> None:
    page = visit()
    button = page.locator(".map-find:not([disabled])").first
    button.focus()
    button.press("Enter")
    until(page, "document.getElementById('map-one').textContent.length > 20")
    name = button.get_attribute("data-incident")
    assert name[:8] in page.locator("#map-one").text_content()
    assert page.evaluate("() => truceMap.getZoom()") >= 11


def test_a_cluster_opens_into_what_is_in_it(visit: Callable[..., Any]) -> None:
    page = visit()
    zoom = page.evaluate("() => truceMap.getZoom()")
    spot = page.evaluate(
        "() => { const [one] = truceMap.queryRenderedFeatures({layers: ['clusters']});"
        " const at = truceMap.project(one.geometry.coordinates); return [at.x, at.y]; }"
    )
    page.locator("#map-canvas canvas").click(position={"x": spot[0], "y": spot[1]})
    until(page, f"truceMap.getZoom() > {zoom} || document.querySelectorAll('#map-one li').length > 1")


def test_a_pasted_position_is_gone_to_and_said_in_every_form(visit: Callable[..., Any]) -> None:
    page = visit()
    page.locator("#map-go").fill("19°54'00\"N 40°00'00\"W")
    page.locator("#map-go").press("Enter")
    until(page, "document.getElementById('map-read').textContent.includes('MGRS')")
    until(page, "Math.abs(truceMap.getCenter().lat - 19.9) < 0.001")


def test_the_picture_is_a_png_with_its_stamp(visit: Callable[..., Any], tmp_path: Path) -> None:
    page = visit()
    with page.expect_download() as download:
        page.locator("#map-png").click()
    saved = tmp_path / "map.png"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"\x89PNG")
    assert saved.stat().st_size > 20_000


@pytest.mark.parametrize(("query", "width"), [("lang=en", 360), ("lang=ar", 360), ("lang=ar", 1280)])
def test_nothing_is_wider_than_the_screen(visit: Callable[..., Any], query: str, width: int) -> None:
    page = visit(query)
    page.set_viewport_size({"width": width, "height": 800})
    until(page, "document.documentElement.scrollWidth <= innerWidth")
