"""Serving the room: one process on this machine, and its address in the browser."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import uvicorn
from litestar.concurrency import set_asyncio_executor

from truceline.errors import MissionError
from truceline.pipeline.report_refs import hold_names
from truceline.web.app import application
from truceline.web.exercise import Exercise
from truceline.web.memory import given_back
from truceline.web.patience import Patient

AT_ONCE = 200
"""Connections held at a time; more are answered with 503."""
IDLE_S = 30
WORKERS = 3
"""Pages that are written at once; the next wait their turn, so that many who ask do not make each other slow."""


class Served:
    """One room at an address of this machine: bound from the beginning, so that its address is known before it answers.

    Raises `MissionError` for an address that is taken or not of this machine.
    """

    def __init__(self, path: Path, host: str, port: int, name: str = "localhost") -> None:
        """name: what the address calls this machine: two rooms under one name would share their cookies."""
        self.path = path
        self._host = host
        self._taken = _taken(host, port)
        self.port = int(self._taken.getsockname()[1])
        self.address = f"http://{name if host in ('127.0.0.1', '::1') else host}:{self.port}"

    def answer(
        self, clock: Callable[[], int], chance: Callable[[int], bytes], exercise: Exercise | None = None
    ) -> None:
        """Answer until interrupted."""
        given_back()
        set_asyncio_executor(ThreadPoolExecutor(WORKERS, "page"))
        threading.Thread(target=hold_names, args=(self.path,), daemon=True).start()
        names = {"localhost", "127.0.0.1", "[::1]", f"[{self._host}]" if ":" in self._host else self._host}
        hosts = sorted({*names, *(f"{name}:{self.port}" for name in names)})
        app = application(self.path, clock, chance, hosts, exercise)
        config = uvicorn.Config(
            app, access_log=False, log_level="warning", server_header=False, date_header=False,
            limit_concurrency=AT_ONCE, http=Patient, timeout_keep_alive=IDLE_S, proxy_headers=False, lifespan="on",
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[self._taken])


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
    """Answer until interrupted. said: is told the address first; open_at: what to open there, None: nothing.

    Raises `MissionError` for an address that is taken or not of this machine.
    """
    served = Served(path, host, port)
    said(served.address)
    if open_at is not None:
        show(f"{served.address}{open_at}")
    served.answer(clock, chance)


def show(address: str) -> None:
    """Open an address in the browser, once the room has had time to answer."""
    threading.Timer(0.7, webbrowser.open, [address]).start()


def _taken(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen()  # who comes before the room answers waits, and is not turned away
    except OSError as error:
        found.close()
        raise MissionError(
            f"The room cannot answer at {host}:{port}: {error.strerror}.", "Choose another --port."
        ) from error
    return found
