"""One report of which several kinds are possible."""

import pytest

from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.possible_kinds import kind_among, kinds_text, possible_kinds


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("shelling", SURELY), ("shelling;atgm_fire", SURELY), ("shelling; air_strike", MAYBE),
        ("air_strike;drone_strike", NO), ("air_strike", NO), ("", MAYBE),
    ],
)  # fmt: skip
def test_it_counts_surely_only_if_every_possible_kind_does_and_not_only_if_none_does(kind, answer):
    assert kind_among(kind, ("shelling", "atgm_fire")) == answer


def test_possible_kinds_come_once_and_in_the_order_of_the_list():
    assert kinds_text(["atgm_fire", "shelling", "atgm_fire"]) == "shelling;atgm_fire"
    assert kinds_text([]) == ""
    assert possible_kinds(" shelling ; atgm_fire;") == ("shelling", "atgm_fire")
    assert possible_kinds("") == ()
