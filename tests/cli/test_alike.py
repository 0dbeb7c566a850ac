"""`alike`: what the words of a report have in common with those of others, at the command line."""

from typing import Any

import pytest

SAID = (
    ("r1", "press", "2025-03-20T10:00", "قصف مدفعي على بلدة كفر نوران وإصابة خمسة مدنيين", "ar"),
    ("r2", "agency", "2025-03-20", "Artillery fell on Kafr Noran, 5 civilians were injured", "en"),
    ("r3", "press", "2025-03-20T12:00", "إصابة خمسة مدنيين في كفر نوران بقصف مدفعي", "ar"),
    ("r4", "agency", "2025-03-24", "A convoy of bread arrived in the river towns", "en"),
    ("r5", "press", "2025-03-25", "", ""),
)


@pytest.fixture(scope="module")
def told(office: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A desk with five reports of two sources; the first two tell of one shelling in two languages."""
    desk = office.Desk(tmp_path_factory.mktemp("told")).init()
    columns = ("report_id", "source", "when", "words", "language")
    desk.reports(*(dict(zip(columns, row, strict=True)) for row in SAID))
    return desk


def test_one_shelling_told_in_two_languages_stands_first_with_its_reasons(told: Any) -> None:
    found = told.told("alike", "press/r1")
    first = found["alike"][0]
    assert (first["report"]["source"], first["report"]["source_row"]) == ("agency", "r2")
    assert [reason["signal"] for reason in first["reasons"]] == ["day", "words", "kinds", "people"]
    assert "both say 5 hurt" in [reason["words"] for reason in first["reasons"]]
    assert "both name artillery" in [reason["words"] for reason in first["reasons"]]


def test_reports_of_the_same_source_are_presumed_to_tell_of_two_things(told: Any) -> None:
    found = told.told("alike", "press/r1")
    assert {one["report"]["source"] for one in found["alike"]} == {"agency"}


def test_only_reports_within_the_days_are_compared(told: Any) -> None:
    assert told.told("alike", "press/r1")["compared"] == 4
    assert told.told("alike", "press/r1", "--days", "1")["compared"] == 3


def test_the_terminal_shows_the_same_in_a_table(told: Any) -> None:
    ran = told.run("alike", told.mission, "press/r1", "--top", "1")
    assert ran.code == 0
    assert "agency/r2" in ran.out
    assert "the usual ones" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("press/r5",), "has no words to compare"),
        (("press/r9",), "is no report of this mission"),
        (("press/r1", "--days", "999"), "cannot be shown"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_to_do(told: Any, words: tuple[str, ...], said: str) -> None:
    ran = told.run("alike", told.mission, *words)
    assert ran.code == 2
    assert said in ran.err
