"""What bodies say of a case in the room: each its own finding, side by side, and clocks that hear them."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.demo import demo
from truceline.pipeline.missions import acts, open_mission
from truceline.vocabulary.act import Finding
from truceline.vocabulary.marking import INTERNAL, Role

NOW = 1_762_000_000_000_000
CLOCK = "fourteen_without_serious"
FOUND = {"held": "happened", "what": "Three rounds fell.", "because": "Craters were seen.", "when": "2025-04-25"}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Door]:
    """Two who speak for the co-chairs, each with an account of their own, at one mission."""
    folder = tmp_path_factory.mktemp("said") / "played"
    drawn = iter(range(1, 1 << 30))
    mission = Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission)
    return {"alpha": Door(mission, NOW), "beta": Door(mission, NOW + 1)}


ROLES = {"alpha": Role.CO_CHAIR, "beta": Role.HEAD_OF_CELL}


def client(doors: dict[str, Door], body: str) -> Any:
    door = doors["alpha"]
    door.session(ROLES[body], body)
    return door.client(ROLES[body], body)


def sent(browser: Any, page: str, address: str, **fields: object) -> Any:
    token = re.findall(r'name="_csrf_token" value="([^"]+)"', browser.get(page).text)[0]
    return browser.post(address, data={"_csrf_token": token, **fields})


@pytest.fixture(scope="module")
def case(doors: dict[str, Door]) -> str:
    with open_mission(doors["alpha"].mission) as mission:
        refs = [str(row[1]) for row in mission.rows("report", INTERNAL)][5:7]
    said = {"report": refs, "title": "Shelling of a road", "because": "Two sources tell of it."}
    answer = sent(client(doors, "alpha"), "/inbox", "/cases/open", **said)
    assert answer.status_code == 200, re.findall(r"<main.*?</main>", answer.text, re.S)
    return str(answer.url).rsplit("/", 1)[1]


def held(doors: dict[str, Door], case: str) -> dict[str, str]:
    with open_mission(doors["alpha"].mission) as mission:
        said = [one.act for one in acts(mission, INTERNAL)]
    return {one.by: one.held for one in said if isinstance(one, Finding) and one.about == case}


def test_two_bodies_find_differently_and_both_stand(doors: dict[str, Door], case: str) -> None:
    page = f"/cases/{case}"
    answer = sent(client(doors, "alpha"), page, f"{page}/find", **FOUND)
    assert answer.status_code == 200, re.findall(r"<main.*?</main>", answer.text, re.S)
    sent(client(doors, "beta"), page, f"{page}/find", **{**FOUND, "held": "undetermined", "what": "Nobody can say."})
    assert held(doors, case) == {"alpha": "happened", "beta": "undetermined"}
    text = client(doors, "alpha").get(page).text
    assert "Three rounds fell." in text
    assert "Nobody can say." in text


def test_a_body_that_finds_again_alters_its_own_finding_alone(doors: dict[str, Door], case: str) -> None:
    page = f"/cases/{case}"
    sent(client(doors, "beta"), page, f"{page}/find", **{**FOUND, "held": "did_not_happen"})
    assert held(doors, case) == {"alpha": "happened", "beta": "did_not_happen"}


def test_a_category_of_one_body_contests_the_clock_and_tells_both_views(doors: dict[str, Door], case: str) -> None:
    page = f"/cases/{case}"
    for body, category in (("alpha", "serious_violation"), ("beta", "not_an_incident")):
        said = {"category": category, "because": "After talks.", "when": "2025-04-25T12:00"}
        answer = sent(client(doors, body), page, f"{page}/determine", **said)
        assert answer.status_code == 200, re.findall(r"<main.*?</main>", answer.text, re.S)
    text = client(doors, "beta").get(page).text
    assert "serious violation" in text
    assert "not an incident" in text


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("find", {**FOUND, "held": "perhaps"}), ("find", {**FOUND, "when": "yesterday"}),
        ("find", {**FOUND, "attribution": "guilty"}), ("determine", {"category": "crime", "because": "x"}),
        ("move", {"to": "nowhere", "because": "x"}),
    ],
)  # fmt: skip
def test_what_is_no_word_is_refused_in_a_sentence(
    doors: dict[str, Door], case: str, what: str, fields: dict[str, str]
) -> None:
    answer = sent(client(doors, "alpha"), f"/cases/{case}", f"/cases/{case}/{what}", **fields)
    assert answer.status_code == 400, answer.text[:300]
    assert "Traceback" not in answer.text


def test_who_speaks_for_no_body_enters_nothing(doors: dict[str, Door], case: str) -> None:
    browser = doors["alpha"].client(Role.ANALYST)
    assert sent(browser, f"/cases/{case}", f"/cases/{case}/find", **FOUND).status_code == 403
