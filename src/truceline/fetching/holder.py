"""Asking another holder by HTTP: a file of its log by name, or sending it something. It knows no mission.

https, or http on this machine alone. Nothing is followed elsewhere; every answer is bounded in size and time.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

import urllib3

from truceline.errors import FetchError
from truceline.fetching.addresses import refuse_unsafe
from truceline.fetching.wire import AGENT

CONNECT_S, READ_S = 15.0, 60.0
_MEND = "Run the same command later: it goes on from here."


class Answered(Exception):
    """Another state than 200. `status` says which; the text is bounded."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class Holder:
    """One other holder at its address. A context manager; connections are kept alive between requests."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        refuse_unsafe(self.url)
        timeout = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
        self._pool = urllib3.PoolManager(timeout=timeout, retries=False, headers={"User-Agent": AGENT})

    def __enter__(self) -> "Holder":
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def get(self, name: str, most: int) -> bytes:
        """The content under a name. Raises `Answered` for another state than 200, `FetchError` for no answer."""
        return self._asked("GET", name, most, None, {})

    def post(self, name: str, body: bytes | Iterable[bytes], length: int, most: int) -> bytes:
        """What is answered to a body of that length."""
        kind = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
        return self._asked("POST", name, most, body, kind)

    def _asked(
        self, method: str, name: str, most: int, body: bytes | Iterable[bytes] | None, headers: dict[str, str]
    ) -> bytes:
        where = urlsplit(self.url).netloc
        try:
            answer = self._pool.request(
                method, f"{self.url}/{name}", body=body, headers={"User-Agent": AGENT, **headers},
                redirect=False, preload_content=False,
            )  # fmt: skip
            try:
                content = answer.read(most + 1)
            finally:
                answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise FetchError(f"{where} does not answer ({type(error).__name__}).", _MEND) from None
        if len(content) > most:
            raise FetchError(f"{where}: the answer is longer than {most:,} bytes.", "Nothing of it was kept.")
        if answer.status != 200:
            raise Answered(answer.status, content[:400].decode("utf-8", "replace"))
        return content
