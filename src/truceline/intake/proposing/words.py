"""What the words of a header, or of a kind of incident, say in English, Arabic, Russian and French."""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from truceline.intake.formats import hxl
from truceline.intake.tags import tag_of
from truceline.vocabulary.codes import codes, crosswalk
from truceline.vocabulary.plain_yaml import read_yaml

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ALEFS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": None, "ё": "е"})
_TAGGED = {
    "id": "report_id", "source": "source", "start": "start", "end": "end", "date": "when", "reported": "when_weak",
    "year": "year", "lat": "lat", "lon": "lon", "place": "place", "area": "area", "kind": "kind", "side_a": "side_a",
    "side_b": "side_b", "killed_low": "killed_low", "killed_best": "killed_best", "killed_high": "killed_high",
    "words": "words",
}  # fmt: skip
"""What the HXL reader takes from a tag, by our names."""
MOST_HEADER = 200
"""Of a longer header only so many characters are looked at."""


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """The words of a text with one space between them: no case, accents, Arabic article, punctuation; 5th stays."""
    parted = _CAMEL.sub(" ", text[:2_000]).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(c))
    tokens = re.findall(r"[^\W_]+|№", plain.translate(_ALEFS))
    return " ".join(token[2:] if token.startswith("ال") and len(token) > 4 else token for token in tokens)


@lru_cache(maxsize=8_192)
def said_by_header(header: str, tag: str = "") -> dict[str, tuple[float, str]]:
    """For each thing a header may mean, how surely (0 to 1), and by which word or tag."""
    found: dict[str, tuple[float, str]] = {}
    name = bare(header[:MOST_HEADER])
    for thing, (words, alone, never) in _header_words().items():
        strength, word = _strength(name, words, alone)
        if never & set(name.split()):
            strength *= 0.25
        if strength:
            found[thing] = strength, f"its header says {word!r}"
    thing = _tagged(tag) or _tagged(header)
    if thing and found.get(thing, (0.0, ""))[0] < 1:
        # A country is an area only where nothing smaller is tagged.
        found[thing] = 0.9 if "#country" in (tag or header) else 1.0, f"its HXL tag is {(tag or header).strip(' ')!r}"
    return found


def _tagged(cell: str) -> str:
    return _TAGGED.get(hxl.FORMAT.column(cell), "") if cell and tag_of(cell) else ""


def _strength(name: str, words: dict[str, int], alone: frozenset[str]) -> tuple[float, str]:
    """1 where a word is all of the header, less where it is a part; of two words alike the one listed first."""
    if name in words or name in alone:
        return 1.0 - words[name] / 10_000 if name in words else 0.95, name
    tokens = name.split()
    best, by = 0.0, ""
    for length in range(1, len(tokens)):
        for at in range(len(tokens) - length + 1):
            part = " ".join(tokens[at : at + length])
            share = 0.45 + 0.4 * length / len(tokens) - words.get(part, 0) / 10_000
            if part in words and share > best:
                best, by = share, part
    return best, by


@cache
def _header_words() -> dict[str, tuple[dict[str, int], frozenset[str], frozenset[str]]]:
    return {
        thing: (
            {bare(word): rank for rank, word in reversed(list(enumerate(lists["words"])))},
            frozenset(map(bare, lists["alone"])),
            frozenset(map(bare, lists["never"])),
        )
        for thing, lists in _listed("header_words.yaml").items()
    }


@lru_cache(maxsize=16_384)
def kind_of(said: str) -> str:
    """The incident kind that a word or a short text means, or "" where it means none or several of ours."""
    if said in codes("incident_kinds"):
        return said
    theirs = crosswalk("incident_kinds", "acled").get(said, ())
    if theirs:
        return theirs[0] if len(theirs) == 1 else ""
    name = bare(said)
    whole = {code for code, words in _kind_words().items() if name in words}
    if len(whole) == 1:
        return whole.pop()
    padded = f" {name} "
    hits = {(code, word) for code, words in _kind_words().items() for word in words if f" {word} " in padded}
    # A word inside a longer one that was found too ("drone" in "drone strike") says nothing of its own.
    longest = {
        code for code, word in hits if not any(word != other and f" {word} " in f" {other} " for _, other in hits)
    }
    return longest.pop() if len(longest) == 1 else ""


@cache
def _kind_words() -> dict[str, frozenset[str]]:
    listed = _listed("kind_words.yaml")
    made = {}
    for code, about in codes("incident_kinds").items():
        labels = (about.label.get("en", ""), about.label.get("ar", "")) if isinstance(about.label, dict) else ()
        words: list[str] = list(listed.get(code, []))
        made[code] = frozenset(bare(str(word)) for word in (*words, *labels, code) if word)
    return made


@cache
def _listed(name: str) -> dict[str, dict[str, list[str]]]:
    content = (files("truceline") / "intake" / "proposing" / name).read_bytes()
    value = read_yaml(content).value
    assert isinstance(value, dict), name
    return value  # type: ignore[return-value]
