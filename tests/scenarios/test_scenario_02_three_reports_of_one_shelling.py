"""Scenario 2: three differing reports of one shelling are one incident, and stay three reports."""

import pytest

DAY, NEXT = "2025-03-20", "2025-03-21"
AREA = {"area": "river_towns", "kind": "shelling"}
NGO = {
    "report_id": "1", "source": "ngo", "when": f"{DAY}T14:05", "place": "حي النهر", "lat": 19.95, "lon": -40.0,
    "radius_m": 300, "words": "قصف مدفعي على حي النهر الساعة 14:05 أصاب السوق", "language": "ar", "killed_best": 2,
}  # fmt: skip
CENTRE = {
    "report_id": "7", "source": "centre", "when": f"{DAY}T13:45/{DAY}T14:15", "place": "River Quarter",
    "lat": 19.951, "lon": -40.0, "radius_m": 500, "words": "Artillery on the River Quarter at about 14:00",
    "language": "en", "killed_best": 3,
}  # fmt: skip
HOTLINE = {
    "report_id": "22", "source": "hotline", "when": f"{DAY}T14:00/{DAY}T14:30", "place": "Rivver Quarter",
    "lat": 19.9581, "lon": -40.0, "radius_m": 1000, "words": "Caller, next day: shells yesterday on Rivver Quarter",
    "language": "en",
}  # fmt: skip
NAMES = ("ngo/1", "centre/7", "hotline/22")


@pytest.fixture
def mission(desk):
    """Three reports of one shelling, and a few of other things, so that there is something to tell apart."""
    desk.init()
    desk.reports(*({**AREA, **one} for one in (NGO, CENTRE, HOTLINE)))
    desk.reports(
        *(
            {
                "report_id": f"o{n}", "source": source, "when": f"2025-03-{day}T{hour:02}:10", "area": "hill_country",
                "kind": "small_arms_fire", "lat": lat, "lon": -40.0, "radius_m": 300,
            }
            for n, (source, day, hour, lat) in enumerate(
                [("ngo", 16, 9, 20.25), ("centre", 17, 11, 20.3), ("hotline", 18, 22, 20.45), ("ngo", 19, 3, 20.35),
                 ("centre", 22, 15, 20.4), ("hotline", 23, 6, 20.42)]
            )
        )
    )  # fmt: skip
    desk.watched("2025-03-15", "2025-03-24")
    return desk


def shelling(mission):
    cell = mission.cell("between_parties", "river_towns", DAY)
    return cell["low"], cell["high"]


def confirmed(mission, by="alpha"):
    """A person confirms; the ids of the acts."""
    pairs = [(NAMES[0], NAMES[1]), (NAMES[1], NAMES[2])]
    because = ("--because", "One quarter, one hour.")
    made = [mission.told("judge", *pair, "same", "--by", by, *because)["acts"] for pair in pairs]
    return [act["id"] for [act] in made]


def state(mission):
    """All that is answered, without what names the size of the record."""
    told = [mission.told(verb, "--as-of", "2025-03-25") for verb in ("ledger", "clocks", "evaluate")]
    return [{name: value for name, value in one.items() if name != "cut"} for one in told]


def test_the_three_are_proposed_as_one_incident_with_score_and_reasons(mission):
    mission.told("match", "--by", "alpha", "--because", "First model.", "--window-hours", 2)
    pairs = mission.told("pairs", "--open")["pairs"]
    named = {frozenset(f"{one['source']}/{one['source_row']}" for one in pair["reports"]) for pair in pairs}
    assert frozenset(NAMES[:2]) in named
    [pair] = [one for one in pairs if {r["source"] for r in one["reports"]} == {"ngo", "centre"}]
    reasons = " ".join(word for reason in pair["reasons"] for word in reason["words"])
    assert pair["weight"].startswith("+")
    assert all(word in reasons for word in ("time", "kind"))


def test_proposals_alone_merge_nothing_and_open_a_range(mission):
    assert shelling(mission) == (3, 3)
    mission.told("match", "--by", "alpha", "--because", "First model.", "--window-hours", 2)
    low, high = shelling(mission)
    assert high == 3
    assert low < 3
    reasons = " ".join(mission.cell("between_parties", "river_towns", DAY)["reasons"])
    assert "may be the same as" in reasons


def test_a_person_confirms_and_three_become_one_while_three_originals_remain(mission):
    confirmed(mission)
    assert shelling(mission) == (1, 1)
    assert mission.stored("SELECT count(*) FROM report WHERE superseded_by IS NULL") == [(9,)]
    assert mission.told("evaluate")["incidents"] == 7


def test_undo_restores_the_exact_previous_state(mission):
    before = state(mission)
    ids = confirmed(mission)
    assert state(mission) != before
    for one in reversed(ids):
        mission.told("judge", "--undo", one, "--by", "alpha", "--because", "Looked again.")
    assert state(mission) == before
    assert shelling(mission) == (3, 3)


def test_undoing_a_second_word_brings_the_first_one_back(mission):
    confirmed(mission)
    before = state(mission)
    again = ("judge", *NAMES[:2], "different", "--by", "alpha", "--because", "Two streets.")
    [second] = mission.told(*again)["acts"]
    assert shelling(mission) == (2, 2)
    mission.told("judge", "--undo", second["id"], "--by", "alpha", "--because", "No: one.")
    assert state(mission) == before


def test_every_step_is_in_the_record(mission):
    ids = confirmed(mission)
    acts = mission.told("acts")["acts"]
    assert {one["id"] for one in acts if one["act"] == "judgement"} == set(ids)
    assert mission.told("audit")["faults"] == []
    assert mission.told("rebuild")["same"]


def test_the_merged_row_says_what_all_three_say(mission):
    confirmed(mission)
    page = mission.bulletin()
    assert "several_reports" in page
