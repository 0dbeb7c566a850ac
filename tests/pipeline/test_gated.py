"""Reports past the gate: what a marking hides and a clearance opens, in rows and in answers, and what undoes them."""

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from truceline.pipeline.gated import gate_of, gated_answer, released_rows
from truceline.pipeline.missions import open_mission
from truceline.pipeline.questions import Asked, ask
from truceline.pipeline.room.reports import ReportShown, reports_shown
from truceline.vocabulary.marking import INTERNAL, Audience, Reader, Role

CHIEF = "3 May 2025"
SAID = {
    "report_id": "n-7", "source": "nurse", "when": "2025-04-20T14:05", "place": "Aqraba clinic", "area": "river_towns",
    "lat": "35.2011", "lon": "36.4022", "radius_m": "200", "killed_best": "3", "words": "I saw it from the ward",
    "weapon": "mortar",
}  # fmt: skip
NOW_US = 1_746_300_000_000_000
ANALYST, CHAIR = (Reader(Audience.INTERNAL, role=role) for role in (Role.ANALYST, Role.CO_CHAIR))
PUBLIC, COUNCIL, FORCE = (
    Reader(audience, role=Role.READER) for audience in (Audience.PUBLIC, Audience.COUNCIL, Audience.TASK_FORCE)
)


@pytest.fixture
def desk(office: ModuleType, tmp_path: Path) -> Any:
    desk = office.Desk(tmp_path).init()
    desk.reports(SAID, {"report_id": "p-1", "when": "2025-04-21", "place": "Bridge", "area": "river_towns"})
    desk.watched("2025-04-01", "2025-05-02")
    return desk


def act(desk: Any, act: str, **more: Any) -> Any:
    return desk.act(act=act, by="alpha", at="2025-05-02T10:00", because="Asked of the source.", **more)


def shown(desk: Any, reader: Reader, ref: str = "nurse/n-7") -> ReportShown:
    with open_mission(desk.mission) as mission:
        return reports_shown(mission, reader, [ref], zone="UTC")[ref]


def released(desk: Any, reader: Reader) -> list[dict[str, Any]]:
    with open_mission(desk.mission) as mission:
        return released_rows(mission, reader)


def test_who_works_inside_sees_all_until_something_is_marked(desk: Any) -> None:
    assert shown(desk, ANALYST).words == SAID["words"]
    assert shown(desk, ANALYST).withheld == ()


def test_a_marking_keeps_fields_from_other_roles_and_from_nobody_else(desk: Any) -> None:
    act(desk, "marking", reports=["nurse/n-7"], fields=["source", "where", "rest"], roles=["co_chair"])
    seen = shown(desk, ANALYST)
    assert seen.withheld == ("source", "where", "rest")
    assert (seen.source, seen.place, seen.lat, seen.words, seen.area, seen.radius_m) == ("", "", None, "", "", 0)
    assert "nurse" not in seen.name
    assert seen.weapon == "mortar"
    assert shown(desk, CHAIR).words == SAID["words"]
    assert shown(desk, INTERNAL).words == SAID["words"]


def test_a_later_wording_of_a_marked_report_is_marked_with_it(desk: Any) -> None:
    act(desk, "marking", reports=["nurse/n-7"], fields=["rest"], roles=["co_chair"])
    desk.reports({**SAID, "words": "I saw it from the roof"})
    assert shown(desk, ANALYST).words == ""
    assert shown(desk, CHAIR).words == "I saw it from the roof"


def test_a_withdrawn_marking_shows_it_again(desk: Any) -> None:
    made = act(desk, "marking", reports=["nurse/n-7"], fields=["rest"], roles=["co_chair"])
    desk.act(act="withdrawal", by="alpha", at="2025-05-02T11:00", of=made["id"], because="No longer needed.")
    assert shown(desk, ANALYST).words == SAID["words"]


def test_nothing_is_released_until_it_is_cleared(desk: Any) -> None:
    for reader in (PUBLIC, COUNCIL, FORCE):
        assert released(desk, reader) == []


def test_what_is_cleared_comes_in_cells_and_whole_days_to_its_audience_and_the_narrower(desk: Any) -> None:
    act(
        desk, "clearance", to="council", reports=["nurse/n-7"], fields=["when", "where", "what"], cell_m=8000
    )  # fmt: skip
    assert released(desk, PUBLIC) == []
    for reader in (COUNCIL, FORCE):
        [row] = released(desk, reader)
        assert (row["source"], row["words"], row["place"], row["area"], row["when_words"]) == ("", "", "", "", "")
        assert row["withheld"] == ("source", "who", "rest")
        assert (row["end_us"] - row["start_us"], row["killed_best"]) == (86_400_000_000, 3)
        assert row["lat_e7"] != 352_011_000
        assert row["radius_m"] >= 8_000


def test_a_wording_that_came_after_the_clearance_is_not_cleared(desk: Any) -> None:
    act(desk, "clearance", to="public", reports=["nurse/n-7"], fields=["what"])
    assert len(released(desk, PUBLIC)) == 1
    desk.reports({**SAID, "killed_best": "4"})
    assert released(desk, PUBLIC) == []


def test_a_clearance_taken_back_closes_for_whoever_looks_from_then_on(desk: Any) -> None:
    made = act(desk, "clearance", to="public", reports=["nurse/n-7"], fields=["what"])
    desk.act(act="withdrawal", by="alpha", at="2025-05-02T11:00", of=made["id"], because="A mistake.")
    assert released(desk, PUBLIC) == []


def test_a_marked_field_is_not_released_whatever_was_cleared(desk: Any) -> None:
    act(desk, "clearance", to="public", reports=["nurse/n-7"], fields=["what", "who"])
    act(desk, "marking", reports=["nurse/n-7"], fields=["what"], roles=["head_of_cell"])
    [row] = released(desk, PUBLIC)
    assert row["killed_best"] is None
    assert row["side_a"] != "[]"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": "internal", "fields": ["what"]}, "internal needs no clearance"),
        ({"to": "public", "fields": ["where"]}, "needs a cell"),
        ({"to": "public", "fields": ["what"], "cell_m": 1000}, "needs a cell"),
        ({"to": "public", "fields": ["source"]}, "may tell who the source is"),
        ({"to": "public", "fields": ["where"], "cell_m": 1500}, "1500"),
    ],
)
def test_a_clearance_that_would_tell_too_much_is_refused(desk: Any, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        act(desk, "clearance", reports=["nurse/n-7"], **wrong)


def test_an_incident_whose_place_is_kept_from_somebody_is_off_their_lists_and_still_counted(desk: Any) -> None:
    act(desk, "marking", reports=["nurse/n-7"], fields=["where", "source"], roles=["co_chair"])
    with open_mission(desk.mission) as mission:
        answer = ask(mission, Asked(INTERNAL, NOW_US, "2025-05-02"))
        for reader, number in ((ANALYST, 1), (CHAIR, 2)):
            passed = gated_answer(mission, answer, reader)
            assert len(passed.evaluated.incidents) == number
            assert passed.evaluated.ledger == answer.evaluated.ledger
        assert gate_of(mission, CHAIR).narrowed == {}


def test_what_is_blanked_in_an_incident_is_found_in_none_of_its_columns(desk: Any) -> None:
    act(desk, "marking", reports=["nurse/n-7"], fields=["source", "what", "who"], roles=["co_chair"])
    with open_mission(desk.mission) as mission:
        answer = ask(mission, Asked(INTERNAL, NOW_US, "2025-05-02"))
        incidents = gated_answer(mission, answer, ANALYST).evaluated.incidents
    told = [str(list(getattr(incidents, name))) for name in ("source", "kind", "side_a", "side_b", "killed_best")]
    assert len(incidents) == 2
    assert not any(word in text for text in told for word in ("nurse", "mortar"))
    assert sum(text.count("Northern Army") for text in told) == 1
