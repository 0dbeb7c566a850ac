"""Two holders at their desks: keys given by another way, a stick, an address, and what each sees of the other."""

import json
import threading
import time

import pytest

from truceline.pipeline.packs import pack_files
from truceline.pipeline.serving import server

SAID = "three shells on the mill by the river"


def key_of(desk):
    return desk.run("log", "head", desk.mission, "--json").json()["key"]


@pytest.fixture
def two(office, tmp_path):
    """North has reports, South has none; each has the other's key."""
    desks = []
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        desks.append(office.Desk(tmp_path / name).init())
    north, south = desks
    north.reports(*({"when": "2025-03-20", "area": "river_towns", "words": f"{SAID} {n}"} for n in range(300)))
    assert north.run("exchange", "add", north.mission, "south", "--key", key_of(south), "--how", "on paper").code == 0
    assert south.run("exchange", "add", south.mission, "north", "--key", key_of(north)).code == 0
    return north, south


def carried(giver, taker, *more):
    """A bundle made here and accepted there; what both print as JSON."""
    stick = giver.folder / "stick"
    made = giver.run("exchange", "bundle", giver.mission, stick, *more, "--json").json()
    return made, taker.run("exchange", "accept", taker.mission, stick, "--json")


def listed(desk, *more):
    told = desk.run("exchange", "list", desk.mission, *more, "--json").json()
    return told, {log["name"]: log for log in told["logs"]}


def test_both_read_the_same_digits_of_a_key_to_each_other(two):
    north, south = two
    again = north.run("exchange", "add", north.mission, "south", "--key", key_of(south), "--json").json()
    assert (again["already"], len(again["spoken"]), again["side"]) == (True, 10, "south")
    other = north.run("exchange", "add", north.mission, "south", "--key", key_of(north))
    assert (other.code, "taken already" in other.err) == (2, True)
    assert north.run("exchange", "add", north.mission, "x", "--key", "x+1+AAAA").code == 2


def test_a_stick_there_and_back_makes_the_cut_joint(two):
    north, south = two
    made, ran = carried(north, south)
    assert (ran.code, [log["judgement"] for log in ran.json()["logs"]]) == (0, ["extends"])
    assert listed(north)[1]["own"]["joint"] == 0
    made, ran = carried(south, north, "--for", "north")
    assert [(log["name"], log["first"]) for log in made["logs"]] == [("own", 0), ("north", made["logs"][1]["size"])]
    told, logs = listed(north)
    assert logs["own"]["joint"] == logs["own"]["size"] > 300
    assert [one["by"] for one in logs["own"]["cosigned"]] == ["south"]
    assert told["cut"][logs["own"]["origin"]] == [logs["own"]["size"], logs["own"]["root"]]
    assert "joint up to 3" in north.run("exchange", "list", north.mission).out
    for desk in two:
        assert desk.run("audit", desk.mission).code == 0


def test_no_word_of_a_report_leaves_in_a_bundle(two):
    north, _ = two
    carried(north, two[1])
    content = (north.folder / "stick").read_bytes()
    for word in (SAID, "river_towns", "patrol", "Northern Army", "2025-03-20", "on paper", "south"):
        assert word.encode() not in content
    south = b"".join(path.read_bytes() for path in two[1].folder.glob("mission.truceline*"))
    assert SAID.encode() not in south


def test_a_rebuild_and_an_export_look_at_the_own_log_alone(two):
    north, south = two
    carried(north, south)
    south.reports({"when": "2025-03-22", "area": "river_towns"})
    told = south.run("rebuild", south.mission, "--json").json()
    assert (told["same"], told["entries"]) == (True, listed(south)[1]["own"]["size"])
    assert south.run("log", "export", south.mission, south.folder / "log", "--json").json()["size"] == told["entries"]
    assert south.run("audit", south.folder / "log", "--key", key_of(south)).code == 0
    assert south.run("audit", south.mission).code == 0


def test_what_the_other_had_seen_at_a_past_cut_can_be_asked(two):
    north, south = two
    carried(north, south)
    size = listed(south)[1]["own"]["size"]
    south.act(act="declaration", by="alpha", at="2025-03-21T10:00", clock="seven_quiet_days", says="met", because="So.")
    carried(south, north)
    north_size = listed(north)[1]["own"]["size"]
    seen = listed(north)[1]["own"]["seen"]
    assert [(one["by"], one["size"]) for one in seen] == [("south", north_size)]
    assert listed(south, "--known", str(size))[1]["north"]["size"] == 0
    assert listed(south, "--known", str(size + 1))[1]["north"]["size"] == north_size


def test_a_changed_stick_is_refused_and_says_where(two):
    north, south = two
    stick = north.folder / "stick"
    north.run("exchange", "bundle", north.mission, stick)
    content = bytearray(stick.read_bytes())
    content[5_000] ^= 1
    stick.write_bytes(content)
    ran = south.run("exchange", "accept", south.mission, stick)
    assert (ran.code, "refused at" in ran.err) == (2, True)
    assert listed(south)[1]["north"]["size"] == 0
    assert south.run("exchange", "accept", south.mission, south.folder / "none").code == 2


def test_a_mission_restored_and_written_on_is_proved_to_anyone(two, office):
    north, south = two
    copies = {path: path.read_bytes() for path in north.folder.glob("mission.truceline*")}
    north.reports({"when": "2025-03-21", "area": "river_towns"})
    carried(north, south)
    for path in north.folder.glob("mission.truceline*"):
        path.unlink()
    for path, content in copies.items():
        path.write_bytes(content)
    north.reports({"when": "2025-03-22", "area": "river_towns"}, {"when": "2025-03-23", "area": "river_towns"})
    _, ran = carried(north, south)
    assert (ran.code, json.loads(ran.out)["logs"][0]["judgement"]) == (1, "split")
    assert "TWO HISTORIES" in south.run("exchange", "list", south.mission).out
    [proof] = south.run("exchange", "proofs", south.mission, south.folder / "proofs", "--json").json()["files"]
    ran = office.truceline("audit", proof)
    assert (ran.code, "has signed two histories" in ran.out) == (0, True)
    told = office.truceline("audit", proof, "--json").json()
    assert told["key"] == key_of(north)
    assert south.run("audit", south.mission).code == 0


def test_a_policy_says_who_makes_a_cut_joint(two):
    north, _ = two
    policy = north.file("policy.yaml", "sides: [own]\n")
    assert north.run("exchange", "policy", north.mission, policy).code == 0
    logs = listed(north)[1]
    assert logs["own"]["joint"] == logs["own"]["size"]
    wrong = north.file("wrong.yaml", "sides: [own, east]\n")
    ran = north.run("exchange", "policy", north.mission, wrong)
    assert (ran.code, "'east' is no side" in ran.err) == (2, True)
    assert north.run("exchange", "policy", north.mission, north.file("bad.yaml", "sides: 5\n")).code == 2
    assert north.run("audit", north.mission).code == 0


HOLDERS = """
holders:
  sides: [north, south]
  silence: alone
  silent_after_days: 14
  speaks: {alpha: north, beta: south}
"""


def packed(folder, more):
    """The example pack with something added, in a folder of its own."""
    (folder / "example").mkdir()
    for name, content in pack_files("example").items():
        more_of_it = more.encode() if name == "agreement.yaml" else b""
        (folder / "example" / name).write_bytes(content + more_of_it)
    return folder / "example"


def test_the_policy_of_the_agreement_is_in_force_once_one_says_which_side_one_is(office, tmp_path):
    pack, desks = packed(tmp_path, HOLDERS), [office.Desk(tmp_path / name) for name in ("north", "south")]
    for desk in desks:
        desk.folder.mkdir()
        assert desk.run("init", desk.mission, "--agreement", pack, "--exercise").code == 0
    north, south = desks
    north.run("exchange", "add", north.mission, "them", "--side", "south", "--key", key_of(south))
    told, logs = listed(north)
    assert "--own north|south" in told["remark"] and told["policy"]["sides"] == ["own", "south"]
    ran = north.run("exchange", "policy", north.mission)
    assert (ran.code, "--own" in ran.err) == (2, True)
    assert north.run("exchange", "policy", north.mission, "--own", "east").code == 2
    said = north.run("exchange", "policy", north.mission, "--own", "north", "--json").json()
    assert (said["own"], said["speaks"]) == ("north", {"alpha": "north", "beta": "south"})
    told, logs = listed(north)
    assert (told["remark"], told["silent"], logs["own"]["without"]) == ("", ["south"], ["south"])
    assert logs["own"]["joint"] == logs["own"]["size"]
    wrong = north.file("wrong.yaml", "sides: [own, south]\nspeaks: {gamma: south}\n")
    assert "'gamma' is no body" in north.run("exchange", "policy", north.mission, wrong).err
    assert north.run("exchange", "policy", north.mission, north.file("p.yaml", "sides: [own]\n")).code == 0
    assert listed(north)[0]["policy"]["sides"] == ["own"]
    assert north.run("audit", north.mission).code == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("holders: {sides: [own, south]}", "'own' is somebody else"),
        ("holders: {sides: [north, south], own: north}", "'own' is somebody else"),
        ("holders: {sides: [north], speaks: {gamma: north}}", "'gamma' is no body"),
        ("holders: {sides: [north], speaks: {alpha: east}}", "'east' is no side of holders"),
        ("holders: {sides: [north], at_least: 3}", "at_least is 1 to 1"),
        ("holders: {sides: [north], silence: never}", "silence"),
    ],
)
def test_a_pack_whose_policy_cannot_be_meant_is_refused_at_its_line(office, tmp_path, more, said):
    ran = office.truceline("check", packed(tmp_path, f"\n{more}\n"))
    assert (ran.code, said in ran.err, "agreement.yaml, line " in ran.err) == (2, True, True), ran.err


@pytest.fixture
def serving():
    """Serve a desk's mission for the test; its address."""
    running = []

    def serve(desk):
        made = server(
            desk.mission, "127.0.0.1", 0, now_us=lambda: time.time_ns() // 1000, now_s=time.monotonic,
            chance=lambda number: bytes(number),
        )  # fmt: skip
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        running.append((made, thread))
        return f"http://127.0.0.1:{made.port}"

    yield serve
    for made, thread in running:
        made.shutdown()
        made.server_close()
        thread.join(5)


def test_push_brings_the_cosignature_back_and_pull_brings_the_rest(two, serving):
    north, south = two
    url = serving(south)
    told = north.run("exchange", "push", north.mission, url, "--json").json()
    assert [one["judgement"] for one in told["there"]] == ["extends"]
    assert [one["cosigned"] for one in told["back"]] == [["south"]]
    told = north.run("exchange", "pull", north.mission, url, "--json").json()
    assert {one["name"]: one["judgement"] for one in told["logs"]} == {"own": "already held", "south": "extends"}
    logs = listed(north)[1]
    assert logs["own"]["joint"] == logs["own"]["size"]
    for desk in two:
        assert desk.run("audit", desk.mission).code == 0


def test_a_pull_that_broke_off_goes_on_where_it_was(two, serving, monkeypatch):
    from truceline.errors import FetchError
    from truceline.fetching.holder import Holder
    from truceline.pipeline import pulling

    north, south = two
    north.reports(*({"when": "2025-03-21", "area": "river_towns", "words": str(n)} for n in range(600)))
    url, whole, asked = serving(north), Holder.get, []
    monkeypatch.setattr(pulling, "STAGED_AT_ONCE", 1)

    def get(self, name, most):
        asked.append(name)
        if len([one for one in asked if "entries" in one]) == 3:
            raise FetchError("The line broke.", "")
        return whole(self, name, most)

    monkeypatch.setattr(Holder, "get", get)
    assert south.run("exchange", "pull", south.mission, url).code == 2
    assert listed(south)[1]["north"]["size"] == 0
    assert south.run("audit", south.mission).code == 0
    before, asked[:] = [one for one in asked if "entries" in one], []
    monkeypatch.setattr(Holder, "get", whole)
    monkeypatch.setattr(Holder, "get", lambda self, name, most: asked.append(name) or whole(self, name, most))
    assert south.run("exchange", "pull", south.mission, url).code == 0
    again = [one for one in asked if "entries" in one]
    assert not {*again} & {*before[:2]} and again
    assert listed(south)[1]["north"]["size"] > 900
    assert south.stored("SELECT count(*) FROM arriving") == [(0,)]
    assert south.run("audit", south.mission).code == 0


def test_any_witness_client_gets_a_cosignature_for_what_is_held(two, serving):
    import urllib3

    from truceline.exchange.witness import request
    from truceline.record.sign import head_dated_s, read_head, read_verifier_key

    north, south = two
    carried(north, south)
    head = north.run("log", "head", north.mission, "--json").json()["note"].encode()
    size = listed(south)[1]["north"]["size"]
    url = serving(south)
    first = urllib3.request("POST", f"{url}/add-checkpoint", body=request(0, [], head))
    assert (first.status, first.data) == (409, f"{size}\n".encode())
    again = urllib3.request("POST", f"{url}/add-checkpoint", body=request(size, [], head))
    name, public_key = read_verifier_key(key_of(south))
    assert again.status == 200
    assert head_dated_s(read_head(head + again.data), name, public_key)


def test_a_log_exported_to_a_plain_web_server_is_pulled_too(two, office):
    import functools
    import http.server

    north, south = two
    north.run("log", "export", north.mission, north.folder / "log")
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    handler = functools.partial(quiet, directory=str(north.folder / "log"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as plain:
        threading.Thread(target=plain.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        url = f"http://127.0.0.1:{plain.server_address[1]}"
        told = south.run("exchange", "pull", south.mission, url, "--json").json()
        ran = north.run("exchange", "push", north.mission, url)
        plain.shutdown()
    assert [one["judgement"] for one in told["logs"]] == ["extends"]
    assert (ran.code, "takes nothing in" in ran.err) == (2, True)


@pytest.mark.parametrize("url", ["http://example.org", "ftp://x", "nonsense", "https://u:p@example.org"])
def test_an_address_without_tls_is_refused(two, url):
    assert two[0].run("exchange", "pull", two[0].mission, url).code == 2


def test_a_server_bounds_what_it_takes(two, serving):
    import socket

    url = serving(two[1])
    port = int(url.rpartition(":")[2])
    for sent, state in (
        (b"POST /bundle HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"POST /bundle HTTP/1.1\r\nHost: x\r\n\r\n", b"411"),
        (b"POST /bundle HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", b"422"),
        (b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", b"400"),
        (b"GET /" + b"x" * 2_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"414"),
        (b"GET /tile/0/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"GET /tile/entries/x999/999 HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
        (b"DELETE /logs HTTP/1.1\r\nHost: x\r\n\r\n", b"501"),
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(sent)
            assert line.recv(64).split(b" ")[1] == state, sent[:40]
