"""Clause kinds: a new one is one module here, one line in `KINDS`, and three examples."""

from truceline.compliance.kinds.acceptance import ACCEPTANCE
from truceline.compliance.kinds.access import ACCESS
from truceline.compliance.kinds.base import ClauseKind
from truceline.compliance.kinds.best_effort import BEST_EFFORT
from truceline.compliance.kinds.duty_on_trigger import DUTY_ON_TRIGGER
from truceline.compliance.kinds.freeze import FREEZE
from truceline.compliance.kinds.milestone import MILESTONE
from truceline.compliance.kinds.notification import NOTIFICATION
from truceline.compliance.kinds.permission import PERMISSION
from truceline.compliance.kinds.prohibition import PROHIBITION
from truceline.compliance.kinds.proportionality import PROPORTIONALITY
from truceline.compliance.kinds.reciprocity import RECIPROCITY
from truceline.compliance.kinds.recommitment import RECOMMITMENT
from truceline.compliance.kinds.reports_due import REPORTS_DUE
from truceline.compliance.kinds.territory_gain import TERRITORY_GAIN
from truceline.compliance.kinds.withdrawal import WITHDRAWAL
from truceline.compliance.kinds.zone_rule import ZONE_RULE

KINDS: dict[str, ClauseKind] = {
    kind.name: kind
    for kind in (
        WITHDRAWAL,
        TERRITORY_GAIN,
        FREEZE,
        PROHIBITION,
        PERMISSION,
        ZONE_RULE,
        REPORTS_DUE,
        RECIPROCITY,
        PROPORTIONALITY,
        NOTIFICATION,
        MILESTONE,
        ACCEPTANCE,
        ACCESS,
        DUTY_ON_TRIGGER,
        BEST_EFFORT,
        RECOMMITMENT,
    )
}  # fmt: skip
"""Every clause kind, by its name."""
