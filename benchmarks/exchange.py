"""Exchange between two holders on one machine: by a bundle, and by HTTP to a third; all of it checked and cosigned."""

import os
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.missions import audited, made
from benchmarks.timing import timed
from truceline.pipeline.exchanging import accept, write_bundle
from truceline.pipeline.holders import add
from truceline.pipeline.missions import AGREEMENT, agreement_fields, agreement_row
from truceline.pipeline.packs import find_pack
from truceline.pipeline.pulling import pull
from truceline.pipeline.releasing import Wanted, release
from truceline.pipeline.serving import server
from truceline.store.mission_file import MissionFile

ENTRIES = 1_000_000
AT_ONCE = 5_000
FIELDS = [(f"field {n}", b"some words of a row") for n in range(6)]


def run(entries: int = ENTRIES) -> dict[str, Any]:
    """Enter rows at one holder (not counted), then give them to two others."""
    with tempfile.TemporaryDirectory() as folder:
        at = {name: Path(folder) / name for name in ("giver", "by stick", "by line")}
        keys = {name: made(path) for name, path in at.items()}
        _fill(at["giver"], entries)
        for name in ("by stick", "by line"):
            add(at[name], "giver", keys["giver"], None, "", now_us=1, chance=os.urandom)
        stick = Path(folder) / "bundle"
        written, first = timed("bundle", lambda: write_bundle(at["giver"], stick, None))
        first["note"] = f"{written.bytes / 1e6:.0f} MB"
        accepted, second = timed("accept", lambda: accept(at["by stick"], stick, now_us=2, chance=os.urandom))
        pulled, third = timed("serve and pull, HTTP", lambda: _pulled(at["giver"], at["by line"]))
        found, fourth = timed("audit of what is held", lambda: audited(at["by stick"]))
        opened = _opened(at["giver"], at["by stick"], keys["by stick"], Path(folder) / "opened")
        assert not found and accepted.logs[0].size == pulled == written.logs[0].size
    steps = [first, second, third, fourth, *opened]
    for step in steps[1:]:
        step["note"] = f"{entries / step['seconds']:,.0f} entries a second; processor {step['processor']:.1f} s"
    return {
        "title": f"{entries:,} entries given to another holder, checked and cosigned",
        "entries": entries,
        "steps": steps,
        "seconds": round(sum(step["seconds"] for step in steps), 2),
        "peak_mb": max(step["peak_mb"] for step in steps),
    }


def _fill(path: Path, entries: int) -> None:
    with MissionFile.open(path, write=True) as mission, mission.pen(1, os.urandom) as pen:
        _, layout = pen.enter("layout", [("layout", b"six fields")], {})
        for _ in range(0, entries, AT_ONCE):
            rows = pen.rows([FIELDS] * AT_ONCE, layout)
            pen.submission(rows[0][0], [("file", b"rows")], {})


def _opened(giver: Path, taker: Path, key: str, stick: Path) -> list[dict[str, Any]]:
    """Everything released to the holder who has the entries already: entered, sealed, opened and checked."""
    with MissionFile.open(taker, write=True) as mission, mission.pen(3, os.urandom) as pen:
        pack = find_pack("example")  # to read rows with
        pen.insert(AGREEMENT, [agreement_row(*pen.enter(AGREEMENT, agreement_fields(pack, None), {}), pack, None)])
    add(giver, "taker", key, None, "", now_us=3, chance=os.urandom)
    back = stick.with_name("back")
    write_bundle(taker, back, "giver")
    accept(giver, back, now_us=4, chance=os.urandom)
    wanted = Wanted(("taker",), "all of it", since=0)
    _, first = timed("release everything", lambda: release(giver, wanted, now_us=5, chance=os.urandom))
    written, second = timed("bundle of openings, sealed", lambda: write_bundle(giver, stick, "taker"))
    came, third = timed("accept of openings", lambda: accept(taker, stick, now_us=6, chance=os.urandom))
    assert came.sound and came.logs[0].opened == written.logs[0].opened
    return [first, second, third]


def _pulled(giver: Path, taker: Path) -> int:
    running = server(giver, "127.0.0.1", 0, now_us=_now_us, now_s=time.monotonic, chance=os.urandom)
    with running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        came = pull(taker, f"http://127.0.0.1:{running.port}", now_us=_now_us, chance=os.urandom)
        running.shutdown()
    return came[0].size


def _now_us() -> int:
    return time.time_ns() // 1000
