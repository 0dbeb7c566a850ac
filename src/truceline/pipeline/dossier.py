"""`dossier`: everything for and against one incident, gathered from the record at a cut. It decides nothing.

1. the reports: of the case, and those judged or held to tell of the same   2. what they count as, and the grade
that proposes   3. exhibits, findings, gradings   4. where, who could have seen it, figures   5. what is missing
"""

from collections.abc import Sequence
from typing import Any

from truceline.compliance.registers import co_chairs
from truceline.pipeline.corroborating import testimonies
from truceline.pipeline.dossier_acts import (
    Matter,
    case_named,
    exhibits_shown,
    finding_shown,
    findings_on,
    moments_of,
    report_moments,
)
from truceline.pipeline.dossier_reports import areas_of, told_of, watched_near
from truceline.pipeline.incident_meant import incident_of
from truceline.pipeline.missions import registered
from truceline.store.mission_file import MissionFile
from truceline.verification.corroboration import Named, Testimony, corroborated
from truceline.verification.dossier import casualties, geolocation, in_order, missing, seen_by, weighed
from truceline.verification.elements import element_by_element
from truceline.verification.standards import attributed
from truceline.vocabulary.act import Finding
from truceline.vocabulary.dossier import Dossier, GradeProposed, Told
from truceline.vocabulary.findings_shown import Attributed
from truceline.vocabulary.marking import Reader


def dossier(mission: MissionFile, reader: Reader, asked: str, known: str | None = None) -> Dossier:
    """The dossier of a case (its handle) or of the incident of a report. Raises `ValueNotRead` for what is neither."""
    size = mission.resolve_cut(known) if known else mission.size
    pack = registered(mission, size).pack
    agreement, chairs = pack.agreement, co_chairs(pack.agreement)
    incident = incident_of(mission, reader, size, asked)
    matter = Matter.of(mission, reader, size, incident.known, incident.handle, incident.keys)
    told = testimonies(mission, reader, size, incident.known, incident.keys)
    reports = told_of(mission, reader, size, incident, told)
    exhibits = exhibits_shown(mission, reader, size, matter)
    held = findings_on(incident.known, matter)
    said, findings = [one.act for one in held if isinstance(one.act, Finding)], [finding_shown(one) for one in held]
    together = attributed(said, chairs)
    grade = _grade(told, said, together, chairs)
    moments = moments_of(incident.known, matter, exhibits)
    areas, elsewhere = areas_of(pack, incident)
    where = geolocation(reports, areas, elsewhere)
    seen = seen_by(watched_near(mission, reader, size, pack, reports, areas))
    elements = tuple(element_by_element(said, chairs))
    silent = tuple(body for body in chairs if body not in {one.by for one in said})
    return Dossier(
        mission=mission.path.name, exercise=mission.exercise, audience=reader.audience.value,
        agreement=agreement.pack, version=agreement.version, zone=agreement.zone,
        cut={origin: (int(at), str(root)) for origin, (at, root) in mission.cut(size).items()},
        asked=asked, case=case_named(mission, reader, size, incident.handle),
        reports=tuple(reports), perhaps=incident.perhaps, absent=incident.absent,
        incidents=incident.ids, **_said_together(reports), grade=grade,
        weighs=weighed(reports, exhibits, findings), chronology=in_order([*report_moments(reports), *moments]),
        geolocation=where, seen=seen, exhibits=tuple(exhibits), findings=tuple(findings), silent_bodies=silent,
        elements=elements, attribution=together, casualties=casualties(reports),
        missing=missing(reports, grade, where, seen, exhibits, silent, elements, torn=incident.torn),
    )  # fmt: skip


def _said_together(reports: Sequence[Told]) -> dict[str, Any]:
    """From the earliest to the latest that some report gives, and every kind that one names."""
    return {
        "start": min((one.start for one in reports), default=None),
        "end": max((one.end for one in reports), default=None),
        "kinds": tuple(sorted({kind for one in reports for kind in one.kind.split(";") if kind})),
    }


def _grade(
    told: Sequence[Testimony], said: Sequence[Finding], together: Attributed, chairs: Sequence[str]
) -> GradeProposed:
    """The grade that the reports and findings propose; who is only a candidate is not named."""
    made = corroborated(
        told, admitted_by=[together.listed_under] if together.level == "admitted" else (),
        named=[Named(who, by) for who, bodies in together.named for by in bodies],
        discounted_by=[one.by for one in said if one.held == "did_not_happen"], co_chairs=chairs,
    )  # fmt: skip
    return GradeProposed(
        made.grade, made.at_most, made.rule, made.remarks, made.independent_low, made.independent_high,
        made.eyewitnesses,
    )  # fmt: skip
