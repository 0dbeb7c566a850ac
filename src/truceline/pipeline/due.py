"""`due`: which state owes which report by when, and what is reported of fighters, weapons and money across borders.

A tracker of what states owe under a resolution: each report due, state by state, as each body holds it. The flows are
counts of what sources report. Nobody has found on them here, and they are laid to nobody.
"""

from pathlib import Path

import msgspec
import numpy as np

from truceline.compliance.dated_words import hearers
from truceline.compliance.kinds.reports_due import ReportsDue, dues, reports_of
from truceline.pipeline.designated import Plain, Then, then
from truceline.pipeline.held_columns import report_columns
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.possible_kinds import kind_among
from truceline.vocabulary.texts import coded
from truceline.vocabulary.when import DAY, iso

KIND = "reports_due"
FLOWS = ("fighters_crossing", "weapons_transfer", "funds_transfer")
AHEAD = 366 * DAY
"""So far ahead what will be due is shown."""


def due(path: Path, reader: Reader, *, now_us: int, as_of: str | None = None, known: str | None = None) -> Plain:
    """Reports due of every state followed, overdue first, and the flows, as plain values. Raises `AfterTheCut`."""
    with then(path, reader, now_us=now_us, as_of=as_of, known=known) as at:
        owed = [one for one in at.agreement.obligations if one.kind == KIND]
        return at.heading(path, reader) | {
            "obligations": [_plain(at, one, msgspec.convert(one.rule, ReportsDue)) for one in owed],
            "flows": _flows(at, reader),
        }  # fmt: skip


def _plain(at: Then, one: Obligation, rule: ReportsDue) -> Plain:
    zone = at.agreement.zone
    rows = [row for state in dict.fromkeys((*one.obliged, *rule.who)) for row in _of_state(at, one, rule, state)]
    coming = [instant for instant in dues(rule, at.agreement, at.as_of + AHEAD) if instant > at.as_of]
    return {
        "obligation": one.id, "title": one.title["en"], "instrument": one.instrument, "source": one.cited.source,
        "reports": sorted(rows, key=lambda row: (_made(row), row["due"], row["state"])),
        "next_due": iso(coming[0], zone) if coming else "",
    }  # fmt: skip


def _of_state(at: Then, one: Obligation, rule: ReportsDue, state: str) -> list[Plain]:
    """One row for each report, with what each body holds of it."""
    bodies = hearers(at.agreement, None)
    held = {
        body: reports_of(rule, one, at.agreement, state, body, at.acts, at.as_of) for body in bodies
    }  # fmt: skip
    rows = []
    for n, report in enumerate(held[bodies[0]]):
        by = {body: reports[n].state for body, reports in held.items()}
        says = report.state if len(set(by.values())) == 1 else "disputed"
        acts = sorted({act for reports in held.values() for act in reports[n].acts})
        rows.append(
            {"state": state, "name": _name(at.agreement, state), "number": report.number,
             "due": iso(report.due, at.agreement.zone), "says": says, "by": by, "acts": acts}
        )  # fmt: skip
    return rows


def _made(row: Plain) -> bool:
    return bool(row["says"] in ("in_time", "late"))


def _name(agreement: Agreement, state: str) -> str:
    bodies = {one.id: one.name["en"] for one in agreement.bodies}
    parties = {one.id: one.name["en"] for one in agreement.parties}
    return bodies.get(state) or parties.get(state) or state


def _flows(at: Then, reader: Reader) -> list[Plain]:
    """How many reports surely, and at most, tell of each kind of flow that began before the instant."""
    reports = report_columns(at.mission, reader, at.size)
    codes, texts = coded(reports.kind)
    begun = reports.start < at.as_of
    found = []
    for kind in FLOWS:
        answer = np.array([*(kind_among(text, (kind,)) if text else NO for text in texts), NO], np.int8)[codes]
        surely, maybe = (int(np.count_nonzero(begun & test)) for test in (answer == SURELY, answer != NO))
        found.append({"kind": kind, "reports": surely, "at_most": maybe})
    return found
