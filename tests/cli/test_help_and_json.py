"""Every command explains itself at once, and prints JSON with the keys that are documented."""

import time
from pathlib import Path
from typing import Any

import pytest

from truceline import __version__

COMMANDS = (
    "access acts affected alike assess associated audit bulletin bursts check clocks compare corrections coverage "
    "demo dossier due enter evaluate excluded export finding findings flights grade grades init instruments judge "
    "ledger lock map match measure measures meeting meetings members notices origins procedures publications "
    "rebuild recall recalls referrals refusals screen simulate sources steps take-in territory unlock why"
).split()
ABOUT = {
    "mission",
    "agreement",
    "exercise",
    "audience",
    "reading",
    "registered",
    "as_of",
    "cut",
    "zone",
    "day_boundary",
}
CELL = {
    "indicator", "area", "day", "from", "to", "verdict", "low", "high", "covered", "sources", "reasons",
}  # fmt: skip
CLOCK = {
    "clock", "title", "state", "start", "end", "verdict", "day", "basis", "views", "areas", "pending", "conditions",
    "settles", "reasons",
}  # fmt: skip


@pytest.fixture(scope="module")
def busy(office, tmp_path_factory) -> Any:
    """A mission with a little of everything: two reports, one refused row, coverage, an act."""
    desk = office.Desk(tmp_path_factory.mktemp("busy")).init()
    desk.reports({"when": "2025-03-20T10:00", "area": "river_towns", "killed_best": 2}, {"when": "soon"})
    desk.watched("2025-03-15", "2025-03-20")
    desk.act(
        act="declaration", by="alpha", at="2025-03-20T10:00", clock="seven_quiet_days", says="not_met", because="So."
    )
    return desk


@pytest.mark.parametrize("command", COMMANDS)
def test_help_comes_within_a_second_and_says_how(office, command):
    began = time.perf_counter()
    ran = office.truceline(command, "--help")
    took = time.perf_counter() - began
    assert ran.code == 0
    assert f"Usage: truceline {command}" in ran.out
    assert "--json" in ran.out
    assert ran.err == ""
    assert took < 1.0


@pytest.mark.parametrize("source", ["ucdp", "acled", "hdx"])
def test_help_on_fetching_comes_within_a_second_and_asks_for_no_key(office, source):
    began = time.perf_counter()
    out = office.truceline("fetch", source, "--help").out
    assert f"Usage: truceline fetch {source}" in out
    assert "--key-file" in out
    assert not [option for option in ("--key ", "--token", "--password") if option in out]
    assert time.perf_counter() - began < 1.0


def test_all_commands_are_listed(office):
    out = office.truceline("--help").out
    assert all(f" {command} " in out for command in COMMANDS)
    assert "Exit codes: 0 done (refused rows included), 1 a check failed, 2 not done." in out
    assert "truceline demo" in out


def test_the_version_is_printed(office):
    assert office.truceline("--version").out.strip() == f"truceline {__version__}"


def test_init_json(office, tmp_path):
    told = office.truceline(
        "init", tmp_path / "m", "--agreement", "example", "--exercise", "--reading", "strict", "--json"
    ).json()
    assert set(told) >= {"mission", "agreement", "reading", "exercise", "cut"}
    assert (told["agreement"], told["reading"], told["exercise"]) == ("example", "strict", True)


def test_take_in_json(busy):
    path = busy.file(
        "more.csv", "report_id,source,when,kind,side_a,side_b,killed_best\nq,ngo,2025-03-20,,,,3\nr,ngo,x,,,,\n"
    )
    told = busy.take_in(path)
    [file] = told["files"]
    names = {"rows", "reports", "revised", "refused", "already_held", "deaths"}
    assert set(file) >= names | {"file", "format"}
    assert set(told["totals"]) >= names
    assert [file[name] for name in ("rows", "reports", "revised", "refused", "already_held")] == [2, 1, 0, 1, 0]
    assert file["deaths"] == told["totals"]["deaths"] == {"low": 0, "best": 3, "high": 0}
    assert Path(file["file"]).name == "more.csv"


def test_ledger_json(busy):
    told = busy.told("ledger", "--from", "2025-03-19", "--to", "2025-03-20", "--area", "river_towns")
    assert set(told) >= ABOUT | {"cells"}
    assert all(set(cell) >= CELL for cell in told["cells"])
    assert {cell["verdict"] for cell in told["cells"]} <= {"quiet", "not_quiet", "cannot_tell"}
    assert {(cell["area"], cell["day"]) for cell in told["cells"]} == {
        ("river_towns", f"2025-03-{d}") for d in (19, 20)
    }
    assert (told["audience"], told["registered"], told["exercise"]) == ("internal", True, True)


def test_ledger_cells_come_by_indicator_area_and_day_in_the_packs_order(busy):
    cells = busy.told("ledger")["cells"]
    indicators = ["between_parties", "attacks_on_civilians", "all_incidents", "lethal_incidents"]
    areas = ["northern_valley", "river_towns", "southern_plain"]
    keys = [(indicators.index(c["indicator"]), areas.index(c["area"]), c["day"]) for c in cells]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys)) == 4 * 3 * 61


def test_clocks_json(busy):
    told = busy.told("clocks", "--as-of", "2025-03-21")
    assert set(told) >= ABOUT | {"clocks"}
    assert all(set(clock) >= CLOCK for clock in told["clocks"])
    [clock] = [one for one in told["clocks"] if one["clock"] == "seven_quiet_days"]
    assert all(set(view) >= {"by", "says", "day", "since", "acts"} for view in clock["views"])
    assert all(set(area) >= {"area", "verdict", "low", "high", "days", "reasons"} for area in clock["areas"])


def test_evaluate_json(busy):
    told = busy.told("evaluate")
    assert set(told) >= ABOUT | {"incidents", "indicators", "clocks", "compared", "unresolved"}
    assert set(told["indicators"][0]["cells"]) == {"quiet", "not_quiet", "cannot_tell"}
    period = {"start", "end", "days", "dated_to_one_day", "surely", "maybe", "killed_low", "killed_best", "killed_high"}
    assert all(set(one["before"]) >= period and set(one["after"]) >= period for one in told["compared"])
    assert set(told["unresolved"]) >= {"names", "areas", "repeats"}


def test_acts_enter_and_refusals_json(busy):
    [act] = busy.told("acts")["acts"]
    assert set(act) >= {"id", "at", "by", "act", "about"}
    again = busy.run("enter", busy.mission, *busy.folder.glob("act-*.yaml"), "--json").json()
    assert [(one["id"], one["already_held"]) for one in again["acts"]] == [(act["id"], True)]
    refused = busy.told("refusals")["refusals"]
    assert all(set(one) >= {"file", "row", "column", "value", "reason", "mend"} for one in refused)


def test_audit_and_rebuild_json(busy):
    told = busy.told("audit")
    assert set(told) >= {"mission", "exercise", "entries", "cut", "faults"}
    assert told["faults"] == []
    assert set(busy.told("rebuild")) >= {"entries", "rows", "same"}


def test_bulletin_and_export_json(busy):
    for command, more in (("bulletin", ()), ("export", ("--what", "ledger")), ("export", ())):
        out = busy.folder / "out"
        told = busy.told(command, "--out", out, "--audience", "internal", *more)
        assert (told["file"], told["bytes"], told["audience"]) == (str(out), out.stat().st_size, "internal")


def test_simulate_json(office, tmp_path):
    told = office.truceline(
        "simulate", "--out", tmp_path / "s", "--seed", "3", "--reports", "70", "--no-knowable", "--json"
    ).json()
    assert (told["seed"], told["reports"]) == (3, 70)
    assert all(any(tmp_path.rglob(name)) for name in told["files"])
    assert not (tmp_path / "s" / "knowable.json").exists()


@pytest.mark.parametrize("pack", ["example", "syria-2016"])
def test_check_json(office, pack):
    told = office.truceline("check", pack, "--json").json()
    assert set(told) >= {"pack", "version", "digest", "examples", "notes", "disagreements"}
    assert (told["pack"], told["disagreements"]) == (pack, [])
    assert told["examples"] >= 10


def test_demo_json(office, tmp_path):
    ran = office.truceline("demo", "--out", tmp_path / "d", "--no-open", "--json")
    told = ran.json()
    assert set(told) >= {
        "folder",
        "mission",
        "bulletins",
        "rows",
        "refused",
        "acts",
        "entries",
        "faults",
        "cells",
        "clocks",
    }
    assert told["faults"] == 0
    assert all(Path(name).stat().st_size > 10_000 for name in told["bulletins"])
    assert set(told["cells"]) == {"quiet", "not_quiet", "cannot_tell"}
    assert office.truceline("audit", told["mission"]).code == 0


def test_results_go_to_stdout_and_complaints_to_stderr(busy):
    done, wrong = busy.run("clocks", busy.mission), busy.run("clocks", busy.folder / "none")
    assert done.out and not done.err
    assert wrong.err.startswith("truceline: ") and not wrong.out


def test_what_people_read_says_that_it_is_read_as_internal_and_an_exercise(busy):
    for command in ("ledger", "clocks", "evaluate"):
        printed = busy.printed(command)
        assert printed.startswith("EXERCISE: all data are invented.")
        assert "read as internal" in printed


def test_a_hostile_name_does_not_move_the_cursor(office, tmp_path):
    desk = office.Desk(tmp_path).init()
    desk.file(
        "bad.csv",
        "report_id,source,when,kind,side_a,side_b\n1,ngo,\x1b[2J\u202e2025,,,\n2,ngo,2025-03-20,,\x1b[31mred\u202e,\n",
    )
    desk.take_in(tmp_path / "bad.csv")
    printed = desk.printed("refusals") + desk.printed("evaluate")
    assert not set(printed) & {"\x1b", "\u202e"}
