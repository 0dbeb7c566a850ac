"""Answers made small for the way: gzip (RFC 1952) for whoever takes it, and nothing sent twice that has not changed.

A page holds this person's form token and may repeat words of the address, so the size of a packed page could be asked
until it tells the token (BREACH, 2013). Another site cannot ask with this person's cookies (SameSite=Strict); and each
packed answer of the room's own is longer by a number of bytes drawn anew (Palacios and others, "Heal the Breach",
2022), so that sizes are not exact. Files of the room hold no secret: they are packed once and held.
"""

import gzip
import zlib
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from anyio.to_thread import run_sync
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

PACKED = (
    "text/", "application/json", "application/geo+json", "application/javascript", "image/svg+xml",
    "application/vnd.mapbox-vector-tile",
)  # fmt: skip
"""Kinds of content that shrink; fonts and pictures are packed already."""
LEAST, MOST = 1_000, 32 * 1024 * 1024
"""Bytes of an answer that is packed."""
LEVEL = 5
PADDING = 255
"""At most so many bytes are added to a packed page."""
FILES, API = "/assets/", "/api/"
PRIVATE = "private, no-cache"
"""What the API tells is for this caller alone, and asked for again each time by the digest of what it was."""
AGAIN = "no-cache"
"""Files are asked for again each time, by their ETag: after an upgrade nobody has an old one."""


def packing(chance: Callable[[int], bytes]) -> Callable[[ASGIApp], ASGIApp]:
    """The middleware. chance: so many random bytes."""
    held: dict[tuple[str, bytes], bytes] = {}

    def around(app: ASGIApp) -> ASGIApp:
        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            is_read = scope["type"] == ScopeType.HTTP and scope["method"] == "GET"
            await app(scope, receive, _Answer(scope, send, chance, held).take if is_read else send)

        return asked

    return around


class _Answer:
    """One answer on its way: kept back until it is whole if it can be packed or need not be sent."""

    def __init__(self, scope: Any, send: Send, chance: Callable[[int], bytes], held: dict[Any, bytes]) -> None:
        self._path: str = scope["path"]
        self._asked = dict(scope["headers"])
        self._send, self._chance, self._held = send, chance, held
        self._start: Any = None
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        """What the application sends."""
        if message["type"] == "http.response.start" and self._is_ours(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message["body"]
            if len(self._body) > MOST:
                await self._on(bytes(self._body), more=bool(message["more_body"]))
            elif not message["more_body"]:
                await self._whole(bytes(self._body))

    def _is_ours(self, message: Any) -> bool:
        told = dict(message["headers"])
        small = told.get(b"content-type", b"").decode("latin-1").startswith(PACKED)
        return bool(small or self._path.startswith((FILES, API))) and b"content-encoding" not in told

    async def _whole(self, body: bytes) -> None:
        if self._path.startswith(API) and self._start["status"] == 200:
            self._say(b"etag", b'"%s"' % sha256(body).hexdigest()[:32].encode())
        told = dict(self._start["headers"])
        if self._path.startswith((FILES, API)):
            self._say(b"cache-control", AGAIN.encode() if self._path.startswith(FILES) else PRIVATE.encode())
            if self._start["status"] == 200 and told.get(b"etag", b"?") in self._asked.get(b"if-none-match", b""):
                self._start["status"] = 304
                await self._on(b"")
                return
        self._say(b"vary", b"accept-encoding, cookie" if b"vary" not in told else told[b"vary"] + b", accept-encoding")
        small = told.get(b"content-type", b"").decode("latin-1").startswith(PACKED)
        if small and b"gzip" in self._asked.get(b"accept-encoding", b"") and len(body) >= LEAST:
            body = await self._small(body, told.get(b"etag", b""))
            self._say(b"content-encoding", b"gzip")
        await self._on(body)

    async def _small(self, body: bytes, tag: bytes) -> bytes:
        if not tag or not self._path.startswith(FILES) or self._start["status"] != 200:
            return await run_sync(packed, body, self._chance(self._chance(1)[0] % PADDING + 1))
        key = (self._path, tag)
        if key not in self._held:
            self._held[key] = await run_sync(gzip.compress, body, 9)
        return self._held[key]

    async def _on(self, body: bytes, *, more: bool = False) -> None:
        """Send what was kept back, and what follows as it comes."""
        if not more:
            self._say(b"content-length", str(len(body)).encode())
        start, self._start = self._start, None
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    def _say(self, name: bytes, value: bytes) -> None:
        kept = [one for one in self._start["headers"] if one[0] != name]
        self._start["headers"] = [*kept, (name, value)]


def packed(body: bytes, padding: bytes = b"") -> bytes:
    """A gzip member; `padding` stands in its extra field, which whoever unpacks it skips (RFC 1952, 2.3.1)."""
    small = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    content = small.compress(body) + small.flush()
    extra = b"pd" + len(padding).to_bytes(2, "little") + padding
    head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + len(extra).to_bytes(2, "little") + extra
    return head + content + zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
