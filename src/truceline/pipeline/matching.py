"""`match`: which reports may tell of one incident, by a model that is an entry of the record. It only proposes.

The first time, a model is estimated from the reports in force and entered; from then on it answers, at every size,
until another is asked for (`again`) or it is taken out of force. Nothing is merged: three reports stay three reports.
"""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from truceline.compliance.pack import Pack
from truceline.errors import ValueNotRead
from truceline.matching.estimating import Labels, estimated
from truceline.matching.model import MILLION, Model
from truceline.matching.sensitivity import Judged, Varied, sensitivity
from truceline.matching.window import Window
from truceline.pipeline.judged import judged_pairs
from truceline.pipeline.judged_pairs import JudgedPairs
from truceline.pipeline.missions import agreement_of, open_mission
from truceline.pipeline.models_held import NO_MODEL, About, enter_model, entry_in_force, model_in_force, withdraw_model
from truceline.pipeline.proposals import Proposals, Reports, open_proposals, proposals_under, reports_of
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.marking import Reader
from truceline.vocabulary.when import HOUR

SEED = 1
MOST_HOURS, MOST_M = 21 * 24, 100_000
NO_REPORTS = "The mission holds no reports to match.", "Take some in: truceline take-in MISSION FILES"


@dataclass(frozen=True)
class Wanted:
    """How a model is to be estimated. None: as it is by default.

    window_hours, distance_m: the declared window. least: doublings of the odds from which on a pair is proposed.
    again: in the place of the one in force. learn: also from what people judged.
    """

    window_hours: int | None = None
    distance_m: int | None = None
    least: int | None = None
    seed: int | None = None
    again: bool = False
    learn: bool = False
    by: str = ""
    because: str = ""

    @property
    def asks_for_another(self) -> bool:
        """Something is said that only a new model can have."""
        given = (self.window_hours, self.distance_m, self.least, self.seed)
        return self.learn or any(one is not None for one in given)


@dataclass(frozen=True)
class Matched:
    """What was asked: the mission's size and cut, whether a model was entered, and what the one in force proposes."""

    mission: str
    exercise: bool
    size: int
    cut: dict[str, list[int | str]]
    entered: bool
    about: About
    proposals: Proposals
    judged: JudgedPairs


def match(
    path: Path, wanted: Wanted, reader: Reader, *, known: str | None = None, now_us: int, chance: Chance
) -> Matched:
    """What is proposed; a model is estimated and entered where none is in force, or another is asked for.

    known: at an earlier cut, where nothing is entered. Raises `ValueNotRead`.
    """
    with open_mission(path) as mission:
        size = mission.resolve_cut(known) if known else mission.size
        if not wanted.again and entry_in_force(mission, reader, size) is not None:
            _refuse_another(wanted)
            return _in_force(mission, reader, size)
        if known:
            mend = "Without --known one is estimated and entered."
            raise ValueNotRead("No model is in force at that cut, and nothing is entered into the past.", mend)
        about, model, reports = _estimated(mission, reader, size, wanted)
    with open_mission(path, write=True) as mission:
        with mission.pen(now_us, chance) as pen:
            entry = enter_model(pen, about, model)
        judged = judged_pairs(mission, reader, mission.size)
        found = proposals_under(entry, model, reports, judged)
        return _told(mission, mission.size, about, found, judged, entered=True)


def withdrawn(path: Path, reader: Reader, by: str, because: str, *, now_us: int, chance: Chance) -> str:
    """Take the model in force out of it; the id of the entry that does. Raises `ValueNotRead` where none is."""
    with open_mission(path, write=True) as mission:
        _, pack, _ = agreement_of(mission)
        _check_body(pack, by)
        if entry_in_force(mission, reader) is None:
            raise ValueNotRead(*NO_MODEL)
        return withdraw_model(mission, About(by, because, size=mission.size), now_us=now_us, chance=chance)


def varied(matched: Matched) -> list[Varied]:
    """What other windows and thresholds would have proposed, with the same weights."""
    found, reports = matched.proposals, matched.proposals.reports
    same, different = reports.positions(matched.judged.same), reports.positions(matched.judged.different)
    return list(sensitivity(reports.compared, found.model, Judged(same, different, reports.rank)))


def _refuse_another(wanted: Wanted) -> None:
    if wanted.asks_for_another:
        mend = "Add --again to have another one estimated and entered in its place."
        raise ValueNotRead("A model is in force, and what it weighs is not changed by an option.", mend)


def _estimated(mission: MissionFile, reader: Reader, size: int, wanted: Wanted) -> tuple[About, Model, Reports]:
    _, pack, _ = agreement_of(mission, size)
    _check_body(pack, wanted.by)
    reports = reports_of(mission, reader, size)
    if not len(reports.seq):
        raise ValueNotRead(*NO_REPORTS)
    seed = SEED if wanted.seed is None else wanted.seed
    labels = _labels(reports, judged_pairs(mission, reader, size)) if wanted.learn else None
    least = (wanted.least or 0) * MILLION
    model = estimated(reports.compared, _window(wanted), seed=seed, labels=labels, least=least)
    count = 0 if labels is None else len(labels.same.one) + len(labels.different.one)
    about = About(wanted.by, wanted.because, size=size, reports=len(reports.seq), labelled=count, seed=seed)
    return about, model, reports


def _labels(reports: Reports, judged: JudgedPairs) -> Labels:
    same, different = reports.positions(judged.same), reports.positions(judged.different)
    if not len(same.one) + len(different.one):
        raise ValueNotRead("Nobody has judged a pair of reports yet.", "Leave --learn out, or: truceline judge")
    return Labels(same, different)


def _window(wanted: Wanted) -> Window:
    window = Window()
    hours, metres = wanted.window_hours, wanted.distance_m
    for value, most, name in ((hours, MOST_HOURS, "--window-hours"), (metres, MOST_M, "--distance-m")):
        if value is not None and not 0 <= value <= most:
            raise ValueNotRead(f"{value} is no {name}.", f"Give a whole number from 0 to {most:,}.")
    time_us = window.time_us if hours is None else hours * HOUR
    distance_m = window.distance_m if metres is None else metres
    return msgspec.structs.replace(window, time_us=time_us, distance_m=distance_m)


def _check_body(pack: Pack, by: str) -> None:
    known = [body.id for body in pack.agreement.bodies]
    if by and by not in known:
        raise ValueNotRead(f"{by!r} is no body of the pack.", f"It has: {', '.join(known)}.")


def _in_force(mission: MissionFile, reader: Reader, size: int) -> Matched:
    judged = judged_pairs(mission, reader, size)
    found, held = open_proposals(mission, reader, size, judged), model_in_force(mission, reader, size)
    assert found is not None
    assert held is not None
    return _told(mission, size, held.about, found, judged, entered=False)


def _told(
    mission: MissionFile, size: int, about: About, found: Proposals, judged: JudgedPairs, *, entered: bool
) -> Matched:
    cut = mission.cut(size)
    return Matched(mission.path.name, mission.exercise, size, cut, entered, about, found, judged)


def alone(found: Proposals) -> int:
    """How many reports stand in no group."""
    return int((np.bincount(found.groups.of, minlength=1) == 1).sum())
