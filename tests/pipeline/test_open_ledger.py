"""A ledger held open says, after each thing entered, what asking the mission anew says."""

import tempfile
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.errors import ReadingError
from truceline.pipeline.missions import open_mission
from truceline.pipeline.open_ledger import OpenLedger
from truceline.pipeline.questions import Asked, ask
from truceline.vocabulary.marking import INTERNAL
from truceline.vocabulary.when import read_instant

ASKED = Asked(INTERNAL, read_instant("2025-04-20T12:00", "Etc/GMT-2"))
REPORT = st.fixed_dictionaries({
    "report_id": st.sampled_from(["1", "2", "3", "4"]), "source": st.sampled_from(["ngo", "wire", "acled"]),
    "when": st.sampled_from(["2025-03-20", "2025-03-20T10:00", "2025-03", "2025-04-28", "soon"]),
    "kind": st.sampled_from(["shelling", "", "detention"]),
    "area": st.sampled_from(["river_towns", "", "elsewhere", "Southern Plain"]),
    "repeats": st.sampled_from(["", "", "1", "ngo/2", "acled/3"]), "killed_best": st.sampled_from(["", "3", "-1"]),
})  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("reports"), st.lists(REPORT, min_size=1, max_size=3)),
    st.tuples(st.just("reports"), st.lists(REPORT, min_size=1, max_size=3)),
    st.tuples(st.just("recall"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just("watched"), st.sampled_from(["2025-03-20", "2025-03-25"])),
    st.tuples(st.just("act"), st.sampled_from(["lenient", "shifted"])),
    st.tuples(st.just("withdraw"), st.just("")),
)


def entered(desk, what, matter):
    """Enter one thing; a withdrawal withdraws the last act there is."""
    if what == "reports":
        desk.reports(*matter)
    elif what == "watched":
        desk.watched(matter, matter, "river_towns")
    elif what == "recall":
        at = next(iter(desk.number))
        desk.take_in(desk.file(f"deleted-{at}.csv", f"event_id_cnty,deleted_timestamp\n{matter},17411328{at:02d}\n"))
    elif what == "act":
        desk.act(act="reading", by="alpha", at="2025-03-22T10:00", reading=matter, because="So.")
    else:
        acts = [act for act in desk.told("acts")["acts"] if act["act"] != "withdrawal"]
        if acts:
            last = acts[-1]
            desk.act(act="withdrawal", by=last["by"], at="2025-03-23T10:00", of=last["id"], because="Mistaken.")


def said(answer):
    """All that an answer says."""
    incidents = answer.evaluated.incidents
    columns = [list(getattr(incidents, name)) for name in ("id", "when_words", "place", "flags", "source_row", "kind")]
    return (
        answer.size, answer.cut, answer.evaluated.ledger, answer.evaluated.unresolved, answer.clocks, answer.compared,
        incidents.seq.tolist(), incidents.may_be.tolist(), columns,
    )  # fmt: skip


@pytest.mark.long
def test_it_equals_asking_anew_after_reports_revisions_refusals_recalls_coverage_acts_and_withdrawals(office) -> None:
    numbers, ways = count(1), set()

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(REPORT, max_size=4), st.lists(STEP, min_size=1, max_size=5), st.booleans())
    def hold(first, steps, look):
        next(numbers)
        with tempfile.TemporaryDirectory() as folder:
            desk = office.Desk(Path(folder)).init()
            if first:
                desk.reports(*first)
            with open_mission(desk.mission) as mission:
                held = OpenLedger(mission, ASKED)
            for what, matter in steps:
                entered(desk, what, matter)
                with open_mission(desk.mission) as mission:
                    ways.add(held.follow(mission))
                    anew = ask(mission, ASKED)
                    assert held.ledger == anew.evaluated.ledger
                    if look:
                        assert said(held.answer(mission)) == said(anew)
            with open_mission(desk.mission) as mission:
                assert said(held.answer(mission)) == said(ask(mission, ASKED))

    hold()
    print(f"a ledger held open equals one asked anew: {next(numbers) - 1} sequences")
    assert ways >= {"what_changed", "all"}


def test_nothing_entered_is_nothing_to_follow_and_a_report_is_all_that_changes(desk) -> None:
    desk.init()
    with open_mission(desk.mission) as mission:
        held = OpenLedger(mission, ASKED)
        assert held.follow(mission) == "nothing"
    desk.reports({"when": "2025-03-20", "area": "river_towns"})
    with open_mission(desk.mission) as mission:
        assert held.follow(mission) == "what_changed"
        assert held.size == mission.size
    desk.act(act="reading", by="alpha", at="2025-03-22T10:00", reading="lenient", because="So.")
    with open_mission(desk.mission) as mission:
        assert held.follow(mission) == "all"
        assert held.ledger == ask(mission, ASKED).evaluated.ledger


def test_a_cut_of_the_past_is_not_held_open(desk) -> None:
    desk.init()
    with open_mission(desk.mission) as mission, pytest.raises(ReadingError, match="follows what is known"):
        OpenLedger(mission, Asked(INTERNAL, ASKED.now_us, known="1"))
