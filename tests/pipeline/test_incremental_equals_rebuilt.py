"""Whatever is taken in and enacted, in whatever order: tables kept up equal tables rebuilt, and the audit is clean."""

import json
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.pipeline.missions import open_mission

EXAMPLES = 40
IDS = st.sampled_from(["1", "2", "3", ""])
REPORT = st.fixed_dictionaries({
    "report_id": IDS, "source": st.sampled_from(["ngo", "wire", ""]),
    "when": st.sampled_from(["2025-03-20", "2025-03", "night of 4-5 March 2025", "03/04/2025", "soon"]),
    "kind": st.sampled_from(["shelling", "", "no such kind"]),
    "area": st.sampled_from(["river_towns", "", "elsewhere"]),
    "side_a": st.sampled_from(["Northern Army", "", "A; B"]), "side_b": st.sampled_from(["Plain Front", "جبهة السهل"]),
    "repeats": st.sampled_from(["", "1", "ngo/2"]), "killed_best": st.sampled_from(["", "3", "-1", "many"]),
})  # fmt: skip
WATCH = st.fixed_dictionaries({
    "coverage_id": IDS, "source": st.sampled_from(["ngo", "patrol"]),
    "area": st.sampled_from(["river_towns", "all areas"]),
    "from": st.just("2025-03-20"), "to": st.sampled_from(["2025-03-20", "2025-03-25", "2025-03-01"]),
    "status": st.sampled_from(["reported", "stopped", "silent", ""]),
})  # fmt: skip
TALLY = st.fixed_dictionaries({
    "tally_id": IDS, "source": st.just("ngo"), "area": st.just("river_towns"), "from": st.just("2025-03-01"),
    "to": st.sampled_from(["2025-03-31", "x"]), "of": st.just("killed"), "best": st.sampled_from(["4", "5", ""]),
})  # fmt: skip
WHO = st.sampled_from(["alpha", "beta"])
ACT = st.one_of(
    st.fixed_dictionaries({
        "act": st.just("determination"), "by": WHO, "at": st.just("2025-03-21T10:00"),
        "about": st.sampled_from(["x", "y"]),
        "category": st.sampled_from(["serious_violation", "minor_violation"]), "because": st.just("So."),
        "clock": st.just("no_agreed_serious_violation"),
    }),
    st.fixed_dictionaries({
        "act": st.just("declaration"), "by": WHO, "at": st.just("2025-03-22T10:00"),
        "clock": st.just("seven_quiet_days"),
        "says": st.sampled_from(["met", "not_met", "ended"]), "because": st.just("So."),
    }),
    st.fixed_dictionaries({
        "act": st.just("coverage"), "by": WHO, "at": st.just("2025-03-22T10:00"), "source": st.just("patrol"),
        "area": st.just("river_towns"), "from": st.just("2025-03-20"), "to": st.just("2025-03-21"),
        "status": st.sampled_from(["reported", "stopped"]), "because": st.just("So."),
    }),
    st.fixed_dictionaries({
        "act": st.just("reading"), "by": WHO, "at": st.just("2025-03-22T10:00"),
        "reading": st.sampled_from(["lenient", "shifted"]), "because": st.just("So."),
    }),
)  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("report"), st.lists(REPORT, min_size=1, max_size=5), st.sampled_from([",", ";"])),
    st.tuples(st.just("report"), st.lists(REPORT, min_size=1, max_size=5), st.sampled_from([",", "damaged"])),
    st.tuples(st.just("coverage"), st.lists(WATCH, min_size=1, max_size=3), st.just(",")),
    st.tuples(st.just("tally"), st.lists(TALLY, min_size=1, max_size=3), st.just(",")),
    st.tuples(st.just("acts"), st.lists(ACT, min_size=1, max_size=3), st.just("")),
    st.tuples(st.just("withdraw"), st.integers(0, 5), st.just("")),
    st.tuples(st.just("again"), st.integers(0, 5), st.just("")),
)


def step(desk: Any, office: Any, number: int, what: tuple[str, Any, str], taken: list[Path]) -> None:
    kind, matter, how = what
    if kind == "withdraw":
        withdraw(desk, matter)
    elif kind == "acts":
        path = desk.file(f"{number}.yaml", json.dumps(matter))
        assert desk.run("enter", desk.mission, path).code == 0
    elif kind == "again":
        if taken:
            [file] = desk.take_in(taken[matter % len(taken)])["files"]
            assert (file["reports"], file["revised"], file["refused"]) == (0, 0, 0)
    else:
        columns = {"report": office.REPORT_COLUMNS, "coverage": office.COVERAGE_COLUMNS, "tally": office.TALLY_COLUMNS}[
            kind
        ]
        content = office.as_csv(columns, matter, delimiter=how if len(how) == 1 else ",")
        if how == "damaged":
            content = content[: -len(content) // 6] + b'"\xff\x00,\n' + content[-len(content) // 6 :]
        path = desk.file(f"{number}.csv", content)
        [file] = desk.take_in(path)["files"]
        assert file["rows"] == file["reports"] + file["revised"] + file["refused"] + file["already_held"]
        taken.append(path)


def withdraw(desk: Any, which: int) -> None:
    held = [act for act in desk.told("acts")["acts"] if act["act"] != "withdrawal"]
    if held:
        act = held[which % len(held)]
        desk.act(act="withdrawal", by=act["by"], at="2025-03-23T10:00", of=act["id"], because="Mistaken.")


def dumped(desk: Any) -> bytes:
    with open_mission(desk.mission) as mission:
        return mission.dump_tables()


def fingerprints(desk: Any) -> list[Any]:
    """What is known to be held, row by row and file by file."""
    return [desk.stored(f"SELECT * FROM {table} ORDER BY 1") for table in ("held_row", "held_file")]


@pytest.mark.long
def test_tables_kept_up_entry_by_entry_equal_tables_rebuilt_and_the_audit_is_clean(office) -> None:
    numbers = count(1)

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, min_size=1, max_size=6))
    def hold(steps: list[tuple[str, Any, str]]) -> None:
        next(numbers)
        with tempfile.TemporaryDirectory() as folder:
            desk = office.Desk(Path(folder)).init()
            taken: list[Path] = []
            for number, what in enumerate(steps):
                step(desk, office, number, what, taken)
            before, held = dumped(desk), fingerprints(desk)
            assert desk.told("audit")["faults"] == []
            assert desk.told("rebuild")["same"] is True
            assert dumped(desk) == before
            assert fingerprints(desk) == held
            assert desk.told("audit")["faults"] == []
            entries = desk.stored("SELECT count(*) FROM entry")
            for path in taken:
                assert desk.run("take-in", desk.mission, path).code == 0
            assert dumped(desk) == before
            assert desk.stored("SELECT count(*) FROM entry") == entries

    hold()
    print(f"incremental equals rebuilt: {next(numbers) - 1} sequences")
