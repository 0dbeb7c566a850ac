"""Who is who at a time: dated names, exclusions as of the day, umbrellas as the reading takes them."""

import pytest

from truceline.compliance.standing import EVER, Standing, covers, names_of
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.when import Interval

NORTH, SOUTH, UNARMED = ("north",), ("south",), ("civilians",)
BEFORE, AFTER, ACROSS = "2025-04-04", "2025-04-05", "2025-04-04/2025-04-05"
"""The River Brigade becomes the River Division on 5 April."""


@pytest.fixture
def belongs(example):
    """Whether a name belongs to parties in an interval, under a reading."""

    def ask(name, when, parties, reading="strict"):
        chosen = example.agreement.reading(reading)
        interval = Interval.from_text(when, "Etc/GMT-2")
        return Standing(example.agreement, chosen).belongs(name, (interval.start, interval.end), parties)

    return ask


@pytest.mark.parametrize(
    ("name", "when", "answer"),
    [
        ("River Brigade", BEFORE, SURELY), ("River Brigade", AFTER, MAYBE), ("River Brigade", ACROSS, MAYBE),
        ("River Division", BEFORE, MAYBE), ("River Division", AFTER, SURELY), ("River Division", ACROSS, MAYBE),
        ("لواء النهر", BEFORE, SURELY), ("فرقة النهر", AFTER, SURELY),
    ],
)  # fmt: skip
def test_a_name_holds_only_while_it_is_the_name(belongs, name, when, answer):
    assert belongs(name, when, SOUTH) == answer


@pytest.mark.parametrize("name", ["Northern Army", " northern army ", "NORTHERN FORCES", "na", "جيش الشمال"])
def test_case_and_spaces_around_do_not_tell_names_apart(belongs, name):
    assert (belongs(name, BEFORE, NORTH), belongs(name, BEFORE, SOUTH)) == (SURELY, NO)


def test_a_name_nobody_knows_may_be_anybody(belongs):
    assert belongs("Masked men", BEFORE, NORTH) == belongs("Masked men", BEFORE, UNARMED) == MAYBE


@pytest.mark.parametrize(("reading", "answer"), [("strict", SURELY), ("lenient", MAYBE), ("shifted", SURELY)])
@pytest.mark.parametrize("name", ["Southern factions", "Hill Company"])
def test_an_umbrella_and_the_unconfirmed_are_taken_as_the_reading_says(belongs, name, reading, answer):
    assert belongs(name, "2025-03-20", SOUTH, reading) == answer
    assert belongs(name, "2025-03-20", NORTH, reading) == NO


@pytest.mark.parametrize("name", ["Order of the Ridge", "Ridge Men", "جماعة الحافة"])
def test_the_excluded_belong_to_nobody_under_any_of_their_names(belongs, name):
    assert [belongs(name, day, SOUTH) for day in ("2025-03-01", "2025-03-20")] == [NO, NO]


@pytest.mark.parametrize(
    ("when", "answer"),
    [("2025-03-14", SURELY), ("2025-03-15", NO), ("2025-03-14/2025-03-15", MAYBE), ("2025-03", MAYBE)],
)
def test_an_exclusion_is_applied_as_of_the_day_by_the_instrument_the_reading_names(belongs, when, answer):
    assert belongs("Ridge Men", when, SOUTH, "shifted") == answer


@pytest.mark.parametrize(("when", "answer"), [("2025-04-09", SURELY), ("2025-04-10", MAYBE), ("2025-04", MAYBE)])
def test_a_disputed_exclusion_leaves_it_open(belongs, when, answer):
    assert belongs("Hill Company", when, SOUTH) == answer
    assert belongs("Hill Company", when, NORTH) == NO


def test_a_third_force_is_on_no_side_and_civilians_only_on_theirs(belongs):
    assert [belongs("Island Guard", BEFORE, parties) for parties in (NORTH, SOUTH, UNARMED)] == [NO, NO, NO]
    assert [belongs("residents", BEFORE, parties) for parties in (NORTH, SOUTH, UNARMED)] == [NO, NO, SURELY]


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        ((), MAYBE), (("Northern Army",), SURELY), (("Northern Army", "Valley Guard"), SURELY),
        (("Northern Army", "X"), MAYBE),
        (("Northern Army", "Plain Front"), MAYBE), (("Northern Army", "Ridge Men"), MAYBE),
        (("Plain Front", "Ridge Men"), NO),
        (("X", "Y"), MAYBE),
    ],
)  # fmt: skip
def test_a_side_belongs_if_all_named_do_and_not_if_none_may(example, names, answer):
    standing = Standing(example.agreement, example.agreement.reading("strict"))
    assert standing.side(names, EVER, NORTH) == answer


def test_names_are_read_from_the_json_of_the_read_table():
    assert names_of('["A","B"]') == ("A", "B")
    assert names_of("[]") == names_of("") == ()


def test_a_union_of_spans_covers_what_it_leaves_no_gap_in():
    assert covers([(5, 9), (0, 5)], (0, 9))
    assert not covers([(0, 4), (5, 9)], (0, 9))
    assert not covers([], (0, 1))
    assert covers([EVER], (0, 1))
