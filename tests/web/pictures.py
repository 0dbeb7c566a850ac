"""Pictures of every page of the room (light, dark, Arabic, 360 px), and what a browser finds wrong on them.

    python tests/web/pictures.py FOLDER

plays the built-in theatre in FOLDER, opens its room on a free port of this machine, signs in, and writes a PNG for each
page and way of looking. Says of each: what runs over the edge, what axe finds (WCAG 2.2 A and AA), which letters the
fonts have not, and what was asked of another machine. Needs chromium (`CHROMIUM`, else /usr/bin/chromium).
"""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from furnished import furnished
from visitors import Door

from truceline.vocabulary.role import Role
from truceline.web.app import application
from truceline.web.security import SESSION

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
AS_OF = "as_of=2025-05-03T00:00"
NOBODY = {"sign-in": "/sign-in", "no-such-page": "/no-such-page"}
INSIDE = {
    "today": "/", "map": "/map", "ledger": "/ledger", "what-if": "/ledger?boundary=06:00",
    "cell": "/ledger/cell?area=river_towns&day=2025-04-25", "inbox": "/inbox", "names": "/inbox/names",
    "cases": "/cases", "case": "/cases/{case}", "agreement": "/agreement", "why": "/agreement/why?of=no_attacks/north",
    "exclusions": "/agreement/exclusions?actor=north", "territory": "/territory",
    "territory-of": "/territory/of?number=front-line", "take-in": "/take-in", "send": "/send", "reports": "/reports",
    "report": "/reports/{report}", "search": "/search?q=shelling", "clearing": "/clearing?report={report}",
    "releases": "/releases", "record": "/record", "settings": "/settings", "tokens": "/tokens",
    "people": "/people", "sessions": "/sessions",
}  # fmt: skip
READER = {"released": "/released"}
WRITTEN_NOW = {"case", "cases", "territory", "territory-of", "released"}
"""What rests on acts of this minute is looked at as it stands now."""


MOST_NODES = 1_500
WORDED = "main :is(h1, h2, h3, p, li, td, th, label, a, button, span, bdi, option), nav a"


class Way(NamedTuple):
    """A way of looking: language, width in pixels, light or dark."""

    name: str
    language: str
    width: int
    theme: str


WAYS = (
    Way("light", "en", 1280, "light"), Way("dark", "en", 1280, "dark"), Way("arabic", "ar", 1280, "light"),
    Way("narrow", "en", 360, "light"), Way("narrow-arabic", "ar", 360, "dark"),
)  # fmt: skip
OVER_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > width + 1) found.push('page ' + document.documentElement.scrollWidth);
  for (const one of document.querySelectorAll('main *, header *, footer *')) {
    const box = one.getBoundingClientRect();
    const aside = one.closest('.scroll, nav.pages, .hidden, .skip, pre, .map-canvas');
    if (box.width && !aside && (box.right > width + 1 || box.left < -1))
      found.push(one.tagName + '.' + one.className);
  }
  return found.slice(0, 5);
}"""


class Looked(NamedTuple):
    """What a browser finds on one page: rules of axe that fail, what runs over or is missing, what came from afar."""

    page: str
    failed: list[str]
    over: list[str]
    missing: list[str]
    afar: list[str]

    @property
    def clean(self) -> bool:
        """Nothing was found."""
        return not (self.failed or self.over or self.missing or self.afar)


@contextmanager
def opened(mission: Path) -> Iterator[tuple[str, Door]]:
    """The room of a mission, answering on a free port until left: its address, and its door."""
    door = Door(mission, time.time_ns() // 1000)
    port = _free_port()
    app = application(mission, lambda: time.time_ns() // 1000, os.urandom, ["127.0.0.1", f"127.0.0.1:{port}"])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}", door
    finally:
        server.should_exit = True
        thread.join(10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium with a fresh profile."""
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def look(
    chrome: Browser, address: str, session: str, way: Way, pages: dict[str, str], folder: Path | None = None
) -> Iterator[Looked]:
    """These pages looked at in one way; a picture of each, where a folder is given."""
    context = chrome.new_context(viewport={"width": way.width, "height": 900}, color_scheme=way.theme)  # type: ignore[arg-type]
    context.add_cookies([{"name": SESSION, "value": session, "url": address}])
    page = context.new_page()
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("response", lambda one: broken.append(f"{one.status} {one.url}") if one.status >= 400 else None)
    for name, path in pages.items():
        asked.clear(), broken.clear()
        more = f"lang={way.language}" if name in WRITTEN_NOW else f"{AS_OF}&lang={way.language}"
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}{more}")
        page.wait_for_load_state("networkidle")
        afar = [one for one in asked if not one.startswith((address, "blob:", "data:"))]
        if folder:
            page.screenshot(path=str(folder / f"{name}-{way.name}.png"), full_page=True)
        missing = strange_fonts(page) + [one for one in broken if name != "no-such-page"]
        yield Looked(f"{name}, {way.name}", failed_in(page), page.evaluate(OVER_THE_EDGE), missing, afar)
    context.close()


def strange_fonts(page: Page) -> list[str]:
    """Fonts of the machine that had to help out, with the first text they stand in: ours have not every letter.

    Codes are set in whatever the machine has of even width.
    """
    chrome = page.context.new_cdp_session(page)
    chrome.send("DOM.enable")
    chrome.send("CSS.enable")
    root = chrome.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    asked = {
        "nodeId": root,
        "selector": "main :is(h1, h2, h3, p, li, td, th, label, a, button, span, bdi, option), nav a",
    }
    found: dict[str, str] = {}
    for node in chrome.send("DOM.querySelectorAll", asked)["nodeIds"][:MOST_NODES]:
        for font in chrome.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if not font["isCustomFont"] and "Mono" not in font["familyName"] and font["familyName"] not in found:
                found[font["familyName"]] = chrome.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"][:120]
    return [f"{name}: {where}" for name, where in found.items()]


def failed_in(page: Page) -> list[str]:
    """The rules of axe that the page fails, each with the first place."""
    rules: Any = Axe().run(page).response["violations"]
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['target']}" for one in rules]


def everything(
    chrome: Browser, theatre: tuple[Path, str, str], ways: tuple[Way, ...], folder: Path | None = None
) -> Iterator[Looked]:
    """Every page as those see it who may open it, in these ways."""
    mission, case, report = theatre
    named = {name: path.format(case=case, report=report) for name, path in INSIDE.items()}
    with opened(mission) as (address, door):
        door.called = f"visitor {ways[0].name}"
        inside, reader = door.session(Role.CO_CHAIR, "alpha"), door.session(Role.READER)
        for way in ways:
            for session, pages in (("nobody", NOBODY), (inside, named), (reader, READER)):
                yield from look(chrome, address, session, way, pages, folder)


def main(folder: Path) -> int:
    """Play, look and tell; 1 where something was found."""
    pictures = folder / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    bad = 0
    with browser() as chrome:
        for seen in everything(chrome, furnished(folder / "played"), WAYS, pictures):
            bad += not seen.clean
            print(seen.page, "clean" if seen.clean else seen[1:], flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
