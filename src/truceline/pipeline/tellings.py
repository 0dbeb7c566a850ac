"""Incidents as tellings of sources, and which of them exclude each other by area, kind or side."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from truceline.compliance.standing import folded, names_of
from truceline.pipeline.questions import Answer
from truceline.pipeline.spans import Span, placed
from truceline.pipeline.tellers import Said
from truceline.statistics.may_be_one import Meets, Tellings
from truceline.statistics.overlap import Told
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.columns import Bools, IncidentColumns, Ints
from truceline.vocabulary.kind_families import kinds_may_be_one
from truceline.vocabulary.side_by_side import WIDE
from truceline.vocabulary.texts import coded

T = TypeVar("T")


def told_of(answer: Answer, said: Said, kept: Bools, span: Span, names: Sequence[str]) -> Told:
    """Incidents in the span, with the first report of each source that tells of each."""
    incidents = answer.evaluated.incidents
    at = np.flatnonzero(kept)
    position = np.full(len(kept), -1, np.int64)
    position[at] = np.arange(len(at))
    row = np.full((len(names), len(at)), -1, np.int64)
    codes, texts = coded(said.reports.source)
    index = {name: n for n, name in enumerate(names)}
    teller = np.array([index.get(text, -1) for text in texts], np.int64)[codes]
    # Backwards: of several reports of one source, the first stays.
    reports = np.flatnonzero(kept[said.incident] & (teller >= 0))[::-1]
    row[teller[reports], position[said.incident[reports]]] = reports
    tellings, meets = _tellings(incidents, at, answer.evaluated.question.agreement)
    period = placed(tellings.start, tellings.end, span.edges, WIDE)
    killed = (said.reports.killed_low, said.reports.killed_best, said.reports.killed_high)
    return Told(tellings, meets, period, names, row, killed)


def _tellings(incidents: IncidentColumns, at: Ints, agreement: Agreement) -> tuple[Tellings, Meets]:
    used, area_code = np.unique(incidents.placed.of[at], return_inverse=True)
    places = incidents.placed.sets[used].astype(np.int64)
    kind_code, kinds = coded(incidents.kind)
    sides, side_code = _sides(incidents, at, agreement)
    meets = Meets((places @ places.T) > 0, _table(kinds, kinds_may_be_one), _table(sides, _sides_meet))
    return Tellings(
        incidents.start[at], incidents.end[at], incidents.has_point[at], incidents.lat_e7[at], incidents.lon_e7[at],
        incidents.radius_m[at], area_code.astype(np.int64), kind_code[at].astype(np.int64), side_code,
    ), meets  # fmt: skip


def _table(codes: Sequence[T], meet: Callable[[T, T], bool]) -> Bools:
    """For two codes, whether they meet."""
    return np.array([meet(a, b) for a in codes for b in codes], np.bool_).reshape(len(codes), len(codes))


Camps = frozenset[str] | None
"""The parties, or actors of none, that a report names on its two sides; None: it leaves open who."""


def _sides(incidents: IncidentColumns, at: Ints, agreement: Agreement) -> tuple[list[Camps], Ints]:
    camp_of = {
        folded(named.name): None if actor.status == "umbrella" else actor.party or actor.id
        for actor in agreement.actors
        for named in actor.names
    }
    (a, a_texts), (b, b_texts) = coded(incidents.side_a), coded(incidents.side_b)
    pairs, of = np.unique(a[at].astype(np.int64) * len(b_texts) + b[at], return_inverse=True)
    codes: dict[Camps, int] = {}
    made = [
        codes.setdefault(
            _camps(camp_of, names_of(a_texts[pair // len(b_texts)]), names_of(b_texts[pair % len(b_texts)])), len(codes)
        )
        for pair in pairs.tolist()
    ]
    return list(codes), np.array(made, np.int64)[of]


def _camps(camp_of: dict[str, str | None], a: tuple[str, ...], b: tuple[str, ...]) -> Camps:
    """Only a report that names both sides, each by names the pack knows as one camp's, excludes others."""
    found = [camp_of.get(folded(name)) for name in (*a, *b)]
    if not a or not b or None in found:
        return None
    return frozenset(camp for camp in found if camp)


def _sides_meet(a: Camps, b: Camps) -> bool:
    return a is None or b is None or bool(a & b)
