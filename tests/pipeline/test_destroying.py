"""Fields destroyed by a recorded act: gone from every byte of the file, and the record still holds."""

import contextlib
import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from truceline.intake.formats.acled import COLUMNS
from truceline.record.opening import checked, read_opening
from truceline.store.mission_file import MissionFile

NURSE = "a nurse at the clinic behind the Zarqon mill"
DECLARED = {"act": "declaration", "by": "alpha", "at": "2025-03-20", "clock": "seven_quiet_days", "says": "met"}
WHY = "The source is in danger."


def report(n: int, **more: object) -> dict[str, object]:
    return {"report_id": f"r-{n}", "when": "2025-03-20", "area": "river_towns", "words": f"{n} shells heard", **more}


@pytest.fixture
def held(desk):
    desk.init()
    rows = [report(n, place=f"place {n}" * 20, killed_best=n % 5) for n in range(400)]
    rows[200] |= {"place": "Zarqonmill", "words": NURSE, "killed_best": 17}
    desk.reports(*rows)
    desk.watched("2025-03-15", "2025-03-20")
    return desk


def id_of(desk, words: str = NURSE) -> str:
    return desk.stored("SELECT id FROM report WHERE words = ?", words)[0][0]


def destroy(desk, *entries: str, fields: str = "where,what,rest", **more: str):
    options = [word for name, value in more.items() for word in (f"--{name}", value)]
    return desk.run("destroy", desk.mission, *entries, "--fields", fields, "--because", WHY, "--yes", *options)


def kept_bytes(desk) -> dict[str, bytes]:
    """Every file of the mission, whatever SQLite keeps beside it."""
    return {path.name: path.read_bytes() for path in desk.folder.glob(f"{desk.mission.name}*")}


def secrets_of(desk, entry: str) -> dict[str, bytes]:
    """What opens an entry: its secret, and the salt of each of its fields."""
    with MissionFile.open(desk.mission) as mission:
        seq = mission.seq_of(entry)
        salts, fields = mission.sealed(seq)
    [[secret]] = desk.stored("SELECT secret FROM payload WHERE log = 1 AND seq = ?", seq)
    return {"secret": secret} | {name: salt for salt, (name, _) in zip(salts, fields, strict=True)}


def holds(desk):
    told = desk.run("audit", desk.mission, "--json").json()
    assert told["faults"] == []
    assert desk.run("rebuild", desk.mission, "--json").json()["same"]
    return told


def test_no_byte_of_the_file_keeps_the_words_the_salts_or_the_secret(held):
    entry = id_of(held)
    before = secrets_of(held, entry)
    [[blob]] = held.stored("SELECT bytes FROM blob ORDER BY length(bytes) DESC LIMIT 1")
    [[fingerprint, content]] = held.stored(
        "SELECT row_key, content FROM held_row WHERE seq = (SELECT seq FROM report WHERE id = ?)", entry
    )
    words = {
        "words": NURSE.encode(), "place": b"Zarqonmill", "secret": before["secret"], "content": content,
        "salt of where": before["where"], "salt of what": before["what"], "salt of rest": before["rest"],
        "file": blob[64:96], "end of the file": blob[-40:],
    }  # fmt: skip
    assert all(any(word in found for found in kept_bytes(held).values()) for word in (NURSE.encode(), content))
    told = destroy(held, entry[:16])
    assert (told.code, "1 kept files went" in told.out) == (0, True), told.err
    for name, found in kept_bytes(held).items():
        assert [what for what, word in words.items() if word in found] == [], name
    assert any(fingerprint in found for found in kept_bytes(held).values())  # of the row's own id, which stays
    assert any(b"199 shells heard" in found for found in kept_bytes(held).values())


def test_the_audit_passes_and_says_how_much_which_act_destroyed(held):
    ran = destroy(held, id_of(held))
    assert "Destroyed 3 fields of 1 entries" in ran.out
    told = holds(held)
    [one] = told["destroyed"]
    assert (one["entries"], one["fields"]) == (2, 5)  # the row, and of its submission the file's salt and the counts
    [act] = held.told("destructions")["destructions"]
    assert (act["id"], act["names"], act["because"]) == (one["act"], ["where", "what", "rest"], WHY)
    assert f"Destroyed by the act {one['act'][:16]}" in held.printed("audit")


def test_a_field_that_stays_still_proves_and_a_destroyed_one_says_so(held):
    entry = id_of(held)
    destroy(held, entry)
    out = held.folder / "opened"
    words = ("--audience", "internal", "--out", out)
    assert held.run("log", "open", held.mission, entry, "--field", "when", *words).code == 0
    opening = read_opening(out.read_bytes())
    checked(opening)
    assert [field.name for field in opening.opened] == ["when"]
    ran = held.run("log", "open", held.mission, entry, "--field", "what", *words)
    assert (ran.code, "what: destroyed; only the commitment is left" in ran.err) == (2, True)
    assert "source, when, who" in ran.err
    assert held.run("log", "proof", held.mission, entry, "--out", out).code == 0


def test_the_row_is_shown_as_destroyed_and_read_by_what_is_left(held):
    entry = id_of(held)
    destroy(held, entry)
    question = "SELECT words, place, killed_best, flags FROM report WHERE id = ?"
    [[words, place, killed, flags]] = held.stored(question, entry)
    assert (words, place, killed) == ("", "", None)
    assert flags == '["destroyed_where","destroyed_what","destroyed_rest"]'
    [[rows, killed]] = held.stored("SELECT rows, killed_best FROM submission WHERE reports = 400")
    assert (rows, killed) == (400, None)  # a sum less the others would tell the one that went


def test_a_row_whose_date_is_gone_is_refused_by_the_act_and_not_counted(held):
    entry = id_of(held)
    ran = destroy(held, entry, fields="when,where,what,rest")
    assert "1 rows say too little now" in ran.out
    [refused] = held.told("refusals")["refusals"]
    assert refused["reason"].startswith("It was destroyed by the act ")
    assert held.stored("SELECT count(*) FROM report") == [(399,)]
    holds(held)


def test_more_of_the_same_entry_can_be_destroyed_by_a_later_act(held):
    entry = id_of(held)
    destroy(held, entry, fields="where")
    assert destroy(held, entry, fields="where").code == 2
    assert "Destroyed 1 fields" in destroy(held, entry, fields="what,where").out
    assert len(holds(held)["destroyed"]) == 2


def test_a_whole_submission_is_destroyed_by_its_id_damaged_rows_too(desk):
    desk.init()
    whole = "a,patrol,2025-03-20,shelling,N,F,Zarqon"
    desk.take_in(desk.file("r.csv", f'report_id,source,when,kind,side_a,side_b,words\n{whole}\n"b,patrol,Zarqon'))
    [[submission]] = desk.stored("SELECT id FROM submission")
    assert desk.stored("SELECT count(*) FROM refusal") == [(1,)]
    assert destroy(desk, submission, fields="what,rest").code == 0
    assert all(b"Zarqon" not in found for found in kept_bytes(desk).values())
    holds(desk)


def test_a_revision_whose_words_are_gone_still_takes_the_place_of_the_older_row(desk):
    desk.init()
    desk.reports({"report_id": "a", "when": "2025-03-20", "words": "first"})
    desk.reports({"report_id": "a", "when": "2025-03-21", "words": "second"})
    destroy(desk, id_of(desk, "second"), fields="when,what")
    assert desk.stored("SELECT count(*) FROM report WHERE superseded_by IS NULL") == [(0,)]
    holds(desk)


def test_a_row_that_comes_again_under_its_own_id_is_a_revision_not_a_second_report(held):
    entry = id_of(held)
    [file] = held.folder.glob("reports-*.csv")
    destroy(held, entry)
    [told] = held.take_in(file)["files"]
    assert (told["reports"], told["revised"], told["already_held"]) == (0, 1, 399)
    holds(held)


def test_a_recalled_report_stays_out_of_force_when_its_own_id_is_gone(desk):
    desk.init()
    event = {
        "event_id_cnty": "NOR1", "event_date": "2025-03-20", "time_precision": "1", "event_type": "Battles",
        "sub_event_type": "Grenade", "actor1": "Northern Army", "latitude": "36.5", "longitude": "37.25",
        "geo_precision": "1", "fatalities": "2",
    }  # fmt: skip
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(COLUMNS), restval="")
    table.writeheader()
    table.writerow(event)
    desk.take_in(desk.file("a.csv", text.getvalue()))
    deleted = {"success": True, "data": [{"event_id_cnty": "NOR1", "deleted_timestamp": 1741132800}]}
    desk.take_in(desk.file("d.json", json.dumps(deleted)))
    [[entry]] = desk.stored("SELECT id FROM report")
    [[recall, seq]] = desk.stored("SELECT id, seq FROM recall")
    ran = destroy(desk, entry, fields="source,where,rest")
    assert ran.code == 0, ran.err
    assert desk.stored("SELECT superseded_by FROM report") in ([(seq,)], [])
    holds(desk)
    ran = destroy(desk, recall, fields="source")
    assert (ran.code, "takes a report back" in ran.err) == (2, True)


def test_of_an_act_the_reasons_go_with_the_words_as_they_were_written(held):
    act = held.act(**DECLARED, because=f"So says {NURSE}.")
    destroy(held, id_of(held))
    assert destroy(held, act["id"], fields="because").code == 0
    assert all(NURSE.encode() not in found for found in kept_bytes(held).values())
    [told] = held.told("acts")["acts"]
    assert (told["id"], told["by"]) == (act["id"], "alpha")
    assert destroy(held, act["id"], fields="matter").code == 0
    assert held.told("acts")["acts"] == []
    holds(held)


def test_what_takes_the_place_of_another_act_keeps_its_matter(held):
    first = held.act(**DECLARED, because="So.")
    second = held.act(act="withdrawal", by="alpha", at="2025-03-21", of=first["id"][:16], because="No.")
    ran = destroy(held, second["id"], fields="matter")
    assert (ran.code, "takes the place of another act" in ran.err) == (2, True)
    assert destroy(held, second["id"], fields="because").code == 0
    assert held.told("acts")["acts"][-1]["id"] == second["id"]
    holds(held)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--fields", "when", "--because", "x"), "Nothing is named"),
        (("ffff0000", "--fields", "when", "--because", "x"), "names no entry"),
        (("ID", "--because", "x"), "Nothing is named"),
        (("ID", "--fields", "colour", "--because", "x"), "has no field colour"),
        (("ID", "--fields", "when"), "needs a reason"),
        (("AGREEMENT", "--fields", "about", "--because", "x"), "of the kind agreement"),
        (("ID", "--fields", "when", "--because", "x", "--of", "north"), "no holder 'north'"),
    ],
)
def test_what_cannot_be_destroyed_is_refused_and_nothing_is_entered(held, words, said):
    names = {"ID": id_of(held), "AGREEMENT": held.stored("SELECT id FROM agreement")[0][0]}
    before = held.stored("SELECT count(*) FROM entry")
    ran = held.run("destroy", held.mission, *(names.get(word, word) for word in words), "--yes")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert held.stored("SELECT count(*) FROM entry") == before


def test_nothing_goes_unasked(held):
    ran = held.run("destroy", held.mission, id_of(held), "--fields", "when", "--because", WHY)
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert held.told("destructions")["destructions"] == []


def test_while_another_process_reads_old_pages_stay_and_it_is_said(held):
    entry = id_of(held)
    with contextlib.closing(sqlite3.connect(held.mission)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entry").fetchone()
        ran = destroy(held, entry)
        assert (ran.code, "--sweep" in ran.out) == (1, True)
    ran = held.run("destroy", held.mission, "--sweep")
    assert ran.code == 0, ran.err
    assert all(NURSE.encode() not in found for found in kept_bytes(held).values())
    holds(held)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payload SET secret = NULL, salts = zeroblob(192)",
        "UPDATE payload SET fields = x'90' WHERE seq = (SELECT min(seq) FROM destruction)",
        "UPDATE payload SET secret = zeroblob(32) WHERE seq = (SELECT min(seq) FROM destruction)",
        "DELETE FROM payload WHERE secret NOT NULL",
        "DELETE FROM destruction",
        "UPDATE destruction SET act = act + 1",
        "DELETE FROM blob",
        "UPDATE blob SET bytes = x'00'",
    ],
)
def test_an_ordinary_change_is_refused_before_and_after_a_destruction(held, change):
    with contextlib.closing(sqlite3.connect(held.mission)) as raw:
        if " destruction" not in change:
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                raw.execute(change)
            raw.rollback()
    destroy(held, id_of(held))
    with (
        contextlib.closing(sqlite3.connect(held.mission)) as raw,
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
    ):
        raw.execute(change)
    holds(held)


def unguarded(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        raw.execute(f'DROP TRIGGER "{name}"')
    return raw


def faults(desk) -> set[tuple[int | None, str]]:
    with MissionFile.open(desk.mission) as mission:
        return {(fault.seq, fault.what) for fault in mission.audit() if fault.what != "guard"}


def test_words_that_went_without_a_signed_act_are_named(held):
    """As somebody would do it who has the file and SQL, but not the key."""
    entry = id_of(held)
    raw = unguarded(held.mission)
    with MissionFile.open(held.mission) as mission:
        seq = mission.seq_of(entry)
    with MissionFile.open(held.mission, write=True) as mission:
        mission.destroying.destroy(seq, {"what"}, 2)
    assert (seq, "destruction") in faults(held)
    raw.execute("UPDATE destruction SET act = 0")
    assert (seq, "destruction") in faults(held)
    raw.execute("DELETE FROM destruction")
    assert (seq, "payload") in faults(held)
    raw.close()


def test_more_than_the_act_says_less_than_it_says_and_other_commitments_are_named(held):
    entry = id_of(held)
    destroy(held, entry, fields="what")
    with MissionFile.open(held.mission) as mission:
        seq = mission.seq_of(entry)
        act = next(one.act for one in mission.destroying.all() if one.seq == seq)
    raw = unguarded(held.mission)
    assert faults(held) == set()
    raw.execute("UPDATE destruction SET act = 0 WHERE seq = ?", (seq,))
    assert (seq, "destruction") in faults(held)
    raw.execute("UPDATE destruction SET act = ? WHERE seq = ?", (act, seq))
    [[commitments]] = raw.execute("SELECT commitments FROM destruction WHERE seq = ?", (seq,)).fetchall()
    for at in (0, 9, len(commitments) - 1):
        other = commitments[:at] + bytes([commitments[at] ^ 4]) + commitments[at + 1 :]
        raw.execute("UPDATE destruction SET commitments = ? WHERE seq = ?", (other, seq))
        assert (seq, "payload") in faults(held)
    raw.execute("UPDATE destruction SET commitments = ? WHERE seq = ?", (commitments, seq))
    for positions in (b"", b"\x90", b"\x91\xcd\x00\xff", b"\x91\x00", b"\xc1"):
        raw.execute("UPDATE destruction SET positions = ? WHERE seq = ?", (positions, seq))
        assert faults(held), positions
    raw.execute("DELETE FROM destruction WHERE seq = ?", (seq,))
    assert {(seq, "payload"), (seq, "destruction")} <= faults(held)
    raw.close()


def test_a_table_with_the_row_gone_reads_as_any_other(held):
    """Exports hold what is left, and no more."""
    destroy(held, id_of(held))
    out = held.folder / "reports.csv"
    assert held.run("export", held.mission, "--out", out, "--audience", "internal").code in (0, 2)
    if out.is_file():
        rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
        assert len(rows) == 400
        assert not [row for row in rows if NURSE in row.values()]


def test_it_is_said_where_the_same_words_also_stand(held):
    held.reports({"report_id": "other", "when": "2025-03-21", "words": NURSE})
    other = held.stored("SELECT id FROM report WHERE source_row = 'other'")[0][0]
    first = held.stored("SELECT id FROM report WHERE words = ? ORDER BY seq", NURSE)[0][0]
    told = held.run("destroy", held.mission, first, "--fields", "what,rest", "--because", WHY, "--yes", "--json").json()
    assert told["beyond"]["entries"] == [other]
    [file] = told["beyond"]["files"]
    assert file.startswith("reports-")
    assert told["beyond"]["opened_to"] == []
    ran = destroy(held, other)
    assert "The same words also stand" not in ran.out
    assert all(NURSE.encode() not in found for found in kept_bytes(held).values())


def test_what_another_holder_opened_is_destroyed_by_an_act_of_the_own_log(office, tmp_path):
    desks = []
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        desks.append(office.Desk(tmp_path / name).init())
    north, south = desks
    north.reports(report(1, words=NURSE))
    for giver, taker, name in ((north, south, "north"), (south, north, "south")):
        key = giver.run("log", "head", giver.mission, "--json").json()["key"]
        assert taker.run("exchange", "add", taker.mission, name, "--key", key).code == 0
    stick = tmp_path / "stick"
    for giver, taker, name in ((south, north, "north"), (north, south, "south")):
        assert giver.run("exchange", "bundle", giver.mission, stick, "--for", name).code == 0
        assert taker.run("exchange", "accept", taker.mission, stick).code == 0
    entry = id_of(north)
    given = ("release", north.mission, entry, "--to", "south", "--because", "They asked.")
    assert north.run(*given).code == 0
    assert north.run("exchange", "bundle", north.mission, stick, "--for", "south").code == 0
    assert south.run("exchange", "accept", south.mission, stick).code == 0
    assert any(NURSE.encode() in found for found in kept_bytes(south).values())
    ran = destroy(south, entry[:16], fields="what,rest", of="north")
    assert ran.code == 0, ran.err
    assert all(NURSE.encode() not in found for found in kept_bytes(south).values())
    assert south.run("exchange", "accept", south.mission, stick).code == 0  # the stick still holds it
    assert all(NURSE.encode() not in found for found in kept_bytes(south).values())
    holds(south)
    ran = destroy(north, entry, fields="what,rest")
    assert "Opened before to: south. What they hold cannot be called back." in ran.out
    holds(north)


@pytest.mark.parametrize("group", ["source", "where", "who", "what", "rest"])
def test_destroying_a_field_makes_no_day_quiet(desk, group):
    desk.init()
    desk.watched("2025-03-15", "2025-03-20")
    desk.reports(report(1, killed_best=3), report(2, when="2025-03-19", source="ngo"))
    assert desk.cell("between_parties", "river_towns", "2025-03-20")["verdict"] == "not_quiet"
    entry = id_of(desk, "1 shells heard")
    assert destroy(desk, entry, fields=group).code == 0
    assert desk.cell("between_parties", "river_towns", "2025-03-20")["verdict"] in ("not_quiet", "cannot_tell")
    holds(desk)


@pytest.mark.parametrize("group", ["when", "where", "what"])
def test_coverage_whose_area_is_gone_is_not_coverage_of_everything(desk, group):
    desk.init()
    desk.watched("2025-03-15", "2025-03-20", "river_towns")
    assert desk.cell("between_parties", "river_towns", "2025-03-20")["verdict"] == "quiet"
    [[entry]] = desk.stored("SELECT id FROM coverage WHERE source = 'ngo'")
    assert destroy(desk, entry, fields=group).code == 0
    cells = desk.cells("between_parties", "--from", "2025-03-20", "--to", "2025-03-20")
    assert {cell["verdict"] for cell in cells.values()} == {"cannot_tell"}
    holds(desk)
