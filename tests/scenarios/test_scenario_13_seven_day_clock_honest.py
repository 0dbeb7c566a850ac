"""Scenario 13: the seven-day clock, honest. One co-chair records a serious violation on day 5, the other disputes."""

import re
from importlib import resources

import pytest

CLOCK = "no_agreed_serious_violation"
DAY_D = "2025-03-15T18:00"
"""16:00Z, local to the invented theatre (UTC+2)."""
DAY_5 = "2025-03-20T19:00"


@pytest.fixture
def on_day_five(desk):
    """The example pack with a clock of seven 24-hour periods from 16:00Z; day 5, watched but for one area."""
    packed = desk.folder / "example"
    packed.mkdir()
    for file in (resources.files("truceline") / "agreements" / "example").iterdir():
        if file.is_file():
            (packed / file.name).write_bytes(file.read_bytes())
    text = (packed / "agreement.yaml").read_text(encoding="utf-8")
    head, body = text.split(f"  - id: {CLOCK}\n")
    body = body.replace('start: "2025-03-15T00:00"', f'start: "{DAY_D}"', 1).replace("days: 14", "days: 7", 1)
    (packed / "agreement.yaml").write_text(f"{head}  - id: {CLOCK}\n{body}", encoding="utf-8")
    (packed / "examples.yaml").write_text("[]\n", encoding="utf-8")
    ran = desk.run("init", desk.mission, "--agreement", packed, "--exercise", "--reading", "strict")
    assert ran.code == 0, ran.err
    desk.watched("2025-03-15", "2025-03-25", "northern_valley")
    desk.watched("2025-03-15", "2025-03-25", "southern_plain")
    desk.watched("2025-03-15", "2025-03-17", "river_towns")
    return desk


def determined(desk, by, category, at="2025-03-20T18:00", **more):
    desk.act(act="determination", by=by, at=at, about="Shelling of 20 March", when="2025-03-20T12:00",
             category=category, because="After talks.", clock=CLOCK, **more)  # fmt: skip


def test_day_five_before_anybody_speaks(on_day_five):
    clock = on_day_five.clock(CLOCK, "--as-of", DAY_5)
    assert clock["start"] == "2025-03-15T16:00:00Z"
    assert (clock["state"], clock["day"]) == ("running", {"low": 5, "high": 5, "of": 7})


def test_one_records_a_serious_violation_and_the_other_disputes(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    determined(on_day_five, "beta", "not_an_incident")
    clock = on_day_five.clock(CLOCK, "--as-of", DAY_5)
    assert clock["state"] == "contested"
    views = {
        view["by"]: (view["says"], view["day"]["low"], view["day"]["high"], view["day"]["of"])
        for view in clock["views"]
    }
    assert views["alpha"] == ("broken", 0, 0, 7)
    assert views["beta"] == ("holds", 5, 5, 7)
    assert all(len(view["acts"]) == 1 for view in clock["views"] if view["by"] in ("alpha", "beta"))


def test_coverage_is_shown_area_by_area_with_what_would_settle_it(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    determined(on_day_five, "beta", "minor_violation")
    clock = on_day_five.clock(CLOCK, "--as-of", DAY_5)
    days = {area["area"]: area["days"] for area in clock["areas"]}
    assert days["northern_valley"] == {"quiet": 5, "not_quiet": 0, "cannot_tell": 0}
    assert days["river_towns"] == {"quiet": 2, "not_quiet": 0, "cannot_tell": 3}
    settles = " ".join(clock["settles"])
    assert "These must agree: Co-chair Alpha, Co-chair Beta." in settles
    assert "River Towns" in settles
    assert "Northern Valley" not in settles
    assert "Relief has reached the river towns" in settles
    assert "declaration by Co-chair Alpha, Co-chair Beta" in settles


def test_the_terminal_prints_both_readings_of_the_clock(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    determined(on_day_five, "beta", "not_an_incident")
    printed = on_day_five.printed("clocks", "--as-of", DAY_5)
    told = printed.partition(f"{CLOCK}: CONTESTED")[2].partition("\n\n")[0]
    assert "alpha: broken, day 0 of 7" in told
    assert "beta: holds, day 5 of 7" in told
    assert "run out" not in told  # five of seven days


def test_the_bulletin_shows_the_clock_as_contested(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    determined(on_day_five, "beta", "not_an_incident")
    page = re.sub(r"<[^>]+>", " ", on_day_five.bulletin("--as-of", DAY_5))
    assert "contested" in page
    assert "Co-chair Alpha" in page and "Co-chair Beta" in page


def test_a_violation_that_one_asserts_alone_neither_resets_nor_goes_unsaid(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    clock = on_day_five.clock(CLOCK, "--as-of", DAY_5)
    assert (clock["state"], clock["day"]["low"]) == ("running", 5)
    assert "Said by Co-chair Alpha alone; it needs Co-chair Beta." in clock["reasons"]
    assert ("alpha", "broken") in [(view["by"], view["says"]) for view in clock["views"]]


def test_a_violation_that_both_find_resets_it(on_day_five):
    for by in ("alpha", "beta"):
        determined(on_day_five, by, "serious_violation")
    clock = on_day_five.clock(CLOCK, "--as-of", DAY_5)
    assert (clock["state"], clock["day"]["low"]) == ("reset", 0)


def test_a_word_said_later_is_not_heard_as_of_an_earlier_time(on_day_five):
    determined(on_day_five, "alpha", "serious_violation", at="2025-03-21T09:00")
    determined(on_day_five, "beta", "not_an_incident", at="2025-03-21T10:00")
    assert on_day_five.clock(CLOCK, "--as-of", DAY_5)["state"] == "running"
    assert on_day_five.clock(CLOCK, "--as-of", "2025-03-21T11:00")["state"] == "contested"


def test_the_program_never_declares(on_day_five):
    desk = on_day_five
    desk.watched("2025-03-15", "2025-03-25", "river_towns")
    late = ("--as-of", "2025-03-24T00:00")
    assert desk.clock(CLOCK, *late)["state"] == "running"  # eight days, and the aid has not come
    desk.act(act="declaration", by="secretariat", at="2025-03-22T10:00", clock=CLOCK, says="condition_met",
             condition="aid_delivered", because="Twelve lorries.")  # fmt: skip
    met = desk.clock(CLOCK, *late)
    assert met["state"] == "met_on_figures_pending_declaration"
    assert met["pending"] == ["alpha", "beta"]
    assert "declared" not in desk.printed("clocks", *late).partition(f"{CLOCK}:")[2].partition("\n\n")[0].lower()
    desk.act(act="declaration", by="alpha", at="2025-03-23T10:00", clock=CLOCK, says="met", because="Seven days.")
    half = desk.clock(CLOCK, *late)
    assert (half["state"], half["pending"]) == ("met_on_figures_pending_declaration", ["beta"])
    desk.act(act="declaration", by="beta", at="2025-03-23T11:00", clock=CLOCK, says="met", because="Seven days.")
    assert desk.clock(CLOCK, *late)["state"] == "declared"
    assert desk.stored("SELECT count(*) FROM act WHERE act = 'declaration'") == [(3,)]


def test_the_words_of_both_are_stored_and_signed(on_day_five):
    determined(on_day_five, "alpha", "serious_violation")
    determined(on_day_five, "beta", "not_an_incident")
    assert on_day_five.stored("SELECT by, act FROM act ORDER BY seq") == [
        ("alpha", "determination"), ("beta", "determination"),
    ]  # fmt: skip
    bodies = [
        body
        for (body,) in on_day_five.stored('SELECT body FROM entry WHERE CAST(body AS TEXT) LIKE \'%"kind":"act"%\'')
    ]
    assert len(bodies) == 2 and all(b'"signature"' in bytes(body) for body in bodies)
    assert on_day_five.told("audit")["faults"] == []
