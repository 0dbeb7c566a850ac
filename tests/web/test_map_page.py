"""The map's page and files: nothing comes from elsewhere, an answer is asked for once, every border is one view."""

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import TestClient

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.errors import ValueNotRead
from truceline.pipeline.demo import demo
from truceline.pipeline.packs import find_pack
from truceline.pipeline.reading_rows import box_of
from truceline.vocabulary.role import INSIDE, Person, Role
from truceline.vocabulary.where import E7
from truceline.web.pages.map import BASE, HANDLERS, base_of, wanted_of
from truceline.web.room import Room

NOW = 1_762_000_000_000_000
MAP = BASE.parent
OTHERS = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs")
ANALYST = Person("ada", Role.ANALYST)


def chance(number: int) -> bytes:
    return bytes(number)


@pytest.fixture(scope="module")
def mission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    drawn = iter(range(1, 1 << 30))
    folder = tmp_path_factory.mktemp("map-page") / "played"
    return Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)


@pytest.fixture(scope="module")
def door(mission: Path) -> Door:
    return Door(mission, NOW)


@pytest.fixture(scope="module")
def client(mission: Path) -> Iterator[TestClient[Litestar]]:
    room = Room(mission, lambda: NOW, chance)
    given = {
        "room": Provide(lambda: room, sync_to_thread=False),
        "person": Provide(lambda: ANALYST, sync_to_thread=False),
    }
    with TestClient(Litestar([*HANDLERS], dependencies=given)) as client:
        yield client


def test_the_page_has_its_table_without_any_script_and_no_style_or_script_in_its_text(client: Any) -> None:
    page = client.get("/map?kind=shelling").text
    rows = page.count("<tr>") - 1
    assert rows > 10
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)
    assert page.count('class="map-find"') == rows


def test_the_table_alone_follows_the_filter(client: Any) -> None:
    table = client.get("/map/table?area=river_towns&from=2025-03-02&to=2025-03-04", headers={"HX-Request": "true"}).text
    assert "<html" not in table
    assert table.count("<tr>") - 1 < client.get("/map/table").text.count("<tr>") - 1


@pytest.mark.parametrize("file", ["incidents", "areas", "lines"])
def test_what_was_given_once_is_not_given_again_while_nothing_changed(client: Any, file: str) -> None:
    first = client.get(f"/map/{file}.geojson?as_of=2025-05-03T00:00")
    assert first.headers["content-type"].startswith("application/geo+json")
    assert first.json()["exercise"] is True
    again = client.get(f"/map/{file}.geojson?as_of=2025-05-03T00:00", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/map/{file}.geojson?as_of=2025-04-01", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_all_incidents_go_into_a_geopackage_that_a_program_of_maps_opens(client: Any, tmp_path: Path) -> None:
    file = tmp_path / "incidents.gpkg"
    file.write_bytes(client.get("/map/incidents.gpkg?as_of=2025-05-03T00:00").content)
    with sqlite3.connect(file) as opened:
        assert opened.execute("SELECT count(*) FROM incidents").fetchone()[0] > 400
    opened.close()


def test_a_pasted_position_is_read_in_any_form_and_its_mistake_is_told(client: Any) -> None:
    read = client.get("/map/position", params={"text": "19°54'00\"N 40°00'00\"W"}).json()
    assert read["decimal"] == "19.9000000, -40.0000000"
    assert client.get("/map/position", params={"text": read["plus_code"]}).json()["mgrs"]
    assert client.get("/map/position", params={"text": "somewhere"}).json()["wrong"]
    assert client.get("/map/position", params={"text": "9" * 5_000}).json()["wrong"]


@pytest.mark.parametrize("query", [{"box": "1,2,3"}, {"box": "a,b,c,d"}, {"box": "0,0,91,0"}, {"kind": "x" * 201}])
def test_an_address_that_says_nothing_sound_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(ValueNotRead):
        wanted_of(query)


@pytest.mark.parametrize(
    ("pack", "base"),
    [("syria-2016", "syria"), ("minsk-2015", "donbas"), ("hudaydah-2018", "red-sea-coast"), ("example", "")],
)
def test_each_theatre_lies_on_its_own_base_map_and_the_invented_one_on_none(pack: str, base: str) -> None:
    south, west, north, east = (one / E7 for one in box_of(find_pack(pack).geometry))
    assert base_of((west, south, east, north)) == base


@pytest.mark.parametrize("file", sorted(BASE.glob("*.geojson")), ids=lambda file: file.stem)
def test_every_border_says_that_it_is_one_publishers_view_and_every_source_is_named(file: Path) -> None:
    base = json.loads(file.read_bytes())
    borders = [one["properties"] for one in base["features"] if one["properties"]["layer"] == "border"]
    assert borders
    assert all("one publisher's" in one["view"] and len(one["between"]) > 1 for one in borders)
    assert "GeoNames (CC BY 4.0)" in base["credit"]


def test_base_maps_are_small_and_nothing_of_the_map_is_asked_for_elsewhere() -> None:
    assert sum(file.stat().st_size for file in BASE.iterdir()) < 1_000_000
    own = [file for file in MAP.iterdir() if file.suffix in (".js", ".css") and file.name not in OTHERS]
    assert len(own) >= 5
    for file in own:
        assert not re.search(r"https?:|//[a-z]+\.|\beval\(|new Function", file.read_text()), file.name


ADDRESSES = (
    "/map",
    "/map/table",
    "/map/incidents.geojson",
    "/map/areas.geojson",
    "/map/lines.geojson",
    "/map/incidents.gpkg",
)


def test_only_who_works_inside_is_shown_the_map_or_any_file_of_it(door: Door) -> None:
    for address in (*ADDRESSES, "/map/position?text=1,1"):
        assert door.client().get(address, follow_redirects=False).status_code == 303
        for role in Role:
            answer = door.client(role, "alpha" if role is Role.CO_CHAIR else "").get(address)
            assert answer.status_code == (200 if role in INSIDE else 403), (address, role)
            if role not in INSIDE:
                assert b"coordinates" not in answer.content


def test_what_is_no_question_is_told_in_a_sentence_and_repeats_nothing_as_html(door: Door) -> None:
    client = door.client(Role.ANALYST)
    for query in (
        "box=1,2",
        "from=<script>alert(1)</script>",
        "area=<img src=x>",
        "reading=/etc/passwd",
        "as_of=never",
    ):
        answer = client.get(f"/map?{query}")
        assert answer.status_code == 400, query
        assert not re.search(r"<script>|<img|root:", answer.text)
