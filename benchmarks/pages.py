"""The room at a million reports: what its pages take while fifty people work in it, and what the server weighs.

A year of an invented theatre of 300 areas is drawn and entered (`benchmarks.ledger`), cases are opened on some reports,
and people get accounts. `truceline serve` runs in a process of its own, and so does the crowd (`benchmarks.crowd`):
each person opens a page, reads it for five seconds on average, and opens another. Both share the two cores. Nothing
is judged while they read: the server answers from what it holds, as it does between two entries.
"""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from truceline.pipeline.accounts import _codes, accept, invite, invited, sign_in
from truceline.pipeline.cases import Saying, open_case
from truceline.pipeline.missions import open_mission
from truceline.publication.vector_tile import WORLD_BITS, mercator
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.role import Role

REPORTS, PEOPLE, FEW, SECONDS, CASES = 1_000_000, 50, 5, 180, 20
PASSWORD, SECOND = "several words for a benchmark", 1_000_000
AS_OF = "2026-02-01T00:00"
ZOOMS = range(5, 9)


def run(reports: int = REPORTS, mission: Path | None = None, seconds: int = SECONDS) -> dict[str, Any]:
    """Make the mission, unless one is given, serve it, and let two crowds read."""
    with tempfile.TemporaryDirectory() as folder:
        if mission is None:
            mission = Path(folder) / "year" / "mission.truceline"
            subprocess.run(
                [sys.executable, "-m", "benchmarks.ledger", "make", str(mission.parent), str(reports)],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        cases = _cases(mission)
        sessions = list(_sessions(mission, PEOPLE))
        return _served(mission, cases, sessions, seconds)


def _served(mission: Path, cases: list[str], sessions: list[str], seconds: int) -> dict[str, Any]:
    with _room(mission) as (address, process, started):
        ready = _ready(address, sessions[0])
        weight, tiles = _first_load(address, sessions[0]), _tiles(address, sessions[0])
        steps, table = [started, ready], []
        for people in (FEW, PEOPLE):
            told = _crowd(address, sessions[:people], cases, tiles, seconds)
            memory = _memory_mb(process.pid)
            for name, one in told["pages"].items():
                table.append({"people": people, "page": name, **one})
                steps.append(_step(people, name, one, memory))
    return {
        "title": f"{PEOPLE} people in the room of {mission.stat().st_size // 2**20} MB, {seconds} s",
        "steps": steps, "pages": table, "first_load_kb": weight, "seconds": sum(one["seconds"] for one in steps[:2]),
        "peak_mb": max(one["peak_mb"] for one in steps), "further": [weight], "beside": [],
    }  # fmt: skip


def _step(people: int, name: str, one: dict[str, Any], memory: int) -> dict[str, Any]:
    note = f"{one['number']} asked, {one['errors']} errors; p50 {one['p50']}, p95 {one['p95']}, worst {one['worst']} ms"
    return {
        "step": f"{people} people, {name}, p99", "seconds": one["p99"] / 1000, "peak_mb": memory, "note": note,
    }  # fmt: skip


def _tiles(address: str, session: str) -> list[str]:
    """Every tile of the theatre, at the zooms at which somebody would look at it."""
    areas = json.loads(_get(f"{address}/api/areas.geojson?as_of={AS_OF}", session)[1])["features"]
    rings = [ring for one in areas for part in one["geometry"]["coordinates"] for ring in part]
    points = np.array([point for ring in rings for point in (ring if isinstance(ring[0], list) else [ring])])
    x, y = mercator((points[:, 1] * 1e7).astype(np.int64), (points[:, 0] * 1e7).astype(np.int64))
    found = []
    for zoom in ZOOMS:
        left, right, top, low = (int(one) >> (WORLD_BITS - zoom) for one in (x.min(), x.max(), y.min(), y.max()))
        found += [f"/api/tiles/{zoom}/{a}/{b}" for a in range(left, right + 1) for b in range(top, low + 1)]
    return found


def _crowd(address: str, sessions: list[str], cases: list[str], tiles: list[str], seconds: int) -> dict[str, Any]:
    asked = {"address": address, "sessions": sessions, "cases": cases, "tiles": tiles, "seconds": seconds}
    asked["as_of"] = AS_OF
    words = [sys.executable, "-m", "benchmarks.crowd"]
    ran = subprocess.run(words, input=json.dumps(asked).encode(), check=True, stdout=subprocess.PIPE)
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


@contextmanager
def _room(mission: Path) -> Iterator[tuple[str, subprocess.Popen[bytes], dict[str, Any]]]:
    """The server's address, its process, and how long it took until its first page stood."""
    began = time.perf_counter()
    words = [sys.executable, "-m", "truceline", "serve", str(mission), "--no-browser", "--port", "0"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        line = next(one for one in process.stdout if b"http://" in one)
        address = re.findall(r"http://\S+", line.decode())[0]
        _stands(f"{address}/sign-in")
        stood = time.perf_counter() - began
        yield address, process, {
            "step": "start to first page", "seconds": round(stood, 2), "peak_mb": _memory_mb(process.pid),
            "note": "the page to sign in; asked: under 3 s",
        }  # fmt: skip
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _stands(address: str) -> None:
    """Wait until the address answers."""
    for _ in range(2_000):
        try:
            _get(address)
            return
        except urllib.error.URLError:
            time.sleep(0.01)
    raise AssertionError("the room does not answer")


def _ready(address: str, session: str) -> dict[str, Any]:
    """How long until Today stands with its figures; until then it says that they are being worked out."""
    began = time.perf_counter()
    first = None
    for _ in count():
        status, _ = _get(f"{address}/?as_of={AS_OF}", session)
        first = first or time.perf_counter() - began
        if status == 200:
            break
        time.sleep(0.2)
    return {
        "step": "Today, for the first time", "seconds": round(time.perf_counter() - began, 2), "peak_mb": 0,
        "note": f"a page that says so after {first:.2f} s",
    }  # fmt: skip


def _first_load(address: str, session: str) -> dict[str, Any]:
    """Bytes of Today and of what it links to, compressed, as a browser that has nothing yet would fetch them."""
    _, page = _get(f"{address}/?as_of={AS_OF}", session, packed=True)
    _, plain = _get(f"{address}/?as_of={AS_OF}", session)
    links = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', plain.decode()))
    sizes = {"page": len(page)}
    for link in sorted(links):
        sizes[link] = len(_get(address + link, session, packed=True)[1])
        style = _get(address + link, session)[1].decode("utf-8", "replace") if link.endswith(".css") else ""
        for font in re.findall(r'url\("?([^")]+latin-wght[^")]+)"?\)', style):
            place = font if font.startswith("/") else "/assets/" + font.removeprefix("./")
            sizes[place] = len(_get(address + place, session)[1])
    return {
        "step": "first load of Today", "seconds": 0.0, "peak_mb": 0,
        "note": f"{sum(sizes.values()) / 1000:.0f} kB in {len(sizes)} files, fonts of one script; asked: under 500",
    }  # fmt: skip


def _get(address: str, session: str = "", *, packed: bool = False) -> tuple[int, bytes]:
    headers = {"accept": "text/html", "cookie": f"truceline_session={session}"}
    if packed:
        headers["accept-encoding"] = "gzip"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=120) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _memory_mb(pid: int) -> int:
    """The most memory the process has had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) // 1024 if found else 0


def _cases(mission: Path) -> list[str]:
    """Handles of cases, opened on two reports each."""
    now = time.time_ns() // 1_000
    made = []
    with open_mission(mission, write=True) as opened:
        saying = Saying("alpha", "2026-01-15T12:00", "For the benchmark.", None, now, secrets.token_bytes)
        seqs = opened.numbers("report", ["seq"], INTERNAL, size=opened.size, since=0, absent=-1)["seq"]
        ids = [str(row[1]) for row in opened.rows_at("report", seqs[: 2 * CASES].tolist(), INTERNAL)]
        for n in range(CASES):
            handle, _ = open_case(opened, ids[2 * n : 2 * n + 2], saying, title=f"Case {n + 1}")
            made.append(handle)
    return made


def _sessions(mission: Path, number: int) -> Iterator[str]:
    """Tokens of people who are signed in, each with an account of their own."""
    now = time.time_ns() // 1_000
    for n in range(number):
        name = f"person {secrets.token_hex(4)} {n}"
        then = now - (n + 2) * 60 * SECOND
        token = invite(
            mission, name, Role.DUTY_OFFICER, by="", body="alpha", now_us=then, chance=secrets.token_bytes
        )  # fmt: skip
        secret = invited(mission, token, then).secret
        code = _codes(secret).generate(then // SECOND).decode()
        accept(mission, token, PASSWORD, code, now_us=then, chance=secrets.token_bytes)
        code = _codes(secret).generate(now // SECOND).decode()
        yield sign_in(mission, name, PASSWORD, code, now_us=now, chance=secrets.token_bytes)
