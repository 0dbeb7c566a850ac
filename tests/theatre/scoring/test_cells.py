"""Cells of the ledger against what can be known."""

import pytest

from truceline.errors import FileNotRead
from truceline.theatre.scoring import cell_answer, score_cells

KNOWN = {
    ("strict", "all", "valley", "2025-03-01"): ("quiet", "0", "0"),
    ("strict", "all", "valley", "2025-03-02"): ("not_quiet", "2", "3"),
    ("strict", "all", "valley", "2025-03-03"): ("cannot_tell", "0", "1"),
    ("lenient", "all", "valley", "2025-03-01"): ("quiet", "0", "0"),
}
HEADER = "reading,indicator,area,day,verdict"


def answer(*verdicts: str, more: str = "") -> bytes:
    rows = [f"strict,all,valley,2025-03-0{day},{verdict}{more}" for day, verdict in enumerate(verdicts, 1)]
    return "\n".join([HEADER + (",low,high" if more else ""), *rows]).encode()


def test_faults_are_told_apart_by_what_was_said() -> None:
    found = score_cells(KNOWN, cell_answer("mine.csv", answer("cannot_tell", "quiet", "not_quiet"), KNOWN))
    assert (found.cells, found.equal) == (3, 0)
    assert (found.wrong_quiet, found.wrong_not_quiet, found.needless_cannot_tell) == (1, 1, 1)
    assert found.share_cannot_tell == round(1 / 3, 6)
    assert found.counts_equal is None


def test_saying_always_cannot_tell_is_never_wrong_about_quiet_and_needless_twice() -> None:
    found = score_cells(KNOWN, cell_answer("mine.csv", answer(*["cannot_tell"] * 3), KNOWN))
    assert (found.equal, found.wrong_quiet, found.needless_cannot_tell) == (1, 0, 2)


def test_counts_are_compared_where_they_are_given() -> None:
    found = score_cells(KNOWN, cell_answer("mine.csv", answer("quiet", "not_quiet", "cannot_tell", more=",0,0"), KNOWN))
    assert (found.equal, found.counts_equal) == (3, 1)


def test_a_reading_is_answered_whole_or_not_at_all() -> None:
    with pytest.raises(FileNotRead, match="lacks 1 of 3 cells, such as strict/all/valley/2025-03-03"):
        cell_answer("mine.csv", answer("quiet", "quiet"), KNOWN)


def test_a_verdict_of_another_name_is_refused() -> None:
    with pytest.raises(FileNotRead, match="'calm'"):
        cell_answer("mine.csv", answer("calm"), KNOWN)
