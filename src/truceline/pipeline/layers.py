"""A file as intake takes it: its bytes or, of a GeoPackage, its layers, opened by the only room that knows SQL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from truceline.intake.shapes.layers import Layer
from truceline.store.geopackage_in import is_database, stored_layers


@contextmanager
def bytes_or_layers(name: str, content: bytes) -> Iterator[bytes | Sequence[Layer]]:
    """What `read_tables` and `open_any` read; the rows of layers until it is left. Raises `FileNotRead`."""
    if not is_database(content):
        yield content
        return
    with stored_layers(name, content) as layers:
        yield layers
