"""What each text says, made ready to compare: weighed words, kinds, the people it counts, the chances of its day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from truceline.matching.wording_dates import Named, days_named, days_of_address
from truceline.matching.wording_days import Chances, Span, chances
from truceline.matching.wording_kinds import Kinds, People, kinds_of, people_of
from truceline.matching.wording_terms import Rarity, length, terms
from truceline.matching.wording_text import Page, Told, folded, pages, repeated_lines


@dataclass(frozen=True)
class Said:
    """One text. counted: how often it has each word; weighed: what each word that is compared counts."""

    told: Told
    counted: Mapping[str, int]
    weighed: Mapping[str, int]
    kinds: frozenset[str]
    people: frozenset[People]
    chances: Chances

    @cached_property
    def length(self) -> int:
        """The length of its weighed words."""
        return length(self.weighed)

    def on(self, days: Chances) -> "Said":
        """The same with other chances of its day."""
        return replace(self, chances=days)


@dataclass(frozen=True)
class Background:
    """What texts are compared before: lines that are repeated, days of fetching, the span of days, how rare words are,
    kinds named by the caller."""

    around: frozenset[tuple[str, str]]
    fetched: frozenset[int]
    span: Span
    rarity: Rarity
    named: Kinds

    def said(self, told: Told) -> Said:
        """One more text, before this background."""
        page = pages([told], self.around)[0]
        return _said(told, page, _days(told, page, self.fetched), terms(page.text), self)

    def days_in(self, told: Told) -> tuple[int, ...]:
        """The days (`date.toordinal`) a text names with their year, that of publication first."""
        published, named = _days(told, pages([told], self.around)[0], self.fetched)
        return (*published[:1], *named.days)


def read(told: Sequence[Told], named: Kinds, span: Span | None) -> tuple[Background, list[Said]]:
    """The background these texts make, and each text before it. span: the days there are, found where not given."""
    around = repeated_lines(told)
    made = pages(told, around)
    fetched = frozenset(day for page in made for day in days_named("\n".join(page.around)).days)
    days = [_days(one, page, fetched) for one, page in zip(told, made, strict=True)]
    counted = [terms(page.text) for page in made]
    given = Span.of(day for published, named_days in days for day in (*published[:1], *named_days.days))
    background = Background(around, fetched, span or given, Rarity.of(counted), named)
    read_ones = zip(told, made, days, counted, strict=True)
    return background, [_said(one, page, on, said, background) for one, page, on, said in read_ones]


def _days(told: Told, page: Page, fetched: Iterable[int]) -> tuple[tuple[int, ...], Named]:
    """Days of publication, and those that the text names, days of fetching left out."""
    struck = frozenset(fetched)
    published = days_named(folded(told.published)).days or days_of_address(told.address)
    found = days_named(page.text)
    return tuple(published), found._replace(days=tuple(day for day in found.days if day not in struck))


def _said(
    told: Told, page: Page, days: tuple[tuple[int, ...], Named], counted: Counter[str], before: Background
) -> Said:
    return Said(
        told, counted, before.rarity.weighed(counted), kinds_of(page.text, before.named), people_of(page.text),
        chances(*days, before.span),
    )  # fmt: skip
