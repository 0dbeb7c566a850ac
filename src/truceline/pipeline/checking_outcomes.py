"""What an example of a pack gives for an obligation, worked by the rooms that `assess` uses, without a mission."""

from collections.abc import Sequence

import numpy as np
from msgspec import UNSET

from truceline.compliance.assessing import assess
from truceline.compliance.examples import Given
from truceline.compliance.flights import flight_matters
from truceline.compliance.kinds.by_body import bodies_of
from truceline.compliance.pack import Pack
from truceline.compliance.watch_kept import kept_watches
from truceline.errors import PackError
from truceline.pipeline.finding_matters import finding_row, told_of
from truceline.pipeline.matters_held import Incidents, reported
from truceline.vocabulary.act import ActHeld, Finding
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import ReportColumns, Watch
from truceline.vocabulary.matters import MatterColumns, columns_of
from truceline.vocabulary.when import read_instant


def outcome_of(
    pack: Pack,
    given: Given,
    reports: ReportColumns,
    weapons: Sequence[str],
    acts: Sequence[ActHeld],
    watched: Sequence[Watch],
    as_of: int,
) -> Outcome:
    """The outcome for the obligation, party and period that are asked about, as `body` holds it or jointly."""
    agreement = pack.agreement
    zone = agreement.zone
    period = (read_instant(given.from_ or "", zone), read_instant(given.to or "", zone))
    matters = matters_given(pack, reports, weapons, acts).join(flight_matters(agreement, acts, as_of))
    reading = agreement.reading(given.reading)
    assert reading is not None, "the pack's check has seen that it is there"
    kept = kept_watches(agreement, reading, watched, as_of)
    found = assess(
        agreement, pack.geometry, matters, acts, kept, periods=(period,), bodies=bodies_of(agreement), as_of=as_of,
        reading=reading, lines=pack.lines,
        obligations=[one for one in agreement.obligations if one.id == given.obligation],
    )  # fmt: skip
    for _, party, _, body, outcome in found.rows():
        if (party, body) == (given.party, given.body):
            return outcome
    raise PackError(
        f"examples.yaml: no outcome for {given.obligation!r}, {given.party!r}, as {given.body or 'all'} holds it.",
        f"Bodies whose findings make outcomes: {', '.join(bodies_of(agreement))}.",
    )


def matters_given(pack: Pack, reports: ReportColumns, weapons: Sequence[str], acts: Sequence[ActHeld]) -> MatterColumns:
    """The findings among the acts, then each report as an incident of its own. `rests_on` is SOURCE/REPORT_ID."""
    agreement = pack.agreement
    bodies = {body.id: n for n, body in enumerate(agreement.bodies)}
    names = zip(reports.source, reports.source_row, strict=True)
    place = {f"{source}/{row}": n for n, (source, row) in enumerate(names)}
    found_on, rows = np.zeros(len(reports), np.int64), []
    for held in acts:
        if not isinstance(held.act, Finding):
            continue
        at = _rested(held.act, place)
        found_on[at] |= np.int64(1) << bodies[held.act.by]
        rows.append(finding_row(held, told_of(reports, weapons, at), agreement.zone, bodies))
    every = np.arange(len(reports))
    return columns_of(rows).join(reported(Incidents(reports, weapons, every, every), found_on))


def _rested(act: Finding, place: dict[str, int]) -> list[int]:
    named = () if act.rests_on is UNSET else act.rests_on
    for one in named:
        if one not in place:
            raise PackError(f"examples.yaml: rests_on: there is no report {one!r}.", "Write SOURCE/REPORT_ID.")
    return [place[one] for one in named]
