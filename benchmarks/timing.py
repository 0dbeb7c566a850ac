"""Seconds and memory of a piece of work."""

import resource
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


def timed(name: str, work: Callable[[], T]) -> tuple[T, dict[str, Any]]:
    """What the work gives, and seconds by the wall clock and of the processor, with the peak memory so far."""
    began, used = time.perf_counter(), time.process_time()
    made = work()
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    return made, {
        "step": name, "seconds": round(seconds, 3), "processor": round(processor, 3), "peak_mb": peak(), "note": "",
    }  # fmt: skip


def peak() -> int:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
