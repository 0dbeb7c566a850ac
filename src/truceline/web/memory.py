"""Memory given back: what a long evaluation needed for a while is not kept by the process that serves for weeks."""

import ctypes
import sys

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Parameters of mallopt(3) in glibc's malloc.h."""
BLOCK, ARENAS = 64 * 1024, 2
"""Blocks from so many bytes on go back to the system when they are freed; threads share so many heaps."""


def given_back() -> bool:
    """Have glibc return large blocks; False where there is another library, which does as it does.

    glibc raises its own bound to 32 MB after the first large block is freed, and gives each thread a heap: the columns
    of a million reports then stay in holes. Measured by `benchmarks pages`.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return all([mallopt(M_MMAP_THRESHOLD, BLOCK) == 1, mallopt(M_ARENA_MAX, ARENAS) == 1])
