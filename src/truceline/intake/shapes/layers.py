"""The tables of a GeoPackage as rows: a feature as one of GeoJSON, a row of attributes as an object of JSON.

A value is the JSON text of what SQLite holds: a number its shortest digits, 5.0 as 5; bytes that are no geometry, up
to `MOST_BYTES_SHOWN` as x'0a1b', longer ones their SHA-256 and size (the file itself is kept).
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from math import isfinite
from typing import Protocol

from truceline.errors import FileNotRead
from truceline.intake.bounds import Bounds
from truceline.intake.damage import damaged_row
from truceline.intake.packed import PackedRows
from truceline.intake.raw import JSON, PLACED, RawRow
from truceline.intake.shapes.features import GEOMETRY
from truceline.intake.shapes.json_pieces import MOST_RECORD, value_of
from truceline.intake.shapes.json_rows import read_record
from truceline.intake.shapes.json_text import written
from truceline.intake.shapes.wkb import geometry_text
from truceline.vocabulary.refusal import shown

MOST_BYTES_SHOWN = 64


class Layer(Protocol):
    """A table as whoever opened the file gives it.

    geometry: the position of its geometry among the columns, None where it has none. srs: the number that the header
    of each geometry has to say. unfit: why its rows cannot be read, though there they may be.
    """

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def geometry(self) -> int | None: ...
    @property
    def srs(self) -> int: ...
    @property
    def rows(self) -> Callable[[], Iterator[Sequence[object]]]: ...
    @property
    def unfit(self) -> FileNotRead | None: ...


def shape_of(layer: Layer) -> str:
    """The shape that its rows have in the record."""
    return JSON if layer.geometry is None else PLACED


def layer_header(layer: Layer) -> tuple[str, ...]:
    """Its columns, the geometry last as `feature.geometry`. Raises `FileNotRead` where another has that name."""
    own = tuple(name for at, name in enumerate(layer.columns) if at != layer.geometry)
    if layer.geometry is None:
        return own
    if GEOMETRY in own:
        raise FileNotRead(f"{shown(layer.name)!r} has a column {GEOMETRY!r} beside its geometry.", "Rename it.")
    return (*own, GEOMETRY)


def layer_rows(bounds: Bounds, layer: Layer) -> PackedRows:
    """Its rows, the first being 1. Raises `FileNotRead` where one is longer than a record may be."""
    shape, writes = shape_of(layer), _writer(layer)
    made = PackedRows(width=len(layer_header(layer)))
    for number, values in enumerate(layer.rows(), 1):
        text = writes(values)
        if len(text) > MOST_RECORD:
            told = f"{bounds.name}: row {number} of {shown(layer.name)!r} is longer than {MOST_RECORD} characters."
            raise FileNotRead(told, "Take what is so long out of it, or send that by itself.")
        fault, found = read_record(number, text, value_of(text), shape)
        bounds.row(damaged=fault is not None)
        made.append(damaged_row(number, text, "utf-8", fault) if fault else RawRow(number, tuple(found.values())))
    return made


def _writer(layer: Layer) -> Callable[[Sequence[object]], str]:
    """What writes a row as the text of one record."""
    names = [(at, f"{written(name)}:") for at, name in enumerate(layer.columns) if at != layer.geometry]
    at, srs = layer.geometry, layer.srs

    def write(values: Sequence[object]) -> str:
        record = "{" + ",".join([name + _value(values[place]) for place, name in names]) + "}"
        if at is None:
            return record
        return f'{{"type":"Feature","geometry":{geometry_text(values[at], srs)},"properties":{record}}}'

    return write


def _value(value: object) -> str:
    if isinstance(value, str | None):
        return written(value)
    if isinstance(value, bytes):
        few = len(value) <= MOST_BYTES_SHOWN
        return written(f"x'{value.hex()}'" if few else f"sha256:{sha256(value).hexdigest()}, {len(value)} bytes")
    if isinstance(value, float) and not isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(value).removesuffix(".0")
