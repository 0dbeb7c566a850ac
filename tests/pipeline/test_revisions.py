"""Rows that change, change back, come twice, in another order, damaged: what take-in says of each."""

import json

import pytest

ROWS = [
    {"report_id": "1", "source": "ngo", "when": "2025-03-20", "area": "river_towns", "killed_best": 2},
    {"report_id": "2", "source": "ngo", "when": "2025-03-21", "area": "river_towns"},
    {"report_id": "3", "source": "ngo", "when": "2025-03-22", "area": "southern_plain"},
]
NAMES = ("rows", "reports", "revised", "refused", "already_held")


def numbers(taken):
    [file] = taken["files"]
    found = tuple(file[name] for name in NAMES)
    assert found[0] == sum(found[1:])
    return found


@pytest.fixture
def held(desk):
    """Three reports are held."""
    desk.init()
    assert numbers(desk.reports(*ROWS)) == (3, 3, 0, 0, 0)
    return desk


def test_a_file_that_is_held_whole_adds_nothing(held):
    entries = held.stored("SELECT count(*) FROM entry")
    assert numbers(held.take_in(held.folder / "reports-0.csv")) == (3, 0, 0, 0, 3)
    assert held.stored("SELECT count(*) FROM entry") == entries


def test_the_same_file_under_another_name_is_held_whole(held):
    copy = held.file("copy.csv", (held.folder / "reports-0.csv").read_bytes())
    assert numbers(held.take_in(copy)) == (3, 0, 0, 0, 3)


def test_the_same_rows_in_another_order_are_held(held):
    assert numbers(held.reports(*ROWS[::-1])) == (3, 0, 0, 0, 3)


def test_the_same_rows_with_other_separators_are_held(held, office):
    rows = [{**office.REPORT, **row} for row in ROWS]
    path = held.file("semicolons.csv", office.as_csv(office.REPORT_COLUMNS, rows, delimiter=";"))
    assert numbers(held.take_in(path)) == (3, 0, 0, 0, 3)


def test_a_changed_row_is_revised_and_the_old_one_kept(held):
    assert numbers(held.reports(ROWS[0] | {"killed_best": 5}, *ROWS[1:])) == (3, 0, 1, 0, 2)
    rows = held.stored("SELECT killed_best, superseded_by IS NULL FROM report WHERE source_row = '1' ORDER BY seq")
    assert rows == [(2, 0), (5, 1)]


def test_a_row_changed_back_is_revised_again(held):
    held.reports(ROWS[0] | {"killed_best": 5})
    assert numbers(held.reports(ROWS[0], ROWS[1])) == (2, 0, 1, 0, 1)
    rows = held.stored("SELECT killed_best, superseded_by IS NULL FROM report WHERE source_row = '1' ORDER BY seq")
    assert rows == [(2, 0), (5, 0), (2, 1)]


def test_a_row_that_revises_another_of_the_same_file_is_revised(held):
    taken = held.reports(
        *({"report_id": "9", "source": "ngo", "when": f"2025-03-2{n}", "area": "all areas"} for n in range(4))
    )
    assert numbers(taken) == (4, 1, 3, 0, 0)
    assert held.stored("SELECT when_words FROM report WHERE source_row = '9' AND superseded_by IS NULL") == [
        ("2025-03-23",)
    ]


def test_the_link_to_what_was_revised_is_in_the_record(held):
    held.reports(ROWS[0] | {"killed_best": 5})
    ids = [name for (name,) in held.stored("SELECT id FROM report WHERE source_row = '1' ORDER BY seq")]
    bodies = [bytes(body) for (body,) in held.stored("SELECT body FROM entry") if b"supersedes" in bytes(body)]
    assert [json.loads(body)["links"]["supersedes"] for body in bodies] == [[ids[0]]]


def test_the_same_id_of_another_source_is_another_report(held):
    assert numbers(held.reports(ROWS[0] | {"source": "wire"})) == (1, 1, 0, 0, 0)


def test_a_refused_row_is_kept_and_held_when_it_comes_again(held):
    bad = {"report_id": "8", "source": "ngo", "when": "03/04/2025", "area": "river_towns"}
    assert numbers(held.reports(bad)) == (1, 0, 0, 1, 0)
    assert numbers(held.reports(bad, ROWS[0])) == (2, 0, 0, 0, 2)
    [refused] = held.told("refusals")["refusals"]
    assert (refused["row"], refused["column"], refused["value"]) == (2, "when", "03/04/2025")
    assert "2025-04-03 or 2025-03-04" in refused["reason"]
    assert "YYYY-MM-DD" in refused["mend"]
    assert any(b"03/04/2025" in bytes(fields) for (fields,) in held.stored("SELECT fields FROM payload"))


def test_a_refused_row_that_is_mended_is_a_new_report(held):
    held.reports({"report_id": "8", "source": "ngo", "when": "03/04/2025"})
    assert numbers(held.reports({"report_id": "8", "source": "ngo", "when": "2025-04-03"})) == (1, 1, 0, 0, 0)


def test_two_refused_rows_that_are_the_same_are_two(held):
    bad = {"report_id": "8", "source": "ngo", "when": "soon"}
    assert numbers(held.reports(bad, bad)) == (2, 0, 0, 2, 0)


def test_the_ledger_counts_only_what_is_in_force(held):
    cells = held.cells("between_parties", "--from", "2025-03-20", "--to", "2025-03-22")
    assert [cells["river_towns", f"2025-03-2{n}"]["low"] for n in range(3)] == [1, 1, 0]
    held.reports(ROWS[0] | {"when": "2025-03-22"})
    cells = held.cells("between_parties", "--from", "2025-03-20", "--to", "2025-03-22")
    assert [cells["river_towns", f"2025-03-2{n}"]["low"] for n in range(3)] == [0, 1, 1]


def test_coverage_is_revised_by_its_own_id(desk):
    desk.init("example", "lenient")
    row = {"coverage_id": "c1", "source": "ngo", "area": "river_towns", "from": "2025-03-20", "to": "2025-03-20"}
    assert numbers(desk.coverage(row)) == (1, 1, 0, 0, 0)
    assert desk.cell("between_parties", "river_towns", "2025-03-20")["verdict"] == "quiet"
    assert numbers(desk.coverage(row | {"status": "stopped"})) == (1, 0, 1, 0, 0)
    assert desk.cell("between_parties", "river_towns", "2025-03-20")["verdict"] == "cannot_tell"


def test_an_act_said_twice_is_one_and_one_that_was_withdrawn_can_be_said_again(desk):
    desk.init()
    said = {"act": "declaration", "by": "alpha", "at": "2025-03-24T10:00", "clock": "seven_quiet_days", "says": "met"}
    first = desk.act(**said, because="So.")
    assert desk.act(**said, because="So.")["already_held"] is True
    desk.act(act="withdrawal", by="alpha", at="2025-03-24T11:00", of=first["id"], because="Too soon.")
    again = desk.act(**said, because="So.")
    assert (again["already_held"], again["id"] != first["id"]) == (False, True)
    assert [act["act"] for act in desk.told("acts")["acts"]] == ["withdrawal", "declaration"]
    assert desk.told("rebuild")["same"] is True
    assert desk.act(**said, because="So.")["id"] == again["id"]


def test_several_files_are_taken_in_together_or_not_at_all(desk):
    desk.init()
    good = desk.file("good.csv", "report_id,source,when,kind,side_a,side_b\n1,ngo,2025-03-20,,,\n")
    bad = desk.file("bad.csv", "colour,shape\nred,round\n")
    ran = desk.run("take-in", desk.mission, good, bad)
    assert ran.code == 2
    assert "bad.csv is of no known form" in ran.err
    assert desk.stored("SELECT count(*) FROM report") == [(0,)]


def test_a_source_given_by_hand_fills_the_rows_that_name_none(desk):
    desk.init()
    path = desk.file(
        "no_source.csv", "report_id,source,when,kind,side_a,side_b\n1,,2025-03-20,,,\n2,ngo,2025-03-20,,,\n"
    )
    assert desk.take_in(path)["totals"]["refused"] == 1
    assert desk.take_in(path, source="hotline")["totals"]["refused"] == 0
    assert sorted(desk.stored("SELECT DISTINCT source FROM report")) == [("hotline",), ("ngo",)]
