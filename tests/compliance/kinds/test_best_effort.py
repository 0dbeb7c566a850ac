"""A best effort is shown against its baseline and never breached."""

from collections.abc import Sequence

import pytest

from truceline.compliance.kinds import KINDS
from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.kinds.best_effort import BestEffort
from truceline.pipeline.packs import find_pack
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.conduct import Performance
from truceline.vocabulary.when import read_instant

SYRIA = find_pack("syria-2016").agreement
BASELINE = ("2016-03-01T00:00", "2016-03-11T00:00")
START, END = (read_instant(text, SYRIA.zone) for text in ("2016-03-20T00:00", "2016-03-25T00:00"))
FLIGHTS = BestEffort(BASELINE, ("overflight",), aim="fewer")
RELEASES = BestEffort(BASELINE, ("overflight",), aim="more")
TALKS = BestEffort(BASELINE, performance=True)


def _flight(day: str) -> ActHeld:
    said = read_instant(f"{day}T12:00", SYRIA.zone)
    act = Finding(
        "usa", day, "made-up", "happened", "Made up.", "Made up.", when=f"{day}T10:00", kind="overflight",
        attributed_to="Syrian Air Force", attribution="single_side_a",
    )  # fmt: skip
    return ActHeld(f"{day:0<64}", 1, act, said, said)


def _word(by: str, says: str) -> ActHeld:
    said = read_instant("2016-03-21T12:00", SYRIA.zone)
    act = Performance(by, "2016-03-21T12:00", "minimised_flights", "government", says, "Made up.")  # type: ignore[arg-type]
    return ActHeld(f"{by:0<64}", 1, act, said, said)


def _judged(rule: BestEffort, rows: Rows, watched: int, acts: Sequence[ActHeld] = (), certain: int = SURELY) -> Outcome:
    owed = next(one for one in SYRIA.obligations if one.id == "minimised_flights")
    before = Before(SYRIA, owed, "government", "usa", START, END, END, acts, rows, Watched(watched, 5), certain)
    return KINDS["best_effort"].judge(rule, before).outcome


@pytest.mark.parametrize(
    ("rows", "watched", "outcome"),
    [
        (Rows(breaching=5), 5, Outcome.COMPLIED),  # one a day, as the ten days before had ten
        (Rows(breaching=6), 5, Outcome.UNDECIDED),
        (Rows(breaching=4), 3, Outcome.UNDECIDED),  # four on three watched days
        (Rows(breaching=3, maybe=3), 5, Outcome.UNDECIDED),
        (Rows(), 5, Outcome.COMPLIED),
        (Rows(), 0, Outcome.NOT_OBSERVED),
        (Rows(maybe=1), 0, Outcome.UNDECIDED),
    ],
)
def test_fewer_a_watched_day_than_a_day_of_the_baseline(rows: Rows, watched: int, outcome: Outcome) -> None:
    ten = [_flight(f"2016-03-{day:02}") for day in range(1, 11)]
    assert _judged(FLIGHTS, rows, watched, ten) == outcome


def test_more_counts_only_what_is_sure() -> None:
    ten = [_flight(f"2016-03-{day:02}") for day in range(1, 11)]
    assert _judged(RELEASES, Rows(breaching=5), 5, ten) == Outcome.COMPLIED
    assert _judged(RELEASES, Rows(breaching=4, maybe=9), 5, ten) == Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ([("un_envoy", "done")], Outcome.COMPLIED),
        ([("russia", "done")], Outcome.UNDECIDED),
        ([("un_envoy", "done"), ("usa", "not_done")], Outcome.UNDECIDED),
        ([("un_envoy", "not_done")], Outcome.UNDECIDED),
        ([], Outcome.NOT_OBSERVED),
    ],
)
def test_a_performance_counts_by_whose_word_is_knowledge(words: list[tuple[str, str]], outcome: Outcome) -> None:
    assert _judged(TALKS, Rows(), 0, [_word(*word) for word in words]) == outcome


def test_it_is_never_breached_and_may_not_be_in_force() -> None:
    assert _judged(FLIGHTS, Rows(breaching=1_000), 5) == Outcome.UNDECIDED
    assert _judged(FLIGHTS, Rows(), 5, certain=NO) == Outcome.NOT_IN_FORCE


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (BestEffort(BASELINE), "exactly one of kinds and performance"),
        (BestEffort(("2016-03-11", "2016-03-01"), performance=True), "ends before it begins"),
        (BestEffort(("soon", "2016-03-01"), performance=True), "baseline: "),
    ],
)
def test_what_makes_no_sense_is_said(rule: BestEffort, sentence: str) -> None:
    owed = next(one for one in SYRIA.obligations if one.id == "minimised_flights")
    assert any(sentence in said for said in KINDS["best_effort"].wrong(rule, owed, SYRIA))
