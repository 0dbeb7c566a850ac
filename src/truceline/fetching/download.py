"""One file as it is, in parts if the line breaks: RFC 9110 section 14, `Range` with `If-Range`.

What came is kept as `FILE.part` with what it is a part of. A server that has changed the file since, or
gives no parts, begins anew.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
import urllib3
from msgspec import Struct

from truceline.errors import FetchError
from truceline.fetching.hdx import Dataset, Doorway, Resource
from truceline.fetching.kept import digest_of, unwritable, write_whole
from truceline.fetching.paging import Tell
from truceline.fetching.receipt import Receipt, instant, receipt_path, write_receipt
from truceline.fetching.walk import MOST_BYTES
from truceline.fetching.wire import Passing, Request, Wire

_EVERY = 1 << 20


class PartOf(Struct, frozen=True):
    """What a `.part` is a part of: its address, the validator the server gave, the whole length if it said."""

    url: str
    validator: str = ""
    length: int | None = None


class Parts:
    """The unfinished file beside `out`."""

    def __init__(self, out: Path, url: str) -> None:
        self.path = out.with_name(out.name + ".part")
        self._about = out.with_name(out.name + ".part.json")
        self._url = url

    def known(self) -> PartOf:
        """What the part is of; nothing of it is used where that is another file, or not said."""
        try:
            known = msgspec.json.decode(self._about.read_bytes(), type=PartOf)
        except (OSError, msgspec.MsgspecError):
            return PartOf(self._url)
        return known if known.url == self._url else PartOf(self._url)

    def size(self) -> int:
        """Bytes that can be gone on from: none without a validator."""
        return self.path.stat().st_size if self.known().validator and self.path.exists() else 0

    def headers(self) -> Mapping[str, str]:
        """Ask for the rest, if the file is still the same; unencoded, for parts are of the bytes as they are."""
        size, plain = self.size(), {"Accept-Encoding": "identity"}
        return plain | ({"Range": f"bytes={size}-", "If-Range": self.known().validator} if size else {})

    def begin(self, answer: urllib3.BaseHTTPResponse) -> int:
        """The place at which the answer's body goes into the part."""
        if answer.status == 206 and answer.headers.get("content-range", "").startswith(f"bytes {self.size()}-"):
            return self.size()
        if answer.status == 206:
            self.forget()
            raise Passing("it gives another part than was asked for")
        etag = answer.headers.get("etag", "")
        validator = etag if etag and not etag.startswith("W/") else answer.headers.get("last-modified", "")
        length = answer.headers.get("content-length", "")
        about = PartOf(self._url, validator, int(length) if length.isdecimal() else None)
        if answer.headers.get("content-encoding", "identity") != "identity":
            about = PartOf(self._url)
        write_whole(self._about, msgspec.json.encode(about))
        return 0

    def whole(self) -> bool:
        """All of it is there."""
        return self.size() > 0 and self.size() == self.known().length

    def forget(self) -> None:
        """Remove what was kept."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)

    def done(self, out: Path) -> None:
        """The part is the file now."""
        self.path.replace(out)
        self._about.unlink(missing_ok=True)


def download(found: Dataset, resource: Resource, wire: Wire, doorway: Doorway, out: Path, tell: Tell) -> Receipt:
    """Fetch a resource into `out`, byte for byte, with a receipt. Raises `FetchError`."""
    if out.exists():
        raise FetchError(f"{out} is already there.", "Choose another name: what was fetched is never overwritten.")
    began, parts = wire.clock.now_us(), Parts(out, resource.url)
    continued = parts.size() > 0
    request = Request(resource.url, lambda: {**doorway.headers(resource.url), **parts.headers()}, roam=True)
    try:
        if not parts.whole():
            wire.asked(request, lambda answer: _take(answer, parts, resource, wire, tell))
        receipt = _receipt(found, resource, parts.path, out, (began, wire.clock.now_us()), continued)
        write_receipt(out, receipt)
        parts.done(out)
    except OSError as error:
        receipt_path(out).unlink(missing_ok=True)
        raise unwritable(out, error) from error
    return receipt


def _take(answer: urllib3.BaseHTTPResponse, parts: Parts, resource: Resource, wire: Wire, tell: Tell) -> None:
    if "html" in answer.headers.get("content-type", "") and "htm" not in resource.format.lower():
        raise FetchError("A web page came, and no data.", "Open the resource in a browser: it may want a login.")
    at, whole = parts.begin(answer), parts.known().length or resource.size or 0
    with parts.path.open("r+b" if at else "wb") as file:
        file.seek(at)
        for chunk in wire.chunks(answer, MOST_BYTES - at):
            file.write(chunk)
            if file.tell() // _EVERY != (file.tell() - len(chunk)) // _EVERY:
                tell("fetching HDX, bytes", file.tell(), whole)
        file.flush()
        os.fsync(file.fileno())


def _receipt(
    found: Dataset, resource: Resource, part: Path, out: Path, times: tuple[int, int], continued: bool
) -> Receipt:
    began, finished = map(instant, times)
    return Receipt(
        source=f"HDX: {found.title} / {resource.name}", url=resource.url, began=began, finished=finished, file=out.name,
        bytes=part.stat().st_size, sha256=digest_of(part), rows=None, said=None, pages=(), columns=(),
        notes=tuple(_differences(resource, part)), terms=found.terms, continued=continued, restarts=0,
    )  # fmt: skip


def _differences(resource: Resource, part: Path) -> list[str]:
    """What the catalogue says of the file and is not so; the catalogue is often behind."""
    notes, size = [], part.stat().st_size
    if resource.size is not None and resource.size != size:
        notes.append(f"the catalogue says {resource.size:,} bytes; {size:,} came")
    kind = {32: "md5", 40: "sha1", 64: "sha256"}.get(len(resource.hash))
    if kind:
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.new(kind, usedforsecurity=False)).hexdigest()
        if digest != resource.hash.lower():
            notes.append(f"the catalogue's {kind} is of another file")
    return notes
