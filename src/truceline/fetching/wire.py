"""One request at a time: over TLS, to one host, bounded in time, size and number of tries.

RFC 9110: 429 and 503 may say when to come back (`Retry-After`, section 10.2.3). Waiting and the clock
are passed in, so that a test waits for nothing.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec
import urllib3

from truceline import __version__
from truceline.errors import FetchError, NotAdmitted
from truceline.fetching.addresses import LOOPBACK, host_of, on_the_way, refuse_unsafe, same_host
from truceline.fetching.patience import Clock, Patience
from truceline.fetching.secret import Secret, without

SECOND = 1_000_000
MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (408, 429, 500, 502, 503, 504)
"""States of HTTP that may pass."""
AGENT = f"truceline/{__version__}"
_AT_ONCE = 1 << 16
T = TypeVar("T")
Headers = Callable[[], Mapping[str, str]]


class Passing(Exception):
    """Something that may go better the next time. Never leaves this module."""

    def __init__(self, sentence: str, wait_s: float | None = None) -> None:
        super().__init__(sentence)
        self.wait_s = wait_s


class Request(NamedTuple):
    """One request: a form is posted; `busy` are the states that pass.

    `roam` follows a redirect to another host, without a key; else only those within the host are followed.
    """

    url: str
    headers: Headers
    form: Mapping[str, Secret] | None = None
    busy: tuple[int, ...] = BUSY
    roam: bool = False


Take = Callable[[urllib3.BaseHTTPResponse], T]


class Wire:
    """Requests to one service. `secrets` are hidden in whatever the other side says that is shown."""

    def __init__(
        self,
        clock: Clock,
        *,
        tell: Callable[[str], None],
        patience: Patience | None = None,
        proxy: str = "",
        secrets: tuple[Secret, ...] = (),
    ) -> None:
        self.clock = clock
        self.secrets = secrets
        self.patience = patience or Patience()
        self._tell = tell
        self._proxy = proxy
        self._began = 0

    def body(
        self, url: str, headers: Headers, *, form: Mapping[str, Secret] | None = None, busy: tuple[int, ...] = BUSY
    ) -> bytes:
        """The JSON text that answers a request, whole and within bounds. With a form, it is posted.

        `busy` are the states that pass. Raises `FetchError`, `NotAdmitted` (401, 403).
        """
        return self.asked(Request(url, headers, form, busy), lambda answer: _json_of(self._read(answer)))

    def asked(self, request: Request, take: Take[T]) -> T:
        """What `take` makes of a good answer; tried again, after a wait, where the fault may pass."""
        url = request.url
        for tried in range(1, self.patience.tries + 1):
            try:
                with self._answer(request) as answer:
                    return take(answer)
            except Passing as fault:
                self._wait_after(fault, url, tried)
            except urllib3.exceptions.SSLError:
                raise FetchError(
                    f"{host_of(url)} does not prove who it is (TLS).", "Check the address, the clock and the proxy."
                ) from None
            except urllib3.exceptions.HTTPError as error:
                # The library's own text repeats addresses and more: its kind says enough.
                self._wait_after(Passing(f"the connection failed ({type(error).__name__})"), url, tried)
        raise AssertionError("the last try raises")

    def chunks(self, answer: urllib3.BaseHTTPResponse, most: int) -> Iterator[bytes]:
        """The body piece by piece, decoded. Raises `FetchError` where it is longer, or takes too long."""
        got = 0
        while chunk := answer.read(_AT_ONCE):
            got += len(chunk)
            if got > most:
                raise FetchError(f"The answer is longer than {most:,} bytes.", "Ask for less at a time.")
            if self.clock.now_us() - self._began > self.patience.whole_s * SECOND:
                raise FetchError(
                    f"The answer was not over after {self.patience.whole_s:,.0f} s.", "Try again; what is kept is used."
                )
            yield chunk

    def _read(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        return b"".join(self.chunks(answer, self.patience.most_bytes))

    @contextlib.contextmanager
    def _answer(self, request: Request) -> Iterator[urllib3.BaseHTTPResponse]:
        """A good answer. A new connection each time: requests are few, and nothing of an old one is left."""
        self._began = self.clock.now_us()
        at, form = request.url, request.form
        sent: Mapping[str, str] = {"User-Agent": AGENT, "Accept-Encoding": "gzip", **request.headers()}
        with self._pool() as pool:
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._send(pool, at, sent, form)
                with contextlib.closing(answer):
                    if answer.status not in _REDIRECTS:
                        self._refuse_what_is_not_good(answer, at, request.busy)
                        yield answer
                        return
                    to = urljoin(at, answer.headers.get("location", ""))
                _refuse_to_go(at, to, request.roam)
                at, sent, form = to, on_the_way(sent, at, to), None
        raise FetchError(f"{host_of(request.url)} redirects without end.", "Check the address.")

    def _pool(self) -> urllib3.PoolManager:
        timeout = urllib3.Timeout(connect=self.patience.connect_s, read=self.patience.read_s)
        if not self._proxy:
            return urllib3.PoolManager(timeout=timeout)
        parts = urlsplit(self._proxy)
        login = f"{parts.username}:{parts.password or ''}" if parts.username else None
        bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return urllib3.ProxyManager(
            bare, timeout=timeout, proxy_headers=urllib3.make_headers(proxy_basic_auth=login) if login else None
        )

    def _send(
        self, pool: urllib3.PoolManager, url: str, headers: Mapping[str, str], form: Mapping[str, Secret] | None
    ) -> urllib3.BaseHTTPResponse:
        refuse_unsafe(url)
        body = None if form is None else urlencode({name: value.reveal() for name, value in form.items()})
        kind = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
        return pool.request(
            "GET" if form is None else "POST",
            url,
            headers={**headers, **kind},
            body=body,
            redirect=False,
            retries=False,
            preload_content=False,
        )

    def _refuse_what_is_not_good(self, answer: urllib3.BaseHTTPResponse, url: str, busy: tuple[int, ...]) -> None:
        status = answer.status
        if status in (200, 206):
            return
        if status in busy:
            raise Passing(f"it answers {status}", self._asked_wait(answer.headers.get("retry-after", "")))
        said = without(answer.read(_AT_ONCE).decode("utf-8", "replace"), self.secrets)
        said = "" if said.startswith("<") else f": {said}" if said else ""
        if status in (401, 403):
            raise NotAdmitted(
                f"{host_of(url)} does not admit this key ({status}){said}",
                "Check the key, that it may use the API, and that its terms are accepted there.",
            )
        raise FetchError(f"{host_of(url)} answers {status}{said}", "Check what was asked for; --base if it has moved.")

    def _asked_wait(self, text: str) -> float | None:
        """`Retry-After` in seconds from now: a number, or a date; None where it is neither."""
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            return max(0.0, parsedate_to_datetime(text).timestamp() - self.clock.now_us() / SECOND)
        except ValueError:
            return None

    def _wait_after(self, fault: Passing, url: str, tried: int) -> None:
        longest = self.patience.longest_wait_s
        wait = fault.wait_s if fault.wait_s is not None else self.patience.first_wait_s * 2 ** (tried - 1)
        if tried == self.patience.tries or wait > longest:
            when = f" It asks to wait {wait:,.0f} s." if wait > longest else ""
            raise FetchError(
                f"{host_of(url)}: {fault}, {tried} times.{when}", "Run the same command later: it goes on from here."
            ) from None
        self._tell(f"{host_of(url)}: {fault}; waiting {wait:,.0f} s")
        self.clock.wait(wait)


def _refuse_to_go(at: str, to: str, roam: bool) -> None:
    refuse_unsafe(to)
    if same_host(at, to):
        return
    if not roam:
        raise FetchError(
            f"{host_of(at)} redirects to {host_of(to)}; the key is not sent there.",
            "Check whether the service has moved, and give its new address with --base.",
        )
    if host_of(to) in LOOPBACK and host_of(at) not in LOOPBACK:
        raise FetchError(f"{host_of(at)} redirects to this machine.", "Nothing was asked there.")


def _json_of(content: bytes) -> bytes:
    """The content, if it is one whole JSON text."""
    if content.lstrip()[:1] == b"<":
        raise FetchError(
            "A web page came, and no data.",
            "Often a page to log in: check the key; or --base, if the service has moved.",
        )
    try:
        msgspec.json.decode(content, type=msgspec.Raw)
        content.decode("utf-8")
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Passing("the answer is no whole JSON text") from None
    return content
