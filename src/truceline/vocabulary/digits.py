"""Digits as people type them: Eastern Arabic (٠١٢), Persian (۰۱۲) and ASCII, with the marks of direction around them.

Only reading changes; the words of a source are kept as they came.
"""

_EASTERN = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_DIRECTION = (0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF)
"""Marks, embeddings and isolates, which change no order of digits. Overrides (U+202D, U+202E) are not taken out:
what they show is not what is stored, so a value with one in it is refused."""
_TABLE = {
    **{ord(digit): str(number % 10) for number, digit in enumerate(_EASTERN)},
    **dict.fromkeys(_DIRECTION, ""),
    **dict.fromkeys((0x00A0, 0x2009, 0x202F), " "),
    0x066B: ".",
}


def ascii_digits(text: str) -> str:
    """The text with ASCII digits, plain spaces, a point for the Arabic decimal sign (٫), and no marks of direction."""
    return text if text.isascii() else text.translate(_TABLE)
