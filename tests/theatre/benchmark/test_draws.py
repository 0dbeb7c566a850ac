"""Chance by the number of a row: the same everywhere, in any pieces."""

import numpy as np

from truceline.theatre.benchmark.draws import Choices, Draws


def numbers(first: int, last: int) -> np.ndarray:
    return np.arange(first, last, dtype=np.int64)


def test_a_column_drawn_in_pieces_is_the_column_drawn_whole() -> None:
    draws = Draws(7)
    whole = draws.bits("minute", numbers(0, 1000))
    assert (
        np.concatenate([draws.bits("minute", numbers(0, 13)), draws.bits("minute", numbers(13, 1000))]) == whole
    ).all()


def test_columns_and_seeds_draw_apart() -> None:
    one, other, third = (
        Draws(7).bits("a", numbers(0, 99)),
        Draws(7).bits("b", numbers(0, 99)),
        Draws(8).bits("a", numbers(0, 99)),
    )
    assert not (one == other).any()
    assert not (one == third).any()


def test_the_draws_are_those_of_splitmix64() -> None:
    # The first three numbers of SplitMix64 from the seed 1234567, as its reference implementation prints them.
    draws = Draws(0)
    from truceline.theatre.benchmark import draws as module

    kept = module._start
    module._start = lambda seed, name: np.uint64(1234567)  # type: ignore[assignment]
    try:
        found = draws.bits("any", numbers(0, 3)).tolist()
    finally:
        module._start = kept
    assert found == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_shares_picks_and_weights_are_as_often_as_they_say() -> None:
    draws, at = Draws(3), numbers(0, 100_000)
    assert abs(draws.share("x", at, 0.3).mean() - 0.3) < 0.01
    picked = np.bincount(draws.pick("y", at, 7), minlength=7) / len(at)
    assert len(picked) == 7
    assert (abs(picked - 1 / 7) < 0.01).all()
    weighed = np.bincount(draws.weighted("z", at, (1.0, 0.0, 3.0)), minlength=3) / len(at)
    assert weighed[1] == 0
    assert abs(weighed[2] - 0.75) < 0.01


def test_every_value_of_a_list_is_chosen_and_none_of_another_list() -> None:
    choices, at = Choices([["a"], ["b", "c"], ["d", "e", "f"]]), numbers(0, 600) % 3
    found = choices.pick(at, Draws(1).bits("x", numbers(0, 600)))
    assert [set(found[at == which]) for which in range(3)] == [{"a"}, {"b", "c"}, {"d", "e", "f"}]
