"""What bodies have said of a clock: declarations, determinations and findings, the last of each body in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.vocabulary.act import ActHeld, Declaration, Determination, Finding
from truceline.vocabulary.agreement import Clock, FindingReset
from truceline.vocabulary.when import read_instant

GRAVE = "serious_violation"
"""The category that breaks a clock where the clock names no other."""


@dataclass(frozen=True)
class Said:
    """One body's word on whether the clock holds, since when, by which act; of which log, where there are several."""

    by: str
    holds: bool
    since: int
    act: str
    about: str
    log: str = ""


@dataclass(frozen=True)
class Sayings:
    """All that was said of one clock, up to the as-of instant.

    opposed: pairs of bodies that contradict each other on one matter, with their last word.
    breaks: matters that every body needed has called a break, with the instant each is of.
    """

    met: tuple[str, ...]
    not_met: tuple[Said, ...]
    opposed: tuple[tuple[Said, Said], ...]
    breaks: tuple[tuple[str, int, tuple[str, ...]], ...]
    asserted: tuple[Said, ...]
    extended_until: int | None
    conditions: dict[str, tuple[str, ...]]
    acts: dict[str, tuple[str, ...]]


def sayings_of(clock: Clock, acts: Sequence[ActHeld], as_of: int, zone: str) -> Sayings:
    """Sort the acts that name the clock, or that its reset rule listens to."""
    said = [held for held in acts if held.at <= as_of]
    declared = _last_words(_declarations(clock, said))
    judged = _last_words(_judgements(clock, said))
    met = tuple(word.by for word in declared if word.holds)
    not_met = tuple(word for word in declared if not word.holds)
    opposed = [*_opposed(declared), *_opposed(judged)]
    breaks, asserted = _breaks(clock, judged)
    return Sayings(
        met, not_met, tuple(opposed), breaks, asserted, _extension(clock, said, zone), _conditions(clock, said),
        _acts_by_body(clock, said),
    )  # fmt: skip


def _declarations(clock: Clock, said: Iterable[ActHeld]) -> Iterable[Said]:
    for held in said:
        act = held.act
        if isinstance(act, Declaration) and act.clock == clock.id and act.says in ("met", "not_met", "ended"):
            yield Said(act.by, act.says == "met", held.at, held.id, clock.id, held.log)


def _judgements(clock: Clock, said: Iterable[ActHeld]) -> Iterable[Said]:
    rule = clock.reset if isinstance(clock.reset, FindingReset) else None
    for held in said:
        act = held.act
        heard = getattr(act, "clock", None) == clock.id or (rule is not None and act.by in rule.agreed_by)
        if isinstance(act, Determination) and heard and act.category != "pending":
            breaks = act.category == (rule.category if rule else GRAVE)
            yield Said(act.by, not breaks, held.when, held.id, act.about, held.log)
        elif isinstance(act, Finding) and act.clock == clock.id and act.held != "undetermined":
            yield Said(act.by, act.held == "did_not_happen", held.when, held.id, act.about, held.log)


def _last_words(words: Iterable[Said]) -> list[Said]:
    """The last word of each body on each matter (acts of a log come in order of entry); one for each log of rivals."""
    return list({(word.by, word.about, word.log): word for word in words}.values())


def _opposed(words: Sequence[Said]) -> list[tuple[Said, Said]]:
    pairs = []
    for n, one in enumerate(words):
        for other in words[n + 1 :]:
            apart = (one.by, one.log) != (other.by, other.log)
            if one.about == other.about and apart and one.holds != other.holds:
                pairs.append((one, other))
    return pairs


def _breaks(
    clock: Clock, judged: Sequence[Said]
) -> tuple[tuple[tuple[str, int, tuple[str, ...]], ...], tuple[Said, ...]]:
    if not isinstance(clock.reset, FindingReset):
        return (), ()
    agreed, alone = [], []
    for about in dict.fromkeys(word.about for word in judged):
        words = [word for word in judged if word.about == about and word.by in clock.reset.agreed_by]
        broken = [word for word in words if not word.holds]
        if len(broken) < len(words):
            continue
        if {word.by for word in broken} == {*clock.reset.agreed_by}:
            agreed.append((about, max(word.since for word in broken), tuple(word.act for word in broken)))
        else:
            alone += broken
    return tuple(agreed), tuple(alone)


def _extension(clock: Clock, said: Sequence[ActHeld], zone: str) -> int | None:
    """The latest end that every body whose word is needed has declared, or None."""
    if clock.extension is None:
        return None
    until: dict[tuple[str, str], int] = {}
    for held in said:
        act = held.act
        if isinstance(act, Declaration) and act.clock == clock.id and act.says == "extended" and act.until:
            until[act.by, held.log] = read_instant(act.until, zone)
    needed = {word: end for word, end in until.items() if word[0] in clock.extension.by}
    if {body for body, _ in needed} != {*clock.extension.by}:
        return None
    return min(needed.values())


def _conditions(clock: Clock, said: Sequence[ActHeld]) -> dict[str, tuple[str, ...]]:
    by: dict[str, tuple[str, ...]] = {condition.id: () for condition in clock.conditions}
    for held in said:
        act = held.act
        if (
            isinstance(act, Declaration)
            and act.clock == clock.id
            and act.says == "condition_met"
            and act.condition in by
        ):
            by[act.condition] = (*by[act.condition], act.by)
    return by


def _acts_by_body(clock: Clock, said: Sequence[ActHeld]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for held in said:
        if getattr(held.act, "clock", None) == clock.id or isinstance(held.act, Determination):
            found[held.act.by] = (*found.get(held.act.by, ()), held.id)
    return found
