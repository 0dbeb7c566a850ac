"""Names as lists write them: several in one field, the original script in brackets, spaces of every kind.

Nothing is lost: what a field says is kept as it was written, and the names are taken out of it beside it.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_LETTERED = re.compile(r"(?:^|\s)[a-z]\)\s")
"""`b) ` before the second of several names."""
_ASIDE = re.compile(r"^\s*original script\s*:?\s*|\s*\(\s*original script\s*\)\s*", re.IGNORECASE)
_BRACKETED = re.compile(r"[^()]+")
_QUOTES = '"“”'


def tidy(text: str | None) -> str:
    """One space for each run of them, non-breaking ones among them, and none around; letters composed (NFC)."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text or "")).strip()


def is_packed(text: str) -> bool:
    """Several names stand in one field, with semicolons between them."""
    return ";" in text


def names_in(text: str) -> tuple[str, ...]:
    """The names that a field holds, one, or several where it is packed.

    `A (B; C)` is A, B and C; `A b) B; C` too. A note in brackets stays with the name it stands behind.
    """
    whole = tidy(text)
    if not is_packed(whole):
        return (whole,) if whole else ()
    pieces = [piece for part in whole.split(";") for piece in _opened(part)]
    return tuple(dict.fromkeys(name for piece in pieces if (name := _named(piece))))


def forms(name: str) -> tuple[str, ...]:
    """The spellings under which one name is looked for: as it stands, and what stands before and within brackets."""
    found = [name.strip(_QUOTES), *(_named(one) for one in _BRACKETED.findall(name))]
    return tuple(dict.fromkeys(one for one in found if sum(map(str.isalpha, one)) > 1))


def _opened(part: str) -> list[str]:
    """A part cut where a bracket opens that does not close in it, and where a letter counts the names."""
    open_at: list[int] = []
    for n, character in enumerate(part):
        if character == "(":
            open_at.append(n)
        elif character == ")" and open_at:
            open_at.pop()
    cut = open_at[0] if open_at else len(part)
    return [one for piece in (part[:cut], part[cut + 1 :]) for one in _LETTERED.split(piece)]


def _named(piece: str) -> str:
    """A name without what brackets left open, or an aside on its script."""
    bare = _ASIDE.sub(" ", piece).strip(f" ,;{_QUOTES}")
    while bare.count(")") > bare.count("(") and ")" in bare:
        bare = bare[: bare.rindex(")")] + bare[bare.rindex(")") + 1 :]
    while bare.count("(") > bare.count(")"):
        bare = bare.replace("(", "", 1)
    return tidy(bare)
