"""ACLED: signed in for a day, its terms told once, its deletions asked for. All rows are made up."""

import json

import pytest

from truceline.errors import FetchError, NotAdmitted
from truceline.pipeline.fetching import fetch_acled, fetch_acled_deleted


def test_one_signs_in_once_and_the_password_stands_in_no_address(person, acled_service):
    receipt = fetch_acled(person.given(acled_service), ("Northland", "Plainland"), from_="2025-03-01", to="2025-03-31")
    assert receipt.rows == 7
    commands = [(command, path.partition("?")[0]) for command, path, _, _ in acled_service.asked]
    assert commands == [("POST", "/oauth/token"), *[("GET", "/api/acled/read")] * 3]
    query = acled_service.asked[1][1]
    assert "country=Northland%7CPlainland&event_date=2025-03-01%7C2025-03-31&event_date_where=BETWEEN" in query
    assert "with_total=true" in query


def test_what_was_fetched_can_be_taken_in(person, acled_service, desk):
    given = person.given(acled_service)
    fetch_acled(given, year=2025)
    desk.init()
    [file] = desk.take_in(given.out)["files"]
    assert (file["format"], file["reports"]) == ("acled", 7)


def test_a_token_that_is_no_longer_good_is_renewed_once(person, acled_service):
    def expired(asked):
        acled_service.access = "the-next-token-of-a-day"
        return False

    acled_service.moods = [None, None, expired]
    assert fetch_acled(person.given(acled_service), year=2025).rows == 7
    assert sum(path == "/oauth/token" for _, path, _, _ in acled_service.asked) == 2


def test_an_account_that_may_not_is_said_and_not_tried_without_end(person, acled_service):
    acled_service.moods = [None, *[lambda asked: asked.give(b'{"message":"Access denied"}', 403), None] * 9]
    with pytest.raises(NotAdmitted, match="Access denied"):
        fetch_acled(person.given(acled_service), year=2025)
    assert len(acled_service.asked) == 4


def test_no_token_is_said(person, acled_service):
    acled_service.moods = [lambda asked: asked.give(b'{"access_token": null}')]
    with pytest.raises(NotAdmitted, match="gave no token"):
        fetch_acled(person.given(acled_service), year=2025)


def test_its_terms_are_told_once_a_file_and_stand_in_the_receipt(person, acled_service):
    acled_service.moods = [None, None, lambda asked: asked.give(b"", 404)]
    given = person.given(acled_service)
    with pytest.raises(FetchError):
        fetch_acled(given, year=2025)
    receipt = fetch_acled(given, year=2025)
    assert len(person.notices) == 1
    assert "forbid passing its rows on" in person.notices[0]
    assert receipt.terms == person.notices[0]


def test_without_a_total_pages_are_asked_up_to_an_empty_one(person, acled_service):
    acled_service.with_total = False
    receipt = fetch_acled(person.given(acled_service), year=2025)
    assert (receipt.rows, receipt.said, [page.rows for page in receipt.pages]) == (7, None, [3, 3, 1, 0])


def test_a_failure_inside_a_good_answer_is_a_failure(person, acled_service):
    acled_service.reshape = lambda told, page: {"status": 500, "success": False, "error": {"message": "x"}}
    with pytest.raises(FetchError, match="says that it failed"):
        fetch_acled(person.given(acled_service), year=2025)


def test_deletions_are_asked_for_from_a_day_on(person, acled_service):
    acled_service.rows = [{"event_id_cnty": f"NOR{n}", "deleted_timestamp": 1741132800 + n} for n in range(5)]
    given = person.given(acled_service, out="deleted.json")
    assert fetch_acled_deleted(given, "2025-03-01").rows == 5
    assert (
        "/api/deleted/read?_format=json&deleted_timestamp=1740787200&deleted_timestamp_where=%3E%3D"
        in (acled_service.asked[1][1])
    )
    assert set(json.loads(given.out.read_bytes())[0]) == {"event_id_cnty", "deleted_timestamp"}


def test_a_day_that_is_none_is_said(person, acled_service):
    with pytest.raises(FetchError, match="'March' is no day"):
        fetch_acled_deleted(person.given(acled_service), "March")


def test_deleted_goes_with_since(office, tmp_path):
    ran = office.truceline("fetch", "acled", "--deleted", "--out", tmp_path / "x")
    assert ran.code == 2
    assert "--since" in ran.err
