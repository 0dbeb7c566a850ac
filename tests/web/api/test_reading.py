"""What the API tells of a real room: every address, told again only when it changed, each report once, tiles."""

import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from callers import person, program
from test_every_address_answers import CHECKS, OPERATIONS
from visitors import Door

from truceline.pipeline.room.said import open_as
from truceline.pipeline.room.tiles import FEW, Spread, tile_of
from truceline.publication.vector_tile import mercator, point_layer
from truceline.vocabulary.role import Role

AS_OF = {"as_of": "2025-05-03T00:00"}
FINDING = {"act": "finding", "by": "alpha", "at": "2025-05-04T10:00", "about": "a matter", "held": "undetermined",
           "what": "Nobody was there to see it.", "because": "No report says more."}  # fmt: skip


def every_report(client: Any, after: int = -1, **asked: object) -> list[str]:
    found: list[str] = []
    while True:
        page = client.get("/api/reports", params={**AS_OF, "limit": 100, **asked, "after": after}).json()
        found += [one["id"] for one in page["reports"]]
        after = page["after"]
        if after == -1:
            return found


def addresses(door: Door, client: Any) -> dict[str, dict[str, Any]]:
    """Every address that is read, with values that are there."""
    [report] = client.get("/api/reports", params={"limit": 1}).json()["reports"]
    says = person(door, Role.CO_CHAIR)
    handle = open_as(
        door.mission, says, [report["name"]], "A shelling", "It is asked.", now_us=door.now_us, chance=door.chance
    )  # fmt: skip
    ledger = client.get("/api/ledger", params=AS_OF).json()
    area, day = ledger["grid"]["rows"][0]["area"], ledger["grid"]["rows"][0]["cells"][-1]["day"]
    return {
        "GET /api/reports/{report}": {"report": report["id"]},
        "GET /api/cases/{handle}": {"handle": handle},
        "GET /api/tiles/{zoom}/{column}/{row}": {"zoom": 0, "column": 0, "row": 0},
        "GET /api/ledger/cell": {"area": area, "day": day},
    }


def test_every_address_answers_with_what_is_there_and_as_it_is_described(door: Door) -> None:
    client = program(door, Role.CO_CHAIR, writes=True)
    given, seen = addresses(door, client), 0
    for label, operation in OPERATIONS.items():
        if operation.method.upper() != "GET":
            continue
        words = given.get(label, {})
        path = operation.path.format(**{name: words[name] for name in words if f"{{{name}}}" in operation.path})
        query = {name: value for name, value in words.items() if f"{{{name}}}" not in operation.path}
        whole = query if label in ("GET /api/released", "GET /api/cases/{handle}") else {**AS_OF, **query}
        answer = client.get(path, params=whole)
        assert answer.status_code == 200, (label, answer.text)
        operation.Case(path_parameters=words).validate_response(answer, checks=CHECKS)
        seen += 1
    print(f"\n{seen} addresses")
    assert seen >= 15


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(door: Door) -> None:
    client = program(door, Role.ANALYST, writes=True)
    now = {one: client.get(one) for one in ("/api/record", "/api/mission", "/api/released", "/api/areas.geojson")}
    again = {one: client.get(one, headers={"if-none-match": got.headers["etag"]}) for one, got in now.items()}
    assert {one: (got.status_code, got.content) for one, got in again.items()} == dict.fromkeys(now, (304, b""))
    assert client.post("/api/acts", json=FINDING).status_code == 201
    for one, got in now.items():
        after = client.get(one, headers={"if-none-match": got.headers["etag"]})
        assert after.status_code == (200 if one in ("/api/record", "/api/mission") else 304), one


def test_what_is_told_is_kept_by_nobody_in_between(door: Door) -> None:
    told = program(door, Role.ANALYST).get("/api/mission").headers
    assert "private" in told["cache-control"]
    assert "cookie" in told["vary"]


def test_pages_of_reports_give_each_of_them_once(door: Door) -> None:
    client = program(door, Role.ANALYST)
    found = every_report(client)
    assert len(found) == len(set(found)) > 200
    assert every_report(client, limit=37) == found
    assert every_report(client, limit=1_000) == found


def test_pages_of_reports_at_a_cut_are_the_same_while_acts_are_entered(door: Door) -> None:
    client = program(door, Role.ANALYST, writes=True)
    cut = client.get("/api/record").json()["size"]
    before = every_report(client, known=str(cut))
    first = client.get("/api/reports", params={**AS_OF, "limit": 50}).json()
    for number in range(3):
        assert client.post("/api/acts", json={**FINDING, "about": f"matter {number}"}).status_code == 201
    rest = every_report(client, after=first["after"])
    assert [one["id"] for one in first["reports"]] + rest == before == every_report(client, known=str(cut))


def test_reports_are_found_by_kind_and_time_as_by_looking_at_each(door: Door) -> None:
    client = program(door, Role.ANALYST)
    every = [client.get("/api/reports", params={**AS_OF, "limit": 1_000}).json()["reports"]][0]
    kinds = {one["kind"] for one in every} - {""}
    assert len(kinds) > 1
    for kind in kinds:
        assert every_report(client, kind=kind) == [one["id"] for one in every if one["kind"] == kind]
    assert every_report(client, area="no such area") == []


@pytest.mark.parametrize("asked", [{"limit": 0}, {"limit": 1_001}, {"after": -2}, {"first": "yesterday"},
                                   {"as_of": "x" * 201}, {"known": "9" * 40}, {"view": "theirs"}])  # fmt: skip
def test_what_cannot_be_read_is_said_with_what_to_do_instead(door: Door, asked: dict[str, object]) -> None:
    answer = program(door, Role.ANALYST).get("/api/reports", params=asked)
    assert answer.status_code == 400
    assert set(answer.json()) == {"wrong", "mend"}
    assert all(answer.json().values())


@pytest.mark.parametrize("path", ["/api/nothing", "/api/tiles/a/0/0", "/api/reports/x/y", "/api/nothing.json"])
def test_an_address_that_is_not_there_is_said_as_json(door: Door, path: str) -> None:
    answer = program(door, Role.ANALYST).get(path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"wrong", "mend"}


class Drawn:
    """Incidents as a tile reads them."""

    def __init__(self, many: int) -> None:
        drawn = np.random.default_rng(many)
        self.lat = drawn.integers(-850_000_000, 850_000_000, many)
        self.lon = drawn.integers(-1_799_999_999, 1_799_999_999, many)
        self.kind = ["shelling", "overflight"] * (many // 2)
        self.radius_m = drawn.integers(0, 20_000, many)
        self.first_day = drawn.integers(-100, 100, many)
        self.last_day = self.first_day + drawn.integers(0, 3, many)
        self.again = drawn.integers(0, 2, many).astype(bool)

    def take(self, at: Any) -> "Drawn":
        chosen = Drawn(0)
        chosen.kind = [self.kind[n] for n in at]
        for name in ("radius_m", "first_day", "last_day", "again"):
            setattr(chosen, name, getattr(self, name)[at])
        return chosen

    def spread(self) -> Spread:
        x, y = mercator(self.lat, self.lon)
        order = np.argsort(x, kind="stable")
        return Spread(self, x[order], y[order], order)  # type: ignore[arg-type]


def every_tile(spread: Spread, zoom: int) -> list[Any]:
    tiles = [(n, tile_of(spread, zoom, n % (1 << zoom), n // (1 << zoom))) for n in range(1 << 2 * zoom)]
    read = [(n, mapbox_vector_tile.decode(one, default_options={"y_coord_down": True})) for n, one in tiles if one]
    return [(n, one["incidents"]["features"]) for n, one in read]


def test_another_decoder_reads_every_incident_in_its_tile_and_where_it_is() -> None:
    drawn = Drawn(4_000)
    tiles = every_tile(drawn.spread(), 4)
    assert sum(len(features) for _, features in tiles) == 4_000
    expected = sorted(
        (int((lon / 3.6e9 + 0.5) * 65536), kind, int(radius))
        for lon, kind, radius in zip(drawn.lon.tolist(), drawn.kind, drawn.radius_m, strict=True)
    )
    found = sorted(
        (n % 16 * 4096 + one["geometry"]["coordinates"][0], one["properties"]["kind"], one["properties"]["radius_m"])
        for n, features in tiles for one in features
    )  # fmt: skip
    print(f"\n{len(tiles)} tiles, {len(found)} points")
    assert found == expected
    assert {type(one["properties"]["again"]) for _, features in tiles for one in features} == {bool}


def test_a_point_lies_where_the_projection_puts_it() -> None:
    lat, lon = 33.5, 36.3
    x, y = mercator(np.array([int(lat * 1e7)]), np.array([int(lon * 1e7)]))
    north = math.asinh(math.tan(math.radians(lat)))
    assert abs(int(x[0]) / 2**32 - (lon + 180) / 360) < 1e-8
    assert abs(int(y[0]) / 2**32 - (1 - north / math.pi) / 2) < 1e-8


def test_where_many_lie_their_numbers_add_up_at_every_zoom() -> None:
    drawn = Drawn(60_000)
    assert len(drawn.kind) > FEW
    for zoom in range(3):
        told = [one["properties"]["number"] for _, features in every_tile(drawn.spread(), zoom) for one in features]
        assert sum(told) == 60_000


def test_values_of_every_size_come_back() -> None:
    sizes = [0, 1, -1, 63, 64, -64, -65, 127, 128, 16_383, 16_384, 2**31, -(2**31), 2**53]
    written = point_layer("one", [(n % 4096, n % 4096) for n in range(len(sizes))], [{"n": one} for one in sizes])
    read = mapbox_vector_tile.decode(written)["one"]["features"]
    assert [one["properties"]["n"] for one in read] == sizes
    assert all(first != second for first, second in pairwise(read))


def test_the_room_gives_its_own_tiles(door: Door) -> None:
    client = program(door, Role.ANALYST)
    answer = client.get("/api/tiles/0/0/0", params=AS_OF)
    assert answer.headers["content-type"].startswith("application/vnd.mapbox-vector-tile")
    features = mapbox_vector_tile.decode(answer.content)["incidents"]["features"]
    points = [one for one in client.get("/api/incidents.geojson", params=AS_OF).json()["features"] if one["geometry"]]
    assert len(features) == len(points) > 100
