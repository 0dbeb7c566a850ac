"""Scenario 20: one side finds a serious violation, the other no incident; both stand, and neither alters the other."""

import pytest

REPORT = {"report_id": "1", "source": "ngo", "when": "2025-03-20T10:00", "area": "river_towns"}
ABOUT = "ngo/1"


@pytest.fixture
def mission(desk):
    """A mission with one report."""
    desk.init()
    desk.reports(REPORT)
    return desk


def determined(desk, by, category, at="2025-03-21T09:00", **more):
    return desk.act(act="determination", by=by, at=at, about=ABOUT, category=category, because=f"{by} looked.", **more)[
        "id"
    ]


def matter(desk, *options):
    [one] = desk.told("findings", *options)["matters"]
    return one


def said(one):
    return [(word["by"], word["holds"]) for word in one["words"]]


def test_both_stand_side_by_side_with_equal_prominence(mission):
    determined(mission, "beta", "not_an_incident")
    determined(mission, "alpha", "serious_violation")
    one = matter(mission)
    assert one["column"] == "disputed"
    assert said(one) == [("alpha", "serious_violation"), ("beta", "not_an_incident")]
    assert {len(word) for word in one["words"]} == {7 + 1}
    printed = mission.printed("findings")
    assert "alpha: serious violation / beta: not an incident" in printed
    assert [column.strip() for column in ("agreed", "alpha only", "beta only", "disputed")] == mission.told("findings")[
        "columns"
    ]


@pytest.mark.parametrize(
    ("alpha", "beta", "column"),
    [
        ("serious_violation", "serious_violation", "agreed"),
        ("serious_violation", None, "alpha only"),
        (None, "not_an_incident", "beta only"),
        ("serious_violation", "pending", "alpha only"),
        ("pending", "pending", "undecided"),
        ("minor_violation", "serious_violation", "disputed"),
    ],
)
def test_the_table_has_a_column_for_each_way_they_may_stand(mission, alpha, beta, column):
    for by, category in (("alpha", alpha), ("beta", beta)):
        if category:
            determined(mission, by, category)
    assert matter(mission)["column"] == column


def test_changing_one_sides_never_alters_the_others(mission):
    first = determined(mission, "alpha", "serious_violation")
    determined(mission, "beta", "not_an_incident")
    before = [word for word in matter(mission)["words"] if word["by"] == "beta"]
    newer = determined(mission, "alpha", "minor_violation", at="2025-03-22T09:00", revises=[first])
    assert [word for word in matter(mission)["words"] if word["by"] == "beta"] == before
    assert said(matter(mission)) == [("alpha", "minor_violation"), ("beta", "not_an_incident")]
    mission.act(act="withdrawal", by="alpha", at="2025-03-23", of=newer, because="Open again.")
    assert matter(mission)["column"] == "beta only"
    assert [word for word in matter(mission)["words"] if word["by"] == "beta"] == before


def test_as_it_was_known_before(mission):
    determined(mission, "alpha", "serious_violation")
    size = next(iter(mission.told("findings")["cut"].values()))[0]
    determined(mission, "beta", "not_an_incident")
    assert matter(mission, "--known", str(size))["column"] == "alpha only"


def test_findings_on_two_reports_of_one_incident_are_one_matter(mission):
    mission.reports({**REPORT, "source": "centre", "report_id": "9"})
    determined(mission, "alpha", "serious_violation")
    mission.act(
        act="determination",
        by="beta",
        at="2025-03-21T10:00",
        about="centre/9",
        category="not_an_incident",
        because="No.",
    )
    assert len(mission.told("findings")["matters"]) == 2
    mission.told("judge", ABOUT, "centre/9", "same", "--by", "alpha", "--because", "One.")
    assert matter(mission)["column"] == "disputed"
    assert matter(mission)["about"] == ABOUT


def test_a_party_and_an_observer_are_shown_and_make_no_side(mission):
    mission.act(
        act="finding", by="secretariat", at="2025-03-21", about=ABOUT, held="happened", what="Craters.", because="Seen."
    )
    one = matter(mission)
    assert (one["kind"], one["column"]) == ("finding", "others")
