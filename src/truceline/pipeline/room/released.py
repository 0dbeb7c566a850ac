"""What was released: what a reader outside is shown, as a page and as files; and what was released to whom, for us."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.gated import Gate, gate_of, released_rows
from truceline.pipeline.missions import acts, open_mission, registered
from truceline.pipeline.released_counts import release_of
from truceline.pipeline.room.reports import ReportShown, report_shown
from truceline.publication.gate import reaches
from truceline.publication.geojson import geojson
from truceline.publication.layers import Kind, Layer
from truceline.publication.released_counts import Margin, margins
from truceline.publication.tables import harmless, written
from truceline.store.mission_file import MissionFile
from truceline.store.tables import OWN_LOG, log_at
from truceline.vocabulary.act import ActHeld, Determination, Finding
from truceline.vocabulary.clearance import GROUPS, Clearance, Marking
from truceline.vocabulary.counts_released import BlockTold, CountsReleased
from truceline.vocabulary.marking import INTERNAL, TLP, Audience, Reader
from truceline.vocabulary.when import iso

DATE = 10
HEADS = (
    "report", "source", "from", "until", "when_words", "lat", "lon", "radius_m", "cell_m", "place", "area", "kind",
    "weapon", "side_a", "side_b", "killed_low", "killed_best", "killed_high", "words", "language", "withheld",
    "audience", "exercise",
)  # fmt: skip
_KINDS = dict.fromkeys(("radius_m", "cell_m", "killed_low", "killed_best", "killed_high"), Kind.WHOLE)
_KINDS |= {"lat": Kind.DEGREES, "lon": Kind.DEGREES}
COUNT_HEADS = ("indicator", "areas", "first", "last", "number", "least", "cut", "audience", "exercise")


class HeldShown(Struct, frozen=True):
    """What a body holds, as far as it was cleared: who, what kind of word, of which matter, to which outcome.

    when: a date, or as said; who: whom it names; because: the reasons. Empty where they were not cleared.
    """

    id: str
    by: str
    kind: str
    about: str
    outcome: str
    when: str = ""
    who: str = ""
    what: str = ""
    because: str = ""


class CountsShown(Struct, frozen=True):
    """One release of counts. title: of the indicator. blocks, margins: of those a number is told, or not."""

    id: str
    by: str
    at: str
    to: str
    title: str
    indicator: str
    least: int
    first: str
    last: str
    blocks: tuple[BlockTold, ...]
    margins: tuple[Margin, ...]


class Released(Struct, frozen=True):
    """Everything that is cleared to one audience. names: of areas, by id."""

    agreement: str
    exercise: bool
    audience: str
    tlp: str
    reports: tuple[ReportShown, ...]
    held: tuple[HeldShown, ...]
    counts: tuple[CountsShown, ...]
    names: dict[str, str]


class Opened(Struct, frozen=True):
    """One word that opens or narrows, for the own side. withheld: groups of fields that it does not open."""

    id: str
    at: str
    by: str
    kind: str
    to: tuple[str, ...]
    reports: int
    acts: int
    fields: tuple[str, ...]
    withheld: tuple[str, ...]
    cell_m: int | None
    days: bool
    consent: str
    because: str
    in_force: bool


def released(path: Path, reader: Reader, language: str = "en") -> Released:
    """What this reader is shown, as the gate stands now."""
    with open_mission(path) as mission:
        agreement = registered(mission).pack.agreement
        zone = agreement.zone
        rows = released_rows(mission, reader)
        reports = tuple(report_shown(row, _name(row), zone, in_force=True) for row in rows)
        titles = {one.id: one.title.get(language, one.title["en"]) for one in agreement.indicators}
        counts = tuple(
            counts_shown(one.id, one.act, titles.get(one.act.indicator, one.act.indicator))
            for one in counts_in_force(mission) if isinstance(one.act, CountsReleased)
            if reader.audience is Audience.INTERNAL or reaches(one.act.to, reader.audience)
        )  # fmt: skip
        names = {area.id: area.name.get(language, area.name["en"]) for area in agreement.areas}
        return Released(
            agreement.title.get(language, agreement.title["en"]), mission.exercise, reader.audience.value,
            TLP[reader.audience], reports, tuple(_held(mission, gate_of(mission, reader), zone)), counts, names,
        )  # fmt: skip


def counts_in_force(mission: MissionFile) -> list[ActHeld]:
    """Releases of counts of the own log that were not taken back."""
    return [one for one in acts(mission, INTERNAL, kinds=("counts_released",)) if log_at(one.seq) == OWN_LOG]


def counts_shown(id_: str, act: CountsReleased, title: str) -> CountsShown:
    """A release of counts as a page shows it; weeks of which no number is told are left out."""
    shown = tuple(one for one in margins(release_of(act)) if one.of != "week" or one.number)
    return CountsShown(
        id_, act.by, act.at, act.to.value, title, act.indicator, act.least, act.first, act.last, act.blocks, shown
    )  # fmt: skip


def _name(row: dict[str, object]) -> str:
    return f"{row['source']}/{row['source_row']}"


def _held(mission: MissionFile, gate: Gate, zone: str) -> Sequence[HeldShown]:
    """Findings and categories cleared to the reader. Inside, nothing is said here: the pages of cases say it."""
    if not gate.acts:
        return ()
    return [
        _one_held(one, cleared, zone)
        for one in acts(mission, INTERNAL)
        if isinstance(one.act, Finding | Determination) and (cleared := gate.act_shown(one.id))
    ]


def _one_held(one: ActHeld, cleared: Sequence[Clearance], zone: str) -> HeldShown:
    """What the clearances of an act open together. A matter that may name a source stays with the source."""
    act = one.act
    assert isinstance(act, Finding | Determination)
    refused = any(each.consent == "withheld" for each in cleared)
    fields = {name for each in cleared for name in each.fields}
    rest = "rest" in fields and not refused and any("rest" in e.fields and e.consent == "given" for e in cleared)
    dated = "when" in fields
    days = all(each.days for each in cleared if "when" in each.fields)
    finding = isinstance(act, Finding)
    return HeldShown(
        one.id, act.by, "finding" if finding else "determination", act.about if "/" not in act.about else "",
        act.held if isinstance(act, Finding) else act.category,
        when=(iso(one.when, zone)[:DATE] if days else act.when or act.at) if dated else "",
        who=(act.attributed_to or "") if isinstance(act, Finding) and "who" in fields else "",
        what=act.what if isinstance(act, Finding) and rest else "", because=act.because if rest else "",
    )  # fmt: skip


def releases_log(path: Path) -> tuple[Opened, ...]:
    """Every clearance, marking and release of counts that was ever entered here, newest first."""
    with open_mission(path) as mission:
        said = [one for one in acts_ever(mission, INTERNAL) if log_at(one.seq) == OWN_LOG]
    opened = (one for one in reversed(said) if isinstance(one.act, Clearance | Marking | CountsReleased))
    return tuple(map(_opened, opened))


def _opened(one: ActHeld) -> Opened:
    act = one.act
    assert isinstance(act, Clearance | Marking | CountsReleased)
    fields = () if isinstance(act, CountsReleased) else act.fields
    clears = isinstance(act, Clearance)
    return Opened(
        one.id, act.at, act.by, "clearance" if clears else "marking" if isinstance(act, Marking) else "counts",
        tuple(role.value for role in act.roles) if isinstance(act, Marking) else (act.to.value,),
        0 if isinstance(act, CountsReleased) else len(act.reports), len(act.acts) if isinstance(act, Clearance) else 0,
        fields, tuple(group for group in GROUPS if group not in fields) if clears else (),
        act.cell_m if isinstance(act, Clearance) and isinstance(act.cell_m, int) else None,
        act.days if isinstance(act, Clearance) else False, act.consent if isinstance(act, Clearance) else "",
        act.because, one.replaced_by is None,
    )  # fmt: skip


def reports_csv(shown: Released) -> bytes:
    """The reports as a table that a spreadsheet runs nothing of."""
    return written(HEADS, [[harmless("" if v is None else str(v)) for v in _cells(shown, r)] for r in shown.reports])


def reports_geojson(shown: Released) -> bytes:
    """The reports with a point as GeoJSON."""
    rows = [((r.lon, r.lat), _cells(shown, r)) for r in shown.reports if r.lat is not None and r.lon is not None]
    columns = {name: _KINDS.get(name, Kind.TEXT) for name in HEADS}
    return geojson(Layer("released", "report", columns, "Point", rows, shown.tlp, shown.exercise))


def counts_csv(shown: Released) -> bytes:
    """The counts, a row a block. number: empty for fewer than `least`."""
    stamp = (shown.tlp, "yes" if shown.exercise else "no")
    rows = [
        (
            one.indicator, " ".join(block.areas), block.first, block.last,
            "" if block.number is None else str(block.number), str(block.least), block.cut, *stamp,
        )
        for one in shown.counts for block in one.blocks
    ]  # fmt: skip
    return written(COUNT_HEADS, rows)


def _cells(shown: Released, one: ReportShown) -> list[str | int | float | None]:
    placed = one.lat is not None
    return [
        one.name, one.source, one.start, one.end, one.when_words, one.lat, one.lon, one.radius_m if placed else None,
        one.cell_m if placed else None, one.place, one.area, one.kind, one.weapon, "; ".join(one.side_a),
        "; ".join(one.side_b), *one.killed, one.words, one.language, " ".join(one.withheld), shown.tlp,
        "yes" if shown.exercise else "no",
    ]  # fmt: skip
