"""Exhibits: entered by their fingerprints, handed on, held against a file; hostile ones refused in a sentence."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from truceline.pipeline.missions import open_mission
from truceline.vocabulary.exhibit import Custody, ExhibitEntered

PICTURE = b"\xff\xd8\xff the crater"
BY = ("--by", "alpha", "--because", "Sent by the field office.")


@pytest.fixture
def lab(desk: Any) -> Any:
    desk.init()
    desk.reports({"report_id": "r", "when": "2025-03-20T10:00", "area": "river_towns"})
    desk.picture = desk.file("crater.jpg", PICTURE)
    return desk


def add(desk: Any, *more: object, code: int = 0) -> Any:
    words = ("exhibit", "add", desk.mission, desk.picture, "--title", "Crater", "--report", "patrol/r", *BY, *more)
    ran = desk.run(*words, "--json")
    assert ran.code == code, ran.err
    return ran.json()["id"] if code == 0 else ran.err


def hand(desk: Any, exhibit: str, did: str, holder: str, *more: object) -> Any:
    return desk.run("exhibit", "custody", desk.mission, exhibit, did, "--holder", holder, *BY, *more)


def check(desk: Any, exhibit: str, file: Path, *more: object) -> Any:
    ran = desk.run("exhibit", "check", desk.mission, exhibit, file, *more, "--json")
    assert ran.code in (0, 1), ran.err
    return ran.code, ran.json()


def test_the_fingerprint_is_entered_and_the_file_is_not(lab):
    add(lab)
    [exhibit] = lab.run("exhibit", "show", lab.mission, "--json").json()["exhibits"]
    assert exhibit["sha256"] == hashlib.sha256(PICTURE).hexdigest()
    assert (exhibit["size"], exhibit["media_type"], exhibit["report"]) == (len(PICTURE), "image/jpeg", "patrol/r")
    assert PICTURE not in lab.mission.read_bytes()


def test_the_same_file_is_known_again_and_another_is_not(lab):
    exhibit = add(lab)
    assert hand(lab, exhibit[:12], "stored", "alpha").code == 0
    code, told = check(lab, exhibit[:12], lab.picture)
    assert (code, told["same"], told["exhibit"]["state"]) == (0, True, "whole")
    code, told = check(lab, exhibit[:12], lab.file("other.jpg", PICTURE + b" "))
    assert (code, told["same"]) == (1, False)


def test_a_gap_in_the_chain_fails_the_check_and_says_where(lab):
    exhibit = add(lab)
    assert hand(lab, exhibit, "received", "the lab").code == 0
    code, told = check(lab, exhibit, lab.picture)
    assert (code, told["same"], told["exhibit"]["state"]) == (1, True, "gap")
    assert "alpha has not said that it gave it away" in told["exhibit"]["breaks"][0]


def test_a_file_altered_on_the_way_breaks_the_chain(lab):
    exhibit = add(lab)
    worked_on = lab.file("crater-bright.jpg", PICTURE + b" brighter")
    assert hand(lab, exhibit, "examined", "alpha", "--file", worked_on).code == 0
    assert check(lab, exhibit, lab.picture)[1]["exhibit"]["state"] == "altered"


def test_a_salted_fingerprint_cannot_be_tried_and_its_salt_is_never_shown(lab):
    exhibit = add(lab, "--salted")
    [held] = lab.run("exhibit", "show", lab.mission, "--json").json()["exhibits"]
    assert held["sha256"] != hashlib.sha256(PICTURE).hexdigest()
    [(content,)] = lab.stored("SELECT content FROM act WHERE act = 'exhibit'")
    salt = json.loads(content)["act"]["salt"]
    assert hashlib.sha256(bytes.fromhex(salt) + PICTURE).hexdigest() == held["sha256"]
    shown = lab.run("exhibit", "show", lab.mission).out + lab.printed("dossier", "patrol/r") + json.dumps(held)
    assert salt not in shown
    assert check(lab, exhibit, lab.picture)[1]["same"] is True


def test_the_salt_is_a_field_of_its_own_so_that_it_can_stay_sealed(lab):
    add(lab, "--salted")
    with open_mission(lab.mission) as mission:
        *_, (_, _, _, fields) = mission.payloads()
    by_name = dict(fields)
    assert b"salt" not in by_name["matter"].replace(b"salted", b"")
    assert len(json.loads(by_name["salt"])) == 64


def test_who_passes_it_on_says_to_whom(lab):
    exhibit = add(lab)
    ran = hand(lab, exhibit, "handed_over", "alpha")
    assert ran.code == 2
    assert "say to whom" in ran.err
    assert hand(lab, exhibit, "stored", "alpha", "--to", "the lab").code == 2


def test_an_exhibit_of_nothing_is_refused(lab):
    ran = lab.run("exhibit", "add", lab.mission, lab.picture, "--title", "Crater", *BY)
    assert (ran.code, "supports or contradicts nothing" in ran.err) == (2, True)
    ran = lab.run("exhibit", "add", lab.mission, lab.picture, "--title", "Crater", "--case", "abc-1", *BY)
    assert (ran.code, "is no case of this mission" in ran.err) == (2, True)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x30\x82\x00\x01", b"\0" * 40_000])
def test_what_is_no_time_stamp_is_refused_in_a_sentence(lab, content):
    pytest.importorskip("rfc3161_client")
    err = add(lab, "--timestamp", lab.file("reply.tsr", content), code=2)
    assert "no reply of a time-stamping authority" in err or "is longer than" in err
    act = {"act": "exhibit", "by": "alpha", "at": "2025-03-21", "sha256": "a" * 64, "title": "x", "because": "y",
           "report": "patrol/r", "timestamp": base64.b64encode(content[:20]).decode()}  # fmt: skip
    ran = lab.run("enter", lab.mission, lab.file("act.yaml", json.dumps(act)))
    assert ran.code == 2
    assert "timestamp" in ran.err


def test_an_exhibit_entered_anew_keeps_the_custody_of_the_one_before(lab):
    exhibit = add(lab)
    assert hand(lab, exhibit, "stored", "alpha").code == 0
    same = hashlib.sha256(PICTURE).hexdigest()
    lab.act(act="exhibit", by="alpha", at="2030-01-01", sha256=same, title="Crater, north", because="Said better.",
            report="patrol/r", revises=[exhibit[:12]])  # fmt: skip
    [held] = lab.run("exhibit", "show", lab.mission, "--json").json()["exhibits"]
    assert (held["title"], len(held["custody"])) == ("Crater, north", 1)
    assert lab.run("exhibit", "show", lab.mission, exhibit[:12]).code == 0


def test_steps_of_two_devices_are_no_rivals():
    from truceline.pipeline.joint_acts import matter_of
    from truceline.vocabulary.act import ActHeld

    one = Custody("alpha", "2025-03-21", "a" * 12, "lab", "examined", "so")
    assert matter_of(ActHeld("1" * 64, 1, one, 0, 0)) != matter_of(ActHeld("2" * 64, 2, one, 0, 0))
    shown = ExhibitEntered("alpha", "2025-03-21", "a" * 64, "t", "so", report="x/y")
    assert matter_of(ActHeld("1" * 64, 1, shown, 0, 0)) != matter_of(ActHeld("2" * 64, 2, shown, 0, 0))
