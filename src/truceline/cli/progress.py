"""Progress on stderr, for anything that takes over a second: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from truceline.pipeline.progress import Progress

AFTER_S, EVERY_S = 1.0, 2.0


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A function (stage, done, total) that shows itself after a second; total 0 means not known."""
    shown: _Bar | _Lines = _Bar() if sys.stderr.isatty() else _Lines()
    try:
        yield shown.tell
    finally:
        shown.close()


class _Lines:
    def __init__(self) -> None:
        self._next = time.monotonic() + AFTER_S

    def tell(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY_S
        of = f" of {total:,}" if total else ""
        sys.stderr.write(f"{stage}: {done:,}{of}\n")

    def close(self) -> None:
        """Nothing is left open."""


class _Bar:
    def __init__(self) -> None:
        self._show_at = time.monotonic() + AFTER_S
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def tell(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() < self._show_at:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as RichProgress

            self._bar = RichProgress(console=Console(stderr=True), transient=True)
            self._bar.start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total or None)
        self._bar.update(self._tasks[stage], completed=done, total=total or None)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
