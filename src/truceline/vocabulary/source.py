"""Who says it: the id of a source, the independent origin it rests on, and whom it repeats."""

import re

from msgspec import Struct

from truceline.errors import ValueNotRead

_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Source(Struct, frozen=True):
    """The person, organisation or instrument a report comes from. Sources of one origin count as one."""

    id: str
    origin: str = ""

    def counts_as(self) -> str:
        """The independent source it is counted as: its origin, or itself."""
        return self.origin or self.id


def read_source_id(text: str) -> str:
    """The id of a source: 1 to 64 ASCII letters, digits, `_`, `-` and `.`. Raises `ValueNotRead`."""
    if not _ID.fullmatch(text):
        raise ValueNotRead(f"{text!r} is no source id", "Write letters, digits, '_', '-' and '.' only, at most 64.")
    return text


def read_repeats(text: str, source: str) -> str:
    """The report that is only repeated, as SOURCE/REPORT_ID; "" for an empty text.

    What stands before the first slash is the source where it can be the id of one; otherwise the
    whole text is a REPORT_ID of the same source.
    """
    before, slash, after = text.partition("/")
    if not text or (slash and after and _ID.fullmatch(before)):
        return text
    return f"{source}/{text}"
