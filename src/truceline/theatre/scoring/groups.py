"""Which reports tell of one incident: pairwise and B-cubed precision and recall.

Pairs: of all pairs of reports that the answer puts together, those that belong together (precision); of all
that belong together, those that it puts together (recall). B-cubed (Bagga and Baldwin 1998, ACL/COLING): the same
for each report's own group, averaged over reports, so that a few large groups do not decide.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from truceline.theatre.scoring.tables import rows_of, same_keys

COLUMNS = ("report", "group")
Groups = Mapping[str, str]
"""The group of each report, by the report."""


class Fit(Struct, frozen=True):
    """Precision, recall and their harmonic mean, six decimals; precision is 1 where no pair is claimed."""

    precision: float
    recall: float
    f1: float


class GroupScore(Struct, frozen=True):
    """How well groups of reports fit the incidents."""

    reports: int
    incidents: int
    groups: int
    pairwise: Fit
    b_cubed: Fit


def group_answer(name: str, content: bytes, truth: Mapping[str, str]) -> dict[str, str]:
    """An answer of `report,group`: every report of the truth once. Raises `FileNotRead`."""
    rows = [(report, group) for report, group in rows_of(name, content, COLUMNS)]
    same_keys(name, "report", list(truth), [report for report, _ in rows])
    return dict(rows)


def score_groups(truth: Mapping[str, str], answer: Mapping[str, str]) -> GroupScore:
    """Score an answer that has the truth's reports, each in a group of any name."""
    both = Counter((incident, answer[report]) for report, incident in truth.items())
    true, said = Counter(truth.values()), Counter(answer[report] for report in truth)
    together, claimed, real = (_pairs(counts.values()) for counts in (both, said, true))
    number = len(truth)
    precise = sum(times * times / said[group] for (_, group), times in both.items())
    recalled = sum(times * times / true[incident] for (incident, _), times in both.items())
    return GroupScore(
        number, len(true), len(said),
        _fit(together / claimed if claimed else 1.0, together / real if real else 1.0),
        _fit(precise / number if number else 1.0, recalled / number if number else 1.0),
    )  # fmt: skip


def _pairs(counts: Iterable[int]) -> int:
    return sum(times * (times - 1) // 2 for times in counts)


def _fit(precision: float, recall: float) -> Fit:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Fit(round(precision, 6), round(recall, 6), round(f1, 6))
