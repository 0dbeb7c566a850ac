"""Entering a release: which fields of which own entries the holders of other logs may read, or that they are withheld.

Nothing is sent here: the next bundle or pull carries it. What one has opened cannot be taken back.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from truceline.errors import ActError, ValueNotRead
from truceline.exchange.releases import (
    BY_NAME_ONLY,
    EVERY,
    NEEDED,
    OPENED,
    OPENLY,
    RELEASE,
    WITHHELD,
    Release,
    objection,
)
from truceline.pipeline.act_rows import GEOMETRY, PLACES
from truceline.pipeline.exchanging import holder_named
from truceline.pipeline.giving import release_row
from truceline.pipeline.keys import signing_key
from truceline.pipeline.missions import ACT, open_mission
from truceline.pipeline.models_held import MODEL
from truceline.record.commit import Field
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance, Pen
from truceline.store.tables import OWN_LOG

ALL = "all"
SUBMISSION = "submission"
TO_READ_ROWS = ("about", "numbers")
"""Fields of a submission that are opened with some fields of its rows: without them no row can be read."""
SEALED_APART = (PLACES, GEOMETRY)
"""Fields of an act that stay sealed unless they are named: the places of a settlement list, where a line or zone is."""

Runs = list[tuple[int, int]]
"""First and count of entries that follow one another."""


class Wanted(Struct, frozen=True):
    """What is to be released, as it was asked for: ids, or everything from an entry on (None: only the ids).

    fields: their names, none for all but those that are opened by name only. to: names of holders, or `all`.
    once_sealed: the holder who must have cosigned the entries first. sign: the key of a person that signs it (None:
    the log's own).
    """

    to: tuple[str, ...]
    because: str
    ids: tuple[str, ...] = ()
    since: int | None = None
    fields: tuple[str, ...] = ()
    withhold: bool = False
    by: str = ""
    once_sealed: str | None = None
    sign: str | None = None


class Matter(Struct, frozen=True):
    """What one release entry is about: the runs of entries, and the fields of every one of them."""

    entries: tuple[tuple[int, int], ...]
    fields: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many entries."""
        return sum(count for _, count in self.entries)


class OfKind(Struct, frozen=True):
    """How many entries there are of a kind."""

    kind: str
    count: int


class OfField(Struct, frozen=True):
    """Of how many entries a field is opened (or withheld), and of how many it stays sealed."""

    field: str
    opened: int
    sealed: int


class Released(Struct, frozen=True):
    """What was released, or would be: the ids of the entries that say so (none of a preview).

    entries: how many there are of each kind. fields: of how many of them each is opened, or stays sealed; what every
    holder reads anyway (`OPENLY`), or needs to read the rest, is not counted as sealed.
    """

    what: str
    to: tuple[str, ...]
    ids: tuple[str, ...]
    matters: tuple[Matter, ...]
    entries: list[OfKind]
    fields: list[OfField]
    to_names: tuple[str, ...]
    preview: bool


def names_in(fields: str) -> tuple[str, ...]:
    """The names of fields that are written with commas between them."""
    return tuple(name.strip() for name in fields.split(",") if name.strip())


def release(path: Path, wanted: Wanted, *, preview: bool = False, now_us: int, chance: Chance) -> Released:
    """Enter the release, or only say what it would open. Raises `ValueNotRead`, `ActError`, `MissionError`."""
    with open_mission(path, write=not preview) as mission:
        to = _readers(mission, wanted.to)
        chosen, matters, kinds, fields = _chosen(mission, wanted)
        if wanted.once_sealed is not None:
            _check_sealed(mission, wanted.once_sealed, max(chosen) + 1)
        what = WITHHELD if wanted.withhold else OPENED
        ids: list[str] = []
        if not preview:
            key = None if wanted.sign is None else signing_key(mission, wanted.sign)
            with mission.pen(now_us, chance, key) as pen:
                for matter in matters:
                    made = Release(pen.size, what, wanted.by, matter.entries, matter.fields, to, wanted.because)
                    ids.append(enter_release(mission, pen, made))
    return Released(what, to, tuple(ids), tuple(matters), kinds, fields, wanted.to, preview)


def enter_release(mission: MissionFile, pen: Pen, made: Release) -> str:
    """Enter one release within a pen that is held; its id. Raises `ActError` for one that is not well formed."""
    if wrong := objection(made):
        raise ActError(f"The release cannot be entered: {wrong}.", "Release less at once.")
    seq, entry_id = pen.enter(RELEASE, made.form(), {})
    assert seq == made.seq, "a release is entered where it says it stands"
    mission.releasing.put_release(OWN_LOG, seq, release_row(made, entry_id))
    return entry_id


def _readers(mission: MissionFile, names: Sequence[str]) -> tuple[str, ...]:
    """The origins of these holders, `*` for all."""
    if not names:
        raise ValueNotRead("Nobody is named to whom this is released.", "Name a holder, or: --to all")
    return (EVERY,) if ALL in names else tuple(sorted({holder_named(mission, name).origin for name in names}))


def _check_sealed(mission: MissionFile, name: str, size: int) -> None:
    """The holder has cosigned these entries: it cannot say later that they were written after it opened its own."""
    origin = holder_named(mission, name).origin
    held = max((one.size for one in mission.others.cosigned(OWN_LOG) if one.name == origin), default=0)
    if held < size:
        raise ActError(
            f"{name} has cosigned this log up to {held:,} entries, but the release reaches to {size:,}.",
            "Exchange bundles first, so that its cosignature comes back; then release.",
        )


def _chosen(mission: MissionFile, wanted: Wanted) -> tuple[Sequence[int], list[Matter], list[OfKind], list[OfField]]:
    """The entries, what the release entries are about, and the counts for people."""
    seqs: Sequence[int]
    if wanted.since is not None:
        if not 0 <= wanted.since < mission.size:
            mend = f"Give a SIZE below that, not {wanted.since}."
            raise ValueNotRead(f"The record has {mission.size:,} entries.", mend)
        seqs = range(wanted.since, mission.size)
    else:
        seqs = _by_id(mission, wanted.ids)
    kinds: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    alike: dict[tuple[str, ...], list[int]] = {}
    for seq, kind, fields in _named(mission, seqs):
        if kind == MODEL and not wanted.ids:
            continue  # It counts reports by place, also those that are not opened: only by name.
        names = _to_open(kind, fields, wanted.fields)
        kinds[kind] += bool(names)
        opened.update(names)
        if kind not in OPENLY and kind not in NEEDED:
            closed.update(name for name, _ in fields if name not in names)
        if names:
            whole = not wanted.fields and not any(name in SEALED_APART for name, _ in fields)
            alike.setdefault((EVERY,) if whole else names, []).append(seq)
    if unknown := [name for name in wanted.fields if name not in opened] or ([] if alike else ["any field"]):
        mend = "`--preview` without --fields shows what there is."
        raise ValueNotRead(f"None of these entries has {', '.join(unknown)}.", mend)
    matters = [Matter(tuple(_runs(some)), names) for names, some in sorted(alike.items())]
    every = sorted({*opened, *closed})
    counted = [OfKind(kind, count) for kind, count in sorted(kinds.items()) if count]
    return seqs, matters, counted, [OfField(name, opened[name], closed[name]) for name in every]


def _by_id(mission: MissionFile, ids: Sequence[str]) -> list[int]:
    """The entries with these ids, a submission with its rows."""
    if not ids:
        raise ValueNotRead("No entry is named.", "Give the beginnings of ids, --since SIZE, or --all.")
    seqs = set[int]()
    for beginning in ids:
        try:
            seq = mission.seq_of(beginning)
        except ValueError as error:
            mend = "Ids are hexadecimal; give more digits."
            raise ValueNotRead(f"{beginning!r} is no entry: {error}.", mend) from error
        _, kind, links, _ = next(mission.payloads(seq, seq + 1))
        seqs.add(seq)
        if kind == SUBMISSION:
            seqs.update(range(int(links["first"]), seq))
    return sorted(seqs)


def _named(mission: MissionFile, seqs: Sequence[int]) -> Iterable[tuple[int, str, list[Field]]]:
    """Seq, kind and fields of these entries, without what was destroyed."""
    gone = mission.destroying.of_own()
    for first, count in _runs(seqs):
        for seq, kind, _, fields in mission.payloads(first, first + count):
            yield seq, kind, [field for at, field in enumerate(fields) if at not in gone.get(seq, ())]


def _to_open(kind: str, fields: Sequence[Field], wanted: Sequence[str]) -> tuple[str, ...]:
    names = [name for name, _ in fields]
    if not wanted:
        return tuple(name for name in names if name != BY_NAME_ONLY and not (kind == ACT and name in SEALED_APART))
    return tuple(name for name in names if name in wanted or (kind == SUBMISSION and name in TO_READ_ROWS))


def _runs(seqs: Sequence[int]) -> Runs:
    """Ascending seqs as runs."""
    if not seqs:
        return []
    breaks = [at + 1 for at, (one, two) in enumerate(pairwise(seqs)) if two != one + 1]
    return [(seqs[start], end - start) for start, end in pairwise([0, *breaks, len(seqs)])]
