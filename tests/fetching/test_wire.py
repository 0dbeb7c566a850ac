"""The line between: waits that are asked for, answers that break off, places where a key must not go."""

import datetime
import gzip
import json
import ssl
import threading
import time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from truceline.errors import FetchError, NotAdmitted
from truceline.fetching.paging import PAUSE_S
from truceline.fetching.patience import Patience
from truceline.pipeline.fetching import fetch_ucdp


@pytest.fixture
def fetched(person, ucdp):
    def fetch(**more):
        given = person.given(ucdp, under="/api", **more)
        fetch_ucdp(given, "25.1")
        return json.loads(given.out.read_bytes())

    return fetch


def waits_of(person):
    return [wait for wait in person.waits if wait != PAUSE_S]


def test_too_many_requests_waits_as_long_as_asked(fetched, ucdp, person):
    def until(asked):
        when = datetime.datetime.fromtimestamp(person.now_us / 1e6, datetime.UTC) + datetime.timedelta(seconds=40)
        return asked.give(b"", 503, Retry_After=format_datetime(when, usegmt=True))

    ucdp.moods = [None, lambda asked: asked.give(b"slow down", 429, Retry_After="7"), until]
    assert len(fetched()) == 10
    assert waits_of(person)[0] == 7
    assert 39 <= waits_of(person)[1] <= 41
    assert any("127.0.0.1: it answers 429; waiting 7 s" in line for line in person.told)


def test_trouble_on_the_other_side_is_waited_out_longer_each_time(fetched, ucdp, person):
    ucdp.moods = [lambda asked: asked.give(b"", 502)] * 4
    assert len(fetched()) == 10
    assert waits_of(person) == [2, 4, 8, 16]


def test_it_ends_after_so_many_tries_and_can_go_on(fetched, ucdp):
    ucdp.moods = [None, *[lambda asked: asked.give(b"", 500)] * 6]
    with pytest.raises(FetchError, match="answers 500, 6 times"):
        fetched()
    assert len(fetched()) == 10


def test_a_wait_beyond_all_patience_is_not_waited(fetched, ucdp, person):
    ucdp.moods = [lambda asked: asked.give(b"", 429, Retry_After="86400")]
    with pytest.raises(FetchError, match="asks to wait 86,400 s"):
        fetched()
    assert person.waits == []


def test_ucdp_says_400_to_who_asks_too_often_but_not_at_first(fetched, ucdp, person):
    ucdp.moods = [None, lambda asked: asked.give(b"", 400)]
    assert len(fetched()) == 10
    ucdp.moods = [lambda asked: asked.give(b"no such version", 400)]
    with pytest.raises(FetchError, match="400: no such version"):
        fetched(out="other.json")


@pytest.mark.parametrize(
    "broken",
    [
        lambda asked: asked.give(b'{"TotalCount": 10, "Res', length="500"),
        lambda asked: asked.give(b'{"TotalCount": 10, "Result": [{"id": 1}'),
        lambda asked: asked.give(b'{"TotalCount": 10}', Content_Encoding="gzip"),
    ],
)
def test_an_answer_that_breaks_off_is_asked_again(fetched, ucdp, person, broken):
    ucdp.moods = [None, broken]
    assert len(fetched()) == 10
    assert waits_of(person) == [2]


def test_a_packed_answer_is_unpacked(fetched, ucdp):
    ucdp.rows = ucdp.rows[:2]
    content = json.dumps({"TotalCount": 2, "NextPageUrl": None, "Result": ucdp.rows}).encode()
    ucdp.moods = [lambda asked: asked.give(gzip.compress(content), Content_Encoding="gzip")]
    assert len(fetched()) == 2


def test_a_packed_answer_may_not_unpack_to_more_than_is_taken(fetched, ucdp):
    ucdp.moods = [lambda asked: asked.give(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")]
    with pytest.raises(FetchError, match="longer than 1,000,000 bytes"):
        fetched(patience=Patience(most_bytes=1_000_000))


def test_a_silent_server_is_not_waited_for_without_end(fetched, ucdp):
    ucdp.moods = [lambda asked: time.sleep(1) or True] * 2
    with pytest.raises(FetchError, match=r"failed \(ReadTimeoutError\), 2 times"):
        fetched(patience=Patience(tries=2, read_s=0.1))


def test_an_answer_that_drips_is_ended(fetched, ucdp, person):
    def drip(asked):
        asked.send_response(200)
        asked.send_header("Content-Length", "1000000")
        asked.end_headers()
        for _ in range(20):
            person.now_us += 200_000_000
            asked.wfile.write(b" " * 70_000)
            asked.wfile.flush()
        return True

    ucdp.moods = [drip]
    with pytest.raises(FetchError, match="not over after 1,800 s"):
        fetched()


def test_a_page_to_log_in_is_no_data(fetched, ucdp):
    ucdp.moods = [lambda asked: asked.give(b"\n<!DOCTYPE html><title>Log in</title>", kind="text/html")]
    with pytest.raises(FetchError, match="A web page came"):
        fetched()


def test_a_key_that_is_not_admitted_is_said(fetched):
    with pytest.raises(NotAdmitted, match=r"\(401\): API token required"):
        fetched(environment={"TRUCELINE_UCDP_TOKEN": "an-old-one"})


def test_the_key_does_not_follow_a_redirect_to_another_host(fetched, ucdp, serve):
    other = serve()
    ucdp.moods = [lambda asked: asked.give(b"", 302, Location=f"{other.base}{asked.path}")]
    with pytest.raises(FetchError, match="the key is not sent there"):
        fetched()
    assert other.asked == []


def test_a_redirect_within_the_host_is_followed_but_not_without_end(fetched, ucdp):
    here = [lambda asked: asked.give(b"", 307, Location=asked.path)]
    ucdp.moods = here * 2
    assert len(fetched()) == 10
    ucdp.moods = here * 20
    with pytest.raises(FetchError, match="without end"):
        fetched(out="other.json")


@pytest.mark.parametrize(
    "base", ["http://ucdp.example.org/api", "ftp://127.0.0.1/api", "https://me:pw@example.org/api", "https:///api"]
)
def test_only_tls_is_asked_but_on_this_machine(person, ucdp, base):
    ucdp.base = base
    with pytest.raises(FetchError):
        fetch_ucdp(person.given(ucdp), "25.1")


def test_who_does_not_prove_who_it_is_gets_no_key(person, ucdp, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = datetime.datetime(2025, 1, 1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, day, day.replace(year=2099))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    kind, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = tmp_path / "cert.pem"
    path.write_bytes(
        key.private_bytes(kind, serialization.PrivateFormat.PKCS8, plain)
        + made.sign(key, hashes.SHA256()).public_bytes(kind)
    )
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    ucdp.base = f"https://localhost:{server.server_port}"
    try:
        with pytest.raises(FetchError, match="does not prove who it is"):
            fetch_ucdp(person.given(ucdp), "25.1")
    finally:
        server.shutdown()
        server.server_close()


def test_a_proxy_is_asked_with_its_own_password_which_is_not_shown(person, ucdp, serve):
    proxy = serve()
    ucdp.base = "https://ucdp.invalid"
    host = proxy.base.removeprefix("http://")
    environment = {"TRUCELINE_UCDP_TOKEN": "tok-7f3a", "HTTPS_PROXY": f"http://me:proxy-pw-1@{host}"}
    with pytest.raises(FetchError, match=r"ucdp\.invalid: the connection failed") as refused:
        fetch_ucdp(person.given(ucdp, environment=environment, patience=Patience(tries=1)), "25.1")
    assert [(command, path) for command, path, _, _ in proxy.asked] == [("CONNECT", "ucdp.invalid:443")]
    assert proxy.asked[0][2]["proxy-authorization"].startswith("Basic ")
    assert "proxy-pw-1" not in f"{refused.value}{person.told}"
    assert "tok-7f3a" not in f"{proxy.asked}"
