"""The packs in the wheel: each reads, and the program says what its worked examples say."""

from collections.abc import Callable, Mapping

import pytest

from truceline.compliance.examples import Given
from truceline.compliance.pack import Pack, check_examples
from truceline.pipeline.packs import find_pack, shipped

Run = Callable[[Given], Mapping[str, object]]


@pytest.mark.parametrize("name", shipped())
def test_the_program_says_what_the_examples_say(name: str, run_of: Callable[[Pack], Run]) -> None:
    pack = find_pack(name)
    assert [str(one) for one in check_examples(pack, run_of(pack))] == []


@pytest.mark.parametrize(("name", "least"), [("example", 10), ("syria-2016", 12)])
def test_a_pack_shows_what_it_means(name: str, least: int) -> None:
    assert len(find_pack(name).examples) >= least
