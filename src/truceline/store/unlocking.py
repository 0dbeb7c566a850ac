"""Who is asked for a passphrase, and what was opened with it: the one way from a face to the store.

A face says once whom to ask, around everything it does:

    with asking(asker):
        ...

Nobody is asked by default: what is locked then stays so, and the error says how to open it. What was opened
is remembered until that block ends, so that a command asks once, and a key is stretched once (see `locked`). It
holds for the whole process, not for one thread: a server answers in threads of its own.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import Protocol

from truceline.errors import MissionError

SHORTEST = 15
"""Signs of a new passphrase: NIST SP 800-63B-4, section 3.1.1.2, for one that stands alone. Whoever has the file can
try as many as his machines allow."""
LONGEST = 1024
_FEWEST_DIFFERENT = 6
_MEND = "Run the command on a terminal, or name a file that holds the passphrase in TRUCELINE_PASSPHRASE_FILE."


class Asker(Protocol):
    """Whoever knows passphrases. `what` ends a question: "the mission north.truceline"."""

    def passphrase(self, what: str) -> str:
        """The passphrase something is under. Raises `MissionError` where nobody can be asked."""
        ...

    def new_passphrase(self, what: str) -> str:
        """The passphrase something shall be under from now on. Raises `MissionError`."""
        ...


class _Nobody:
    def passphrase(self, what: str) -> str:
        raise MissionError(f"{_begun(what)} is locked under a passphrase, and nobody can be asked for it.", _MEND)

    def new_passphrase(self, what: str) -> str:
        raise MissionError(f"{_begun(what)} needs a passphrase, and nobody can be asked for one.", _MEND)


class _Asking:
    def __init__(self, asker: Asker) -> None:
        self.asker = asker
        self.opened: dict[bytes, bytes] = {}
        self.turn = Lock()


_asking = [_Asking(_Nobody())]


@contextmanager
def asking(asker: Asker) -> Iterator[None]:
    """Within this block the asker is asked, in every thread; what was opened is forgotten at its end."""
    mine = _Asking(asker)
    _asking.append(mine)
    try:
        yield
    finally:
        _asking.remove(mine)


def opened(content: bytes, what: str) -> bytes:
    """What lies under the passphrase that the asker gives for `what`; content as `locked.locked` made it.

    Raises `MissionError`, which never holds the passphrase.
    """
    from truceline.store.locked import unlocked

    now, name = _asking[-1], sha256(content).digest()
    with now.turn:
        if name not in now.opened:
            passphrase = now.asker.passphrase(what)
            try:
                now.opened[name] = unlocked(content, passphrase)
            except ValueError as error:
                raise MissionError(f"{_begun(what)} was not opened: {error}.", "Try again; nothing was done.") from None
        return now.opened[name]


def new_passphrase(what: str) -> str:
    """A passphrase for something that is to be locked, from the asker; fit to be one. Raises `MissionError`."""
    return fit(_asking[-1].asker.new_passphrase(what))


def fit(passphrase: str) -> str:
    """The passphrase, if it is long enough to stand against guessing. Raises `MissionError`, which does not hold it."""
    signs = unicodedata.normalize("NFC", passphrase)
    mend = "Take five or more words drawn by lot, with spaces between them; write them down where the file is not."
    if len(signs) < SHORTEST:
        raise MissionError(f"A passphrase has at least {SHORTEST} signs; this one has {len(signs)}.", mend)
    if len(signs) > LONGEST:
        raise MissionError(f"A passphrase has at most {LONGEST} signs; this one has {len(signs)}.", mend)
    if len(set(signs)) < _FEWEST_DIFFERENT:
        raise MissionError(f"A passphrase has at least {_FEWEST_DIFFERENT} different signs.", mend)
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in signs):
        raise MissionError("A passphrase holds signs that can be typed, and no control characters.", mend)
    return passphrase


def _begun(what: str) -> str:
    """The same at the beginning of a sentence."""
    return what[:1].upper() + what[1:]
