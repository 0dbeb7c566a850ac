"""Where a request may go, and what goes with it to another host."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from truceline.errors import FetchError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NO_KEYS = ("User-Agent", "Accept-Encoding", "Range", "If-Range")


def host_of(url: str) -> str:
    """The host of an address, "" where it has none."""
    return urlsplit(url).hostname or ""


def same_host(one: str, other: str) -> bool:
    """Scheme, host and port are the same."""
    a, b = urlsplit(one), urlsplit(other)
    return (a.scheme, a.hostname, a.port) == (b.scheme, b.hostname, b.port)


def refuse_unsafe(url: str) -> None:
    """TLS only, but on this machine itself; no name and password in an address. Raises `FetchError`."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise FetchError("That is no address.", "Write it as https://host/path.") from None
    if parts.username or parts.password:
        raise FetchError("An address has no name and password in it.", "Give the key apart from the address.")
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise FetchError(f"{parts.scheme}://{parts.hostname} is not asked: only https is.", "Give an https address.")


def on_the_way(sent: Mapping[str, str], at: str, to: str) -> Mapping[str, str]:
    """The headers for a redirect: to another host, nothing that could be a key."""
    if same_host(at, to):
        return sent
    return {name: value for name, value in sent.items() if name in _NO_KEYS}
