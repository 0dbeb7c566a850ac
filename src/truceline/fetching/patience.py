"""How long is waited for the other side, how much is taken from it, and by which clock."""

from collections.abc import Callable

from msgspec import Struct


class Patience(Struct, frozen=True):
    """How long is waited, and how much is taken. Seconds and bytes."""

    tries: int = 6
    first_wait_s: float = 2.0
    longest_wait_s: float = 900.0
    connect_s: float = 20.0
    read_s: float = 60.0
    whole_s: float = 1800.0
    most_bytes: int = 64 * 1024 * 1024


class Clock(Struct, frozen=True):
    """The time (UTC microseconds) and waiting (seconds), passed in."""

    now_us: Callable[[], int]
    wait: Callable[[float], None]
