"""Signing what is asked of other holders, and answering signed requests alone (`exchange serve --only-peers`)."""

from collections.abc import Callable
from hashlib import sha256
from io import BufferedIOBase
from pathlib import Path
from threading import Lock

from truceline.errors import ExchangeRefused
from truceline.exchange.admission import NONCE_BYTES, SCHEME, Admission, Refused, Signed, header
from truceline.fetching.answering import Answer, Asked, Told
from truceline.fetching.holder import EMPTY, NOT_ADMITTED, WHOSE, Sign
from truceline.pipeline.missions import open_mission
from truceline.pipeline.receiving import all_logs
from truceline.store.pen import Chance


def signing(path: Path, now_us: Callable[[], int], chance: Chance) -> Sign:
    """Signs requests in the name of a mission's log, to logs it knows and to whom it does not know yet.

    Raises `MissionError` where its key is not there.
    """
    with open_mission(path, write=True) as mission:
        origin, sign = mission.origin, mission.signer()
        known = {log.origin for log in all_logs(mission)}

    def signed(method: str, name: str, digest: bytes, to: str) -> str:
        said = Signed(origin, to if to in known else "", now_us() // 1_000_000, chance(NONCE_BYTES), digest)
        return header(method, name, said, sign)

    return signed


class Door:
    """Before a desk: it lets in requests that are signed with a key known to the mission, and says why it does not.

    Nothing of the mission is told to others but the origin of its log, which whoever signs has to name.
    """

    def __init__(self, path: Path, answer: Answer, now_us: Callable[[], int]) -> None:
        self._path, self._answer, self._now_us = path, answer, now_us
        with open_mission(path) as mission:
            self._own = mission.origin
        self._admission, self._lock = Admission(self._own, now_us() // 1_000_000), Lock()

    def answer(self, asked: Asked) -> Told:
        """The desk's answer, or 401 with a sentence."""
        with open_mission(self._path) as mission:
            keys = {log.origin: log.public_key for log in all_logs(mission)}
        try:
            with self._lock:
                now_s = self._now_us() // 1_000_000
                said = self._admission.admit(asked.method, asked.path.lstrip("/"), asked.authorization, keys, now_s)
        except Refused as error:
            return self._refused(str(error), stranger=not error.known)
        if not asked.length and said.digest != EMPTY:
            return self._refused("The body that was signed did not come.", stranger=False)
        return self._answer(asked._replace(body=_Checked(asked.body, asked.length, said.digest)))

    def _refused(self, sentence: str, *, stranger: bool) -> Told:
        content = f"{sentence}\n".encode()
        more = (("WWW-Authenticate", SCHEME), (WHOSE, self._own))
        return Told(NOT_ADMITTED, "text/plain; charset=utf-8", [content], len(content), more, stranger=stranger)


class _Checked(BufferedIOBase):
    """A body that has to be the one that was signed: said with its last byte."""

    def __init__(self, body: BufferedIOBase, length: int, digest: bytes) -> None:
        self._body, self._left, self._wanted, self._found = body, length, digest, sha256()

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes, no more than there are. Raises `ExchangeRefused`."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        piece = self._body.read(wanted)
        self._left -= len(piece)
        self._found.update(piece)
        if not self._left and self._found.digest() != self._wanted:
            raise ExchangeRefused("The body is not the one that was signed.", "Send it again.")
        return piece
