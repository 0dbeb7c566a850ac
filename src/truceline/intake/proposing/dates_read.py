"""The values of one column as dates: which forms read them, and whether day and month could be exchanged."""

import re
from functools import lru_cache

from truceline.errors import ValueNotRead
from truceline.intake.cells import read_interval
from truceline.intake.dates import ORDERS, SERIAL, UNIX, UNIX_MS, WORDS, iso_of
from truceline.intake.proposing.columns import Column
from truceline.vocabulary.digits import ascii_digits

NUMERIC = {SERIAL: (20_000, 60_000), UNIX: (500_000_000, 4_000_000_000), UNIX_MS: (500_000_000_000, 4_000_000_000_000)}
"""Numbers that may count days, seconds or milliseconds: 1954 to 2064; 1985 to 2096."""
_PARTS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}", re.ASCII)
Forms = tuple[str, ...]


class Read:
    """How the values of a column are read as dates: forms to declare, how many are read, and whether it is settled.

    other: where both orders of day and month read as many, the forms of the other order.
    """

    def __init__(self, column: Column) -> None:
        self.column = column
        self.plain = {value: ascii_digits(value) for value in column.values}
        self.forms, self.many = self._forms()
        self.other = self._other()
        self.share = self.many / len(column.filled) if column.filled else 0.0

    def _many(self, forms: Forms) -> int:
        return self.column.many(lambda value: reads(self.plain[value], forms))

    def _forms(self) -> tuple[Forms, int]:
        undeclared = self._many(())
        if not self.column.filled or undeclared == len(self.column.filled):
            return (), undeclared
        counts = {form: self._many((form,)) for form in (*ORDERS, *NUMERIC) if self._may(form)}
        best = max(counts, key=lambda form: counts[form], default="")
        if not best or not counts[best]:
            return (), undeclared
        forms: Forms = (best,)
        for form in (*[one for one in counts if _order(one) == _order(best)], WORDS):
            more = self._many((*forms, form))
            if more > self._many(forms) and len(forms) < 4 and (form != WORDS or undeclared):
                forms = (*forms, form)
        many = self._many(forms)
        return (forms, many) if many > undeclared else ((), undeclared)

    def _may(self, form: str) -> bool:
        if form not in NUMERIC:
            return True
        low, high = NUMERIC[form]
        # isdecimal: a superscript two is a digit, and no number.
        numbers = [plain for plain in self.plain.values() if plain.replace(".", "", 1).isdecimal() and len(plain) < 18]
        return len(numbers) * 2 > len(self.plain) and all(low <= float(number) <= high for number in numbers)

    def _other(self) -> Forms:
        """The forms with day and month exchanged, where they read as many: only a person can know."""
        if not self.forms or _order(self.forms[0]) not in ("D", "M"):
            return ()
        swapped = tuple(_swapped(form) for form in self.forms)
        if any(form not in ORDERS and form != WORDS for form in swapped) or self._many(swapped) < self.many:
            return ()
        return swapped

    def evidence(self) -> str:
        """What speaks for an order of day and month: the largest first and second parts."""
        parts = [match for plain in self.plain.values() if (match := _PARTS.match(plain))]
        if not parts:
            return ""
        first, second = (max(int(part[at]) for part in parts) for at in (1, 2))
        return f"the first part goes up to {first}, the second up to {second}"


def _order(form: str) -> str:
    return form[0] if form in ORDERS else form


def _swapped(form: str) -> str:
    return form.translate(str.maketrans("DM", "MD")) if form in ORDERS else form


@lru_cache(maxsize=65_536)
def reads(plain: str, forms: Forms) -> bool:
    """A text in ASCII digits is a date or time under these forms."""
    try:
        read_interval(iso_of(plain, forms), "UTC")
    except ValueNotRead:
        return False
    return True


@lru_cache(maxsize=8)
def read_of(column: Column) -> Read:
    """The dates of a column; remembered, since several steps ask."""
    return Read(column)
