"""Room aside: a file without a name, for what is on its way and is gone when it has arrived."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from truceline.errors import FULL, not_written


@contextmanager
def aside() -> Iterator[IO[bytes]]:
    """A file in the system's folder for such. Raises `MissionError` where there is no room for what is written."""
    try:
        with tempfile.TemporaryFile() as file:
            yield file
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise not_written(f"what is on its way, in {tempfile.gettempdir()},", error) from error
