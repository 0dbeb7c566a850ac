"""A theatre of any size, file by file and piece by piece: no more than one chunk of it is held at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np

from truceline.theatre.acts import act_files, acts
from truceline.theatre.benchmark import truth
from truceline.theatre.benchmark.channels import FALSE, NAMELESS, TICKER, WIRE, Channel, rates, shares_of
from truceline.theatre.benchmark.difficulty import Difficulty
from truceline.theatre.benchmark.draws import Column, Ints, Yes
from truceline.theatre.benchmark.ending import Ending
from truceline.theatre.benchmark.forms import Form, form_of
from truceline.theatre.benchmark.forms.workbook import workbook
from truceline.theatre.benchmark.incidents import Incidents, incidents
from truceline.theatre.benchmark.masks import Telling
from truceline.theatre.benchmark.meant import meant
from truceline.theatre.benchmark.said import Said, ids, said
from truceline.theatre.benchmark.stage import Stage
from truceline.theatre.coverage import coverage
from truceline.theatre.setting import read_setting

Piece = tuple[str, bytes]
MOST_FILE_ROWS = 2_000_000
"""Rows of one file; a larger table is written in parts, ucdp.csv, ucdp-2.csv and so on."""


@dataclass
class Table:
    """One file being written: its format, how many rows it has, and how many of these must be refused."""

    file: str
    format: str
    form: Form
    rows: int = 0
    refused: int = 0
    body: list[bytes] = field(default_factory=list)
    """The rows of a workbook, kept until all are there."""


@dataclass(frozen=True)
class Played:
    """A theatre about to be written. `pieces` may be walked once: files come piece by piece, each in order."""

    stage: Stage
    difficulty: Difficulty
    telling: Telling
    knowable: bool

    def pieces(self) -> Iterator[Piece]:
        """(file, bytes to append to it) until all is written."""
        return _Writing(self).pieces()


def played(
    seed: int,
    reports: int,
    pack_yaml: bytes,
    areas_geojson: bytes,
    *,
    formats: tuple[str, ...] = ("truceline",),
    difficulty: Difficulty = Difficulty(),  # noqa: B008 (frozen)
    knowable: bool = False,
) -> Played:
    """A theatre of so many report rows in these formats. The same arguments give the same bytes everywhere.

    knowable: also work out what can be known, by the slow rule; that holds every row in memory.
    Raises `PackError`, and `FileNotRead` for a format or a size there is not.
    """
    stage = Stage(read_setting(pack_yaml, areas_geojson), seed)
    wanted = rates(shares_of(formats, reports), difficulty)
    return Played(stage, difficulty, Telling(stage, wanted, reports), knowable)


class _Writing:
    """Walks through the incidents in order of days, and writes what is told of each chunk."""

    def __init__(self, played: Played) -> None:
        self.played, self.stage, self.difficulty = played, played.stage, played.difficulty
        self.tables: dict[str, list[Table]] = {}
        self.known: list[dict[str, str]] = []
        self.weeks: dict[tuple[str, int], list[int]] = {}

    def pieces(self) -> Iterator[Piece]:
        yield truth.REPORTS, truth.lines([truth.REPORT_COLUMNS])
        yield truth.INCIDENTS, truth.lines([truth.INCIDENT_COLUMNS])
        for number in self.played.telling.chunks():
            yield from self._chunk(number)
        for parts in self.tables.values():
            yield from _end(parts[-1])
        yield from self._rest()

    def _chunk(self, number: Ints) -> Iterator[Piece]:
        telling = self.played.telling
        one, masks = incidents(self.stage, number, telling.incidents), telling.told(number)
        told, first = _told_times(masks, number), _first(masks, number)
        for channel, mask in masks.items():
            if mask.any():
                reports = said(self.stage, self.difficulty, channel, one.only(mask), first[mask])
                yield from self._told(channel, reports)
        yield truth.INCIDENTS, truth.incident_rows(self.stage, one, told)
        self._count(one)

    def _told(self, channel: Channel, reports: Said) -> Iterator[Piece]:
        name, form = form_of(channel)
        columns = form.table(reports)
        names = tuple(columns)
        parts = self.tables.setdefault(name, [])
        if not parts or parts[-1].rows + len(reports) > MOST_FILE_ROWS:
            if parts:
                yield from _end(parts[-1])
            parts.append(Table(_part(name, len(parts) + 1), channel.format, form))
            yield from _append(parts[-1], form.head(names))
        elif form.between:
            yield from _append(parts[-1], form.between)
        table = parts[-1]
        table.rows += len(reports)
        table.refused += int(reports.wrong.sum())
        yield from _append(table, form.rows(names, [column.tolist() for column in columns.values()]))
        yield truth.REPORTS, truth.report_rows(reports, table.file)
        if self.played.knowable:
            self.known += meant(reports)

    def _count(self, one: Incidents) -> None:
        """Incidents and people killed by area and week, for the sources' own totals."""
        areas = self.stage.setting.areas
        weeks = int(one.day.max()) // 7 + 1
        key = one.area * weeks + one.day // 7
        times = np.bincount(key, minlength=len(areas) * weeks)
        deaths = np.bincount(key, weights=one.killed, minlength=len(areas) * weeks)
        for at in np.flatnonzero(times).tolist():
            held = self.weeks.setdefault((areas[at // weeks], at % weeks), [0, 0])
            held[0] += int(times[at])
            held[1] += int(deaths[at])

    def _rest(self) -> Iterator[Piece]:
        setting, chance = self.stage.setting, Random(self.stage.draws.seed)  # noqa: S311 - invented watches
        watched = coverage(setting, self.stage.sky, chance)
        kept = [row for row in watched if not _dropped(row, chance, self.difficulty.missing_coverage)]
        tables = [table for parts in self.tables.values() for table in parts]
        ending = Ending(self.stage, self.difficulty, kept, chance)
        yield from ending.files(self.weeks, self.known if self.played.knowable else None)
        yield from act_files(acts(setting, self.stage.sky)).items()
        yield from ending.readme([(table.file, table.format, table.rows, table.refused) for table in tables])


def _told_times(masks: Mapping[Channel, Yes], number: Ints) -> Ints:
    """How many reports tell of each incident, at first hand or not."""
    told = np.zeros(len(number), np.int64)
    for channel, mask in masks.items():
        if channel is not FALSE:
            told += mask
    return told


def _first(masks: Mapping[Channel, Yes], number: Ints) -> Column:
    """The reference of the first report of each incident, in the channels' order: what the wire repeats.

    Rows without ids cannot be named; who repeats one of them repeats nothing that can be found.
    """
    found = np.full(len(number), "", object)
    for channel in reversed(list(masks)):
        if channel in (WIRE, TICKER, FALSE) or channel.format in NAMELESS:
            continue
        mask = masks[channel]
        found[mask] = f"{channel.source}/" + ids(channel, number[mask])
    return found


def _dropped(row: Mapping[str, str], chance: Random, share: float) -> bool:
    """Coverage of single days goes missing; the long watch over the calm days stays."""
    return chance.random() < share and row["from"][:10] == row["to"][:10]


def _append(table: Table, content: bytes) -> Iterator[Piece]:
    if table.format == "xlsx":
        table.body.append(content)
    elif content:
        yield table.file, content


def _end(table: Table) -> Iterator[Piece]:
    if table.format == "xlsx":
        yield table.file, workbook(b"".join(table.body))
    elif table.form.foot:
        yield table.file, table.form.foot


def _part(name: str, number: int) -> str:
    stem, _, suffix = name.rpartition(".")
    return name if number == 1 else f"{stem}-{number}.{suffix}"
