"""Serving the room: one process on this machine, and its address in the browser."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from truceline.errors import MissionError
from truceline.web.app import application

AT_ONCE = 200
"""Connections held at a time; more are answered with 503."""
IDLE_S = 30


def serve(
    path: Path,
    host: str,
    port: int,
    *,
    clock: Callable[[], int],
    chance: Callable[[int], bytes],
    said: Callable[[str], None],
    open_at: str | None,
) -> None:
    """Answer until interrupted. said: is told the address once it answers; open_at: what to open there, None: nothing.

    Raises `MissionError` for an address that is taken or not of this machine.
    """
    taken = _taken(host, port)
    port = taken.getsockname()[1]
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}"
    names = {"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host}
    app = application(path, clock, chance, sorted({*names, *(f"{name}:{port}" for name in names)}))
    config = uvicorn.Config(
        app, access_log=False, log_level="warning", server_header=False, date_header=False, limit_concurrency=AT_ONCE,
        timeout_keep_alive=IDLE_S, proxy_headers=False, lifespan="on",
    )  # fmt: skip
    said(address)
    if open_at is not None:
        threading.Timer(0.7, webbrowser.open, [f"{address}{open_at}"]).start()
    uvicorn.Server(config).run(sockets=[taken])


def _taken(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise MissionError(
            f"The room cannot answer at {host}:{port}: {error.strerror}.", "Choose another --port."
        ) from error
    return found
