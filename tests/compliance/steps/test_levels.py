"""How far a step is carried out as each body holds it: its level, or the bounds that its words leave."""

from typing import Any

import msgspec
import pytest

from truceline.compliance.steps.levels import Carried, Level, carried
from truceline.vocabulary.obligation import Step


def step(*obliged: str) -> Step:
    """A step that both co-chairs verify."""
    plain = {
        "id": "a", "title": {"en": "a"}, "obliged": list(obliged), "verifiers": ["alpha", "beta"],
        "cited": {"source": "Ours", "tag": "invented"},
    }  # fmt: skip
    return msgspec.convert(plain, Step)


def word(by: str, says: str, party: str = "north", at: str = "2025-03-20", **more: Any) -> dict[str, Any]:
    return {"act": "performance", "by": by, "at": at, "about": "a", "party": party, "says": says, **more}


def bounds(levels: dict[str, Level]) -> dict[str, tuple[int, int]]:
    return {body: (level.low, level.high) for body, level in levels.items()}


def test_a_level_that_a_body_gives_is_that_bodys_level(rated) -> None:
    assert bounds(rated(step("north"), word("alpha", "partly", level=2))) == {"alpha": (2, 2)}


@pytest.mark.parametrize(
    ("says", "expected"),
    [("done", (3, 3)), ("partly", (1, 2)), ("begun", (1, 1)), ("resumed", (1, 2)), ("suspended", (0, 2)),
     ("not_done", (0, 2))],
)  # fmt: skip
def test_a_word_without_a_level_leaves_bounds(rated, says, expected) -> None:
    assert bounds(rated(step("north"), word("alpha", says))) == {"alpha": expected}


def test_what_is_discharged_has_no_level(rated) -> None:
    assert rated(step("north"), word("alpha", "discharged")) == {}


def test_two_bodies_are_told_side_by_side_and_never_averaged(rated) -> None:
    told = rated(step("north"), word("alpha", "done"), word("beta", "not_done", level=0))
    assert bounds(told) == {"alpha": (3, 3), "beta": (0, 0)}


def test_what_the_secretariat_writes_down_is_the_level_of_both_co_chairs_and_its_own(rated) -> None:
    told = rated(step("north"), word("secretariat", "partly", level=2))
    assert bounds(told) == dict.fromkeys(("alpha", "beta", "secretariat"), (2, 2))


def test_a_co_chair_that_differs_from_the_secretariat_has_both_as_bounds(rated) -> None:
    told = rated(step("north"), word("secretariat", "partly", level=2), word("alpha", "begun", level=1))
    assert bounds(told)["alpha"] == (1, 2)


def test_of_itself_a_body_is_rated_by_the_secretariat_and_not_by_its_own_word(rated) -> None:
    told = rated(step("alpha"), word("alpha", "done", "alpha"), word("secretariat", "begun", "alpha"))
    assert bounds(told)["alpha"] == (1, 1)


def test_of_itself_where_nobody_else_speaks_a_bodys_own_word_is_shown_as_its_claim_and_is_nobody_elses(rated) -> None:
    assert bounds(rated(step("alpha"), word("alpha", "done", "alpha"))) == {"alpha": (3, 3)}


def test_of_several_who_owe_it_the_least_counts(rated) -> None:
    told = rated(step("north", "south"), word("alpha", "done"), word("alpha", "begun", "south"))
    assert bounds(told) == {"alpha": (1, 1)}


def test_of_one_who_owes_it_and_of_whom_nothing_is_said_anything_is_possible(rated) -> None:
    assert bounds(rated(step("north", "south"), word("alpha", "done"))) == {"alpha": (0, 3)}


def test_the_last_word_counts_and_what_is_said_later_than_asked_does_not(rated) -> None:
    said = word("alpha", "begun"), word("alpha", "done", at="2025-03-25")
    assert bounds(rated(step("north"), *said)) == {"alpha": (3, 3)}
    assert bounds(rated(step("north"), *said, as_of="2025-03-22T00:00")) == {"alpha": (1, 1)}


def test_a_level_names_the_acts_it_rests_on(rated) -> None:
    told = rated(step("north", "south"), word("alpha", "done"), word("alpha", "begun", "south"))
    assert [one.act for one in told["alpha"].words] == [f"{n:064x}" for n in (0, 1)]


def test_the_whole_is_the_sum_over_the_steps_that_a_body_rates() -> None:
    levels = [{"alpha": Level(3, 3, ())}, {"alpha": Level(1, 2, ()), "beta": Level(0, 0, ())}, {}]
    assert carried(levels, "alpha", 3) == Carried(2, 3, 66, 83)
    assert carried(levels, "beta", 3) == Carried(1, 3, 0, 0)


def test_a_body_that_rates_no_step_gives_no_percentage() -> None:
    assert carried([{}], "alpha", 1) == Carried(0, 1, None, None)
