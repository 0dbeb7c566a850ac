"""A body takes a report out of what counts: it stays in the record, and comes back when the body withdraws."""

import csv
import io
import json

import pytest

from truceline.intake.formats.acled import COLUMNS
from truceline.store.mission_file import MissionFile

NGO = {"source": "ngo", "when": "2025-03-20T14:05", "kind": "shelling", "side_a": "Northern Army",
       "side_b": "Front of the Plain", "area": "river_towns", "words": "four shells"}  # fmt: skip


@pytest.fixture
def held(desk):
    desk.init()
    desk.reports(NGO | {"report_id": "n1"}, NGO | {"report_id": "n2", "when": "2025-03-21T09:00"})
    return desk


def recalled(desk, of, **more):
    act = {"act": "recall", "by": "alpha", "at": "2025-04-01T10:00", "of": of, "because": "It was another town."} | more
    return desk.run("enter", desk.mission, desk.file(f"r{abs(hash(str(act)))}.json", json.dumps(act)), "--json")


def days(desk):
    return sorted(day for (_, day), cell in desk.cells("all_incidents").items() if cell["high"])


def sound(desk):
    with MissionFile.open(desk.mission) as mission:
        before = mission.dump_tables()
    desk.run("rebuild", desk.mission)
    with MissionFile.open(desk.mission) as mission:
        after = mission.dump_tables()
    assert after.decode().splitlines() == before.decode().splitlines()
    return desk.told("audit")["faults"] == []


def test_a_report_that_a_body_recalls_stays_and_no_longer_counts(held):
    before = days(held)
    size = held.told("audit")["entries"]
    assert recalled(held, "ngo/n1").code == 0
    assert (len(days(held)), held.told("audit")["entries"]) == (len(before) - 1, size + 1)
    assert sound(held)


def test_the_withdrawal_of_a_recall_brings_the_report_back(held):
    before = days(held)
    act = recalled(held, "ngo/n1").json()["acts"][0]["id"]
    held.act(act="withdrawal", by="alpha", at="2025-04-02T10:00", of=act[:16], because="It was not.")
    assert days(held) == before
    assert sound(held)
    assert recalled(held, "ngo/n1", because="It was, after all.").code == 0
    assert len(days(held)) == len(before) - 1
    assert sound(held)


def test_a_row_that_comes_later_under_the_id_stays_out(held):
    recalled(held, "ngo/n1")
    count = len(days(held))
    held.reports(NGO | {"report_id": "n1", "when": "2025-03-23T14:05"})
    assert len(days(held)) == count
    assert sound(held)


def test_a_reinstatement_brings_it_back_too_and_it_can_be_recalled_again(held):
    before = days(held)
    recalled(held, "ngo/n1")
    held.act(act="reinstatement", by="alpha", at="2025-04-03T10:00", of="ngo/n1", because="It counts.")
    assert days(held) == before
    assert recalled(held, "ngo/n1", at="2025-04-04T10:00").code == 0
    assert len(days(held)) == len(before) - 1
    assert sound(held)


@pytest.mark.parametrize("of", ["ngo/nothing", "0123456789ab"])
def test_a_report_that_is_not_held_cannot_be_recalled(held, of):
    ran = recalled(held, of)
    assert (ran.code, "is no report" in ran.err) == (2, True), ran.err


def test_a_report_cannot_be_recalled_twice(held):
    recalled(held, "ngo/n1")
    ran = recalled(held, "ngo/n1", because="Once more.")
    assert (ran.code, "does not count any more" in ran.err) == (2, True), ran.err


def open_all(nodes, name):
    nodes.run(name, "release", words=("--all", "--to", "all", "--because", "We share."))


def test_nobody_recalls_what_another_side_reported(holders):
    nodes = holders(north="north", south="south")
    nodes.desks["north"].reports(NGO | {"report_id": "n1"})
    open_all(nodes, "north")
    nodes.meet()
    ran = recalled(nodes.desks["south"], "ngo/n1", by="beta")
    assert (ran.code, "stands in the log of another side" in ran.err) == (2, True), ran.err


def test_a_recall_on_one_device_reaches_the_other_device_of_the_side(holders):
    nodes = holders(one="north", two="north")
    one, two = (nodes.desks[name] for name in ("one", "two"))
    one.reports(NGO | {"report_id": "n1"}, NGO | {"report_id": "n2", "when": "2025-03-21T09:00"})
    open_all(nodes, "one")
    nodes.meet()
    before = days(two)
    assert recalled(two, "ngo/n1").code == 0
    assert len(days(two)) == len(before) - 1
    open_all(nodes, "two")
    nodes.meet()
    assert days(one) == days(two)
    assert sound(one) and sound(two)


def test_of_a_row_that_both_holders_have_each_recalls_its_own(holders):
    nodes = holders(north="north", south="south")
    for desk in nodes.desks.values():
        desk.reports(NGO | {"report_id": "n1"})
    for name in nodes.desks:
        open_all(nodes, name)
    nodes.meet()
    south = nodes.desks["south"]
    before = days(south)
    assert recalled(south, "ngo/n1", by="beta").code == 0
    assert days(south) == before, "the other holder's word still counts"
    assert sound(south)


def test_what_its_source_recalled_too_stays_out_when_the_body_withdraws(held):
    feed = {"event_id_cnty": "A1", "event_date": "2025-03-20", "time_precision": "1", "event_type": "Battles",
            "sub_event_type": "Grenade", "actor1": "Northern Army", "latitude": "36.5", "longitude": "37.25",
            "geo_precision": "1", "fatalities": "2"}  # fmt: skip
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(COLUMNS), restval="")
    table.writeheader()
    table.writerow(feed)
    held.take_in(held.file("acled.csv", text.getvalue()))
    act = recalled(held, "acled/A1").json()["acts"][0]["id"]
    gone = {"success": True, "data": [{"event_id_cnty": "A1", "deleted_timestamp": 1741132800}]}
    held.take_in(held.file("gone.json", json.dumps(gone)))
    out = len(days(held))
    held.act(act="withdrawal", by="alpha", at="2025-04-02T10:00", of=act[:16], because="It was not wrong.")
    assert len(days(held)) == out
    assert [one["of"] for one in held.told("recalls")["recalls"]] == ["acled/A1"]
    assert sound(held)


def test_a_report_without_an_id_of_its_source_is_recalled_by_its_entry(held):
    held.reports(NGO | {"report_id": "", "when": "2025-03-27T10:00"})
    [(entry,)] = held.stored("SELECT id FROM report ORDER BY seq DESC LIMIT 1")
    before = days(held)
    act = recalled(held, entry[:16]).json()["acts"][0]["id"]
    assert len(days(held)) == len(before) - 1
    held.act(act="withdrawal", by="alpha", at="2025-04-02T10:00", of=act[:16], because="It was not wrong.")
    assert days(held) == before
    assert sound(held)


@pytest.fixture
def two(holders):
    """North holds a report, and has released it to south."""
    nodes = holders(north="north", south="south")
    desk = nodes.desks["north"]
    row = {**nodes.office.REPORT, **NGO, "report_id": "n1"}
    desk.take_in(desk.file("ngo.csv", nodes.office.as_csv(nodes.office.REPORT_COLUMNS, [row])))
    nodes.release("north")
    nodes.meet()
    assert [len(days(one)) for one in nodes.desks.values()] == [1, 1]
    return nodes


def test_a_recall_never_takes_a_report_out_of_another_sides_view(two):
    ran = recalled(two.desks["south"], "ngo/n1", by="beta")
    assert (ran.code, "stands in the log of another side" in ran.err) == (2, True), ran.err
    assert [len(days(one)) for one in two.desks.values()] == [1, 1]


def test_a_recall_of_ones_own_report_reaches_whoever_it_was_opened_to(two):
    assert recalled(two.desks["north"], "ngo/n1").code == 0
    assert [len(days(one)) for one in two.desks.values()] == [0, 1]
    two.release("north")
    two.meet()
    assert [len(days(one)) for one in two.desks.values()] == [0, 0]
    assert all(sound(one) for one in two.desks.values())


def test_a_recall_on_one_device_takes_out_the_report_of_another_of_the_same_side(holders):
    nodes = holders(north="north", aide="north")
    desk = nodes.desks["north"]
    row = {**nodes.office.REPORT, **NGO, "report_id": "n1"}
    desk.take_in(desk.file("ngo.csv", nodes.office.as_csv(nodes.office.REPORT_COLUMNS, [row])))
    nodes.release("north")
    nodes.meet()
    assert recalled(nodes.desks["aide"], "ngo/n1").code == 0
    assert len(days(nodes.desks["aide"])) == 0
    nodes.release("aide")
    nodes.meet()
    assert [len(days(one)) for one in nodes.desks.values()] == [0, 0]
    assert all(sound(one) for one in nodes.desks.values())
