"""Scenario 25: an import says 242 = 219 + 32, with parts 203 + 10 + 6 and 18 + 5. Kept, flagged, never mended.

Two laptops edit one case offline, somebody alters a stored row, and a page of an earlier cut is asked for again: on
one node, and on two that exchange bundles and releases.
"""

import contextlib
import json
import sqlite3

import pytest

WEEK = {"from": "2025-03-12", "to": "2025-03-18"}
FIGURES = {
    "violations": 242,
    "violations: combat": 219,
    "violations: combat: government": 203,
    "violations: combat: alleged allies": 10,
    "violations: combat: opposition": 6,
    "violations: arrests": 32,
    "violations: arrests: government": 18,
    "violations: arrests: others": 5,
}
BULLETIN = {
    "id": "week-1", "ceasefire": "example-2025-03-12", "reporter": "Network", "language": "en", "issued": "2025-03-19",
    "period_start": "2025-03-12", "period_end": "2025-03-18", "violations": 242,
    "by_kind": {"combat": 219, "arrests": 32}, "excerpt": "at least 242 breaches: 219 combat and 32 arrests",
}  # fmt: skip


@pytest.fixture
def told(office, desk):
    """The figures as rows of a table of tallies; the opposite body counts 302 in the same week."""
    desk.init("example", "strict")
    rows = [
        {"tally_id": f"n{n}", "source": "network", "of": of, "best": best, **WEEK}
        for n, (of, best) in enumerate(FIGURES.items())
    ]
    rows.append({"tally_id": "c1", "source": "centre", "of": "violations", "best": 302, **WEEK})
    desk.take_in(desk.file("tallies.csv", office.as_csv(office.TALLY_COLUMNS, rows)))
    return desk


def kept(desk):
    return {
        (source, of): best
        for source, of, best in desk.stored("SELECT source, of, best FROM tally WHERE superseded_by IS NULL")
    }


def test_the_sources_own_figures_are_kept(told):
    assert kept(told) == {("network", of): best for of, best in FIGURES.items()} | {("centre", "violations"): 302}


def test_251_against_242_and_23_against_32_are_flagged_and_219_is_not(told):
    found = told.told("sources", "--as-of", "2025-04-01")["mismatches"]
    assert [(one["of"], one["whole"], one["parts"]) for one in found] == [
        ("violations", 242, 251),
        ("violations: arrests", 32, 23),
    ]
    assert kept(told)["network", "violations"] == 242


def test_people_read_both_figures_and_that_neither_is_mended(told):
    printed = told.printed("sources", "--as-of", "2025-04-01")
    assert "network: violations is 242, its 2 parts make 251; neither is mended." in printed
    assert "network: violations: arrests is 32, its 2 parts make 23; neither is mended." in printed


def test_the_other_bodys_302_stands_beside_242_and_nothing_is_summed(told):
    found = told.told("sources", "--as-of", "2025-04-01")
    [one] = found["counts"]
    assert [(side["source"], side["best"]) for side in (one["a"], one["b"])] == [("centre", 302), ("network", 242)]
    assert (one["difference"], one["same_period"]) == (60, True)
    text = json.dumps(found["counts"])
    assert "544" not in text
    assert "272" not in text


def test_the_same_words_in_one_bulletin_are_flagged_as_it_is_read(desk):
    desk.init("example", "strict")
    desk.take_in(desk.file("bulletins.jsonl", json.dumps(BULLETIN) + "\n"))
    rows = desk.stored("SELECT of, best, flags FROM tally")
    assert {of: best for of, best, _ in rows} == {
        "violations": 242, "violations: combat": 219, "violations: arrests": 32,
    }  # fmt: skip
    assert all("kinds_exceed_total" in json.loads(flags) for _, _, flags in rows)
    assert desk.told("sources", "--as-of", "2025-04-01")["mismatches"] == []


def test_two_edits_of_one_case_are_both_in_the_record(told, office):
    for name, best in (("laptop-1", 23), ("laptop-2", 28)):
        row = {"tally_id": "n5", "source": "network", "of": "violations: arrests", "best": best, **WEEK}
        [file] = told.take_in(told.file(f"{name}.csv", office.as_csv(office.TALLY_COLUMNS, [row])))["files"]
        assert file["revised"] == 1
    held = told.stored("SELECT best, superseded_by IS NULL FROM tally WHERE of = 'violations: arrests' ORDER BY seq")
    assert held == [(32, 0), (23, 0), (28, 1)]


def altered(desk, statement, *values):
    """Change the file as Truceline itself would not let anybody change it."""
    with contextlib.closing(sqlite3.connect(desk.mission, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement, values)
        for _, sql in guards:
            connection.execute(sql)


def test_an_altered_row_of_the_record_is_found_and_named(told):
    [[seq, fields]] = told.stored(
        "SELECT seq, fields FROM payload JOIN tally USING (seq) WHERE of = 'violations' AND source = 'network'"
    )
    assert b"242" in fields
    altered(told, "UPDATE payload SET fields = ? WHERE seq = ?", fields.replace(b"242", b"251"), seq)
    ran = told.run("audit", told.mission, "--json")
    assert ran.code == 1
    assert {fault["seq"] for fault in ran.json()["faults"]} == {seq}


def test_an_altered_figure_outside_the_record_does_not_survive_a_rebuild(told):
    altered(told, "UPDATE tally SET best = 251 WHERE of = 'violations' AND source = 'network'")
    ran = told.run("rebuild", told.mission, "--json")
    assert (ran.code, ran.json()["same"]) == (1, False)
    assert kept(told)["network", "violations"] == 242


def test_a_page_of_an_earlier_cut_is_the_same_to_the_last_bit(told):
    asked = ("--as-of", "2025-03-20", "--known", told.told("audit")["entries"])
    before = told.bulletin(*asked)
    told.reports({"when": "2025-03-19", "area": "river_towns"})
    assert told.bulletin(*asked) == before


# On two laptops of one field office, which meet by a stick


@pytest.fixture
def laptops(holders, office):
    """The first has the import, and a finding about one of its cases; both are released, and the second has them."""
    made = holders(first="office", second="office")
    rows = [
        {"tally_id": f"n{n}", "source": "network", "of": of, "best": best, **WEEK}
        for n, (of, best) in enumerate(FIGURES.items())
    ]
    first = made.desks["first"]
    first.take_in(first.file("tallies.csv", office.as_csv(office.TALLY_COLUMNS, rows)))
    made.case = finding(made, "first")
    made.release("first")
    made.meet()
    return made


def finding(laptops, name, **said):
    fields = {"by": "alpha", "at": "2025-03-22T09:00", "about": "Case 17", "held": "happened", "what": "Arrests.",
              "because": "Two families told of it."}  # fmt: skip
    return laptops.act(name, act="finding", **{**fields, **said})


@pytest.fixture
def edited(laptops):
    """Both revise the case offline; then they release what they wrote, and meet."""
    laptops.edits = {
        finding(laptops, "first", at="2025-03-23T09:00", held="undetermined", revises=[laptops.case]),
        finding(laptops, "second", at="2025-03-23T10:00", held="did_not_happen", revises=[laptops.case]),
    }
    for name in laptops.sides:
        laptops.release(name)
    laptops.meet()
    return laptops


def test_the_other_laptop_flags_the_same_sums_and_mends_none(laptops):
    told = [laptops.told(name, "sources", words=("--as-of", "2025-04-01"))["mismatches"] for name in laptops.sides]
    assert [(one["of"], one["whole"], one["parts"]) for one in told[1]] == [
        ("violations", 242, 251),
        ("violations: arrests", 32, 23),
    ]
    assert [one["of"] for one in told[0]] == [one["of"] for one in told[1]]
    assert kept(laptops.desks["second"]) == kept(laptops.desks["first"])


def test_two_offline_edits_of_one_case_are_a_visible_conflict_and_both_are_there(edited):
    for name in edited.sides:
        [rivals] = edited.told(name, "rivals")["rivals"]
        assert {one["id"] for one in rivals["acts"]} == edited.edits, name
        assert rivals["about"] == "Case 17"
        acts = {one["id"]: one for one in edited.told(name, "acts")["acts"]}
        assert acts.keys() >= {*edited.edits}, name
        printed = edited.run(name, "rivals").out
        assert "undetermined" in printed
        assert "did_not_happen" in printed


def test_a_person_settles_the_conflict_and_nothing_is_lost(edited):
    settled = finding(edited, "second", at="2025-03-24T10:00", held="undetermined", revises=sorted(edited.edits))
    edited.release("second")
    edited.meet()
    for name in edited.sides:
        assert edited.told(name, "rivals")["rivals"] == [], name
        stored = edited.desks[name].stored("SELECT id, superseded_by IS NULL FROM act WHERE about = 'Case 17'")
        assert dict(stored) == {settled: 1, edited.case: 0, **dict.fromkeys(edited.edits, 0)}, name
    assert len({edited.told(name, "exchange", "state")["fingerprint"] for name in edited.sides}) == 1


@pytest.mark.parametrize("table", ["payload", "given"])
def test_an_altered_row_is_named_on_the_laptop_that_wrote_it_and_on_the_one_it_was_given_to(laptops, table):
    name, column = {"payload": ("first", "fields"), "given": ("second", "opened")}[table]
    desk = laptops.desks[name]
    found = desk.stored(f"SELECT seq, {column} FROM {table} WHERE instr({column}, CAST('\"242\"' AS BLOB))")
    [(seq, content)] = found
    altered(desk, f"UPDATE {table} SET {column} = ? WHERE seq = ?", content.replace(b"242", b"251"), seq)
    ran = desk.run("audit", desk.mission, "--json")
    assert ran.code == 1
    assert {fault["seq"] for fault in ran.json()["faults"]} == {seq}
    other = "second" if name == "first" else "first"
    assert laptops.run(other, "audit").code == 0


@pytest.mark.parametrize("view", ["own", "shared"])
def test_a_page_of_a_cut_before_the_edits_is_the_same_after_them(laptops, view):
    desk = laptops.desks["first"]
    cut = laptops.told("first", "evaluate", words=("--view", view))["cut"]
    [(size, _)] = [cut[origin] for (origin,) in desk.stored("SELECT origin FROM log WHERE id = 1")]
    asked = ("--as-of", "2025-03-22", "--view", view, "--known", size)
    before = desk.bulletin(*asked)
    for name in laptops.sides:
        finding(laptops, name, at="2025-03-23T09:00", held="undetermined", revises=[laptops.case])
        laptops.desks[name].reports({"when": "2025-03-19", "area": "river_towns"})
        laptops.release(name)
    laptops.meet()
    assert desk.bulletin(*asked) == before
    assert desk.bulletin("--as-of", "2025-03-22", "--view", view) != before
