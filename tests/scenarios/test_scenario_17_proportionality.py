"""Scenario 17: three mortar rounds, answered by an air strike on another village an hour later."""

import re

import pytest

PROVOCATION = {
    "report_id": "1", "source": "ngo", "when": "2025-03-20T10:00", "kind": "shelling", "side_a": "River Brigade",
    "side_b": "Northern Army", "area": "southern_plain", "words": "Three mortar rounds.",
}  # fmt: skip
ANSWER = {
    "report_id": "2", "source": "ngo", "when": "2025-03-20T11:00", "kind": "air_strike", "side_a": "Northern Army",
    "side_b": "Plain Front", "area": "river_towns", "words": "An air strike on another village.",
}  # fmt: skip
DAY = ["--from", "2025-03-20T00:00", "--to", "2025-03-21T00:00"]


@pytest.fixture
def mission(desk):
    """Both reports, and alpha's finding on each: by the South, and by the North in answer to it."""
    desk.init()
    desk.reports(PROVOCATION, ANSWER)
    return desk


def found(desk, number, by="alpha", **more):
    whom = {"1": ("River Brigade", "Three rounds fell."), "2": ("Northern Army", "An air strike on another village.")}
    who, what = whom[number]
    return desk.act(
        act="finding", by=by, at="2025-03-21T09:00", about=f"ngo/{number}", held="happened", what=what,
        because="Craters and video.", rests_on=[f"ngo/{number}"], attributed_to=who, attribution="single_side_a",
        **more,
    )["id"]  # fmt: skip


def elements(threat, required):
    held = (("immediate_threat", threat), ("no_greater_than_required", required))
    return [{"element": name, "held": says, "because": "Held by alpha."} for name, says in held]


def outcomes(desk, body="alpha"):
    rows = desk.told("assess", *DAY)["assessments"]
    return {(one["obligation"], one["party"]): one["by"].get(body, one["outcome"]) for one in rows}


def answered(desk, threat="no", required="no"):
    first = found(desk, "1")
    return first, found(desk, "2", answers="ngo/1", elements=elements(threat, required))


def test_the_two_are_linked_and_neither_cancels_the_other(mission):
    answered(mission)
    held = outcomes(mission)
    assert held["no_attacks", "south"] == "breached"
    assert held["no_attacks", "north"] == "breached"
    assert held["measured_answer", "north"] == "breached"
    assert held["measured_answer", "south"] == "not_observed"
    assert mission.cell("between_parties", "river_towns", "2025-03-20")["low"] == 1
    assert mission.cell("between_parties", "southern_plain", "2025-03-20")["low"] == 1


@pytest.mark.parametrize(
    ("threat", "required", "outcome"),
    [
        ("yes", "yes", "complied"),
        ("yes", "no", "breached"),
        ("no", "yes", "breached"),
        ("yes", "undetermined", "undecided"),
    ],
)
def test_the_answer_is_assessed_against_the_threat_and_what_it_required(mission, threat, required, outcome):
    answered(mission, threat, required)
    held = outcomes(mission)
    assert held["measured_answer", "north"] == outcome
    assert held["no_attacks", "south"] == "breached"


def test_the_reasons_name_the_answer_the_provocation_and_what_is_missing(mission):
    _, answer = answered(mission, "yes", "undetermined")
    told = mission.printed("why", "measured_answer/north/2025-03-20T00:00/2025-03-21T00:00/alpha")
    assert "The response ngo/2 to ngo/1" in told
    assert "immediate threat: yes, no greater than required: undetermined" in told
    assert "A finding on this would settle it: no greater than required." in told
    assert answer[:12] in told


def test_one_co_chairs_findings_make_no_outcome_of_the_others(mission):
    answered(mission)
    held = outcomes(mission, "beta")
    assert held["measured_answer", "north"] == "not_observed"
    [one] = mission.told("assess", "--obligation", "measured_answer", "--party", "north", *DAY)["assessments"]
    assert one["outcome"] == "undecided"


def test_a_bulletin_shows_both(mission):
    answered(mission)
    page = mission.bulletin("--as-of", "2025-03-31")
    assert '"kind":[["Shelling","Air strike"]' in page
    words = re.sub(r"(<[^>]+>|\s)+", " ", page)
    for area in ("River Towns", "Southern Plain"):
        assert f"{area} 20 March 2025 not quiet 1 1 incident surely happened here" in words
