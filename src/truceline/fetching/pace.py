"""How much is taken from one address, and how slowly a request may come: what an open port needs."""

import socket
from collections.abc import Callable
from io import RawIOBase
from ipaddress import IPv6Address, ip_address
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MINUTE_S = 60.0
MOST_ADDRESSES = 4_096
LEAST_BYTES_A_SECOND = 4_096
EVERYBODY = "*"


def network_of(address: str) -> str:
    """Whom an address is counted with: itself, or the 64 bits of its network (IPv6), which one host has whole."""
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{int(parsed) >> 64:x}::/64"
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


class Pace:
    """So many a minute and no more, of one address and in all; evenly, after a first minute's worth at once.

    `now_s` is the clock. Of more addresses than can be told apart the rest are counted as one.
    """

    def __init__(self, most: int, most_of_one: int, now_s: Callable[[], float]) -> None:
        self._most, self._most_of_one, self._now_s, self._lock = most, most_of_one, now_s, Lock()
        self._left: dict[str, tuple[float, float]] = {}

    def may(self, network: str) -> bool:
        """One more is within the pace; it is counted."""
        with self._lock:
            now = self._now_s()
            if network not in self._left and len(self._left) >= MOST_ADDRESSES:
                self._left = {one: had for one, had in self._left.items() if now - had[1] < MINUTE_S}
                network = network if len(self._left) < MOST_ADDRESSES else EVERYBODY
            return self._take(network, self._most_of_one, now) and self._take("", self._most, now)

    def _take(self, network: str, most: int, now: float) -> bool:
        left, at = self._left.get(network, (float(most), now))
        left = min(float(most), left + (now - at) * most / MINUTE_S)
        may = left >= 1
        self._left[network] = (left - may, now)
        return may


class Slowly(RawIOBase):
    """What comes over a connection, as long as it does not come too slowly.

    A request has `grace_s` seconds, and one more for each `LEAST_BYTES_A_SECOND` bytes that came of it; past that
    reading ends with `TimeoutError`. Who sends a byte now and then does not keep a place for ever.
    """

    def __init__(self, connection: socket.socket, grace_s: float, now_s: Callable[[], float] = monotonic) -> None:
        self._connection, self._grace_s, self._now_s = connection, grace_s, now_s
        self.begin()

    def begin(self) -> None:
        """Another request begins."""
        self._began, self._got = self._now_s(), 0

    def readable(self) -> bool:
        """It can be read, and nothing else."""
        return True

    def readinto(self, into: "WriteableBuffer") -> int:
        """The next bytes. Raises `TimeoutError`."""
        left_s = self._began + self._grace_s + self._got / LEAST_BYTES_A_SECOND - self._now_s()
        if left_s <= 0:
            raise TimeoutError("the request comes too slowly")
        self._connection.settimeout(min(left_s, self._grace_s))
        try:
            got = self._connection.recv_into(into)
        finally:
            self._connection.settimeout(self._grace_s)
        self._got += got
        return got
