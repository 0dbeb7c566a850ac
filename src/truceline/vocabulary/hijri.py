"""Hijri dates, shown beside the Gregorian and read where they are declared.

The calendar is Umm al-Qura, as tabulated by the package hijridate (MIT) from 1343 to 1500 AH
(1 August 1924 to 16 November 2077). It is Saudi Arabia's civil calendar; elsewhere the month may
begin a day earlier or later, by sighting, and a Hijri day begins at sunset. So a Hijri date that is
read is a day wider on either side, and one that is shown is said to be Umm al-Qura's. (In 2016 the
calendar put the Feast of Sacrifice on 11 September; by the moon it was kept on the 12th.)
"""

import re
import unicodedata
from datetime import date, timedelta

import msgspec

from truceline.errors import ValueNotRead

FIRST_DAY, LAST_DAY = date(1924, 8, 1), date(2077, 11, 16)
FIRST_YEAR, LAST_YEAR = 1343, 1500
MONTHS = {
    "en": ("Muharram|Safar|Rabi al-Awwal|Rabi al-Thani|Jumada al-Ula|Jumada al-Akhira|Rajab|Shaban|Ramadan|Shawwal|"
           "Dhu al-Qadah|Dhu al-Hijjah").split("|"),
    "ar": ("محرم|صفر|ربيع الأول|ربيع الثاني|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|"
           "ذو القعدة|ذو الحجة").split("|"),
    "fr": ("mouharram|safar|rabia al awal|rabia ath-thani|joumada al oula|joumada ath-thania|rajab|chaabane|ramadan|"
           "chawwal|dhou al qi'da|dhou al-hijja").split("|"),
    "ru": ("мухаррама|сафара|раби аль-авваля|раби ас-сани|джумада аль-уля|джумада ас-сани|раджаба|шаабана|рамадана|"
           "шавваля|зуль-каада|зуль-хиджжа").split("|"),
}  # fmt: skip
_ALSO = {
    "ربيع الآخر": 4, "جمادى الثانية": 6, "ذي القعدة": 11, "ذي الحجة": 12, "rabi al-akhir": 4, "jumada al-thani": 6,
    "jumada al-awwal": 5, "sha'ban": 8, "dhul-qadah": 11, "dhul-hijjah": 12, "rabi' al-awwal": 3, "rabi' al-thani": 4,
    "dhu al-qa'dah": 11,
}  # fmt: skip
_SUFFIX = {"en": "AH", "ar": "هـ", "fr": "H", "ru": "г. х."}
_DECLARED = re.compile(r"^(.{1,60}?) ?(?:هـ|ه|AH|A\.H\.|г\. ?х\.)$", re.I)
_NUMBERED = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$", re.A)
_NUMBERED_MONTH = re.compile(r"^(\d{4})-(\d{2})$", re.A)
_NAMED = re.compile(r"^(?:(\d{1,2}) )?([^\W\d_][^\d]{1,30}?),? (\d{4})$")
_MEND = "Write 1437-05-18 or 18 Jumada al-Ula 1437, years 1343 to 1500."


class HijriDate(msgspec.Struct, frozen=True):
    """A day of the Umm al-Qura calendar."""

    year: int
    month: int
    day: int

    def words(self, language: str = "en") -> str:
        """18 Jumada al-Ula 1437 AH, in English, Arabic, French or Russian; English for any other language."""
        known = language if language in MONTHS else "en"
        return f"{self.day} {MONTHS[known][self.month - 1]} {self.year} {_SUFFIX[known]}"


def hijri_of(day: date) -> HijriDate | None:
    """The Umm al-Qura date of a civil day (midnight to midnight), None outside the table."""
    if not FIRST_DAY <= day <= LAST_DAY:
        return None
    from hijridate import Gregorian  # late, because few runs show a Hijri date

    there = Gregorian(day.year, day.month, day.day).to_hijri()
    return HijriDate(there.year, there.month, there.day)


def beside(first: date, last: date, language: str = "en") -> str:
    """The Hijri dates of the first and last civil day, to stand beside them; "" where either is outside the table."""
    begin, end = hijri_of(first), hijri_of(last)
    if begin is None or end is None:
        return ""
    return begin.words(language) if begin == end else f"{begin.words(language)} – {end.words(language)}"


def declared(text: str) -> str | None:
    """The date before هـ, AH or г. х., which declare it Hijri; None where nothing declares it."""
    match = _DECLARED.match(text)
    return match[1] if match and re.search(r"\d$", match[1]) else None


def read_hijri(text: str) -> tuple[date, date]:
    """First and last civil day, both included, of a Hijri day or month (with or without AH). Raises `ValueNotRead`.

    These are Umm al-Qura's days; `Interval.from_text` adds a day on either side.
    """
    said = " ".join((declared(text) or text).split())
    if match := _NUMBERED.match(said):
        return _span(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _NUMBERED_MONTH.match(said):
        return _span(int(match[1]), int(match[2]), None, text)
    if (match := _NAMED.match(said)) and _key(match[2]) in _NUMBERS:
        return _span(int(match[3]), _NUMBERS[_key(match[2])], int(match[1]) if match[1] else None, text)
    raise ValueNotRead(f"{text!r} is no Hijri date that is read here", _MEND)


def _span(year: int, month: int, day: int | None, text: str) -> tuple[date, date]:
    from hijridate import Hijri  # late, as above

    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise ValueNotRead(f"{text!r} is outside the years 1343 to 1500 AH or has no such month", _MEND)
    length = Hijri(year, month, 1).month_length()
    if day is not None and not 1 <= day <= length:
        raise ValueNotRead(f"{text!r}: that month had {length} days in the Umm al-Qura calendar", _MEND)
    begin = date.fromisoformat(Hijri(year, month, day or 1).to_gregorian().isoformat())
    return begin, begin + timedelta(days=0 if day else length - 1)


def _key(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\s'’‘ʿ-]", "", bare.translate({0x0640: None, 0x0629: "ه", 0x0649: "ي"}))


_NUMBERS = {_key(name): number for names in MONTHS.values() for number, name in enumerate(names, 1)}
_NUMBERS |= {_key(name): number for name, number in _ALSO.items()}
