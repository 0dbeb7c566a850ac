"""What `match` answers, as `--json` prints it and the terminal shows it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import to_builtins

from truceline.errors import ValueNotRead
from truceline.matching.explaining import Explained
from truceline.matching.model import MILLION
from truceline.matching.sensitivity import Varied
from truceline.matching.window import too_vague
from truceline.pipeline.matching import Matched, alone
from truceline.pipeline.missions import open_mission
from truceline.pipeline.proposals import Proposals
from truceline.pipeline.report_refs import resolve
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import HOUR

Plain = dict[str, Any]


def plain(matched: Matched, top: int, varied: Sequence[Varied] = (), explained: Plain | None = None) -> Plain:
    """The whole answer. `top`: so many groups, the largest first."""
    found, model = matched.proposals, matched.proposals.model
    groups = found.members()
    vague = int(too_vague(found.reports.compared, model.window).sum())
    return {
        "mission": matched.mission, "exercise": matched.exercise, "audience": "internal", "cut": matched.cut,
        "entered": matched.entered,
        "model": {
            "id": found.entry, **to_builtins(matched.about), "window_hours": hours(model.window.time_us),
            "distance_m": model.window.distance_m, "least": doublings(model.least), "prior": doublings(model.prior),
        },
        "reports": len(found.seq), "too_vague": vague, "pairs": len(found.weight), "open": int(found.open.sum()),
        "groups": len(groups), "alone": alone(found),
        "contradictions": [[name_of(found, one), name_of(found, other)] for one, other in found.groups.contradictions],
        "top": [_group(found, members) for members in groups[:top]],
        "sensitivity": [_row(row) for row in varied],
        "explained": explained,
    }  # fmt: skip


def explained_plain(found: Proposals, one_seq: int, other_seq: int) -> Plain:
    """One pair in words, with what each reason is worth."""
    told: Explained = found.explain(one_seq, other_seq)
    one, other = (int(np.searchsorted(found.seq, seq)) for seq in sorted((one_seq, other_seq)))
    return {
        "reports": [name_of(found, one), name_of(found, other)], "weight": doublings(told.weight),
        "prior": doublings(told.prior), "proposed": told.proposed,
        "one_incident": bool(found.groups.of[one] == found.groups.of[other]), "why_not": _refused(found, one, other),
        "minutes": told.minutes, "metres": told.metres,
        "reasons": [
            {"signals": list(reason.signals), "words": list(reason.words), "weight": doublings(reason.weight)}
            for reason in told.reasons
        ],
    }  # fmt: skip


def explain_pair(path: Path, matched: Matched, refs: tuple[str, str], reader: Reader) -> Plain:
    """Two reports in words, as they are referred to. Raises `ValueNotRead` for what names no report in force."""
    with open_mission(path) as mission:
        found = resolve(mission, reader, refs, matched.size)
    one, other = (found[ref] for ref in refs)
    if one.seq == other.seq:
        raise ValueNotRead(f"{refs[0]!r} and {refs[1]!r} are one report.", "Name two.")
    for ref in refs:
        if not found[ref].in_force:
            raise ValueNotRead(f"{ref!r} is no longer in force.", "Ask at an earlier cut: --known.")
    return explained_plain(matched.proposals, one.seq, other.seq)


def name_of(found: Proposals, at: int) -> Plain:
    """A report as it is referred to: its id, its source and the source's own id."""
    columns = found.reports.columns
    return {"id": columns.id[at], "source": columns.source[at], "source_row": columns.source_row[at]}


def doublings(millionths: int) -> str:
    """A weight in doublings of the odds, with two decimals: "+3.25"."""
    hundredths = (abs(millionths) * 100 + MILLION // 2) // MILLION
    sign = "-" if millionths < 0 and hundredths else "+"
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


def hours(time_us: int) -> str:
    """A stretch of time in hours: "1", "0.5"."""
    whole, rest = divmod(time_us * 100 // HOUR, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


def _group(found: Proposals, members: tuple[int, ...]) -> Plain:
    at = np.searchsorted(found.seq, np.array(members))
    inside = np.isin(found.pairs.one, at) & np.isin(found.pairs.other, at)
    return {"reports": [name_of(found, one) for one in at.tolist()], "pairs": int(inside.sum())}


def _refused(found: Proposals, one: int, other: int) -> str:
    """Why a pair that is proposed does not stand in one group; "" where it does, or was never asked."""
    if found.groups.of[one] == found.groups.of[other]:
        return ""
    steps = [step for step in found.groups.refused if {step.one, step.other} == {one, other}]
    return steps[0].why if steps else ""


def _row(row: Varied) -> Plain:
    return {
        "window_hours": hours(row.time_us), "distance_m": row.distance_m, "least": doublings(row.least),
        "pairs": row.pairs, "groups": row.groups, "largest": row.largest, "alone": row.alone,
        "registered": row.registered,
    }  # fmt: skip
