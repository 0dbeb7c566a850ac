"""Two audits written apart, ours and the one short file, judge the same logs alike: who may sign in them."""

from pathlib import Path
from random import Random
from typing import Any

from truceline import verify_record
from truceline.record.audit import Arrived
from truceline.record.audit_files import audit_files
from truceline.record.entry import Links, entry_of
from truceline.record.frontier import Frontier
from truceline.record.key_links import brought_in, revoked, rotated
from truceline.record.merkle import leaf_hash
from truceline.record.people import Signers
from truceline.record.sign import LogKey, read_head, verifier_key
from truceline.record.tiles import Tile, bundle, bundles_of

ORIGIN = "example.org/north"
LOG = LogKey.from_seed(ORIGIN, bytes(32))
KEYS = [LogKey.from_seed(ORIGIN, bytes([n + 1]) * 32) for n in range(4)]
RUNS = 300
ODD: list[Any] = [None, True, 1, "", "x", [], "00" * 32, "ab" * 8, brought_in(KEYS[0])["key"]["possession"]]


def entry(chance: Random) -> bytes:
    """Something about keys, right or wrong, or an act."""
    one, other = chance.choice(KEYS), chance.choice(KEYS)
    kind, links, by = chance.choice([
        ("key", brought_in(one), LOG),
        ("key", brought_in(one), LOG),
        ("key", rotated(other, one.pseudonym, chance.choice([one, one, None, other])), LOG),
        ("key", revoked(one.pseudonym, chance.randint(0, 8)), LOG),
        ("key", odd(chance, chance.choice([brought_in(one), revoked(one.pseudonym, 0)])), LOG),
        ("act", {}, one),
        ("act", {}, one),
        (chance.choice(["key", "note", "release", "layout"]), chance.choice([{}, brought_in(other)]), one),
    ])  # fmt: skip
    return entry_of(by, kind, links, bytes(32), [("x", b"y")])


def odd(chance: Random, links: Links) -> Links:
    link = dict(links["key"])
    link[chance.choice([*link, "more"])] = chance.choice(ODD)
    return {"key": link}


def a_log(chance: Random) -> list[bytes]:
    """The entries of a log: half of the logs have only what one of the two audits finds sound, others what comes."""
    arrived, sound, bodies = Arrived(Signers(ORIGIN, LOG.public_key), 0), chance.random() < 0.5, list[bytes]()
    for _ in range(chance.randint(3, 25)):
        body = entry(chance)
        if not list(arrived.faults(len(bodies), body, leaf_hash(body))) or not sound:
            bodies.append(body)
    return bodies or [entry_of(LOG, "act", {}, bytes(32), [])]


def written(bodies: list[bytes], folder: Path) -> dict[str, bytes]:
    """The files of a log, signed by its key; in memory and in a folder."""
    leaves, frontier = [leaf_hash(body) for body in bodies], Frontier()
    frontier.append(leaves)
    [tile] = bundles_of(frontier.size)
    files = {
        "checkpoint": LOG.sign_head(frontier.size, frontier.root()),
        tile.path: bundle(bodies), Tile(0, 0, tile.width).path: b"".join(leaves),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return files


def test_ours_and_the_one_short_file_agree_on_who_may_sign(tmp_path: Path) -> None:
    chance, sound = Random(20161224), 0
    for run in range(RUNS):
        folder = tmp_path / str(run)
        files = written(a_log(chance), folder)
        ours = list(audit_files(read_head(files["checkpoint"]), LOG.public_key, files.__getitem__))
        try:
            verify_record.check_log(str(folder), verifier_key(ORIGIN, LOG.public_key))
            theirs = ""
        except (ValueError, LookupError, TypeError) as error:
            theirs = str(error) or repr(error)
        assert bool(ours) == bool(theirs), (run, ours, theirs)
        sound += not ours
    print(f"logs about keys that two audits judged alike: {RUNS}, {sound} of them sound")
    assert RUNS // 3 < sound < RUNS
