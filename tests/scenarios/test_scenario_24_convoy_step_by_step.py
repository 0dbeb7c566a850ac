"""Scenario 24: a convoy for 10,000: seven working days to approve, a late letter, kits taken off, 6,000 reached."""

import pytest

PLAN = (
    ("asked", "2025-03-16T09:00", {"party": "north", "area": "river_towns", "people": 10_000, "due": "2025-03-19"}),
    ("approved", "2025-03-25T12:00", {"party": "north", "people": 10_000, "due": "2025-03-26T12:00"}),
    ("letter", "2025-03-27T09:00", {"party": "north"}),
    ("notified", "2025-03-27T10:00", {"party": "north"}),
    ("notified", "2025-03-27T10:05", {"party": "south"}),
    ("acknowledged", "2025-03-27T10:20", {"party": "north"}),
    ("departed", "2025-03-28T06:00", {}),
    ("load_removed", "2025-03-28T09:00", {"party": "north", "category": "load_removal"}),
    ("delivered", "2025-03-28T15:00", {"people": 6_000}),
)
DAYS = ["--from", "2025-03-16", "--to", "2025-03-31"]


def step(desk, says, at, number="C-1", by="secretariat", because="From the convoy's log.", **more):
    return desk.act(act="access", by=by, at=at, number=number, says=says, because=because, **more)["id"]


@pytest.fixture
def mission(desk):
    """The convoy's log as the secretariat keeps it."""
    desk.init()
    for says, at, more in PLAN:
        step(desk, says, at, **more)
    return desk


def request(desk, *options, number="C-1"):
    [one] = desk.told("access", number, *options)["requests"]
    return one


def test_each_step_has_its_actor_its_due_time_and_what_came_of_it(mission):
    steps = {one["step"]: one for one in reversed(request(mission)["steps"])}
    asked, approved = steps["asked"], steps["approved"]
    assert (asked["actor"], asked["due"][:16], asked["outcome"]) == ("north", "2025-03-20T00:00", "approved, late")
    assert (approved["actor"], approved["outcome"]) == ("north", "letter, late")
    assert (steps["load_removed"]["actor"], steps["load_removed"]["category"]) == ("north", "load_removal")
    printed = mission.printed("access", "C-1")
    assert "approved, late" in printed
    assert "load removed" in printed


def test_while_nobody_answers_the_step_is_overdue_and_listed_first(mission):
    step(mission, "asked", "2025-03-17T09:00", number="C-0", party="south", people=200, because="Small.")
    told = mission.told("access", "--as-of", "2025-03-22")
    assert [(one["number"], one["overdue"]) for one in told["requests"]] == [("C-1", ["asked"]), ("C-0", [])]


def test_six_thousand_of_ten_thousand_is_told_with_the_method(mission):
    one = request(mission)
    assert (one["people"]["asked"], one["people"]["delivered"]) == ([10_000, 10_000], [6_000, 6_000])
    assert one["reached_percent"] == [60, 60]
    printed = mission.printed("access")
    assert "6,000 of 10,000 (60 percent)" in printed
    assert "Method: People reached over people asked for" in printed


def test_another_figure_makes_it_a_range_and_neither_is_dropped(mission):
    step(mission, "delivered", "2025-03-28T18:00", by="alpha", people=7_500, because="Our own count.")
    assert request(mission)["reached_percent"] == [60, 75]


def test_who_was_told_of_the_route_and_who_has_it_without_a_position(mission):
    notified = {one["party"]: one for one in request(mission)["notified"]}
    assert notified["north"]["acknowledged"].startswith("2025-03-27T10:20")
    assert notified["south"]["acknowledged"] == ""
    assert "Route told to south" in mission.printed("access", "C-1")


def test_the_four_measures_each_with_its_outcome_and_its_reasons(mission):
    mission.reports(
        {
            "report_id": "1", "source": "ngo", "when": "2025-03-28T20:00", "kind": "attack_on_humanitarian",
            "side_a": "", "side_b": "residents", "area": "river_towns", "words": "The convoy's depot was shelled.",
        }
    )  # fmt: skip
    step(mission, "attacked", "2025-03-28T20:00", because="Shells near the depot.")
    [row] = mission.told("assess", "--obligation", "relief_passes", "--party", "north", *DAYS)["assessments"]
    assert row["by"] == {"alpha": "breached", "beta": "breached"}
    assert row["outcome"] == "breached"
    told = mission.printed("why", f"relief_passes/north/{row['from']}/{row['to']}/alpha")
    for words in ("Rapid: of 1 requests", "6000 to 6000 of 10000 people", "1 that name nobody", "Method:"):
        assert words in told
    [south] = mission.told("assess", "--obligation", "relief_passes", "--party", "south", *DAYS)["assessments"]
    assert south["outcome"] in ("not_observed", "undecided")


def test_a_number_that_is_not_there_and_an_empty_list_say_what_to_do(desk):
    desk.init()
    assert "begins with an act `access` that says `asked`" in desk.printed("access")
    ran = desk.run("access", desk.mission, "C-9")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no request 'C-9'" in ran.err
