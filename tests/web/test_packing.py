"""Answers on their way: packed for whoever takes that, sizes not exact, files not sent twice."""

import gzip
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.missions import init
from truceline.vocabulary.role import Role
from truceline.web.packing import PADDING, packed

NOW = 1_762_000_000_000_000


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    drawn = iter(range(1, 1 << 30))
    path = tmp_path_factory.mktemp("room") / "valley.truceline"
    init(
        path, "example", reading="strict", exercise=True, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")
    ).close()
    return Door(path, NOW)


def test_a_packed_page_is_the_page() -> None:
    body = "Двадцать обстрелов. ".encode() * 500
    small = packed(body, b"\x07" * PADDING)
    assert gzip.decompress(small) == body
    assert len(small) < len(body) / 10
    assert len(packed(body, b"\x07")) == len(small) - PADDING + 1


def test_a_browser_that_unpacks_gets_a_small_page_and_another_gets_it_whole(door: Door) -> None:
    with door.client(Role.ANALYST) as client:
        small = client.get("/ledger", headers={"accept-encoding": "gzip"})
        whole = client.get("/ledger", headers={"accept-encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in small.headers["vary"]
    assert "content-encoding" not in whole.headers
    assert int(small.headers["content-length"]) < len(whole.content) / 3
    assert small.text.count("<td") == whole.text.count("<td")


def test_the_size_of_a_packed_page_does_not_tell_what_is_in_it(door: Door) -> None:
    with door.client(Role.ANALYST) as client:
        sizes = {client.get("/ledger", headers={"accept-encoding": "gzip"}).headers["content-length"] for _ in range(8)}
    assert len(sizes) > 1


def test_a_file_that_has_not_changed_is_not_sent_again(door: Door) -> None:
    with door.client() as client:
        first = client.get("/assets/room.css", headers={"accept-encoding": "gzip"})
        again = client.get(
            "/assets/room.css", headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]}
        )
        other = client.get("/assets/room.css", headers={"if-none-match": '"another"'})
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    assert "--" in first.text
    assert (again.status_code, again.content) == (304, b"")
    assert "content-security-policy" in again.headers
    assert other.status_code == 200


def test_fonts_are_sent_as_they_are(door: Door) -> None:
    with door.client() as client:
        font = client.get("/assets/fonts/noto-sans-latin-wght-normal.woff2", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in font.headers
    assert font.content.startswith(b"wOF2")
