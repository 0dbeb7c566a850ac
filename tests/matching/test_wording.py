"""Matching by words: what a page says, on which day it may have been, and what likeness is worth, on invented pages."""

import random
from datetime import date

import numpy as np
import pytest

from truceline.errors import ValueNotRead
from truceline.matching.wording import Wording
from truceline.matching.wording_dates import days_named, days_of_address
from truceline.matching.wording_days import MILLION, Chances, Span, chances, days_weight, dense, logarithm
from truceline.matching.wording_groups import groups_of
from truceline.matching.wording_incidents import Incidents, Listed
from truceline.matching.wording_kinds import HURT, KILLED, People, kinds_of, people_of
from truceline.matching.wording_names import names_in
from truceline.matching.wording_rows import NOT_COMPARED
from truceline.matching.wording_serials import dated, number_in, numbered
from truceline.matching.wording_text import Told, folded, pages, said_once
from truceline.matching.wording_weights import KINDS, PEOPLE, WORDS, Seen, usual

SPAN = Span(date(2024, 1, 1).toordinal(), 366)
TOWNS = {
    "Kafr Noran": "كفرنوران", "Maarat Nasan": "معارة النعسان", "Al Bara": "البارة", "Kansafra": "كنصفرة",
    "Sarmin": "سرمين", "Tadel": "تديل", "Qastoun": "قسطون", "Zardana": "زردنا", "Bizabur": "بزابور",
    "Hazano": "حزانو", "Ramhamdan": "رام حمدان", "Killi": "كللي",
}  # fmt: skip
SAID = (
    "shells fell on the village of {town} in the morning and {hurt} people were injured near the mosque",
    "the artillery targeted {town}, wounding {hurt} civilians in their houses",
    "{hurt} were wounded in {town} by a bombardment, the rescue workers said",
)
SAID_AR = (
    "أصيب {hurt} مدنيين بجروح جراء قصف مدفعي على بلدة {town} صباح اليوم",
    "إصابة {hurt} أشخاص في قصف استهدف قرية {town} وفق الدفاع المدني",
)


def day(text: str) -> list[str]:
    return [date.fromordinal(one).isoformat() for one in days_named(folded(text)).days]


def told(source: str, text: str, *, report: str = "", address: str = "", published: str = "", title: str = "") -> Told:
    return Told(report or f"{source} {text[:40]}", source, text, title, address, published)


def invented(count: int = 60, seed: int = 4) -> tuple[list[Told], list[int]]:
    """Pages of three sources on so many incidents, two of them dated; and which incident each is of."""
    draw = random.Random(seed)
    made, of = [], []
    for incident in range(count):
        on = date.fromordinal(SPAN.first + draw.randrange(340))
        town = draw.choice(sorted(TOWNS))
        hurt = draw.randrange(3, 30)
        for source in draw.sample(("alpha", "beta", "gamma"), 2):
            arabic = source == "gamma"
            said = draw.choice(SAID_AR if arabic else SAID).format(town=TOWNS[town] if arabic else town, hurt=hurt)
            made.append(told(source, said, report=f"{source}-{incident:03}", published=on.isoformat()))
            of.append(incident)
    return made, of


class TestWhatAPageSays:
    def test_lines_that_other_pages_of_the_source_have_are_no_part_of_it(self) -> None:
        menu = "Home\nPolitics\nSaturday 1 August 2026"
        one, other = (told("alpha", f"{menu}\n{text}", title=text) for text in ("A shell fell", "A bridge was hit"))
        assert pages([one, other])[0].lines == ("A shell fell",)
        assert pages([told("beta", f"{menu}\nA shell fell"), other])[0].lines[:2] == ("Home", "Politics")

    def test_a_title_that_comes_thrice_is_said_once(self) -> None:
        assert said_once("قصف مدفعي على البارة " * 3) == "قصف مدفعي على البارة"

    def test_letters_pulled_apart_are_put_together(self) -> None:
        assert folded("شهـ ـيدان وجرحـ ـى") == folded("شهيدان وجرحى")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("الجمعة, ٣١ مايو ٢٠٢٤, ٢٢:٢٩", ["2024-05-31"]),
            ("يوم أمس، 19 كانون الأول 2024", ["2024-12-19"]),
            ("on Oct. 4, 2023, said", ["2023-10-04"]),
            ("27 февраля 2016 г.", ["2016-02-27"]),
            ("02/09/2023", ["2023-09-02"]),
            ("12/25/2023", ["2023-12-25"]),
            ("2023-13-45 and 40 May 2023", []),
        ],
    )
    def test_days_are_read_in_three_languages(self, text: str, expected: list[str]) -> None:
        assert day(text) == expected

    def test_a_day_without_a_year_and_a_weekday_are_kept_as_such(self) -> None:
        found = days_named(folded("مساء اليوم الاثنين 27 شباط/ فبراير، جراء قصف"))
        assert (found.days, found.yearless, found.weekdays) == ((), ((2, 27),), (0,))

    def test_an_address_may_name_a_day(self) -> None:
        assert days_of_address("https://example.org/2023/01/28/x") == (date(2023, 1, 28).toordinal(),)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("إصابة 11 شخصاً بينهم أطفال", {People(HURT, 11)}),
            ("مقتل طفلين وإصابة ثلاثة، عمر أحدهم 60 عاماً", {People(KILLED, 2), People(HURT, 3)}),
            ("killed two civilians and injured 5 others", {People(KILLED, 2), People(HURT, 5)}),
            ("5 قتلى و3 جرحى", {People(KILLED, 5), People(HURT, 3)}),
            ("a meeting of 12 people on the road", set()),
        ],
    )
    def test_killed_and_hurt_are_counted_from_words_and_digits(self, text: str, expected: set[People]) -> None:
        assert people_of(folded(text)) == expected

    def test_kinds_are_named_in_three_languages_and_the_caller_adds_actors(self) -> None:
        for text in ("قصف بالمسيّرات", "a drone strike", "удар беспилотника"):
            assert "drone" in kinds_of(folded(text))
        assert "alpha" in kinds_of(folded("The Alphans shelled it"), {"alpha": ["alphan"]})


class TestTheDay:
    def test_chances_make_no_more_than_a_whole_and_stand_on_the_day_it_was_published(self) -> None:
        found = chances([SPAN.first + 100], days_named(""), SPAN)
        assert 0 <= found.rest < MILLION // 10
        assert found.likeliest == 100
        assert dense(found, SPAN).sum() == pytest.approx(1)

    def test_what_is_known_of_no_day_weighs_nothing(self) -> None:
        none = chances([], days_named(""), SPAN)
        assert days_weight(none, chances([SPAN.first + 9], days_named(""), SPAN), SPAN) == 0

    def test_one_day_speaks_for_and_days_apart_speak_against(self) -> None:
        one, same, apart = (chances([SPAN.first + at], days_named(""), SPAN) for at in (50, 51, 90))
        assert days_weight(one, same, SPAN) > 5 * MILLION
        assert days_weight(one, apart, SPAN) < -2 * MILLION

    def test_the_same_weekday_speaks_a_little_for(self) -> None:
        monday, tuesday = (chances([], days_named(word), SPAN) for word in ("monday", "tuesday"))
        friday = chances([], days_named("friday"), SPAN)
        assert (
            days_weight(monday, monday, SPAN) > days_weight(monday, tuesday, SPAN) > days_weight(monday, friday, SPAN)
        )
        assert days_weight(monday, friday, SPAN) < 0

    def test_the_logarithm_is_that_of_the_textbook_to_a_thousandth(self) -> None:
        numbers = np.array([1, 2, 3, 1000, 10**12, 2**62 - 1, 2**53 + 1])
        assert np.abs(logarithm(numbers) / MILLION - np.log2(numbers)).max() < 0.001

    def test_a_page_between_two_dated_pages_of_its_source_is_dated(self) -> None:
        assert number_in("https://example.org/archives/657833/") == 657833
        assert number_in("https://example.org/2023/05/") == 0
        addresses = [f"https://example.org/?p={10_000 + 20 * at}" for at in range(12)]
        (counted,) = numbered(["alpha"] * 12, addresses)
        own: list[Chances] = [
            chances([SPAN.first + 10 * at] if at != 6 else [], days_named(""), SPAN) for at in range(12)
        ]
        found = dated(counted, own, [np.ones(SPAN.count)] * 12, SPAN)
        assert found is not None
        assert abs(found[6].likeliest - 60) <= 4

    def test_numbers_that_follow_no_order_of_days_date_nothing(self) -> None:
        draw = random.Random(2)
        days = [draw.randrange(300) for _ in range(12)]
        (counted,) = numbered(["alpha"] * 12, [f"https://example.org/?p={10_000 + at}" for at in range(12)])
        own = [chances([SPAN.first + at], days_named(""), SPAN) for at in days]
        assert dated(counted, own, [np.ones(SPAN.count)] * 12, SPAN) is None


class TestPairsAndGroups:
    def test_a_row_of_weights_is_what_each_pair_weighs_by_itself(self) -> None:
        wording = Wording.of(invented(20)[0])
        for one in range(0, len(wording), 7):
            row = wording.weights_of(one)
            for other in range(len(wording)):
                alone = wording.pair_weight(one, other)
                assert row[other] in (alone, NOT_COMPARED)
                assert wording.alike(one, other).weight == alone
                assert alone == wording.pair_weight(other, one)

    def test_reasons_add_up_to_the_weight_and_each_signal_says_one(self) -> None:
        wording = Wording.of(invented(20)[0])
        found = wording.alike(0, 1)
        assert found.weight == found.prior + sum(reason.weight for reason in found.reasons)
        assert [reason.signal for reason in found.reasons] == ["day", "words", "kinds", "people"]

    def test_the_order_in_which_texts_come_changes_no_group(self) -> None:
        texts, _ = invented(30)
        shuffled = random.Random(1).sample(texts, len(texts))

        def named(of: list[Told]) -> set[frozenset[str]]:
            return {frozenset(of[at].report for at in group) for group in groups_of(Wording.of(of))}

        assert named(texts) == named(shuffled)

    def test_weights_are_estimated_without_labels_and_put_most_pairs_together(self) -> None:
        texts, of = invented(150)
        wording = Wording.of(texts)
        assert wording.weights.estimated
        groups = groups_of(wording)
        right = sum(len({of[at] for at in group}) == 1 for group in groups if len(group) == 2)
        assert right >= 120
        assert sum(len(group) == 2 and len({of[at] for at in group}) == 2 for group in groups) <= 12

    def test_no_group_holds_two_reports_of_one_source(self) -> None:
        texts, _ = invented(80)
        for group in groups_of(Wording.of(texts), least=-3 * MILLION):
            sources = [texts[at].source for at in group]
            assert len(sources) == len(set(sources))

    def test_a_report_that_has_just_come_is_weighed_as_if_it_were_held(self) -> None:
        texts, _ = invented(40)
        wording = Wording.of(texts)
        assert wording.nearest(texts[3], 5)[0][0] == wording.nearest(3, 5)[0][0]

    def test_where_too_few_are_dated_the_weights_are_the_usual_ones(self) -> None:
        wording = Wording.of([told("alpha", "a shell fell"), told("beta", "a shell fell on it")])
        assert wording.weights == usual(2)
        assert (len(usual(2).words), len(usual(2).kinds), len(usual(2).people)) == (WORDS, KINDS, PEOPLE)
        assert Seen().weights(100) == usual(100)

    def test_nothing_at_all_and_pages_without_words_are_compared_too(self) -> None:
        assert groups_of(Wording.of([])) == []
        assert groups_of(Wording.of([told("alpha", ""), told("beta", "")])) == [[0], [1]]

    def test_too_many_texts_are_refused_with_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("truceline.matching.wording.MOST_TEXTS", 3)
        with pytest.raises(ValueNotRead, match="month by month"):
            Wording.of(invented(3)[0])


class TestIncidentsOnAList:
    LIST = (
        Listed(
            "i-1", date(2024, 3, 5), date(2024, 3, 5), ("Kafr Noran village", "كفرنوران"), "artillery", None, (4, 6)
        ),
        Listed("i-2", date(2024, 3, 5), date(2024, 3, 5), ("Al Bara", "البارة"), "artillery", None, (1, 2)),
        Listed("i-3", date(2024, 8, 9), date(2024, 8, 12), ("Kafr Noran", "كفرنوران"), "drone", (1, 1), None),
    )

    def test_the_incident_of_the_day_and_the_place_comes_first_with_its_reasons(self) -> None:
        texts, _ = invented(60)
        wording = Wording.of(texts, span=SPAN)
        incidents = Incidents.of(self.LIST, wording)
        text = told("delta", "إصابة خمسة مدنيين بقصف مدفعي على بلدة كفر نوران، الثلاثاء 5 آذار 2024")
        first, *others = incidents.ranked(text)
        assert first.incident == "i-1"
        assert first.weight == sum(reason.weight for reason in first.reasons)
        assert [reason.signal for reason in first.reasons] == ["day", "place", "kinds", "people"]
        assert len(others) == 2

    def test_a_name_meets_across_scripts_and_in_one_word_or_two(self) -> None:
        assert names_in(told("alpha", "shells fell on Kafr Noran"), ["كفرنوران"])
        assert names_in(told("alpha", "قصف على كفر نوران"), ["Kafrnoran"])
        assert not names_in(told("alpha", "قصف على البارة"), ["Kafr Noran"])
