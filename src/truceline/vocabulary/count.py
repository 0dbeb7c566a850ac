"""How many: low, best and high, and of what. What a source gets wrong is kept and flagged, never mended."""

import re

import msgspec

from truceline.errors import ValueNotRead

_WHOLE = re.compile(r"^-?\d{1,12}\Z", re.A)

BEST_OUTSIDE = "best_outside_low_high"
NEGATIVE = "negative_count"


class Count(msgspec.Struct, frozen=True):
    """Low, best and high as the source gave them; any may be unknown (None). `of` names what is counted."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    of: str = "killed"

    def bounds(self) -> tuple[int, int | None]:
        """The widest range the source's own numbers allow: at least, and at most (None: no upper bound).

        Widened where best lies outside low to high; a number below nought bounds at nought.
        """
        given = [number for number in (self.low, self.best, self.high) if number is not None]
        if not given:
            return 0, None
        return max(0, min(given)), max(0, *given)

    def surely_at_least(self, number: int) -> bool:
        """Even the lowest figure reaches the number."""
        return self.bounds()[0] >= number

    def maybe_at_least(self, number: int) -> bool:
        """The highest figure reaches the number, or there is none."""
        high = self.bounds()[1]
        return high is None or high >= number

    def flags(self) -> list[str]:
        """What is impossible about these numbers: `best_outside_low_high`, `negative_count`."""
        given = [number for number in (self.low, self.best, self.high) if number is not None]
        found = []
        if given != sorted(given):
            found.append(BEST_OUTSIDE)
        if any(number < 0 for number in given):
            found.append(NEGATIVE)
        return found


def read_whole(text: str) -> int | None:
    """A whole number in ASCII digits, None for an empty cell. "1,000", "3.5" and "about 5" are refused."""
    if text == "":
        return None
    if not _WHOLE.match(text):
        raise ValueNotRead(f"{text!r} is no whole number", "Write digits only, or leave the cell empty if unknown.")
    return int(text)
