"""What a table cannot say of itself is asked, with the evidence, and never guessed."""

import pytest

from truceline.errors import FileNotRead, ValueNotRead
from truceline.intake.reading import Refused

DATED = "id,date,text\n{}"


def step_of(draft, field):
    return next(step for step in draft.steps if step.field == field)


def rows(*dates):
    return DATED.format("".join(f"{at},{date},something was heard\n" for at, date in enumerate(dates, 1)))


def test_dates_of_either_order_are_a_question_with_the_evidence(draft_of, read_as_proposed):
    table = rows("03/04/2016", "05/06/2016", "11/12/2016")
    step = step_of(draft_of(table), "when")
    assert step.unsettled
    assert "the first part goes up to 11, the second up to 12" in step.question
    assert [choice.settings for choice in step.choices[:3]] == [
        {"dates": ["DD/MM/YYYY"]},
        {"dates": ["MM/DD/YYYY"]},
        {},
    ]
    assert all(isinstance(read, Refused) for read in read_as_proposed(table))


def test_an_order_that_is_told_answers_the_question(draft_of, read_as_proposed):
    table = rows("03/04/2016", "05/06/2016")
    assert not step_of(draft_of(table, dates="MM/DD/YYYY"), "when").unsettled
    assert [read.when_words for read in read_as_proposed(table, dates="MM/DD/YYYY")] == ["2016-03-04", "2016-05-06"]
    with pytest.raises(ValueNotRead, match="no order"):
        draft_of(table, dates="DD/MM")


@pytest.mark.parametrize(
    ("dates", "forms"),
    [
        (("13/04/2016", "05/06/2016"), ["DD/MM/YYYY"]),
        (("04/13/2016", "05/06/2016"), ["MM/DD/YYYY"]),
        (("3/4/2016", "13/6/2016"), ["D/M/YYYY"]),
        (("05.03.22", "31.03.22"), ["DD.MM.YY"]),
        (("20160304", "20161231"), ["YYYYMMDD"]),
        (("42430", "42431"), ["SERIAL"]),
        (("1456790400", "1456876800"), ["UNIX"]),
        (("1456790400000", "1456876800000"), ["UNIX_MS"]),
        (("13/04/2016", "5 June 2016"), ["DD/MM/YYYY", "words"]),
        (("٢٣/٠٤/٢٠١٦", "٠١/٠٢/٢٠١٦"), ["DD/MM/YYYY"]),
    ],
)
def test_an_order_that_the_dates_themselves_settle_is_declared(mapping_for, read_as_proposed, dates, forms):
    assert mapping_for(rows(*dates))["dates"] == forms
    assert not any(isinstance(read, Refused) for read in read_as_proposed(rows(*dates)))


@pytest.mark.parametrize("dates", [("2016-03-04", "2016-03"), ("5 June 2016", "6 июня 2016"), ("٢٠١٦-٠٣-٠٤",)])
def test_dates_without_a_doubt_need_no_declaration(mapping_for, read_as_proposed, dates):
    assert "dates" not in mapping_for(rows(*dates))
    assert not any(isinstance(read, Refused) for read in read_as_proposed(rows(*dates)))


def test_a_date_of_telling_is_asked_about(draft_of):
    step = step_of(draft_of("id,date reported,text\n1,2016-03-04,so\n"), "when")
    assert "say when it happened" in step.question


def test_two_columns_of_decimals_without_a_header_are_a_question(draft_of):
    table = "id,date,a,b\n1,2025-03-04,36.5021,37.2543\n2,2025-03-05,36.6021,37.3543\n"
    step = step_of(draft_of(table), "where")
    assert step.unsettled
    assert [choice.fields for choice in step.choices] == [{"lat": "a", "lon": "b"}, {"lat": "b", "lon": "a"}, {}]


def test_utm_without_a_zone_is_a_question(draft_of):
    step = step_of(draft_of("id,date,easting,northing\n1,2025-03-04,332269,4007977\n"), "where")
    assert "In which zone?" in step.question


def test_an_id_that_stands_twice_is_not_proposed(draft_of, mapping_for):
    table = "incident id,date\nA,2025-03-04\nA,2025-03-05\nB,2025-03-05\n"
    assert mapping_for(table)["fields"]["report_id"] == {"content": True}
    assert "stands more than once" in step_of(draft_of(table), "report_id").question


def test_a_table_without_a_date_says_so(draft_of):
    step = step_of(draft_of("id,text\n1,so\n"), "when")
    assert step.unsettled and "Which column says when?" in step.question


def test_a_file_without_a_table_is_refused(draft_of):
    with pytest.raises(FileNotRead):
        draft_of("")
    with pytest.raises(FileNotRead):
        draft_of("\n\n")


def test_a_table_without_a_row_of_names_is_asked_about():
    from truceline.intake.proposing.opening import open_any

    assert "row of names" in open_any("t.csv", b"1,2025-03-04,36.5\n2,2025-03-05,36.6\n").doubt
