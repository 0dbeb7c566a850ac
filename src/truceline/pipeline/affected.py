"""`affected`: what rests on a report: incidents, cells, clocks, what bodies said, and what was published.

Asked of a report that counts, it says what would differ without it; of one that does not, what differed when it went.
Nothing is altered: a finding that rested on the report is marked for review, and stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from truceline.compliance.ledger import evaluate
from truceline.pipeline.corroborating import corroboration_of
from truceline.pipeline.incident_reports import reports_of_incident
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.origins import Sourced, keys_named, sourced
from truceline.pipeline.questions import Answer, Asked, answered, ask, meant_by, report_columns, watches
from truceline.pipeline.report_refs import ReportHeld, resolve
from truceline.pipeline.ties import tied_in
from truceline.pipeline.told_figures import cells_differing, clocks_differing, differing, figures
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import Reinstatement, Withdrawal, kind_of
from truceline.vocabulary.case import CaseOpened
from truceline.vocabulary.retraction import RecallHeld
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
_BY_REPORT = ("report", "about", "of")
_BY_CASE = ("case", "handle", "about")
_REVIEWED = ("finding", "determination")
_SAYS_OF_COUNTING = (RecallHeld, Reinstatement, Withdrawal)


@dataclass(frozen=True)
class Twice:
    """One question asked with a report and without it. size: the cut before it went, or the one asked at."""

    report: ReportHeld
    size: int
    before: Answer
    after: Answer


def affected(mission: MissionFile, ref: str, asked: Asked) -> Plain:
    """What rests on a report, as plain values. Raises `ValueNotRead` for a name of none, or of several."""
    twice = asked_twice(mission, ref, asked)
    known = sourced(mission, asked.reader, twice.size)
    before, after = twice.before, twice.after
    zone = before.evaluated.question.agreement.zone
    return {
        "mission": before.mission.name, "exercise": mission.exercise, "audience": asked.reader.audience.value,
        "cut": before.cut, "as_of": iso(before.evaluated.question.as_of, zone), "reading": before.reading.id,
        "report": twice.report.key, "id": twice.report.id, "counts": twice.report.in_force,
        "incident": _incident(mission, asked, twice, known),
        "figures": differing(figures(before), figures(after)),
        "cells": cells_differing(before.evaluated.ledger, after.evaluated.ledger),
        "clocks": clocks_differing(before.clocks, after.clocks),
        "acts": acts_resting(mission, asked, twice.report, zone),
    }  # fmt: skip


def asked_twice(mission: MissionFile, ref: str, asked: Asked) -> Twice:
    """The question with the report and without it: at the cut asked, or where it no longer counts as it went."""
    at = mission.resolve_cut(asked.known) if asked.known else mission.size
    report = resolve(mission, asked.reader, [ref], at)[ref]
    if report.in_force:
        before = ask(mission, asked)
        return Twice(report, before.size, before, without(mission, asked, [report.id]))
    went = _went(mission, asked, report, at)
    before, after = (ask(mission, replace(asked, known=str(size))) for size in (went, went + 1))
    return Twice(report, went, before, after)


def without(mission: MissionFile, asked: Asked, ids: Sequence[str]) -> Answer:
    """The answer as if these reports (ids of entries) did not count."""
    meant = meant_by(mission, asked)
    reports = report_columns(mission, asked.reader, meant.size)
    gone = set(ids)
    reports = reports.take(np.flatnonzero(np.array([one not in gone for one in reports.id], np.bool_)))
    tied = tied_in(mission, asked.reader, meant.size, reports)
    return answered(mission, meant, evaluate(meant.question, reports, watches(mission, asked.reader, meant.size), tied))


def _went(mission: MissionFile, asked: Asked, report: ReportHeld, size: int) -> int:
    """The seq of the own entry with which a report was no longer counted."""
    rows = mission.reports_named({report.id[:12]}, (), asked.reader, size=size)
    by = max(one.superseded_by for one in rows if one.id == report.id and one.superseded_by is not None)
    return mission.read_from(by)


def _incident(mission: MissionFile, asked: Asked, twice: Twice, known: Sourced) -> Plain:
    """The incident that it tells of, and the grade that its reports propose with it and without it."""
    keys = reports_of_incident(mission, asked.reader, twice.size, known, twice.report.key)
    rest = [key for key in keys if key != twice.report.key]
    with_it = corroboration_of(mission, asked.reader, twice.size, known, keys)
    left = corroboration_of(mission, asked.reader, twice.size, known, rest)
    return {
        "reports": keys, "rest": rest,
        "grade": {
            "before": with_it.grade, "before_at_most": with_it.at_most, "rule_before": with_it.rule,
            "after": left.grade, "after_at_most": left.at_most, "rule_after": left.rule,
        },
    }  # fmt: skip


def acts_resting(mission: MissionFile, asked: Asked, report: ReportHeld, zone: str) -> list[Plain]:
    """What bodies said that names the report, or a case that holds it; findings and determinations for review."""
    size = mission.resolve_cut(asked.known) if asked.known else mission.size
    said = [one for one in acts_that_count(mission, asked.reader, size) if not isinstance(one.act, _SAYS_OF_COUNTING)]
    keys = keys_named(mission, asked.reader, size, {ref for one in said for ref in _named(one.act)})
    held = [one for one in said if any(keys.get(ref, ref) == report.key for ref in _named(one.act))]
    cases = {one.act.handle for one in held if isinstance(one.act, CaseOpened)}
    held_ids = {one.id for one in held}
    return [
        {
            "act": kind_of(one.act), "id": one.id, "by": one.act.by, "at": iso(one.at, zone),
            "through": "report" if one.id in held_ids else "case",
            "about": str(getattr(one.act, "about", "") or getattr(one.act, "handle", "")),
            "review": kind_of(one.act) in _REVIEWED,
        }
        for one in said
        if one.id in held_ids or any(getattr(one.act, name, None) in cases for name in _BY_CASE)
    ]  # fmt: skip


def _named(act: object) -> list[str]:
    """The names of reports in an act, as it gives them."""
    many = [*(getattr(act, "reports", None) or ()), *(getattr(act, "rests_on", None) or ())]
    one = [getattr(act, name, None) for name in _BY_REPORT]
    return [ref for ref in (*many, *one) if isinstance(ref, str)]
