"""What the room holds between requests: answers of the mission, worked out once for all who ask the same.

An evaluation of a million reports takes seconds. It is made once, whoever asks (the others wait for it); while a newer
one is made, pages show the one before, whose cut and time they print. What is held rests on the mission's file and on
nobody who looked; the gate comes after it, for each reader.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

from truceline.pipeline.questions import Answer

PATIENCE_S = 1.5
"""So long a request waits for an answer that nobody has yet; then it is told to come again."""
MOST_ROWS = 3_000_000
"""Incidents in all the answers that are held; the latest `LEAST` stay in any case."""
LEAST, MOST_ANSWERS = 1, 12


class StillWorking(Exception):
    """The answer is being worked out, and there is no older one to show."""


class Answers:
    """Answers by what they rest on.

    cost_s: what the last evaluation took, in seconds of the clock. older: how often an older answer was given instead.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Answer] = OrderedDict()
        self._latest: dict[Hashable, Hashable] = {}
        self._making: dict[Hashable, Future[Answer]] = {}
        self._lock = Lock()
        self._maker = ThreadPoolExecutor(1, "evaluating")
        self.cost_s = 0.0
        self.older = 0

    def get(self, key: Hashable, alike: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer for `key`. alike: the same for answers of which an older one may be shown meanwhile.

        make: opens what it needs by itself. Raises `StillWorking`, and whatever `make` raises.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            older = self._held.get(self._latest.get(alike))
            making = self._making.get(key)
            if making is None:
                making = self._making[key] = self._maker.submit(self._made, key, alike, make)
        patience_s = 0.0 if older is not None and self.cost_s > PATIENCE_S else PATIENCE_S
        try:
            return making.result(patience_s)
        except TimeoutError:
            if older is None:
                raise StillWorking from None
            self.older += 1
            return older

    def _made(self, key: Hashable, alike: Hashable, make: Callable[[], Answer]) -> Answer:
        began = time.monotonic()
        try:
            answer = make()
            with self._lock:
                self._keep(key, alike, answer)
            return answer
        finally:
            with self._lock:
                self.cost_s = time.monotonic() - began
                del self._making[key]

    def _keep(self, key: Hashable, alike: Hashable, answer: Answer) -> None:
        self._held[key], self._latest[alike] = answer, key
        while len(self._held) > LEAST and (self._rows() > MOST_ROWS or len(self._held) > MOST_ANSWERS):
            gone, _ = self._held.popitem(last=False)
            self._latest = {one: last for one, last in self._latest.items() if last != gone}

    def _rows(self) -> int:
        return sum(len(one.evaluated.incidents) for one in self._held.values())


class Shown:
    """Models of pages by what they rest on; the least asked for go first. Who asks while one is made waits for it."""

    def __init__(self, most: int = 200) -> None:
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()
        self._most = most

    def get(self, key: Hashable, make: Callable[[], Any], lasts: Callable[[], bool] = lambda: True) -> Any:
        """What is held for `key`, or made now, and held if it lasts."""
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            try:
                return self._got(key, make, lasts)
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _got(self, key: Hashable, make: Callable[[], Any], lasts: Callable[[], bool]) -> Any:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        if lasts():
            with self._lock:
                self._held[key] = made
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return made
