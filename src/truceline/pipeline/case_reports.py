"""Cases and the incidents that their reports tell of: names that stay where incidents are merged, or split.

A case keeps its handle for ever. Where judgements make the founding reports of two cases one incident, each is also
known by the other's handle; where a report of a case is judged different from the founding one, the handle stays with
the founding report, and the other is said to have parted from it. A judgement moves no report out of a case: a body
does, by revising the act that opened it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from truceline.pipeline.cases_held import Cases
from truceline.pipeline.judged import joined, judged
from truceline.pipeline.report_refs import ReportHeld, known
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.marking import Reader


@dataclass(frozen=True)
class CaseReports:
    """By handle: the reports as plain values; the handles of other cases of one incident; reports that parted."""

    rows: Mapping[str, list[dict[str, Any]]]
    also_known_as: Mapping[str, tuple[str, ...]]
    parted: Mapping[str, tuple[str, ...]]


def reports_of_cases(mission: MissionFile, reader: Reader, size: int, cases: Cases) -> CaseReports:
    """The reports of all cases, and what judgements that count jointly make of them."""
    named = {handle: course.act.reports for handle, course in cases.courses.items()}
    found = known(mission, reader, (ref for refs in named.values() for ref in refs), size)
    pairs = judged(mission, reader, size).joint
    first, apart = joined(pairs.same), {frozenset(pair) for pair in pairs.different}
    rows = {handle: [_row(ref, found.get(ref)) for ref in refs] for handle, refs in named.items()}
    founding = {handle: found[refs[0]].seq for handle, refs in named.items() if refs[0] in found}
    incident = {handle: first.get(seq, seq) for handle, seq in founding.items()}
    also = {
        handle: tuple(other for other in incident if other != handle and incident[other] == one)
        for handle, one in incident.items()
    }
    parted = {
        handle: tuple(
            found[ref].key
            for ref in named[handle][1:]
            if ref in found and _apart(seq, found[ref].seq, first, apart)
        )
        for handle, seq in founding.items()
    }  # fmt: skip
    return CaseReports(rows, also, parted)


def _row(ref: str, held: ReportHeld | None) -> dict[str, Any]:
    counts = held is not None and held.in_force
    return {"named": ref, "report": held.key if held else "", "held": held is not None, "counts": counts}


def _apart(one: int, other: int, first: Mapping[int, int], different: set[frozenset[int]]) -> bool:
    """Judged different, themselves or by those they are judged the same as."""
    ends = {first.get(one, one), first.get(other, other)}
    return len(ends) == 2 and any({first.get(seq, seq) for seq in pair} == ends for pair in different)
