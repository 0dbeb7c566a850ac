"""What stays the same when a place name is spelled another way: two keys, one within a script, one across scripts.

`folded` undoes case, marks over letters, articles, words such as "village", and the spellings of alif,
hamza, ta marbuta and yeh. `skeleton` goes on to the consonants in Latin letters, so that حربنفسه,
Hirbinifsah and Хирбнафса meet. Arabic writes no short vowels, and its transliterations disagree about the long ones.
"""

import re
import unicodedata

MOST_CHARACTERS = 200
_ARABIC = str.maketrans({
    "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ک": "ك", "گ": "ك", "ھ": "ه", "ہ": "ه", "ء": None,
    "ـ": None, "ٱ": "ا",
})  # fmt: skip
_GENERIC = frozenset(
    "town village city neighbourhood neighborhood suburb area district hamlet ville quartier "
    "مدينه بلده قريه حي منطقه город село поселок деревня г с пос місто селище".split()
)
_ARTICLES = frozenset("al el ul il ar as ash at ad adh an az ath ach ech ez er es et ed en l".split())
_DIGRAPHS = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"),
    ("dh", "d"), ("dj", "j"), ("zh", "j"), ("ph", "f"), ("ck", "k"), ("ts", "s"),
)  # fmt: skip
_CONSONANTS = {
    **dict(zip("bdfghjklmnprstvz", "bdfghjklmnprstvz", strict=True)), "q": "k", "c": "k", "x": "ks",
    **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچڤ", "bttjhhddrzsssdtzgfkklmnhbjf", strict=True)),
    **dict(zip("бвгґджзклмнпрстфхцчшщ", "bvggdjzklmnprstfhssss", strict=True)),
}  # fmt: skip


def folded(name: str) -> str:
    """The name in lower case without marks, punctuation, articles and generic words; Arabic letters unified."""
    words = _words(name)
    kept = [word for word in words if word not in _GENERIC] or words
    kept = [_without_article(word) for word in kept if word not in _ARTICLES] or kept
    return " ".join(kept)


def folded_words(text: str) -> list[str]:
    """Every word of a text of any length, as `folded` writes them, none left out."""
    return [_without_article(word) for word in _bare_words(text)]


def skeleton(name: str) -> str:
    """The consonants of `folded`, in Latin letters, none twice in a row, without an h at the end; may be empty.

    A ta marbuta that is not at the end of the name is a t (معرة النعمان, Maarrat an Numan).
    """
    said = re.sub(r"ة(?=\s+\S)", "ت", name)
    words = [_consonants(word) for word in folded(said).split()]
    return re.sub(r"(.)\1+", r"\1", "".join(words)).rstrip("h")


def parts(name: str) -> tuple[str, ...]:
    """The names in a text such as "Huluk, Aleppo", "Al Ameria (Aleppo)" or "Tadmur/Palmyra".

    What follows a comma or stands in brackets says where; what a stroke parts are two names of one place.
    """
    own = re.split(r"[,،(\[]", name[:MOST_CHARACTERS], maxsplit=1)[0]
    return tuple(part.strip() for part in own.split("/") if part.strip())


def script_of(name: str) -> str:
    """Arabic, Cyrillic or Latin: that of the first letter; "" where it has none of them."""
    for letter in name:
        begin = unicodedata.name(letter, "").split(" ")[0]
        if begin in ("ARABIC", "CYRILLIC", "LATIN") and letter.isalpha():
            return begin.capitalize()
    return ""


def reads_from_the_right(name: str) -> bool:
    """The first strong character runs from right to left (UAX #9, rule P2)."""
    for letter in name:
        kind = unicodedata.bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def alike(one: str, other: str) -> int:
    """Millionths of the longer name that need no change (Levenshtein 1966, unit costs); 1,000,000 for the same."""
    if one == other:
        return 1_000_000
    longest = max(len(one), len(other))
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return (longest - row[-1]) * 1_000_000 // longest


def _words(name: str) -> list[str]:
    return _bare_words(name[:MOST_CHARACTERS])


def _bare_words(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    bare = re.sub(r"['’‘ʿʾ`´ʼʻʹ′ьъ]", "", bare.translate(_ARABIC))
    return re.findall(r"[^\W_]+", bare)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) >= 4 else word


def _consonants(word: str) -> str:
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    return "".join(_CONSONANTS.get(letter, letter if letter.isdigit() else "") for letter in word)
