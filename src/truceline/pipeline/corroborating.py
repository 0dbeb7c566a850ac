"""What corroborates an incident: its reports, the independent origins they count as, and the grade that proposes."""

from collections.abc import Iterable, Sequence

from truceline.pipeline.dossier_acts import Matter, findings_on
from truceline.pipeline.gradings import gradings
from truceline.pipeline.origins import Sourced
from truceline.store.mission_file import MissionFile
from truceline.verification.corroboration import Corroboration, Doubted, Named, Testimony, corroborated
from truceline.verification.grades import most_doubted
from truceline.verification.standards import attributed
from truceline.vocabulary.act import Finding
from truceline.vocabulary.marking import Reader


def testimonies(
    mission: MissionFile, reader: Reader, size: int, known: Sourced, reports: Iterable[str]
) -> list[Testimony]:
    """The reports of an incident (keys) that are held, each with the origin that it counts as and who doubts it."""
    doubts: dict[str, Doubted] = {one.of: one.doubted for one in gradings(mission, reader, size)}
    made = []
    for key in sorted(set(reports)):
        if key not in known.at:
            continue
        source, counted = known.reports.source[known.at[key]], known.origins.counted(key)
        doubted = most_doubted(doubts.get(source, "nobody"), doubts.get(key, "nobody"))
        made.append(Testimony(key, source, counted.origin, counted.maybe, counted.access, doubted))
    return made


def corroboration_of(
    mission: MissionFile, reader: Reader, size: int, known: Sourced, reports: Sequence[str]
) -> Corroboration:
    """The grade proposed for the reports of one incident (keys), with the findings on it: as a dossier has it."""
    matter = Matter.of(mission, reader, size, known, "", reports)
    said = [one.act for one in findings_on(known, matter) if isinstance(one.act, Finding)]
    return grade_by(testimonies(mission, reader, size, known, reports), said, known.co_chairs)


def grade_by(told: Sequence[Testimony], findings: Sequence[Finding], co_chairs: Sequence[str]) -> Corroboration:
    """The grade that reports and findings propose. Who is only a candidate in a finding is not named by it."""
    together = attributed(findings, co_chairs)
    return corroborated(
        told, admitted_by=[together.listed_under] if together.level == "admitted" else (),
        named=[Named(who, by) for who, bodies in together.named for by in bodies],
        discounted_by=[one.by for one in findings if one.held == "did_not_happen"], co_chairs=co_chairs,
    )  # fmt: skip
