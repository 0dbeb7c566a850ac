"""Progress on stderr, for anything that takes over a second: a bar on a terminal, a line now and then elsewhere.

A thread of its own shows what was last told, so that a step that tells nothing for a while is seen too.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from truceline.pipeline.progress import Progress

AFTER_S, EVERY_S = 1.0, 2.0
Told = tuple[str, int, int]
_held_back = Event()


@contextmanager
def held_back() -> Iterator[None]:
    """Within this block nothing is shown: a person is being asked something."""
    _held_back.set()
    try:
        yield
    finally:
        _held_back.clear()


@contextmanager
def shown_progress(stage: str = "working") -> Iterator[Progress]:
    """A function (stage, done, total) whose last word is shown after a second; total 0 means not known."""
    last: list[Told] = [(stage, 0, 0)]
    over = Event()

    def tell(stage: str, done: int, total: int) -> None:
        last[0] = (stage, done, total)

    show = Thread(target=_bar if sys.stderr.isatty() else _lines, args=(lambda: last[0], over), daemon=True)
    show.start()
    try:
        yield tell
    finally:
        over.set()
        show.join()


def _lines(last: Callable[[], Told], over: Event) -> None:
    pause = AFTER_S
    while not over.wait(pause):
        if _held_back.is_set():
            continue
        stage, done, total = last()
        number = f": {done:,}{f' of {total:,}' if total else ''}" if done else " ..."
        sys.stderr.write(f"{stage}{number}\n")
        sys.stderr.flush()
        pause = EVERY_S


def _bar(last: Callable[[], Told], over: Event) -> None:
    if over.wait(AFTER_S):
        return
    while _held_back.is_set():
        if over.wait(0.2):
            return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        while not over.wait(0.2):
            stage, done, total = last()
            bar.update(task, description=stage, completed=done, total=total or None)
