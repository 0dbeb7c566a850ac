"""Pages as they come: kept, gone on from after a kill, and never of two states of the data."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from truceline.errors import FetchError
from truceline.pipeline.fetching import fetch_ucdp


def rows_of(path):
    return json.loads(path.read_bytes())


def receipt_of(path):
    return json.loads(path.with_name(path.name + ".receipt.json").read_bytes())


@pytest.fixture
def fetched(person, ucdp):
    def fetch(**more):
        given = person.given(ucdp, under="/api", **more)
        fetch_ucdp(given, "25.1", ("652",), "2025-03-01", "2025-03-31")
        return given.out

    return fetch


def test_all_pages_come_into_one_file_and_are_kept_as_they_came(fetched, ucdp, person):
    out = fetched()
    assert [row["id"] for row in rows_of(out)] == list(range(1, 11))
    pages = sorted((person.folder / "rows.json.pages").glob("page-*.json"))
    assert [len(json.loads(page.read_bytes())["Result"]) for page in pages] == [3, 3, 3, 1]
    assert b"M\xc3\xbchlstadt" in pages[0].read_bytes()
    row = pages[0].read_bytes().split(b'"Result": [')[1].split(b"\n  },")[0].strip() + b"\n  }"
    assert row in out.read_bytes(), "a row is not byte for byte what came"
    assert ucdp.pages() == ["0", "1", "2", "3"]
    assert "Country=652&StartDate=2025-03-01&EndDate=2025-03-31&pagesize=1000" in ucdp.asked[0][1]


def test_the_receipt_says_what_was_asked_when_and_what_came(fetched, ucdp):
    out = fetched()
    told = receipt_of(out)
    assert told["url"].startswith(f"{ucdp.base}/api/gedevents/25.1?Country=652")
    assert (told["rows"], told["said"], len(told["pages"]), told["began"]) == (10, 10, 4, "2025-03-15T00:53:20Z")
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    for page in told["pages"]:
        kept = out.with_name("rows.json.pages") / page["file"]
        assert page["sha256"] == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert "CC BY 4.0" in told["terms"]
    assert (told["continued"], told["restarts"], told["notes"]) == (False, 0, [])


def test_what_was_fetched_can_be_taken_in(fetched, desk):
    out = fetched()
    desk.init()
    [file] = desk.take_in(out)["files"]
    assert (file["format"], file["rows"], file["reports"]) == ("ucdp_ged", 10, 10)


@pytest.mark.parametrize("page", range(4))
def test_stopped_at_any_page_it_goes_on_and_gives_the_same_bytes(fetched, ucdp, person, page):
    def stop(asked):
        raise ConnectionAbortedError

    whole = fetched(out="whole.json").read_bytes()
    ucdp.moods = [None] * page + [lambda asked: asked.give(b"gone", 404)]
    with pytest.raises(FetchError, match="404"):
        fetched()
    assert not (person.folder / "rows.json").exists()
    asked_before = len(ucdp.asked)
    out = fetched()
    assert out.read_bytes() == whole
    assert receipt_of(out)["continued"]
    assert len(ucdp.asked) - asked_before == 4 - page + (page > 0), "pages that were kept were asked again"


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_killed_outright_it_goes_on_and_gives_the_same_bytes(fetched, ucdp, person):
    whole = fetched(out="whole.json").read_bytes()
    ucdp.asked.clear()
    ucdp.moods = [None, None, lambda asked: time.sleep(20) or True]
    words = [
        "fetch", "ucdp", "--version", "25.1", "--country", "652", "--from", "2025-03-01", "--to", "2025-03-31",
        "--base", f"{ucdp.base}/api", "--out", str(person.folder / "rows.json"),
    ]  # fmt: skip
    from_env = {**os.environ, "TRUCELINE_UCDP_TOKEN": "tok-7f3a-very-secret-9c1d"}
    run = subprocess.Popen([sys.executable, "-m", "truceline", *words], env=from_env, stderr=subprocess.DEVNULL)
    for _ in range(500):
        if len(ucdp.asked) == 3:
            break
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert not (person.folder / "rows.json").exists()
    ucdp.moods = []
    assert fetched().read_bytes() == whole


def test_a_total_that_changes_is_said_and_all_is_begun_anew(fetched, ucdp):
    def grew(asked):
        ucdp.rows = [{**ucdp.rows[0], "id": 0}, *ucdp.rows]
        return False

    ucdp.moods = [None, None, grew]
    out = fetched()
    assert [row["id"] for row in rows_of(out)] == list(range(11))
    told = receipt_of(out)
    assert told["restarts"] == 1
    assert told["notes"] == ["begun anew: the number of rows went from 10 to 11"]


def test_rows_that_move_between_pages_under_the_same_total_are_noticed(fetched, ucdp):
    def moved(asked):
        ucdp.rows = [{**ucdp.rows[0], "id": 99}, *ucdp.rows[:-1]]
        return False

    ucdp.moods = [None, moved]
    told = receipt_of(fetched())
    assert told["notes"] == ["begun anew: the row 3 came twice"]


def test_rows_that_moved_while_nobody_fetched_are_noticed(fetched, ucdp):
    ucdp.moods = [None, None, lambda asked: asked.give(b"", 404)]
    with pytest.raises(FetchError):
        fetched()
    ucdp.rows = [*ucdp.rows[1:], {**ucdp.rows[0], "id": 11}]
    out = fetched()
    assert sorted(row["id"] for row in rows_of(out)) == list(range(2, 12))
    assert receipt_of(out)["notes"] == ["begun anew: the last page that was kept has other rows now"]


def test_data_that_never_hold_still_end_the_fetch(fetched, ucdp):
    def grew(asked):
        ucdp.rows = [{**ucdp.rows[0], "id": -len(ucdp.rows)}, *ucdp.rows]
        return False

    ucdp.moods = [grew] * 20
    with pytest.raises(FetchError, match="changed 3 times"):
        fetched()


def test_an_empty_page_although_more_are_said_to_be_there_ends_it_and_it_can_go_on(fetched, ucdp):
    ucdp.reshape = lambda told, page: {**told, "Result": []} if page == 2 else told
    with pytest.raises(FetchError, match="page 2 ends after 6 of 10 rows"):
        fetched()
    ucdp.reshape = lambda told, page: told
    assert len(rows_of(fetched())) == 10


def test_a_last_page_before_the_total_ends_it(fetched, ucdp):
    ucdp.reshape = lambda told, page: {**told, "NextPageUrl": None} if page == 1 else told
    with pytest.raises(FetchError, match="page 1 ends after 6 of 10 rows"):
        fetched()


def test_no_rows_at_all_is_an_answer(fetched, ucdp):
    ucdp.rows = []
    assert fetched().read_bytes() == b"[]\n"


def test_pages_of_another_question_are_not_gone_on_from(person, ucdp):
    ucdp.moods = [None, lambda asked: asked.give(b"", 404)]
    given = person.given(ucdp, under="/api")
    with pytest.raises(FetchError, match="404"):
        fetch_ucdp(given, "25.1")
    with pytest.raises(FetchError, match="another question"):
        fetch_ucdp(given, "24.1")


def test_a_file_that_is_there_is_never_overwritten(fetched):
    fetched()
    with pytest.raises(FetchError, match="already there"):
        fetched()
