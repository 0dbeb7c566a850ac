"""The log given away: as files, as a proof, as an opening; and audited by a stranger."""

import json
import shutil

import pytest

from truceline.record.opening import checked, read_opening
from truceline.record.proof_file import read_proof_file

SAID = "three shells on the mill by the river"


@pytest.fixture
def held(desk):
    desk.init()
    desk.reports(*({"when": "2025-03-20", "area": "river_towns", "words": f"{SAID} {n}"} for n in range(300)))
    desk.act(act="declaration", by="alpha", at="2025-03-20T10:00", clock="seven_quiet_days", says="met", because="So.")
    return desk


def export(desk, folder="log"):
    return desk.run("log", "export", desk.mission, desk.folder / folder, "--json")


def key_of(desk):
    return desk.run("log", "head", desk.mission, "--json").json()["key"]


def test_an_exported_log_holds_commitments_and_no_word(held):
    assert export(held).json()["files"] > 4
    content = b"".join(path.read_bytes() for path in (held.folder / "log").rglob("*") if path.is_file())
    for word in (SAID, "river_towns", "patrol", "Northern Army", "2025-03-20", "alpha"):
        assert word.encode() not in content


def test_a_log_that_has_grown_is_exported_by_what_is_new(held):
    before = export(held).json()
    held.reports({"when": "2025-03-21", "area": "river_towns"})
    after = export(held).json()
    assert (after["before"], after["files"] < before["files"]) == (before["size"], True)
    again = export(held, "anew").json()
    assert again["size"] == after["size"]
    anew = {path.relative_to(held.folder / "anew") for path in (held.folder / "anew").rglob("*") if path.is_file()}
    for name in anew:
        assert (held.folder / "anew" / name).read_bytes() == (held.folder / "log" / name).read_bytes()
    assert held.run("audit", held.folder / "log", "--key", key_of(held)).code == 0


def test_every_file_that_was_changed_is_named_by_the_audit(held):
    export(held)
    folder, key = held.folder / "log", key_of(held)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        path.write_bytes(whole[:70] + bytes([whole[70] ^ 1]) + whole[71:] if len(whole) > 70 else whole + b"\0")
        ran = held.run("audit", folder, "--key", key)
        assert ran.code in (1, 2), path
        path.unlink()
        assert held.run("audit", folder, "--key", key).code in (1, 2), path
        path.write_bytes(whole)
    told = held.run("audit", folder, "--key", key, "--json").json()
    assert (told["faults"], told["signed"]) == ([], True)
    assert held.run("audit", folder, "--json").json()["signed"] is False


def test_the_key_of_another_log_is_refused(held, office, tmp_path_factory):
    export(held)
    other = office.Desk(tmp_path_factory.mktemp("other")).init()
    ran = held.run("audit", held.folder / "log", "--key", key_of(other))
    assert (ran.code, "that of" in ran.err) == (2, True)
    name = key_of(held).partition("+")[0]
    assert held.run("audit", held.folder / "log", "--key", f"{name}+00000000+AAAA").code == 2


def test_a_folder_of_something_else_is_never_written_into(held, office, tmp_path_factory):
    other = office.Desk(tmp_path_factory.mktemp("other")).init()
    export(other)
    shutil.copytree(other.folder / "log", held.folder / "log")
    ran = export(held)
    assert (ran.code, "holds the log" in ran.err) == (2, True)
    (held.folder / "papers").mkdir()
    (held.folder / "papers" / "letter.txt").write_text("Dear colleague")
    assert export(held, "papers").code == 2
    assert [path.name for path in (held.folder / "papers").iterdir()] == ["letter.txt"]


def test_another_history_under_the_same_key_is_not_written_over_the_first(held):
    shutil.copy(held.mission, held.folder / "before")
    held.reports({"when": "2025-03-21", "area": "river_towns"})
    export(held)
    shutil.copy(held.folder / "before", held.mission)
    for end in ("-wal", "-shm"):
        held.mission.with_name(held.mission.name + end).unlink(missing_ok=True)
    held.reports({"when": "2025-03-22", "area": "river_towns"})
    ran = export(held)
    assert (ran.code, "another history" in ran.err) == (2, True)


def test_a_proof_and_an_opening_are_written_and_hold(held):
    act = held.run("acts", held.mission, "--json").json()["acts"][0]["id"]
    proof, opening = held.folder / "a.tlog-proof", held.folder / "opening.json"
    assert held.run("log", "proof", held.mission, act[:12], "--out", proof).code == 0
    assert read_proof_file(proof.read_bytes()).holds(bytes.fromhex(act))
    words = ["--field", "because", "--audience", "internal"]
    assert held.run("log", "open", held.mission, act, *words, "--out", opening).code == 0
    header, _ = checked(read_opening(opening.read_bytes()))
    assert (header.kind, json.loads(opening.read_bytes())["opened"][0]["name"]) == ("act", "because")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["0000"], "names no entry"),
        (["xyz"], "names no entry"),
        ([""], "names no entry"),
        (["0" * 65], "names no entry"),
    ],
)
def test_what_names_no_entry_is_refused(held, words, said):
    ran = held.run("log", "proof", held.mission, *words, "--out", held.folder / "p")
    assert (ran.code, said in ran.err) == (2, True)
    assert not (held.folder / "p").exists()


def test_nothing_is_opened_without_saying_for_whom_or_what_is_not_there(held):
    act = held.run("acts", held.mission, "--json").json()["acts"][0]["id"]
    out = held.folder / "opening.json"
    assert held.run("log", "open", held.mission, act, "--field", "because", "--out", out).code == 2
    ran = held.run("log", "open", held.mission, act, "--field", "colour", "--audience", "internal", "--out", out)
    assert (ran.code, "because" in ran.err) == (2, True)
    assert not out.exists()
