"""The lines of a long text, a window at a time: io.StringIO would keep four bytes for each character of the whole."""

import io
from collections.abc import Iterator

WINDOW = 1_048_576
"""About so many characters are looked at together."""


def lines_of(text: str, most: int, newline: str = "") -> Iterator[str]:
    """The lines with their ends as they stand, as `io.StringIO(text, newline=newline)` gives them.

    newline: "" for lines that end in LF, CR or CRLF; LF for those that end in LF alone. most: of the first
    line that is longer, `most` + 1 characters are given and nothing after it: whoever reads it stops there.
    """
    start = 0
    while start < len(text):
        stop = _end_of_window(text, start, newline)
        if stop - start <= 2 * WINDOW:
            yield from io.StringIO(text[start:stop], newline=newline)
        else:
            yield text[start : min(stop, start + most + 1)]  # One line, and a long one.
            if stop - start > most:
                return
        start = stop


def _end_of_window(text: str, start: int, newline: str) -> int:
    """Behind the last line end of the window or, where it has none, behind the next one."""
    stop = start + WINDOW
    if stop >= len(text):
        return len(text)
    last = text.rfind("\n", start, stop)
    if last < 0 and not newline:
        last = text.rfind("\r", start, stop - 1)  # The last character may be half of a CRLF.
    if last >= 0:
        return last + 1
    return min((at + 1 for at in _next_ends(text, stop - 1, newline)), default=len(text))


def _next_ends(text: str, at: int, newline: str) -> Iterator[int]:
    feed = text.find("\n", at)
    if feed >= 0:
        yield feed
    back = -1 if newline else text.find("\r", at, feed if feed >= 0 else len(text))
    if back >= 0:
        yield back + 1 if text[back + 1 : back + 2] == "\n" else back
