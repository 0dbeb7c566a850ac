"""Auditing a log that somebody gives away: in a folder, or at an address. Nothing of it is kept."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from msgspec import Struct

from truceline.errors import ExchangeRefused, FetchError, MissionError, ValueNotRead
from truceline.exchange.bundle import MOST_NEW
from truceline.fetching.holder import BUSY, NOT_ADMITTED, Answered, Holder
from truceline.record.audit import Fault
from truceline.record.audit_files import audit_files
from truceline.record.frontier import HASH_BYTES
from truceline.record.note import MOST_BYTES
from truceline.record.sign import SignedHead, read_head, read_verifier_key
from truceline.record.tiles import HEAD, WIDTH, tile_named
from truceline.store.mission_file import MOST_FAULTS

MOST_ENTRIES = WIDTH * (2 + 65_535)
"""Bytes of a file of entries: 256 of the longest, each after its length."""


class FilesAudited(Struct, frozen=True):
    """What an audit of a log in files found. `key` is True where who signed it was checked."""

    origin: str
    size: int
    root: str
    key: bool
    faults: list[Fault]


def is_address(text: str) -> bool:
    """It is the address of a log, and no path."""
    return text.lower().startswith(("http://", "https://"))


def audit_folder(folder: Path, key: str | None) -> FilesAudited:
    """Recompute a log in files; `key` is its verifier key. Raises `MissionError`, `ValueNotRead`."""

    def read(name: str) -> bytes:
        try:
            return (folder / name).read_bytes()
        except OSError as error:
            raise ValueError(f"{name} cannot be read: {error.strerror}") from error

    if not (folder / HEAD).exists():
        raise MissionError(f"{folder} holds no log: it has no file {HEAD}.", "Name the folder of an exported log.")
    try:
        head = read_head(read(HEAD))
    except ValueError as error:
        raise MissionError(f"{folder / HEAD} is no signed head: {error}.", "Name another folder.") from error
    return _audited(head, key, read)


def audit_address(url: str, key: str | None) -> FilesAudited:
    """Recompute a log that a web server gives: exported files, or another holder's `exchange serve`.

    Over http to another machine only with a key: without TLS nothing else says whose log it is. A file that is not
    there is a fault of the log; a server that does not answer is a `FetchError`, and says nothing of the log.
    Raises also `ExchangeRefused` where there is no log, and `ValueNotRead` for a key that is none.
    """
    with Holder(url, plain=key is not None) as holder:
        try:
            head = read_head(holder.get(HEAD, MOST_BYTES))
        except Answered as other:
            _refuse_if_busy(holder, other)
            sentence = f"{url} gives no log: {HEAD} is answered with {other.status} ({other.said.strip()})."
            raise ExchangeRefused(sentence, "Name the address below which its files lie.") from None
        except ValueError as error:
            mend = "Name the address below which the files of a log lie."
            raise ExchangeRefused(f"{url}/{HEAD} is no signed head: {error}.", mend) from error
        if head.size > MOST_NEW:
            sentence = f"{url} says that it has {head.size:,} entries, more than are asked for ({MOST_NEW:,})."
            raise ExchangeRefused(sentence, "Ask its holder for the log on a stick, and audit the folder.")
        return _audited(head, key, _reading(holder))


def _reading(holder: Holder) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        most = MOST_ENTRIES if tile_named(name).level < 0 else WIDTH * HASH_BYTES
        try:
            return holder.get(name, most)
        except Answered as other:
            _refuse_if_busy(holder, other)
            raise ValueError(f"{name} cannot be read: it is answered with {other.status}") from None

    return read


def _refuse_if_busy(holder: Holder, other: Answered) -> None:
    """A server that is too busy, or that asks who one is, says nothing of the log."""
    if other.status in (*BUSY, NOT_ADMITTED, 403, 407) or other.status >= 500:
        sentence = f"{holder.url} answers {other.status}: {other.said.strip()}"
        raise FetchError(sentence, "Ask again later, or ask its holder for the exported folder.") from None


def _audited(head: SignedHead, key: str | None, read: Callable[[str], bytes]) -> FilesAudited:
    public_key = None if key is None else _public_key(key, head.origin)
    faults = list(islice(audit_files(head, public_key, read), MOST_FAULTS))
    return FilesAudited(head.origin, head.size, head.root.hex(), public_key is not None, faults)


def _public_key(key: str, origin: str) -> bytes:
    try:
        name, public_key = read_verifier_key(key)
    except ValueError as error:
        raise ValueNotRead(f"{key!r} is no key: {error}.", "`truceline log head MISSION` prints it.") from error
    if name != origin:
        raise ValueNotRead(f"The key is that of {name}, the log that of {origin}.", "Ask for the key of this log.")
    return public_key
