"""Scenarios 2, 10, 12, 13, 20 and 23 walked through the pages of the room, in a real browser.

The missions are those of the scenarios' own tests. Needs chromium (`CHROMIUM`, else /usr/bin/chromium).
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path.extend(str(Path(__file__).parents[n] / name) for n, name in ((0, ""), (1, "web"), (1, "leaks")))

pytest.importorskip("playwright", reason="a browser's driver is not installed")
from pictures import CHROMIUM, browser, opened
from planted import CLEARED, NURSE, found_in, of_report
from test_scenario_02_three_reports_of_one_shelling import AREA, CENTRE, DAY, HOTLINE, NGO
from test_scenario_10_a_party_revises_its_map import NEW, drawn, line, reported
from test_scenario_10_a_party_revises_its_map import OLD as OLD_LINE
from test_scenario_13_seven_day_clock_honest import DAY_5, on_day_five

from truceline.vocabulary.role import Role
from truceline.web.security import SESSION

__all__ = ["on_day_five"]
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM}")
Sit = Callable[..., Any]


@pytest.fixture
def sit(desk: Any) -> Iterator[Sit]:
    """Sits somebody down at the room of the desk's mission: a browser's page, with `base`, its address."""
    with ExitStack() as stack:
        chrome, rooms = stack.enter_context(browser()), []

        def down(role: Role, body: str = "") -> Any:
            if not rooms:
                rooms.append(stack.enter_context(opened(Path(desk.mission))))
            address, door = rooms[0]
            page = chrome.new_context().new_page()
            page.context.add_cookies([{"name": SESSION, "value": door.session(role, body), "url": address}])
            page.base = address
            return page

        yield down


def text(page: Any, address: str = "") -> str:
    """What the main part of a page says."""
    if address:
        page.goto(page.base + address)
    return str(page.locator("main").inner_text())


def counted(page: Any) -> str:
    """The figures of the cell of that day: incidents surely to at most."""
    said = text(page, f"/ledger/cell?area=river_towns&day={DAY}&indicator=between_parties")
    return re.search(r"incidents: (\S+);", said)[1]  # type: ignore[index]


def test_scenario_2_two_reports_are_proposed_judged_on_the_page_and_parted_again(desk: Any, sit: Sit) -> None:
    desk.init()
    desk.reports(*({**AREA, **one} for one in (NGO, CENTRE, HOTLINE)))
    page = sit(Role.CO_CHAIR, "alpha")
    assert counted(page) == "3"
    text(page, "/inbox")
    page.get_by_role("button", name="Propose pairs").click()
    pair = page.locator("section.pair").first
    assert "doublings of the odds" in pair.inner_text()
    proposed = counted(page)
    assert proposed.endswith("3")
    text(page, "/inbox")
    page.locator("section.pair").first.get_by_role("button", name="same").click()
    assert "Entered:" in text(page)
    judged = counted(page)
    assert judged not in ("3", proposed)
    assert all(name in text(page, "/reports") for name in ("ngo/1", "centre/7", "hotline/22"))
    assert NGO["words"] in text(page)
    text(page, "/inbox")
    desk_words = desk.told("pairs", "--judged")["pairs"]
    act = desk_words[0]["judged"][0]["act"]
    assert desk.run("judge", desk.mission, "--undo", act, "--by", "alpha", "--because", "Too soon.").code == 0
    assert counted(page) == proposed


def test_scenario_10_a_revised_line_keeps_both_times_and_lists_what_flips(desk: Any, sit: Sit, tmp_path: Path) -> None:
    desk.init()
    drawn(desk, "north", OLD_LINE, at="2025-03-01", because="Our map of March.")
    drawn(desk, "south", OLD_LINE, at="2025-03-01", because="Our map of March.")
    reported(desk, "between", "2025-03-25T10:00", 36.009)
    file = tmp_path / "line.geojson"
    file.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": line(NEW)}))
    page = sit(Role.CO_CHAIR, "beta")
    text(page, "/territory/of?number=L1")
    page.get_by_text("Bring a drawing").click()
    page.get_by_label("File:").set_input_files(file)
    page.get_by_label("Whose claim").select_option("south")
    page.get_by_label("Holds from,").fill("2025-03-20")
    page.get_by_label("Drawn to within").fill("50")
    page.get_by_label("on its left").fill("north")
    page.get_by_label("on its right").fill("south")
    page.get_by_label("Because").fill("The line moved.")
    page.get_by_role("button", name="Enter the claim").click()
    said = text(page)
    assert said.count("2025-03-20T00:00") >= 2, said
    assert said.count("2025-03-01") >= 2
    assert "at most 1998 m apart" in said
    flips = page.locator("section", has=page.get_by_role("heading", name="On another side in a newer drawing"))
    assert "left" in flips.inner_text()
    assert "right" in flips.inner_text()
    assert desk.told("findings")["matters"] == []


def test_scenario_12_no_page_file_tile_or_print_tells_of_the_nurse(desk: Any, sit: Sit) -> None:
    desk.init()
    desk.reports(NURSE, CLEARED)
    nurse = f"{NURSE['source']}/{NURSE['report_id']}"
    said = {"by": "alpha", "at": "2025-05-02T10:00", "because": "Consent: co-chairs only."}
    desk.act(act="marking", reports=[nurse], fields=["source", "when", "where", "rest"], roles=["co_chair"], **said)
    desk.act(
        act="clearance", to="council", reports=[f"{CLEARED['source']}/{CLEARED['report_id']}", nurse],
        fields=["when", "where", "what"], cell_m=16000, **said,
    )  # fmt: skip
    secrets = list(of_report(NURSE).values())
    analyst, reader = sit(Role.ANALYST), sit(Role.READER)
    inside = ("/", "/map", "/ledger", "/inbox", "/reports", "/reports.csv", "/api/reports", "/api/tiles/0/0/0")
    for page, addresses in ((analyst, inside), (reader, ("/released", "/released/reports.csv", "/api/released"))):
        for address in addresses:
            content = page.context.request.get(page.base + address).body()
            assert found_in(content, [one for one in secrets if page is reader or one.name != "when"]) == [], address
    text(reader, "/released")
    assert found_in(reader.pdf(), secrets) == []
    assert found_in(reader.screenshot(), secrets) == []
    chair = sit(Role.CO_CHAIR, "alpha")
    assert nurse in text(chair, "/reports")
    assert "16000" in re.sub(r"\D", "", text(chair, "/releases"))


def test_scenario_13_the_clock_is_contested_with_both_readings_and_nothing_is_announced(
    on_day_five: Any, sit: Sit
) -> None:
    about = {"about": "Shelling of 20 March", "when": "2025-03-20T12:00", "clock": "no_agreed_serious_violation"}
    for body, category in (("alpha", "serious_violation"), ("beta", "not_an_incident")):
        on_day_five.act(
            act="determination", by=body, at="2025-03-20T18:00", category=category, because="After talks.", **about
        )
    page = sit(Role.DUTY_OFFICER)
    text(page, f"/?as_of={DAY_5}")
    page.locator("summary", has_text="Fourteen days").click()
    said = text(page)
    assert "contested" in said
    assert re.search(r"Co-chair Alpha\s+it is broken\s+day 0 of 7", said)
    assert re.search(r"Co-chair Beta\s+it holds\s+day 5 of 7", said)
    assert "These must agree" in said
    assert "fulfilled" not in said.lower()


def test_scenario_20_both_findings_stand_alike_and_one_never_alters_the_other(desk: Any, sit: Sit) -> None:
    desk.init()
    desk.reports({**AREA, **NGO}, {**AREA, **CENTRE})
    words = ("--title", "Shelling", "--because", "Two tell of it.", "--at", "2025-03-21T10:00", "--by", "alpha")
    ran = desk.run("case", "open", desk.mission, "ngo/1", "centre/7", *words, "--json")
    case = json.loads(ran.out)["case"]
    said = {"alpha": ("happened", "A serious violation."), "beta": ("did not happen", "No incident.")}
    pages = {"alpha": sit(Role.CO_CHAIR, "alpha"), "beta": sit(Role.HEAD_OF_CELL, "beta")}
    for body, (held, what) in said.items():
        found(pages[body], case, held, what)
    page = pages["alpha"]
    columns = page.locator("section", has=page.get_by_role("heading", name="What each side found")).locator(".view")
    text(page, f"/cases/{case}")
    before = [columns.nth(n).inner_text() for n in (0, 1)]
    assert "A serious violation." in before[0]
    assert "No incident." in before[1]
    boxes = [columns.nth(n).bounding_box() for n in (0, 1)]
    assert abs(boxes[0]["width"] - boxes[1]["width"]) < 2
    found(pages["beta"], case, "undetermined", "We cannot tell.")
    text(page, f"/cases/{case}")
    assert columns.nth(0).inner_text() == before[0]
    assert "We cannot tell." in columns.nth(1).inner_text()


def test_scenario_23_an_arabic_place_is_kept_in_its_script_and_may_stay_unresolved(desk: Any, sit: Sit) -> None:
    desk.init()
    desk.reports(
        {"report_id": "n-1", "source": "caller", "when": "2025-04-20", "place": "حربنفسه", "words": "سقطت قذائف"}
    )
    page = sit(Role.DUTY_OFFICER)
    assert "حربنفسه" in text(page, "/inbox/names")
    name = page.locator("main bdi, main td", has_text="حربنفسه").first
    assert name.evaluate("one => getComputedStyle(one.querySelector('bdi') || one).direction") == "rtl"
    assert "Nothing is guessed" in text(page)
    said = text(page, "/search?q=قذائف")
    assert "سقطت قذائف" in said
    assert "حربنفسه" in said


def found(page: Any, case: str, held: str, what: str) -> None:
    """Enter a finding by the form of the case."""
    text(page, f"/cases/{case}")
    page.get_by_text("Enter a finding of").click()
    form = page.locator("form", has=page.get_by_role("button", name="Enter the finding"))
    form.get_by_label(held, exact=True).check()
    form.get_by_label("What happened").fill(what)
    form.get_by_label("Because").fill("As was written down.")
    form.get_by_role("button", name="Enter the finding").click()
