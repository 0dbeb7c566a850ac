"""The page of a case: what was said stays in its history, and a body takes back its own words and no others."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.demo import demo
from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import acts, open_mission
from truceline.store.tables import column_names
from truceline.vocabulary.act import Finding
from truceline.vocabulary.clearance import Marking
from truceline.vocabulary.exhibit import ExhibitEntered
from truceline.vocabulary.marking import INTERNAL, Role
from truceline.vocabulary.when import read_instant

NOW = 1_762_000_000_000_000
ROLES = {"alpha": Role.CO_CHAIR, "beta": Role.HEAD_OF_CELL}
FOUND = {"held": "happened", "what": "Three rounds fell.", "because": "Craters were seen.", "when": "2025-04-25"}


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = tmp_path_factory.mktemp("case") / "played"
    drawn = iter(range(1, 1 << 30))
    return Door(Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission), NOW)


def client(door: Door, body: str) -> Any:
    return door.client(ROLES[body], body)


def sent(browser: Any, page: str, address: str, **fields: object) -> Any:
    token = re.findall(r'name="_csrf_token" value="([^"]+)"', browser.get(page).text)[0]
    return browser.post(address, data={"_csrf_token": token, **fields})


def shelled(door: Door) -> list[str]:
    """Two reports of shelling within the period of the agreement."""
    names = column_names("report")
    with open_mission(door.mission) as mission:
        rows = [dict(zip(names, row, strict=True)) for row in mission.rows("report", INTERNAL)]
    april = read_instant("2025-04-02T00:00", "Etc/GMT-2")
    return [row["id"] for row in rows if row["kind"] == "shelling" and row["start_us"] > april][:2]


@pytest.fixture(scope="module")
def case(door: Door) -> str:
    said = {"report": shelled(door), "title": "Shelling of a bridge", "because": "Two sources tell of it."}
    return str(sent(client(door, "alpha"), "/inbox", "/cases/open", **said).url).rsplit("/", 1)[1]


def findings(door: Door, case: str) -> dict[str, str]:
    with open_mission(door.mission) as mission:
        return {
            one.act.by: one.id
            for one in acts(mission, INTERNAL)
            if isinstance(one.act, Finding) and one.act.about == case
        }


def history(text: str) -> str:
    return text.partition('id="history"')[2].partition("</section>")[0]


def test_what_was_said_of_a_case_stands_in_its_history_in_order(door: Door, case: str) -> None:
    alpha, page = client(door, "alpha"), f"/cases/{case}"
    sent(alpha, page, f"{page}/find", **FOUND)
    sent(alpha, page, f"{page}/find", **{**FOUND, "what": "Four rounds fell."})
    told = history(alpha.get(page).text)
    places = [told.index(words) for words in ("Shelling of a bridge", "Three rounds fell.", "Four rounds fell.")]
    assert places == sorted(places)
    assert "replaced by" in told


def test_a_body_takes_its_finding_back_and_both_stay_in_the_history(door: Door, case: str) -> None:
    alpha, page = client(door, "alpha"), f"/cases/{case}"
    of = findings(door, case)["alpha"]
    assert sent(alpha, page, f"{page}/undo", of=of, because="Written of another bridge.").status_code == 200
    assert "alpha" not in findings(door, case)
    text = alpha.get(page).text
    assert "taken back by" in history(text)
    assert "Written of another bridge." in history(text)
    assert "Four rounds fell." not in text.partition('id="found"')[2].partition("</section>")[0]


def test_nobody_takes_back_the_words_of_another_body(door: Door, case: str) -> None:
    page = f"/cases/{case}"
    sent(client(door, "beta"), page, f"{page}/find", **FOUND)
    of = findings(door, case)["beta"]
    alpha = client(door, "alpha")
    assert f'value="{of}"' not in alpha.get(page).text
    assert sent(alpha, page, f"{page}/undo", of=of, because="No.").status_code == 400
    assert findings(door, case)["beta"] == of


def test_who_speaks_for_no_body_takes_nothing_back(door: Door, case: str) -> None:
    analyst, page = door.client(Role.ANALYST), f"/cases/{case}"
    assert "Take it back" not in analyst.get(page).text
    assert sent(analyst, page, f"{page}/undo", of=findings(door, case)["beta"], because="No.").status_code == 403


def test_assessments_that_rest_on_a_case_are_told_with_why_for_each_body(door: Door, case: str) -> None:
    held = {"attribution": "agreed_joint", "attributed_to": "north"}
    page, said = f"/cases/{case}", {**FOUND, **held, "rests_on": shelled(door)}
    assert sent(client(door, "alpha"), page, f"{page}/find", **said).status_code == 200
    text = client(door, "alpha").get(f"/cases/{case}/assessed").text
    main = text.partition("<main")[2]
    assert "Why" in main, re.sub(r"<[^>]+>", " ", main)[:600]
    for body in ("jointly", "alpha", "beta"):
        assert f"<h3>{body}</h3>" in main


def test_no_such_case_is_a_sentence(door: Door) -> None:
    for address in ("/cases/nothing-1", "/cases/nothing-1/assessed"):
        answer = client(door, "alpha").get(address)
        assert answer.status_code == 400
        assert "no case of this mission" in answer.text


def test_a_report_is_taken_out_of_what_counts_and_counts_again_when_that_is_taken_back(door: Door, case: str) -> None:
    alpha, page = client(door, "alpha"), f"/cases/{case}"
    report = shelled(door)[1]
    said = {"report": report, "asked_by": "source", "because": "It was another village."}
    assert sent(alpha, page, f"{page}/recall", **said).status_code == 200
    text = alpha.get(page).text
    assert "no longer in force" in text
    of = re.findall(r'name="of" value="([0-9a-f]+)"', history(text).rpartition("It was another village.")[2])[0]
    sent(alpha, page, f"{page}/undo", of=of, because="It was this one.")
    assert "no longer in force" not in alpha.get(page).text


def test_what_rules_who_sees_what_is_not_taken_back_from_a_case(door: Door, case: str) -> None:
    mark = Marking(
        by="alpha", at="2025-11-01T00:00", reports=(shelled(door)[0],), fields=("source",), roles=("co_chair",),
        because="A witness would be known by it.",
    )  # fmt: skip
    with open_mission(door.mission, write=True) as mission:
        of = enter_act(mission, mark, sign=None, now_us=NOW, chance=door.chance).id
    answer = sent(client(door, "alpha"), f"/cases/{case}", f"/cases/{case}/undo", of=of, because="No.")
    assert answer.status_code == 400
    with open_mission(door.mission) as mission:
        assert of in {one.id for one in acts(mission, INTERNAL)}


def test_an_exhibit_of_a_report_that_is_partly_withheld_is_neither_listed_nor_in_the_history(
    door: Door, case: str
) -> None:
    photo = ExhibitEntered(
        "alpha", "2025-11-01T00:00", "ab" * 32, "Photograph by her sister", "Sent by hand.", report=shelled(door)[0]
    )  # fmt: skip
    with open_mission(door.mission, write=True) as mission:
        enter_act(mission, photo, sign=None, now_us=NOW, chance=door.chance)
    assert client(door, "alpha").get(f"/cases/{case}").text.count("Photograph by her sister") >= 2
    assert "her sister" not in door.client(Role.ANALYST).get(f"/cases/{case}").text
