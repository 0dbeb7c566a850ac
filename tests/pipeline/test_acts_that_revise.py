"""Acts that take the place of earlier ones: which may, which may not, and what stays in the record."""

import json

import pytest

FINDING = {
    "act": "finding", "by": "alpha", "at": "2025-03-21T09:00", "about": "Shelling of 20 March", "held": "happened",
    "what": "Twelve impacts.", "because": "Craters seen.",
}  # fmt: skip


@pytest.fixture
def first(desk):
    """A mission in which alpha has found something."""
    desk.init()
    desk.found = desk.act(**FINDING)["id"]
    return desk


def refused(desk, **fields):
    written = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    size = desk.stored("SELECT count(*) FROM entry")
    ran = desk.run("enter", desk.mission, desk.file("refused.yaml", written))
    assert ran.code == 2
    assert desk.stored("SELECT count(*) FROM entry") == size
    return " ".join(ran.err.split())


def revision(desk, **more):
    return FINDING | {"at": "2025-03-22T09:00", "held": "undetermined", "revises": [desk.found]} | more


def in_force(desk):
    return [one["id"] for one in desk.told("acts")["acts"]]


def test_the_newer_act_is_in_force_and_the_older_stays_in_the_record(first):
    before = first.told("clocks")["cut"]
    [size] = [cut[0] for cut in before.values()]
    newer = first.act(**revision(first))["id"]
    assert in_force(first) == [newer]
    assert first.stored("SELECT count(*) FROM act") == [(2,)]
    body = bytes(first.stored("SELECT body FROM entry ORDER BY seq DESC LIMIT 1")[0][0])
    assert json.loads(body)["links"]["supersedes"] == [first.found]
    assert first.told("audit")["faults"] == []
    assert size == 2


def test_a_revision_is_entered_once_however_often_it_is_sent(first):
    newer, again = (first.act(**revision(first)) for _ in range(2))
    assert (again["id"], again["already_held"]) == (newer["id"], True)


def test_a_few_characters_of_the_id_are_enough(first):
    newer = first.act(**revision(first, revises=[first.found[:12]]))["id"]
    assert in_force(first) == [newer]


def test_one_act_settles_several(first):
    other = first.act(**FINDING | {"at": "2025-03-21T10:00", "held": "did_not_happen"})["id"]
    settled = first.act(**revision(first, revises=[first.found, other]))["id"]
    assert in_force(first) == [settled]


def test_an_act_revises_nothing_that_is_unknown(first):
    assert "revises: 'aaaaaaaaaaaa' names no act of this record" in refused(
        first, **revision(first, revises=["a" * 12])
    )


def test_findings_of_one_body_never_alter_findings_of_another(first):
    said = refused(first, **revision(first, by="beta"))
    assert f"the act {first.found[:12]} is alpha's" in said
    assert in_force(first) == [first.found]


def test_an_act_takes_the_place_of_its_own_kind_alone(first):
    fields = {"act": "determination", "by": "alpha", "at": "2025-03-22", "about": "Shelling of 20 March",
              "category": "pending", "because": "Open.", "revises": [first.found]}  # fmt: skip
    assert "is a finding, not a determination" in refused(first, **fields)


def test_a_revision_is_not_said_before_what_it_revises(first):
    assert "was said later" in refused(first, **revision(first, at="2025-03-20T09:00"))


def test_what_was_replaced_is_revised_through_the_newer_one(first):
    newer = first.act(**revision(first))["id"]
    said = refused(first, **revision(first, at="2025-03-23T09:00"))
    assert f"was replaced already, by {newer[:12]}" in said
    assert f"Revise {newer[:12]}." in said
    third = first.act(**revision(first, at="2025-03-23T09:00", revises=[newer]))["id"]
    assert in_force(first) == [third]


def test_what_was_taken_back_is_not_revised(first):
    first.act(act="withdrawal", by="alpha", at="2025-03-22T09:00", of=first.found, because="A mistake.")
    assert "was taken back already" in refused(first, **revision(first, at="2025-03-23T09:00"))


def test_a_withdrawn_revision_does_not_bring_the_older_act_back_until_it_is_said_again(first):
    newer = first.act(**revision(first))["id"]
    back = first.act(act="withdrawal", by="alpha", at="2025-03-23T09:00", of=newer, because="No.")["id"]
    assert in_force(first) == [back]
    again = first.act(**FINDING)
    assert not again["already_held"]
    assert in_force(first) == [back, again["id"]]


def test_a_revised_row_of_coverage_is_watched_no_longer(first):
    row = {"act": "coverage", "by": "secretariat", "source": "patrol", "area": "river_towns", "status": "reported"}
    old = first.act(**row, at="2025-03-20T09:00", **{"from": "2025-03-19", "to": "2025-03-19"})["id"]
    first.act(**row, at="2025-03-21T09:00", **{"from": "2025-03-19T00:00", "to": "2025-03-19T06:00"}, revises=[old])
    assert first.stored("SELECT count(*) FROM coverage WHERE superseded_by IS NULL") == [(1,)]


def test_a_clock_hears_the_revised_word_alone(first):
    declared = {"act": "declaration", "by": "alpha", "clock": "seven_quiet_days", "because": "So it is."}
    old = first.act(**declared, at="2025-03-25T09:00", says="met")["id"]
    first.act(**declared, at="2025-03-25T10:00", says="not_met", revises=[old])
    views = {one["by"]: one["says"] for one in first.clock("seven_quiet_days", "--as-of", "2025-03-26")["views"]}
    assert views["alpha"] != "holds"


def test_a_rebuild_gives_the_same_tables(first):
    newer = first.act(**revision(first))["id"]
    first.act(**revision(first, at="2025-03-23T09:00", held="happened", revises=[newer]))
    assert first.told("rebuild")["same"]


@pytest.mark.parametrize("revises", [[], "abc", ["xyz"], ["a" * 65], [1], ["a" * 12] * 101])
def test_what_is_no_list_of_ids_is_refused_by_its_form(first, revises):
    assert "act.schema.json" in refused(first, **revision(first, revises=revises))


def test_an_act_that_revises_nothing_is_written_as_it_always_was(first):
    [(content,)] = first.stored("SELECT content FROM act")
    assert "revises" not in content
