"""Acceptance told by a time, to any co-chair. Entry is voluntary: not to accept is no breach, and is not told of."""

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind
from truceline.compliance.kinds.by_body import each_body, is_of
from truceline.compliance.registers import Kept, PartyStanding, co_chairs, registers_at
from truceline.errors import ValueNotRead
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import NO, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.trace import Judged, Trace
from truceline.vocabulary.when import iso, read_as_of


class AcceptanceBy(Struct, frozen=True, forbid_unknown_fields=True):
    """by: until when; a date is the end of that day. Any co-chair's register will do."""

    by: str


def judge_one(rule: AcceptanceBy, before: Before) -> Judged:
    """By the registers as they stand: the body's own entry, or another's that it attests, surely; another's, open.

    Late is undecided: whether it still counts is for the co-chairs. That nobody has any acceptance, that one was
    declined or taken back, all give the same: not observed.
    """
    due = read_as_of(rule.by, before.agreement.zone)
    if due >= min(before.end, before.as_of):
        return _judged(Outcome.NOT_IN_FORCE, "acceptance_not_due", due, None, before)
    standings = registers_at(before.agreement, before.acts, before.as_of)
    entries = [(standing, kept) for standing in standings for kept in standing.kept if kept.state == "accepted"]
    own = [(one, kept) for one, kept in entries if _whose(one, before) == SURELY]
    if not own:
        some = next((kept for one, kept in entries if _whose(one, before) != NO), None)
        outcome = Outcome.UNDECIDED if some else Outcome.NOT_OBSERVED
        return _judged(outcome, "acceptance_of_some" if some else "acceptance_none", due, some, before)
    standing, kept = min(own, key=lambda one: (not _counts(one[1], before), one[1].since or 0))
    if not _counts(kept, before):
        return _judged(Outcome.UNDECIDED, "acceptance_not_attested", due, kept, before)
    if standing.status == "disputed":
        return _judged(Outcome.UNDECIDED, "acceptance_disputed", due, kept, before)
    in_time = kept.since is not None and kept.since <= due
    code = "acceptance_in_time" if in_time else "acceptance_late"
    return _judged(Outcome.COMPLIED if in_time else Outcome.UNDECIDED, code, due, kept, before)


def _whose(standing: PartyStanding, before: Before) -> int:
    return is_of(before.agreement, standing.party, before.party, before.as_of)


def _counts(kept: Kept, before: Before) -> bool:
    """It stands in the register of the body that judges, or the body attests it."""
    return kept.register == before.body or before.body in kept.attested_by()


def _judged(outcome: Outcome, code: str, due: int, kept: Kept | None, before: Before) -> Judged:
    values: dict[str, str | int] = {"due": iso(due, before.agreement.zone)}
    if kept is not None:
        values |= {"register": kept.register, "since": iso(kept.since or 0, before.agreement.zone)}
    return Judged(outcome, Trace(code, values, outcome, acts=(kept.act,) if kept else ()))


def wrong(rule: AcceptanceBy, obligation: Obligation, agreement: Agreement) -> list[str]:
    """The time is one, and there is a register."""
    found = [] if co_chairs(agreement) else ["no co-chair keeps a register"]
    try:
        read_as_of(rule.by, agreement.zone)
    except ValueNotRead as error:
        found.append(f"by: {error.message}")
    return found


ACCEPTANCE = ClauseKind(
    "acceptance", "Acceptance told to a co-chair by a time.", AcceptanceBy, lambda *_: (), each_body(judge_one), wrong,
    sentences={
        "acceptance_not_due": "It could be told until {due}, not before this period was over.",
        "acceptance_none": "Told until {due}: none that stands is recorded here. Nobody has to accept.",
        "acceptance_of_some": "Of those who belong to the party some told of it, in the register of {register} from "
        "{since}; the party as a whole did not.",
        "acceptance_not_attested": "It stands in the register of {register} from {since}, and this body has not "
        "attested it. Its word would settle it.",
        "acceptance_disputed": "It stands in the register of {register} from {since}, and a co-chair objects or holds "
        "otherwise.",
        "acceptance_in_time": "Told in time, until {due}: it stands in the register of {register} from {since}.",
        "acceptance_late": "To be told until {due}; it stands in the register of {register} from {since}, after that. "
        "Whether it still counts is for the co-chairs.",
    },
)  # fmt: skip
