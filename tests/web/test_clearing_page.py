"""Who may see what, on the page: looked at first, entered by those who may, and then so for everybody."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.demo import demo
from truceline.pipeline.missions import open_mission
from truceline.pipeline.room.reports import reports_shown
from truceline.vocabulary.marking import Audience, Reader, Role

NOW = 1_762_000_000_000_000


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder = tmp_path_factory.mktemp("clearing") / "played"
    drawn = iter(range(1, 1 << 30))
    return Door(Path(demo(folder, now_us=NOW, chance=lambda n: next(drawn).to_bytes(n, "big")).mission), NOW)


@pytest.fixture
def ref(door: Door) -> str:
    with open_mission(door.mission) as mission:
        rows = mission.rows("report", Reader(Audience.INTERNAL))
    return str(next(row[1] for row in rows if row[10] is not None))


def sent(door: Door, address: str, role: Role = Role.CO_CHAIR, **fields: object) -> str:
    client = door.client(role, "alpha")
    [token, *_] = re.findall(r'name="_csrf_token" value="([^"]+)"', client.get("/clearing").text)
    answer = client.post(address, data={"_csrf_token": token, **fields})
    assert answer.status_code < 500
    return f"{answer.status_code} {answer.text}"


WISH = {"fields": ["when", "where", "what"], "to": "council", "cell_m": "16000", "because": "Agreed with the source."}


def test_the_page_shows_what_the_audience_would_see_and_enters_nothing(door: Door, ref: str) -> None:
    door.session(Role.CO_CHAIR, "alpha")
    with open_mission(door.mission) as mission:
        before = mission.size
    text = sent(door, "/clearing/preview", refs=ref, **WISH)
    assert text.startswith("200"), text[:500]
    assert text.count('<article class="card report">') == 2
    assert "Withheld from you:" in text
    with open_mission(door.mission) as mission:
        assert mission.size == before


def test_what_is_entered_there_is_an_act_of_the_body_signed_with_the_persons_key(door: Door, ref: str) -> None:
    assert sent(door, "/clearing/enter", refs=ref, **WISH).startswith("200")
    with open_mission(door.mission) as mission:
        kinds = [row[2] for row in mission.rows("act", Reader(Audience.INTERNAL))]
    assert kinds[-1] == "clearance"


def test_a_marking_made_there_hides_the_words_from_other_roles(door: Door, ref: str) -> None:
    text = sent(door, "/clearing/enter", refs=ref, fields=["rest"], roles=["co_chair"], because="One source only.")
    assert "Entered:" in text
    with open_mission(door.mission) as mission:
        for role, hidden in ((Role.ANALYST, True), (Role.CO_CHAIR, False)):
            seen = reports_shown(mission, Reader(Audience.INTERNAL, role=role), [ref], zone="UTC")[ref]
            assert ("rest" in seen.withheld) is hidden


@pytest.mark.parametrize(
    "wish",
    [
        {"refs": "nobody/knows"}, {"refs": ""}, {"fields": []}, {"to": ""}, {"to": "internal"}, {"cell_m": "1500"},
        {"fields": ["source"]}, {"consent": "perhaps"}, {"to": "", "roles": ["sergeant"]},
    ],
)  # fmt: skip
def test_a_wish_that_is_none_is_refused_in_a_sentence(door: Door, ref: str, wish: dict[str, object]) -> None:
    text = sent(door, "/clearing/enter", **{"refs": ref, **WISH, **wish})
    assert text.startswith("400"), text[:300]
    assert "Traceback" not in text


@pytest.mark.parametrize("role", [Role.ANALYST, Role.READER, Role.REPORTER, Role.AUDITOR])
def test_who_may_not_clear_is_shown_no_form(door: Door, role: Role) -> None:
    assert door.client(role).get("/clearing").status_code == 403
