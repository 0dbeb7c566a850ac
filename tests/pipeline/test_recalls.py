"""A source takes rows back by their ids: they stay in the record and no longer count, until a body says otherwise."""

import csv
import io
import json

import pytest

from truceline.intake.formats.acled import COLUMNS

EVENT = {
    "event_date": "2025-03-20", "time_precision": "1", "event_type": "Battles", "sub_event_type": "Grenade",
    "actor1": "Northern Army", "actor2": "Front of the Plain", "latitude": "36.5", "longitude": "37.25",
    "geo_precision": "1", "fatalities": "2",
}  # fmt: skip


@pytest.fixture
def acled(desk):
    """A mission, and what puts made-up events and deletions into files and takes them in."""
    desk.init()

    def events(name, *ids, **more):
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, list(COLUMNS), restval="")
        table.writeheader()
        table.writerows({**EVENT, "event_id_cnty": own, **more} for own in ids)
        return desk.take_in(desk.file(name, text.getvalue()))["totals"]

    def deleted(name, *ids, at=1741132800):
        feed = {"success": True, "data": [{"event_id_cnty": own, "deleted_timestamp": at} for own in ids]}
        return desk.take_in(desk.file(name, json.dumps(feed)))["totals"]

    desk.events, desk.deleted = events, deleted
    return desk


def counted(desk, *more):
    out = desk.folder / "out.csv"
    desk.run("export", desk.mission, "--out", out, "--audience", "internal", *more)
    with out.open(encoding="utf-8-sig", newline="") as file:
        return sorted(row["report_id"].lstrip("'") for row in csv.DictReader(file) if row.get("report_id"))


def reinstated(desk, of, at="2025-04-01T10:00", by="alpha"):
    path = desk.file(f"reinstate-{at[5:10]}.json", json.dumps(
        {"act": "reinstatement", "by": by, "at": at, "of": of, "because": "It happened; ACLED moved it to another id."}
    ))  # fmt: skip
    return desk.run("enter", desk.mission, path, "--json")


def holds(desk):
    told = desk.told("rebuild")
    return told["same"] and desk.told("audit")["faults"] == []


def test_a_recalled_report_stays_and_no_longer_counts(acled):
    acled.events("a.csv", "NOR1", "NOR2")
    before = acled.told("audit")["entries"]
    told = acled.deleted("d.json", "NOR1", "NOR9")
    assert (told["rows"], told["reports"], told["refused"], told["recalled"], told["not_held"]) == (2, 2, 0, 1, 1)
    assert counted(acled) == ["NOR2"]
    assert counted(acled, "--known", before) == ["NOR1", "NOR2"]
    assert [one["of"] for one in acled.told("recalls")["recalls"]] == ["acled/NOR1", "acled/NOR9"]
    assert holds(acled)


def test_the_order_of_files_decides_nothing(acled):
    assert acled.deleted("d.json", "NOR1")["not_held"] == 1
    told = acled.events("a.csv", "NOR1", "NOR2")
    assert (told["reports"], told["under_recall"]) == (2, 1)
    assert counted(acled) == ["NOR2"]
    assert acled.events("b.csv", "NOR1", fatalities="5")["under_recall"] == 1
    assert counted(acled) == ["NOR2"]
    assert holds(acled)


def test_the_same_feed_again_recalls_nothing_more(acled):
    acled.events("a.csv", "NOR1")
    acled.deleted("d.json", "NOR1")
    told = acled.deleted("e.json", "NOR1", "NOR3")
    assert (told["already_held"], told["recalled"], told["not_held"]) == (1, 0, 1)
    assert holds(acled)


def test_a_body_counts_a_report_again_and_takes_that_back(acled):
    acled.events("a.csv", "NOR1", "NOR2")
    acled.deleted("d.json", "NOR1")
    recalled = acled.told("audit")["entries"]
    [act] = reinstated(acled, "acled/NOR1").json()["acts"]
    assert counted(acled) == ["NOR1", "NOR2"]
    assert counted(acled, "--known", recalled) == ["NOR2"]
    assert acled.told("recalls")["recalls"] == []
    assert holds(acled)
    reinstated_at = acled.told("audit")["entries"]
    acled.act(act="withdrawal", by="alpha", at="2025-04-02T10:00", of=act["id"][:16], because="It was another.")
    assert counted(acled) == ["NOR2"]
    assert counted(acled, "--known", reinstated_at) == ["NOR1", "NOR2"]
    assert [one["of"] for one in acled.told("recalls")["recalls"]] == ["acled/NOR1"]
    assert holds(acled)


def test_a_reinstated_report_is_revised_once_and_can_be_recalled_again(acled):
    acled.events("a.csv", "NOR1")
    acled.deleted("d.json", "NOR1")
    reinstated(acled, "acled/NOR1")
    assert acled.events("b.csv", "NOR1", fatalities="7")["revised"] == 1
    assert counted(acled) == ["NOR1"]
    assert acled.deleted("e.json", "NOR1", at=1741200000)["recalled"] == 1
    assert counted(acled) == []
    assert holds(acled)
    reinstated(acled, "acled/NOR1", at="2025-04-09T10:00")
    assert counted(acled) == ["NOR1"]
    assert holds(acled)


def test_a_recall_that_is_not_there_cannot_be_undone(acled):
    acled.events("a.csv", "NOR1")
    ran = reinstated(acled, "acled/NOR1")
    assert ran.code == 2
    assert "no recall of 'acled/NOR1' is in force" in ran.err
    assert acled.told("acts")["acts"] == []


def test_a_feed_row_without_an_id_or_a_time_that_is_none_is_refused(acled):
    told = acled.take_in(acled.file("d.csv", "event_id_cnty,deleted_timestamp\n,1741132800\nNOR1,soon\nNOR2,\n"))
    assert (told["totals"]["refused"], told["totals"]["not_held"]) == (2, 1)
    assert acled.told("recalls")["recalls"][0]["at"] == ""


def test_what_is_recalled_is_said(acled):
    acled.events("a.csv", "NOR1")
    feed = acled.file("d.json", json.dumps([{"event_id_cnty": "NOR1", "deleted_timestamp": 1741132800}]))
    out = acled.run("take-in", acled.mission, feed).out
    assert "Recalled by their source, and no longer counted: 1" in out
    assert "acled/NOR1" in acled.printed("recalls")
