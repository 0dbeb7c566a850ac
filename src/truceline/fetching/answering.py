"""Answering other holders by HTTP: a small bounded server that knows no mission.

What is asked for and what is answered goes through one function that is passed in. There is no TLS here: it
listens on this machine alone unless told otherwise, and whoever opens it further puts it behind something that
speaks TLS. Bounded: bytes of a request, seconds of a connection, connections at once, requests a minute.
"""

import socket
import sys
from collections import deque
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BufferedIOBase
from socketserver import ThreadingMixIn
from threading import BoundedSemaphore, Lock
from typing import NamedTuple

MOST_AT_ONCE = 8
MOST_A_MINUTE = 120_000
TIMEOUT_S = 30.0
MOST_PATH = 1_024


class Asked(NamedTuple):
    """A request: its method, its path, and its body, which is read from `body` up to `length` bytes."""

    method: str
    path: str
    length: int
    body: BufferedIOBase


class Told(NamedTuple):
    """An answer: state, kind of content, and the content piece by piece."""

    status: int
    content_type: str
    pieces: Iterable[bytes]
    length: int


Answer = Callable[[Asked], Told]


class Pace:
    """So many in any minute and no more; `now_s` is the clock."""

    def __init__(self, most: int, now_s: Callable[[], float]) -> None:
        self._most, self._now_s, self._lock = most, now_s, Lock()
        self._times: deque[float] = deque()

    def may(self) -> bool:
        """One more is within the pace; it is counted."""
        with self._lock:
            now = self._now_s()
            while self._times and now - self._times[0] >= 60:
                self._times.popleft()
            if len(self._times) >= self._most:
                return False
            self._times.append(now)
            return True


class Server(ThreadingMixIn, HTTPServer):
    """Listens at once; `serve_forever` answers until `shutdown`. `port` 0 takes a free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 16

    def __init__(self, host: str, port: int, answer: Answer, most_body: int, now_s: Callable[[], float]) -> None:
        self.answer, self.most_body = answer, most_body
        self.pace = Pace(MOST_A_MINUTE, now_s)
        self._room = BoundedSemaphore(MOST_AT_ONCE)
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Handler)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Answer in a thread of its own, while there is room; else close at once."""
        if self._room.acquire(blocking=False):
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
            self._room.release()

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A connection that broke off is nobody's fault, and nothing is printed of it; our own mistakes are."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection. Who asks for what is not written down anywhere."""

    protocol_version = "HTTP/1.1"
    timeout = TIMEOUT_S
    server_version = "truceline"
    sys_version = ""
    server: Server

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
        if len(self.path) > MOST_PATH or not self.server.pace.may():
            self._refuse(429, "too much at once")
            return
        told = self.server.answer(Asked(self.command, self.path, length, self.rfile))
        if length:
            self.close_connection = True  # the body may not have been read to its end
        self._send(told)

    def _refuse(self, status: int, sentence: str) -> None:
        self.close_connection = True
        content = f"{sentence}\n".encode()
        self._send(Told(status, "text/plain; charset=utf-8", [content], len(content)))

    def _send(self, told: Told) -> None:
        self.send_response(told.status)
        self.send_header("Content-Type", told.content_type)
        self.send_header("Content-Length", str(told.length))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        for piece in told.pieces:
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
