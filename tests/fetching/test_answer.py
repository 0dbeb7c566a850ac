"""Quiet changes of form: said where the rows can still be read, the end where they cannot."""

import json

import pytest

from truceline.errors import FetchError
from truceline.fetching import ucdp as ucdp_service
from truceline.fetching.answer import read_page
from truceline.intake.formats import ucdp_ged
from truceline.pipeline.fetching import fetch_ucdp


@pytest.fixture
def notes_of(person, ucdp):
    def fetch(reshape):
        ucdp.reshape = reshape
        given = person.given(ucdp, under="/api")
        receipt = fetch_ucdp(given, "25.1")
        assert len(json.loads(given.out.read_bytes())) == 10
        return list(receipt.notes)

    return fetch


def each_row(change):
    return lambda told, page: {**told, "Result": [change(dict(row)) for row in told["Result"]]}


def without(name, **more):
    return each_row(lambda row: {**{key: value for key, value in row.items() if key != name}, **more})


def test_a_new_column_is_said(notes_of):
    assert notes_of(each_row(lambda row: {**row, "side_c": "x"})) == ["new columns: 'side_c'"]


def test_a_column_that_no_longer_comes_is_said(notes_of):
    assert notes_of(without("priogrid_gid")) == ["columns that no longer come: 'priogrid_gid'"]


def test_numbers_as_texts_are_said(notes_of):
    told = notes_of(each_row(lambda row: {**row, "best": str(row["best"]), "latitude": "36.5"}))
    assert told == ["numbers that come as texts: 'best', 'latitude'"]


@pytest.mark.parametrize(
    ("wrap", "where"),
    [
        (lambda told: {**told, "Result": {"rows": told["Result"], "more": 1}}, "Result.rows"),
        (lambda told: {"TotalCount": 10, "NextPageUrl": told["NextPageUrl"], "events": told["Result"]}, "events"),
    ],
)
def test_rows_that_stand_elsewhere_are_read_and_it_is_said(notes_of, wrap, where):
    assert f"the rows stand under {where!r}; they stood under 'Result'" in notes_of(lambda told, page: wrap(told))


def test_a_total_as_text_is_a_total(notes_of):
    assert notes_of(lambda told, page: {**told, "TotalCount": str(told["TotalCount"])}) == []


def test_an_older_name_of_a_column_is_no_change(notes_of):
    assert notes_of(each_row(lambda row: {("best_est" if key == "best" else key): row[key] for key in row})) == []


def test_a_required_column_that_is_missing_ends_it_and_nothing_is_kept(person, ucdp):
    ucdp.reshape = without("best", best_estimate=3)
    with pytest.raises(FetchError, match=r"page 0, row 1: 'best' missing. 'best' may now be 'best_estimate'"):
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")
    assert [path.name for path in (person.folder / "rows.json.pages").iterdir()] == ["asked.json"]


def test_a_required_column_that_one_row_lacks_ends_it(person, ucdp):
    del ucdp.rows[4]["latitude"]
    with pytest.raises(FetchError, match="page 1, row 2: 'latitude' missing"):
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"TotalCount": 10, "Hits": 3}, "no rows under 'Result'"),
        ({"a": [{"id": 1}], "b": [{"id": 1}]}, "no rows under 'Result'"),
        ({"success": False, "Result": []}, "says that it failed"),
        ("moved", "no JSON object"),
        ({"TotalCount": 1, "Result": ["row"]}, "no JSON object"),
    ],
)
def test_an_answer_that_cannot_be_meant_ends_it(person, ucdp, answer, why):
    ucdp.reshape = lambda told, page: answer
    with pytest.raises(FetchError, match=why):
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")


def test_a_next_page_that_leads_back_ends_it(person, ucdp):
    ucdp.reshape = lambda told, page: {**told, "NextPageUrl": "https://x/?page=0"}
    with pytest.raises(FetchError, match="names no page after 0"):
        fetch_ucdp(person.given(ucdp, under="/api"), "25.1")


def test_a_real_answer_of_ucdp_is_read_without_a_remark(test_data):
    content = (test_data / "api-samples" / "ucdp_gedevents_one_record.json").read_bytes()
    form = ucdp_ged.FORMAT
    question = ucdp_service.question("https://x/api", "25.1", (), form.must, tuple(form.groups_of), form.also)
    page = read_page(question, 0, content)
    assert (len(page.rows), page.ids, page.total, page.next, page.notes) == (1, ("175957",), 1, None, ())
