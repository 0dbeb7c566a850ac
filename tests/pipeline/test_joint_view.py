"""The logs of several holders read as one: what each can read, what all can read, and where they stand opposed."""

import json

import pytest

from truceline.intake.formats.acled import COLUMNS
from truceline.store.mission_file import MissionFile

DAY, NEXT = "2025-03-20", "2025-03-21"


@pytest.fixture
def two(holders):
    """Two holders who know each other's keys."""
    return holders(north="north", south="south")


def shelling(nodes, name, row_id, day=DAY, **row):
    """Take in one report of a source's own row, whoever does it."""
    desk = nodes.desks[name]
    told = {**nodes.office.REPORT, "report_id": row_id, "when": f"{day}T10:00Z", "area": "river_towns", **row}
    taken = desk.take_in(desk.file(f"{row_id}-{name}.csv", nodes.office.as_csv(nodes.office.REPORT_COLUMNS, [told])))
    return taken["files"][0]


def counted(nodes, name, view="own"):
    """Day to (low, high) of attacks between the parties in the river towns."""
    words = ("--view", view, "--indicator", "between_parties", "--area", "river_towns")
    cells = nodes.told(name, "ledger", words=words)["cells"]
    return {cell["day"]: (cell["low"], cell["high"]) for cell in cells if cell["high"]}


def fingerprints(nodes):
    return {nodes.told(name, "exchange", "state")["fingerprint"] for name in nodes.sides}


def finding(nodes, name, **said):
    fields = {"by": "alpha", "at": "2025-03-22T09:00", "about": "The bridge", "held": "happened", "what": "Shells.",
              "because": "Craters."}  # fmt: skip
    return nodes.act(name, act="finding", **{**fields, **said})


def test_nothing_of_the_other_side_is_read_before_it_is_released(two):
    shelling(two, "south", "r1")
    two.meet()
    assert counted(two, "north") == {}
    assert counted(two, "south") == {DAY: (1, 1)}
    assert counted(two, "south", "shared") == {}


def test_what_is_released_to_one_side_counts_in_its_own_view_and_in_no_shared_one(two):
    shelling(two, "south", "r1")
    two.release("south", to="north")
    two.meet()
    assert counted(two, "north") == {DAY: (1, 1)}
    assert counted(two, "north", "shared") == counted(two, "south", "shared") == {}


def test_one_row_of_a_source_in_two_logs_is_counted_once(two):
    for name in two.sides:
        shelling(two, name, "r1")
        two.release(name)
    two.meet()
    assert counted(two, "north") == counted(two, "south") == {DAY: (1, 1)}


def test_two_editions_of_one_row_leave_open_what_they_differ_in(two):
    shelling(two, "north", "r1")
    shelling(two, "south", "r1", day=NEXT)
    for name in two.sides:
        two.release(name)
    two.meet()
    for name in two.sides:
        for view in ("own", "shared"):
            assert counted(two, name, view) == {DAY: (0, 1), NEXT: (0, 1)}, (name, view)


def test_the_fingerprint_agrees_whatever_the_order_of_arrival(holders):
    nodes = holders(north="north", south="south", guarantor="guarantor")
    for number, name in enumerate(nodes.sides):
        shelling(nodes, name, f"r{number}")
        shelling(nodes, name, "all")
        nodes.release(name)
    nodes.carry("north", "south")
    nodes.carry("south", "guarantor")
    nodes.carry("guarantor", "north")
    nodes.meet("guarantor", "south", "north")
    nodes.meet()
    assert len(fingerprints(nodes)) == 1
    assert counted(nodes, "north", "shared") == counted(nodes, "guarantor", "shared") == {DAY: (4, 4)}


def test_a_state_that_one_holder_states_is_computed_by_the_other(two):
    shelling(two, "north", "r1")
    two.release("north")
    two.meet()
    assert two.told("north", "exchange", "state", words=("--enter",))["stated"]
    two.meet()
    [stated] = two.told("south", "exchange", "state")["others"]
    assert (stated["by"], stated["agrees"]) == ("north", True)


def test_a_cut_of_the_own_log_says_what_could_be_read_of_the_other_then(two):
    shelling(two, "south", "r1")
    two.meet()
    before = two.told("north", "evaluate")["cut"]
    two.release("south")
    two.meet()
    size = next(size for size, _ in before.values())
    words = ("--indicator", "between_parties", "--area", "river_towns")
    then = two.told("north", "ledger", words=("--known", size, *words))
    assert then["cut"] == before
    assert not any(cell["high"] for cell in then["cells"])
    assert counted(two, "north") == {DAY: (1, 1)}
    assert len(two.told("north", "evaluate")["cut"]) == 2


def test_a_revision_of_one_side_leaves_the_other_sides_row_alone(two):
    shelling(two, "south", "r1", killed_best=3)
    two.release("south")
    shelling(two, "north", "r1", killed_best=3)
    shelling(two, "north", "r1", killed_best=0, day=NEXT)
    two.release("north")
    two.meet()
    assert counted(two, "south") == counted(two, "north") == {DAY: (0, 1), NEXT: (0, 1)}


def test_a_recall_that_one_side_holds_takes_no_row_of_the_other_back(two):
    event = {
        "event_date": DAY, "time_precision": "1", "event_type": "Battles", "sub_event_type": "Grenade",
        "actor1": "Northern Army", "actor2": "Front of the Plain", "latitude": "36.5", "longitude": "37.25",
        "geo_precision": "1", "fatalities": "2", "event_id_cnty": "NOR1",
    }  # fmt: skip
    for name in two.sides:
        desk = two.desks[name]
        desk.take_in(desk.file("a.csv", two.office.as_csv(COLUMNS, [event])))
    feed = {"success": True, "data": [{"event_id_cnty": "NOR1", "deleted_timestamp": 1741132800}]}
    two.desks["south"].take_in(two.desks["south"].file("d.json", json.dumps(feed)))
    for name in two.sides:
        two.release(name)
    two.meet()
    in_force = "SELECT seq >= 1 << 40 FROM report WHERE source_row = 'NOR1' AND superseded_by IS NULL"
    assert two.desks["north"].stored(in_force) == [(0,)]
    assert two.desks["south"].stored(in_force) == [(1,)]
    two.meet()
    assert len(fingerprints(two)) == 1
    assert all(two.told(name, "rebuild")["same"] for name in two.sides)


def test_findings_of_one_side_never_alter_findings_of_the_other(two):
    told = finding(two, "north")
    two.release("north")
    two.meet()
    refused = two.desks["south"].run(
        "enter",
        two.desks["south"].mission,
        two.desks["south"].file(
            "act.yaml", f"act: withdrawal\nby: alpha\nat: 2025-03-23\nof: {told[:16]}\nbecause: No."
        ),
    )
    assert refused.code == 2, refused.out
    finding(two, "south", held="did_not_happen", at="2025-03-23T09:00")
    two.release("south")
    two.meet()
    for name in two.sides:
        assert told in {one["id"] for one in two.told(name, "acts")["acts"]}, name


def test_two_devices_of_one_side_that_revise_one_finding_offline_are_rivals_until_a_person_settles_it(holders):
    nodes = holders(first="north", second="north")
    told = finding(nodes, "first")
    nodes.release("first")
    nodes.meet()
    one = finding(nodes, "first", at="2025-03-23T09:00", held="undetermined", revises=[told])
    other = finding(nodes, "second", at="2025-03-23T10:00", held="did_not_happen", revises=[told])
    for name in nodes.sides:
        nodes.release(name)
    nodes.meet()
    for name in nodes.sides:
        [rivals] = nodes.told(name, "rivals")["rivals"]
        assert {act["id"] for act in rivals["acts"]} == {one, other}, name
    finding(nodes, "second", at="2025-03-24T10:00", held="undetermined", revises=[one, other])
    nodes.release("second")
    nodes.meet()
    assert [nodes.told(name, "rivals")["rivals"] for name in nodes.sides] == [[], []]


def test_a_withheld_group_is_flagged_and_the_rest_still_counts(two):
    shelling(two, "south", "r1", killed_best=2)
    two.release("south", fields="source,when,where,who,what")
    two.meet()
    assert counted(two, "north") == {DAY: (1, 1)}


def test_a_row_without_its_time_is_not_counted_and_says_what_is_missing(two):
    shelling(two, "south", "r1")
    two.release("south", fields="source,where,who,what")
    two.meet()
    assert counted(two, "north") == {}
    [refused] = two.told("north", "refusals")["refusals"]
    assert "when" in refused["reason"]


def test_what_was_kept_up_as_it_came_is_what_a_rebuild_gives(two):
    for number, name in enumerate(two.sides):
        shelling(two, name, f"r{number}")
        shelling(two, name, "both")
        two.release(name, fields="source,when,who")
        two.meet()
        two.release(name)
        two.meet()
    for name in two.sides:
        assert two.told(name, "rebuild")["same"]
        assert two.run(name, "audit").code == 0


def test_a_report_whose_source_is_withheld_still_breaks_the_quiet(two):
    shelling(two, "south", "r1")
    two.release("south", fields="when,where,who,what")
    two.meet()
    assert counted(two, "north") == {DAY: (1, 1)}
    assert two.told("north", "refusals")["refusals"] == []


def test_coverage_of_a_withheld_area_is_not_taken_for_coverage_of_all(two):
    two.desks["south"].coverage({"source": "patrol", "area": "river_towns", "from": DAY, "to": DAY})
    two.release("south", fields="source,when,who,what,rest")
    two.meet()
    [refused] = two.told("north", "refusals")["refusals"]
    assert "where" in refused["reason"]


def test_what_one_destroys_is_in_nobodys_shared_view_any_more(two):
    shelling(two, "south", "r1", killed_best=4)
    two.release("south")
    two.meet()
    assert two.told("north", "exchange", "state", words=("--enter",))["stated"]
    [row] = ids_of(two.desks["south"], "row")
    two.run("south", "destroy", "--", row, words=("--fields", "where", "--because", "It names a house.", "--yes"))
    two.meet()
    assert len(fingerprints(two)) == 1
    assert counted(two, "north") == {DAY: (1, 1)}
    [stated] = two.told("south", "exchange", "state")["others"]
    assert stated["agrees"] is None, "what was destroyed since cannot be computed again"


def ids_of(desk, kind):
    """The ids of the entries of a kind."""
    with MissionFile.open(desk.mission) as mission:
        ids = mission.ids()
        return [ids[seq] for seq, found, _, _ in mission.payloads() if found == kind]
