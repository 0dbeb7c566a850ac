"""Duty officers, an instrument and a thief: keys that sign, are put in the place of others, are lost and stolen."""

import contextlib
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from truceline.errors import MissionError
from truceline.pipeline.keys import signing_key
from truceline.pipeline.missions import open_mission
from truceline.record.entry import read_entry
from truceline.record.key_links import revoked

DECLARED = {"act": "declaration", "by": "alpha", "clock": "seven_quiet_days", "says": "met"}
PASSPHRASE = "five words drawn by lot again"


@pytest.fixture
def duty(desk, office):
    """A mission at a desk, with what one does about keys."""
    desk.init()
    return Duty(desk)


class Duty:
    """A desk at which people sign."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.mission = desk.mission

    def key(self, *words):
        """What `key ... --json` prints."""
        return self.desk.run("key", *words, "--json").json()

    def new(self, label="duty officer 2", *more):
        return self.key("new", self.mission, "--label", label, "--no-passphrase", *more)["key"]

    def sign(self, at, key, because="So."):
        """Enter an act; what `enter` leaves."""
        written = "".join(f"{n}: {json.dumps(v)}\n" for n, v in {**DECLARED, "at": at, "because": because}.items())
        more = ["--sign", key] if key else []
        return self.desk.run("enter", self.mission, self.desk.file(f"{because}-{at}.yaml", written), *more, "--json")

    def acts(self):
        """Day of each act to who signed it, and whether that is in doubt."""
        told = self.desk.run("acts", self.mission, "--json").json()["acts"]
        return {one["at"][:10]: (one["signed"], one["in_doubt"]) for one in told}

    def listed(self):
        return {one["key"]: one for one in self.key("list", self.mission)["keys"]}

    def size(self):
        return self.desk.run("audit", self.mission, "--json").json()["entries"]

    def sound(self):
        assert self.desk.run("audit", self.mission).code == 0
        assert self.desk.run("rebuild", self.mission).code == 0


def test_an_act_is_signed_by_its_person_and_without_one_by_the_log(duty):
    key = duty.new()
    assert duty.sign("2025-03-20", key[:6]).code == 0
    assert duty.sign("2025-03-21", "duty officer 2").code == 0
    assert duty.sign("2025-03-22", None).code == 0
    assert duty.acts() == {"2025-03-20": (key, False), "2025-03-21": (key, False), "2025-03-22": ("log", False)}
    assert [duty.listed()[key][name] for name in ("state", "signed", "in_doubt")] == ["in use", 2, 0]
    duty.sound()


def test_an_instrument_signs_its_submission_once_and_its_rows_are_under_that(duty):
    key = duty.new("acoustic sensor 4", "--kind", "instrument")
    rows = duty.desk.file(
        "r.csv", "report_id,source,when,kind,side_a,side_b\na,sensor,2025-03-20,,,\nb,sensor,2025-03-21,,,\n"
    )
    duty.desk.take_in(rows, sign=key)
    with open_mission(duty.mission) as mission:
        by = [(header.kind, header.key) for header in map(read_entry, mission.bodies(2, mission.size))]
        log = next(key for kind, key in by if kind == "row")
    assert [key for kind, key in by if kind == "submission"] == [key]
    assert {key for kind, key in by if kind != "submission"} == {log}
    assert duty.listed()[key]["signed"] == 1
    duty.sound()


def test_a_label_is_a_role_in_one_line(duty):
    for label in ("", " ", "x" * 65, "a\tb\x1b[2J"):
        assert duty.desk.run("key", "new", duty.mission, "--label", label, "--no-passphrase").code == 2, label
    assert duty.size() == 1
    assert not list(duty.desk.folder.glob("*.keys/*"))


def test_a_label_stands_in_the_payload_and_in_no_entry(duty):
    duty.new("duty officer of the north bridge")
    duty.desk.run("log", "export", duty.mission, duty.desk.folder / "log")
    given = b"".join(path.read_bytes() for path in (duty.desk.folder / "log").rglob("*") if path.is_file())
    assert b"bridge" not in given


def test_a_stolen_laptop_shows_apart_what_it_signed_since(duty):
    key = duty.new()
    duty.sign("2025-03-20", key)
    before = duty.size()
    duty.sign("2025-03-21", key)
    told = duty.key("revoke", duty.mission, key, "--because", "compromised", "--since", before)
    assert told["since"] == before
    assert duty.acts() == {"2025-03-20": (key, False), "2025-03-21": (key, True)}
    listed = duty.listed()[key]
    assert [listed[name] for name in ("state", "since", "signed", "in_doubt")] == ["compromised", before, 1, 1]
    assert "(in doubt)" in duty.desk.printed("acts")
    refused = duty.sign("2025-03-22", key)
    assert (refused.code, "was ended by entry" in refused.err) == (2, True)
    duty.sound()


def test_an_act_that_a_thief_dates_back_is_in_doubt_by_its_place_in_the_log(duty):
    key = duty.new()
    duty.sign("2025-03-20", key, "Heard")
    before = duty.size()
    duty.sign("2025-03-10", key, "Forged")
    duty.key("revoke", duty.mission, key, "--because", "compromised", "--since", before)
    assert duty.acts() == {"2025-03-20": (key, False), "2025-03-10": (key, True)}


def test_without_a_cut_everything_a_compromised_key_signed_is_in_doubt(duty):
    key = duty.new()
    duty.sign("2025-03-20", key)
    duty.key("revoke", duty.mission, key, "--because", "compromised")
    assert duty.acts() == {"2025-03-20": (key, True)}


@pytest.mark.parametrize("because", ["lost", "retired"])
def test_what_a_lost_or_retired_key_signed_stays_as_it_is(duty, because):
    key = duty.new()
    duty.sign("2025-03-20", key)
    assert duty.desk.run("key", "revoke", duty.mission, key, "--because", because, "--since", 1).code == 2
    assert duty.key("revoke", duty.mission, key, "--because", because)["since"] is None
    assert duty.acts() == {"2025-03-20": (key, False)}
    assert [duty.listed()[key][name] for name in ("state", "since", "in_doubt")] == [because, None, 0]
    assert duty.sign("2025-03-21", key).code == 2
    assert duty.desk.run("key", "revoke", duty.mission, key, "--because", because).code == 2
    duty.key("revoke", duty.mission, key, "--because", "compromised")
    assert duty.acts() == {"2025-03-20": (key, True)}
    duty.sound()


def test_a_rotated_key_hands_over_its_label_and_signs_nothing_more(duty):
    old = duty.new()
    duty.sign("2025-03-20", old)
    new = duty.key("rotate", duty.mission, old, "--no-passphrase")
    assert (new["was"], new["label"], new["kind"]) == (old, "duty officer 2", "person")
    assert duty.sign("2025-03-21", old).code == 2
    assert duty.sign("2025-03-21", "duty officer 2").code == 0
    assert duty.acts() == {"2025-03-20": (old, False), "2025-03-21": (new["key"], False)}
    assert [duty.listed()[old][name] for name in ("state", "followed_by")] == ["rotated", new["key"]]
    assert duty.desk.run("key", "rotate", duty.mission, old, "--no-passphrase").code == 2
    duty.sound()


def links_of(duty, seq):
    with open_mission(duty.mission) as mission:
        return read_entry(mission.bodies(seq, seq + 1)[0]).links["key"]


def test_a_lost_passphrase_cannot_be_recovered_but_another_key_takes_the_place(duty, monkeypatch):
    file = duty.desk.file("passphrase", PASSPHRASE + "\n")
    file.chmod(0o600)
    monkeypatch.setenv("TRUCELINE_PASSPHRASE_FILE", str(file))
    key = duty.key("new", duty.mission, "--label", "duty officer 2")["key"]
    assert (duty.listed()[key]["file"], duty.sign("2025-03-20", key).code) == ("locked", 0)
    held = Path(f"{duty.mission}.keys/{key}.key")
    assert (held.stat().st_mode & 0o777, held.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert b"seed" not in held.read_bytes()
    file.write_text("another passphrase, wrongly remembered\n")
    refused = duty.sign("2025-03-21", key)
    assert (refused.code, "cannot be recovered by anybody" in refused.err) == (2, True)
    assert "wrongly" not in refused.err
    assert duty.desk.run("key", "rotate", duty.mission, key).code == 2
    new = duty.key("rotate", duty.mission, key, "--lost")
    assert "handover" not in links_of(duty, new["seq"])
    assert duty.sign("2025-03-21", new["key"]).code == 0
    duty.sound()


def test_where_nobody_can_be_asked_for_a_passphrase_no_key_is_made(duty, monkeypatch):
    monkeypatch.delenv("TRUCELINE_PASSPHRASE_FILE", raising=False)
    refused = duty.desk.run("key", "new", duty.mission, "--label", "duty officer 2")
    assert (refused.code, duty.size(), list(duty.desk.folder.glob("*.keys/*"))) == (2, 1, [])


def test_a_key_that_lies_elsewhere_or_is_another_ones_signs_nothing(duty):
    key, other = duty.new(), duty.new("duty officer 3")
    files = [Path(f"{duty.mission}.keys/{one}.key") for one in (key, other)]
    shutil.copy(files[1], files[0])
    assert "is not the file of the key" in duty.sign("2025-03-20", key).err
    files[0].write_bytes(b"{}")
    assert "is no file of a key" in duty.sign("2025-03-20", key).err
    files[0].unlink()
    assert "cannot be read" in duty.sign("2025-03-20", key).err
    assert duty.listed()[key]["file"] == "absent"
    assert "names no key" in duty.sign("2025-03-20", "duty officer 9").err
    assert duty.acts() == {}


def test_a_key_that_is_revoked_while_somebody_is_about_to_sign_signs_nothing(duty):
    key = duty.new()
    with open_mission(duty.mission, write=True) as mission:
        person = signing_key(mission, key)
        duty.key("revoke", duty.mission, key, "--because", "lost")
        with pytest.raises(MissionError, match="was ended by entry"), mission.pen(0, bytes, person):
            pass
    duty.sound()


def test_no_pen_enters_what_no_audit_would_let_pass(duty):
    with (
        open_mission(duty.mission, write=True) as mission,
        pytest.raises(MissionError, match="no entry before it brings in"),
        mission.pen(0, bytes) as pen,
    ):
        pen.enter("key", [], revoked("ab" * 8, 0))
    assert duty.size() == 1


def test_a_key_whose_entry_fails_leaves_no_file(duty, monkeypatch):
    def full(*_):
        raise MissionError("The disk is full.", "")

    monkeypatch.setattr("truceline.store.pen.Pen.enter", full)
    assert duty.desk.run("key", "new", duty.mission, "--label", "duty officer 2", "--no-passphrase").code == 2
    assert not list(duty.desk.folder.glob("*.keys/*"))


def test_an_entry_about_keys_that_is_hidden_is_missed(duty):
    key = duty.new()
    duty.sign("2025-03-20", key)
    duty.key("revoke", duty.mission, key, "--because", "lost")
    with contextlib.closing(sqlite3.connect(duty.mission, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("DELETE FROM key_entry WHERE seq = 3")
        [(name, sql)] = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE name = 'key_entry_no_delete'"
        ).fetchall()
        connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM key_entry WHERE seq = 3")
        connection.execute(sql)
    told = duty.desk.run("audit", duty.mission, "--json").json()
    assert [(fault["seq"], fault["what"]) for fault in told["faults"]] == [(3, "key")]


class TestTwoHolders:
    """North's officer signs; South holds North's log and believes nothing unchecked."""

    @pytest.fixture
    def two(self, office, tmp_path):
        desks = []
        for name in ("north", "south"):
            (tmp_path / name).mkdir()
            desks.append(office.Desk(tmp_path / name).init())
        keys = [one.run("log", "head", one.mission, "--json").json()["key"] for one in desks]
        for desk, name, key in ((desks[0], "south", keys[1]), (desks[1], "north", keys[0])):
            assert desk.run("exchange", "add", desk.mission, name, "--key", key, "--how", "on paper").code == 0
        north, south = Duty(desks[0]), Duty(desks[1])
        assert self.carried(south, north, "north").code == 0
        return north, south

    def carried(self, giver, taker, name="south"):
        stick = giver.desk.folder / "stick"
        assert giver.desk.run("exchange", "bundle", giver.mission, stick, "--for", name).code == 0
        return taker.desk.run("exchange", "accept", taker.mission, stick, "--json")

    def test_the_other_holder_follows_keys_from_bundle_to_bundle(self, two):
        north, south = two
        key = north.new()
        assert self.carried(north, south).code == 0
        north.sign("2025-03-20", key)
        assert self.carried(north, south).code == 0
        new = north.key("rotate", north.mission, key, "--no-passphrase")["key"]
        north.sign("2025-03-21", new)
        assert self.carried(north, south).code == 0
        north.key("revoke", north.mission, new, "--because", "compromised")
        assert self.carried(north, south).code == 0
        told = south.listed()
        assert {(one["holder"], one["label"]) for one in told.values()} == {("north", "duty officer 2")}
        assert [told[one]["state"] for one in (key, new)] == ["rotated", "compromised"]
        assert [(told[one]["signed"], told[one]["in_doubt"]) for one in (key, new)] == [(1, 0), (0, 1)]
        south.sound()

    def test_an_exported_log_says_who_may_sign(self, two):
        north, _ = two
        key = north.new()
        north.sign("2025-03-20", key)
        folder = north.desk.folder / "log"
        verifier = north.desk.run("log", "head", north.mission, "--json").json()["key"]
        assert north.desk.run("log", "export", north.mission, folder).code == 0
        assert north.desk.run("audit", folder, "--key", verifier).code == 0
