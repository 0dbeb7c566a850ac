"""HDX: one file of a data set, byte for byte, in parts if the line breaks."""

import json

import pytest

from truceline.errors import FetchError
from truceline.pipeline.fetching import fetch_hdx

CONTENT = b"".join(b"%d,a row,of no one\n" % n for n in range(20_000))


@pytest.fixture
def hdx(serve):
    service = serve()
    service.files = {"/files/a.csv": CONTENT, "/files/b.csv": b"x\n"}
    service.package = {
        "title": "Valley roads", "license_title": "CC BY-IGO", "dataset_source": "Road Office",
        "resources": [
            {"id": "r-1", "name": "a.csv", "format": "CSV", "size": len(CONTENT), "url": f"{service.base}/files/a.csv"},
            {"id": "r-2", "name": "b.csv", "format": "CSV", "download_url": f"{service.base}/files/b.csv", "url": "x"},
        ],
    }  # fmt: skip
    return service


def test_a_file_comes_byte_for_byte_with_its_terms(person, hdx):
    given = person.given(hdx, out="a.csv")
    receipt = fetch_hdx(given, "valley-roads", "a.csv")
    assert given.out.read_bytes() == CONTENT
    assert (receipt.rows, receipt.notes, receipt.terms) == (None, (), "licence: CC BY-IGO; source: Road Office")
    assert "/api/3/action/package_show?id=valley-roads" in hdx.asked[0][1]


def test_of_several_files_one_has_to_be_named(person, hdx):
    with pytest.raises(FetchError, match=r"has several. It has: a.csv \(CSV, r-1\); b.csv \(CSV, r-2\)"):
        fetch_hdx(person.given(hdx), "valley-roads")
    with pytest.raises(FetchError, match="no such resource"):
        fetch_hdx(person.given(hdx), "valley-roads", "c.csv")


def test_a_broken_line_goes_on_where_it_broke(person, hdx):
    def broken(asked):
        return asked.give(CONTENT[:100_000], length=str(len(CONTENT)), ETag=f'"{hash(CONTENT)}"')

    hdx.moods = [None, broken]
    given = person.given(hdx, out="a.csv")
    fetch_hdx(given, "valley-roads", "r-1")
    assert given.out.read_bytes() == CONTENT
    asked = hdx.asked[2][2]
    assert asked["Range"].startswith("bytes=")
    assert asked["Range"] != "bytes=0-"


def test_a_later_run_goes_on_too(person, hdx):
    def broken(asked):
        return asked.give(CONTENT[:100_000], length=str(len(CONTENT)), ETag=f'"{hash(CONTENT)}"')

    hdx.moods = [None, broken, lambda asked: asked.give(b"", 404)]
    given = person.given(hdx, out="a.csv")
    with pytest.raises(FetchError):
        fetch_hdx(given, "valley-roads", "r-1")
    receipt = fetch_hdx(given, "valley-roads", "r-1")
    assert given.out.read_bytes() == CONTENT
    assert receipt.continued
    assert sorted(path.name for path in person.folder.iterdir()) == ["a.csv", "a.csv.receipt.json"]


def test_a_file_that_changed_since_is_begun_anew(person, hdx):
    def broken(asked):
        return asked.give(CONTENT[:100_000], length=str(len(CONTENT)), ETag='"of another day"')

    hdx.moods = [None, broken]
    given = person.given(hdx, out="a.csv")
    fetch_hdx(given, "valley-roads", "r-1")
    assert given.out.read_bytes() == CONTENT


def test_a_key_goes_to_hdx_and_not_to_where_its_files_lie(person, hdx, serve):
    elsewhere = serve()
    elsewhere.files = hdx.files
    hdx.moods = [None, lambda asked: asked.give(b"", 302, Location=f"{elsewhere.base}/files/a.csv")]
    given = person.given(hdx, out="a.csv", environment={"TRUCELINE_HDX_TOKEN": "hdx-key-1234"})
    fetch_hdx(given, "valley-roads", "r-1")
    assert given.out.read_bytes() == CONTENT
    assert [headers.get("Authorization") for _, _, headers, _ in hdx.asked] == ["hdx-key-1234"] * 2
    assert "Authorization" not in elsewhere.asked[0][2]


def test_a_file_listed_at_another_host_is_asked_without_the_key(person, hdx, serve):
    elsewhere = serve()
    elsewhere.files = hdx.files
    hdx.package["resources"][0]["url"] = f"{elsewhere.base}/files/a.csv"
    fetch_hdx(person.given(hdx, environment={"TRUCELINE_HDX_TOKEN": "hdx-key-1234"}), "valley-roads", "r-1")
    assert "Authorization" not in elsewhere.asked[0][2]


def test_what_the_catalogue_says_wrongly_is_noted(person, hdx):
    hdx.package["resources"][0] |= {"size": "12", "hash": "0" * 32}
    receipt = fetch_hdx(person.given(hdx), "valley-roads", "r-1")
    assert receipt.notes == (
        f"the catalogue says 12 bytes; {len(CONTENT):,} came",
        "the catalogue's md5 is of another file",
    )


def test_a_web_page_is_no_file(person, hdx):
    hdx.moods = [None, lambda asked: asked.give(b"<html>", kind="text/html; charset=utf-8")]
    with pytest.raises(FetchError, match="A web page came"):
        fetch_hdx(person.given(hdx), "valley-roads", "r-1")


@pytest.mark.parametrize("result", [{}, {"resources": None}, {"resources": [{"name": "x"}]}, None])
def test_a_catalogue_that_has_changed_is_said(person, hdx, result):
    hdx.package = result
    with pytest.raises(FetchError, match="has no resources"):
        fetch_hdx(person.given(hdx), "valley-roads", "r-1")


def test_a_command_fetches_a_file(office, hdx, tmp_path):
    out = tmp_path / "b.csv"
    told = office.truceline(
        "fetch", "hdx", "valley-roads", "--resource", "r-2", "--base", hdx.base, "--out", out, "--json"
    ).json()
    assert (told["bytes"], told["file"], json.loads(json.dumps(told))["rows"]) == (2, "b.csv", None)
