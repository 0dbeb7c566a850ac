"""A server on this machine that behaves like UCDP's, ACLED's and HDX's, with their moods; all rows are made up."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from truceline.fetching.patience import Clock, Patience
from truceline.fetching.ucdp import NUMBERS
from truceline.intake.formats import acled, ucdp_ged
from truceline.pipeline.fetching import Fetching

KEY = "tok-7f3a-very-secret-9c1d"
USER, PASSWORD = "monitor@example.org", "pass word/&=+ secret-55"
ACCESS = "access-token-8842-of-a-day"
ENVIRONMENT = {
    "TRUCELINE_UCDP_TOKEN": KEY, "TRUCELINE_ACLED_USER": USER, "TRUCELINE_ACLED_PASSWORD": PASSWORD,
}  # fmt: skip
Mood = Callable[["Asked"], bool]


def ucdp_row(number: int) -> dict[str, Any]:
    """One made-up event with all columns."""
    return dict.fromkeys(ucdp_ged.FORMAT.groups_of, "") | dict.fromkeys(NUMBERS, 0) | {
        "id": number, "type_of_violence": 1, "side_a": "Northern Army", "side_b": "Front of the Plain",
        "where_prec": 1, "latitude": 36.5, "longitude": 37.25, "date_prec": 1, "date_start": "2025-03-20",
        "date_end": "2025-03-20", "low": 1, "best": 2, "high": 3, "deaths_a": 2, "year": 2025, "event_clarity": 1,
        "where_coordinates": "Mühlstadt مطحنة",
    }  # fmt: skip


def acled_row(number: int) -> dict[str, Any]:
    """One made-up event with the 31 columns, its numbers as texts."""
    return dict.fromkeys(acled.COLUMNS, "") | {
        "event_id_cnty": f"NOR{number}", "event_date": "2025-03-20", "time_precision": "1", "event_type": "Battles",
        "sub_event_type": "Grenade", "actor1": "Northern Army", "actor2": "Front of the Plain", "latitude": "36.5",
        "longitude": "37.25", "geo_precision": "1", "fatalities": "2",
    }  # fmt: skip


class Asked(BaseHTTPRequestHandler):
    """One request, answered by the service's next mood, or as usual."""

    protocol_version = "HTTP/1.1"
    service: "Service"

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_CONNECT(self) -> None:
        self.service.asked.append((self.command, self.path, dict(self.headers.items()), ""))
        self.give(b"", 502)

    def _serve(self) -> None:
        self.form = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.service.asked.append((self.command, self.path, dict(self.headers.items()), self.form))
        mood = self.service.moods.pop(0) if self.service.moods else None
        if mood is None or not mood(self):
            self.service.answer(self)

    def give(self, content: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> bool:
        """Answer; `length` lies about the length."""
        told = {"Content-Type": kind, "Content-Length": headers.pop("length", str(len(content)))}
        self.send_response(status)
        for name, value in {**told, **{name.replace("_", "-"): value for name, value in headers.items()}}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        if told["Content-Length"] != str(len(content)):
            self.close_connection = True
        return True

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@dataclass
class Service:
    """The three services at one address. `reshape` changes a page's answer before it is sent."""

    base: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    page_rows: int = 3
    reshape: Callable[[dict[str, Any], int], Any] = lambda told, page: told
    moods: list[Mood | None] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    package: dict[str, Any] = field(default_factory=dict)
    access: str = ACCESS
    with_total: bool = True

    def answer(self, asked: Asked) -> bool:
        """As the real ones do."""
        path = urlsplit(asked.path).path
        if path.startswith("/api/gedevents/"):
            return self._ucdp(asked)
        if path == "/oauth/token":
            return self._signed_in(asked)
        if path in ("/api/acled/read", "/api/deleted/read"):
            return self._acled(asked)
        if path == "/api/3/action/package_show":
            return asked.give(json.dumps({"success": True, "result": self.package}).encode())
        return self._file(asked, path)

    def pages(self) -> list[str]:
        """The pages asked for, in order."""
        return [parse_qs(urlsplit(path).query).get("page", ["-"])[0] for _, path, _, _ in self.asked]

    def _ucdp(self, asked: Asked) -> bool:
        if asked.headers.get("x-ucdp-access-token") != KEY:
            return asked.give(b"API token required", 401, "text/plain")
        page = int(asked.query["page"])
        more = (page + 1) * self.page_rows < len(self.rows)
        told = {
            "TotalCount": len(self.rows), "TotalPages": -(-len(self.rows) // self.page_rows), "PreviousPageUrl": "",
            "NextPageUrl": f"http://elsewhere.invalid/x?pagesize=3&page={page + 1}" if more else "",
            "Result": self._slice(page),
        }  # fmt: skip
        return asked.give(json.dumps(self.reshape(told, page), ensure_ascii=False, indent=1).encode())

    def _signed_in(self, asked: Asked) -> bool:
        form = dict(parse_qsl(asked.form))
        wanted = {"username": USER, "password": PASSWORD, "grant_type": "password", "client_id": "acled"}
        if form != wanted:
            return asked.give(b'{"error":"invalid_grant"}', 400)
        return asked.give(
            json.dumps({"token_type": "Bearer", "expires_in": 86400, "access_token": self.access}).encode()
        )

    def _acled(self, asked: Asked) -> bool:
        if asked.headers.get("authorization") != f"Bearer {self.access}":
            return asked.give(b'{"message":"Unauthorized"}', 401)
        page = int(asked.query["page"]) - 1
        total = {"total_count": len(self.rows)} if self.with_total and asked.query.get("with_total") == "true" else {}
        told = {"status": 200, "success": True, **total, "messages": [], "data": self._slice(page)}
        return asked.give(json.dumps(self.reshape(told, page)).encode())

    def _slice(self, page: int) -> list[dict[str, Any]]:
        return self.rows[page * self.page_rows : (page + 1) * self.page_rows]

    def _file(self, asked: Asked, path: str) -> bool:
        if path not in self.files:
            return asked.give(b'{"error":"not found"}', 404)
        content, etag = self.files[path], f'"{hash(self.files[path])}"'
        wanted = asked.headers.get("range", "")
        if wanted and asked.headers.get("if-range") == etag:
            at = int(wanted.removeprefix("bytes=").rstrip("-"))
            span = f"bytes {at}-{len(content) - 1}/{len(content)}"
            return asked.give(content[at:], 206, "text/csv", ETag=etag, Content_Range=span)
        return asked.give(content, 200, "text/csv", ETag=etag)


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients who have gone."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


def start() -> tuple[ThreadingHTTPServer, Service]:
    """A running service."""
    service = Service()
    server = Quiet(("127.0.0.1", 0), type("Here", (Asked,), {"service": service}))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    service.base = f"http://127.0.0.1:{server.server_port}"
    return server, service


@pytest.fixture
def serve() -> Iterator[Callable[[], Service]]:
    """Starts services; they stop after the test."""
    servers = []

    def started() -> Service:
        server, service = start()
        servers.append(server)
        return service

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def ucdp(serve: Callable[[], Service]) -> Service:
    """UCDP with ten events, three a page."""
    service = serve()
    service.rows = [ucdp_row(number) for number in range(1, 11)]
    return service


@pytest.fixture
def acled_service(serve: Callable[[], Service]) -> Service:
    """ACLED with seven events, three a page."""
    service = serve()
    service.rows = [acled_row(number) for number in range(1, 8)]
    return service


@dataclass
class Person:
    """Somebody who fetches: what they were told, and how long they waited."""

    folder: Path
    told: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    now_us: int = 1_742_000_000_000_000

    def given(self, service: Service, out: str = "rows.json", **more: Any) -> Fetching:
        """What a fetch is given; waiting takes no time, and is noted."""
        return Fetching(
            self.folder / out,
            more.pop("environment", ENVIRONMENT),
            Clock(lambda: self.now_us, self._wait),
            lambda stage, done, total: self.told.append(f"{stage}: {done} of {total}"),
            self.notices.append,
            base=service.base + more.pop("under", ""),
            patience=more.pop("patience", Patience(connect_s=2, read_s=2)),
            **more,
        )

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now_us += int(seconds * 1_000_000)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody in an empty folder."""
    return Person(tmp_path)
