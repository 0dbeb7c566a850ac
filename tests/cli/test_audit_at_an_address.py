"""A stranger audits a log that is given away by a web server: exported files on any server, or a holder's own."""

import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from truceline.errors import FetchError
from truceline.fetching.holder import Answered, Holder
from truceline.pipeline.serving import server


class Plain(SimpleHTTPRequestHandler):
    """A plain web server over a folder, with a mood for some paths."""

    moods: ClassVar[dict] = {}

    def do_GET(self):
        mood = self.moods.get(self.path)
        if mood is None:
            super().do_GET()
        elif isinstance(mood, bytes):
            self.send_response(200)
            self.send_header("Content-Length", str(len(mood)))
            self.end_headers()
            self.wfile.write(mood)
        else:
            status, headers = mood.pop(0) if isinstance(mood, list) else mood
            if status == 200:
                super().do_GET()
                return
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

    def log_message(self, *_):
        pass


class Quiet(ThreadingHTTPServer):
    """Says nothing of clients that leave in the middle of an answer: they are what is tested."""

    def handle_error(self, *_):
        pass


@contextmanager
def running(made):
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_address[1]}"
    finally:
        made.shutdown()
        made.server_close()
        thread.join(5)


@contextmanager
def given_away(folder, moods=None):
    handler = type("Moody", (Plain,), {"moods": moods or {}})
    with running(Quiet(("127.0.0.1", 0), partial(handler, directory=str(folder)))) as url:
        yield url


@pytest.fixture
def north(office, tmp_path):
    desk = office.Desk(tmp_path).init()
    desk.reports(*({"when": "2025-03-20", "area": "river_towns", "words": f"the mill {n}"} for n in range(300)))
    assert desk.run("log", "export", desk.mission, tmp_path / "log").code == 0
    return desk


def head_of(desk):
    return desk.run("log", "head", desk.mission, "--json").json()


def test_an_exported_log_on_a_plain_web_server_is_audited_by_a_stranger(north, office):
    head = head_of(north)
    with given_away(north.folder / "log") as url:
        told = office.truceline("audit", url, "--key", head["key"], "--json").json()
        said = office.truceline("audit", url + "/")
    assert told == {
        "url": url, "signed": True, "entries": head["size"], "cut": {head["origin"]: [head["size"], head["root"]]},
        "faults": [],
    }  # fmt: skip
    assert (said.code, "The record holds" in said.out, "No key was given" in said.out) == (0, True, True)


def test_the_log_that_another_holder_serves_is_audited_the_same_way(north, office):
    serving = server(
        north.mission, "127.0.0.1", 0, now_us=lambda: time.time_ns() // 1000, now_s=time.monotonic, chance=bytes
    )
    with running(serving) as url:
        told = office.truceline("audit", url, "--key", head_of(north)["key"], "--json").json()
    assert (told["faults"], told["signed"], told["entries"]) == ([], True, head_of(north)["size"])


@pytest.mark.parametrize("name", ["tile/0/000", "tile/entries/000", "tile/entries/001.p/", "tile/1/000.p/1"])
def test_a_changed_file_is_the_same_fault_as_in_a_folder(north, office, name):
    [file] = [path for path in (north.folder / "log").rglob("*") if str(path.relative_to(north.folder / "log")) in (
        name, f"{name}{head_of(north)['size'] - 256}")]  # fmt: skip
    content = bytearray(file.read_bytes())
    content[10] ^= 1
    file.write_bytes(content)
    key = head_of(north)["key"]
    with given_away(north.folder / "log") as url:
        at_address = office.truceline("audit", url, "--key", key, "--json")
    in_folder = office.truceline("audit", north.folder / "log", "--key", key, "--json")
    assert at_address.code == in_folder.code == 1
    assert at_address.json()["faults"] == in_folder.json()["faults"] != []


def test_a_missing_file_is_a_fault_of_the_log(north, office):
    (north.folder / "log" / "tile" / "entries" / "000").unlink()
    with given_away(north.folder / "log") as url:
        ran = office.truceline("audit", url, "--json")
    assert ran.code == 1
    assert "tile/entries/000 cannot be read: it is answered with 404" in ran.json()["faults"][0]["sentence"]


def test_the_key_of_another_log_and_an_unsigned_head_are_said(north, office, tmp_path):
    (tmp_path / "south").mkdir()
    south = office.Desk(tmp_path / "south").init()
    origin, key = head_of(north)["origin"], head_of(north)["key"]
    with given_away(north.folder / "log") as url:
        other = office.truceline("audit", url, "--key", head_of(south)["key"])
        none = office.truceline("audit", url, "--key", "x")
    assert (other.code, origin in other.err, none.code) == (2, True, 2)
    head = (north.folder / "log" / "checkpoint").read_text().splitlines(keepends=True)
    unsigned = "".join([*head[:1], f"{int(head[1]) - 1}\n", *head[2:]]).encode()
    with given_away(north.folder / "log", {"/checkpoint": unsigned}) as url:
        ran = office.truceline("audit", url, "--key", key, "--json")
    assert ran.code == 1 and "not signed with this key" in ran.json()["faults"][0]["sentence"]


@pytest.mark.parametrize(
    ("moods", "said"),
    [
        ({"/checkpoint": (404, {})}, "gives no log"),
        ({"/checkpoint": b"<html>hello</html>"}, "is no signed head"),
        ({"/checkpoint": b"x" * 2_000_000}, "longer than"),
        ({"/checkpoint": (301, {"Location": "https://elsewhere.example/checkpoint"})}, "elsewhere.example"),
        ({"/checkpoint": f"a.example\n{1 << 40}\n{'A' * 43}=\n\n— a.example {'A' * 92}\n".encode()}, "more than"),
        ({"/tile/0/000": (500, {})}, "answers 500"),
        ({"/tile/0/000": (429, {"Retry-After": "900"})}, "answers 429"),
        ({"/checkpoint": (401, {})}, "answers 401"),
        ({"/tile/0/000": b"x" * 20_000}, "longer than"),
    ],
)
def test_what_is_no_log_and_no_answer_is_an_error_that_names_the_address(north, office, moods, said):
    with given_away(north.folder / "log", moods) as url:
        ran = office.truceline("audit", url)
    assert (ran.code, said in ran.err, "127.0.0.1" in ran.err) == (2, True, True), ran.err
    assert len(ran.err.strip().splitlines()) == 2, "a sentence and a mend"


def test_a_server_that_is_busy_for_a_moment_is_asked_again(north):
    waited = []
    moods = {"/checkpoint": [(429, {"Retry-After": "7"}), (503, {}), (200, {})]}
    with given_away(north.folder / "log", moods) as url, Holder(url, wait=waited.append) as holder:
        assert holder.get("checkpoint", 100_000) == (north.folder / "log" / "checkpoint").read_bytes()
    assert waited == [7.0, 2.0]
    busy = given_away(north.folder / "log", {"/checkpoint": (503, {})})
    with busy as url, Holder(url, wait=waited.append) as holder, pytest.raises(Answered):
        holder.get("checkpoint", 100_000)
    assert len(waited) == 5


@pytest.mark.parametrize("url", ["http://log.example", "https://u:p@log.example", "http://", "https://", "http://[x"])
def test_an_address_that_is_none_or_proves_nothing_is_refused(office, url):
    ran = office.truceline("audit", url)
    assert ran.code == 2 and len(ran.err.strip().splitlines()) == 2, ran.err


def test_plain_http_elsewhere_is_asked_only_where_a_key_proves_whose_log_it_is():
    with pytest.raises(FetchError, match="only https"):
        Holder("http://log.example")
    Holder("http://log.example", plain=True)
    with pytest.raises(FetchError, match="no name and password"):
        Holder("http://u:p@log.example", plain=True)
    with pytest.raises(FetchError):
        Holder("ftp://log.example", plain=True)


def test_nobody_there_is_an_error_with_a_mend(office):
    ran = office.truceline("audit", "http://127.0.0.1:9", "--json")
    assert (ran.code, "127.0.0.1:9 does not answer" in ran.err) == (2, True)
