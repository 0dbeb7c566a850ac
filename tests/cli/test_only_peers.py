"""An open port that answers holders alone: whoever is not added learns nothing, and a wrong clock is told."""

import threading
import time

import pytest
import urllib3

from truceline.pipeline import pulling
from truceline.pipeline.serving import server

DAY_US = 86_400 * 1_000_000


def key_of(desk):
    return desk.run("log", "head", desk.mission, "--json").json()["key"]


def now_us():
    return time.time_ns() // 1000


@pytest.fixture
def three(office, tmp_path):
    """North and South know each other; nobody knows East, which knows both."""
    desks = []
    for name in ("north", "south", "east"):
        (tmp_path / name).mkdir()
        desks.append(office.Desk(tmp_path / name).init())
    north, south, east = desks
    north.reports(*({"when": "2025-03-20", "area": "river_towns", "words": f"mill {n}"} for n in range(20)))
    for knower, name, known in ((north, "south", south), (south, "north", north), (east, "south", south)):
        added = knower.run("exchange", "add", knower.mission, name, "--key", key_of(known))
        assert added.code == 0, added.err
    return north, south, east


@pytest.fixture
def serving():
    """Serve a desk's mission to its peers alone, by a clock; its address."""
    running = []

    def serve(desk, clock=now_us):
        made = server(desk.mission, "127.0.0.1", 0, only_peers=True, now_us=clock, now_s=time.monotonic, chance=bytes)
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        running.append((made, thread))
        return f"http://127.0.0.1:{made.port}"

    yield serve
    for made, thread in running:
        made.shutdown()
        made.server_close()
        thread.join(5)


def test_holders_push_and_pull_as_ever(three, serving):
    north, south, _ = three
    url = serving(south)
    told = north.run("exchange", "push", north.mission, url, "--json").json()
    assert [one["judgement"] for one in told["there"]] == ["extends"]
    assert [one["cosigned"] for one in told["back"]] == [["south"]]
    told = north.run("exchange", "pull", north.mission, url, "--json").json()
    assert {one["name"]: one["judgement"] for one in told["logs"]} == {"own": "already held", "south": "extends"}


def test_a_stranger_learns_nothing_but_whose_log_it_is(three, serving):
    _, south, east = three
    url = serving(south)
    heard = set()
    for name in ("logs", "checkpoint", "heads", "tile/0/000.p/1", "nothing/there", "log/0000000000000000/checkpoint"):
        answer = urllib3.request("GET", f"{url}/{name}")
        heard.add((answer.status, answer.data, tuple(sorted(answer.headers))))
    for name in ("bundle", "add-checkpoint"):
        assert urllib3.request("POST", f"{url}/{name}", body=b"hello").status == 401
    [(status, said, headers)] = heard
    assert (status, b"Only holders who are known" in said) == (401, True)
    assert set(headers) == {"Connection", "Content-Length", "Content-Type", "Date", "Server", "Truceline-Log",
                            "WWW-Authenticate"} - {"Connection"}  # fmt: skip
    for command in ("pull", "push"):
        ran = east.run("exchange", command, east.mission, url)
        assert (ran.code, "exchange add" in ran.err) == (2, True), ran.err
    assert south.run("exchange", "add", south.mission, "east", "--key", key_of(east)).code == 0
    assert east.run("exchange", "pull", east.mission, url).code == 0, "added while it is answered"


def test_a_stranger_who_audits_is_told_that_only_holders_are_answered(three, serving, office):
    ran = office.truceline("audit", serving(three[1]))
    assert (ran.code, "answers 401: Only holders" in ran.err) == (2, True)


@pytest.mark.parametrize("wrong_us", [DAY_US, -DAY_US])
def test_a_clock_that_is_wrong_by_a_day_is_named(three, serving, wrong_us):
    north, south, _ = three
    url = serving(south, lambda: now_us() + wrong_us)
    for command in ("push", "pull"):
        ran = north.run("exchange", command, north.mission, url)
        assert (ran.code, "One of the two clocks is wrong" in ran.err, "apart" in ran.err) == (2, True, True), ran.err


def test_what_was_asked_once_is_not_answered_to_whoever_overheard_it(three, serving, monkeypatch):
    north, south, _ = three
    url, overheard, signing = serving(south), [], pulling.signing

    def listening(*words):
        sign = signing(*words)

        def signed(method, name, digest, to):
            overheard.append((method, name, sign(method, name, digest, to)))
            return overheard[-1][2]

        return signed

    monkeypatch.setattr(pulling, "signing", listening)
    assert north.run("exchange", "push", north.mission, url).code == 0
    assert len(overheard) > 4
    for method, name, header in overheard:
        again = urllib3.request(method, f"{url}/{name}", headers={"Authorization": header})
        assert again.status == 401, name
        other = urllib3.request("GET", f"{url}/logs", headers={"Authorization": header})
        assert other.status == 401, name


def test_a_body_other_than_the_one_signed_is_not_taken(three, serving, monkeypatch):
    north, south, _ = three
    url, whole = serving(south), pulling.Holder.post

    def post(self, name, body, length, most, digest=b""):
        return whole(self, name, [bytes(length)], length, most, digest)

    monkeypatch.setattr(pulling.Holder, "post", post)
    ran = north.run("exchange", "push", north.mission, url)
    assert (ran.code, "422: The body is not the one that was signed" in ran.err) == (2, True), ran.err
    assert south.run("audit", south.mission).code == 0


def test_many_strange_requests_from_one_address_lock_no_holder_out(three, serving):
    north, south, _ = three
    url = serving(south)
    with urllib3.PoolManager() as pool:
        states = [pool.request("GET", f"{url}/logs", retries=False).status for _ in range(80)]
    assert (states[:60], set(states[60:])) == ([401] * 60, {429})
    assert north.run("exchange", "push", north.mission, url).code == 0
