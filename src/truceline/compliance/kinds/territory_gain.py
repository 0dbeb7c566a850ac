"""No territory gained from another party, and none sought."""

from msgspec import Struct

from truceline.compliance.kinds.base import Before, ClauseKind, RowTest
from truceline.compliance.kinds.claims_moved import SENTENCES, moved, with_claims
from truceline.compliance.kinds.counted import judge_by_rows
from truceline.vocabulary.agreement import Agreement
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.pack_parts import Id
from truceline.vocabulary.trace import Judged


class Gained(Struct, frozen=True, forbid_unknown_fields=True):
    """kinds: `territory_gain`, and `ground_offensive` where seeking it is enough. against: from whom, else anyone.

    A party's own map that moves a line or a zone of its own in the period leaves the outcome undecided where nothing
    was found: it is a claim, and a revised map may only be a better one.
    """

    kinds: tuple[Id, ...]
    against: tuple[Id, ...] | None = None


def tests(rule: Gained, obligation: Obligation, agreement: Agreement) -> tuple[RowTest, ...]:
    """One test: these kinds, against these, in the obligation's areas."""
    return (RowTest(rule.kinds, against=rule.against, inside=obligation.areas or None),)


def judge(rule: Gained, before: Before) -> Judged:
    """By what was found; and by whether the party's own claims moved in the period."""
    return with_claims(judge_by_rows(rule, before), moved(before, None))


TERRITORY_GAIN = ClauseKind(
    "territory_gain", "No territory gained or sought.", Gained, tests, judge, sentences=SENTENCES
)
