"""Who asks: requests between holders, signed with the key of the asking log, for a server that answers peers alone.

A request carries one header:

    Authorization: Truceline v1 ORIGIN TO TIME NONCE DIGEST SIGNATURE

ORIGIN is the asking log and TO the one that is asked, both as base64 of UTF-8 (`-` where TO is not known yet); TIME is
in seconds of UTC, NONCE 16 random bytes in hex, DIGEST the SHA-256 of the body in hex, SIGNATURE the base64 of an
Ed25519 signature (RFC 8032) with the asking log's key over the bytes of `signed_bytes`. A request is taken
once, within `WINDOW_S` seconds of the clock of who is asked, and for that log alone: nobody who reads it can use it
again or elsewhere.

The tag keeps a signed request from being taken for an entry, a head or anything else that such a key signs.
"""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from truceline.record.base64_text import bytes_of, text_of
from truceline.record.note import check_name
from truceline.record.sign import signature_holds

SCHEME = "Truceline"
TAG = b"truceline request v1\n"
WINDOW_S = 300
NONCE_BYTES, DIGEST_BYTES = 16, 32
MOST_HEADER = 1_200
MOST_NONCES = 1_000_000
"""Requests remembered; at more within the window none is taken, rather than one twice."""
_NOBODY = bytes(31) + b"\x01"
"""A key that nobody has: what an unknown log's signature is checked with, so that it takes as long."""
_PARTS = 8


class Refused(Exception):
    """A request that is not answered; the sentence may be told to whoever asked. `known`: a known log signed it."""

    def __init__(self, sentence: str, *, known: bool = True) -> None:
        super().__init__(sentence)
        self.known = known


class Signed(Struct, frozen=True):
    """What a request says of itself. `to` is "" where it does not say whom it asks."""

    origin: str
    to: str
    time_s: int
    nonce: bytes
    digest: bytes
    signature: bytes = b""


def signed_bytes(method: str, name: str, said: Signed) -> bytes:
    """What the signature is over: the tag, then each part after its length in four bytes (big-endian).

    The parts are method, name (the path below the holder's address), origin, to, time, nonce and digest.
    """
    parts = [text.encode() for text in (method, name, said.origin, said.to, str(said.time_s))]
    return TAG + b"".join(len(part).to_bytes(4, "big") + part for part in (*parts, said.nonce, said.digest))


def header(method: str, name: str, said: Signed, sign: Callable[[bytes], bytes]) -> str:
    """The header of a request. `sign` is the asking log's."""
    signature = sign(signed_bytes(method, name, said))
    to = text_of(said.to.encode()) if said.to else "-"
    words = (text_of(said.origin.encode()), to, str(said.time_s), said.nonce.hex(), said.digest.hex())
    return " ".join((SCHEME, "v1", *words, text_of(signature)))


def read_header(text: str) -> Signed:
    """What a header says. Raises `ValueError` unless it is one."""
    words = text.split(" ") if len(text) <= MOST_HEADER and text.isascii() else []
    if len(words) != _PARTS or words[:2] != [SCHEME, "v1"]:
        raise ValueError("the request is not signed")
    origin, to, time, nonce, digest, signature = words[2:]
    if not (time.isdigit() and len(time) <= 12):
        raise ValueError("the time of the request is no number")
    said = Signed(
        check_name(bytes_of(origin, "the origin").decode()),
        "" if to == "-" else check_name(bytes_of(to, "the log that is asked").decode()),
        int(time),
        bytes.fromhex(nonce),
        bytes.fromhex(digest),
        bytes_of(signature, "the signature"),
    )
    if (len(said.nonce), len(said.digest)) != (NONCE_BYTES, DIGEST_BYTES):
        raise ValueError("the nonce or the digest of the request is cut short")
    return said


class Admission:
    """Admits requests to the log `own`: of known logs, dated about now, each once.

    What was asked is remembered while it could be asked again. `began_s` is when this began: what is dated before
    may have been answered by another process, and is not taken.
    """

    def __init__(self, own: str, began_s: int) -> None:
        self._own, self._latest_s = own, began_s - 1
        self._nonces: set[bytes] = set()
        self._order: deque[tuple[int, int, bytes]] = deque()

    def admit(self, method: str, name: str, text: str, keys: Mapping[str, bytes], now_s: int) -> Signed:
        """What the header says, where it is to be answered. `keys` are those of the logs known. Raises `Refused`.

        Whoever signs with no known key learns nothing but that: not which logs are known, nor the time.
        """
        try:
            said = read_header(text)
        except ValueError as error:
            raise Refused(f"Only holders who are known here are answered: {error}.", known=False) from None
        known = signature_holds(keys.get(said.origin, _NOBODY), signed_bytes(method, name, said), said.signature)
        if not known:
            sentence = "Only holders who are known here are answered, and no key known here signed this request."
            raise Refused(f"{sentence} Whom you ask has to enter yours: truceline exchange add.", known=False)
        self._refuse_another_time(said, now_s)
        if said.to != self._own:
            raise Refused(f"The request does not say that it is for this log, {self._own}.")
        self._once(said, now_s)
        return said

    def _refuse_another_time(self, said: Signed, now_s: int) -> None:
        apart = abs(said.time_s - now_s)
        if apart > WINDOW_S:
            there, here = _time(said.time_s), _time(now_s)
            raise Refused(
                f"The request is dated {there}, and here it is {here}: {timedelta(seconds=apart)} apart, more than"
                f" {WINDOW_S} seconds. One of the two clocks is wrong: set it (UTC), and ask again."
            )

    def _once(self, said: Signed, now_s: int) -> None:
        while self._order and now_s - self._order[0][0] > 3 * WINDOW_S:
            _, dated_s, nonce = self._order.popleft()
            self._nonces.discard(nonce)
            # Were the clock here set back, what is forgotten could be asked again: so nothing as old is taken.
            self._latest_s = max(self._latest_s, dated_s)
        if said.time_s <= self._latest_s:
            raise Refused(
                f"The request is dated {_time(said.time_s)}; only what is dated after {_time(self._latest_s)} is taken"
                " here, since older requests are not remembered. Ask again; if that does not help, a clock was wrong:"
                " `exchange serve` has to be started again."
            )
        if said.nonce in self._nonces:
            raise Refused("This request was asked already.")
        if len(self._nonces) >= MOST_NONCES:
            raise Refused("Too many requests were asked within the last minutes: ask again later.")
        self._nonces.add(said.nonce)
        self._order.append((now_s, said.time_s, said.nonce))


def _time(time_s: int) -> str:
    try:
        return f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=time_s):%Y-%m-%dT%H:%M:%SZ}"
    except OverflowError:
        return f"{time_s} s after 1970"
