"""What the figures were made on."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("truceline", "numpy", "msgspec", "cryptography")


def machine() -> dict[str, str]:
    """Processor, cores, memory, system and versions."""
    return {
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": str(os.cpu_count()),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def _first(file: str, name: str) -> str:
    path = Path(file)
    if not path.is_file():
        return ""
    lines = path.read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
