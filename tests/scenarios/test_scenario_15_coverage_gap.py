"""Scenario 15: patrols barred and cameras down in one area for 36 hours. No reports: "no data", not zero."""

import csv
import io
import json
import re

import pytest

AREA = "river_towns"
GAP = ("2025-03-20T00:00", "2025-03-21T12:00")
AS_OF = ("--as-of", "2025-03-25T00:00")


@pytest.fixture
def gap(desk):
    """Patrols and cameras watch everything; in one area both are stopped for 36 hours. Nothing is reported."""
    desk.init("example", "strict")
    desk.coverage(
        *({"source": who, "area": "whole_theatre", "from": "2025-03-15", "to": "2025-03-24"} for who in ("patrol",
        "cameras")),
        {"source": "patrol", "area": AREA, "from": GAP[0], "to": GAP[1], "status": "stopped",
        "stopped_by": "Valley Guard",
         "words": "The barrier was closed."},
        {"source": "cameras", "area": AREA, "from": GAP[0], "to": GAP[1], "status": "stopped",
        "stopped_by": "power cut"},
    )  # fmt: skip
    return desk


def test_the_days_of_the_gap_cannot_be_told(gap):
    cells = gap.cells("between_parties", "--from", "2025-03-19", "--to", "2025-03-22", *AS_OF)
    verdicts = {(area, day): cell["verdict"] for (area, day), cell in cells.items()}
    assert [verdicts[AREA, f"2025-03-{day}"] for day in (19, 20, 21, 22)] == ["quiet", "cannot_tell", "quiet", "quiet"]
    assert {verdicts[other, "2025-03-20"] for other in ("northern_valley", "southern_plain")} == {"quiet"}


def test_a_reading_that_asks_for_more_hours_leaves_both_days_open(gap):
    asks_more = gap.file(
        "long_watch.yaml",
        'id: long_watch\ntitle: {en: Long watch}\nauthor: a test\ndated: "2025-01-01"\nnote: {en: None.}\n'
        'day_boundary: "00:00"\nzone: Etc/GMT-2\nexclusions: exclusion_annex\numbrella: presumed_bound\nthreshold: 0\n'
        "counting: each_report_unless_it_repeats\ncoverage: {sources: 2, hours: 20}\nunknown_day: undecided\n",
    )
    cells = gap.cells("between_parties", "--area", AREA, "--from", "2025-03-20", "--to", "2025-03-22",
                      "--reading", asks_more, *AS_OF)  # fmt: skip
    assert [cell["verdict"] for cell in cells.values()] == ["cannot_tell", "cannot_tell", "quiet"]


def test_json_says_not_covered_beside_its_bounds(gap):
    cell = gap.cell("between_parties", AREA, "2025-03-20", *AS_OF)
    assert (cell["verdict"], cell["covered"], cell["sources"]) == ("cannot_tell", False, 0)
    assert any("nobody can say that nothing happened" in reason for reason in cell["reasons"])
    assert any("2 sources were stopped" in reason for reason in cell["reasons"])


def test_the_terminal_shows_a_question_mark_and_never_a_nought(gap):
    printed = gap.printed("ledger", "--indicator", "between_parties", "--area", AREA, "--from", "2025-03-20",
                          "--to", "2025-03-20", *AS_OF)  # fmt: skip
    assert "cannot tell" in printed
    assert "nobody can say that nothing happened" in printed
    strip = gap.printed("ledger", *AS_OF).partition("between_parties")[2]
    march = next(line for line in strip.splitlines() if AREA in line).split()[-1]
    assert march == "?" * 14 + "." * 5 + "?" + "." * 4


def test_the_bulletin_says_cannot_tell_and_lists_who_was_stopped(gap):
    page = gap.bulletin(*AS_OF)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "cannot tell" in words
    assert "Valley Guard" in words
    assert "power cut" in words


def test_exported_cells_carry_the_verdict_beside_the_number(gap):
    out = gap.folder / "ledger.csv"
    ran = gap.run("export", gap.mission, "--out", out, "--what", "ledger", "--audience", "internal", *AS_OF)
    assert ran.code == 0, ran.err
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    [row] = [
        row for row in rows
        if AREA in row.values() and "2025-03-20" in row.values() and "between_parties" in row.values()
    ]  # fmt: skip
    assert "cannot_tell" in row.values()


def test_being_kept_from_watching_is_on_record(gap):
    stopped = gap.stored("SELECT source, area, stopped_by, end_us - start_us FROM coverage WHERE status = 'stopped'")
    assert sorted(stopped) == [
        ("cameras", AREA, "power cut", 36 * 3_600_000_000),
        ("patrol", AREA, "Valley Guard", 36 * 3_600_000_000),
    ]


def test_a_body_can_record_the_obstruction_by_hand(desk):
    desk.init("example", "lenient")
    desk.coverage({"source": "patrol", "area": AREA, "from": "2025-03-19", "to": "2025-03-22"})
    assert desk.cell("between_parties", AREA, "2025-03-20", *AS_OF)["verdict"] == "quiet"
    desk.act(act="coverage", by="secretariat", at="2025-03-22T09:00", source="patrol", area=AREA, status="stopped",
             stopped_by="Valley Guard", because="Barred.", **{"from": GAP[0], "to": GAP[1]})  # fmt: skip
    assert desk.cell("between_parties", AREA, "2025-03-20", *AS_OF)["verdict"] == "cannot_tell"
    [(content,)] = desk.stored("SELECT content FROM act WHERE act = 'coverage'")
    assert json.loads(content)["act"]["stopped_by"] == "Valley Guard"


def test_the_clock_does_not_count_the_gap_as_quiet(gap):
    on_day_six = gap.clock("seven_quiet_days", "--as-of", "2025-03-21T00:00")
    assert (on_day_six["state"], on_day_six["verdict"]) == ("running", "cannot_tell")
    assert (on_day_six["day"]["low"], on_day_six["day"]["high"]) == (0, 6)
    clock = gap.clock("seven_quiet_days", "--as-of", "2025-03-22T00:00")
    assert (clock["state"], clock["verdict"]) == ("cannot_tell", "cannot_tell")
    assert (clock["day"]["low"], clock["day"]["high"]) == (1, 7)
    assert any("River Towns" in sentence for sentence in clock["settles"])


def test_a_surely_reported_attack_in_the_gap_is_not_quiet_all_the_same(gap):
    gap.reports({"when": "2025-03-20T10:00", "area": AREA})
    cell = gap.cell("between_parties", AREA, "2025-03-20", *AS_OF)
    assert (cell["verdict"], cell["covered"]) == ("not_quiet", False)
