"""`origins`: who rests on whom, by what reports declare, bodies hold and texts propose; and what that leaves to count.

Nothing here decides. A proposal comes from near-identical words at nearly the same time, and stands in the range
until a body enters an act `origin`, one by one or with `origins --accept`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from truceline.compliance.registers import co_chairs
from truceline.matching.ngrams import signatures
from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.missions import registered
from truceline.pipeline.questions import report_columns
from truceline.pipeline.report_refs import known
from truceline.store.mission_file import MissionFile
from truceline.verification.alike import Worded, first_told
from truceline.verification.origins import Origins, Said
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.columns import Ints, ReportColumns
from truceline.vocabulary.grading import OriginHeld
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.texts import Column, chosen, coded
from truceline.vocabulary.when import DAY, HOUR


@dataclass(frozen=True)
class Sourced:
    """The reports in force with their keys (SOURCE/REPORT_ID), the acts that count, and the ties between them.

    first: for each report the position of the one that it nearly repeats, itself where there is none.
    """

    reports: ReportColumns
    keys: list[str]
    acts: tuple[ActHeld, ...]
    co_chairs: tuple[str, ...]
    first: Ints
    origins: Origins

    @cached_property
    def at(self) -> dict[str, int]:
        """The position of each key; of several the last."""
        return {key: at for at, key in enumerate(self.keys)}

    def source(self, key: str) -> str:
        """The source of a key, held or not."""
        return key.partition("/")[0]


def sourced(mission: MissionFile, reader: Reader, size: int, by: str | None = None) -> Sourced:
    """Everything that is known of origins at that size; with `by`, of what bodies hold only what this one does.

    1. the reports   2. who tells nearly the same   3. what reports declare   4. what bodies hold
    """
    reports = report_columns(mission, reader, size)
    keys = keys_of(reports.source, reports.source_row, reports.id)
    every = mission.numbers("report", ["seq"], reader, size=size, absent=0)["seq"]
    more = mission.texts("report", ("origin", "words"), reader, size=size)
    rows = np.searchsorted(every, reports.seq)
    first, alike = first_told(_worded(reports, keys, chosen(more["words"], rows)))
    agreement = registered(mission, size).pack.agreement
    acts = tuple(acts_that_count(mission, reader, size))
    said = said_of_origins(mission, reader, size, acts)
    ties = Origins(
        {keys[at]: of for at, of in _filled(reports.repeats)},
        {keys[at]: of for at, of in _filled(chosen(more["origin"], rows)) if of != reports.source[at]},
        [one for one in said if by is None or one.by == by],
        {keys[at]: (keys[first[at]], _why(reports, at, int(first[at]), int(alike[at])))
         for at in np.flatnonzero(first != np.arange(len(first))).tolist()
         if reports.source[at] != reports.source[int(first[at])]},
        co_chairs(agreement),
    )  # fmt: skip
    return Sourced(reports, keys, acts, co_chairs(agreement), first, ties)


def keys_of(sources: Sequence[str], rows: Sequence[str], ids: Sequence[str]) -> list[str]:
    """The key of each report; where its source gave no id, the beginning of its entry's id stands for one."""
    return [f"{source}/{row or ids[at][:16]}" for at, (source, row) in enumerate(zip(sources, rows, strict=True))]


def keys_named(mission: MissionFile, reader: Reader, size: int, refs: Iterable[str]) -> dict[str, str]:
    """By name as given, the keys. An act of another holder may name what is not held: it keeps the name it gave."""
    wanted = list(dict.fromkeys(refs))
    found = known(mission, reader, wanted, size) if wanted else {}
    return {ref: found[ref].key if ref in found else ref for ref in wanted}


def said_of_origins(mission: MissionFile, reader: Reader, size: int, acts: Iterable[ActHeld]) -> list[Said]:
    """What bodies hold of origins, reports by their keys."""
    held = [(one, one.act) for one in acts if isinstance(one.act, OriginHeld)]
    keys = keys_named(mission, reader, size, (ref for _, act in held for ref in (act.report, act.of or act.report)))
    return [
        Said(keys[act.report], act.by, act.says, keys[act.of] if act.of else "", act.access, one.id, one.at, one.log)
        for one, act in held
    ]


def _filled(column: Sequence[str]) -> Iterable[tuple[int, str]]:
    """The rows that have a text."""
    codes, texts = coded(column)
    full = np.array([bool(text) for text in texts], np.bool_)
    at = np.flatnonzero(full[codes]) if len(texts) else np.zeros(0, np.int64)
    return [(one, texts[code]) for one, code in zip(at.tolist(), codes[at].tolist(), strict=True)]


def _worded(reports: ReportColumns, keys: Sequence[str], words: Column) -> Worded:
    order = sorted(range(len(keys)), key=lambda at: (int(reports.submission[at]), int(reports.start[at]), keys[at]))
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))
    return Worded(
        signatures(words), reports.start, rank, reports.has_point, reports.lat_e7, reports.lon_e7, reports.radius_m
    )


def _why(reports: ReportColumns, at: int, first: int, alike: int) -> str:
    """The reason of a proposal, in words."""
    apart = abs(int(reports.start[at]) - int(reports.start[first]))
    when = "at the same time" if apart == 0 else f"{_long(apart)} apart"
    same = reports.submission[at] == reports.submission[first]
    order = "which of the two was first is not known: they came in one file" if same else "the other was received first"
    return f"the words are nearly the same ({alike // 10} % of their letter groups), dated {when}; {order}"


def _long(microseconds: int) -> str:
    if microseconds < DAY:
        return f"{max(microseconds // HOUR, 1)} h"
    return f"{microseconds // DAY} d"
