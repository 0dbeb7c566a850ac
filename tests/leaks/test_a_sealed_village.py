"""A sealed village, date and count are found in nothing that leaves: not by words, not by trying all combinations.

The attacker is the other holder: it knows the software, every other cell of the row, all keys that are public, and
everything it was given; it tries each of 10,000,000 combinations ($TRUCELINE_LEAKS of them; 100,000 in every run).
"""

import contextlib
import json
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from truceline.fetching.answering import Asked, Told
from truceline.intake.layout import Layout, payload_writer
from truceline.intake.raw import RawRow
from truceline.intake.reading import read_file
from truceline.pipeline.reading_rows import _content_of
from truceline.pipeline.serving import Desk, server
from truceline.record.commit import commit, field_commitment
from truceline.store.mission_file import MissionFile

TRUE = (b"Tell Zarqon 0417", b"2025-03-27", b"163")
GUESSES = int(os.environ.get("TRUCELINE_LEAKS", "100000"))
OWN, SOURCE, WORDS = "z-1", "patrol", "seen from the road"


def space_of(attack: Any, guesses: int) -> Any:
    """Villages, dates and counts around the true ones: 10,000,000 combinations, or as many of them as are asked for."""
    all_villages = [b"Tell Zarqon %04d" % n for n in range(1_000)]
    all_dates = [b"2025-%02d-%02d" % (month, day) for month in (2, 3, 4, 5) for day in range(1, 26)] + [TRUE[1]]
    all_counts = [b"%d" % n for n in range(100, 200)]
    share = min(1.0, guesses / 10_000_000) ** (1 / 3)

    def some(values: list[bytes], true: bytes) -> list[bytes]:
        number = max(2, round(len(values) * share))
        return sorted({*values[:number], true})

    return attack.Space(some(all_villages, TRUE[0]), some(all_dates[-101:], TRUE[1]), some(all_counts, TRUE[2]))


def row_of(village: str, date: str, count: str) -> dict[str, str]:
    return {
        "report_id": OWN, "source": SOURCE, "when": date, "kind": "shelling", "side_a": "Northern Army",
        "side_b": "Front of the Plain", "place": village, "area": "river_towns", "killed_best": count, "words": WORDS,
    }  # fmt: skip


def sealed_of(attack: Any, office: Any, origins: list[str], publics: list[bytes]) -> Any:
    """What the attacker can make of the row by the software alone."""
    cells = row_of(*(place.decode() for place in (attack.VILLAGE, attack.DATE, attack.COUNT)))
    file = office.as_csv(office.REPORT_COLUMNS, [cells])
    table = read_file("sealed.csv", file)
    layout: Layout = table.layout
    row = RawRow(2, next(iter(table.rows)).cells)
    fields = payload_writer(layout)(row)
    content = _content_of(layout)(row.cells)
    line = file.splitlines(keepends=True)[1]
    known = [b"", bytes(32), b"truceline", b"truceline field v2", *(one.encode() for one in origins), *publics]
    return attack.Sealed(fields, content, line.rstrip(b"\r\n"), file, (SOURCE, OWN), known)


@pytest.fixture(scope="module")
def two(office, tmp_path_factory) -> Any:
    """North holds the sealed row in a file of its own, among three hundred others; each has the other's key."""
    desks = []
    for name in ("north", "south"):
        desks.append(office.Desk(tmp_path_factory.mktemp(name)).init())
    north, south = desks
    others = [
        {"when": "2025-03-10", "area": "river_towns", "place": f"Mill {n}", "words": f"{n} heard"} for n in range(300)
    ]
    north.reports(*others)
    row = row_of(*(one.decode() for one in TRUE))
    north.take_in(north.file("sealed.csv", office.as_csv(office.REPORT_COLUMNS, [row])))
    north.watched("2025-03-01", "2025-03-05")
    for giver, taker, name in ((north, south, "north"), (south, north, "south")):
        assert taker.run("exchange", "add", taker.mission, name, "--key", key_of(giver), "--how", "paper").code == 0
    return north, south


def key_of(desk: Any) -> str:
    key: str = desk.run("log", "head", desk.mission, "--json").json()["key"]
    return key


def sealed_id(north: Any) -> str:
    [[entry]] = north.stored("SELECT id FROM report WHERE source_row = ? AND source = ?", OWN, SOURCE)
    return str(entry)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder.parent)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextlib.contextmanager
def serving(north: Any) -> Iterator[int]:
    """North's address, open while the block runs; its port."""
    clock = {"now_us": lambda: time.time_ns() // 1000, "now_s": time.monotonic}
    with server(north.mission, "127.0.0.1", 0, **clock, chance=os.urandom) as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield one.port
        one.shutdown()
        thread.join()


def asked_by_http(north: Any, paths: list[str]) -> dict[str, bytes]:
    """What the address answers to whoever asks: headers and content, errors too."""
    told: dict[str, bytes] = {}
    with serving(north) as port:
        for path in paths:
            request = urllib.request.Request(f"http://127.0.0.1:{port}/{path}")
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    told[f"GET {path}"] = str(answer.headers).encode() + answer.read()
            except urllib.error.HTTPError as error:
                told[f"GET {path}"] = str(error.headers).encode() + error.read()
    return told


def pulled(north: Any, south: Any) -> dict[str, bytes]:
    """All that passes when south pulls from north's address, packets of openings among it."""
    told: dict[str, bytes] = {}
    answer = Desk.answer

    def recorded(desk: Desk, asked: Asked) -> Told:
        given = answer(desk, asked)
        content = b"".join(given.pieces)
        told[f"{asked.method} {asked.path} {len(told)}"] = content
        return given._replace(pieces=[content])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "answer", recorded)
        with serving(north) as port:
            ran = south.run("exchange", "pull", south.mission, f"http://127.0.0.1:{port}")
        assert ran.code == 0, ran.err
    assert any("/openings/" in name for name in told)
    return told


def kept_by(desk: Any) -> dict[str, bytes]:
    """The pages of a mission, its write-ahead log, and its key file."""
    return {path.name: path.read_bytes() for path in desk.folder.glob("mission.truceline*")}


def commands_of(north: Any, entry: str) -> dict[str, bytes]:
    """Output and error messages of commands at north's desk that are not read as internal."""
    m, folder = north.mission, north.folder
    bad_act = north.file("bad.yaml", "act: declaration\nby: nobody\n")
    asked = [
        ("audit", m), ("log", "head", m), ("exchange", "list", m), ("take-in", m, folder / "sealed.csv"),
        ("take-in", m, north.file("none.csv", b"x,y\n1,2\n")), ("enter", m, bad_act), ("rebuild", m),
        ("bulletin", m, "--out", folder / "b.html"),
        ("bulletin", m, "--out", folder / "b.html", "--audience", "public"),
        ("export", m, "--out", folder / "e.csv"), ("export", m, "--out", folder / "e.csv", "--audience", "south"),
        ("log", "open", m, entry, "--field", "where", "--out", folder / "o"),
        ("log", "open", m, entry, "--field", "where", "--audience", "public", "--out", folder / "o"),
        ("log", "open", m, entry, "--field", "nothing", "--audience", "internal", "--out", folder / "o"),
        ("destroy", m, entry, "--fields", "where", "--because", "x"), ("exchange", "accept", m, folder / "sealed.csv"),
        ("audit", folder / "sealed.csv"), ("key", "list", m), ("ledger", m, "--known", "1:ffffffff"),
        ("init", m, "--agreement", "example"),
    ]  # fmt: skip
    told = {}
    for nth, words in enumerate(asked):
        ran = north.run(*words)
        told[f"command {nth} {words[0]}"] = f"{ran.out}\n{ran.err}".encode()
    assert not any((folder / name).exists() for name in ("b.html", "e.csv", "o"))
    return told


RELEASED = ("source", "who", "rest")


def release_in_part(north: Any, south: Any) -> dict[str, bytes]:
    """Three fields of the sealed row, and all of the others', opened to south by signed entries."""
    stick, why = north.folder / "stick", ("--to", "south", "--because", "They asked.")
    assert south.run("exchange", "bundle", south.mission, stick, "--for", "north").code == 0
    assert north.run("exchange", "accept", north.mission, stick).code == 0
    told = {"stick from south": stick.read_bytes()}
    entry = sealed_id(north)
    [[others]] = north.stored("SELECT id FROM submission WHERE rows = 300")
    for words in (
        (entry, "--fields", ",".join(RELEASED), "--preview"), (entry, "--fields", ",".join(RELEASED)),
        (entry, "--fields", "when,where,what", "--withhold"), (others,),
    ):  # fmt: skip
        ran = north.run("release", north.mission, *words, *why)
        assert ran.code == 0, ran.err
        told[f"release {words}"] = ran.out.encode()
    assert north.run("exchange", "bundle", north.mission, stick, "--for", "south").code == 0
    told |= pulled(north, south)
    ran = south.run("exchange", "accept", south.mission, stick)
    assert ran.code == 0, ran.err
    told |= {"stick": stick.read_bytes(), "accepted": ran.out.encode()}
    for desk, command in ((north, "releases"), (south, "releases"), (south, "refusals"), (south, "audit")):
        told[f"{desk.folder.name} {command}"] = desk.run(command, desk.mission).out.encode()
    return told


def given_away(north: Any, south: Any) -> dict[str, bytes]:
    """Everything that leaves north, and every page south keeps of it."""
    entry, folder = sealed_id(north), north.folder / "given"
    folder.mkdir(exist_ok=True)
    assert north.run("log", "export", north.mission, folder / "log").code == 0
    others = [one for (one,) in north.stored("SELECT id FROM report WHERE id <> ? LIMIT 3", entry)]
    for nth, one in enumerate((entry, *others)):
        assert north.run("log", "proof", north.mission, one, "--out", folder / f"proof-{nth}").code == 0
    opened = ("--field", "source", "--field", "who", "--audience", "internal")
    assert north.run("log", "open", north.mission, entry, *opened, "--out", folder / "opening").code == 0
    for name, more in (("for-anyone", ()), ("for-south", ("--for", "south"))):
        assert north.run("exchange", "bundle", north.mission, folder / name, *more).code == 0
        assert south.run("exchange", "accept", south.mission, folder / name).code == 0
    paths = [str(path.relative_to(folder / "log")) for path in (folder / "log").rglob("*") if path.is_file()]
    with MissionFile.open(north.mission) as mission:
        logs = mission.origin
    told = asked_by_http(north, [*paths, "logs", "nothing", f"log/{logs}/heads", entry, "bundle", "add-checkpoint"])
    return {
        **files_below(folder), **told, **commands_of(north, entry),
        **{f"south: {name}": content for name, content in kept_by(south).items()},
    }  # fmt: skip


@pytest.fixture(scope="module", params=["sealed", "released in part"])
def world(attack, office, two, request) -> Any:
    """The row as the attacker knows it, the combinations he tries, and what he holds: before a release, and after."""
    north, south = two
    released = release_in_part(north, south) if request.param == "released in part" else {}
    artefacts = given_away(north, south) | released
    with MissionFile.open(north.mission) as mission:
        origins, publics = [mission.origin], [mission.public_key]
        salts, fields = mission.sealed(mission.seq_of(sealed_id(north)))
    opened = [salt for salt, (name, _) in zip(salts, fields, strict=True) if name in RELEASED]
    publics += opened
    if released:
        assert all(salt in artefacts["south: mission.truceline"] for salt in opened)
    sealed = sealed_of(attack, office, origins, publics)
    guess = attack.Combination(*TRUE)
    assert [(name, attack.filled(content, guess)) for name, content in sealed.fields] == fields
    space = space_of(attack, GUESSES)
    assert guess in {space.at(n) for n in range(len(space))} if len(space) < 200_000 else True
    return attack.Haystack(artefacts), sealed, space


def test_no_word_of_the_sealed_row_stands_in_clear_anywhere(attack, world):
    hay, _, _ = world
    assert hay.says([TRUE[0], TRUE[1], b"Zarqon", WORDS.encode()]) == []
    print(f"artefacts searched: {len(hay.artefacts)}, {sum(map(len, hay.artefacts.values())):,} bytes")


def test_no_field_by_itself_is_found_by_trying(attack, world):
    hay, sealed, space = world
    assert attack.small_attack(hay, sealed, space_of(attack, 10_000_000), space) == []


def test_no_combination_is_found_by_trying(attack, world):
    hay, sealed, space = world
    began = time.process_time()
    sought, found = attack.whole_attack(hay, sealed, space)
    assert found == []
    took = time.process_time() - began
    print(f"combinations tried: {len(space):,}, digests sought: {sought:,}, found: 0, CPU time {took:,.0f} s")


@pytest.mark.parametrize("form", ["field", "commitment", "content", "truncated", "hexadecimal", "base64"])
def test_the_same_search_finds_what_is_not_salted(attack, world, form):
    """The control: were there one commitment without a salt among all that, it would be found, and it alone."""
    import base64 as b64
    from hashlib import sha256

    given, sealed, _ = world
    guess = attack.Combination(*TRUE)
    fields = [(name, attack.filled(content, guess)) for name, content in sealed.fields]
    at, where = next((at, one) for at, one in enumerate(fields) if TRUE[0] in one[1])
    content = sha256(attack.filled(sealed.content, guess)).digest()
    leaked = {
        "field": field_commitment(bytes(32), at, *where), "commitment": commit(bytes(32), fields), "content": content,
        "truncated": content[:8], "hexadecimal": content[:16].hex().encode(), "base64": b64.b64encode(content),
    }[form]  # fmt: skip
    hay = given.beside("page", b"\x01" * 77 + leaked + b"\x02" * 5)
    few = attack.Space([b"Tell Zarqon 0001", TRUE[0]], [b"2025-03-01", TRUE[1]], [b"101", b"102", TRUE[2]])
    _, found = attack.whole_attack(hay, sealed, few)
    found += attack.small_attack(hay, sealed, few, few)
    assert found
    assert all(TRUE[0] in one or guess == one for _, one in found)


def test_what_leaves_has_the_same_sizes_whatever_the_sealed_row_says(attack, office, tmp_path_factory):
    """Nothing is told by the number of bytes: a long village and a short one give files of one size."""
    sizes = []
    for name, village in (("short", "A"), ("long", "A village by the long river " * 20)):
        desk = office.Desk(tmp_path_factory.mktemp(name)).init()
        desk.take_in(
            desk.file("sealed.csv", office.as_csv(office.REPORT_COLUMNS, [row_of(village, "2025-03-20", "7")]))
        )
        assert desk.run("log", "export", desk.mission, desk.folder / "log").code == 0
        assert desk.run("exchange", "bundle", desk.mission, desk.folder / "stick").code == 0
        log = {path.name: path.stat().st_size for path in (desk.folder / "log").rglob("*") if path.is_file()}
        sizes.append((log, (desk.folder / "stick").stat().st_size))
    assert sizes[0] == sizes[1]


def test_after_destruction_not_even_its_own_holder_can_find_the_row(attack, office, tmp_path_factory):
    """Not with the mission file, its key file and all combinations: what is left are commitments without salts."""
    desk = office.Desk(tmp_path_factory.mktemp("own")).init()
    desk.reports(*({"when": "2025-03-10", "area": "river_towns", "words": f"{n} heard"} for n in range(50)))
    row = row_of(*(one.decode() for one in TRUE))
    file = desk.file("sealed.csv", office.as_csv(office.REPORT_COLUMNS, [row]))
    desk.take_in(file)
    entry = sealed_id(desk)
    kept = kept_by(desk)
    secrets = json.loads(kept["mission.truceline.key"])
    sealed = sealed_of(attack, office, [], [])
    few = space_of(attack, min(GUESSES, 20_000))
    before, secret = attack.Haystack(kept), bytes.fromhex(secrets["fingerprint_secret"])
    assert before.says([TRUE[0]])
    assert {what for what, _ in attack.keyed_fingerprints(before, sealed, few, secret)} == {"content key", "file key"}
    why = ("--because", "Consent withdrawn.", "--yes")
    ran = desk.run("destroy", desk.mission, entry, "--fields", "when,where,what", *why)
    assert ran.code == 0, ran.err
    kept = kept_by(desk)
    with MissionFile.open(desk.mission) as mission:
        publics = [mission.public_key, *(bytes.fromhex(secrets[name]) for name in ("seed", "fingerprint_secret"))]
        salts, _ = mission.sealed(mission.seq_of(entry))
        publics += [salt for salt in salts if any(salt)]
        sealed = sealed_of(attack, office, [mission.origin], publics)
    hay = attack.Haystack(kept)
    assert hay.says([TRUE[0], TRUE[1]]) == []
    assert attack.small_attack(hay, sealed, space_of(attack, 10_000_000), few) == []
    assert attack.whole_attack(hay, sealed, few)[1] == []
    assert attack.keyed_fingerprints(hay, sealed, few, secret) == []
    assert desk.run("audit", desk.mission).code == 0
