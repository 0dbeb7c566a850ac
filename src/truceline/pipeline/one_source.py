"""A mission as one source alone tells it: its own reports and its own coverage, and nobody else's."""

from dataclasses import replace

import numpy as np

from truceline.compliance.clocks import clocks_of
from truceline.compliance.comparisons import compare
from truceline.compliance.ledger import evaluate
from truceline.errors import TrucelineError
from truceline.pipeline.questions import Answer, report_columns, watches
from truceline.store.mission_file import MissionFile


def by_itself(mission: MissionFile, answer: Answer, source: str) -> Answer:
    """The same question, answered from one source's rows. Raises `TrucelineError` for a source without a report.

    A report of it that repeats another source's counts here: it said so too. Coverage of others does not.
    """
    reports = report_columns(mission, answer.reader, answer.size)
    names = list(reports.source)
    at = np.flatnonzero(np.fromiter((name == source for name in names), np.bool_, len(names)))
    if not len(at):
        known = ", ".join(sorted(set(names))[:20]) or "none"
        raise TrucelineError(f"No report of the source {source!r} is held.", f"Sources: {known}.")
    own = [row for row in watches(mission, answer.reader, answer.size) if row.source == source]
    evaluated = evaluate(answer.evaluated.question, reports.take(at), own, answer.evaluated.tied)
    return replace(answer, evaluated=evaluated, clocks=clocks_of(evaluated, answer.acts), compared=compare(evaluated))
