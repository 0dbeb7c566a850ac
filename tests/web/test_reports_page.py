"""Reports as a table and one by one: each once, by what is chosen, and nothing that a marking keeps."""

import csv
import io
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from visitors import Door

from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import init, open_mission
from truceline.pipeline.take_in import take_in
from truceline.vocabulary.clearance import Marking
from truceline.vocabulary.marking import INTERNAL, Role

NOW = 1_762_000_000_000_000
HEAD = "report_id,source,when,kind,side_a,side_b,place,killed_best,words,language\n"
CALLS = HEAD + "".join(
    f"n-{n:03},caller,2025-04-{n % 28 + 1:02},shelling,Northern Army,Front of the Plain,حربنفسه,{n % 4},سقطت قذائف,ar\n"
    for n in range(120)
)
OTHERS = HEAD + (
    'w-1,watch,2025-04-20T14:05,air_strike,River Guards,Front of the Plain,Mill,2,"=cmd|calc",en\n'
    "w-2,watch,2025-04-21T14:05,air_strike,River Guards,Front of the Plain,Back door of Abu Tayyib,2,Heard it,en\n"
)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    folder, drawn = tmp_path_factory.mktemp("reports"), iter(range(1, 1 << 30))
    path = folder / "mission.truceline"
    door = Door(path, NOW, lambda n: next(drawn).to_bytes(n, "big"))
    init(path, "example", reading="strict", exercise=True, now_us=NOW, chance=door.chance).close()
    revised = HEAD + "w-1,watch,2025-04-20T14:05,air_strike,River Guards,Front of the Plain,Mill,5,Said anew,en\n"
    for name, text in (("calls", CALLS), ("others", OTHERS), ("revised", revised)):
        (folder / f"{name}.csv").write_text(text)
        take_in(path, [folder / f"{name}.csv"], now_us=NOW, chance=door.chance)
    mark = Marking(
        by="alpha", at="2025-11-01T00:00", reports=("watch/w-2",), fields=("who", "where", "source", "rest"),
        roles=("head_of_cell",), because="A witness would be known by it.",
    )  # fmt: skip
    with open_mission(path, write=True) as mission:
        enter_act(mission, mark, sign=None, now_us=NOW, chance=door.chance)
    return door


def ids(text: str) -> list[str]:
    return re.findall(r'href="/reports/([0-9a-f]{64})[?"]', text)


def test_every_report_in_force_stands_once_over_all_pages(door: Door) -> None:
    browser, address, seen = door.client(Role.ANALYST), "/reports", []
    while address:
        text = browser.get(address).text
        seen += ids(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 122


def test_a_filter_by_source_kind_side_and_time_chooses(door: Door) -> None:
    browser = door.client(Role.ANALYST)
    assert len(ids(browser.get("/reports?source=watch").text)) == 1  # the source of the other is withheld
    assert len(ids(browser.get("/reports?kind=air+strike").text)) == 2
    assert len(ids(browser.get("/reports?side=River+Guards").text)) == 1
    assert len(ids(browser.get("/reports?from=2025-04-20&to=2025-04-21&kind=air_strike").text)) == 1


def test_what_is_withheld_is_found_by_none_of_its_fields_and_stands_on_no_page(door: Door) -> None:
    browser = door.client(Role.ANALYST)
    every = browser.get("/reports?after=100").text + browser.get("/reports").text + browser.get("/reports.csv").text
    assert "Abu Tayyib" not in every
    assert "Heard it" not in every
    assert "watch/w-2" not in every
    assert browser.get("/reports/watch/w-2").status_code == 400
    whole = door.client(Role.HEAD_OF_CELL, "alpha")
    assert "Abu Tayyib" in whole.get("/reports/watch/w-2").text


def test_a_file_of_the_chosen_runs_no_formula_in_a_spreadsheet(door: Door) -> None:
    before = door.client(Role.ANALYST).get("/reports.csv?kind=air_strike&known=3").content.decode("utf-8-sig")
    now = door.client(Role.ANALYST).get("/reports.csv").content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(now)))) == 122
    assert "\n=" not in before
    assert not [cell for row in csv.reader(io.StringIO(now)) for cell in row if cell.startswith(("=", "@", "+"))]


def test_a_report_stands_in_its_own_script_with_all_its_wordings_and_what_it_counts_for(door: Door) -> None:
    browser = door.client(Role.ANALYST)
    text = browser.get("/reports/caller/n-003").text
    assert '<blockquote class="said" dir="auto" lang="ar">سقطت قذائف</blockquote>' in text
    assert "Its source said it once." in text
    anew = browser.get("/reports/watch/w-1").text
    assert "Said anew" in anew
    assert "=cmd|calc" in anew
    assert "It founds an incident." in anew


def test_an_unknown_report_is_refused_in_a_sentence(door: Door) -> None:
    answer = door.client(Role.ANALYST).get("/reports/nobody/x")
    assert answer.status_code == 400
    assert "There is no such report." in answer.text


def test_a_place_that_is_no_number_is_refused(door: Door) -> None:
    assert door.client(Role.ANALYST).get("/reports?after=x").status_code == 400


def test_reports_are_not_open_to_readers_and_reporters(door: Door) -> None:
    for role in (Role.READER, Role.REPORTER, Role.AUDITOR):
        assert door.client(role).get("/reports").status_code == 403
        assert door.client(role).get("/reports.csv").status_code == 403


def test_at_an_earlier_cut_only_what_was_known_then_is_listed(door: Door) -> None:
    with open_mission(door.mission) as mission:
        first = mission.rows("report", INTERNAL)[0][0]
    assert len(ids(door.client(Role.ANALYST).get(f"/reports?known={first + 1}").text)) == 1
