"""So many tries in a while from one address, whoever they are for: guessing takes long, also of names."""

from collections import OrderedDict
from threading import Lock

from truceline.errors import NotAccepted
from truceline.vocabulary.when import MINUTE

MOST, WHILE_US = 30, MINUTE
"""Tries of one address, and the microseconds in which they come back, evenly."""
ADDRESSES = 10_000
"""So many addresses are remembered; the oldest go first."""


class Throttle:
    """A bucket of tries for each address (a token bucket): full at first, and filled again as time goes."""

    def __init__(self, most: int = MOST, while_us: int = WHILE_US) -> None:
        self._most, self._while_us = most, while_us
        self._held: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def took(self, address: str, now_us: int) -> None:
        """Take a try. Raises `NotAccepted` where none is left."""
        with self._lock:
            left, at = self._held.pop(address, (float(self._most), now_us))
            left = min(self._most, left + max(0, now_us - at) * self._most / self._while_us)
            self._held[address] = (max(0.0, left - 1), now_us)
            while len(self._held) > ADDRESSES:
                self._held.popitem(last=False)
        if left < 1:
            raise NotAccepted("There were too many tries from this address.", "Wait a minute.")
