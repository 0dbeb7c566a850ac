"""Our log read by another implementation, Go's sumdb/note and sumdb/tlog, and theirs by ours.

Wants `go` and golang.org/x/mod as Debian ships them (golang-go, golang-golang-x-mod-dev), and skips without.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from truceline.record.entry import entry_of
from truceline.record.merkle import leaf_hash, root_of
from truceline.record.proofs import nodes_of, stretch_root
from truceline.record.sign import LogKey, head_is_signed, read_head, read_verifier_key, verifier_key
from truceline.record.tiles import Tile, bundle, bundles_of, checked_entries, hashes_of, nodes_from, tiles_of

SOURCES = Path("/usr/share/gocode")
SIZES = (1, 2, 255, 256, 257, 1_000, 66_000)
KEY = LogKey.from_seed("example.org/mission", bytes(range(32)))


@pytest.fixture(scope="module")
def go(tmp_path_factory) -> Path:
    if not shutil.which("go") or not (SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip("Go or golang.org/x/mod is absent: install golang-go and golang-golang-x-mod-dev")
    made = tmp_path_factory.mktemp("go")
    env = {**os.environ, "GOPATH": str(SOURCES), "GO111MODULE": "off", "GOCACHE": str(made / "cache"), "GOFLAGS": ""}
    program = made / "check"
    subprocess.run(["go", "build", "-o", program, Path(__file__).with_name("check.go")], env=env, check=True)
    return program


def ran(go: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([go, *map(str, words)], capture_output=True, text=True)


def write_log(where: Path, bodies: list[bytes]) -> None:
    leaves = [leaf_hash(body) for body in bodies]
    node = nodes_of(leaves)
    files = {tile.path: bundle(bodies[slice(*tile.over())]) for tile in bundles_of(len(bodies))}
    for tile in tiles_of(len(bodies)):
        first = tile.number * 256
        files[tile.path] = b"".join(node(8 * tile.level, n) for n in range(first, first + tile.width))
    files["checkpoint"] = KEY.sign_head(len(bodies), stretch_root(node, 0, len(bodies)), dated_s=1_456_531_200)
    for name, content in files.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(content)


@pytest.mark.parametrize("size", SIZES[:-1])
def test_another_implementation_reads_our_log(go, tmp_path, size):
    write_log(tmp_path, [entry_of(KEY, "note", {}, bytes(32), [("note", b"%d" % n)]) for n in range(size)])
    read = ran(go, "read", tmp_path, verifier_key(KEY.origin, KEY.public_key))
    print(f"Go: {read.stdout.strip()}")
    assert read.returncode == 0, read.stdout
    assert f"{size} inclusion proofs" in read.stdout


def test_the_other_implementation_sees_what_is_wrong_with_a_log(go, tmp_path):
    write_log(tmp_path, [entry_of(KEY, "note", {}, bytes(32), [("note", b"%d" % n)]) for n in range(300)])
    key = verifier_key(KEY.origin, KEY.public_key)
    for name in ("checkpoint", "tile/0/000", "tile/entries/001.p/44"):
        path = tmp_path / name
        whole = path.read_bytes()
        path.write_bytes(whole[:30] + bytes([whole[30] ^ 1]) + whole[31:])
        assert "DOES NOT HOLD" in ran(go, "read", tmp_path, key).stdout
        path.write_bytes(whole)
    assert ran(go, "read", tmp_path, key).returncode == 0


@pytest.mark.parametrize("size", SIZES)
def test_we_read_a_log_of_another_implementation(go, tmp_path, size):
    name, public_key = read_verifier_key(ran(go, "write", tmp_path, size).stdout)
    head = read_head((tmp_path / "checkpoint").read_bytes())
    assert (head.origin, head.size, head_is_signed(head, public_key)) == (name, size, True)

    def hashes(tile: Tile) -> list[bytes]:
        return hashes_of((tmp_path / tile.path).read_bytes(), tile)

    assert stretch_root(nodes_from(hashes, size), 0, size) == head.root
    entries = [
        entry
        for tile in bundles_of(size)
        for entry in checked_entries(
            (tmp_path / tile.path).read_bytes(), tile, hashes(Tile(0, tile.number, tile.width))
        )
    ]
    assert entries == [b"entry %d" % n for n in range(size)]
    assert root_of([leaf_hash(entry) for entry in entries]) == head.root
    print(f"ours: signature of {name}, {len(entries)} entries, {len(list(tiles_of(size)))} tiles")
