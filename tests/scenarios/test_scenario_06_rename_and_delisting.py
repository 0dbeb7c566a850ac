"""Scenario 6: rename and delisting. An actor is first named "Jabhat Fateh al-Sham" on 15 September 2016.

Exclusion is evaluated as of that date, and again with list versions of 2018 and 2026. The 2016 answer comes from a
decision of people, linked to QDe.137, with its date and author; it stays the same when the list no longer has the
entry; and what was known on 15 September 2016 never rests on later aliases. The lists here are written for the test,
in the form in which the Security Council's is published.
"""

import json
import sys
from importlib import resources
from types import SimpleNamespace
from typing import Any

import pytest

from truceline.vocabulary.when import read_instant

NAME, DAY = "Jabhat Fateh al-Sham", "2016-09-15"
RULE = "coh_2016_02_22"
ENTRY = """<ENTITY><FIRST_NAME>{name}</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
<REFERENCE_NUMBER>{ref}</REFERENCE_NUMBER><LISTED_ON>{day}</LISTED_ON>{aliases}</ENTITY>"""
ALIAS = "<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>{}</ALIAS_NAME></ENTITY_ALIAS>"


def published(made: str, *aliases: str, listed: bool = True) -> str:
    """A list of that day: with the entry under its names of the time, or without it."""
    entry = ENTRY.format(
        name="AL-NUSRAH FRONT", ref="QDe.137", day="2014-05-14", aliases="".join(map(ALIAS.format, aliases))
    )
    other = ENTRY.format(name="ANOTHER", ref="QDe.115", day="2004-10-18", aliases="")
    entries = f"{entry if listed else ''}{other}"
    return (
        f'<?xml version="1.0" encoding="utf-8"?><CONSOLIDATED_LIST dateGenerated="{made}">'
        f"<INDIVIDUALS></INDIVIDUALS><ENTITIES>{entries}</ENTITIES></CONSOLIDATED_LIST>"
    )


LISTS = {
    "2016-06": published("2016-06-01T00:00:00Z", "Jabhat al-Nusrah"),
    "2018": published("2018-06-05T00:00:00Z", "Jabhat al-Nusrah", "جبهة فتح الشام (Jabhat Fath al-Sham; Fath Front)"),
    "2026-02": published("2026-02-26T00:00:00Z", "Jabhat al-Nusrah", "Jabhat Fateh Al-Sham", "Hay’at Tahrir al-Sham"),
    "2026-03": published("2026-03-01T00:00:00Z", listed=False),
}  # fmt: skip


@pytest.fixture
def at(monkeypatch):
    """Sets the wall clock, local to Damascus."""

    def set_to(local: str) -> None:
        us = read_instant(local, "Asia/Damascus")
        monkeypatch.setattr(sys.modules["truceline.cli.app"], "time", SimpleNamespace(time_ns=lambda: us * 1000))

    return set_to


@pytest.fixture
def pack(tmp_path) -> str:
    """The agreement without the label by which UCDP calls the actor: nothing but a decision knows the name."""
    folder = tmp_path / "syria-2016"
    folder.mkdir()
    for part in (resources.files("truceline") / "agreements" / "syria-2016").iterdir():
        lines = part.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not ("Fateh al-Sham" in line and line.lstrip().startswith("- {name"))]
        (folder / part.name).write_text("".join(kept), encoding="utf-8")
    return str(folder)


@pytest.fixture
def named(desk, at, pack) -> Any:
    """The mission of 2016: the list of June is entered, and on 20 September the envoy's office decides on the name."""
    at("2016-09-10T08:00")
    desk.init(pack, reading=None)
    add(desk, "2016-06")
    at("2016-09-20T12:00")
    desk.decision = desk.act(
        act="name", by="un_envoy", at="2016-09-20T11:00", name=NAME, list="un_sc", version="2016-06-01",
        entry="QDe.137", says="same", because="It announced the change of its name on 28 July 2016.",
        **{"from": "2016-07-28"},
    )["id"]  # fmt: skip
    return desk


def add(desk, which: str) -> Any:
    file = desk.file(f"{which}.xml", LISTS[which])
    ran = desk.run("list", "add", desk.mission, file, "--by", "un_envoy", "--because", "As published.", "--json")
    return ran.json()


def answer(desk, *options: object, on: str = DAY, name: str = NAME, rule: str = RULE) -> Any:
    ran = desk.run("excluded", desk.mission, name, "--instrument", rule, "--on", on, *options, "--json")
    [one] = ran.json()["instruments"]
    return one


def test_on_the_day_the_name_resolves_by_a_dated_human_decision(named):
    one = answer(named)
    assert (one["answer"], one["by"]) == ("excluded", {"usa": "excluded", "russia": "excluded"})
    [reason] = [reason for reason in one["reasons"] if reason["code"] == "name_of_entry"]
    assert reason["acts"][0] == named.decision
    assert "entry QDe.137" in reason["says"] and "un envoy decided" in reason["says"]
    printed = named.printed("excluded", NAME, "--on", DAY)
    assert f"{RULE}: excluded" in printed and named.decision[:12] in printed
    assert "un_envoy: same" in printed and "from 2016-07-28" in printed


def test_before_the_decision_was_made_nothing_was_known(named):
    assert answer(named, "--as-of", DAY)["answer"] == "unknown"
    assert answer(named, "--known", "2016-09-16T00:00+03:00")["answer"] == "unknown"
    assert answer(named, on="2016-07-27")["answer"] == "unknown"


def test_it_stays_so_with_the_lists_of_2018_and_2026_and_when_the_entry_is_gone(named, at):
    before = answer(named)
    for which, day in (("2018", "2018-07-01"), ("2026-02", "2026-02-27"), ("2026-03", "2026-03-02")):
        at(f"{day}T12:00")
        assert add(named, which)["entered"]["already_held"] is False
        one = answer(named)
        assert (one["answer"], one["by"]) == (before["answer"], before["by"])
        assert answer(named, "--as-of", "2016-09-21") == before
    assert answer(named, on="2026-03-01T12:00")["answer"] == "unknown"  # the list of that day no longer has it
    assert answer(named, on="2026-01-01")["answer"] == "excluded"


def test_a_later_list_alone_never_answers_for_2016(desk, at):
    at("2026-02-27T12:00")
    desk.init("syria-2016", reading=None)
    add(desk, "2026-02")
    desk.act(
        act="name", by="un_envoy", at="2026-02-27T11:00", name="Front of the Day", list="un_sc", version="2026-02-26",
        entry="QDe.137", says="same", because="As listed today.",
    )  # fmt: skip
    assert answer(desk, name="Front of the Day")["answer"] == "unknown"
    assert answer(desk, name="Front of the Day", on="2026-02-27T11:30")["answer"] == "excluded"


def test_as_known_on_the_day_no_later_alias_is_proposed(named, at):
    """The list of the time has no such name; the one of 2026 has. Both only propose."""
    june, later = named.file("j.xml", LISTS["2016-06"]), named.file("l.xml", LISTS["2026-02"])

    def proposals(file: object) -> list[str]:
        ran = named.run("screen", named.mission, NAME, "--list-file", file, "--json")
        return [one["entry"] for one in ran.json()["proposals"]]

    assert proposals(june) == []
    assert proposals(later) == ["QDe.137"]
    assert answer(named, "--as-of", DAY)["answer"] == "unknown"


def test_co_chairs_that_decide_otherwise_leave_it_disputed(named, at):
    at("2016-09-22T09:00")
    for body, says in (("usa", "same"), ("russia", "unsure")):
        named.act(
            act="name", by=body, at="2016-09-21T09:00", name=NAME, list="un_sc", version="2016-06-01", entry="QDe.137",
            says=says, because="So.", **{"from": "2016-07-28"},
        )  # fmt: skip
    one = answer(named)
    assert (one["answer"], one["by"]) == ("disputed", {"usa": "excluded", "russia": "unknown"})


def test_the_record_keeps_references_and_no_names(named):
    stored = json.dumps(named.stored("SELECT * FROM act"))
    assert "QDe.115" in stored and "ANOTHER" not in stored
    assert named.told("audit")["faults"] == []
    [version] = named.run("list", "show", named.mission, "--json").json()["versions"]
    assert (version["entries"], version["version"]) == (2, "2016-06-01T00:00:00Z")


def test_a_version_is_added_once(named):
    assert add(named, "2016-06")["entered"]["already_held"] is True
    ran = named.run("list", "add", named.mission, named.file("x.xml", "<a/>"), "--by", "un_envoy")
    assert ran.code == 2
    assert "no consolidated list" in ran.err


@pytest.mark.data
def test_with_the_list_as_published_in_2026(named, at, test_data):
    """1,003 entries; the match is proposed with its reasons, and the answer for 2016 does not move when it is gone."""
    published = test_data / "sanctions-lists" / "UN_consolidated.xml"
    at("2026-02-27T12:00")
    told = named.run("list", "add", named.mission, published, "--by", "un_envoy", "--json").json()
    print(f"list add: {told['version']} {told['counts']}")
    assert told["counts"] | {"names": 0} == {
        "entries": 1003, "aliases": 3043, "aliases_empty": 291, "aliases_with_names": 2752, "aliases_packed": 27,
        "names": 0,
    }  # fmt: skip
    ran = named.run("screen", named.mission, NAME, "--list-file", published, "--json")
    [proposed] = ran.json()["proposals"]
    assert (proposed["entry"], proposed["score"], ran.json()["held"]) == ("QDe.137", 1000, True)
    assert answer(named)["answer"] == "excluded"
    text = published.read_text(encoding="utf-8")
    start = text.rindex("<ENTITY>", 0, text.index("QDe.137</REFERENCE_NUMBER>"))
    end = text.index("</ENTITY>", start) + len("</ENTITY>")
    gone = (text[:start] + text[end:]).replace("2026-02-27T00:00:09", "2026-02-28T00:00:09")
    at("2026-02-28T12:00")
    ran = named.run("list", "add", named.mission, named.file("gone.xml", gone), "--by", "un_envoy", "--json")
    assert ran.json()["counts"]["entries"] == 1002
    assert answer(named)["answer"] == "excluded"
    assert answer(named, on="2026-02-28T11:00")["answer"] == "unknown"
    assert answer(named, "--as-of", DAY)["answer"] == "unknown"
