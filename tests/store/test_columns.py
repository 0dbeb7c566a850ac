"""Reading the read tables, for a reader."""

from collections.abc import Callable

import numpy as np
import pytest

from truceline.errors import NotReleased
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import INTERNAL, Audience, Reader

Chance = Callable[[int], bytes]
TALLY = (1, 0, "id", "vdc", "", "Aleppo", 10, 20, "killed", None, 5, 7, "", "", "[]", 3, 1, None)


@pytest.fixture
def counted(filled: MissionFile, chance: Chance) -> MissionFile:
    """The mission with two parts of one tally; the second is superseded by entry 4."""
    with filled.pen(0, chance) as pen:
        pen.insert("tally", [(1, 1, *TALLY[2:-1], 4), TALLY])
        pen.insert("agreement", [(0, "id", "syria-2016", "1", "ab", "strict")])
    return filled


def test_rows_in_force_come_in_order_and_those_superseded_only_at_an_earlier_cut(counted: MissionFile) -> None:
    assert counted.rows("tally", INTERNAL) == [TALLY]
    assert [row[1] for row in counted.rows("tally", INTERNAL, size=4)] == [0, 1]
    assert counted.rows("tally", INTERNAL, size=1) == []
    assert len(counted.rows("agreement", INTERNAL)) == 1


def test_columns_hold_arrays_where_no_number_can_be_missing(counted: MissionFile) -> None:
    found = counted.columns("tally", ["seq", "low", "best", "area"], INTERNAL, size=4)
    assert isinstance(found["seq"], np.ndarray)
    assert found["seq"].dtype == np.int64
    assert found["seq"].tolist() == [1, 1]
    assert (found["low"], found["best"], found["area"]) == ([None, None], [5, 5], ["Aleppo", "Aleppo"])
    empty = counted.columns("report", ["start_us", "words"], INTERNAL)
    assert (empty["start_us"].tolist(), empty["words"]) == ([], [])


@pytest.mark.parametrize("audience", [audience for audience in Audience if audience is not Audience.INTERNAL])
def test_nothing_is_released_to_anyone_else(counted: MissionFile, audience: Audience) -> None:
    with pytest.raises(NotReleased):
        counted.rows("tally", Reader(audience))
    with pytest.raises(NotReleased):
        counted.columns("tally", ["seq"], Reader(audience))


def test_a_name_that_is_no_column_never_reaches_the_database(counted: MissionFile) -> None:
    with pytest.raises(KeyError, match="has no column"):
        counted.columns("tally", ['seq" FROM payload --'], INTERNAL)
    with pytest.raises(KeyError):
        counted.rows("payload", INTERNAL)
