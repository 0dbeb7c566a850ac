"""The model: whole numbers estimated from the reports themselves, near those that the truth would give."""

from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.matching.candidates import Pairs, candidates, gathered
from truceline.matching.compared import Compared
from truceline.matching.estimating import Labels, estimated
from truceline.matching.explaining import explained
from truceline.matching.groups import grouped
from truceline.matching.model import Model, scored, together, weights_of
from truceline.matching.signals import Scene
from truceline.matching.window import Window
from truceline.vocabulary.when import DAY, HOUR

WINDOW = Window()
KINDS = ("shelling", "air_strike", "small_arms_fire", "protest", "detention", "overflight")


def world(made_up: SimpleNamespace, incidents: int = 400, seed: int = 1) -> tuple[Compared, list[int]]:
    """Incidents over forty days in five towns, each told by up to three sources: (the reports, whose they are)."""
    chance = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    truth = []
    for number in range(incidents):
        begin = 17_000 * DAY + int(chance.integers(0, 40 * 24)) * HOUR
        at = (35.5 + 0.1 * int(chance.integers(0, 5)), 36.0)
        kind, killed = str(chance.choice(KINDS)), int(chance.integers(0, 9))
        for source, span in (("patrol", HOUR), ("office", DAY), ("paper", DAY)):
            if chance.random() < 0.6:
                start = begin // span * span
                off = chance.normal(0, 0.004, 2)
                rows.append(made_up.told(
                    source, (start, start + span), (at[0] + off[0], at[1] + off[1]), 1_500,
                    kind=kind if chance.random() < 0.9 else "",
                    killed_best=killed + (chance.random() < 0.05),
                ))  # fmt: skip
                truth.append(number)
    return made_up.compared_of(rows), truth


@pytest.fixture(scope="module")
def played(made_up: SimpleNamespace) -> tuple[Compared, np.ndarray[Any, Any], Model]:
    reports, truth = world(made_up)
    return reports, np.array(truth), estimated(reports, WINDOW, seed=7)


def test_without_labels_the_odds_beforehand_come_out_near_the_true_ones(played: Any) -> None:
    reports, truth, model = played
    pairs = gathered(candidates(reports, WINDOW))
    share = float((truth[pairs.one] == truth[pairs.other]).mean())
    found = 1 / (1 + 2 ** (-model.prior / 1_000_000))
    print(f"matching: share of pairs of one incident {share:.4f}, estimated without labels {found:.4f}")
    assert abs(found - share) < 0.25 * share


def test_without_labels_the_groups_fit_the_incidents(played: Any) -> None:
    reports, truth, model = played
    scene = Scene.of(reports, model.density)
    groups = grouped(reports, together(scored(scene, candidates(reports, WINDOW), model)), WINDOW).of
    one, other = np.triu_indices(len(reports), 1)
    said, true = groups[one] == groups[other], truth[one] == truth[other]
    f1 = 2 * (said & true).sum() / (said.sum() + true.sum())
    print(f"matching: pairwise F1 {f1:.3f} on {len(reports)} reports of the small world, estimated without labels")
    assert f1 > 0.85


def test_the_same_reports_and_seed_give_the_same_model_and_it_is_whole_numbers(
    made_up: SimpleNamespace, played: Any
) -> None:
    again = estimated(world(made_up)[0], WINDOW, seed=7)
    assert msgspec.json.encode(again) == msgspec.json.encode(played[2])
    assert all(type(weight) is int for table in again.tables for weight in table.weights)


def test_a_model_is_written_and_read_back(played: Any) -> None:
    assert msgspec.json.decode(msgspec.json.encode(played[2]), type=Model) == played[2]


def test_pairs_dropped_on_the_way_are_those_below_the_least_weight(played: Any) -> None:
    reports, _, model = played
    scene = Scene.of(reports, model.density)
    pairs = gathered(candidates(reports, WINDOW))
    weight = weights_of(scene, pairs, model)
    for least in (-4_000_000, 0, 3_000_000):
        strict = msgspec.structs.replace(model, least=least)
        found = together(scored(scene, candidates(reports, WINDOW), strict))
        assert found.weight.tolist() == weight[weight >= least].tolist()
        assert found.pairs.one.tolist() == pairs.one[weight >= least].tolist()


def test_every_reason_adds_up_to_the_score(played: Any) -> None:
    reports, _, model = played
    scene = Scene.of(reports, model.density)
    pairs = gathered(candidates(reports, WINDOW)).only(np.arange(50))
    weight = weights_of(scene, pairs, model)
    for one, other, weigh in zip(pairs.one.tolist(), pairs.other.tolist(), weight.tolist(), strict=True):
        why = explained(scene, model, one, other)
        assert why.weight == weigh == why.prior + sum(reason.weight for reason in why.reasons)
        assert why.proposed == (weigh >= 0)
        assert all(reason.words for reason in why.reasons)


def test_labels_move_the_weights_towards_what_people_judged(made_up: SimpleNamespace, played: Any) -> None:
    reports, truth, model = played
    pairs = gathered(candidates(reports, WINDOW))
    same = truth[pairs.one] == truth[pairs.other]
    labels = Labels(pairs.only(same), pairs.only(~same))
    labelled = estimated(reports, WINDOW, seed=7, labels=labels)
    other_kind = [
        next(table.weights[3] for table in made.tables if table.signals == ("kind",)) for made in (model, labelled)
    ]
    print(f"matching: two kinds of thing weigh {other_kind[0]} without labels, {other_kind[1]} with them")
    assert other_kind[1] < other_kind[0] < 0 or other_kind[1] < -6_000_000


def test_one_report_on_arrival_weighs_what_it_weighs_in_bulk(played: Any) -> None:
    reports, _, model = played
    bulk = Scene.of(reports, model.density)
    pairs = gathered(candidates(reports, WINDOW)).only(np.arange(30))
    for one, other in zip(*pairs, strict=True):
        alone = Scene.of(reports.take(np.array([one, other])), model.density)
        found = weights_of(alone, Pairs(np.array([0]), np.array([1])), model)
        assert found.tolist() == weights_of(bulk, Pairs(np.array([one]), np.array([other])), model).tolist()


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_model_can_be_estimated_from_any_reports(made_up: SimpleNamespace, data: st.DataObject) -> None:
    reports = made_up.compared_of(data.draw(st.lists(made_up.any_report(), max_size=12)))
    model = estimated(reports, WINDOW, seed=1)
    scene = Scene.of(reports, model.density)
    assert len(together(scored(scene, candidates(reports, WINDOW), model)).weight) <= len(reports) ** 2
