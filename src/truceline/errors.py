"""The errors a person can mend, drawn as a tree.

    TrucelineError                 something was not done; the message says what and how to mend it (exit 2)
    ├── MissionError               the mission file cannot be opened, made or written
    ├── RecordBroken               the record does not recompute; names the entry
    ├── PackError                  an agreement pack is wrong; names file and line
    ├── ReadingError               the reading leaves open what the ledger needs, or none was chosen
    ├── ActError                   an act (finding, declaration, ...) does not fit its schema
    ├── FileNotRead                a file is not of any known form, or cannot be read at all
    ├── FetchError                 a source's own service did not give what was asked
    │   └── NotAdmitted            it does not admit the key
    ├── ExchangeRefused            what another holder sent is refused; names the part
    ├── ValueNotRead               one value cannot be read; intake turns it into a Refusal
    │   └── AfterTheCut            an instant of which the record, at that cut, can know nothing yet
    ├── NotReleased                nothing of this may be shown to that reader
    └── NotAccepted                a name, a password, a code or an invitation that does not hold

Our own broken invariants are AssertionErrors with a stack trace: they are not for the user to mend.
"""

import errno

FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What the system says when a disk, or somebody's share of it, is full."""


class TrucelineError(Exception):
    """Something was not done. The first argument is a sentence; `mend` says what to do about it."""

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message}\n{self.mend}" if self.mend else self.message


class MissionError(TrucelineError):
    """The mission file cannot be opened, made or written."""


class RecordBroken(TrucelineError):
    """The record does not recompute."""


class PackError(TrucelineError):
    """An agreement pack is wrong."""


class ReadingError(TrucelineError):
    """No reading was chosen, or the reading leaves open what the ledger needs."""


class ActError(TrucelineError):
    """An act does not fit its schema."""


class FileNotRead(TrucelineError):
    """A file is of no known form, or cannot be read at all."""


class FetchError(TrucelineError):
    """A source's own service did not give what was asked of it. Never holds a key."""


class NotAdmitted(FetchError):
    """A source's own service does not admit the key."""


class ExchangeRefused(TrucelineError):
    """What another holder sent does not hold, or is out of all bounds. Nothing of it was kept."""


class ValueNotRead(TrucelineError):
    """One value cannot be read. The message names the value, the mend says what would be read."""


class AfterTheCut(ValueNotRead):
    """An instant later than the cut that it is asked at. What has not been is never answered."""


class NotReleased(TrucelineError):
    """Nothing of this has been released to that reader."""


class NotAccepted(TrucelineError):
    """A name, a password, a code, an invitation or a session does not hold; it does not say which."""


def not_written(path: object, error: OSError) -> MissionError:
    """What to raise for a file or a folder that could not be written; a full disk is called one."""
    if error.errno in FULL:
        return MissionError(f"The disk is full; {path} was not written.", "Make room and try again.")
    return MissionError(f"{path} cannot be written: {error.strerror}.", "Choose a folder you can write.")
