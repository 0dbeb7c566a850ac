"""What a mission holds against clauses: every finding of every body, and every incident nobody has found on yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from msgspec import UNSET

from truceline.compliance.gathering import Tied, gathered
from truceline.compliance.merged import merged_rows
from truceline.pipeline.cases_held import cases_held
from truceline.pipeline.finding_matters import finding_row, told_of
from truceline.pipeline.held_columns import Shown, columns_with
from truceline.pipeline.judged import judged
from truceline.pipeline.report_refs import ReportHeld, known
from truceline.pipeline.ties import as_counted
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import MAYBE, Ints, ReportColumns
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.matters import REPORTED, MatterColumns, columns_of
from truceline.vocabulary.report import list_text
from truceline.vocabulary.texts import Texts, chosen, coded


@dataclass(frozen=True)
class Incidents:
    """Incidents begun by an instant, with the weapon of what founds each; and of each report, by seq, its incident."""

    columns: ReportColumns
    weapon: Sequence[str]
    seq: Ints
    place: Ints

    def places(self, reports: Iterable[ReportHeld]) -> list[int]:
        """The places of the incidents of these reports, rising; a report that is not in force is of none."""
        wanted = np.array([one.seq for one in reports], np.int64)
        at = np.minimum(np.searchsorted(self.seq, wanted), len(self.seq) - 1)
        there = at[self.seq[at] == wanted] if len(self.seq) else at[:0]
        return sorted(set(self.place[there].tolist()))


@dataclass
class Held:
    """What clauses are held against: incidents, and each finding by its act: its row, and its incidents' places.

    by: the position of the body that found it.
    """

    incidents: Incidents
    agreement: Agreement
    found: dict[str, tuple[tuple[object, ...], list[int]]]
    by: dict[str, int]

    def find(self, one: ActHeld, rests: Sequence[ReportHeld]) -> None:
        """A finding, and the reports that it or its case rests on."""
        at = self.incidents.places(rests)
        bodies = {body.id: n for n, body in enumerate(self.agreement.bodies)}
        told = told_of(self.incidents.columns, self.incidents.weapon, at)
        self.found[one.id] = finding_row(one, told, self.agreement.zone, bodies), at
        self.by[one.id] = bodies[one.act.by]

    def found_on(self) -> Ints:
        """Of each incident, the bodies that have a finding on it, as bits."""
        answer = np.zeros(len(self.incidents.columns), np.int64)
        for one, (_, at) in self.found.items():
            answer[at] |= np.int64(1) << self.by[one]
        return answer

    def columns(self) -> MatterColumns:
        """The findings, then the incidents."""
        return columns_of([row for row, _ in self.found.values()]).join(reported(self.incidents, self.found_on()))

    def some(self, findings: Iterable[str], at: Ints) -> MatterColumns:
        """Some findings, and the incidents at some places."""
        of, on = self.incidents, self.found_on()[at]
        few = Incidents(of.columns.take(at), chosen(of.weapon, at), of.seq, of.place)
        return columns_of([self.found[one][0] for one in findings]).join(reported(few, on))


def matters_of(
    mission: MissionFile, reader: Reader, size: int, agreement: Agreement, acts: Sequence[ActHeld], as_of: int
) -> MatterColumns:
    """The findings in force said by `as_of`, then the incidents that had begun by then.

    A finding is of an incident that holds a report it rests on, or one of its case. What it leaves out (when, where,
    what kind) is what these reports say. It holds somebody responsible only at a level that does.
    """
    return held_of(mission, reader, size, agreement, acts, as_of).columns()


def held_of(
    mission: MissionFile,
    reader: Reader,
    size: int,
    agreement: Agreement,
    acts: Sequence[ActHeld],
    as_of: int,
    shown: Shown | None = None,
) -> Held:
    """The same, finding by finding. shown: reads what is only shown, where the mission may be closed by then."""
    found = [one for one in acts if isinstance(one.act, Finding) and one.at <= as_of]
    held = Held(incidents_held(mission, reader, size, as_of, shown), agreement, {}, {})
    rests = rested_on(mission, reader, size, found, as_of)
    for one in found:
        held.find(one, rests[one.id])
    return held


def incidents_held(
    mission: MissionFile, reader: Reader, size: int, as_of: int, shown: Shown | None = None
) -> Incidents:
    """The incidents at that size, as judged jointly, that had begun by an instant."""
    reports, more = columns_with(mission, reader, size, ("weapon",), shown=shown)
    begun = np.flatnonzero(reports.start < as_of)
    reports, weapon = reports.take(begun), chosen(more["weapon"], begun)
    said = judged(mission, reader, size)
    same, different = as_counted(reports, said, (said.joint.same, said.joint.different))
    found = gathered(reports, Tied(same, different))
    own = np.flatnonzero(found.founding == np.arange(len(reports)))
    incidents = reports.take(own)
    if found.several:
        heads = np.searchsorted(own, [group[0] for group in found.several])
        incidents = _put(incidents, heads, merged_rows(reports, found.several))
    return Incidents(incidents, chosen(weapon, own), reports.seq, np.searchsorted(own, found.founding))


def _put(incidents: ReportColumns, at: Ints, made: ReportColumns) -> ReportColumns:
    """The same incidents, with other rows at some places."""
    order = np.arange(len(incidents))
    order[at] = len(incidents) + np.arange(len(at))
    return incidents.join(made).take(order)


def rested_on(
    mission: MissionFile, reader: Reader, size: int, found: Sequence[ActHeld], as_of: int
) -> dict[str, list[ReportHeld]]:
    """By finding, the reports that it or its case names and that are held here."""
    cases = cases_held(mission, reader, size, as_of).courses if found else {}
    refs: dict[str, list[str]] = {}
    for one in found:
        act = one.act
        assert isinstance(act, Finding)
        named = list(act.rests_on) if act.rests_on is not UNSET else []
        if not named and act.case is not UNSET and act.case in cases:
            named = list(cases[act.case].act.reports)
        refs[one.id] = named
    held = known(mission, reader, (ref for named in refs.values() for ref in named), size)
    return {finding: [held[ref] for ref in named if ref in held] for finding, named in refs.items()}


def reported(incidents: Incidents, found_on: Ints) -> MatterColumns:
    columns, n = incidents.columns, len(incidents.columns)
    sides = _both_sides(columns)
    return MatterColumns(
        id=columns.id, body=np.full(n, REPORTED, np.int64), found_on=found_on, held=np.full(n, MAYBE, np.int8),
        start=columns.start, end=columns.end, has_point=columns.has_point, lat_e7=columns.lat_e7,
        lon_e7=columns.lon_e7, radius_m=columns.radius_m, place=columns.place, area=columns.area,
        kind=columns.kind, weapon=incidents.weapon, by=sides, by_held=np.full(n, MAYBE, np.int8), against=sides,
        elements=Texts(np.zeros(n, np.int32), [""]),
    )  # fmt: skip


def _both_sides(incidents: ReportColumns) -> Texts:
    """All that either side names: a report says who was there, and seldom who began."""
    (a, texts_a), (b, texts_b) = coded(incidents.side_a), coded(incidents.side_b)
    both, of = np.unique(np.asarray(a, np.int64) * (len(texts_b) or 1) + b, return_inverse=True)
    texts = []
    for pair in both.tolist():
        one, other = divmod(pair, len(texts_b) or 1)
        names = (*msgspec.json.decode(texts_a[one] or "[]"), *msgspec.json.decode(texts_b[other] or "[]"))
        texts.append(list_text(tuple(dict.fromkeys(names))))
    return Texts(of.astype(np.int32).ravel(), texts)
