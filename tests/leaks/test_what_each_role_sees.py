"""A theatre with planted secrets, crawled by every role through every page, file, header and log: none is found.

And each planted leak, when it is switched on, is found by the same crawl: a crawl that finds nothing proves nothing.
"""

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from crawl import Crawled, crawled
from planted import CLEARED, NURSE, PRIVATE, Secret, forms_of, found_in, of_report
from visitors import Door

from truceline.publication import gate
from truceline.vocabulary.marking import Role
from truceline.web import app as web_app
from truceline.web import rendering
from truceline.web.api import reading
from truceline.web.pages import HANDLERS

NOW = 1_762_000_000_000_000
AS_OF = "as_of=2025-05-03T00:00"
API = [f"/api{path}" for one in reading.HANDLERS for path in one.paths]
SEEDS = [
    f"{path}{'&' if '?' in path else '?'}{AS_OF}"
    for path in (
        "/", "/map", "/map/table", "/map/incidents.geojson", "/map/areas.geojson", "/map/lines.geojson",
        "/map/incidents.gpkg", "/ledger", "/ledger?boundary=06:00", "/inbox", "/cases", "/record", "/record/bundle",
        "/take-in", "/clearing", "/released", "/released/reports.csv", "/released/reports.geojson",
        "/released/counts.csv", "/releases", "/search", "/search?q=shelling", "/reports",
        "/reports.csv", "/agreement", "/agreement/why?of=no_attacks/north",
        "/agreement/exclusions?actor=north", "/territory", "/territory/of?number=x", "/people", "/sessions",
        "/settings", "/send", "/sent", "/tokens", "/link", "/sign-in", "/no-such-page", "/cases/no-such-case",
        "/map/position",
        "/api/openapi.json", *(one for one in API if "{" not in one), "/api/tiles/0/0/0", "/api/tiles/12/2461/1631",
        "/api/ledger/cell?area=river_towns&day=2025-04-20", "/api/nothing",
    )
]  # fmt: skip
EVERY_ROLE = [None, *Role]
LISTS = ("/reports", "/reports.csv", "/api/reports")
LOOKED: dict[Role | None, Crawled] = {}
"""What each role found."""


@pytest.fixture(scope="module")
def planted(office: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The door of a mission with one report that only co-chairs see whole, and one of which some is cleared."""
    desk = office.Desk(tmp_path_factory.mktemp("planted")).init()
    more = [{"report_id": f"w-{n}", "when": f"2025-04-2{n}", "area": "river_towns", "lat": "35.3", "lon": "36.4"}
            for n in range(4)]  # fmt: skip
    twin = {**NURSE, "report_id": "T-1", "source": "wire", "words": "Agency: shelling", "when": "2025-04-20T14:15"}
    desk.reports(NURSE, CLEARED, {**twin, "place": "", "lat": "35.31", "lon": "36.43"}, *more)
    desk.reports({"report_id": "bad", "source": "wire", "when": "2025-04-31"})
    desk.watched("2025-04-01", "2025-05-02")
    nurse, patrol = (f"{row['source']}/{row['report_id']}" for row in (NURSE, CLEARED))
    said = {"by": "alpha", "at": "2025-05-02T10:00", "because": PRIVATE}
    desk.act(act="marking", reports=[nurse], fields=["source", "when", "where", "rest"], roles=["co_chair"], **said)
    desk.act(
        act="clearance", to="council", reports=[patrol, nurse], fields=["when", "where", "what"], cell_m=16000, **said
    )
    words = ("--title", "Shelling of a clinic", "--because", "Two tell of it.", "--at", "2025-05-01T10:00")
    assert desk.run("case", "open", desk.mission, nurse, patrol, "--by", "alpha", *words).code == 0
    assert desk.run("match", desk.mission).code == 0
    return Door(desk.mission, NOW)


def hidden_from(role: Role | None) -> list[Secret]:
    """What this role may find nowhere."""
    nurse, patrol, private = of_report(NURSE), of_report(CLEARED), Secret("private", forms_of(PRIVATE))
    if role is Role.CO_CHAIR:
        return []
    if role in (Role.ANALYST, Role.DUTY_OFFICER, Role.HEAD_OF_CELL):
        return [nurse["source"], nurse["where"], nurse["rest"]]
    return [*nurse.values(), *patrol.values(), private]


def looked_by(door: Door, role: Role | None) -> Crawled:
    """Everything that this role finds; looked at once."""
    if role not in LOOKED:
        LOOKED[role] = crawled(client_of(door, role), SEEDS)
    return LOOKED[role]


def client_of(door: Door, role: Role | None) -> Any:
    return door.client(role, "alpha" if role in (Role.CO_CHAIR, Role.HEAD_OF_CELL) else "")


def leaks(found: Crawled, secrets: list[Secret]) -> list[tuple[str, list[str]]]:
    """Addresses whose answers hold a secret, and what was logged."""
    every = {**found.answers, "log": "\n".join(found.logged).encode()}
    return [(address, names) for address, content in every.items() if (names := found_in(content, secrets))]


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_role_finds_nothing_that_is_kept_from_it(planted: Door, role: Role | None) -> None:
    found = looked_by(planted, role)
    assert leaks(found, hidden_from(role)) == []
    print(f"{role or 'nobody'}: {len(found.answers)} addresses, {sum(map(len, found.answers.values())):,} bytes")


@pytest.mark.parametrize(
    "address", ["/search?q={}", "/reports?source={}", "/reports.csv?source={}", "/api/reports?source={}"]
)
@pytest.mark.parametrize("role", [Role.ANALYST, Role.HEAD_OF_CELL])
def test_a_word_that_is_withheld_is_answered_like_one_that_nobody_said(planted: Door, role: Role, address: str) -> None:
    client = client_of(planted, role)
    said = [client.get(f"{address.format(one)}&{AS_OF}").text.replace(one, "*") for one in (NURSE["source"], "no_such")]
    known, unknown = (re.sub(r'name="_csrf_token" value="[^"]+"', "", one) for one in said)
    assert known == unknown


def test_whoever_may_see_it_does_so_that_the_secrets_are_there_to_be_found(planted: Door) -> None:
    found = looked_by(planted, Role.CO_CHAIR)
    seen = {name for _, names in leaks(found, [*of_report(NURSE).values()]) for name in names}
    assert seen >= {"source", "where", "rest"}


def test_every_page_of_the_room_is_reached_by_the_crawl(planted: Door) -> None:
    reached = {address.partition("?")[0] for address in looked_by(planted, Role.CO_CHAIR).answers}
    wanted = [path for one in HANDLERS if "GET" in one.http_methods for path in one.paths if path not in UNREACHED]
    shapes = [re.sub(r"\{[^}]*\}", "[^/]+", path) for path in wanted]
    shapes += [re.sub(r"\{[^}]*\}", "[^/]+", path) for path in API]
    assert [shape for shape in shapes if not any(re.fullmatch(shape, one) for one in reached)] == []


UNREACHED: set[str] = set()
"""Pages that no crawl reaches without writing first."""


def open_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = gate.Seen(True, gate.Why.CLEARED)
    monkeypatch.setattr("truceline.pipeline.gate.seen", lambda *_, **__: shown)


def fine_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    from truceline.publication.coarse import Coarse

    monkeypatch.setattr("truceline.pipeline.gated.coarse", lambda lat, lon, radius, _: Coarse(lat, lon, radius))


def source_in_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(web_app.HEADERS, "x-source", NURSE["source"])


def digest_in_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    from hashlib import sha256

    monkeypatch.setitem(web_app.HEADERS, "x-tag", sha256(NURSE["source"].encode()).hexdigest())


def words_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(web_app.PLAIN, 404, NURSE["words"])


def words_in_every_foot(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rendering.main_of
    monkeypatch.setattr(rendering, "pages_for", lambda _: (("/x", NURSE["words"]),))
    assert before


def position_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    import logging

    def who(*words: Any, **named: Any) -> Any:
        logging.getLogger("truceline.web").warning("asked near %s", NURSE["lat"])
        return before(*words, **named)

    before = rendering._said
    monkeypatch.setattr(rendering, "_said", who)


@pytest.mark.parametrize(
    ("switch", "role"),
    [
        (open_gate, Role.ANALYST), (source_in_a_header, Role.READER), (digest_in_a_header, Role.READER),
        (words_in_an_error, Role.READER), (words_in_every_foot, Role.AUDITOR), (position_in_a_log, Role.AUDITOR),
        (open_gate, Role.READER), (fine_cells, Role.READER),
    ],
)  # fmt: skip
def test_a_planted_leak_is_found_when_it_is_switched_on(
    planted: Door, monkeypatch: pytest.MonkeyPatch, switch: Any, role: Role
) -> None:
    switch(monkeypatch)
    assert leaks(crawled(client_of(planted, role), SEEDS, most=len(SEEDS) + 10), hidden_from(role))
