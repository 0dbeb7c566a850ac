"""Reports that states owe, as each body holds it; and flows across borders, as reported."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

OBLIGATION = """
obligations:
  - id: reports_on_flows
    title: {en: Reports on what was done against flows}
    instrument: truce_text
    terms: [%s]
    obliged: [north_command]
    kind: reports_due
    rule: {first: "2025-04-01T00:00", months: 3, who: [Coast Union]}
    cited: {source: Written for this test, tag: invented}
"""


@pytest.fixture
def owed(desk, tmp_path: Path):
    """The example with one obligation to report, every three months."""
    folder = tmp_path / "example"
    shutil.copytree(str(resources.files("truceline") / "agreements" / "example"), folder)
    path = folder / "agreement.yaml"
    written = path.read_text(encoding="utf-8")
    written = written.replace("\nobligations:\n", OBLIGATION % term_of(written), 1) if "\nobligations:\n" in written \
        else written + OBLIGATION % term_of(written)  # fmt: skip
    path.write_text(written, encoding="utf-8")
    ran = desk.run("init", desk.mission, "--agreement", folder, "--reading", "strict", "--exercise")
    assert ran.code == 0, ran.err
    return desk


def term_of(written: str) -> str:
    """A term of the truce's text."""
    terms = written[written.index("\nterms:") :].splitlines()
    return next(line.split("id:")[1].strip() for line in terms if "- id:" in line)


def said(desk, by: str, at: str, party: str = "north_command", says: str = "done"):
    desk.act(act="performance", by=by, at=at, about="reports_on_flows", party=party, says=says, because="So.")


def reports(desk, *options: object) -> list[tuple[str, str, str]]:
    [one] = desk.told("due", *options)["obligations"]
    return [(row["name"], row["due"][:10], row["says"]) for row in one["reports"]]


def test_the_overdue_come_first_and_states_that_are_followed_are_there(owed):
    said(owed, "secretariat", "2025-03-30")
    said(owed, "alpha", "2025-04-20", party="Coast Union")
    assert reports(owed, "--as-of", "2025-05-01") == [
        ("Coast Union", "2025-04-01", "disputed"),
        ("Command of the North", "2025-04-01", "in_time"),
    ]
    [one] = owed.told("due", "--as-of", "2025-05-01")["obligations"]
    assert one["reports"][0]["by"] == {"alpha": "late", "beta": "not_said"}
    assert one["next_due"] == "2025-07-01T00:00:00+02:00"
    assert reports(owed, "--as-of", "2025-03-20") == []


def test_as_known_before_nothing_said_later_counts(owed):
    said(owed, "secretariat", "2025-04-20")
    assert ("Command of the North", "2025-04-01", "late") in reports(owed, "--as-of", "2025-05-01")
    assert ("Command of the North", "2025-04-01", "not_said") in reports(owed, "--as-of", "2025-04-10")


def test_flows_are_counted_as_reported_and_laid_to_nobody(owed):
    owed.reports(
        {"when": "2025-03-20", "kind": "weapons_transfer"}, {"when": "2025-03-21", "kind": "weapons_transfer"},
        {"when": "2025-03-22", "kind": "fighters_crossing"}, {"when": "2025-03-23", "kind": "shelling"},
    )  # fmt: skip
    flows = {one["kind"]: (one["reports"], one["at_most"]) for one in owed.told("due")["flows"]}
    assert flows == {"fighters_crossing": (1, 1), "weapons_transfer": (2, 2), "funds_transfer": (0, 0)}
    early = {one["kind"]: one["reports"] for one in owed.told("due", "--as-of", "2025-03-20")["flows"]}
    assert early["weapons_transfer"] == 1
    printed = owed.printed("due")
    assert "laid to nobody" in printed and "Northern Army" not in printed
    assert "reports_on_flows: Reports on what was done against flows (truce_text)" in printed
