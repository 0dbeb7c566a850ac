"""Answering other holders by HTTP: a small bounded server that knows no mission.

What is asked for and what is answered goes through one function that is passed in. There is no TLS here: it
listens on this machine alone unless told otherwise, and whoever opens it further puts it behind something that
speaks TLS. Bounded, in all and for each address: bytes of a request, how slowly it may come, connections at once,
requests a minute; and how many a minute an address may ask that are not admitted.
"""

import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BufferedIOBase, BufferedReader
from socketserver import ThreadingMixIn
from threading import Lock
from typing import NamedTuple, cast

from truceline.fetching.pace import Pace, Slowly, network_of

MOST_AT_ONCE, MOST_OF_ONE = 16, 6
"""Connections at once: in all, and of one address, so that none can take them all."""
MOST_A_MINUTE, MOST_A_MINUTE_OF_ONE, MOST_STRANGE_A_MINUTE = 240_000, 120_000, 60
TIMEOUT_S = 30.0
MOST_PATH = 1_024


class Asked(NamedTuple):
    """A request: its method, its path, and its body, which is read from `body` up to `length` bytes.

    `authorization` is the header of that name, "" where there is none.
    """

    method: str
    path: str
    length: int
    body: BufferedIOBase
    authorization: str = ""


class Told(NamedTuple):
    """An answer: state, kind of content, the content piece by piece, and further headers.

    `stranger` says that whoever asked is not admitted: their address gets few such answers a minute.
    """

    status: int
    content_type: str
    pieces: Iterable[bytes]
    length: int
    headers: tuple[tuple[str, str], ...] = ()
    stranger: bool = False


Answer = Callable[[Asked], Told]


class Server(ThreadingMixIn, HTTPServer):
    """Listens at once; `serve_forever` answers until `shutdown`. `port` 0 takes a free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 16

    def __init__(self, host: str, port: int, answer: Answer, most_body: int, now_s: Callable[[], float]) -> None:
        self.answer, self.most_body = answer, most_body
        self.pace = Pace(MOST_A_MINUTE, MOST_A_MINUTE_OF_ONE, now_s)
        self.strange = Pace(MOST_A_MINUTE, MOST_STRANGE_A_MINUTE, now_s)
        self._room, self._here = Lock(), Counter[str]()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer in a thread of its own, while there is room; else close at once."""
        network = _network(client_address)
        with self._room:
            room = self._here.total() < MOST_AT_ONCE and self._here[network] < MOST_OF_ONE
            self._here[network] += room
        if room:
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """One connection, to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._room:
                self._here -= Counter([_network(client_address)])  # and none is kept at zero

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A connection that broke off is nobody's fault, and nothing is printed of it; our own mistakes are."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection. Who asks for what is not written down anywhere."""

    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT_S
    # Headers and content in one go: else each answer waits some 40 ms for the other side to acknowledge the first part.
    wbufsize = 1 << 16
    disable_nagle_algorithm = True
    server_version = "truceline"
    sys_version = ""
    server: Server

    def setup(self) -> None:
        """Read by way of what sees to it that a request does not come too slowly."""
        super().setup()
        self._slowly = Slowly(self.connection, TIMEOUT_S)
        self.rfile = BufferedReader(self._slowly)
        self._network = _network(self.client_address)

    def handle_one_request(self) -> None:
        """One request, within its time."""
        self._slowly.begin()
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(0)

    def do_POST(self) -> None:
        """Answer a POST, whose length has to be said and is bounded."""
        text = self.headers.get("Content-Length", "")
        if not (text.isascii() and text.isdigit() and len(text) < 16):
            self._refuse(411, "say how long the body is")
        elif int(text) > self.server.most_body:
            self._refuse(413, f"at most {self.server.most_body} bytes")
        else:
            self._answer(int(text))

    def _answer(self, length: int) -> None:
        if len(self.path) > MOST_PATH:
            self._refuse(414, "that is too long for a path")
            return
        if not self.server.pace.may(self._network):
            self._refuse(429, "too much at once: ask again in a few seconds")
            return
        authorization = self.headers.get("Authorization", "")
        told = self.server.answer(Asked(self.command, self.path, length, self.rfile, authorization))
        if length:
            self.close_connection = True  # the body may not have been read to its end
        if told.stranger and not self.server.strange.may(self._network):
            self._refuse(429, "too much was asked from this address that is not admitted: ask again in a minute", 60)
            return
        self._send(told)

    def _refuse(self, status: int, sentence: str, after_s: int = 5) -> None:
        self.close_connection = True
        content = f"{sentence}\n".encode()
        headers = (("Retry-After", str(after_s)),) if status == 429 else ()
        self._send(Told(status, "text/plain; charset=utf-8", [content], len(content), headers))

    def _send(self, told: Told) -> None:
        self.send_response(told.status)
        self.send_header("Content-Type", told.content_type)
        self.send_header("Content-Length", str(told.length))
        for name, value in told.headers:
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        for piece in told.pieces:
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


def _network(client_address: object) -> str:
    """Whose address it is, as far as one can tell: see `pace.network_of`."""
    return network_of(str(cast("tuple[object, ...]", client_address)[0]))
