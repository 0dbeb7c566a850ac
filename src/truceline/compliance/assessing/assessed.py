"""Every obligation, party, period and body, with its outcome: counted in columns, or judged one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from truceline.compliance.areas import Geometry, Names
from truceline.compliance.assessing.clauses import Bound, Clause, bound_by, clauses_of
from truceline.compliance.assessing.conditions import Asked, Ground, Line, wanted_areas
from truceline.compliance.assessing.counting import (
    BREACHING,
    EXCUSED,
    OPEN,
    PERMITTED,
    WAYS,
    Periods,
    counting,
    permissions_in,
)
from truceline.compliance.assessing.watches import Eyes
from truceline.compliance.excluding import Exclusions
from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.standing import Standing, folded
from truceline.compliance.standing_known import StandingKnown
from truceline.compliance.terrain import Terrain
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.agreement import Agreement, Reading
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY, Bools, Bytes, Ints, Watch
from truceline.vocabulary.designation import Association, ExclusionHeld, ListVersion, NameDecided
from truceline.vocabulary.matters import MatterColumns
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.territory import Claim

WHO_IS_WHO = (ExclusionHeld, NameDecided, Association, ListVersion)
"""Acts that may alter who belongs to a party."""
OUTCOMES = tuple(Outcome)
"""Outcomes by their number in a column."""
Row = tuple[str, str, tuple[int, int], str | None, Outcome]
Ids = dict[tuple[int, int, int], list[tuple[int, str]]]
"""By cell (party, period, body) the matters that count, with how telling each is: in that order, then by id."""
_AT = {outcome: n for n, outcome in enumerate(OUTCOMES)}


@dataclass
class Frame:
    """All that does not change with one more matter. bodies: (id, position in the agreement) of who finds.

    grounds: for each of them who is who as that body holds it; one and the same where nobody decided an exclusion.
    replaced: claims that a later one revises. watched, certain: what `watched_of` and `certain_of` found, kept.
    """

    agreement: Agreement
    reading: Reading
    grounds: tuple[Ground, ...]
    clauses: list[Clause]
    permissions: list[Clause]
    periods: Periods
    bodies: tuple[tuple[str, int], ...]
    as_of: int
    acts: Sequence[ActHeld]
    bound: Bound
    eyes: Eyes
    watched: dict[str, list[Watched]] = field(default_factory=dict)
    replaced: Sequence[ActHeld] = ()
    certain: dict[str, Bytes] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """The pack's areas by their names."""
        return self.grounds[0].names

    def period(self, at: int) -> tuple[int, int]:
        """[start, end) of a period, cut at the as-of instant."""
        return int(self.periods.start[at]), min(int(self.periods.end[at]), self.as_of)


@dataclass
class Assessed:
    """The outcomes. counts: by obligation [party, period, body, way]; outcomes: [party, period, body], jointly last.

    ids: of kinds that look at the matters themselves, those of each cell (party, period, body), most telling first.
    """

    frame: Frame
    counts: dict[str, Ints]
    outcomes: dict[str, Bytes]
    unattributed: int = 0
    ids: dict[str, Ids] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """(obligation, party, period, body, outcome); body None: jointly. In the order of the pack."""
        bodies = (*(name for name, _ in self.frame.bodies), None)
        spans = list(zip(self.frame.periods.start.tolist(), self.frame.periods.end.tolist(), strict=True))
        for clause in self.frame.clauses:
            of = self.outcomes[clause.obligation.id]
            for i, party in enumerate(clause.obligation.obliged):
                for j, period in enumerate(spans):
                    for k, body in enumerate(bodies):
                        yield clause.obligation.id, party, period, body, OUTCOMES[of[i, j, k]]


def framed(
    agreement: Agreement,
    geometry: Geometry,
    acts: Sequence[ActHeld],
    watches: Sequence[Watch],
    periods: Sequence[tuple[int, int]],
    bodies: Sequence[str],
    as_of: int,
    reading: Reading,
    lines: Line,
    obligations: Sequence[Obligation] | None = None,
    replaced: Sequence[ActHeld] = (),
) -> Frame:
    """What is asked, made ready. The reading is known to leave nothing open that is needed."""
    names = Names.of(agreement)
    terrain = Terrain([geometry[area.id] for area in agreement.areas])
    ground = Ground(names, terrain, Standing(agreement, reading), _bodies(agreement), lines)
    known = [one for one in acts if one.at <= as_of]
    every = clauses_of(agreement, agreement.obligations, as_of)
    wanted = None if obligations is None else {one.id for one in obligations}
    position = {body.id: n for n, body in enumerate(agreement.bodies)}
    assert reading.coverage is not None
    return Frame(
        agreement, reading, grounds_of(ground, agreement, reading, known, bodies, as_of),
        [one for one in every if wanted is None or one.obligation.id in wanted], permissions_in(every),
        Periods(*(np.array(column, np.int64) for column in zip(*periods, strict=True))),
        tuple((body, position[body]) for body in bodies), as_of, known, bound_by(agreement, known, as_of),
        Eyes(watches, names, reading.coverage), replaced=replaced,
    )  # fmt: skip


def _bodies(agreement: Agreement) -> dict[str, str]:
    """Ids and titles of bodies, folded, to their ids: what co-chairs owe is counted against them by these."""
    return {folded(text): body.id for body in agreement.bodies for text in (body.id, *body.name.values())}


def grounds_of(
    ground: Ground, agreement: Agreement, reading: Reading, acts: Sequence[ActHeld], bodies: Sequence[str], as_of: int
) -> tuple[Ground, ...]:
    """Who is who as each body holds it. Only words on exclusions, lists and associations make a difference."""
    if not any(isinstance(one.act, WHO_IS_WHO) for one in acts):
        return (replace(ground, standing=Standing(agreement, reading)),) * len(bodies)
    exclusions = Exclusions(agreement, acts, as_of)
    return tuple(replace(ground, standing=StandingKnown(agreement, reading, exclusions, body)) for body in bodies)


def assessed_in(frame: Frame, matters: MatterColumns) -> Assessed:
    """The outcomes of what a frame asks, for these matters; those that begin at or after the as-of instant are none."""
    return assessed_of(frame, asked_by(frame, matters))


def assessed_of(frame: Frame, asked: Sequence[Asked]) -> Assessed:
    """The same of matters that are ready to be asked, for each body."""
    made = Assessed(frame, {}, {}, unattributed(asked[0], frame.agreement))
    for clause in frame.clauses:
        made.counts[clause.obligation.id], made.ids[clause.obligation.id] = counted(frame, asked, clause)
    for clause in frame.clauses:
        conclude(made, clause)
    return made


def asked_by(frame: Frame, matters: MatterColumns) -> list[Asked]:
    """For each body the matters that had begun, ready to be asked; the same where all hold who is who alike."""
    begun = np.flatnonzero(matters.start < frame.as_of)
    known = matters if len(begun) == len(matters) else matters.take(begun)
    apart = {id(ground): ground for ground in frame.grounds}
    made = {key: Asked.of(known, ground) for key, ground in apart.items()}
    return [made[id(ground)] for ground in frame.grounds]


def counted(frame: Frame, asked: Sequence[Asked], clause: Clause) -> tuple[Ints, Ids]:
    """How many matters count for one obligation, [party, period, body, way]; which, where its kind looks at them."""
    shape = (len(clause.obligation.obliged), len(frame.periods.start))
    alike = {id(one): one for one in asked}
    found = {key: counting(one, clause, frame.periods, frame.bound, frame.permissions) for key, one in alike.items()}
    if not any(len(one.matter) for one in found.values()):
        return np.zeros((*shape, len(asked), WAYS), np.int64), {}
    bodies = zip(asked, frame.bodies, strict=True)
    each = [found[id(one)].heard(one.heard_by(at)) for one, (_, at) in bodies]
    ids: Ids = {}
    for k, one in enumerate(each if not clause.by_rows else ()):
        for (i, j), telling, matter in one.ids(asked[k].matters.id):
            ids.setdefault((i, j, k), []).append((telling, matter))
    return np.stack([one.counts(*shape) for one in each], axis=2), ids


def conclude(made: Assessed, clause: Clause, parties: Sequence[int] | None = None) -> None:
    """The outcomes of one obligation from its counts, for all obliged or for some of them."""
    frame, name = made.frame, clause.obligation.id
    counts = made.counts[name]
    shape = (*counts.shape[:2], len(frame.bodies) + 1)
    of = made.outcomes.setdefault(name, np.zeros(shape, np.int8))
    certain, watched = certain_of(frame, clause), watched_of(frame, clause)
    if clause.by_rows:
        of[:, :, :-1] = _by_rows(counts, certain, np.array([one.enough for one in watched], np.bool_))
    else:
        for i in range(shape[0]) if parties is None else parties:
            for j in range(shape[1]):
                for k in range(len(frame.bodies)):
                    before = before_of(made, clause, (i, j, k), certain, watched)
                    of[i, j, k] = _AT[clause.kind.judge(clause.rule, before).outcome]
    each = of[:, :, :-1]
    same = (each == each[:, :, :1]).all(axis=2)
    of[:, :, -1] = np.where(same, each[:, :, 0], _AT[Outcome.UNDECIDED])


def _by_rows(counts: Ints, certain: Bytes, watched: Bools) -> Bytes:
    """What `judge_by_rows` says, for all cells at once; tests hold the two against one another."""
    sure = (certain == SURELY)[:, :, None]
    cases = [
        (np.broadcast_to((certain == NO)[:, :, None], counts.shape[:3]), Outcome.NOT_IN_FORCE),
        (counts[..., PERMITTED] > 0, Outcome.CONFLICT),
        ((counts[..., BREACHING] > 0) & sure, Outcome.BREACHED),
        ((counts[..., OPEN] > 0) | (counts[..., BREACHING] > 0), Outcome.UNDECIDED),
        (counts[..., EXCUSED] > 0, Outcome.EXCUSED),
        (np.broadcast_to(watched[None, :, None], counts.shape[:3]), Outcome.COMPLIED),
    ]
    found: Bytes = np.select(
        [where for where, _ in cases], [_AT[outcome] for _, outcome in cases], _AT[Outcome.NOT_OBSERVED]
    ).astype(np.int8)
    return found


def before_of(
    made: Assessed, clause: Clause, cell: tuple[int, int, int], certain: Bytes, watched: Sequence[Watched]
) -> Before:
    """What lies before whoever judges one cell (party, period, body)."""
    i, j, k = cell
    frame, name = made.frame, clause.obligation.id
    start, end = frame.period(j)
    breaching, excused, maybe, permitted = (int(n) for n in made.counts[name][i, j, k])
    ids = tuple(matter for _, matter in made.ids.get(name, {}).get(cell, ()))
    return Before(
        frame.agreement, clause.obligation, clause.obligation.obliged[i], frame.bodies[k][0], start, end, frame.as_of,
        frame.acts, Rows(breaching, excused, maybe, permitted, ids), watched[j], int(certain[i, j]),
        replaced=frame.replaced,
    )  # fmt: skip


def certain_of(frame: Frame, clause: Clause) -> Bytes:
    """How surely an obligation binds each party at some time of each period: [party, period]."""
    name = clause.obligation.id
    if name not in frame.certain:
        frame.certain[name] = np.zeros((len(clause.obligation.obliged), len(frame.periods.start)), np.int8)
        find_certain(frame, clause, clause.obligation.obliged)
    return frame.certain[name]


def find_certain(frame: Frame, clause: Clause, parties: Iterable[str]) -> None:
    """Put there how surely an obligation binds some of those obliged."""
    one, bound = clause.obligation, frame.bound
    by_act = one.binds != "named" or bound.lapses(one)
    for j in range(len(frame.periods.start)):
        start, end = frame.period(j)
        first, stop = max(clause.window[0], start), min(clause.window[1], end)
        for party in parties if first < stop else ():
            most = bound.most(one, party, first, stop) if by_act else SURELY
            frame.certain[one.id][one.obliged.index(party), j] = most


def watched_of(frame: Frame, clause: Clause) -> list[Watched]:
    """How far the obligation's areas (without any: all) were watched in each period."""
    name = clause.obligation.id
    if name not in frame.watched:
        areas = {area for test in clause.tests for area in test.inside or ()} or clause.obligation.areas
        wanted = wanted_areas(frame.names, tuple(areas)) if areas else np.ones(frame.names.count, np.bool_)
        frame.watched[name] = [frame.eyes.on(wanted, frame.period(j)) for j in range(len(frame.periods.start))]
    return frame.watched[name]


def unattributed(asked: Asked, agreement: Agreement) -> int:
    """Matters of which nobody named may belong to a party: they count for none, and are never spread over parties."""
    if not agreement.parties:
        return len(asked.matters)
    who = asked.did.did([party.id for party in agreement.parties]).max(axis=1, initial=NO)[asked.did.which]
    return int(((who == NO) & (asked.held != NO)).sum())


def without(frame: Frame, acts: Sequence[ActHeld]) -> Frame:
    """The same frame with other acts. A claim that is no longer among them was revised."""
    known = [one for one in acts if one.at <= frame.as_of]
    bodies = [name for name, _ in frame.bodies]
    grounds = grounds_of(frame.grounds[0], frame.agreement, frame.reading, known, bodies, frame.as_of)
    still = {one.id for one in known}
    gone = (one for one in frame.acts if isinstance(one.act, Claim) and one.id not in still)
    return replace(
        frame, acts=known, bound=bound_by(frame.agreement, known, frame.as_of), grounds=grounds,
        replaced=(*frame.replaced, *gone), certain={},
    )  # fmt: skip
