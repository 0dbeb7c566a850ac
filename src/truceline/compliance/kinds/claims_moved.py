"""A party's own claims of territory that changed within a period: what a freeze and a ban on gains look at besides."""

from collections.abc import Sequence

from truceline.compliance.kinds.base import Before
from truceline.errors import ValueNotRead
from truceline.vocabulary.act import ActHeld
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.territory import Claim
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import read_instant

SENTENCES = {
    "claim_moved": "{claimant} drew {number} anew, to hold from {from}: a claim, which settles nothing by itself. A "
    "finding on whether ground was taken would.",
}


def moved(before: Before, numbers: Sequence[str] | None) -> tuple[Trace, ...]:
    """For each line or zone (None: any) of the party that another drawing of its own replaced within the period.

    A claim changes when its new drawing holds from a time in the period, whenever it was said, and an older one of the
    same claimant was drawn otherwise: one that it revises too. Claims of excluded groups' areas are left out.
    """
    claims = [one for one in before.acts if _drawn(one, before, numbers)]
    known = [*(one for one in before.replaced if _drawn(one, before, numbers)), *claims]
    parts = []
    for later in claims:
        act = later.act
        assert isinstance(act, Claim)
        since = _since(later, before.agreement.zone)
        older = [one for one in known if _replaces(act, since, one, before)]
        if before.start <= since < min(before.end, before.as_of) and older:
            values: dict[str, str | int] = {"number": act.number, "claimant": act.claimant, "from": act.from_ or act.at}
            parts.append(Trace("claim_moved", values, Outcome.UNDECIDED, acts=(older[-1].id, later.id)))
    return tuple(parts)


def with_claims(judged: Judged, parts: tuple[Trace, ...]) -> Judged:
    """The same with claims that moved. They turn compliance into undecided, and nothing else."""
    if not parts:
        return judged
    open_ = judged.outcome in (Outcome.COMPLIED, Outcome.NOT_OBSERVED)
    outcome, found = Outcome.UNDECIDED if open_ else judged.outcome, judged.trace
    return Judged(outcome, Trace(found.code, found.values, outcome, (*found.parts, *parts), found.acts, found.reports))


def _drawn(one: ActHeld, before: Before, numbers: Sequence[str] | None) -> bool:
    act = one.act
    return (
        isinstance(act, Claim) and bool(act.geometry) and act.says != "withdrawn" and act.kind != "excluded_area"
        and act.claimant == before.party and (numbers is None or act.number in numbers) and one.at <= before.as_of
    )  # fmt: skip


def _replaces(act: Claim, since: int, one: ActHeld, before: Before) -> bool:
    old = one.act
    assert isinstance(old, Claim)
    return old.number == act.number and old.geometry != act.geometry and _since(one, before.agreement.zone) < since


def _since(one: ActHeld, zone: str) -> int:
    assert isinstance(one.act, Claim)
    try:
        return read_instant(one.act.from_, zone) if one.act.from_ else one.at
    except ValueNotRead:
        return one.at
