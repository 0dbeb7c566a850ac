"""Signals: for many pairs what the slow rule says of each, and every reason said once."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching import relations
from truceline.matching.crowding import Density, crowds
from truceline.matching.ngrams import alike_permille, bits_of, signatures
from truceline.matching.one_pair import apart_m, apart_minutes, signals_of
from truceline.matching.signals import SIGNALS, Scene
from truceline.vocabulary.columns import UNKNOWN


def said(made_up: SimpleNamespace, one: dict[str, object], other: dict[str, object]) -> dict[str, str]:
    reports = made_up.compared_of([made_up.told("a") | one, made_up.told("b") | other])
    return {found.signal: found.reason for found in signals_of(Scene.of(reports, Density.of(reports)), 0, 1)}


@settings(max_examples=150, deadline=None)
@given(data=st.data(), held=st.sampled_from((0, 4_096)))
def test_many_pairs_at_once_say_what_each_pair_says(made_up: SimpleNamespace, data: st.DataObject, held: int) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), min_size=2, max_size=9)))
    one, other = np.triu_indices(len(reports), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relations, "MOST_HELD", held)
        scene = Scene.of(reports, Density.of(reports))
    bulk = [signal.levels(scene, one, other).tolist() for signal in SIGNALS]
    slow = [signals_of(scene, i, j) for i, j in zip(one.tolist(), other.tolist(), strict=True)]
    for signal, levels, singles in zip(SIGNALS, bulk, zip(*slow, strict=True), strict=True):
        assert levels == [single.level for single in singles], signal.name


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_pair_says_the_same_whichever_report_comes_first(made_up: SimpleNamespace, data: st.DataObject) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), min_size=2, max_size=2)))
    scene = Scene.of(reports, Density.of(reports))
    assert signals_of(scene, 0, 1) == signals_of(scene, 1, 0)


def test_no_two_signals_share_a_reason() -> None:
    reasons = [reason for signal in SIGNALS for reason in signal.reasons]
    assert len(set(reasons)) == len(reasons)
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)


@pytest.mark.parametrize(("one", "other", "signal", "reason"), [
    ({"kind": "shelling"}, {"kind": "shelling"}, "kind", "the kind is the same"),
    ({"kind": "shelling"}, {"kind": "attack_on_health"}, "kind", "the kinds may be two words for one thing"),
    ({"kind": "shelling;air_strike"}, {"kind": "protest;shelling"}, "kind", "the kinds may be two words for one thing"),
    ({"kind": "shelling"}, {"kind": "protest"}, "kind", "the kinds are two things"),
    ({"kind": "shelling"}, {}, "kind", "a kind is not said"),
    ({"weapon": "mortar"}, {"weapon": "rpg"}, "weapon", "the weapons differ"),
    ({"weapon": "mortar"}, {"weapon": "unknown"}, "weapon", "a weapon is not said"),
    ({"side_a": ("North",), "side_b": ("South",)}, {"side_a": ("South",), "side_b": ("North",)}, "sides",
     "both sides are the same"),
    ({"side_a": ("North",)}, {"side_a": ("South",), "side_b": ("North",)}, "sides",
     "one side is the same, the other is not said by both"),
    ({"side_a": ("North",), "side_b": ("South",)}, {"side_a": ("North",), "side_b": ("Valley Guard",)}, "sides",
     "one side is the same, the other is not"),
    ({"side_a": ("North",), "side_b": ("South",)}, {"side_a": ("Valley Guard",), "side_b": ("Ridge Order",)}, "sides",
     "no side is the same"),
    ({"side_a": ("North",)}, {"side_a": ("South",)}, "sides", "a side is not said"),
    ({"place": "Hirbinifsah"}, {"place": "حربنفسه"}, "name", "the place has the same name"),
    ({"killed_low": 2, "killed_high": 4}, {"killed_best": 3}, "killed", "the numbers of people killed overlap"),
    ({"killed_best": 3}, {"killed_best": 3}, "killed", "the same number of people killed"),
    ({"killed_best": 0}, {"killed_best": 0}, "killed", "both say that nobody was killed"),
    ({"killed_low": 9, "killed_high": 4}, {"killed_best": 6}, "killed", "the numbers of people killed overlap"),
    ({"killed_best": 3}, {"killed_best": 9}, "killed", "the numbers of people killed differ by more than two"),
    ({"words": "Обстрел города Алеппо"}, {"words": "обстрел города, Алеппо"}, "words", "the words are nearly the same"),
    ({"words": "قصف مدفعي على بلدة سلمى"}, {"words": "قصف مدفعي على بلدة سلمي"}, "words",
     "the words are nearly the same"),
    ({"words": "Shells fell on Salma"}, {"words": "Bread was handed out in Homs"}, "words",
     "the words have little in common"),
    ({"repeats": "b/1"}, {}, "origin", "one says that it repeats the other"),
    ({"origin": "agency"}, {"origin": "agency"}, "origin", "both rest on one source"),
])  # fmt: skip
def test_what_two_reports_say(
    made_up: SimpleNamespace, one: dict[str, object], other: dict[str, object], signal: str, reason: str
) -> None:
    assert said(made_up, one, other)[signal] == reason


def test_a_crossing_hit_every_hour_needs_a_closer_match_than_a_hamlet_hit_once(made_up: SimpleNamespace) -> None:
    hours = [made_up.told("a", f"2016-02-27T{hour:02}:00Z") for hour in range(24)]
    hamlet = [made_up.told(source, "2016-02-27T10:00Z", (36.5, 36.5)) for source in "ab"]
    reports = made_up.compared_of([*hours, made_up.told("b", "2016-02-27T10:00Z"), *hamlet])
    scene = Scene.of(reports, Density.of(reports))
    crowd = [
        next(one.level for one in signals_of(scene, *pair) if one.signal == "crowd") for pair in ((10, 24), (25, 26))
    ]
    assert crowd[0] > crowd[1]


def test_the_crowd_of_a_report_on_arrival_is_that_of_the_reports_counted_before(made_up: SimpleNamespace) -> None:
    held = made_up.compared_of([made_up.told("a", place="Salma") for _ in range(5)])
    arriving = made_up.compared_of([made_up.told("c", place="سلمى"), made_up.told("c", at=None, place="Salma")])
    counted = crowds(arriving, Density.of(held))
    assert counted[0].tolist() == [5] * 9
    assert counted[1, -1] == 5


def test_bitmaps_hold_the_trigrams_of_each_text() -> None:
    texts = ["", "a", "Shells fell", "قصف على سلمى", "Обстрел", "\ud800x", "x" * 500]
    for text, row in zip(texts, signatures(texts), strict=True):
        bitmap = int.from_bytes(row.astype("<u8").tobytes(), "little")
        assert {bit for bit in range(256) if bitmap >> bit & 1} == bits_of(text)


def test_texts_of_other_words_are_less_alike_than_one_text_misspelt() -> None:
    one, misspelt, other = signatures(
        ["Shells fell on the market", "Shels fell on the markets", "Two convoys reached Homs"]
    )
    alike = alike_permille(np.stack([one, one]), np.stack([misspelt, other])).tolist()
    assert alike[0] > 600 > 200 > alike[1]


def test_how_far_apart_two_reports_lie_is_said_in_minutes_and_metres(made_up: SimpleNamespace) -> None:
    rows = [made_up.told(), made_up.told("b", "2016-02-27T10:31Z", (35.91, 36.2)), made_up.told("c", at=None)]
    reports = made_up.compared_of(rows)
    assert (apart_minutes(reports, 0, 1), apart_m(reports, 0, 1), apart_m(reports, 0, 2)) == (30, 1105, None)
    assert reports.low.tolist() == [UNKNOWN] * 3
