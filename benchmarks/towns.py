"""Reports for the benchmark of matching: incidents in 400 towns and between them, each told by some of 40 sources.

Everything is drawn from one seed. Three of four incidents in towns with the weights of Zipf, the rest anywhere in 8 by
8 degrees; three reports each on the average, by sources that know more or less well. The noise drawn goes with the
radius and the interval that a report gives; nothing of how it was drawn is handed to the matching. How hard it is to
tell the incidents apart is a `Strain`: the more incidents a day, the vaguer the reports and the more often they err,
the harder.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from benchmarks.ground import SIDE, SOUTH, STEP, WEST
from truceline.vocabulary.columns import UNKNOWN, Ints, ReportColumns
from truceline.vocabulary.texts import Texts

MINUTE = 60_000_000
DAY = 1_440 * MINUTE
TOWNS, SOURCES, PARTIES, EACH = 400, 40, 25, 3
KINDS = (
    "shelling", "air_strike", "drone_strike", "small_arms_fire", "sniper_fire", "ied_mine", "abduction", "detention",
    "protest", "looting", "overflight", "demolition",
)  # fmt: skip


@dataclass(frozen=True)
class Strain:
    """What makes a theatre hard. incidents_a_day; radii_m and widths: a source's own, one of each; other_kind,
    no_party: of the reports, those that give another kind, or no party."""

    incidents_a_day: float = 185.2
    radii_m: tuple[int, ...] = (300, 1_500, 5_000)
    widths_us: tuple[int, ...] = (10 * MINUTE, 60 * MINUTE, 360 * MINUTE)
    other_kind: float = 0.05
    no_party: float = 0.2


PINNED = {
    "easy": Strain(500),
    "middle": Strain(3_700, other_kind=0.1, no_party=0.3),
    "hard": Strain(3_700, radii_m=(500, 2_500, 8_000), other_kind=0.25, no_party=0.4),
}
"""Pinned by the best pairwise F1 of Splink 5 on them: 0.85 to 0.90, 0.65 to 0.75, 0.45 to 0.55."""


class Told(NamedTuple):
    """Reports in a random order, and the incident of each."""

    columns: ReportColumns
    incident: Ints


def told(seed: int, count: int, strain: Strain = Strain()) -> Told:
    """So many reports."""
    chance = np.random.default_rng(seed)
    happened = -(-count // EACH)
    incident = np.sort(chance.integers(0, happened, count))
    lat, lon = _points(chance, happened)
    when = chance.integers(0, max(1, round(happened / strain.incidents_a_day)) * DAY, happened)
    kind, party = chance.integers(0, len(KINDS), happened), chance.integers(0, PARTIES, happened)
    source = _sources(chance, incident)
    level = chance.integers(0, len(strain.radii_m), SOURCES)[source]
    radius, width = np.array(strain.radii_m)[level], np.array(strain.widths_us)[level]
    metres = chance.normal(0, 1, (2, count)) * radius / 1.5
    start = when[incident] - (chance.random(count) * width).astype(np.int64)
    said = np.where(chance.random(count) < strain.other_kind, chance.integers(0, len(KINDS), count), kind[incident])
    named = np.where(chance.random(count) < strain.no_party, PARTIES, party[incident])
    order = chance.permutation(count)
    columns = _columns(
        start=start[order], end=(start + width)[order], lat=(lat[incident] + metres[0] * 90).astype(np.int64)[order],
        lon=(lon[incident] + metres[1] * 110).astype(np.int64)[order], radius=radius[order], source=source[order],
        kind=said[order], party=named[order],
    )  # fmt: skip
    return Told(columns, incident[order])


def _points(chance: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    low, high = np.array([SOUTH, WEST]), np.array([SOUTH, WEST]) + SIDE * STEP
    towns, busy = chance.integers(low, high, (TOWNS, 2)), 1 / np.arange(1, TOWNS + 1)
    at = towns[chance.choice(TOWNS, count, p=busy / busy.sum())] + chance.normal(0, 300_000, (count, 2)).astype(
        np.int64
    )
    anywhere = np.flatnonzero(chance.random(count) < 0.25)
    at[anywhere] = chance.integers(low, high, (len(anywhere), 2))
    return at[:, 0], at[:, 1]


def _sources(chance: np.random.Generator, incident: Ints) -> Ints:
    """A source for each report, no source twice for one incident (of few that are told by more than 40 aside)."""
    first = chance.integers(0, SOURCES, int(incident[-1]) + 1)[incident]
    begins = np.searchsorted(incident, incident)
    return (first + 7 * (np.arange(len(incident)) - begins)) % SOURCES


def _columns(**of: Any) -> ReportColumns:
    count = len(of["start"])
    none, zeros = np.full(count, UNKNOWN), np.zeros(count, np.int64)
    empty = Texts(np.zeros(count, np.int32), [""])
    lists = Texts(np.zeros(count, np.int32), ["[]"])
    parties = [f'["party {n}"]' for n in range(PARTIES)]
    return ReportColumns(
        seq=np.arange(count), start=of["start"], end=of["end"], has_point=np.ones(count, np.bool_), lat_e7=of["lat"],
        lon_e7=of["lon"], radius_m=of["radius"], killed_low=none, killed_best=none, killed_high=none, submission=zeros,
        row=zeros, id=empty, source=Texts(of["source"].astype(np.int32), [f"source-{n}" for n in range(SOURCES)]),
        source_row=empty, repeats=empty, when_words=empty, place=empty, area=empty,
        kind=Texts(of["kind"].astype(np.int32), list(KINDS)),
        side_a=Texts(of["party"].astype(np.int32), [*parties, "[]"]), side_b=lists, flags=lists,
    )  # fmt: skip
