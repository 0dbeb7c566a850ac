"""Scenario 12: a single nurse is the only source of a small town; what she says is for the co-chairs alone.

The record's part of it: her report stays sealed, the other co-chair is told when and what, and nothing that leaves
names her. Her first edition has the minute, and her words, which stand in the field `what` of a row; the second has
the day and no words, and of it the two fields are opened. What small counts tell of her in a public table is a part
of its own.
"""

import contextlib
import os
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from truceline.pipeline.serving import server

DAY = "2025-03-20"
WHY = "She is the only source of a small town."
OTHER = {"source": "patrol", "when": "2025-03-10", "area": "river_towns", "place": "Mill", "words": "heard from afar"}
NURSE = {
    "report_id": "clinic-17", "source": "samira_haddad", "origin": "night_nurse", "when": f"{DAY}T04:17Z",
    "place": "Clinic Lane 3", "area": "river_towns", "lat": "33.512873", "lon": "36.291467", "radius_m": "15",
    "killed_best": "1", "words": "Call Samira on 0955 017342; the shell came through the roof",
}  # fmt: skip
FILE = "samira-clinic-phone.csv"
MINUTES = [f"{DAY}{text}".encode() for text in ("T04:17", " 04:17", "T06:17", " 06:17")]
"""In UTC, and by the theatre's clock."""
SECRETS = [
    b"samira", b"Samira", b"haddad", b"night_nurse", b"0955 01", b"0955017342", b"Clinic Lane", b"33.5128", b"36.2914",
    b"335128730", b"362914670", b"clinic-17", b"phone.csv", b"through the roof", *MINUTES,
]  # fmt: skip
TOLD_AT_SOUTH = (
    ("audit",), ("rebuild",), ("refusals",), ("recalls",), ("acts",), ("releases",), ("rivals",), ("sources",),
    ("evaluate",), ("evaluate", "--view", "shared"), ("ledger", "--from", "2025-03-15", "--to", "2025-03-25"),
    ("ledger", "--from", "2025-03-15", "--to", "2025-03-25", "--view", "shared"), ("clocks",), ("registers",),
    ("destructions",), ("key", "list"), ("log", "head"), ("exchange", "list"), ("exchange", "state"),
)  # fmt: skip


@pytest.fixture(scope="module")
def two(office, tmp_path_factory, nodes) -> Any:
    """North holds her report twice, first with minute and words; the other rows of that mission are a patrol's."""
    folder = tmp_path_factory.mktemp("two")
    made = nodes.Nodes(office, folder, {"north": "north", "south": "south"}).begin()
    north = made.desks["north"]
    north.reports(OTHER)
    for edition, row in (("first-", NURSE), ("", {**NURSE, "when": DAY, "words": ""})):
        table = office.as_csv(office.REPORT_COLUMNS, [{**office.REPORT, **row}])
        [taken] = north.take_in(north.file(edition + FILE, table))["files"]
    assert taken["revised"] == 1, (taken, north.told("refusals"))
    made.carry("south", "north")
    return made


@pytest.fixture(scope="module")
def released(two) -> str:
    """The other co-chair is told when and what; that the rest is withheld, and why, is told openly. The row's id."""
    in_force = "SELECT id FROM report WHERE source_row = 'clinic-17' AND superseded_by IS NULL"
    [[hers]] = two.desks["north"].stored(in_force)
    [[others]] = two.desks["north"].stored("SELECT id FROM submission ORDER BY seq LIMIT 1")
    two.release("north", others)
    two.release("north", hers, to="south", fields="when,what")
    said = ("--to", "south", "--because", WHY, "--fields", "source,where,who,rest", "--withhold", "--by", "co-chair A")
    two.run("north", "release", "--", hers, words=said)
    return str(hers)


@contextlib.contextmanager
def serving(desk: Any) -> Iterator[str]:
    """The address of a desk, open while the block runs."""
    clock = {"now_us": lambda: time.time_ns() // 1000, "now_s": time.monotonic}
    with server(desk.mission, "127.0.0.1", 0, **clock, chance=os.urandom) as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{one.port}"
        finally:
            one.shutdown()
            thread.join()


def answered(url: str) -> bytes:
    """Headers and content of an answer, of an error too."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return str(answer.headers).encode() + answer.read()
    except urllib.error.HTTPError as error:
        return str(error.headers).encode() + error.read()


def files(folder: Any, named: str = "") -> dict[str, bytes]:
    """The files below a folder."""
    return {f"{folder.name} {path.name}": path.read_bytes() for path in folder.rglob(f"{named}*") if path.is_file()}


def left(two: Any, hers: str) -> dict[str, bytes]:
    """What leaves north: bundles, its log, proofs, what was opened, and all that its address answers."""
    given = two.folder / "given"
    given.mkdir()
    [[other]] = two.desks["north"].stored("SELECT id FROM report WHERE source = 'patrol'")
    for name, words in (("south", ("--for", "south")), ("whole", ("--for", "south", "--whole")), ("anyone", ())):
        two.run("north", "exchange", "bundle", "--", str(given / name), words=words)
    two.run("north", "log", "export", "--", str(given / "log"))
    for name, entry in (("other", other), ("hers", hers)):
        two.run("north", "log", "proof", "--", entry, words=("--out", given / f"proof-{name}"))
    opened = ("--field", "when", "--field", "what", "--audience", "internal", "--out", given / "opening")
    two.run("north", "log", "open", "--", hers, words=opened)
    paths = [str(path.relative_to(given / "log")) for path in (given / "log").rglob("*") if path.is_file()]
    with serving(two.desks["north"]) as url:
        told = {f"GET {path}": answered(f"{url}/{path}") for path in (*paths, "", "logs", "policy", hers, FILE)}
        two.run("south", "exchange", "pull", "--", url)
    return {**files(given), **told}


def at_south(two: Any) -> dict[str, bytes]:
    """What south holds and can be told after taking all that: its file, its commands' answers, its bulletin."""
    desk, told = two.desks["south"], {}
    for name in ("south", "whole", "anyone"):
        told[f"accept {name}"] = said(desk.run("exchange", "accept", desk.mission, two.folder / "given" / name))
    for words in TOLD_AT_SOUTH:
        group = 2 if words[0] in ("key", "log", "exchange") else 1
        for form in ((), ("--json",)):
            told[f"south {words} {form}"] = said(desk.run(*words[:group], desk.mission, *words[group:], *form))
    for view in ("own", "shared"):
        for command, out in (("bulletin", "b.html"), ("export", "e.csv"), ("export", "e.geojson")):
            form = ("--format", out.partition(".")[2]) if command == "export" else ()
            page = desk.folder / f"{view}-{out}"
            ran = desk.run(command, desk.mission, "--out", page, "--audience", "internal", "--view", view, *form)
            assert ran.code == 0, ran.err
    return told | files(desk.folder)


def said(ran: Any) -> bytes:
    assert ran.code == 0, (ran.out, ran.err)
    return f"{ran.out}\n{ran.err}".encode()


@pytest.fixture(scope="module")
def world(two, released) -> dict[str, bytes]:
    """Every artefact, by name."""
    return left(two, released) | at_south(two)


def test_no_artefact_holds_her_name_role_phone_place_minute_file_name_or_words(attack, world):
    assert attack.Haystack(world).says(SECRETS) == []
    assert any("-wal" in name or "mission.truceline" in name for name in world)
    print(f"artefacts searched for the nurse: {len(world)}, {sum(map(len, world.values())):,} bytes")


def test_the_search_finds_her_where_she_is(attack, two):
    """The control: at north's own desk each of these words is found."""
    found = {word for _, word in attack.Haystack(files(two.desks["north"].folder)).says(SECRETS)}
    assert found >= {*SECRETS} - {*MINUTES[1:], b"0955017342", b"335128730", b"362914670"}


def test_the_other_co_chair_reads_the_day_and_what_happened(two, world):
    words = ("--indicator", "between_parties", "--area", "river_towns")
    south = two.desks["south"]
    question = "SELECT source, area, lat_e7, killed_best, flags FROM report WHERE seq >= 1 << 40 AND source != 'patrol'"
    [(*row, flags)] = south.stored(question)
    assert row == ["withheld", "", None, 1]
    assert all(f"withheld_{group}" in flags for group in ("source", "where", "who", "rest"))
    cells = {(one["day"], one["high"]) for one in two.told("south", "ledger", words=words)["cells"] if one["high"]}
    assert (DAY, 1) in cells


def test_the_release_log_shows_the_rule_that_was_applied_and_why(two, world):
    for name in two.sides:
        told = two.told(name, "releases")["releases"]
        [withheld] = [one for one in told if one["what"] == "withheld"]
        to = "own" if name == "south" else "south"
        assert (withheld["by"], withheld["because"], withheld["to"]) == ("co-chair A", WHY, [to])
        assert set(withheld["fields"]) == {"source", "where", "who", "rest"}
        [opened] = [one for one in told if set(one["fields"]) == {"when", "what"}]
        assert (opened["what"], opened["entries"]) == ("opened", 1)
        assert WHY in two.run(name, "releases").out


def test_the_shared_view_holds_nothing_of_hers_at_all(two, world):
    two.meet()
    words = ("--indicator", "between_parties", "--view", "shared")
    for name in two.sides:
        assert not any(cell["high"] for cell in two.told(name, "ledger", words=words)["cells"] if cell["day"] == DAY)
    assert len({two.told(name, "exchange", "state")["fingerprint"] for name in two.sides}) == 1


@pytest.mark.parametrize("command", ["bulletin", "export"])
def test_a_page_for_anybody_else_is_refused(two, world, attack, command):
    """No rule of coarsening is made yet, so nothing is written for any audience but the holder's own people."""
    for name in two.sides:
        desk = two.desks[name]
        for audience in ("public", "parties", "south", "co-chairs"):
            page = desk.folder / f"refused-{audience}"
            ran = desk.run(command, desk.mission, "--out", page, "--audience", audience)
            assert (ran.code, page.exists()) == (2, False)
            assert attack.Haystack({"refused": f"{ran.out}\n{ran.err} --------".encode()}).says(SECRETS) == []
