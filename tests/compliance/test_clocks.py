"""Where each clock stands: a run of quiet days, a period that lapses, a clock that listens to bodies."""

from typing import Any

import pytest

from truceline.compliance.examples import Given
from truceline.pipeline.checking import worked
from truceline.vocabulary.act import Declaration, Determination, Finding, Withdrawal

ALL = "whole_theatre"


def quiet(first: str, last: str, area: str = ALL, start: int = 1) -> list[dict[str, str]]:
    """Two sources watched from first to last."""
    return [
        {"coverage_id": str(start + n), "source": who, "area": area, "from": first, "to": last, "status": "reported"}
        for n, who in enumerate(("patrol", "ngo"))
    ]


def shelling(when: str, number: int = 1, **said: str) -> dict[str, str]:
    sides = {"side_a": "Northern Army", "side_b": "Plain Front"}
    return {
        "report_id": str(number),
        "source": "ngo",
        "when": when,
        "kind": "shelling",
        "area": "river_towns",
        **sides,
        **said,
    }


@pytest.fixture
def clock(example):
    """What the program says of a clock: (state, verdict, lowest day, highest day)."""

    def ask(
        name: str, as_of: str, reports: Any = (), coverage: Any = (), acts: Any = (), reading: str = "strict"
    ) -> Any:
        said = worked(example, Given(reading, tuple(reports), tuple(coverage), tuple(acts), as_of, clock=name))
        return str(said["state"]), str(said["verdict"]), said["day_low"], said["day_high"]

    return ask


MET = "met_on_figures_pending_declaration"


@pytest.mark.parametrize(
    ("as_of", "answer"),
    [
        ("2025-03-14T23:59", ("not_started", "cannot_tell", 0, 0)),
        ("2025-03-15T00:00", ("running", "cannot_tell", 0, 0)),
        ("2025-03-15T23:59", ("running", "cannot_tell", 0, 0)), ("2025-03-16T00:00", ("running", "quiet", 1, 1)),
        ("2025-03-21T23:59", ("running", "quiet", 6, 6)), ("2025-03-22T00:00", (MET, "quiet", 7, 7)),
        ("2025-03-25T00:00", (MET, "quiet", 10, 10)),
    ],
)  # fmt: skip
def test_a_run_of_quiet_days_grows_day_by_day(clock, as_of, answer):
    assert clock("seven_quiet_days", as_of, (), quiet("2025-03-10", "2025-04-01")) == answer


def test_a_day_that_is_not_quiet_starts_the_run_again(clock):
    told = clock(
        "seven_quiet_days", "2025-03-21T00:00", [shelling("2025-03-17T10:00")], quiet("2025-03-10", "2025-04-01")
    )
    assert told == ("reset", "not_quiet", 3, 3)
    met = clock(
        "seven_quiet_days", "2025-03-25T00:00", [shelling("2025-03-17T10:00")], quiet("2025-03-10", "2025-04-01")
    )
    assert (met[0], met[2:]) == (MET, (7, 7))


def test_what_fell_before_the_start_does_not_touch_the_run(clock):
    told = clock(
        "seven_quiet_days", "2025-03-16T00:00", [shelling("2025-03-14T23:59")], quiet("2025-03-10", "2025-04-01")
    )
    assert told == ("running", "quiet", 1, 1)


def test_once_met_it_stays_met_on_the_figures(clock):
    told = clock(
        "seven_quiet_days", "2025-03-26T00:00", [shelling("2025-03-24T10:00")], quiet("2025-03-10", "2025-04-01")
    )
    assert told[0] == MET


@pytest.mark.parametrize(
    ("reading", "answer"),
    [
        ("strict", ("running", "cannot_tell", 2, 5)), ("lenient", ("running", "cannot_tell", 4, 5)),
        ("shifted", ("running", "not_quiet", 2, 2)),
    ],
)  # fmt: skip
def test_an_unknown_day_does_to_the_run_what_the_reading_says(clock, reading, answer):
    coverage = quiet("2025-03-10", "2025-03-16") + quiet("2025-03-18", "2025-04-01", start=5)
    told = clock("seven_quiet_days", "2025-03-20T00:00", (), coverage, (), reading)
    assert told[1:] == answer[1:]
    assert told[0] in (answer[0], "reset")


def test_an_incident_surely_in_the_window_and_in_no_single_day_breaks_it(clock):
    told = clock(
        "seven_quiet_days", "2025-03-18T00:00", [shelling("2025-03-16/2025-03-17")], quiet("2025-03-10", "2025-04-01")
    )
    assert told == ("reset", "not_quiet", 0, 1)


def test_one_whose_day_may_lie_before_the_window_does_not(clock):
    told = clock(
        "seven_quiet_days", "2025-03-18T00:00", [shelling("2025-03-14/2025-03-15")], quiet("2025-03-10", "2025-04-01")
    )
    assert told == ("running", "cannot_tell", 2, 3)


def test_a_threshold_of_one_needs_more_incidents_than_cells_can_hold(clock):
    coverage = quiet("2025-03-10", "2025-04-01")
    two_days = [shelling("2025-03-16/2025-03-17", n) for n in range(1, 4)]
    assert clock("seven_quiet_days", "2025-03-18T00:00", two_days[:2], coverage, (), "lenient")[1] == "cannot_tell"
    assert clock("seven_quiet_days", "2025-03-18T00:00", two_days, coverage, (), "lenient")[1] == "not_quiet"


# --- a period of hours ---------------------------------------------------------------------------


def declared(
    by: str, says: str, at: str = "2025-03-16T10:00", clock: str = "forty_eight_hours", **more: str
) -> Declaration:
    return Declaration(by, at, clock, says, "So.", **more)


def test_a_period_runs_and_lapses_at_its_hour(clock):
    assert clock("forty_eight_hours", "2025-03-16T23:59")[0] == "running"
    assert clock("forty_eight_hours", "2025-03-17T00:00")[0] == "lapsed"


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([], "lapsed"),
        ([declared("alpha", "extended", until="2025-03-19")], "lapsed"),
        ([declared(by, "extended", until="2025-03-19") for by in ("alpha", "beta")], "running"),
        (
            [declared("alpha", "extended", until="2025-03-19"), declared("beta", "extended", until="2025-03-17T12:00")],
            "lapsed",
        ),
        ([declared(by, "extended", until="2025-03-16T12:00") for by in ("alpha", "beta")], "lapsed"),
        ([declared(by, "extended", "2025-03-18T13:00", until="2025-03-19") for by in ("alpha", "beta")], "lapsed"),
    ],
    ids=["nobody", "one alone", "both", "one for less", "to an earlier end", "said later"],
)
def test_an_extension_counts_when_all_who_must_have_declared_it(clock, acts, state):
    assert clock("forty_eight_hours", "2025-03-18T12:00", acts=acts)[0] == state


# --- a clock that listens ------------------------------------------------------------------------

HEARD = "no_agreed_serious_violation"


def determined(
    by: str, category: str = "serious_violation", about: str = "x", at: str = "2025-03-20T10:00", **more: str
) -> Determination:
    return Determination(by, at, about, category, "So.", **more)


AID = declared("secretariat", "condition_met", "2025-03-18T10:00", HEARD, condition="aid_delivered")


@pytest.mark.parametrize(
    ("acts", "answer"),
    [
        ([], ("running", 6)), ([determined("alpha")], ("running", 6)),
        ([determined("alpha"), determined("beta")], ("reset", 0)),
        ([determined("alpha"), determined("beta", "minor_violation")], ("contested", 6)),
        ([determined("alpha"), determined("beta", about="y")], ("running", 6)),
        ([determined("alpha"), determined("beta", "pending")], ("running", 6)),
        ([determined("alpha", "minor_violation"), determined("beta", "minor_violation")], ("running", 6)),
        ([determined("alpha"), determined("beta", "not_an_incident"), determined("alpha", "minor_violation")],
        ("running", 6)),
        ([determined(by, when="2025-03-18T09:00") for by in ("alpha", "beta")], ("reset", 2)),
        ([determined("secretariat")], ("running", 6)),
    ],
    ids=[
        "nobody", "one alone", "both", "they differ", "of two matters", "one is pending", "minor", "one came round",
        "of an earlier day",
        "by none who counts",
    ],
)  # fmt: skip
def test_a_finding_reset_needs_all_and_shows_disagreement(clock, acts, answer):
    told = clock(HEARD, "2025-03-21T00:00", [shelling("2025-03-20T10:00")], quiet("2025-03-10", "2025-04-01"), acts)
    assert (told[0], told[2]) == answer
    assert told[2] == told[3]


def test_its_time_over_and_watched_it_is_met_once_the_condition_is(clock):
    watched = quiet("2025-03-10", "2025-04-01")
    assert clock(HEARD, "2025-03-29T00:00", (), watched)[0] == "running"
    assert clock(HEARD, "2025-03-29T00:00", (), watched, [AID])[0] == MET
    assert clock(HEARD, "2025-03-29T00:00", (), (), [AID])[0] == "cannot_tell"


def test_declarations_of_all_deciders_are_reported_as_theirs(clock):
    watched = quiet("2025-03-10", "2025-04-01")
    both = [declared(by, "met", "2025-03-22T10:00", "seven_quiet_days") for by in ("alpha", "beta")]
    assert clock("seven_quiet_days", "2025-03-23T00:00", (), watched, both)[0] == "declared"
    assert clock("seven_quiet_days", "2025-03-23T00:00", (), watched, both[:1])[0] == MET
    against = [both[0], declared("beta", "not_met", "2025-03-22T10:00", "seven_quiet_days")]
    assert clock("seven_quiet_days", "2025-03-23T00:00", (), watched, against)[0] == "contested"


def test_both_deciders_may_declare_it_not_met_whatever_the_figures(clock):
    watched = quiet("2025-03-10", "2025-04-01")
    acts = [declared(by, "ended", "2025-03-22T10:00", "seven_quiet_days") for by in ("alpha", "beta")]
    assert clock("seven_quiet_days", "2025-03-23T00:00", (), watched, acts)[0] == "not_met"


def test_findings_on_a_clock_that_differ_contest_it(clock):
    found = [
        Finding(by, "2025-03-20T10:00", "x", held, "Shells.", "So.", clock="seven_quiet_days")
        for by, held in (("alpha", "happened"), ("beta", "did_not_happen"))
    ]
    assert clock("seven_quiet_days", "2025-03-21T00:00", acts=found)[0] == "contested"
    assert clock("seven_quiet_days", "2025-03-21T00:00", acts=found[:1])[0] == "running"


def test_a_local_clock_looks_at_its_own_area_only(clock):
    watched = quiet("2025-03-25", "2025-04-20", "river_towns")
    elsewhere = [shelling("2025-04-03T10:00", area="southern_plain")]
    assert clock("river_towns_five_days", "2025-04-06T00:00", elsewhere, watched) == (MET, "quiet", 5, 5)
    assert clock("river_towns_five_days", "2025-04-06T00:00", [shelling("2025-04-03T10:00")], watched)[0] == "reset"


def test_an_example_cannot_withdraw_what_is_not_there(example):
    gone = Withdrawal("alpha", "2025-03-20T10:00", "0" * 12, "So.")
    with pytest.raises(Exception, match="names no act in force"):
        worked(example, Given("strict", (), (), (gone,), "2025-03-21", clock=HEARD))
