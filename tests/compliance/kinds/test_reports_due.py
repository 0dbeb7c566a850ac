"""Reports that states owe: made in time, late, not made, only claimed, or not said."""

from importlib import resources
from typing import Any

import msgspec
import pytest

from truceline.compliance.kinds.base import Before, Rows, Watched
from truceline.compliance.kinds.reports_due import REPORTS_DUE, ReportsDue, dues
from truceline.compliance.trace_words import words_of
from truceline.vocabulary.act import Act, ActHeld
from truceline.vocabulary.agreement import Agreement, Cited
from truceline.vocabulary.assessment import Outcome
from truceline.vocabulary.columns import MAYBE, NO, SURELY
from truceline.vocabulary.obligation import Obligation
from truceline.vocabulary.plain_yaml import read_yaml
from truceline.vocabulary.when import read_instant

PACK = resources.files("truceline") / "agreements" / "example" / "agreement.yaml"
EXAMPLE = msgspec.convert(read_yaml(PACK.read_bytes()).value, Agreement)
ONCE = ReportsDue("2025-04-01T00:00")
OWED = Obligation(
    "reports", {"en": "Reports"}, "truce_text", ("A1",), ("north_command",), "reports_due", Cited("Ours", "invented")
)


def us(text: str) -> int:
    return read_instant(text, EXAMPLE.zone)


def says(by: str, at: str, word: str = "done", party: str = "north_command") -> dict[str, Any]:
    return {"act": "performance", "by": by, "at": at, "about": "reports", "party": party, "says": word}


def judged(*acts: dict[str, Any], rule: ReportsDue = ONCE, body: str | None = "alpha", as_of: str = "2025-12-31",
           certain: int = SURELY, period: tuple[str, str] = ("2025-01-01", "2026-01-01")) -> Any:  # fmt: skip
    read: list[Act] = [msgspec.convert({"because": "", **act}, Act) for act in acts]
    held = [ActHeld(f"{n:064x}", n, act, us(act.at), us(act.at)) for n, act in enumerate(read)]
    start, end = map(us, period)
    before = Before(EXAMPLE, OWED, "north_command", body, start, end, us(as_of), held, Rows(), Watched(0, 0), certain)
    return REPORTS_DUE.judge(rule, before)


def test_made_in_time():
    assert judged(says("alpha", "2025-03-30")).outcome is Outcome.COMPLIED
    assert judged(says("secretariat", "2025-03-30")).outcome is Outcome.COMPLIED


def test_late_or_not_made():
    assert judged(says("alpha", "2025-04-02")).outcome is Outcome.BREACHED
    assert judged(says("secretariat", "2025-04-05", "not_done")).outcome is Outcome.BREACHED
    assert judged(says("alpha", "2025-04-02"), certain=MAYBE).outcome is Outcome.UNDECIDED


@pytest.mark.parametrize("by", ["north_command", "beta"])
def test_what_the_state_itself_or_the_other_co_chair_says_is_a_claim(by):
    found = judged(says(by, "2025-03-30"))
    assert found.outcome is Outcome.UNDECIDED
    assert found.trace.parts[0].code == "report_claimed"


def test_silence_is_not_observed_and_before_the_date_nothing_is_due():
    assert judged().outcome is Outcome.NOT_OBSERVED
    assert judged(as_of="2025-03-31").outcome is Outcome.NOT_IN_FORCE
    assert judged(period=("2025-05-01", "2025-06-01")).outcome is Outcome.NOT_IN_FORCE
    assert judged(says("alpha", "2025-04-30"), certain=NO).outcome is Outcome.NOT_IN_FORCE


def test_words_that_contradict_each_other_leave_it_open():
    assert (
        judged(says("alpha", "2025-03-30"), says("secretariat", "2025-04-05", "not_done")).outcome is Outcome.UNDECIDED
    )


def test_the_report_of_another_state_is_not_its_own():
    assert judged(says("alpha", "2025-03-30", party="south_council")).outcome is Outcome.NOT_OBSERVED
    assert judged(says("alpha", "2025-03-30", party="Command of the North")).outcome is Outcome.COMPLIED


def test_every_ninety_days_the_nth_report_counts_for_the_nth_date():
    often = ReportsDue("2025-04-01T00:00", days=90)
    assert len(dues(often, EXAMPLE, us("2025-12-31"))) == 4
    found = judged(says("alpha", "2025-03-30"), says("alpha", "2025-07-15"), rule=often)
    assert found.outcome is Outcome.BREACHED
    assert [part.code for part in found.trace.parts] == [
        "report_in_time", "report_late", "report_not_said", "report_not_said",
    ]  # fmt: skip
    assert (
        judged(says("alpha", "2025-03-30"), rule=often, period=("2025-04-01", "2025-06-01")).outcome is Outcome.COMPLIED
    )


def test_every_month_from_the_last_day_of_one_needs_a_rounding():
    monthly = ReportsDue("2025-01-31T00:00", months=1)
    assert REPORTS_DUE.wrong(monthly, OWED, EXAMPLE)
    down = msgspec.structs.replace(monthly, rounding="down")
    assert not REPORTS_DUE.wrong(down, OWED, EXAMPLE)
    assert dues(down, EXAMPLE, us("2025-04-01")) == [us("2025-01-31"), us("2025-02-28"), us("2025-03-31")]


def test_jointly_it_is_undecided_where_the_co_chairs_differ():
    acts = [says("alpha", "2025-03-30"), says("beta", "2025-04-05", "not_done")]
    assert judged(*acts, body="beta").outcome is Outcome.BREACHED
    assert judged(*acts, body=None).outcome is Outcome.UNDECIDED
    assert judged(says("secretariat", "2025-03-30"), body=None).outcome is Outcome.COMPLIED


def test_every_code_has_its_sentence():
    found = judged(says("alpha", "2025-03-30")).trace
    assert words_of(found, "reports_due") == "1 of 1 reports that were due were made in time."
    assert words_of(found.parts[0], "reports_due").startswith("Report 1, due 2025-04-01T00:00:00+02:00, was made")


def test_a_first_date_that_is_none_is_refused_in_the_pack():
    assert REPORTS_DUE.wrong(ReportsDue("soon"), OWED, EXAMPLE)
    assert not REPORTS_DUE.wrong(ONCE, OWED, EXAMPLE)
