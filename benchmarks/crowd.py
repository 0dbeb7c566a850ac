"""A crowd that reads pages of the room: each person opens one, reads it a while, and opens another.

Reads from standard input, as JSON, whom to play (`sessions`), where (`address`), for how long, and which cases and
tiles there are; prints latencies by page. One connection a person, kept open, as a browser does. It runs in a process
of its own.
"""

import asyncio
import json
import random
import sys
import time
from typing import Any
from urllib.parse import urlsplit

THINK_S = 5.0
SEED = 11


async def person(asked: dict[str, Any], session: str, draw: random.Random, found: dict[str, list[Any]]) -> None:
    """One person, until the time is over. A pause is drawn evenly from nothing to twice `THINK_S`."""
    parts = urlsplit(asked["address"])
    end = time.monotonic() + asked["seconds"]
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    await asyncio.sleep(draw.uniform(0, THINK_S))
    while time.monotonic() < end:
        name, path = _page(asked, draw)
        words = (
            f"GET {path} HTTP/1.1\r\nhost: {parts.netloc}\r\naccept: text/html\r\naccept-encoding: gzip\r\n"
            f"cookie: truceline_session={session}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(words.encode())
        status, size = await _answer(reader)
        found.setdefault(name, []).append((time.perf_counter() - began, status, size))
        await asyncio.sleep(draw.uniform(0, 2 * THINK_S))
    writer.close()


def _page(asked: dict[str, Any], draw: random.Random) -> tuple[str, str]:
    as_of = f"as_of={asked['as_of']}"
    area, day = draw.randrange(300), f"2025-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}"
    return draw.choice(
        (
            ("Today", f"/?{as_of}"),
            ("Ledger", f"/ledger?{as_of}&skip={draw.randrange(0, 270, 30)}"),
            (
                "Ledger cell",
                f"/ledger/cell?{as_of}&area=area_{area:03d}&day={day}",
            ),
            ("Case", f"/cases/{draw.choice(asked['cases'])}?{as_of}"),
            ("Table of 100 rows", f"/map/table?{as_of}&area=area_{area:03d}"),
            ("Tile", f"{draw.choice(asked['tiles'])}?{as_of}"),
        )
    )


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status and the number of bytes of an answer, by its length or in chunks (RFC 9112)."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = next((line for line in head.split("\r\n") if line.startswith("content-length:")), "")
    if length:
        return status, len(await reader.readexactly(int(length.partition(":")[2])))
    size = 0
    while part := int(await reader.readline(), 16):
        size += len(await reader.readexactly(part + 2)) - 2
    await reader.readline()
    return status, size


def told(found: list[Any]) -> dict[str, Any]:
    """Latencies of one page in milliseconds. An error is any status but 200."""
    times = sorted(one[0] * 1000 for one in found)
    at = {f"p{share}": round(times[min(len(times) - 1, len(times) * share // 100)], 1) for share in (50, 95, 99)}
    return {
        "number": len(times), "errors": sum(one[1] != 200 for one in found), **at, "worst": round(times[-1], 1),
        "kb": round(max(one[2] for one in found) / 1000, 1),
    }  # fmt: skip


async def crowd(asked: dict[str, Any]) -> dict[str, Any]:
    """Everybody at once."""
    found: dict[str, list[Any]] = {}
    draws = [random.Random(SEED + n) for n in range(len(asked["sessions"]))]
    people = zip(asked["sessions"], draws, strict=True)
    await asyncio.gather(*(person(asked, session, draw, found) for session, draw in people))
    return {"pages": {name: told(one) for name, one in sorted(found.items())}}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(crowd(json.load(sys.stdin)))))
