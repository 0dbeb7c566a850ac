"""What was released: a reader outside sees that and nothing else, on the page and in its files."""

import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.demo import demo
from truceline.pipeline.missions import open_mission
from truceline.vocabulary.marking import Audience, Reader, Role

NOW = 1_762_000_000_000_000
FILES = ("/released/reports.csv", "/released/reports.geojson", "/released/counts.csv")
COUNTS = {"to": "public", "indicator": "all_incidents", "least": "5", "because": "Agreed by the co-chairs."}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released") / "played"
    drawn = iter(range(1, 1 << 30))
    return Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)


@pytest.fixture
def door(played: Path, tmp_path: Path) -> Door:
    shutil.copytree(played.parent, tmp_path / "played")
    return Door(tmp_path / "played" / played.name, NOW)


def first_report(door: Door) -> dict[int, object]:
    with open_mission(door.mission) as mission:
        rows = mission.rows("report", Reader(Audience.INTERNAL))
    return dict(enumerate(next(row for row in rows if row[10] is not None)))


def sent(door: Door, page: str, address: str, **fields: object) -> str:
    client = door.client(Role.CO_CHAIR, "alpha")
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', client.get(page).text)
    answer = client.post(address, data={"_csrf_token": token, **fields})
    assert answer.status_code == 200, answer.text[:2000]
    return str(answer.text)


def test_nothing_is_released_until_somebody_releases_it(door: Door) -> None:
    client = door.client(Role.READER)
    answer = client.get("/released")
    assert (answer.status_code, "Nothing has been released to you yet." in answer.text) == (200, True)
    assert "card" not in answer.text
    for address in FILES:
        assert len(client.get(address).content.splitlines()) <= 3


def test_a_reader_begins_there_and_sees_nothing_of_the_log_of_releases(door: Door) -> None:
    client = door.client(Role.READER)
    assert client.get("/").url.path == "/released"
    for address in ("/releases", "/clearing", "/ledger"):
        assert client.get(address).status_code in (403, 404)


def test_what_was_cleared_is_shown_as_far_as_it_was_cleared(door: Door) -> None:
    row = first_report(door)
    sent(
        door, "/clearing", "/clearing/enter", refs=str(row[1]), fields=["when", "where", "what"], to="public",
        cell_m="16000", because="Agreed with the source.",
    )  # fmt: skip
    client = door.client(Role.READER)
    page, csv, points = (client.get(one).text for one in ("/released", *FILES[:2]))
    assert "1 reports were released to you." in page
    assert "The place is the middle of a cell of 16000 m." in page
    assert "Withheld from you:" in page
    for text in (page, csv, points):
        assert f">{row[2]}/" not in text, "the source"
        assert str(row[3]) not in text, "the source's number"
    assert points.count('"type":"Feature"') == 1
    assert 'attachment; filename="reports.csv"' in client.get(FILES[0]).headers["content-disposition"]


def test_counts_are_looked_at_first_then_told_in_sums_of_five_or_more(door: Door) -> None:
    seen = sent(door, "/releases", "/releases/preview", **COUNTS)
    assert "Nothing was released to anybody." in seen
    assert "What they would see" in seen
    log = sent(door, "/releases", "/releases/enter", **COUNTS)
    assert "tells counts" in log
    client = door.client(Role.READER)
    numbers = [line.split(",")[4] for line in client.get(FILES[2]).text.splitlines()[1:]]
    assert numbers
    assert min(int(one) for one in numbers if one) >= 5
    assert "Counts released" in client.get("/released").text


def test_another_count_of_the_same_days_is_refused(door: Door) -> None:
    sent(door, "/releases", "/releases/enter", **COUNTS)
    client = door.client(Role.CO_CHAIR, "alpha")
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', client.get("/releases").text)
    answer = client.post("/releases/preview", data={"_csrf_token": token, **COUNTS, "indicator": "lethal_incidents"})
    assert (answer.status_code, "small count" in answer.text) == (403, True)


@pytest.mark.parametrize("wish", [{"to": "internal"}, {"to": ""}, {"least": "1"}, {"least": "x"}, {"first": "soon"}])
def test_a_wish_that_is_none_is_refused_with_a_sentence(door: Door, wish: dict[str, str]) -> None:
    client = door.client(Role.CO_CHAIR, "alpha")
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', client.get("/releases").text)
    assert client.post("/releases/preview", data={"_csrf_token": token, **COUNTS, **wish}).status_code in (400, 422)


def test_an_analyst_reads_the_log_and_releases_nothing(door: Door) -> None:
    client = door.client(Role.ANALYST)
    assert "Release counts" not in client.get("/releases").text
