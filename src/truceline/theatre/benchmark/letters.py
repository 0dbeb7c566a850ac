"""Latin names written in Cyrillic letters, as a Russian-language table would have them."""

_PAIRS = {
    "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "ts": "ц", "ya": "я", "yu": "ю",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "дж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "кс", "y": "й", "z": "з",
}  # fmt: skip


def cyrillic(name: str) -> str:
    """The name letter by letter, pairs of letters first; what is no Latin letter stays."""
    made, at = [], 0
    while at < len(name):
        two = name[at : at + 2].lower()
        taken = 2 if two in _PAIRS else 1
        letter = _PAIRS.get(name[at : at + taken].lower(), name[at])
        made.append(letter.capitalize() if name[at].isupper() else letter)
        at += taken
    return "".join(made)
