"""A mission's matching held open says, after each thing entered, what matching the mission anew says."""

import itertools
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import MissionError
from truceline.pipeline.judged import judged_pairs
from truceline.pipeline.missions import open_mission
from truceline.pipeline.open_matching import OpenMatching
from truceline.pipeline.proposals import open_proposals
from truceline.vocabulary.marking import INTERNAL

REPORT = st.fixed_dictionaries({
    "report_id": st.sampled_from(["1", "2", "3", "4", "5"]), "source": st.sampled_from(["ngo", "wire", "acled"]),
    "when": st.sampled_from(["2025-03-20T10:00", "2025-03-20T10:10", "2025-03-20", "2025-03-21T08:00", "soon"]),
    "kind": st.sampled_from(["shelling", "", "detention"]), "lat": st.sampled_from(["12.0", "12.003", "12.2", ""]),
    "lon": st.just("-48.2"), "radius_m": st.sampled_from(["300", "2000"]), "place": st.sampled_from(["Salma", ""]),
    "repeats": st.sampled_from(["", "", "1", "ngo/2", "acled/3", "wire/1"]),
    "origin": st.sampled_from(["", "agency"]), "killed_best": st.sampled_from(["", "3"]),
})  # fmt: skip
REF = st.builds("{}/{}".format, st.sampled_from(["ngo", "wire", "acled"]), st.sampled_from("012345"))
STEP = st.one_of(
    st.tuples(st.just("reports"), st.lists(REPORT, min_size=1, max_size=3)),
    st.tuples(st.just("reports"), st.lists(REPORT, min_size=1, max_size=3)),
    st.tuples(st.just("recall"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just("judge"), st.tuples(REF, REF, st.sampled_from(["same", "different", "unsure"]))),
    st.tuples(st.just("judge"), st.tuples(REF, REF, st.sampled_from(["same", "different"]))),
    st.tuples(st.just("act"), st.just("lenient")),
)
SEVERAL = [
    {"report_id": f"{n}", "source": source, "when": when, "lat": "12.0", "lon": "-48.2", "radius_m": "500"}
    for n, (source, when) in enumerate(itertools.product(("ngo", "wire", "acled"), ("2025-03-20T10:00", "2025-03-22")))
]


def entered(desk, what, matter):
    """Enter one thing."""
    if what == "reports":
        desk.reports(*matter)
    elif what == "recall":
        at = next(iter(desk.number))
        desk.take_in(desk.file(f"deleted-{at}.csv", f"event_id_cnty,deleted_timestamp\n{matter},17411328{at:02d}\n"))
    elif what == "judge":
        one, other, says = matter
        words = {"act": "judgement", "by": "alpha", "at": "2025-03-22T10:00", "says": says, "because": "So."}
        written = json.dumps(words | {"reports": [one, other]})
        at = next(iter(desk.number))
        desk.run("enter", desk.mission, desk.file(f"act-{at}.yaml", written))  # refused where it makes no sense
    else:
        desk.act(act="reading", by="alpha", at="2025-03-22T10:00", reading=matter, because="So.")


def anew(mission):
    """What is proposed, computed from all reports in force: groups, and the weight of each pair."""
    found = open_proposals(mission, INTERNAL, mission.size, judged_pairs(mission, INTERNAL, mission.size))
    pairs = zip(found.seq[found.pairs.one].tolist(), found.seq[found.pairs.other].tolist(), strict=True)
    return found.members(), dict(zip(pairs, found.weight.tolist(), strict=True)), found


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(REPORT, min_size=2, max_size=8), st.lists(STEP, min_size=1, max_size=5))
def test_one_by_one_is_what_bulk_is(office, first, steps):
    with tempfile.TemporaryDirectory() as folder:
        desk = office.Desk(Path(folder)).init()
        desk.reports(*SEVERAL, *first)
        assert desk.run("match", desk.mission, "--least", "-8").code == 0
        with open_mission(desk.mission) as mission:
            held = OpenMatching(mission)
        for what, matter in steps:
            entered(desk, what, matter)
            with open_mission(desk.mission) as mission:
                followed = held.follow(mission)
                groups, weights, found = anew(mission)
                assert held.groups() == groups
                for came in followed.arrived:
                    theirs = {tuple(sorted((came.seq, one.seq))): one.explained.weight for one in came.proposals}
                    assert theirs == {pair: weight for pair, weight in weights.items() if came.seq in pair}
                    for one in came.proposals:
                        assert one.explained == found.explain(came.seq, one.seq)
                    assert came.group in [*groups, (came.seq,)]


def test_a_report_that_comes_is_matched_and_explained_and_nothing_is_merged(desk):
    desk.init()
    desk.reports(*SEVERAL)
    assert desk.run("match", desk.mission, "--least", "-9").code == 0
    with open_mission(desk.mission) as mission:
        held = OpenMatching(mission)
    desk.reports(SEVERAL[0] | {"source": "hotline", "report_id": "77"})
    with open_mission(desk.mission) as mission:
        followed = held.follow(mission)
        assert (followed.how, held.size) == ("what_changed", mission.size)
        [came] = followed.arrived
        assert came.candidates == 3
        assert len(came.proposals) == 3
        assert len(came.group) == 4
        assert held.follow(mission).how == "nothing"
        assert len(mission.rows("report", INTERNAL)) == len(SEVERAL) + 1


def test_without_a_model_in_force_there_is_nothing_to_hold_open(desk):
    desk.init()
    desk.reports(*SEVERAL)
    with open_mission(desk.mission) as mission, pytest.raises(MissionError, match="No model is in force"):
        OpenMatching(mission)


def test_after_another_model_all_is_made_anew(desk):
    desk.init()
    desk.reports(*SEVERAL)
    assert desk.run("match", desk.mission).code == 0
    with open_mission(desk.mission) as mission:
        held = OpenMatching(mission)
    assert desk.run("match", desk.mission, "--again", "--least", "-9").code == 0
    with open_mission(desk.mission) as mission:
        assert held.follow(mission).how == "all"
        assert held.groups() == anew(mission)[0]
