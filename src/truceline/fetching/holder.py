"""Asking another holder by HTTP: a file of its log by name, or sending it something. It knows no mission.

https, or http on this machine alone; http elsewhere only where the caller has another proof of what comes (`plain`).
Nothing is followed elsewhere; every answer is bounded in size and time. Requests are signed where a signer is given.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from time import monotonic, sleep
from urllib.parse import urlsplit

import urllib3

from truceline.errors import FetchError
from truceline.fetching.addresses import refuse_unsafe
from truceline.fetching.wire import AGENT

CONNECT_S, READ_S, WHOLE_S = 15.0, 60.0, 900.0
TRIES, LONGEST_WAIT_S = 4, 30.0
NOT_ADMITTED = 401
BUSY = (429, 503)
"""States that may pass."""
WHOSE = "Truceline-Log"
"""The header in which a holder says whose it is to whom it does not know yet."""
EMPTY = sha256(b"").digest()
_AT_ONCE = 1 << 20
_MEND = "Run the same command later: it goes on from here."

Sign = Callable[[str, str, bytes, str], str]
"""Signs a request: method, name, SHA-256 of the body, and for whom (an origin, "" if not known yet)."""


class Answered(Exception):
    """Another state than 200. `status` says which; the text is bounded."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class Holder:
    """One other holder at its address. A context manager; connections are kept alive between requests."""

    def __init__(
        self, url: str, sign: Sign | None = None, *, plain: bool = False, wait: Callable[[float], None] = sleep
    ) -> None:
        self.url = url.rstrip("/")
        # What is asked of an address without TLS is the same, but for TLS.
        refuse_unsafe(f"https{self.url[4:]}" if plain and self.url.lower().startswith("http://") else self.url)
        self.whose = ""
        self._sign, self._wait = sign, wait
        timeout = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, headers={"User-Agent": AGENT})

    def __enter__(self) -> "Holder":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def get(self, name: str, most: int) -> bytes:
        """The content under a name; asked again, after a wait, where the holder is busy.

        Raises `Answered` for another state than 200, `FetchError` for no answer.
        """
        for tried in range(1, TRIES + 1):
            whose = self.whose
            status, content, wait_s = self._asked("GET", name, most, None, {}, EMPTY)
            if status == NOT_ADMITTED and self._sign is not None and self.whose != whose:
                status, content, wait_s = self._asked("GET", name, most, None, {}, EMPTY)
            if status not in BUSY or tried == TRIES or wait_s > LONGEST_WAIT_S:
                break
            self._wait(wait_s)
        return _good(status, content)

    def post(self, name: str, body: bytes | Iterable[bytes], length: int, most: int, digest: bytes = b"") -> bytes:
        """What is answered to a body of that length; `digest` is its SHA-256, which a signed request needs."""
        kind = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
        status, content, _ = self._asked("POST", name, most, body, kind, digest)
        return _good(status, content)

    def _asked(
        self, method: str, name: str, most: int, body: bytes | Iterable[bytes] | None, headers: dict[str, str],
        digest: bytes,
    ) -> tuple[int, bytes, float]:  # fmt: skip
        """State, content, and how many seconds it asks to wait."""
        where = urlsplit(self.url).netloc
        if self._sign is not None:
            headers = {**headers, "Authorization": self._sign(method, name, digest, self.whose)}
        try:
            answer = self._pool.request(
                method, f"{self.url}/{name}", body=body, headers={"User-Agent": AGENT, **headers},
                redirect=False, preload_content=False,
            )  # fmt: skip
            try:
                content = _read(answer, most, where)
            finally:
                answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise FetchError(f"{where} does not answer ({type(error).__name__}).", _MEND) from None
        self.whose = answer.headers.get(WHOSE, self.whose)[:200]
        if 300 <= answer.status < 400:
            content = f"it points to {answer.headers.get('location', 'nowhere')[:200]}: name that address".encode()
        said = answer.headers.get("retry-after", "")
        return answer.status, content, float(said) if said.isascii() and said.isdigit() and len(said) < 9 else 2.0


def _read(answer: urllib3.BaseHTTPResponse, most: int, where: str) -> bytes:
    """The body, bounded in bytes and in time."""
    began, pieces, got = monotonic(), [], 0
    while piece := answer.read(min(_AT_ONCE, most + 1 - got)):
        pieces.append(piece)
        got += len(piece)
        if got > most:
            answer.close()
            raise FetchError(f"{where}: the answer is longer than {most:,} bytes.", "Nothing of it was kept.")
        if monotonic() - began > WHOLE_S:
            answer.close()
            raise FetchError(f"{where}: the answer was not over after {WHOLE_S:,.0f} s.", _MEND)
    return b"".join(pieces)


def _good(status: int, content: bytes) -> bytes:
    if status != 200:
        raise Answered(status, content[:400].decode("utf-8", "replace"))
    return content
