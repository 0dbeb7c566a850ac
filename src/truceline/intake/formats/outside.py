"""Formats that others ship: entry points of the group `truceline.formats`, each a `Format`.

The record names what read its rows: the distribution, its version and the SHA-256 of its own list of
files (RECORD, PEP 376), which holds the SHA-256 of each. A distribution without that list is not used.
"""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.metadata import Distribution, EntryPoint, entry_points

from truceline.errors import FileNotRead
from truceline.intake.formats import FORMATS
from truceline.intake.formats.format import Format

GROUP = "truceline.formats"


@cache
def known_formats() -> tuple[Format, ...]:
    """Our own formats, then those of others, in the order of their names. Looked for once, at the first file."""
    return with_outside(tuple(entry_points(group=GROUP)))


def with_outside(found: tuple[EntryPoint, ...]) -> tuple[Format, ...]:
    """Our own formats and those that these entry points name. Raises `FileNotRead` for one that is no format."""
    return FORMATS + tuple(_format(point) for point in sorted(found, key=lambda point: (point.name, point.value)))


def _format(point: EntryPoint) -> Format:
    made = point.load()
    if not isinstance(made, Format) or made.name in {form.name for form in FORMATS}:
        told = f"The entry point {point.name} = {point.value} is no Format, or has the name of one of ours."
        raise FileNotRead(told, "Mend or remove the distribution that ships it.")
    return replace(made, by=_shipped_by(point, point.dist))


def _shipped_by(point: EntryPoint, shipped: Distribution | None) -> str:
    listed = shipped.read_text("RECORD") if shipped else None
    if shipped is None or not listed:
        told = f"The format {point.name} ({point.value}) comes from no installed distribution with a list of its files."
        raise FileNotRead(told, "Install it from a wheel.")
    return f"{shipped.name}-{shipped.version}+sha256.{sha256(listed.encode()).hexdigest()}"
