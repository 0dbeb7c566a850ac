"""Opening entries to another holder, on real nodes: what each can read, what stays sealed, what cannot be undone."""

import contextlib
import sqlite3
import threading
import time

import pytest

from truceline.pipeline.serving import server

WORDS = "three shells on the mill by the river"
SECRET = "seen from the house of the teacher"


@pytest.fixture
def two(holders):
    """North has three reports of one village, each holder has the other's sealing key."""
    made = holders(north="north", south="south")
    made.desks["north"].reports(
        *({"when": "2025-03-20", "area": "river_towns", "place": "Mill", "words": f"{WORDS} {n}"} for n in range(3))
    )
    made.carry("south", "north")
    return made


def given(nodes, name, giver):
    """What a desk was given of another's log: (seq, field) to content, as the file keeps it."""
    from truceline.store.mission_file import MissionFile

    with MissionFile.open(nodes.desks[name].mission) as mission:
        log = next(peer.log for peer in mission.others.peers() if peer.name == giver)
        opened = mission.releasing.given(log, 0, 1 << 40)
        return {(one.seq, field): content for one in opened for _, field, _, content in one.opened}


def kinds(nodes, name, giver):
    return {field for _, field in given(nodes, name, giver)}


def rows_of(nodes, name):
    """The ids of the rows of a desk, and of the submission they came with."""
    rows = nodes.desks[name].stored("SELECT id FROM report ORDER BY seq")
    [(submission,)] = nodes.desks[name].stored("SELECT id FROM submission")
    return [row for (row,) in rows], submission


def test_without_a_release_the_other_holder_reads_only_how_the_exchange_is_run(two):
    two.carry("north", "south")
    assert kinds(two, "south", "north") == {"exchange", "what"}  # who was added, and the sealing key


def test_named_fields_of_a_whole_submission_arrive_and_the_others_stay_sealed(two):
    _, submission = rows_of(two, "north")
    told = two.release("north", submission, to="south", fields="when,where")
    opened = {one["field"]: one["opened"] for one in told["fields"] if one["opened"]}
    sealed = {one["field"]: one["sealed"] for one in told["fields"] if one["sealed"]}
    assert (opened, sealed["what"], len(told["ids"])) == (
        {"when": 3, "where": 3, "about": 1, "numbers": 1}, 3, 2,
    )  # fmt: skip
    two.carry("north", "south")
    read = given(two, "south", "north")
    assert {b"Mill" in content for (_, field), content in read.items() if field == "where"} == {True}
    assert {"when", "where", "about", "layout"} <= kinds(two, "south", "north")
    assert not {"source", "rest", "raw", "blob", "blob_salt", "counts"} & kinds(two, "south", "north")
    assert not any(WORDS.encode() in content for content in read.values())
    for desk in two.desks.values():
        assert desk.run("audit", desk.mission).code == 0
        assert "the same" in desk.run("rebuild", desk.mission).out


def test_more_can_be_opened_later_and_comes_as_more_of_the_same_entry(two):
    rows, _ = rows_of(two, "north")
    two.release("north", rows[0][:12], to="south", fields="where")
    two.carry("north", "south")
    before = given(two, "south", "north")
    two.release("north", rows[0][:12], to="south")
    two.carry("north", "south")
    after = given(two, "south", "north")
    [at] = {seq for seq, field in before if field == "where"}
    assert before.items() <= after.items()
    assert {field for seq, field in after if seq == at} == {"source", "when", "where", "who", "what", "rest"}


def test_what_is_opened_to_one_holder_is_not_read_by_a_third_who_carries_it(holders):
    three = holders(north="north", south="south", east="east")
    three.desks["north"].reports({"when": "2025-03-20", "area": "river_towns", "words": SECRET})
    three.meet()
    three.release("north", to="south")
    three.carry("north", "east")
    three.carry("east", "south")
    for name in ("east", "south"):
        assert not any(SECRET.encode() in content for content in given(three, name, "north").values())
    assert three.told("south", "releases")["not_come"] == {}
    [waiting] = three.told("south", "releases")["releases"]
    assert waiting["entries"] > waiting["waiting"] > 0  # how the exchange is run was read before
    assert "not come yet" in three.run("south", "releases").out
    three.carry("north", "south")  # the entries are there; what was opened is sent all the same
    assert any(SECRET.encode() in content for content in given(three, "south", "north").values())
    assert not any(SECRET.encode() in content for content in given(three, "east", "north").values())
    assert three.told("south", "releases")["releases"][0]["waiting"] == 0


def test_what_is_opened_to_all_is_passed_on_by_whoever_has_it(holders):
    three = holders(north="north", south="south", east="east")
    three.desks["north"].reports({"when": "2025-03-20", "area": "river_towns", "words": SECRET})
    three.meet()
    three.release("north")
    three.carry("north", "south")
    three.carry("south", "east")
    assert any(SECRET.encode() in content for content in given(three, "east", "north").values())


def test_a_stick_that_is_lost_tells_nothing(two):
    two.release("north", to="south")
    for stick in (two.carry("north", "south"), two.carry("south", "north")):
        content = stick.read_bytes()
        for word in (WORDS, "Mill", "patrol", "Northern Army", "2025-03-20", "reports-0.csv", "river_towns", "agreed"):
            assert word.encode() not in content
    folder = two.folder / "anybody"
    two.run("north", "exchange", "bundle", "--", str(folder))
    assert b"O" + bytes(1) not in folder.read_bytes()[:40] and WORDS.encode() not in folder.read_bytes()


def test_an_exported_log_holds_nothing_of_what_was_released(two):
    two.release("north")
    folder = two.folder / "export"
    two.run("north", "log", "export", "--", str(folder))
    content = b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())
    assert WORDS.encode() not in content and b"agreed" not in content


def test_a_preview_enters_nothing_and_warns(two):
    before = two.desks["north"].stored("SELECT max(seq) FROM entry WHERE log = 1")
    ran = two.run("north", "release", words=("--all", "--to", "south", "--because", "b", "--preview"))
    assert "cannot be taken back" in ran.out and "Would be opened" in ran.out
    assert two.desks["north"].stored("SELECT max(seq) FROM entry WHERE log = 1") == before


def test_withheld_is_said_openly_with_the_reason_and_opens_nothing(two):
    rows, _ = rows_of(two, "north")
    two.run(
        "north", "release", "--", rows[1], words=("--to", "south", "--because", "a witness is at risk", "--withhold")
    )
    two.carry("north", "south")
    [told] = two.told("south", "releases")["releases"]
    assert (told["what"], told["because"], told["waiting"]) == ("withheld", "a witness is at risk", 0)
    assert not any(WORDS.encode() in content for content in given(two, "south", "north").values())
    assert "withheld" in two.run("south", "releases").out


def test_a_release_is_signed_by_the_person_who_decided_it(two):
    two.run("north", "key", "new", words=("--label", "head of mission", "--no-passphrase"))
    [key] = two.told("north", "key", "list")["keys"]
    two.release("north", to="south", sign="head of mission")
    two.carry("north", "south")
    [(body,)] = two.desks["south"].stored('SELECT body FROM entry WHERE log = 2 AND instr(body, \'"kind":"release"\')')
    assert key["key"].encode() in body
    assert two.run("south", "audit").code == 0


def test_once_sealed_waits_for_the_others_cosignature(two):
    said = ("--all", "--to", "south", "--because", "b", "--once-sealed", "south")
    words = ("release", two.desks["north"].mission, *said)
    ran = two.desks["north"].run(*words)
    assert (ran.code, "has cosigned this log up to 0" in ran.err) == (2, True)
    two.carry("north", "south")
    two.carry("south", "north")
    assert two.desks["north"].run(*words).code == 0
    two.desks["north"].reports({"when": "2025-03-22", "area": "river_towns", "words": "a new one"})
    ran = two.desks["north"].run(*words)
    assert (ran.code, "Exchange bundles first" in ran.err) == (2, True)


def test_what_was_sealed_before_ours_was_opened_is_told_apart(two):
    """South's first report is held by North, under a signed head, before North opens anything; the second is not."""
    south = two.desks["south"]
    south.reports({"when": "2025-03-20", "area": "river_towns", "words": "one"})
    two.carry("south", "north")
    two.release("north", *rows_of(two, "north")[0], to="south")
    south.reports({"when": "2025-03-21", "area": "river_towns", "words": "two"})
    two.carry("north", "south")
    south.reports({"when": "2025-03-22", "area": "river_towns", "words": "three"})
    two.release("south", *(row for (row,) in south.stored("SELECT id FROM report WHERE seq < 1 << 34")), to="north")
    two.carry("south", "north")
    [theirs] = [one for one in two.told("north", "releases")["releases"] if one["log"] == "south"]
    assert theirs["entries"] == 3
    [first] = theirs["sealed_first"]
    assert (first["proven"], first["said"]) == (1, 2)
    assert "1 entries, proven; 2 by their author's word" in two.run("north", "releases").out


def test_names_and_ids_that_are_not_there_are_refused_with_the_mend(two):
    north = two.desks["north"]
    for words, said in (
        (("--all", "--to", "west"), "no holder 'west'"),
        (("--to", "south"), "No entry is named"),
        (("ffff", "--to", "south"), "is no entry"),
        (("--all", "--to", "south", "--fields", "moon"), "has moon"),
        (("--since", "999", "--to", "south"), "The record has"),
    ):
        ran = north.run("release", north.mission, *words, "--because", "b")
        assert (ran.code, said in ran.err) == (2, True), ran.err


def test_what_was_opened_and_then_changed_in_the_file_is_named_by_the_audit(two, tmp_path):
    """Any bit of commitments or openings, and the entry, part or moment under which they are filed."""
    from random import Random

    from truceline.store.mission_file import MissionFile

    two.release("north", to="south")
    two.carry("north", "south")
    mission, copy, chance = two.desks["south"].mission, tmp_path / "copy", Random(5)
    for column in ("commitments", "opened", "seq", "part", "at", "log") * 25:
        copy.write_bytes(mission.read_bytes())
        (tmp_path / "copy.key").write_bytes(mission.with_name(mission.name + ".key").read_bytes())
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("DROP TRIGGER given_no_update")
            # When what only says how the exchange is run came is told by no entry: that column is not held there.
            some = 'WHERE seq IN (SELECT seq FROM entry WHERE log = 2 AND instr(body, \'"kind":"row"\'))'
            question = f"SELECT rowid, {column} FROM given {some if column == 'at' else ''}"
            rows = connection.execute(question).fetchall()
            row, value = chance.choice(rows)
            if isinstance(value, bytes):
                at = chance.randrange(len(value))
                other = value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
            else:
                other = value + chance.choice((-1, 1, 1000))
            with contextlib.suppress(sqlite3.IntegrityError):  # another row is there already
                connection.execute(f"UPDATE given SET {column} = ? WHERE rowid = ?", (other, row))
            changed = connection.execute(f"SELECT {column} FROM given WHERE rowid = ?", (row,)).fetchone()[0] == other
        with MissionFile.open(copy) as opened:
            faults = [fault.what for fault in opened.audit() if fault.what != "guard"]
        assert not changed or faults, (column, value, other)


def test_what_was_destroyed_here_does_not_come_back(two):
    two.release("north", to="south")
    stick = two.carry("north", "south")
    seq, entry_id = two.desks["south"].stored(
        'SELECT seq, lower(hex(leaf)) FROM entry WHERE log = 2 AND instr(body, \'"kind":"row"\')'
    )[0]
    two.run("south", "destroy", "--", entry_id, words=("--fields", "what", "--of", "north", "--because", "b", "--yes"))
    assert (seq, "what") not in given(two, "south", "north")
    two.run("south", "exchange", "accept", "--", str(stick))
    two.run("north", "exchange", "bundle", "--", str(two.folder / "again"), words=("--for", "south", "--whole"))
    two.run("south", "exchange", "accept", "--", str(two.folder / "again"))
    assert (seq, "what") not in given(two, "south", "north")
    assert two.run("south", "audit").code == 0


# By HTTP


@contextlib.contextmanager
def served(desk):
    """The address at which a desk answers."""
    clock = {"now_us": lambda: time.time_ns() // 1000, "now_s": time.monotonic, "chance": lambda n: bytes(n)}
    with server(desk.mission, "127.0.0.1", 0, **clock) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{running.port}"
        finally:
            running.shutdown()


def test_what_is_released_comes_with_a_pull_and_is_not_fetched_twice(two):
    two.release("north", to="south")
    with served(two.desks["north"]) as url:
        first = two.told("south", "exchange", "pull", "--", url)["logs"]
        again = two.told("south", "exchange", "pull", "--", url)["logs"]
    north = [next(log for log in logs if log["name"] == "north") for logs in (first, again)]
    assert [(log["opened"] > 3, log["refused"]) for log in north] == [(True, ""), (False, "")]
    assert any(WORDS.encode() in content for content in given(two, "south", "north").values())
    assert two.run("south", "audit").code == 0


def test_what_is_released_after_the_entries_came_comes_with_the_next_pull(two):
    two.carry("north", "south")
    two.release("north", to="south")
    with served(two.desks["north"]) as url:
        two.run("south", "exchange", "pull", "--", url)
    assert any(WORDS.encode() in content for content in given(two, "south", "north").values())


def test_what_is_released_goes_with_a_push(two):
    two.release("north", to="south")
    with served(two.desks["south"]) as url:
        told = two.told("north", "exchange", "push", "--", url)
    assert next(log for log in told["sent"] if log["name"] == "own")["opened"] > 3
    assert next(log for log in told["there"] if log["name"] == "north")["refused"] == ""
    assert any(WORDS.encode() in content for content in given(two, "south", "north").values())


def test_no_answer_holds_a_released_word_in_clear(two):
    """Whoever asks for the packets of another gets them, and can do nothing with them."""
    from hashlib import sha256
    from urllib.error import HTTPError
    from urllib.request import urlopen

    two.release("north", to="south")
    holder, origins = two.desks["north"], {}
    for name, desk in two.desks.items():
        [(origins[name],)] = desk.stored("SELECT origin FROM log WHERE id = 1")
    of = {name: sha256(origin.encode()).hexdigest()[:16] for name, origin in origins.items()}
    with served(holder) as url:
        size = two.told("north", "log", "head")["size"]
        got = b""
        for number in range(2):
            got += urlopen(f"{url}/log/{of['north']}/openings/{of['south']}/0/{size}/{number}").read()
        for path in (f"{of['south']}/0/{size}/99", f"{'0' * 16}/0/{size}/0", f"{of['south']}/x/{size}/0", "../key"):
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"{url}/log/{of['north']}/openings/{path}")
    assert len(got) > 4_096
    for word in (WORDS, "Mill", "patrol", "agreed"):
        assert word.encode() not in got
