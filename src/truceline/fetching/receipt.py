"""The receipt beside a fetched file: what was asked of whom and when, and what came. It never holds a key."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from truceline import __version__
from truceline.fetching.kept import write_whole


class PageKept(Struct, frozen=True):
    """One page as it came."""

    file: str
    bytes: int
    rows: int
    sha256: str


class Receipt(Struct, frozen=True):
    """What was fetched. Times are UTC; `said` is the number of rows the service claims, null where it does not.

    `rows` is null where the file is no list of rows (a resource of HDX). `continued`: an earlier run had
    begun; `restarts`: how often the data changed meanwhile, so that it was begun anew.
    """

    source: str
    url: str
    began: str
    finished: str
    file: str
    bytes: int
    sha256: str
    rows: int | None
    said: int | None
    pages: tuple[PageKept, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    terms: str
    continued: bool
    restarts: int
    software: str = f"truceline {__version__}"


def receipt_path(out: Path) -> Path:
    """Where the receipt of a file lies."""
    return out.with_name(out.name + ".receipt.json")


def write_receipt(out: Path, receipt: Receipt) -> None:
    """Write the receipt beside the file. Raises `FetchError`."""
    write_whole(receipt_path(out), msgspec.json.format(msgspec.json.encode(receipt)) + b"\n")


def instant(now_us: int) -> str:
    """UTC microseconds as ISO 8601 to the second."""
    return datetime.fromtimestamp(now_us // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
