"""Names of the months: English, French, Russian, and the three sets of names in use in Arabic.

Arabic has Levantine and Iraqi names (شباط), Egyptian and Gulf names (فبراير), and Maghrebi names (فيفري in
Algeria and Tunisia, غشت in Morocco). No name means two months, within a language or across them.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from truceline.errors import ValueNotRead

ENGLISH = "january february march april may june july august september october november december".split()
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_FRENCH_SHORT = ("janv", "févr fév", "", "avr", "", "", "juil", "", "sept", "oct", "nov", "déc")
_RUSSIAN = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_RUSSIAN_SHORT = ("янв", "фев февр", "мар", "апр", "", "", "", "авг", "сен сент", "окт", "ноя нояб", "дек")
_LEVANTINE = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
_EGYPTIAN = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_ALGERIAN = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
_MOROCCAN = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
_ALSO = {"يونيه": 6, "يوليه": 7, "كانون ثاني": 1, "تشرين أول": 10, "تشرين ثاني": 11, "كانون أول": 12, "مايس": 5}


def _key(name: str) -> str:
    """Case, marks over letters, tatweel, dots and the two spellings of ta marbuta and alif maqsura do not count."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.translate({0x0640: None, 0x0629: "ه", 0x0649: "ي", ord("."): None}).split())


def _russian(stem: str) -> list[str]:
    if stem == "ма":
        return ["май", "мая", "мае"]
    endings = ("", "а", "е") if stem in ("март", "август") else ("ь", "я", "е")
    return [stem + ending for ending in endings]


def _table() -> dict[str, int]:
    names: dict[str, int] = {}
    for number in range(1, 13):
        said = [row[number - 1] for row in (ENGLISH, _FRENCH, _LEVANTINE, _EGYPTIAN, _ALGERIAN, _MOROCCAN)]
        said += _russian(_RUSSIAN[number - 1])
        said += f"{_FRENCH_SHORT[number - 1]} {_RUSSIAN_SHORT[number - 1]}".split()
        for name in said:
            assert names.setdefault(_key(name), number) == number, f"{name} names two months"
    return names | {_key(name): number for name, number in _ALSO.items()}


_NUMBERS = _table()


def month_number(name: str) -> int:
    """1 to 12. English may be shortened to three letters; two names of one month may stand together (شباط/فبراير).

    Raises `ValueNotRead`, also where the two names are of different months.
    """
    numbers = {_number(part) for part in re.split(r"[/()]", name) if part.strip()}
    if len(numbers) == 1 and None not in numbers:
        return max(number for number in numbers if number)
    if len(numbers) > 1 and None not in numbers:
        raise ValueNotRead(f"{name!r} names two months", "Write one month.")
    raise ValueNotRead(
        f"{name.strip()!r} is no month",
        "Write the month in English, French, Russian or Arabic, or write YYYY-MM-DD; end a Hijri date in AH or هـ.",
    )


def spelled() -> Mapping[str, int]:
    """Every name in full, in all languages, as months are looked up: in lower case, without marks over letters."""
    return MappingProxyType(_NUMBERS)


def _number(name: str) -> int | None:
    key = _key(name)
    if key in _NUMBERS:
        return _NUMBERS[key]
    begun = [number for number, full in enumerate(ENGLISH, 1) if len(key) >= 3 and full.startswith(key)]
    return begun[0] if len(begun) == 1 else None
