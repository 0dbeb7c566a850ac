"""Truceline's own table of coverage and restrictions."""

import pytest

from truceline.intake.formats.truceline_coverage import FORMAT
from truceline.vocabulary.when import HOUR

HEADER = "coverage_id,source,area,from,to,status,origin,stopped_by,words,language".split(",")


@pytest.fixture
def read(became, contract):
    row = {"coverage_id": "1", "source": "m", "area": "valley", "from": "2025-03-04", "to": "2025-03-04"}

    def one(**cells):
        given = {**row, "status": "reported", **{name.rstrip("_"): cell for name, cell in cells.items()}}
        return became(contract.as_csv(HEADER, [[given.get(column, "") for column in HEADER]]))[0]

    return one


def test_the_format_keeps_the_contract(contract, context):
    rows = [
        ["1", "m", "valley", "2025-03-04", "2025-03-05", "reported", "", "", "", ""],
        ["2", "m", "valley", "2025-03-04", "2025-03-03", "stopped", "", "a post", "turned back", "en"],
    ]
    contract.check_format(FORMAT, HEADER, rows, context)


def test_a_date_in_from_is_its_midnight_and_a_date_in_to_is_the_end_of_that_day(read):
    coverage = read()
    assert coverage.end_us - coverage.start_us == 24 * HOUR
    assert coverage.start_us == 1741039200000000  # 2025-03-03T22:00Z


def test_a_time_in_to_is_that_very_instant(read):
    coverage = read(from_="2025-03-04T10:00", to="2025-03-04T14:00")
    assert coverage.end_us - coverage.start_us == 4 * HOUR


def test_a_month_in_to_is_the_end_of_that_month(read):
    assert read(from_="2025-03", to="2025-03").end_us == 1743458400000000  # 2025-03-31T22:00Z


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"to": "2025-03-03"}, "to"),
        ({"from_": "2025-03-04T10:00", "to": "2025-03-04T10:00"}, "to"),
        ({"from_": "2025-03-01/2025-03-02"}, "from"),
        ({"from_": "night of 4-5 March 2025"}, "from"),
        ({"from_": "в ночь на 5 марта 2025"}, "from"),
        ({"to": "nuit du 4 au 5 mars 2025"}, "to"),
        ({"to": "March 2025"}, "to"),
        ({"from_": ""}, "from"),
        ({"from_": "03/04/2025"}, "from"),
        ({"status": "watched"}, "status"),
        ({"status": ""}, "status"),
        ({"coverage_id": ""}, "coverage_id"),
    ],
)
def test_what_cannot_be_read_refuses_the_row(read, cells, column):
    assert [fault.column for fault in read(**cells).faults] == [column]


def test_a_restriction_says_who_stopped_them(read):
    coverage = read(status="stopped", stopped_by="a post on the road", origin="mission")
    assert (coverage.status, coverage.stopped_by, coverage.origin) == ("stopped", "a post on the road", "mission")
    assert coverage.when().end == coverage.end_us
