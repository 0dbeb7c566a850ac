"""Scenario 3: fifteen outlets carry one wire story; that is one source, and an eyewitness makes two."""

import pytest

STORY = (
    "Four shells fell on the covered market of the eastern quarter at ten in the morning and wounded nine people, "
    "residents said"
)
OUTLETS = [f"outlet_{n:02}" for n in range(1, 16)]
EDITED = (STORY, f"{STORY}.", STORY.replace("Four", "4"), f"{STORY} by telephone", STORY.upper())
WHEN, WHERE = "2025-03-20T10:00", "river_towns"
BECAUSE = "Read side by side: one text."


@pytest.fixture
def mission(desk):
    """A mission in which nothing is told yet."""
    return desk.init()


def told(mission, **declared):
    """Fifteen outlets tell it; the wire itself is not read here."""
    mission.reports(
        *(
            {
                "report_id": "1",
                "source": outlet,
                "when": WHEN,
                "area": WHERE,
                "words": EDITED[n % len(EDITED)],
                **declared,
            }
            for n, outlet in enumerate(OUTLETS)
        )
    )


def an_eyewitness_joins(mission):
    mission.reports(
        {
            "report_id": "7", "source": "clinic", "when": "2025-03-20T10:05", "area": WHERE,
            "words": "We treated nine people from the market. I heard the impacts from the gate of the clinic.",
        }
    )  # fmt: skip
    mission.act(
        act="origin", by="alpha", at="2025-03-21T09:00", report="clinic/7", says="independent", access="eyewitness",
        because="The doctor on duty was asked by telephone.",
    )  # fmt: skip
    pair = ["outlet_01/1", "clinic/7"]
    mission.act(act="judgement", by="alpha", at="2025-03-21T09:05", reports=pair, says="same", because="Same market.")


def incident(mission, report="outlet_01/1", *options):
    return mission.told("origins", "--incident", report, *options)["incident"]


def state(mission):
    """All that is told of origins, but for the cut."""
    return {name: said for name, said in mission.told("origins", "--incident", "outlet_01/1").items() if name != "cut"}


def counted(mission, *options):
    found = incident(mission, "outlet_01/1", *options)
    return found["independent_low"], found["independent_high"], found["grade"], found["at_most"]


@pytest.mark.parametrize(
    "declared", [{"origin": "wire"}, {"repeats": "wire/2025-0320-4"}, {"origin": "wire", "repeats": "wire/2025-0320-4"}]
)
def test_fifteen_outlets_that_name_the_wire_are_one_source_and_an_eyewitness_makes_it_fair(mission, declared):
    told(mission, **declared)
    if "repeats" not in declared:
        for outlet in OUTLETS[1:]:
            mission.act(
                act="judgement", by="alpha", at="2025-03-20T20:00", reports=["outlet_01/1", f"{outlet}/1"],
                says="same", because="One market, one morning.",
            )  # fmt: skip
    assert len(incident(mission)["reports"]) == 15
    assert counted(mission) == (1, 1, "weak", "weak")
    an_eyewitness_joins(mission)
    assert counted(mission) == (2, 2, "fair", "fair")
    assert incident(mission)["eyewitnesses"] == 1
    assert "2 independent credible sources" in incident(mission)["rule"]


def test_where_nothing_is_declared_text_and_time_show_it_and_nothing_counts_until_a_person_says_so(mission):
    told(mission)
    found = mission.told("origins")
    assert {tie["basis"] for tie in found["ties"]} == {"proposed"}
    assert len(found["ties"]) == 14
    assert all("nearly the same" in tie["because"] for tie in found["ties"])
    assert counted(mission) == (1, 15, "weak", "fair")
    accepted = mission.told("origins", "--accept", "--by", "alpha", "--because", BECAUSE)["acts"]
    assert [one["act"] for one in accepted] == ["origin"] * 14
    assert counted(mission) == (1, 1, "weak", "weak")
    an_eyewitness_joins(mission)
    assert counted(mission) == (2, 2, "fair", "fair")


def test_an_echo_that_a_person_accepted_counts_once_in_the_ledger_too(mission):
    told(mission)
    cell = ("all_incidents", WHERE, "2025-03-20")
    assert mission.cell(*cell)["low"] == 15
    mission.told("origins", "--accept", "--by", "alpha", "--because", BECAUSE)
    assert (mission.cell(*cell)["low"], mission.cell(*cell)["high"]) == (1, 1)


def test_an_eyewitness_who_is_doubted_by_one_side_makes_it_fair_at_most(mission):
    told(mission, repeats="wire/1")
    an_eyewitness_joins(mission)
    for by, expected in (("beta", (1, 2, "weak", "fair")), ("alpha", (1, 1, "weak", "weak"))):
        mission.told("grade", "clinic", "E", "--by", by, "--because", "It told of shelling that was none.")
        assert counted(mission) == expected


def test_one_body_holds_an_outlet_to_be_independent_and_the_two_stand_beside_each_other(mission):
    told(mission)
    mission.told("origins", "--accept", "--by", "alpha", "--because", BECAUSE)
    mission.act(
        act="origin", by="beta", at="2025-03-22T09:00", report="outlet_05/1", says="independent",
        because="Its reporter was there.",
    )  # fmt: skip
    assert counted(mission) == (1, 2, "weak", "fair")
    assert counted(mission, "--held-by", "alpha") == (1, 1, "weak", "weak")
    [tie] = [one for one in mission.told("origins", "--source", "outlet_05")["ties"] if one["basis"] == "held"]
    assert (tie["counts"], tie["by"]) == ("maybe", ["alpha"])
    assert "beta held it to be independent" in tie["because"]


def test_what_was_accepted_can_be_taken_back(mission):
    told(mission)
    before = state(mission)
    accepted = mission.told("origins", "--accept", "--by", "alpha", "--because", BECAUSE)["acts"]
    assert state(mission) != before
    for one in accepted:
        mission.act(act="withdrawal", by="alpha", at="2025-03-23", of=one["id"], because="Read once more.")
    assert state(mission) == before


def test_it_is_said_in_words(mission):
    told(mission, repeats="wire/1")
    printed = mission.printed("origins", "--incident", "outlet_01/1")
    assert "15 reports, independent sources 1." in printed
    assert "Proposed: Weak: 1 independent credible source; fair needs 2." in printed
    assert "outlet_01/1 -> wire/1, declared: the report says that it repeats it" in printed
