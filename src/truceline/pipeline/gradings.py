"""Gradings of sources and reports: `grade` enters one, `grades` shows what each body holds, and what it held before."""

import re
from pathlib import Path
from typing import Any, Literal, cast

from truceline.compliance.registers import co_chairs
from truceline.errors import ActError
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.acts_of_reports import name_for_act
from truceline.pipeline.entering import Entered, enter_act
from truceline.pipeline.joint_acts import acts_that_count, spoken_for
from truceline.pipeline.missions import acts, registered
from truceline.pipeline.origins import keys_named
from truceline.pipeline.questions import Asked
from truceline.pipeline.report_refs import resolve
from truceline.pipeline.superseding import is_own
from truceline.pipeline.views import opened_for
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.verification.grades import MEANS, Graded, Grading, Held, graded
from truceline.vocabulary.act import Withdrawal
from truceline.vocabulary.grading import Credibility, Reliability
from truceline.vocabulary.marking import INTERNAL, Reader
from truceline.vocabulary.when import iso

Plain = dict[str, Any]
_REPORT = re.compile(r"[0-9a-f]{12,64}|.+/.+")


def gradings(mission: MissionFile, reader: Reader, size: int) -> list[Graded]:
    """Every source and report that was graded by that size, with all that each body said of it."""
    ever = acts_ever(mission, reader, size)
    said = ever if all(is_own(one) for one in ever) else spoken_for(mission, ever)
    counting = {one.id for one in acts_that_count(mission, reader, size)}
    keys = keys_named(mission, reader, size, (one.act.report for one in said if isinstance(one.act, Credibility)))
    found = []
    for one in said:
        act, counts = one.act, one.id in counting
        if isinstance(act, Reliability):
            found.append(
                Grading("reliability", act.source, act.by, act.grade, act.because, one.at, one.id, counts, one.log)
            )
        elif isinstance(act, Credibility):
            of = keys[act.report]
            found.append(Grading("credibility", of, act.by, act.grade, act.because, one.at, one.id, counts, one.log))
    return graded(found, co_chairs(registered(mission, size).pack.agreement))


def grades(path: Path, asked: Asked, *, of: str = "") -> Plain:
    """All gradings, or those of a source (with its reports) or of a report, as plain values."""
    with opened_for(path, asked) as mission:
        reader, size = asked.reader, mission.resolve_cut(asked.known) if asked.known else mission.size
        agreement = registered(mission, size).pack.agreement
        key = keys_named(mission, reader, size, [of])[of] if of else ""
        found = [one for one in gradings(mission, reader, size) if _meant(one, key)]
        return {
            "mission": path.name, "exercise": mission.exercise, "audience": reader.audience.value,
            "view": asked.view, "cut": mission.cut(size), "co_chairs": list(co_chairs(agreement)), "asked": of,
            "graded": [_plain(one, agreement.zone) for one in found],
        }  # fmt: skip


def grade(
    mission: MissionFile,
    of: str,
    letter: str,
    *,
    by: str,
    at: str,
    because: str,
    sign: str | None,
    now_us: int,
    chance: Chance,
) -> tuple[Entered, str]:
    """Enter a grading: A to F of a source, 1 to 6 of a report. With it a remark on what seems odd, or "".

    Raises `ActError` for a grade that is none, or is not one of what is named.
    """
    mark = letter.upper()
    if mark not in MEANS:
        raise ActError(f"{letter!r} is no grade.", "A to F grade a source, 1 to 6 a report.")
    if mark.isdigit() and not _REPORT.fullmatch(of):
        raise ActError(f"{mark} grades a report, and {of!r} names a source.", "Name the report, or give A to F.")
    if not mark.isdigit() and "/" in of:
        raise ActError(f"{mark} grades a source, and {of!r} names a report.", "Name the source, or give 1 to 6.")
    if mark.isdigit():
        report = name_for_act(resolve(mission, INTERNAL, [of])[of])
        act: Credibility | Reliability = Credibility(
            by, at, report, cast(Literal["1", "2", "3", "4", "5", "6"], mark), because
        )
    else:
        act = Reliability(by, at, of, cast(Literal["A", "B", "C", "D", "E", "F"], mark), because)
    entered = enter_act(mission, act, sign=sign, now_us=now_us, chance=chance)
    return entered, "" if mark.isdigit() else _unknown_source(mission, of)


def take_back(
    mission: MissionFile, of: str, *, by: str, at: str, because: str, sign: str | None, now_us: int, chance: Chance
) -> Entered:
    """Withdraw a grading of the same body, named by its id. Raises `ActError` for any other act."""
    found = [one for one in acts(mission, INTERNAL) if one.id.startswith(of)]
    if found and not isinstance(found[0].act, Reliability | Credibility):
        raise ActError(f"The act {of} is no grading.", "Enter a withdrawal of it with: truceline enter")
    return enter_act(mission, Withdrawal(by, at, of, because), sign=sign, now_us=now_us, chance=chance)


def _unknown_source(mission: MissionFile, source: str) -> str:
    there = mission.texts("report", ("source",), INTERNAL, size=mission.size)["source"]
    known = source in set(there.coded[1])
    return "" if known else f"No report of {source!r} is held here: is it spelled as in its reports?"


def _meant(one: Graded, asked: str) -> bool:
    return not asked or one.of == asked or one.of.partition("/")[0] == asked


def _plain(one: Graded, zone: str) -> Plain:
    return {
        "what": one.what, "of": one.of, "rivals": one.rivals, "joint": one.joint,
        "held": [_held(held, zone) for held in one.held],
    }  # fmt: skip


def _held(held: Held, zone: str) -> Plain:
    history = [
        {
            "grade": one.grade, "means": MEANS[one.grade], "at": iso(one.at, zone), "act": one.act,
            "because": one.because, "counts": one.counts, "log": one.log,
        }
        for one in held.history
    ]  # fmt: skip
    return {
        "by": held.by, "grade": held.grade, "means": MEANS.get(held.grade, ""), "rivals": list(held.rivals),
        "history": history,
    }  # fmt: skip
