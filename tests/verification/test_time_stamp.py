"""RFC 3161 replies, made by a time-stamping authority of our own (openssl ts) and then bent in every way."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from truceline.errors import ActError
from truceline.verification.der_order import in_der_order
from truceline.verification.time_stamp import MOST_BYTES, read_reply, verified

pytest.importorskip("rfc3161_client", reason="the extra `timestamps` is not installed")

WORDS = b"the crater, seen from the north\n"
DIGEST = hashlib.sha256(WORDS).digest()
TSA = """
[tsa]
default_tsa = ours
[ours]
serial = ./serial
signer_cert = ./{signer}.pem
signer_key = ./{signer}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
ess_cert_id_alg = sha256
{more}
"""


class Authority:
    """A root certificate, and under it one that may stamp and one that may not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "serial").write_text("01\n")
        (folder / "words").write_bytes(WORDS)
        self.root("root")
        self.root("stranger")
        self.signed("tsa", "extendedKeyUsage=critical,timeStamping\n")
        self.signed("web", "extendedKeyUsage=serverAuth\n")

    def openssl(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False, timeout=60)
        if done.returncode:
            pytest.skip(f"openssl {words[0]} does not do it here: {done.stderr[:200].decode(errors='replace')}")

    def root(self, name: str) -> None:
        self.openssl("req", "-x509", *self.key(name), "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "30")

    def signed(self, name: str, extensions: str) -> None:
        (self.folder / "extensions").write_text(extensions)
        self.openssl("req", *self.key(name), "-out", f"{name}.csr", "-subj", f"/CN={name}")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
                     "-out", f"{name}.pem", "-days", "30", "-extfile", "extensions")  # fmt: skip

    def key(self, name: str) -> list[str]:
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]

    def reply(self, *, digest: str = "sha256", signer: str = "tsa", more: str = "") -> bytes:
        (self.folder / "tsa.cnf").write_text(TSA.format(signer=signer, more=more))
        self.openssl("ts", "-query", "-data", "words", f"-{digest}", "-cert", "-out", "query")
        self.openssl("ts", "-reply", "-queryfile", "query", "-out", "reply", "-config", "tsa.cnf")
        return (self.folder / "reply").read_bytes()

    def pem(self, name: str = "root") -> bytes:
        return (self.folder / f"{name}.pem").read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make an authority with")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def reply(authority) -> bytes:
    return authority.reply()


@pytest.mark.parametrize("kind", ["sha256", "sha384", "sha512"])
def test_a_reply_over_the_file_holds(authority, kind):
    reply = authority.reply(digest=kind)
    digest = hashlib.new(kind, WORDS).digest()
    stamp = verified(reply, digest, authority.pem())
    assert stamp == read_reply(reply)
    assert (stamp.hashed, stamp.digest, stamp.policy) == (kind, digest.hex(), "1.2.3.4.1")


def test_a_reply_over_another_file_does_not_hold(authority, reply):
    with pytest.raises(ActError, match="made over another file"):
        verified(reply, hashlib.sha256(b"another").digest(), authority.pem())


def test_a_reply_of_somebody_else_does_not_hold(authority, reply):
    with pytest.raises(ActError, match="no authority that these root certificates vouch for"):
        verified(reply, DIGEST, authority.pem("stranger"))


def test_certificates_in_the_order_of_a_file_are_put_in_order(authority):
    for root in ("root", "stranger"):
        reply = authority.reply(more=f"certs = ./{root}.pem")
        assert verified(reply, DIGEST, authority.pem()) == read_reply(reply)
        assert in_der_order(in_der_order(reply)) == in_der_order(reply)


def test_a_fingerprint_of_a_weak_kind_is_not_read(authority):
    with pytest.raises(ActError, match=r"1\.3\.14\.3\.2\.26"):
        read_reply(authority.reply(digest="sha1"))


def test_what_is_too_long_or_no_reply_is_refused_in_a_sentence(authority):
    for content in (b"", b"hello", b"0" * (MOST_BYTES + 1), b"\x30\x84\xff\xff\xff\xff", authority.pem()):
        with pytest.raises(ActError):
            read_reply(content)


def test_a_file_without_certificates_is_refused(reply):
    with pytest.raises(ActError, match="no certificate"):
        verified(reply, DIGEST, b"no PEM")


def test_a_reply_bent_anywhere_is_refused_or_says_the_same(authority, reply):
    chance, told, refused = Random(3161), read_reply(reply), 0
    for _ in range(400):
        bent = bytearray(reply)
        for _ in range(chance.randint(1, 3)):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        bent = bent[: chance.randrange(len(bent))] if chance.random() < 0.2 else bent
        try:
            assert verified(bytes(bent), DIGEST, authority.pem()) == told
        except ActError:
            refused += 1
    assert refused > 350


def test_an_exhibit_keeps_its_time_stamp_and_anybody_with_the_root_can_check_it(desk, authority, reply):
    desk.init()
    desk.reports({"report_id": "r", "when": "2025-03-20T10:00"})
    file, root = desk.file("crater.txt", WORDS), desk.file("root.pem", authority.pem())
    stamp, words = desk.file("reply.tsr", reply), ("--report", "patrol/r", "--by", "alpha", "--because", "Sent.")
    added = desk.run("exhibit", "add", desk.mission, file, "--title", "Crater", *words, "--timestamp", stamp, "--json")
    exhibit = added.json()["id"]
    told = desk.run("exhibit", "check", desk.mission, exhibit, file, "--ca", root, "--json").json()
    assert (told["same"], told["timestamp"]["verified"]) == (True, True)
    unchecked = desk.run("exhibit", "check", desk.mission, exhibit, file, "--json")
    assert (unchecked.code, unchecked.json()["timestamp"]["verified"]) == (0, None)
    other = desk.file("stranger.pem", authority.pem("stranger"))
    ran = desk.run("exhibit", "check", desk.mission, exhibit, file, "--ca", other)
    assert ran.code == 1
    assert "no authority that these root certificates vouch for" in ran.out


def test_a_reply_over_another_file_is_not_entered(desk, authority, reply):
    desk.init()
    desk.reports({"report_id": "r", "when": "2025-03-20T10:00"})
    file, stamp = desk.file("crater.txt", WORDS + b"more"), desk.file("reply.tsr", reply)
    ran = desk.run("exhibit", "add", desk.mission, file, "--title", "Crater", "--report", "patrol/r", "--by", "alpha",
                   "--because", "Sent.", "--timestamp", stamp)  # fmt: skip
    assert ran.code == 2
    assert "made over another file" in ran.err


def test_the_stamp_of_a_salted_exhibit_is_over_the_file_itself(desk, authority, reply):
    desk.init()
    desk.reports({"report_id": "r", "when": "2025-03-20T10:00"})
    file, root = desk.file("crater.txt", WORDS), desk.file("root.pem", authority.pem())
    added = desk.run("exhibit", "add", desk.mission, file, "--title", "Crater", "--report", "patrol/r", "--by", "alpha",
                     "--because", "Sent.", "--salted", "--json").json()  # fmt: skip
    stamp = desk.file("reply.tsr", reply)
    told = desk.run("exhibit", "check", desk.mission, added["id"], file, "--timestamp", stamp, "--ca", root, "--json")
    assert told.json()["timestamp"]["verified"] is True
    assert added["sha256"] != DIGEST.hex()
