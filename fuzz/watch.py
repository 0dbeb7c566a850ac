"""One reading under watch: its time, its memory, and whether it touched a file, a socket or another process.

Time is processor time, so that a fuzzer that is paused or runs beside others does not see hangs that are none.
"""

import resource
import signal
import sys
import sysconfig
import zoneinfo
from collections.abc import Callable
from pathlib import Path
from types import FrameType

MOST_SECONDS = 5.0
MOST_GROWTH_KB = 250_000
"""How much one small input may add to the memory of the process."""
_MOST_ADDRESS_SPACE = 3_000_000_000
_TOUCHES = (
    "socket.",
    "subprocess.",
    "os.",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.",
    "ftplib.",
    "sqlite3.",
    "ctypes.",
)
_HARMLESS = ("os.listdir", "os.scandir", "ctypes.set_errno", "ctypes.get_errno", "sqlite3.connect/handle")
_OURS = Path(__file__).parents[1]


class Hang(BaseException):
    """One reading took more than `MOST_SECONDS` of processor time. No `except Exception` may swallow it."""


class Touched(AssertionError):
    """A reading opened a file, a socket or a process."""


class Grew(AssertionError):
    """A reading made the process grow by more than `MOST_GROWTH_KB`."""


class Watch:
    """Call `watched(take, content)`. One for a process: audit hooks cannot be taken off."""

    def __init__(self) -> None:
        self.touched: list[str] = []
        self._watching = False
        readable = [sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
        self._may_read = (*readable, *zoneinfo.TZPATH, str(_OURS / "src"), sys.prefix, sys.base_prefix)
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESS_SPACE, resource.RLIM_INFINITY))
        signal.signal(signal.SIGPROF, self._late)
        sys.addaudithook(self._heard)

    def watched(self, take: Callable[[bytes], object], content: bytes) -> None:
        """Run one reading. Raises `Hang`, `Touched` or `Grew`, or what the reading raised."""
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.touched.clear()
        self._watching = True
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        try:
            take(content)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._watching = False
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if self.touched:
            raise Touched(self.touched[0])
        if grown > MOST_GROWTH_KB:
            raise Grew(f"{grown // 1000} MB for {len(content)} bytes")

    def _late(self, number: int, frame: FrameType | None) -> None:
        if self._watching:
            raise Hang(f"more than {MOST_SECONDS} s of processor time")

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._watching:
            return
        if event == "open":
            path, mode = str(arguments[0]), str(arguments[1] or "r")
            if set(mode) & set("wax+") or not path.startswith(self._may_read):
                self.touched.append(f"open {path[:200]!r} {mode}")
        elif event.startswith(_TOUCHES) and event not in _HARMLESS and arguments[:1] != (":memory:",):
            self.touched.append(f"{event} {str(arguments)[:200]}")
