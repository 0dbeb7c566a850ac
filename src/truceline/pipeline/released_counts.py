"""Releasing counts: what may be told of an indicator now, in view of all that was ever told to anybody, and the act.

The registry is the record: every act `counts_released` that was ever entered, those taken back among them, for what was
read was read. Of each, the incidents are worked out again at the cut it was made at.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from truceline.errors import NotReleased, ValueNotRead
from truceline.pipeline.acts_held import acts_ever
from truceline.pipeline.entering import enter_act
from truceline.pipeline.missions import open_mission
from truceline.pipeline.questions import Answer, Asked, ask
from truceline.publication.released_counts import LEAST, Block, Given, Incidents, Margin, Release, blocks, margins
from truceline.publication.released_counts import released as worked_out
from truceline.publication.released_counts.release import Earlier
from truceline.store.mission_file import MissionFile
from truceline.store.pen import Chance
from truceline.vocabulary.agreement import Indicator
from truceline.vocabulary.columns import SURELY
from truceline.vocabulary.counts_released import BlockTold, CountsReleased
from truceline.vocabulary.marking import INTERNAL, Audience
from truceline.vocabulary.when import iso

DAY_NAME = 10


class Wish(Struct, frozen=True):
    """What shall be released. first, last: days, both included; empty: the first and the last day of the ledger."""

    to: Audience
    indicator: str
    least: int = LEAST
    first: str = ""
    last: str = ""


class CountsTold(Struct, frozen=True):
    """What a release tells. id: of the act; empty where nothing was entered yet. margins: sums of whole blocks."""

    id: str
    act: CountsReleased
    margins: tuple[Margin, ...]


def release_counts(
    path: Path, wish: Wish, *, by: str, at: str, because: str, now_us: int, chance: Chance, sign: str | None = None,
    preview: bool = False,
) -> CountsTold:  # fmt: skip
    """Work out what may be told now, and enter it; or, with `preview`, only say it.

    Raises `NotReleased` where another indicator was released of these days, `ValueNotRead` for what is none.
    """
    with open_mission(path, write=not preview) as mission:
        act = proposed(mission, wish, by=by, at=at, because=because, now_us=now_us)
        done = "" if preview else enter_act(mission, act, sign=sign, now_us=now_us, chance=chance).id
    return CountsTold(done, act, margins(release_of(act)))


def proposed(mission: MissionFile, wish: Wish, *, by: str, at: str, because: str, now_us: int) -> CountsReleased:
    """The act that may be entered now."""
    if wish.to is Audience.INTERNAL:
        raise ValueNotRead("What is internal needs no release.", "Name co_chairs, task_force, council or public.")
    size = mission.size
    answer = ask(mission, Asked(INTERNAL, now_us, known=str(size) if size else None))
    indicator, ever = _indicator(answer, wish.indicator), list(ever_released(mission))
    first, until = _period(answer, wish)
    _refuse_beside_others(answer, indicator, [one for _, one in ever], first, until)
    same = [(n, one) for n, one in ever if one.indicator == indicator.id]
    earlier = [Earlier(release_of(one), _then(mission, one, now_us), str(one.size)) for _, one in same]
    now, areas = incidents_of(answer, indicator.id), answer.evaluated.ledger.areas
    held = tuple(dict.fromkeys(given.block for each in earlier for given in each.release.given))
    try:
        chosen = blocks(now, wish.least, held, classes=[indicator.id], areas=areas, first=first, until=until)
    except ValueError as error:
        raise ValueNotRead(f"{error}.", "Give 5, or more.") from error
    release = worked_out(chosen, now, earlier, least=wish.least, first=first, until=until)
    return CountsReleased(
        by=by, at=at, to=wish.to, indicator=indicator.id, least=wish.least, first=_name(first), last=_name(until - 1),
        size=size, as_of=iso(answer.evaluated.question.as_of, answer.evaluated.question.zone),
        reading=answer.reading.id, blocks=tuple(map(_told, release.given)), because=because,
    )  # fmt: skip


def ever_released(mission: MissionFile) -> Iterator[tuple[str, CountsReleased]]:
    """Every release of counts that this record holds, with the id of the act, oldest first; also those taken back."""
    for held in acts_ever(mission, INTERNAL):
        if isinstance(held.act, CountsReleased):
            yield held.id, held.act


def release_of(act: CountsReleased) -> Release:
    """The release that an act tells of."""
    given = tuple(
        Given(Block(act.indicator, one.areas, _day(one.first), _day(one.last) + 1), one.number, one.cut, one.least)
        for one in act.blocks
    )
    return Release(given, _day(act.first), _day(act.last) + 1)


def incidents_of(answer: Answer, indicator: str) -> Incidents:
    """The incidents that surely count, surely in one area and on one day: by area and day."""
    ledger, rows = answer.evaluated.ledger, answer.evaluated.incidents
    k = [one.indicator for one in ledger.indicators].index(indicator)
    found: dict[tuple[str, str, int], set[int]] = {}
    alone = rows.placed.sets.sum(axis=1) == 1
    where = rows.placed.sets.argmax(axis=1)
    sure = (rows.counts[k] == SURELY) & ~rows.again & alone[rows.placed.of] & (rows.first_day == rows.last_day)
    sure &= (rows.first_day >= 0) & (rows.first_day < len(ledger.days)) & (where[rows.placed.of] < len(ledger.areas))
    for n in sure.nonzero()[0].tolist():
        area = ledger.areas[int(where[rows.placed.of[n]])]
        found.setdefault((indicator, area, _day(ledger.days[int(rows.first_day[n])].name)), set()).add(int(rows.seq[n]))
    return {atom: frozenset(its) for atom, its in found.items()}


def _then(mission: MissionFile, act: CountsReleased, now_us: int) -> Mapping[tuple[str, str, int], frozenset[int]]:
    """The incidents at the cut of an earlier release, worked out again."""
    asked = Asked(INTERNAL, now_us, as_of=act.as_of, known=str(act.size), reading=act.reading)
    return incidents_of(ask(mission, asked), act.indicator)


def _refuse_beside_others(
    answer: Answer, indicator: Indicator, ever: list[CountsReleased], first: int, until: int
) -> None:
    """Of the same days only indicators that count no incident in common: else one is subtracted from the other."""
    known = {one.id: one for one in answer.evaluated.question.agreement.indicators}
    for act in ever:
        apart = _day(act.last) < first or until <= _day(act.first)
        if act.indicator != indicator.id and not apart and not _disjoint(indicator, known.get(act.indicator)):
            raise NotReleased(
                f"Counts of {act.indicator!r} from {act.first} to {act.last} were released; those of "
                f"{indicator.id!r}, subtracted from them, could give back a small count.",
                "Release the same indicator, other days, or one that counts no incident of that one.",
            )


def _disjoint(one: Indicator, other: Indicator | None) -> bool:
    return bool(other and one.kinds and other.kinds and not {*one.kinds} & {*other.kinds})


def _indicator(answer: Answer, name: str) -> Indicator:
    known = {one.id: one for one in answer.evaluated.question.agreement.indicators}
    if name not in known:
        raise ValueNotRead(f"{name!r} is no indicator of this agreement.", f"It has: {', '.join(known)}.")
    return known[name]


def _period(answer: Answer, wish: Wish) -> tuple[int, int]:
    days = [_day(one.name) for one in answer.evaluated.ledger.days]
    first = max(_day(wish.first), days[0]) if wish.first and days else days[0] if days else 0
    until = min(_day(wish.last), days[-1]) + 1 if wish.last and days else days[-1] + 1 if days else 0
    if first >= until:
        raise ValueNotRead("There is no day to release counts of.", "Give days of the agreement that have been.")
    return first, until


def _told(one: Given) -> BlockTold:
    block = one.block
    return BlockTold(block.areas, _name(block.first), _name(block.until - 1), one.least, one.number, one.cut)


def _day(name: str) -> int:
    try:
        return date.fromisoformat(name[:DAY_NAME]).toordinal()
    except ValueError as error:
        raise ValueNotRead(f"{name!r} is no day.", "Write YYYY-MM-DD.") from error


def _name(day: int) -> str:
    return date.fromordinal(day).isoformat()
