"""What bodies hold of pairs of reports, each by itself and jointly, and the incidents that follow.

Jointly counts what a co-chair or the secretariat says and none of them contradicts: *same* against *different* is a
dispute, and until it is settled the pair is neither. *Unsure* contradicts nobody. Parties and observers are shown and
do not count jointly: who fights does not say alone what is one incident. A body that holds a report to repeat another
(an act `origin`) says by it that the two tell of one incident.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from truceline.pipeline.joint_acts import acts_that_count
from truceline.pipeline.judged_pairs import JudgedPairs
from truceline.pipeline.missions import registered
from truceline.pipeline.report_refs import ReportHeld, known
from truceline.store.mission_file import MissionFile
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.grading import OriginHeld
from truceline.vocabulary.judgement import Judgement
from truceline.vocabulary.marking import Reader

JOINTLY = ("co_chair", "secretariat")
"""Roles whose word counts jointly."""
SeqPair = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """Judgements in force. words: by pair of places (the smaller first), what each body says; acts: the acts it is in.

    A body that says two things of one pair, from two devices, says *rival* until it revises both.
    reports: the reports that are named, by place. counting: the bodies whose word counts jointly.
    """

    words: Mapping[SeqPair, Mapping[str, str]]
    acts: Mapping[SeqPair, tuple[ActHeld, ...]]
    reports: Mapping[int, ReportHeld]
    counting: frozenset[str]

    def says(self, pair: SeqPair, body: str | None = None) -> str:
        """Of a pair: `same`, `different`, `unsure`, `disputed`, or "" where nobody judged; of one body or jointly."""
        words = self.words.get(pair, {})
        said = {word for by, word in words.items() if by == body or (body is None and by in self.counting)}
        if "rival" in said or {"same", "different"} <= said:
            return "disputed"
        return next((word for word in ("same", "different", "unsure") if word in said), "")

    def pairs(self, body: str | None = None) -> JudgedPairs:
        """The pairs of one body, or those that count jointly, of reports that are in force."""
        made: dict[str, list[SeqPair]] = {"same": [], "different": [], "unsure": []}
        for pair in sorted(self.words):
            word = self.says(pair, body)
            if word in made and all(self.reports[seq].in_force for seq in pair):
                made[word].append(pair)
        return JudgedPairs(tuple(made["same"]), tuple(made["different"]), tuple(made["unsure"]))

    @cached_property
    def joint(self) -> JudgedPairs:
        """The pairs that count jointly."""
        return self.pairs()


def judged(mission: MissionFile, reader: Reader, size: int) -> Judged:
    """The judgements in force at that size."""
    acts = [one for one in acts_that_count(mission, reader, size) if word_of(one)]
    bodies = registered(mission, size).pack.agreement.bodies if acts else ()
    counting = frozenset(body.id for body in bodies if body.role in JOINTLY)
    found = known(mission, reader, (ref for one in acts for ref in _named(one)), size)
    by_pair: dict[SeqPair, list[ActHeld]] = {}
    for one in acts:
        a, b = (found.get(ref) for ref in _named(one))
        if a is not None and b is not None and a.seq != b.seq:
            by_pair.setdefault((min(a.seq, b.seq), max(a.seq, b.seq)), []).append(one)
    words = {pair: _words(of_pair) for pair, of_pair in by_pair.items()}
    return Judged(
        words, {pair: tuple(one) for pair, one in by_pair.items()}, {one.seq: one for one in found.values()}, counting
    )


def judged_pairs(mission: MissionFile, reader: Reader, size: int) -> JudgedPairs:
    """The pairs that count jointly at that size."""
    return judged(mission, reader, size).joint


def joined(same: Iterable[SeqPair]) -> dict[int, int]:
    """The first of each group of reports that pairs of *same* chain together; reports in none are left out."""
    first: dict[int, int] = {}

    def end(seq: int) -> int:
        while (above := first.setdefault(seq, seq)) != seq:
            seq = above
        return seq

    for one, other in same:
        low, high = sorted((end(one), end(other)))
        first[high] = low
    return {seq: end(seq) for seq in sorted(first)}


def incident_id(ids: Iterable[str]) -> str:
    """The id of an incident: SHA-256 over the ids of its reports, in order, one a line."""
    return sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()


def word_of(held: ActHeld) -> str:
    """What an act says of two reports: `same`, `different` or `unsure`; "" for an act that says nothing of that."""
    if isinstance(held.act, Judgement):
        return held.act.says
    return "same" if isinstance(held.act, OriginHeld) and held.act.says == "repeats" and held.act.of else ""


def _named(held: ActHeld) -> tuple[str, str]:
    if isinstance(held.act, Judgement):
        return held.act.reports
    assert isinstance(held.act, OriginHeld)
    return held.act.report, held.act.of or ""


def _words(acts: Iterable[ActHeld]) -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for one in acts:
        said.setdefault(one.act.by, set()).add(word_of(one))
    return {by: words.pop() if len(words) == 1 else "rival" for by, words in sorted(said.items())}
