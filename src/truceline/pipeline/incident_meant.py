"""Which incident is meant: that of a case, or of a report; with all of its reports, in force and not."""

from dataclasses import dataclass
from functools import cached_property

from truceline.errors import ValueNotRead
from truceline.pipeline.incident_reports import reports_of_incident
from truceline.pipeline.incidents import groups
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.origins import Sourced, sourced
from truceline.pipeline.report_refs import known as known_reports
from truceline.pipeline.report_refs import resolve
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.case import CaseOpened
from truceline.vocabulary.marking import Reader


@dataclass(frozen=True)
class Named:
    """What somebody named: a case and its reports, or one report; reports by key where they are held."""

    case: ActHeld | None
    keys: tuple[str, ...]

    @property
    def handle(self) -> str:
        """The case's handle, "" where a report was named."""
        return handle_of(self.case)


def handle_of(case: ActHeld | None) -> str:
    """The handle of the case that an act opened; "" for none."""
    return case.act.handle if case is not None and isinstance(case.act, CaseOpened) else ""


@dataclass(frozen=True)
class Incident:
    """What a dossier is of: the case asked for, if it was one, and the reports.

    keys: those in force that count as one incident, or as the case's; perhaps: those that are only proposed to be
    copies of one of them; absent: those named that are not in force, or not held. ids: of the incidents they make.
    torn: judgements of them contradict one another, so that none of these is joined.
    """

    asked: str
    case: ActHeld | None
    known: Sourced
    keys: tuple[str, ...]
    perhaps: tuple[str, ...]
    absent: tuple[str, ...]
    ids: tuple[str, ...]
    torn: bool

    @cached_property
    def at(self) -> list[int]:
        """The positions of its reports, in the order of entry."""
        return sorted(self.known.at[key] for key in self.keys)

    @property
    def handle(self) -> str:
        """Its case's handle, "" where a report was asked for."""
        return handle_of(self.case)


def named_by(mission: MissionFile, reader: Reader, size: int, asked: str) -> Named:
    """The case of that handle, or of its number alone where one case has it, with its reports; or the report so named.

    Raises `ValueNotRead`.
    """
    opened = [(one, one.act) for one in acts_that_count(mission, reader, size) if isinstance(one.act, CaseOpened)]
    found = [(one, act) for one, act in opened if asked in (act.handle, act.handle.rpartition("-")[2])]
    if len(found) == 1:
        [(case, act)] = found
        held = known_reports(mission, reader, act.reports, size)
        return Named(case, tuple(held[ref].key if ref in held else ref for ref in act.reports))
    return Named(None, (_one_report(mission, reader, size, asked),))


def incident_of(mission: MissionFile, reader: Reader, size: int, asked: str) -> Incident:
    """The incident that is meant, with all of its reports: it reads every report. Raises `ValueNotRead`."""
    meant = named_by(mission, reader, size, asked)
    everything, together = sourced(mission, reader, size), groups(mission, reader, size)
    at = {seq: place for place, seq in enumerate(everything.reports.seq.tolist())}
    seqs = [int(everything.reports.seq[everything.at[key]]) for key in meant.keys if key in everything.at]
    members = {one for seq in seqs for one in together.of(seq)}
    keys = {everything.keys[at[seq]] for seq in members if seq in at}
    perhaps = set(reports_of_incident(mission, reader, size, everything, *sorted(keys))) - keys
    return Incident(
        asked, meant.case, everything, tuple(sorted(keys)),
        tuple(sorted(key for key in perhaps if key in everything.at)), tuple(sorted(set(meant.keys) - keys)),
        tuple(sorted({one for seq in seqs if (one := together.incident_id(seq))})),
        any(members & set(chain) for chain in together.torn),
    )  # fmt: skip


def _one_report(mission: MissionFile, reader: Reader, size: int, asked: str) -> str:
    try:
        return resolve(mission, reader, [asked], size)[asked].key
    except ValueNotRead as error:
        mend = "Give a case's handle (`truceline case list`), SOURCE/REPORT_ID, or the beginning of a report's id."
        raise ValueNotRead(f"{asked!r} is no case and no report of this mission.", mend) from error
