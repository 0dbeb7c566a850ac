"""Judgements: what is refused, what counts jointly, what follows; and that undoing one leaves what was before."""

import json
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.pipeline.incidents import groups
from truceline.pipeline.missions import open_mission
from truceline.pipeline.open_ledger import OpenLedger
from truceline.pipeline.questions import Asked, ask
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_instant

ROW = {"when": "2025-03-20T10:00", "area": "river_towns"}
SOURCES = ("ngo", "centre", "hotline", "wire")
NAMES = tuple(f"{source}/1" for source in SOURCES)
AS_OF = read_instant("2025-03-25", "Etc/GMT-2")


@pytest.fixture
def mission(desk):
    """Four reports of four sources."""
    desk.init()
    desk.reports(*({**ROW, "source": source, "report_id": "1"} for source in SOURCES))
    return desk


def judged(desk, one, other, says, by="alpha", **more):
    because = more.pop("because", "Read.")
    told = desk.told("judge", one, other, says, "--by", by, "--because", because, *more.pop("options", ()))
    return told["acts"][0]["id"]


def refused(desk, *words):
    ran = desk.run("judge", desk.mission, *words)
    assert ran.code == 2, ran.out
    return " ".join(ran.err.split())


def incidents(desk):
    """The incidents by the sources of their reports."""
    with open_mission(desk.mission) as held:
        found = groups(held, INTERNAL)
        names = dict(zip(found.reports.seq.tolist(), found.reports.source, strict=True))
        return {frozenset(names[seq] for seq in found.of(seq)) for seq in names}, [
            frozenset(names[seq] for seq in chain) for chain in found.torn
        ]


def shelled(desk):
    cell = desk.cell("between_parties", "river_towns", "2025-03-20")
    return cell["low"], cell["high"]


def state(desk):
    """All that follows, byte for byte, without what names the size of the record."""
    told = [desk.told(verb, "--as-of", "2025-03-25") for verb in ("ledger", "clocks", "evaluate")]
    told.append(desk.told("pairs"))
    with open_mission(desk.mission) as held:
        found = groups(held, INTERNAL)
        told.append([found.incident_id(seq) for seq in found.reports.seq.tolist()])
    return json.dumps([{k: v for k, v in one.items() if k != "cut"} if isinstance(one, dict) else one for one in told])


def test_the_same_report_twice_is_refused_under_any_of_its_names(mission):
    [(entry_id,)] = mission.stored("SELECT id FROM report WHERE source = 'ngo'")
    said = refused(mission, "ngo/1", entry_id[:12], "same", "--by", "alpha", "--because", "x")
    assert "both names mean the same report" in said


def test_a_report_that_is_not_held_is_refused_with_a_mend(mission):
    said = refused(mission, "ngo/1", "ngo/77", "same", "--by", "alpha", "--because", "x")
    assert "'ngo/77' is no report of this mission" in said
    assert "SOURCE/REPORT_ID" in said


def test_who_judges_is_a_body_of_the_pack(mission):
    assert "is no body of this agreement" in refused(mission, *NAMES[:2], "same", "--by", "somebody", "--because", "x")


def test_a_second_word_on_one_pair_has_to_revise_the_first_and_the_verb_does_it(mission):
    first = judged(mission, *NAMES[:2], "same")
    written = json.dumps({
        "act": "judgement", "by": "alpha", "at": "2027-01-01", "reports": [NAMES[1], NAMES[0]], "says": "different",
        "because": "x",
    })  # fmt: skip
    ran = mission.run("enter", mission.mission, mission.file("second.yaml", written))
    assert ran.code == 2
    assert f"revises: [{first[:12]}]" in " ".join(ran.err.split())
    judged(mission, NAMES[1], NAMES[0], "different")
    [pair] = mission.told("pairs", "--judged")["pairs"]
    assert [(word["by"], word["says"]) for word in pair["judged"]] == [("alpha", "different")]


def test_no_rule_of_the_pack_lets_the_program_judge(mission):
    written = json.dumps({
        "act": "judgement", "by": "alpha", "at": "2025-03-21", "reports": NAMES[:2], "says": "same", "because": "x",
        "instrument": True,
    })  # fmt: skip
    ran = mission.run("enter", mission.mission, mission.file("machine.yaml", written))
    assert ran.code == 2
    assert "lets the program judge" in " ".join(ran.err.split())


def test_the_same_word_with_the_same_reasons_is_entered_once(mission):
    first = judged(mission, *NAMES[:2], "same")
    again = mission.told("judge", NAMES[1], NAMES[0], "same", "--by", "alpha", "--because", "Read.")["acts"][0]
    assert (again["id"], again["already_held"]) == (first, True)


@pytest.mark.parametrize(
    ("alpha", "beta", "jointly", "counted"),
    [
        ("same", None, "same", (3, 3)),
        ("same", "same", "same", (3, 3)),
        ("same", "unsure", "same", (3, 3)),
        ("same", "different", "disputed", (3, 4)),
        ("different", None, "different", (4, 4)),
        ("unsure", None, "unsure", (4, 4)),
    ],
)
def test_jointly_counts_what_no_co_chair_contradicts_and_a_dispute_is_a_range(mission, alpha, beta, jointly, counted):
    for by, says in (("alpha", alpha), ("beta", beta)):
        if says:
            judged(mission, *NAMES[:2], says, by)
    [pair] = mission.told("pairs", "--judged")["pairs"]
    assert pair["jointly"] == jointly
    assert shelled(mission) == counted


def test_a_party_is_shown_and_merges_nothing(mission):
    judged(mission, *NAMES[:2], "same", "north_command")
    [pair] = mission.told("pairs")["pairs"]
    assert (pair["jointly"], pair["judged"][0]["counts_jointly"]) == ("", False)
    assert shelled(mission) == (4, 4)


def test_a_chain_through_a_different_joins_nothing_and_is_reported(mission):
    for pair, says in ((NAMES[:2], "same"), (NAMES[1:3], "same"), ((NAMES[0], NAMES[2]), "different")):
        judged(mission, *pair, says)
    found, torn = incidents(mission)
    assert torn == [frozenset(SOURCES[:3])]
    assert all(len(one) == 1 for one in found)
    assert shelled(mission) == (2, 4)
    told = mission.told("pairs", "--contradictions")
    assert len(told["pairs"]) == 3
    assert len(told["contradictions"]) == 1
    assert "CONTRADICTION" in mission.printed("pairs")


def test_the_order_of_judgements_does_not_matter(desk, tmp_path_factory, office):
    words = (("ngo/1", "centre/1", "same"), ("centre/1", "hotline/1", "same"), ("hotline/1", "wire/1", "different"))
    made = set()
    for order in permutations(words):
        one = office.Desk(tmp_path_factory.mktemp("order")).init()
        one.reports(*({**ROW, "source": source, "report_id": "1"} for source in SOURCES))
        for a, b, says in order:
            judged(one, a, b, says)
        found, torn = incidents(one)
        made.add((frozenset(found), tuple(torn), shelled(one)))
    assert made == {(frozenset({frozenset(SOURCES[:3]), frozenset({"wire"})}), (), (2, 2))}


def test_any_judgement_added_and_undone_leaves_the_state_before_byte_for_byte(office, tmp_path_factory):
    pairs = [(one, other) for one in NAMES for other in NAMES if one != other]
    step = st.tuples(st.sampled_from(pairs), st.sampled_from(["same", "different", "unsure"]),
                     st.sampled_from(["alpha", "beta", "secretariat"]))  # fmt: skip
    numbers = count(1)

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(step, max_size=3), step)
    def hold(before, last):
        desk = office.Desk(tmp_path_factory.mktemp(f"undo{next(numbers)}")).init()
        desk.reports(*({**ROW, "source": source, "report_id": "1"} for source in SOURCES))
        for (a, b), says, by in before:
            judged(desk, a, b, says, by)
        told = state(desk)
        (a, b), says, by = last
        made = desk.told("judge", a, b, says, "--by", by, "--because", "Once more.")["acts"][0]["id"]
        desk.told("judge", "--undo", made, "--by", by, "--because", "Taken back.")
        again = state(desk)
        assert without_acts(told) == without_acts(again)
        assert desk.told("rebuild")["same"]

    hold()


def without_acts(told):
    """What is said again is another entry: its id and its place in the record differ, and nothing else."""
    made = json.loads(told)
    for one in made:
        for pair in one["pairs"] if isinstance(one, dict) and "pairs" in one else ():
            for word in pair["judged"]:
                del word["act"]
            pair["judged"].sort(key=lambda word: (word["by"], word["at"]))
    return made


def test_a_ledger_held_open_is_right_after_a_judgement_and_after_what_comes_then(mission):
    asked = Asked(INTERNAL, AS_OF)
    with open_mission(mission.mission) as held:
        ledger = OpenLedger(held, asked)
    judged(mission, *NAMES[:2], "same", options=("--at", "2025-03-21"))
    mission.reports({**ROW, "source": "ngo", "report_id": "2", "repeats": "centre/1"})
    with open_mission(mission.mission) as held:
        assert ledger.follow(held) == "all"
        assert ledger.ledger == ask(held, asked).evaluated.ledger
    mission.reports({**ROW, "source": "ngo", "report_id": "3"})
    with open_mission(mission.mission) as held:
        assert ledger.follow(held) == "all"
        answer = ask(held, asked)
        assert ledger.ledger == answer.evaluated.ledger
        assert len(ledger.answer(held).evaluated.incidents) == len(answer.evaluated.incidents) == 4


def test_a_revised_report_keeps_its_judgement(mission):
    judged(mission, *NAMES[:2], "same")
    mission.reports({**ROW, "source": "ngo", "report_id": "1", "killed_best": 4})
    assert shelled(mission) == (3, 3)


def test_pairs_of_one_report_and_of_one_kind(mission):
    judged(mission, *NAMES[:2], "same")
    judged(mission, NAMES[2], NAMES[3], "different")
    assert len(mission.told("pairs", "--report", "wire/1")["pairs"]) == 1
    assert mission.told("pairs", "--open")["pairs"] == []
    assert mission.run("pairs", mission.mission, "--open", "--judged").code == 2
