"""An assessment held open says, after each thing entered, what assessing the mission anew says."""

from typing import Any

import pytest

from truceline.compliance.assessing import explained
from truceline.errors import ReadingError
from truceline.pipeline.assessing import Wanted, assessed
from truceline.pipeline.missions import open_mission
from truceline.pipeline.open_assessment import OpenAssessment
from truceline.pipeline.questions import Asked
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_instant

ASKED = Asked(INTERNAL, read_instant("2025-04-20T12:00", "Etc/GMT-2"))
WEEKS = Wanted(every="week")


def finding(n: int, **more: Any) -> dict[str, Any]:
    return {
        "act": "finding", "by": "alpha", "at": "2025-03-24T10:00", "about": f"matter {n}", "held": "happened",
        "what": "Shells fell.", "because": "Two saw it.", "attributed_to": "Southern Army",
        "attribution": "single_side_a", "against": ["Northern Army"],
    } | more  # fmt: skip


def holds(held: OpenAssessment, desk: Any, how: str) -> int:
    """It followed that way, and equals what is made anew; how many outcomes there are."""
    with open_mission(desk.mission) as mission:
        assert held.follow(mission) == how
        anew = assessed(mission, ASKED, WEEKS)
        rows = list(held.assessed.rows())
        assert rows == list(anew.assessed.rows())
        assert held.assessed.unattributed == anew.assessed.unattributed
        mine = held.answered(mission)
        assert (mine.cut, mine.acts, sorted(mine.matters.id)) == (anew.cut, anew.acts, sorted(anew.matters.id))
        for obligation, party, period, body, outcome in rows[::40]:
            told = explained(mine.assessed, mine.matters, obligation, party, period, body)
            assert told.outcome == outcome
    return len(rows)


@pytest.fixture
def held(desk: Any) -> OpenAssessment:
    desk.init()
    desk.reports(
        {"report_id": "one", "when": "2025-03-21T10:00", "area": "river_towns", "kind": "shelling"},
        {"report_id": "two", "when": "2025-03-23", "area": "river_towns", "kind": "shelling"},
    )
    with open_mission(desk.mission) as mission:
        return OpenAssessment(mission, ASKED, WEEKS)


def test_a_finding_takes_the_place_of_the_report_it_rests_on(held, desk) -> None:
    assert holds(held, desk, "nothing") > 100
    desk.act(**finding(1, rests_on=["patrol/one"]))
    holds(held, desk, "what_changed")
    desk.act(**finding(2, by="beta", rests_on=["patrol/one"], held="did_not_happen"))
    holds(held, desk, "what_changed")


def test_a_finding_revised_or_taken_back_leaves_as_it_came(held, desk) -> None:
    first = desk.act(**finding(1, rests_on=["patrol/one"]))
    holds(held, desk, "what_changed")
    second = desk.act(**finding(1, at="2025-03-25T10:00", held="undetermined", revises=[first["id"]]))
    holds(held, desk, "what_changed")
    desk.act(act="withdrawal", by="alpha", at="2025-03-26T10:00", of=second["id"], because="Mistaken.")
    holds(held, desk, "what_changed")


def test_what_parties_and_bodies_say_is_followed(held, desk) -> None:
    desk.act(**finding(1, when="2025-03-26T10:00", place={"area": "river_towns"}, kind="shelling"))
    for by in ("alpha", "beta"):
        desk.act(act="acceptance", by=by, at="2025-03-19T10:00", party="south", says="accepted", because="By letter.")
    holds(held, desk, "what_changed")
    excluded = {"actor": "Front of the Plain", "instrument": "exclusion_annex", "says": "excluded"}
    desk.act(act="exclusion", by="alpha", at="2025-03-25T10:00", because="Decided.", **excluded)
    holds(held, desk, "what_changed")


def test_after_reports_coverage_or_a_reading_all_is_made_anew(held, desk) -> None:
    desk.reports({"when": "2025-03-22", "area": "river_towns"})
    holds(held, desk, "all")
    desk.watched("2025-03-20", "2025-03-25")
    holds(held, desk, "all")
    desk.act(act="reading", by="alpha", at="2025-03-22T10:00", reading="lenient", because="So.")
    holds(held, desk, "all")


def test_a_cut_of_the_past_is_not_held_open_as_an_assessment(held, desk) -> None:
    with open_mission(desk.mission) as mission, pytest.raises(ReadingError, match="follows what is known"):
        OpenAssessment(mission, Asked(INTERNAL, ASKED.now_us, known="1"), WEEKS)
