"""What an open port bears: too many, too much, too slowly, from one address and from all."""

import socket
import threading
import time

import pytest
import urllib3

from truceline.fetching import answering, pace
from truceline.fetching.answering import Server, Told
from truceline.fetching.pace import Pace, Slowly, network_of


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


def test_an_address_has_its_own_pace_and_all_together_have_one():
    clock = Clock()
    pace = Pace(10, 4, clock)
    assert [pace.may("a") for _ in range(5)] == [True] * 4 + [False]
    assert [pace.may("b") for _ in range(4)] == [True] * 4
    assert [pace.may("c") for _ in range(3)] == [True] * 2 + [False]
    clock.now += 15
    assert [pace.may("a") for _ in range(2)] == [True, False]
    clock.now += 600
    assert [pace.may("a") for _ in range(5)] == [True] * 4 + [False]


def test_more_addresses_than_can_be_told_apart_are_counted_as_one():
    clock = Clock()
    some = Pace(10**9, 2, clock)
    for n in range(pace.MOST_ADDRESSES + 10):
        some.may(str(n))
    assert len(some._left) <= pace.MOST_ADDRESSES + 2
    assert not some.may("yet another")
    clock.now += 61
    assert some.may("yet another")
    assert len(some._left) <= 3


def test_an_ipv6_network_is_one_address_and_a_mapped_one_is_ipv4():
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("fe80::1%eth0") == network_of("fe80::2%eth1")


def test_who_sends_a_byte_now_and_then_keeps_no_place():
    ours, theirs = socket.socketpair()
    clock = Clock()
    slowly = Slowly(ours, 30, clock)
    with ours, theirs:
        theirs.sendall(b"GET / HT")
        assert slowly.readinto(bytearray(4)) == 4
        clock.now += 31
        with pytest.raises(TimeoutError, match="too slowly"):
            slowly.readinto(bytearray(4))
        slowly.begin()
        assert slowly.readinto(bytearray(4)) == 4


def test_a_long_body_has_as_long_as_it_needs():
    ours, theirs = socket.socketpair()
    clock = Clock()
    slowly = Slowly(ours, 30, clock)
    with ours, theirs:
        for _ in range(40):
            theirs.sendall(bytes(10_000))
            got = 0
            while got < 10_000:
                got += slowly.readinto(bytearray(10_000 - got))
            clock.now += 2


@pytest.fixture
def listening():
    made, let = [], threading.Event()

    def answer(asked):
        if asked.path == "/wait":
            let.wait(10)
        if asked.path == "/strange":
            return Told(401, "text/plain", [b"who?"], 4, (("Truceline-Log", "a.example/log"),), stranger=True)
        return Told(200, "text/plain", [b"yes"], 3)

    def listen():
        server = Server("127.0.0.1", 0, answer, 1_000, time.monotonic)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        made.append((server, thread))
        return server

    yield listen, let
    let.set()
    for server, thread in made:
        server.shutdown()
        server.server_close()
        thread.join(5)


def asked(server, path="/", **more):
    return urllib3.request("GET", f"http://127.0.0.1:{server.port}{path}", retries=False, **more)


def test_one_address_does_not_take_all_connections(listening):
    listen, let = listening
    server = listen()
    places = range(answering.MOST_OF_ONE)
    waiting = [threading.Thread(target=asked, args=(server, "/wait"), daemon=True) for _ in places]
    for one in waiting:
        one.start()
    while server._here.total() < answering.MOST_OF_ONE:
        time.sleep(0.01)
    with pytest.raises(urllib3.exceptions.HTTPError):
        asked(server, timeout=2)
    let.set()
    for one in waiting:
        one.join(5)
    deadline = time.monotonic() + 5
    while server._here.total() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert asked(server).status == 200
    assert answering.MOST_OF_ONE < answering.MOST_AT_ONCE


def test_too_many_a_minute_are_told_when_to_come_back(listening, monkeypatch):
    monkeypatch.setattr(answering, "MOST_A_MINUTE_OF_ONE", 5)
    server = listening[0]()
    answers = [asked(server) for _ in range(7)]
    assert [answer.status for answer in answers] == [200] * 5 + [429] * 2
    assert answers[-1].headers["Retry-After"] == "5"


def test_who_is_not_admitted_is_told_so_only_so_often(listening, monkeypatch):
    monkeypatch.setattr(answering, "MOST_STRANGE_A_MINUTE", 3)
    server = listening[0]()
    answers = [asked(server, "/strange") for _ in range(5)]
    assert [answer.status for answer in answers] == [401] * 3 + [429] * 2
    assert answers[0].headers["Truceline-Log"] == "a.example/log"
    assert "Truceline-Log" not in answers[-1].headers
    assert asked(server).status == 200


def test_a_request_that_comes_too_slowly_ends(listening, monkeypatch):
    monkeypatch.setattr(answering, "TIMEOUT_S", 0.5)
    server = listening[0]()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        began = time.monotonic()
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        try:
            while time.monotonic() - began < 5:
                line.sendall(b"X: y\r\n")
                time.sleep(0.1)
        except OSError:
            pass
        assert time.monotonic() - began < 3


def test_many_small_answers_on_one_connection_wait_for_nothing(listening):
    server = listening[0]()
    with urllib3.PoolManager() as pool:
        began = time.monotonic()
        for _ in range(100):
            pool.request("GET", f"http://127.0.0.1:{server.port}/")
        took = time.monotonic() - began
    print(f"100 answers on one connection: {took:.2f} s")
    assert took < 3, "40 ms an answer: headers and content were sent apart"
