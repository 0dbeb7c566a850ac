"""A whole theatre from one seed: what happened, who told of it, and what can be known."""

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from truceline.theatre import wire
from truceline.theatre.acts import Act, act_files, acts
from truceline.theatre.benchmark import truth
from truceline.theatre.coverage import coverage
from truceline.theatre.ground import reaching, spots
from truceline.theatre.happened import Happened
from truceline.theatre.knowable import knowable as known
from truceline.theatre.knowable.when import instant
from truceline.theatre.knowable.where import Ground
from truceline.theatre.oddities import oddities
from truceline.theatre.readme import readme
from truceline.theatre.setting import Setting, read_setting
from truceline.theatre.sources import Sources
from truceline.theatre.tables import REPORTS, coverage_files, numbered, report_files, tally_file
from truceline.theatre.tallies import tallies
from truceline.theatre.told import Report
from truceline.theatre.weather import weather
from truceline.theatre.world import Incident, World

Row = Mapping[str, str]


@dataclass(frozen=True)
class Theatre:
    """A simulated theatre. The report tables, by file name, are in the order in which to take them in.

    `coverage` holds the restrictions too. `world` is what happened, `known` what can be known of it:
    the ledger of every reading as of `as_of`, or None where it was not asked for.
    """

    seed: int
    tables: Mapping[str, Sequence[Report]]
    coverage: Sequence[Row]
    tallies: Sequence[Row]
    acts: Sequence[Act]
    world: Mapping[str, Any]
    as_of: datetime
    known: Mapping[str, Any] | None

    def reports(self) -> list[Row]:
        """Every report as written, in order of entry."""
        return [report.cells for table in REPORTS for report in self.tables[table.name]]

    def knowable(self) -> dict[str, Any] | None:
        """The content of knowable.json."""
        if self.known is None:
            return None
        return {"seed": self.seed, "as_of": f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}", "readings": self.known}

    def files(self) -> dict[str, bytes]:
        """Every file of the folder by its name, the report tables first and in order."""
        with _collector_at_rest():
            return self._files()

    def truth(self) -> dict[str, bytes]:
        """manifest.json and truth/reports.csv, for scoring: see docs/reference/theatre.md."""
        return {"manifest.json": self._manifest(), "truth/reports.csv": self._links()}

    def _manifest(self) -> bytes:
        tables = [
            {"file": name, "format": "truceline", "rows": len(rows), "refused": 0} for name, rows in self.tables.items()
        ]
        made = {
            "theatre": 1, "seed": self.seed, "reports": sum(map(len, self.tables.values())),
            "as_of": f"{self.as_of:%Y-%m-%dT%H:%M:%SZ}", "difficulty": None, "tables": tables,
            "coverage": ["coverage.csv", "restrictions.csv"],
        }  # fmt: skip
        return json.dumps(made, indent=2).encode() + b"\n"

    def _links(self) -> bytes:
        rows = [
            (f"{one.source}/{one.id}", name, "" if one.of is None else f"x{one.of + 1:06}", one.how, "report")
            for name, reports in self.tables.items()
            for one in reports
        ]
        return truth.lines([truth.REPORT_COLUMNS, *rows])

    def _files(self) -> dict[str, bytes]:
        made = report_files(self.tables) | coverage_files(self.coverage) | tally_file(self.tallies)
        made |= act_files(list(self.acts)) | {"world.json": _json(self.world)}
        knowable = self.knowable()
        if knowable is not None:
            made["knowable.json"] = _json(knowable)
        counts = {name: len(rows) for name, rows in self.tables.items()}
        return made | {"README.md": readme(self.seed, counts, made, knowable is not None)}


def simulate(seed: int, reports: int, pack_yaml: bytes, areas_geojson: bytes, *, knowable: bool = True) -> Theatre:
    """Play a theatre of so many report rows with a pack's areas, actors and readings.

    Pure: the same seed, number and pack give the same bytes. With `knowable=False` what can be known
    is left out, for theatres too large for a slow rule. Raises `PackError` where the pack has nobody
    for a part. With fewer than about sixty rows not every oddity has room.
    """
    with _collector_at_rest():
        return _theatre(seed, reports, pack_yaml, areas_geojson, knowable)


def _theatre(seed: int, reports: int, pack_yaml: bytes, areas_geojson: bytes, knowable: bool) -> Theatre:
    chance = Random(seed)  # noqa: S311 - invented incidents, not secrets
    setting = read_setting(pack_yaml, areas_geojson)
    incidents, told, watched, said = _play(setting, reports, chance)
    tables = numbered(told)
    as_of = instant(setting.day(setting.days + 2), setting.zone)
    rows = [report.cells for table in REPORTS for report in tables[table.name]] if knowable else []
    return Theatre(
        seed=seed,
        tables=tables,
        coverage=watched,
        tallies=tallies(setting, incidents, chance),
        acts=said,
        world=Happened(setting, incidents, told).world(seed),
        as_of=as_of,
        known=known(setting.agreement, setting.geojson, rows, watched, as_of) if knowable else None,
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Hundreds of thousands of rows and hardly a cycle: walking them again and again takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _play(
    setting: Setting, number: int, chance: Random
) -> tuple[list[Incident], list[Report], list[dict[str, str]], list[Act]]:
    """Incidents until there are reports enough; the oddities come first."""
    ground = Ground(setting.agreement, setting.geojson)
    sky, places = weather(setting, chance), spots(ground, chance)
    world = World(setting, sky, places, chance)
    every = [spot for area in setting.areas for spot in places[area]]
    sources = Sources(setting, sky, ground, reaching(every), chance)
    told, incidents = oddities(setting, places, chance)[:number], list[Incident]()
    while len(told) < number:
        one = world.incident()
        told += _told(setting, sources, world, one, len(incidents), chance)
        incidents.append(one)
    return incidents, told[:number], coverage(setting, sky, chance), acts(setting, sky)


def _told(
    setting: Setting, sources: Sources, world: World, one: Incident, position: int, chance: Random
) -> list[Report]:
    """What the sources say of one incident, if any of them heard of it; echoes after what they repeat."""
    made = []
    tellers = (
        (sources.mission, 0.4),
        (sources.ngo, 0.35),
        (sources.hotline, 0.35),
        (sources.alpha, 0.2),
        (sources.beta, 0.15),
    )
    for tell, often in tellers:
        if chance.random() < often:
            report = tell(one)
            report.incident = position
            made.append(_linked(report, "tells", position))
    if made and chance.random() < 0.25:
        repeated = wire.chain(setting, chance.choice(made), chance)[: chance.randint(1, 3)]
        made += [_linked(report, "repeats", position) for report in repeated]
    if made and chance.random() < 0.05:
        made.append(_linked(wire.unmarked_echo(setting, made[0], chance), "repeats_unsaid", position))
    if chance.random() < 0.05:
        made.append(_linked(sources.false_alpha(world.incident()), "nothing_happened", None))
    return made


def _linked(report: Report, how: str, of: int | None) -> Report:
    """The report with what the truth files say of it."""
    report.how, report.of = how, of
    return report


def _json(made: Mapping[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
