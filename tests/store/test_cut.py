"""What was known: sizes, roots and times."""

from collections.abc import Callable

import pytest

from truceline.errors import RecordBroken, ValueNotRead
from truceline.record.merkle import root_of
from truceline.store.mission_file import MissionFile

Chance = Callable[[int], bytes]


def root(mission: MissionFile, size: int) -> str:
    return root_of([bytes.fromhex(entry) for entry in mission.ids(0, size)]).hex()


def test_a_cut_is_the_size_and_the_root_at_any_size(filled: MissionFile) -> None:
    for size in range(6):
        assert filled.cut(size) == {filled.origin: [size, root(filled, size)]}
    assert filled.cut() == filled.cut(5)
    for beyond in (-1, 6):
        with pytest.raises(ValueError, match="has 5 entries"):
            filled.cut(beyond)


def test_a_cut_can_be_written_as_a_size_or_with_its_root(filled: MissionFile) -> None:
    assert filled.resolve_cut("3") == 3
    assert filled.resolve_cut("0") == 0
    assert filled.resolve_cut(f"3:{root(filled, 3)}") == 3
    assert filled.resolve_cut(f" 3:{root(filled, 3)[:8].upper()} ") == 3


def test_a_cut_of_another_record_is_refused(filled: MissionFile) -> None:
    with pytest.raises(RecordBroken, match="At size 3 the root of this record is"):
        filled.resolve_cut(f"3:{root(filled, 4)[:16]}")


@pytest.mark.parametrize(
    "text", ["6", "3:", "3:ab", "-1", "3.0", "٣", "", "soon", "2016-02-27T12:00", "2016-02-31", "9" * 99]
)
def test_what_is_no_cut_is_refused(filled: MissionFile, text: str) -> None:
    with pytest.raises(ValueNotRead):
        filled.resolve_cut(text)


def test_a_time_is_resolved_by_the_dated_heads(filled: MissionFile, now_us: int) -> None:
    """The head at 4 is dated 12:00; that at 5, signed a minute later, is not dated."""
    assert filled.size_at(now_us - 1) == 0
    assert filled.size_at(now_us) == 4
    assert filled.resolve_cut("2016-02-27T11:59:59Z") == 0
    assert filled.resolve_cut("2016-02-27T14:00+02:00") == 4
    assert filled.resolve_cut("2016-02-26") == 0
    assert filled.resolve_cut("2016-02-27") == 4
